"""The calendar that drops down from a date line, and the button that opens it."""

from datetime import date

from PySide6.QtCore import QDate, QLocale, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QToolButton, QVBoxLayout, QWidget
from typing_extensions import override

from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.buttons import IconButton
from roadmapdesk.i18n import current_language
from roadmapdesk.i18n import gettext as _

_GAP = 4


class CalendarPopup(QFrame):
    """A month to pick a day from; arrows move, Enter takes the day, Esc closes.

    Attributes:
        day_chosen: with the ISO date.
    """

    day_chosen = Signal(str)

    def __init__(self, *, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("panel", "popup")
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
        """Opens below `anchor`, or above it where the screen ends, with the stored day selected, else today."""
        try:
            day = date.fromisoformat(stored[:10])
        except ValueError:
            day = date.today()
        self._calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        self._dress()
        self.adjustSize()
        self.move(self._place_at(anchor))
        self.show()
        self._calendar.setFocus(Qt.FocusReason.PopupFocusReason)

    def _place_at(self, anchor: QWidget) -> QPoint:
        below = anchor.mapToGlobal(anchor.rect().bottomLeft()) + QPoint(0, _GAP)
        above = anchor.mapToGlobal(anchor.rect().topLeft()) - QPoint(0, self.height() + _GAP)
        room = anchor.screen().availableGeometry()
        is_too_low = below.y() + self.height() > room.bottom() and above.y() >= room.top()
        place = above if is_too_low else below
        return QPoint(max(min(place.x(), room.right() - self.width()), room.left()), place.y())

    def _dress(self) -> None:
        """Weekends, weekdays and arrows in the colours of the program; Qt's own are red and black."""
        muted = QTextCharFormat()
        muted.setForeground(self._theme.colour("text_muted"))
        self._calendar.setHeaderTextFormat(muted)
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self._calendar.setWeekdayTextFormat(day, muted)
        for name, icon in (("qt_calendar_prevmonth", "chevron-left"), ("qt_calendar_nextmonth", "chevron-right")):
            button = self._calendar.findChild(QToolButton, name)
            if button is not None:
                button.setIcon(self._theme.icon(icon))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def _on_calendar_day(self, day: QDate) -> None:
        self.close()
        self.day_chosen.emit(f"{day.year():04d}-{day.month():02d}-{day.day():02d}")


class CalendarButton(IconButton):
    """Opens the calendar below a date line; F4 and Alt+Down in the line do the same.

    Attributes:
        day_chosen: with the ISO date.
    """

    day_chosen = Signal(str)

    def __init__(self, line: QWidget, *, theme: Theme, parent: QWidget) -> None:
        super().__init__("calendar", theme=theme, variant="secondary", parent=parent)
        self._line = line
        self._look = theme
        self._popup: CalendarPopup | None = None
        self._stored = ""
        self.clicked.connect(self._on_clicked)

    def set_day(self, stored: str) -> None:
        """Says with which day, in ISO form, the calendar opens."""
        self._stored = stored

    def name_for(self, question: str) -> None:
        """Says in the accessible name to which question the button belongs."""
        self.set_name(_("Choose from the calendar"), "F4")
        self.setAccessibleName(_("{question}: choose from the calendar").format(question=question))

    def takes(self, event: QKeyEvent) -> bool:
        """Opens the calendar where the key asks for it; whether it did."""
        alt_down = event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier
        is_wanted = bool(event.key() == Qt.Key.Key_F4 or alt_down) and self.isVisible() and self.isEnabled()
        if is_wanted:
            self._on_clicked()
        return is_wanted

    def _on_clicked(self) -> None:
        if self._popup is None:
            self._popup = CalendarPopup(theme=self._look, parent=self)
            self._popup.day_chosen.connect(self.day_chosen)
        self._popup.open_at(self._line, self._stored)
