"""The calendar that drops down from a date line."""

from datetime import date

from PySide6.QtCore import QDate, QLocale, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCalendarWidget, QVBoxLayout, QWidget
from typing_extensions import override

from roadmapdesk.desktop.theme import Theme
from roadmapdesk.i18n import current_language


class CalendarPopup(QWidget):
    """A month to pick a day from; arrows move, Enter takes the day, Esc closes.

    Attributes:
        day_chosen: with the ISO date.
    """

    day_chosen = Signal(str)

    def __init__(self, *, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._theme = theme
        self._calendar = QCalendarWidget(self)
        code = "de_DE" if current_language().code == "de" else "en_GB"
        self._calendar.setLocale(QLocale(code))
        self._calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self._calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self._calendar.activated.connect(self._on_calendar_day)
        self._calendar.clicked.connect(self._on_calendar_day)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 4, 4, 4)
        layout.addWidget(self._calendar)

    def open_at(self, anchor: QWidget, stored: str) -> None:
        """Opens below `anchor` with the stored day selected, else today."""
        try:
            day = date.fromisoformat(stored[:10])
        except ValueError:
            day = date.today()
        self._calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        self.move(anchor.mapToGlobal(anchor.rect().bottomLeft()))
        self.show()
        self._calendar.setFocus(Qt.FocusReason.PopupFocusReason)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def _on_calendar_day(self, day: QDate) -> None:
        self.close()
        self.day_chosen.emit(f"{day.year():04d}-{day.month():02d}-{day.day():02d}")
