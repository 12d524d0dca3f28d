"""Words for what is different between two versions, and for what happens to answers."""

from roadmapdesk.i18n import N_, current_language, ngettext
from roadmapdesk.i18n import gettext as _
from roadmapdesk.storage.values import FormSummary
from roadmapdesk.workspace.form_moves import AnswerFate, Fate
from roadmapdesk.workspace.form_versions import FormChangeKind

_CHANGES = {
    FormChangeKind.REMOVED: (N_("Removed"), "minus"),
    FormChangeKind.ADDED: (N_("Added"), "plus"),
    FormChangeKind.RESCALED: (N_("Rescaled"), "sliders-horizontal"),
    FormChangeKind.REWORDED: (N_("Reworded"), "pencil"),
    FormChangeKind.CONDITION: (N_("Condition"), "route"),
    FormChangeKind.MOVED: (N_("Moved"), "arrow-up-right"),
}
_FATES = {
    Fate.LOST: (N_("Not asked any more"), "triangle-alert"),
    Fate.CODE_GONE: (N_("Answer no longer offered"), "triangle-alert"),
    Fate.RESCALED: (N_("Other scale"), "sliders-horizontal"),
    Fate.REWORDED: (N_("Other wording"), "pencil"),
}
SHORT_HASH = 12


def change_word(kind: FormChangeKind) -> str:
    """What happened to a question."""
    return _(_CHANGES[kind][0])


def change_icon(kind: FormChangeKind) -> str:
    """The icon beside the word."""
    return _CHANGES[kind][1]


def fate_word(fate: Fate) -> str:
    """What happens to an answer."""
    return _(_FATES[fate][0])


def fate_icon(fate: Fate) -> str:
    """The icon beside the word."""
    return _FATES[fate][1]


def fate_question(one: AnswerFate) -> str:
    """The question of an answer, with its card."""
    name = f"{one.number} {one.wording.text(current_language().code)}".strip()
    return f"{one.place} · {name}" if one.place else name


def version_name(summary: FormSummary) -> str:
    """Version and title of a form in one line; what tells versions apart stands first."""
    title = summary.title or summary.source_name or summary.form_id
    return " · ".join(part for part in (summary.version, summary.sha[:6], title) if part)


def questions_text(count: int) -> str:
    """``212 questions``."""
    return ngettext("{n} question", "{n} questions", count).format(n=count)


def interviews_text(count: int) -> str:
    """``3 interviews``."""
    return ngettext("{n} interview", "{n} interviews", count).format(n=count)
