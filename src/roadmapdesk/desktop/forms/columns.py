"""The columns of the page's tables: forms, problems of a file, changes between versions, answers that move."""

from roadmapdesk.desktop.forms.words import (
    SHORT_HASH,
    change_icon,
    change_word,
    fate_icon,
    fate_question,
    fate_word,
    interviews_text,
)
from roadmapdesk.desktop.widgets.table_model import Column
from roadmapdesk.desktop.wording import when
from roadmapdesk.desktop.words import state_icon, state_word
from roadmapdesk.i18n import current_language
from roadmapdesk.i18n import gettext as _
from roadmapdesk.storage.values import InterviewRow
from roadmapdesk.workspace.form_moves import AnswerFate, Fate
from roadmapdesk.workspace.form_register import FormLine
from roadmapdesk.workspace.form_versions import FormChange
from roadmapdesk.xforms.xlsform.problems import Problem, Severity


def form_columns() -> tuple[Column[FormLine], ...]:
    """Title with file, version, hash, when added, interviews."""
    return (
        Column(
            lambda: _("Questionnaire"),
            lambda line: line.name,
            second_line=lambda line: _("for new interviews") if line.is_current else line.summary.source_name,
            icon=lambda line: "circle-check" if line.is_current else "clipboard-list",
            is_strong=True,
        ),
        Column(lambda: _("Version"), lambda line: line.summary.version or "–", width=116),
        Column(
            lambda: _("Hash"),
            lambda line: line.summary.sha[:SHORT_HASH],
            tone=lambda _line: "text_muted",
            width=118,
        ),
        Column(
            lambda: _("Added"),
            lambda line: when(line.summary.added_at),
            sort=lambda line: line.summary.added_at,
            width=118,
        ),
        Column(
            lambda: _("Interviews"),
            lambda line: str(line.summary.interviews) if line.summary.interviews else "–",
            sort=lambda line: line.summary.interviews,
            is_number=True,
            width=92,
        ),
    )


def form_sentence(line: FormLine) -> str:
    """The row for the screen reader."""
    version = _("version {version}").format(version=line.summary.version) if line.summary.version else ""
    current = _("for new interviews") if line.is_current else ""
    parts = (line.name, version, interviews_text(line.summary.interviews), current)
    return ", ".join(part for part in parts if part)


def problem_columns() -> tuple[Column[Problem], ...]:
    """Kind, place, what is wrong."""
    return (
        Column(lambda: _("Kind"), _kind_word, icon=_kind_icon, tone=_kind_tone, width=116),
        Column(lambda: _("Sheet"), lambda problem: problem.sheet or "–", width=104),
        Column(
            lambda: _("Row"),
            lambda problem: str(problem.row) if problem.row else "–",
            sort=lambda problem: problem.row,
            is_number=True,
            width=66,
        ),
        Column(lambda: _("Column"), lambda problem: problem.column or "–", width=130),
        Column(
            lambda: _("What is wrong"),
            lambda problem: problem.sentence,
            second_line=repair_text,
        ),
    )


def problem_sentence(problem: Problem) -> str:
    """The row for the screen reader."""
    parts = (_kind_word(problem), problem.place, problem.sentence, repair_text(problem))
    return ". ".join(part for part in parts if part)


def repair_text(problem: Problem) -> str:
    """The offered repair as a sentence; empty where none is offered."""
    return _("Offered repair: {repair}").format(repair=problem.repair.sentence) if problem.repair else ""


def _kind_word(problem: Problem) -> str:
    return _("Error") if problem.severity is Severity.ERROR else _("Warning")


def _kind_icon(problem: Problem) -> str:
    return "circle-alert" if problem.severity is Severity.ERROR else "triangle-alert"


def _kind_tone(problem: Problem) -> str:
    return "error" if problem.severity is Severity.ERROR else "warning"


def change_columns() -> tuple[Column[FormChange], ...]:
    """Kind, question, before, after."""
    return (
        Column(
            lambda: _("Change"),
            lambda change: change_word(change.kind),
            icon=lambda change: change_icon(change.kind),
            width=142,
        ),
        Column(
            lambda: _("Question"),
            lambda change: change.wording.text(current_language().code) or change.question,
            second_line=lambda change: " · ".join(part for part in (change.number, change.question) if part),
        ),
        Column(lambda: _("Before"), lambda change: change.before.text(current_language().code)),
        Column(lambda: _("After"), lambda change: change.after.text(current_language().code)),
    )


def change_sentence(change: FormChange) -> str:
    """The row for the screen reader."""
    language = current_language().code
    parts = (
        change_word(change.kind),
        change.number,
        change.wording.text(language) or change.question,
        _("before: {text}").format(text=change.before.text(language) or "–"),
        _("after: {text}").format(text=change.after.text(language) or "–"),
    )
    return ", ".join(part for part in parts if part)


def interview_columns() -> tuple[Column[InterviewRow], ...]:
    """Code with state, and how much is answered."""
    return (
        Column(
            lambda: _("Interview"),
            lambda row: row.code or _("Interview without a code"),
            second_line=lambda row: state_word(row.state),
            icon=lambda row: state_icon(row.state),
        ),
        Column(
            lambda: _("Answered"),
            lambda row: f"{row.answered} / {row.total}" if row.total else "–",
            sort=lambda row: row.answered,
            is_number=True,
            width=104,
        ),
    )


def interview_sentence(row: InterviewRow) -> str:
    """The row for the screen reader."""
    return f"{row.code or _('Interview without a code')}, {state_word(row.state)}"


def fate_columns() -> tuple[Column[AnswerFate], ...]:
    """What happens, the question, the answer."""
    return (
        Column(
            lambda: _("What happens"),
            lambda one: fate_word(one.fate),
            icon=lambda one: fate_icon(one.fate),
            tone=lambda one: "warning" if one.fate in {Fate.LOST, Fate.CODE_GONE} else "text",
            width=214,
        ),
        Column(lambda: _("Question"), fate_question),
        Column(lambda: _("Stored answer"), lambda one: one.text, width=160),
    )


def fate_sentence(one: AnswerFate) -> str:
    """The row for the screen reader."""
    return f"{fate_word(one.fate)}: {fate_question(one)}, {one.text}"
