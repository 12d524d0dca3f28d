"""A date in another calendar than the Gregorian one: day, month by its name, and year; stored as a Gregorian date."""

import re
from datetime import date

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from roadmapdesk.desktop.interview.controls.base import Control
from roadmapdesk.desktop.interview.controls.line import AnswerLine, clean_typed
from roadmapdesk.desktop.interview.controls.numbers import Typed
from roadmapdesk.desktop.interview.controls.select_minimal import AnswerCombo
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.labels import Text
from roadmapdesk.i18n import current_language
from roadmapdesk.i18n import gettext as _
from roadmapdesk.workspace.wording import plain
from roadmapdesk.xforms.calendars.registry import CALENDARS, first_day
from roadmapdesk.xforms.calendars.system import Calendar, CalendarDay

_WHOLE = re.compile(r"(\d{1,2})[./-]\s*(\d{1,2})[./-]\s*(\d{1,5})")
_SHORTEST_YEAR = 3
_PASTED = 4  # signs at once: nobody types that fast


def read_day(calendar: Calendar, day: str, month: int | None, year: str) -> Typed:
    """The Gregorian date of a day in another calendar.

    Args:
        calendar: which.
        day: as typed.
        month: its key; None where none is chosen.
        year: as typed.
    """
    if not (day and month is not None and year):
        return Typed(problem=_("Day, month and year belong to a date."))
    if not (day.isascii() and day.isdigit() and year.isascii() and year.isdigit()):
        return Typed(problem=_("Please type day and year as whole numbers."))
    if len(year) < _SHORTEST_YEAR:
        return Typed(problem=_whole_year(calendar))
    try:
        return Typed(calendar.to_gregorian(CalendarDay(int(year[:6]), month, int(day[:6]))).isoformat())
    except (ValueError, OverflowError):
        return Typed(problem=_unreachable(calendar, int(year[:6])))


def read_first_day(calendar: Calendar, month: int | None, year: str) -> Typed:
    """The Gregorian date of the first day of a month, or of a year where no month is given."""
    if not (year.isascii() and year.isdigit()):
        return Typed(problem=_("Please type the year as a whole number."))
    if len(year) < _SHORTEST_YEAR:
        return Typed(problem=_whole_year(calendar))
    found = first_day(calendar, int(year[:6]), month)
    if found is None:
        return Typed(problem=_unreachable(calendar, int(year[:6])))
    return Typed(found.isoformat())


def _whole_year(calendar: Calendar) -> str:
    """Asks for all digits, because two are the commonest way to store a wrong century."""
    example = calendar.from_gregorian(date.today()).year
    return _("Please type the whole year, for example {example}.").format(example=example)


def _unreachable(calendar: Calendar, year: int) -> str:
    low, high = calendar.from_gregorian(calendar.first).year, calendar.from_gregorian(calendar.last).year
    if low <= year <= high:
        return _("This day does not exist in the calendar. Please check day, month and year.")
    return _("This calendar is known for the years {first} to {last}.").format(first=low, last=high)


