"""A date in another calendar than the Gregorian one and a time of day; stored as a Gregorian moment."""

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from roadmapdesk.desktop.interview.controls.calendar_date import CalendarDate
from roadmapdesk.desktop.interview.controls.date_time import joined
from roadmapdesk.desktop.interview.controls.dates import read_time, show_time
from roadmapdesk.desktop.interview.controls.line import AnswerLine, clean_typed
from roadmapdesk.desktop.interview.controls.numbers import Typed
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.i18n import current_language
from roadmapdesk.i18n import gettext as _
from roadmapdesk.workspace.wording import plain


class CalendarMoment(CalendarDate):
    """Day, month and year in the calendar that the appearance names, and the time of day right of them."""

    def __init__(self, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme=theme, parent=parent)
        self._clock = AnswerLine(self)
        self._clock.setMaxLength(32)
        self._clock.left.connect(self.commit)
        self._clock.textEdited.connect(lambda _text: self.input_refused.emit(""))
        self._row.insertWidget(self._row.count() - 1, self._clock)
        theme.changed.connect(self._fit_clock)
        self._fit_clock()

    def _fit_clock(self) -> None:
        self._clock.setFixedWidth(self._theme.px(96))

    @override
    def _repaint_view(self) -> None:
        self._clock.setPlaceholderText(_("Time"))
        self._clock.setReadOnly(self.view.is_readonly)
        super()._repaint_view()

    @override
    def _is_touched(self) -> bool:
        has_time = bool(self._clock.text()) and not self._is_beyond  # of a date that cannot be shown the time stays
        return super()._is_touched() or has_time

    @override
    def _is_complete(self) -> bool:
        return super()._is_complete() and bool(self._clock.text())

    @override
    def _show_stored(self, stored: str) -> None:
        super()._show_stored(stored)
        self._clock.setText(show_time(stored, current_language()) if "T" in stored else "")

    @override
    def _read(self) -> Typed:
        clock = read_time(clean_typed(self._clock.text()).strip(), current_language())
        return joined(super()._read(), clock, self._reported)

    @override
    def inputs(self) -> tuple[QWidget, ...]:
        return (*super().inputs(), self._clock)

    @override
    def clear_answer(self) -> None:
        if not self.view.is_readonly:
            self._clock.clear()
            super().clear_answer()

    @override
    def _name_inputs(self) -> None:
        super()._name_inputs()
        question = plain(self.view.label) or self.view.name
        self._clock.setAccessibleName(_("{question}: time of day").format(question=question))
        self._clock.setAccessibleDescription(self._day.accessibleDescription())
