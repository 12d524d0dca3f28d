"""Papers against PDF/UA-1 and PDF/A-2a, with texts that are hard to set."""

from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType

import pytest

from roadmapdesk.i18n import Language
from roadmapdesk.reports.document import Document
from roadmapdesk.reports.papers.facts import (
    AnswerGroup,
    AnswerKind,
    BlankForm,
    BlankGroup,
    BlankQuestion,
    GivenAnswer,
    PaperFrame,
    PrivacyDetails,
    PrivacyFacts,
    ProtocolFacts,
)
from roadmapdesk.reports.papers.privacy import build_consent_form, build_privacy_information
from roadmapdesk.reports.papers.protocol import build_protocol
from roadmapdesk.reports.papers.questionnaire import build_questionnaire
from roadmapdesk.reports.pdf.writer import write_pdf

_HARD = "Ein <Wort> & „Zeichen“ " + "Donaudampfschifffahrtsgesellschaft" * 3
_SCALE = tuple((str(number), f"{number} - Stufe") for number in range(1, 8))


def _form() -> BlankForm:
    questions = [
        BlankQuestion("", _HARD, kind, hint=_HARD, condition="„Ja“ in B1", is_required=True) for kind in AnswerKind
    ]
    scale = [BlankQuestion(f"E{n}", _HARD, AnswerKind.CHOICE, options=_SCALE, list_name="s") for n in range(40)]
    long_list = BlankQuestion(
        "L1", "Liste", AnswerKind.MULTIPLE, options=tuple((str(n), f"{n} {_HARD}") for n in range(60))
    )
    inner = BlankGroup("", "Gruppe", tuple(scale))
    group = BlankGroup("A", _HARD, (*questions, inner, long_list), condition="„Ja“ in B1", is_repeat=True)
    return BlankForm(_HARD, "1", (group, BlankGroup("", "", (long_list,))), "„Ja“ in B1")


def _protocol() -> ProtocolFacts:
    answers = tuple(GivenAnswer(f"A{n}", _HARD, (_HARD,) * (n % 3)) for n in range(80))
    section = AnswerGroup("A", _HARD, (*answers, AnswerGroup("", "Karte", answers), AnswerGroup("", "", ())))
    return ProtocolFacts(
        "RP-0001", _HARD, "Welle 1", "", "I01", "Entwurf", False, _HARD, ((_HARD, "Ja"),), (section,)
    )


def _documents() -> list[Document]:
    frames = [
        PaperFrame(Language(code), _HARD, "1.0", datetime(2026, 12, 1, tzinfo=UTC), is_sample=True)
        for code in ("de", "en")
    ]
    facts = PrivacyFacts(PrivacyDetails(controller=_HARD), (_HARD,), ())
    return [
        document
        for frame in frames
        for document in (
            build_questionnaire(frame, _form()),
            build_protocol(frame, _protocol()),
            build_consent_form(frame, facts),
            build_privacy_information(frame, facts),
        )
    ]


@pytest.mark.slow
def test_papers_with_hard_texts_comply(checker: ModuleType, tmp_path: Path) -> None:
    files = []
    for number, document in enumerate(_documents()):
        target = tmp_path / f"{number}.pdf"
        write_pdf(document, target, progress=lambda _done, _total: None, cancelled=lambda: False)
        files.append(target)
    result = checker.check(files)
    assert result.returncode == 0, result.stdout + result.stderr
    assert result.stdout.count("compliant=true") == len(files) * len(checker.PROFILES)
