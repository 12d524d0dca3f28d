"""Papers of a project: which there are, what they are made of, and writing them as PDF.

Entry points: `build_paper` reads the project, `write_paper` writes the file and touches no project, `log_paper` notes
a printed interview in the project's export log.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from roadmapdesk import __version__
from roadmapdesk.domain.catalog import load_catalog
from roadmapdesk.errors import Message, UsageError
from roadmapdesk.i18n import N_, Language
from roadmapdesk.reports.document import Document
from roadmapdesk.reports.errors import ReportError
from roadmapdesk.reports.papers.actor_list import build_actor_list
from roadmapdesk.reports.papers.facts import (
    ActorListFacts,
    PaperFrame,
    PrivacyFacts,
    StageLine,
)
from roadmapdesk.reports.papers.privacy import build_consent_form, build_privacy_information
from roadmapdesk.reports.papers.protocol import build_protocol
from roadmapdesk.reports.papers.questionnaire import build_questionnaire
from roadmapdesk.reports.papers.stage_card import build_stage_card
from roadmapdesk.reports.pdf.reading import check_pdf
from roadmapdesk.reports.pdf.writer import write_pdf
from roadmapdesk.reports.targets import refuse_place
from roadmapdesk.storage import Project
from roadmapdesk.storage.values import StoredForm
from roadmapdesk.workspace.exporting import NOT_READABLE
from roadmapdesk.workspace.forms import current_form, register_lists
from roadmapdesk.workspace.outgoing import note_outgoing
from roadmapdesk.workspace.paper_forms import blank_form, consent_choices, consent_notes
from roadmapdesk.workspace.paper_protocol import protocol_facts
from roadmapdesk.workspace.places import refuse_project_place
from roadmapdesk.workspace.study_details import privacy_details

NO_FORM = Message(
    "papers.no_form", N_("The project has no questionnaire yet, so this paper cannot be made. Add one under Forms.")
)
NO_INTERVIEW = Message("papers.no_interview", N_("There is no interview with the code “{code}” in this project."))
NOT_IN_WAVE = Message("papers.not_in_wave", N_("The interview “{code}” does not exist in the wave “{wave}”."))
UNKNOWN_WAVE = Message("papers.unknown_wave", N_("There is no wave “{wave}” in this project. Known: {known}."))
NO_CODE = Message("papers.no_code", N_("Say which interview is to be printed: --interview CODE."))


class PaperKind(StrEnum):
    """What can be printed; the words of the command line."""

    PROTOCOL = "protocol"
    QUESTIONNAIRE = "questionnaire"
    STAGE_CARD = "stage-card"
    ACTORS = "actors"
    PRIVACY = "privacy"
    CONSENT = "consent"

    @property
    def tells_of_project(self) -> bool:
        """Whether it holds what the project knows; the others are blank."""
        return self in {PaperKind.PROTOCOL, PaperKind.ACTORS}


PAPER_NAMES: Mapping[PaperKind, str] = {
    PaperKind.PROTOCOL: N_("Interview protocol"),
    PaperKind.QUESTIONNAIRE: N_("Blank questionnaire"),
    PaperKind.STAGE_CARD: N_("Stage card"),
    PaperKind.ACTORS: N_("List of organisations"),
    PaperKind.PRIVACY: N_("Privacy information"),
    PaperKind.CONSENT: N_("Consent form"),
}
_FILE_NAMES: Mapping[PaperKind, str] = {
    PaperKind.PROTOCOL: N_("Protocol"),
    PaperKind.QUESTIONNAIRE: N_("Questionnaire"),
    PaperKind.STAGE_CARD: N_("Stage-card"),
    PaperKind.ACTORS: N_("Organisations"),
    PaperKind.PRIVACY: N_("Privacy-information"),
    PaperKind.CONSENT: N_("Consent-form"),
}


@dataclass(frozen=True, slots=True)
class WrittenPaper:
    """One file that was written and read back.

    Attributes:
        sha: SHA-256 of its bytes.
        interview_id: whose answers stand in it; empty for a paper without answers.
    """

    target: Path
    kind: PaperKind
    language: str
    sha: str
    interview_id: str = ""


def interview_with_code(project: Project, code: str, wave: str = "") -> str:
    """The id of the interview with this code, the latest wave's by default.

    Raises:
        UsageError: the project has no such wave.
        ReportError: there is none with this code, or none in this wave.
    """
    waves = project.interviews.waves()
    if wave and wave not in waves:
        raise UsageError(UNKNOWN_WAVE, wave=wave, known=", ".join(waves) or "–")
    rows = [row for row in project.interviews.by_code(code) if not wave or row.wave == wave]
    if not rows and wave and project.interviews.by_code(code):
        raise ReportError(NOT_IN_WAVE, code=code, wave=wave)
    if not code or not rows:
        raise ReportError(NO_INTERVIEW, code=code)
    return max(rows, key=lambda row: (row.conducted_on, row.created_at)).id


def paper_file_name(project: Project, kind: PaperKind, language: Language, code: str = "") -> str:
    """A name that says what is inside, in the language of the paper."""
    word = language.gettext(_FILE_NAMES[kind])
    parts = (word, code if kind is PaperKind.PROTOCOL else project.settings.title or project.name, language.code)
    cleaned = ("".join(sign if sign.isalnum() or sign in "-_" else "-" for sign in part).strip("-") for part in parts)
    return "_".join(part for part in cleaned if part)[:100] + ".pdf"


def build_paper(
    project: Project,
    kind: PaperKind,
    *,
    language: Language,
    interview_id: str = "",
    form_sha: str = "",
    created: datetime | None = None,
) -> Document:
    """The paper as a document; reads the project.

    Args:
        project: the open project.
        kind: which paper.
        language: language of the paper.
        interview_id: whose protocol; for that kind only.
        form_sha: which questionnaire; the present one by default.
        created: moment of the export; now by default.

    Raises:
        ReportError: the project has no questionnaire, or the interview nothing to print.
        Erased: the interview was erased.
        KeyError: there never was such an interview or form.
    """
    frame = PaperFrame(
        language=language,
        project=project.settings.title or project.name,
        app_version=__version__,
        created=created or datetime.now().astimezone(),
        is_sample=project.settings.is_sample,
    )
    if kind is PaperKind.PROTOCOL:
        return build_protocol(frame, protocol_facts(project, interview_id, language))
    if kind is PaperKind.STAGE_CARD:
        return build_stage_card(frame, _stage_lines(language))
    if kind is PaperKind.ACTORS:
        return build_actor_list(frame, _actor_facts(project, language))
    form = _form(project, form_sha)
    lists = register_lists(project, form)
    if kind is PaperKind.QUESTIONNAIRE:
        return build_questionnaire(frame, blank_form(form, lists, language))
    facts = PrivacyFacts(
        privacy_details(project), consent_notes(form, language), consent_choices(form, lists, language)
    )
    return build_privacy_information(frame, facts) if kind is PaperKind.PRIVACY else build_consent_form(frame, facts)


def write_paper(
    document: Document,
    target: Path,
    *,
    kind: PaperKind,
    interview_id: str = "",
    progress: Callable[[int, int], None] = lambda _done, _total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> WrittenPaper:
    """Writes a paper as tagged PDF and reads it back; touches no project, so any thread may do it.

    Raises:
        PlaceTaken: the target lies in a project; nothing was written.
        TargetNotWritable: the place cannot be written; an older file is untouched.
        ReportCancelled: `cancelled` said yes; nothing was written.
        ReportError: the written file could not be read back.
    """
    refuse_project_place(target)
    refuse_place(target)
    write_pdf(document, target, progress=progress, cancelled=cancelled)
    if not check_pdf(target):
        raise ReportError(NOT_READABLE, name=target.name)
    sha = hashlib.sha256(target.read_bytes()).hexdigest()
    return WrittenPaper(target, kind, document.language.code, sha, interview_id)


def log_paper(project: Project, written: WrittenPaper) -> None:
    """Notes a paper in the log of exports; the stage card stays out, which is the same for every project."""
    if written.kind is PaperKind.STAGE_CARD:
        return
    note_outgoing(
        project,
        written.target,
        kind=written.kind.value,
        sha=written.sha,
        language=written.language,
        interviews=[written.interview_id] if written.interview_id else [],
    )


def _form(project: Project, sha: str) -> StoredForm:
    if sha:
        return project.forms.get(sha)
    summary = current_form(project)
    if summary is None:
        raise ReportError(NO_FORM)
    return project.forms.get(summary.sha)


def _stage_lines(language: Language) -> tuple[StageLine, ...]:
    return tuple(
        StageLine(stage.key.upper(), stage.name.text(language.code), stage.definition.text(language.code))
        for stage in load_catalog().stages
    )


def _actor_facts(project: Project, language: Language) -> ActorListFacts:
    catalog = load_catalog()
    names = {stage.key: stage.name.text(language.code) for stage in catalog.stages}
    return ActorListFacts(project.actors.list(), names, catalog.sources)
