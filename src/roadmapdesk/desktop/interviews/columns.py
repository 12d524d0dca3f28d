"""The columns of the table of interviews."""

from roadmapdesk.desktop.widgets.table_model import Column
from roadmapdesk.desktop.wording import day_text
from roadmapdesk.desktop.words import state_icon, state_tone, state_word
from roadmapdesk.domain.interviews import InterviewState
from roadmapdesk.i18n import current_language
from roadmapdesk.i18n import gettext as _
from roadmapdesk.workspace.interviews import InterviewLine

_ORDER = {state: number for number, state in enumerate(InterviewState)}


def interview_columns() -> tuple[Column[InterviewLine], ...]:
    """Code, actor, wave, date, answered questions, state."""
    return (
        Column(lambda: _("Code"), lambda line: line.row.code or "–", width=110, is_strong=True),
        Column(lambda: _("Actor"), actor_text),
        Column(lambda: _("Wave"), wave_text, width=150),
        Column(
            lambda: _("Date"),
            lambda line: day_text(line.row.conducted_on) or "–",
            sort=lambda line: line.row.conducted_on,
            width=112,
        ),
        Column(lambda: _("Interviewer"), lambda line: line.row.interviewer or "–", width=104),
        Column(lambda: _("Answered"), answered_text, sort=_share, is_number=True, width=104),
        Column(
            lambda: _("State"),
            lambda line: state_word(line.row.state),
            sort=lambda line: _ORDER[line.row.state],
            icon=lambda line: state_icon(line.row.state),
            tone=lambda line: {"ok": "ok", "warning": "warning"}.get(state_tone(line.row.state), "text"),
            width=154,
        ),
    )


def interview_sentence(line: InterviewLine) -> str:
    """The row for the screen reader."""
    parts = (line.row.code, actor_text(line), wave_text(line), day_text(line.row.conducted_on))
    return ", ".join([*(part for part in parts if part), state_word(line.row.state)])


def actor_text(line: InterviewLine) -> str:
    """Name of the organisation in the present language."""
    return line.actor.text(current_language().code) or "–"


def wave_text(line: InterviewLine) -> str:
    """Wording of the wave in the present language."""
    return line.wave.text(current_language().code) or "–"


def answered_text(line: InterviewLine) -> str:
    """``32/92``; a dash before the first opening."""
    return f"{line.row.answered}/{line.row.total}" if line.row.total else "–"


def _share(line: InterviewLine) -> float:
    return line.row.answered / line.row.total if line.row.total else 0.0
