"""A date and a time of day side by side, stored as one moment."""

from collections.abc import Callable, Mapping
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from roadmapdesk.desktop.interview.controls.base import Control
from roadmapdesk.desktop.interview.controls.calendar import CalendarButton
from roadmapdesk.desktop.interview.controls.dates import (
    read_date,
    read_month,
    read_time,
    read_year,
    show_date,
    show_month,
    show_time,
    show_year,
)
from roadmapdesk.desktop.interview.controls.line import AnswerLine, clean_typed
from roadmapdesk.desktop.interview.controls.numbers import Typed
from roadmapdesk.desktop.interview.controls.time_line import zone_offset
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.i18n import Language, current_language
from roadmapdesk.i18n import gettext as _
from roadmapdesk.workspace.wording import plain

_Habit = tuple[Callable[[str, Language], Typed], Callable[[str, Language], str]]
_DAY: _Habit = (read_date, show_date)
_SHORTER: Mapping[str, _Habit] = {"year": (read_year, show_year), "month-year": (read_month, show_month)}


def join_moment(day: str, clock: str) -> str:
    """The stored moment of an ISO date and a time, with the zone that this computer has on that day."""
    try:
        offset = zone_offset(datetime.fromisoformat(f"{day}T{clock}"))
    except (OverflowError, ValueError, OSError):
        offset = "+00:00"  # the zone tables do not reach back to this year
    return f"{day}T{clock}.000{offset}"


def joined(day: Typed, clock: Typed, reported: str) -> Typed:
    """The moment of a day and a time of day, or what is missing or wrong.

    Args:
        day: as it was read.
        clock: as it was read.
        reported: the stored moment, which is kept with its seconds and its zone while both parts still say the same.
    """
    if day.problem or clock.problem:
        return day if day.problem else clock
    if day.stored and clock.stored:
        if reported.startswith(f"{day.stored}T{clock.stored}"):
            return Typed(stored=reported)
        return Typed(stored=join_moment(day.stored, clock.stored))
    if day.stored or clock.stored:
        return Typed(problem=_("The time of day is missing.") if day.stored else _("The date is missing."))
    return Typed()


class DateTimeLine(Control):
    """Date and time; the answer is stored once both are there.

    The date is a month or a year alone where the form says ``month-year`` or ``year``; F4 or Alt+Down opens the
    calendar of whole dates, unless it says ``no-calendar``.
    """

    def __init__(self, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme=theme, parent=parent)
        self._day = AnswerLine(self)
        self._clock = AnswerLine(self)
        self._open = CalendarButton(self._day, theme=theme, parent=self)
        self._open.day_chosen.connect(self._on_day_chosen)
        self._reported = ""
        layout = QHBoxLayout(self)
        layout.setContentsMargins(3, 3, 3, 3)
        layout.setSpacing(8)
        for line in (self._day, self._clock):
            line.left.connect(self.commit)
            layout.addWidget(line)
        layout.addWidget(self._open)
        layout.addStretch(1)
        theme.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        self._day.setFixedWidth(self._theme.px(160))
        self._clock.setFixedWidth(self._theme.px(96))

    @property
    def _habit(self) -> _Habit:
        return next((_SHORTER[word] for word in self.view.appearances if word in _SHORTER), _DAY)

    @override
    def _repaint_view(self) -> None:
        stored = self.view.text
        self._open.setVisible("no-calendar" not in self.view.appearances and self._habit is _DAY)
        self._open.setEnabled(not self.view.is_readonly)
        self._open.set_day(stored)
        for line in (self._day, self._clock):
            line.setReadOnly(self.view.is_readonly)
        if stored == self._reported and (self._day.text() or self._clock.text()):
            return
        self._reported = stored
        language = current_language()
        self._day.setText(self._habit[1](stored, language) if stored else "")
        self._clock.setText(show_time(stored, language) if "T" in stored else "")

    @override
    def inputs(self) -> tuple[QWidget, ...]:
        return (self._day, self._clock) if self._open.isHidden() else (self._day, self._clock, self._open)

    @override
    def clear_answer(self) -> None:
        self._day.clear()
        self._clock.clear()
        self.commit()

    @override
    def commit(self) -> None:
        if self._view is None or self.view.is_readonly:
            return
        day = self._habit[0](clean_typed(self._day.text()), current_language())
        clock = read_time(clean_typed(self._clock.text()), current_language())
        is_between = self._day.hasFocus() or self._clock.hasFocus()
        answer = joined(day, clock, self._reported)
        self.input_refused.emit("" if is_between and not (day.problem or clock.problem) else answer.problem)
        if answer.problem or answer.stored == self._reported:
            return
        self._reported = answer.stored
        self.answer_chosen.emit(answer.stored)

    def _on_day_chosen(self, day: str) -> None:
        self._day.setText(show_date(day, current_language()))
        self._clock.setFocus(Qt.FocusReason.PopupFocusReason)
        self.commit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._open.takes(event):
            event.accept()
        elif event.key() not in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            event.ignore()

    @override
    def _name_inputs(self) -> None:
        question = plain(self.view.label) or self.view.name
        self._day.setAccessibleName(_("{question}: date").format(question=question))
        self._clock.setAccessibleName(_("{question}: time of day").format(question=question))
        self._open.name_for(question)
        for line in self.inputs():
            line.setAccessibleDescription(self._description)
