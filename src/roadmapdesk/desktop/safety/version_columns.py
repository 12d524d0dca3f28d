"""The columns of versions and of the answers that differ between two of them."""

from roadmapdesk.desktop.safety.words import version_word
from roadmapdesk.desktop.widgets.table_model import Column
from roadmapdesk.desktop.wording import when
from roadmapdesk.domain.catalog import Bilingual
from roadmapdesk.i18n import current_language
from roadmapdesk.i18n import gettext as _
from roadmapdesk.workspace.consents import Consent, ConsentRecord
from roadmapdesk.workspace.versions import FieldChange, VersionLine


def version_columns() -> tuple[Column[VersionLine], ...]:
    """When, what, who, why, and how many answers."""
    return (
        Column(lambda: _("When"), lambda line: when(line.at), is_strong=True, width=150),
        Column(lambda: _("What"), lambda line: version_word(line.kind), width=170),
        Column(lambda: _("Who"), lambda line: line.author or "–", width=110),
        Column(lambda: _("Reason"), lambda line: line.reason or "–"),
        Column(lambda: _("Answers"), lambda line: str(line.answers), is_number=True, width=96),
    )


def version_sentence(line: VersionLine) -> str:
    """A version in one line, for the list to compare with and for the screen reader."""
    parts = (when(line.at), version_word(line.kind), line.author, line.reason)
    return ", ".join(part for part in parts if part)


def change_columns() -> tuple[Column[FieldChange], ...]:
    """Question, old, new, who and when, why."""
    return (
        Column(
            lambda: _("Question"),
            lambda change: f"{change.number} {_in_language(change.wording)}",
            second_line=lambda change: change.place,
        ),
        Column(lambda: _("Before"), lambda change: _answer(change.before)),
        Column(lambda: _("After"), lambda change: _answer(change.after), is_strong=True),
        Column(lambda: _("Who"), _who, second_line=lambda change: when(change.at) if change.at else "", width=130),
        Column(lambda: _("Reason"), lambda change: change.reason or "–", width=150),
    )


def change_sentence(change: FieldChange) -> str:
    """One difference for the screen reader."""
    return _("{question}: before {old}, after {new}, {who}").format(
        question=f"{change.number} {_in_language(change.wording)}",
        old=_answer(change.before),
        new=_answer(change.after),
        who=_who(change),
    )


def _in_language(text: Bilingual) -> str:
    return " ".join(text.text(current_language().code).split())


def _answer(text: Bilingual | None) -> str:
    return _("no answer") if text is None else _in_language(text)


def _who(change: FieldChange) -> str:
    return change.author or "–"


def consent_sentence(record: ConsentRecord) -> str:
    """What the person agreed to, to which wording, and whether it was withdrawn; empty where nothing was asked."""
    groups: dict[tuple[str, str], list[Consent]] = {}
    for consent in record.consents:
        groups.setdefault((consent.title, consent.version), []).append(consent)
    lines = [_group_sentence(title, version, group) for (title, version), group in groups.items()]
    reworded = [consent.number or _in_language(consent.wording) for consent in record.consents if consent.is_reworded]
    if reworded:
        lines.append(
            _("The present questionnaire words {questions} in another way: please ask again.").format(
                questions=", ".join(reworded)
            )
        )
    if record.withdrawal is not None:
        gone = record.withdrawal
        text = _("Withdrawn {when}: {reason}.") if gone.reason else _("Withdrawn {when}.")
        lines.append(text.format(when=when(gone.at), reason=gone.reason))
    return "\n".join(lines)


def _group_sentence(title: str, version: str, group: list[Consent]) -> str:
    moments = [consent.at for consent in group if consent.at is not None]
    answers = " · ".join(f"{consent.number} {_in_language(consent.answer)}".strip() for consent in group)
    text = _("Consent to the wording of “{title}”, version {version}: {answers}")
    said = text.format(title=title, version=version or "–", answers=answers)
    return f"{said} ({when(max(moments))})" if moments else said
