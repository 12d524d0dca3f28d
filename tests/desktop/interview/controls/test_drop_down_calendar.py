"""The calendar that drops down: on the screen wherever its line stands, in the colours of the program."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCalendarWidget, QLineEdit, QWidget

from roadmapdesk.desktop.interview.controls.calendar import CalendarPopup


@pytest.fixture
def window(theme, qtbot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.setGeometry(window.screen().availableGeometry())
    return window


@pytest.fixture
def line(window: QWidget) -> QLineEdit:
    field = QLineEdit(window)
    field.resize(160, 32)
    window.show()
    return field


@pytest.mark.parametrize("stored", ["2026-03-12", "9999-12-31", "0001-01-01", ""])
def test_it_opens_above_a_line_at_the_foot_of_the_screen(line, theme, stored) -> None:
    room = line.screen().availableGeometry()
    for y, is_above in ((20, False), (room.height() - 40, True)):
        line.move(20, y)
        popup = CalendarPopup(theme=theme, parent=line)
        popup.open_at(line, stored)
        assert room.contains(popup.frameGeometry())
        top = line.mapToGlobal(line.rect().topLeft()).y()
        assert (popup.geometry().bottom() < top) is is_above
        popup.close()


def test_weekends_are_grey_and_not_red(line, theme) -> None:
    popup = CalendarPopup(theme=theme, parent=line)
    popup.open_at(line, "2026-03-12")
    calendar = popup.findChild(QCalendarWidget)
    for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
        assert calendar.weekdayTextFormat(day).foreground().color() == theme.colour("text_muted")
    popup.close()
