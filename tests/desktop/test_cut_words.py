"""What is cut off for want of room is said in full where the mouse rests."""

import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip

from roadmapdesk.desktop.widgets.inputs import ComboBox
from roadmapdesk.desktop.widgets.table_model import Column, RowsModel
from roadmapdesk.desktop.widgets.table_view import TableView

LONG = "Standortanalyse Radiopharmazie Sachsen - Interviewleitfaden"


def rest_on(widget, point):
    QToolTip.hideText()
    QApplication.sendEvent(widget, QHelpEvent(QEvent.Type.ToolTip, point, widget.mapToGlobal(point)))
    return QToolTip.text()


@pytest.mark.parametrize(("width", "told"), [(200, LONG), (700, "")])
def test_a_combo_box_tells_a_choice_that_it_has_no_room_for(theme, qtbot, width, told):
    box = ComboBox(theme=theme)
    qtbot.addWidget(box)
    box.addItem(LONG)
    box.resize(width, 32)
    box.show()
    assert rest_on(box, QPoint(20, 10)) == told


@pytest.mark.parametrize(
    ("width", "second", "told"),
    [(200, "kurz", f"{LONG}\nkurz"), (700, "kurz", ""), (700, LONG * 3, f"{LONG}\n{LONG * 3}")],
)
def test_a_table_tells_a_cell_that_it_has_no_room_for(theme, qtbot, width, second, told):
    column = Column(lambda: "Name", lambda row: row, second_line=lambda _row: second, icon=lambda _row: "check")
    model = RowsModel([column])
    table = TableView(theme=theme)
    qtbot.addWidget(table)
    table.show_rows(model, is_sortable=False)
    model.set_rows([LONG])
    table.resize(width, 200)
    table.show()
    QApplication.processEvents()
    assert rest_on(table.viewport(), QPoint(40, 20)) == told