class CalendarDate(Control):
    """Day, month and year in the calendar that the appearance names; the Gregorian date stands below."""

    def __init__(self, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme=theme, parent=parent)
        self._day = AnswerLine(self)
        self._month = AnswerCombo(theme=theme, parent=self)
        self._year = AnswerLine(self)
        self._meaning = Text("", type_style="caption", tone="muted", parent=self)
        self._reported = ""
        self._is_beyond = False
        self._length = 0
        self._keys: tuple[int, ...] = ()
        for line in (self._day, self._year):
            line.setMaxLength(32)
            line.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            line.left.connect(self.commit)
            line.textEdited.connect(self._on_line_edited)
        self._month.activated.connect(self._on_month_activated)
        self._row = QHBoxLayout()
        self._row.setSpacing(8)
        for widget in (self._day, self._month, self._year):
            self._row.addWidget(widget)
        self._row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3, 3, 3, 3)
        layout.setSpacing(4)
        layout.addLayout(self._row)
        layout.addWidget(self._meaning)
        theme.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        self._day.setFixedWidth(self._theme.px(56))
        self._month.setFixedWidth(self._theme.px(220))
        self._year.setFixedWidth(self._theme.px(88))

    @property
    def calendar(self) -> Calendar:
        """The calendar of the question."""
        return next(CALENDARS[word] for word in self.view.appearances if word in CALENDARS)

    @property
    def _wants_day(self) -> bool:
        return not {"month-year", "year"} & set(self.view.appearances)

    @property
    def _wants_month(self) -> bool:
        return "year" not in self.view.appearances

    @override
    def _repaint_view(self) -> None:
        view = self.view
        self._day.setVisible(self._wants_day)
        self._month.setVisible(self._wants_month)
        self._day.setPlaceholderText(_("Day"))
        self._year.setPlaceholderText(_("Year"))
        self._month.setPlaceholderText(_("Month"))
        for line in (self._day, self._year):
            line.setReadOnly(view.is_readonly)
        self._month.setEnabled(not view.is_readonly)
        self._fill_months()
        if view.text != self._reported or not self._is_touched():
            self._reported = view.text
            self._show_stored(view.text)
        self._show_meaning(self._reported)

    def _fill_months(self) -> None:
        keys = tuple(self.calendar.months)
        if keys != self._keys:
            self._keys = keys
            with QSignalBlocker(self._month):
                self._month.clear()
                self._month.addItems([self.calendar.months[key] for key in keys])
                self._month.setCurrentIndex(-1)

    def _is_touched(self) -> bool:
        return bool(self._day.text() or self._year.text() or self._month.currentIndex() >= 0)

    def _show_stored(self, stored: str) -> None:
        self._is_beyond = False
        own: CalendarDay | None = None
        if stored:
            try:
                own = self.calendar.from_gregorian(date.fromisoformat(stored[:10]))
            except ValueError:
                self._is_beyond = True
        self._show_day(own)

    def _show_day(self, own: CalendarDay | None) -> None:
        self._day.setText(str(own.day) if own is not None else "")
        self._year.setText(str(own.year) if own is not None else "")
        with QSignalBlocker(self._month):
            self._month.setCurrentIndex(self._keys.index(own.month) if own is not None else -1)

    def _show_meaning(self, stored: str) -> None:
        """Says which Gregorian date is meant."""
        title = _(self.calendar.title)
        if not stored:
            self._meaning.setText(title)
            return
        try:
            shown = current_language().date(date.fromisoformat(stored[:10]))
        except ValueError:
            shown = stored
        sentence = _("{calendar} · stored: {date}. The calendar does not reach to this day; the answer is kept.")
        if not self._is_beyond:
            sentence = _("{calendar} · {date} in the Gregorian calendar")
        self._meaning.setText(sentence.format(calendar=title, date=shown))

    @override
    def inputs(self) -> tuple[QWidget, ...]:
        return tuple(widget for widget in (self._day, self._month, self._year) if not widget.isHidden())

    @override
    def clear_answer(self) -> None:
        if self._view is None or self.view.is_readonly:
            return
        self._show_day(None)
        self._is_beyond = False
        self.commit()

    @override
    def commit(self) -> None:
        if self._view is None or self.view.is_readonly or (self._is_beyond and not self._is_touched()):
            return
        self._split(self._day.text())
        answer = self._read()
        is_open = self.holds_focus() and not self._is_complete()
        self.input_refused.emit("" if is_open else answer.problem)
        if answer.problem:
            return
        if answer.stored != self._reported:
            self._reported = answer.stored
            self._is_beyond = False
            self.answer_chosen.emit(answer.stored)
        self._show_meaning(answer.stored)

    def _is_complete(self) -> bool:
        has_month = self._month.currentIndex() >= 0 or not self._wants_month
        return bool(self._year.text() and has_month and (self._day.text() or not self._wants_day))

    def _read(self) -> Typed:
        day = clean_typed(self._day.text()).strip() if self._wants_day else ""
        year = clean_typed(self._year.text()).strip()
        place = self._month.currentIndex()
        month = self._keys[place] if place >= 0 and self._wants_month else None
        if not (day or year or month is not None):
            return Typed()
        if self._wants_day:
            return read_day(self.calendar, day, month, year)
        if self._wants_month and (month is None or not year):
            return Typed(problem=_("Month and year belong together."))
        return read_first_day(self.calendar, month, year)

    def _split(self, text: str) -> bool:
        """Spreads a whole date such as ``12.3.2019`` over the fields; the numbers are of this calendar."""
        match = _WHOLE.fullmatch(clean_typed(text).strip())
        if match is None or int(match.group(2)) not in self._keys:
            return False
        self._show_day(CalendarDay(int(match.group(3)), int(match.group(2)), int(match.group(1))))
        return True

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_erasing = event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}
        if is_erasing and self._month.hasFocus() and self._is_open():
            self._month.setCurrentIndex(-1)
            self.commit()
            event.accept()
        elif is_erasing:
            event.accept()  # at the end of a line there is nothing to delete
        else:
            event.ignore()

    @override
    def _name_inputs(self) -> None:
        question = plain(self.view.label) or self.view.name
        self._day.setAccessibleName(_("{question}: day").format(question=question))
        self._month.setAccessibleName(_("{question}: month").format(question=question))
        self._year.setAccessibleName(_("{question}: year").format(question=question))
        description = ". ".join(part for part in (self._meaning.text().rstrip("."), self._description) if part)
        for widget in (self._day, self._month, self._year):
            widget.setAccessibleDescription(description)

    def _on_line_edited(self, text: str) -> None:
        self.input_refused.emit("")
        is_pasted = len(text) - self._length >= _PASTED
        self._length = len(text)
        if is_pasted and self._split(text):
            self.commit()
        elif self._is_complete() and not self._read().problem:
            self._show_meaning(self._read().stored)

    def _on_month_activated(self, _place: int) -> None:
        self.input_refused.emit("")
        self.commit()
