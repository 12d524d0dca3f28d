"""Controls end where their neighbours end, and the ring of the focus is seen whole all the same."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from roadmapdesk.desktop.style import FocusRing
from roadmapdesk.desktop.widgets.buttons import IconButton
from roadmapdesk.desktop.widgets.dialog import Dialog
from roadmapdesk.desktop.widgets.form_row import FormRow
from roadmapdesk.desktop.widgets.inputs import ComboBox
from roadmapdesk.desktop.widgets.labels import Text
from roadmapdesk.desktop.widgets.segmented import SegmentedSwitch
from roadmapdesk.desktop.widgets.table_model import Column, RowsModel
from roadmapdesk.desktop.widgets.table_view import TableView


def box_of(widget: QWidget) -> QRect:
    return QRect(widget.mapTo(widget.window(), QPoint()), widget.size())


@pytest.fixture
def window(theme, qapp, qtbot) -> QWidget:
    ring = FocusRing(qapp, theme=theme)
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(700, 400)
    QVBoxLayout(window)
    yield window
    ring.deleteLater()


def show(window: QWidget, qtbot) -> None:
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()


def test_a_switch_stands_level_with_the_combo_box_beside_it(window, theme, qtbot) -> None:
    row = QHBoxLayout()
    window.layout().addLayout(row)
    switch = SegmentedSwitch([("a", "Hell"), ("b", "Dunkel")], theme=theme)
    combo = ComboBox(theme=theme)
    for widget in (switch, combo):
        row.addWidget(widget)
    show(window, qtbot)
    assert (box_of(switch).top(), box_of(switch).height()) == (box_of(combo).top(), box_of(combo).height())


def test_a_button_of_an_icon_is_as_high_as_the_field_beside_it(window, theme, qtbot) -> None:
    row = QHBoxLayout()
    window.layout().addLayout(row)
    button, field = IconButton("calendar", theme=theme, variant="secondary"), QLineEdit()
    for widget in (field, button):
        row.addWidget(widget)
    show(window, qtbot)
    assert (box_of(button).top(), box_of(button).height()) == (box_of(field).top(), box_of(field).height())


def test_title_field_and_button_of_a_dialog_share_their_edges(window, theme, qtbot) -> None:
    show(window, qtbot)
    dialog = Dialog(title="Titel", confirm="Weiter", refuse="Zurück", theme=theme, parent=window)
    field = QLineEdit()
    switch = SegmentedSwitch([("a", "Hell"), ("b", "Dunkel")], theme=theme)
    dialog.content.addWidget(FormRow("Feld", field, theme=theme))
    dialog.content.addWidget(FormRow("Farben", switch, theme=theme))
    dialog.show()
    qtbot.waitExposed(dialog)
    heading = next(one for one in dialog.findChildren(Text) if one.text() == "Titel")
    assert box_of(heading).left() == box_of(field).left() == box_of(switch).left()
    assert box_of(field).right() == box_of(dialog.confirm).right()


def ring_in(window: QWidget) -> QWidget:
    found = window.findChild(QWidget, "focus_ring")
    assert found is not None
    return found


def test_the_ring_is_seen_whole_around_a_control_at_the_edge_of_its_parent(window, theme, qtbot) -> None:
    switch = SegmentedSwitch([("a", "Hell"), ("b", "Dunkel")], theme=theme)
    row = FormRow("Farben", switch, theme=theme)
    window.layout().addWidget(row)
    show(window, qtbot)
    segment = switch.layout().itemAt(0).widget()
    segment.setFocus(Qt.FocusReason.TabFocusReason)
    ring = ring_in(window)
    assert box_of(ring) == box_of(segment).adjusted(-3, -3, 3, 3)
    assert ring.visibleRegion().boundingRect() == ring.rect()


def test_the_ring_moves_along_when_what_lies_around_the_control_moves(window, theme, qtbot) -> None:
    switch = SegmentedSwitch([("a", "Hell"), ("b", "Dunkel")], theme=theme)
    above = QLabel("oben")
    window.layout().addWidget(above)
    window.layout().addWidget(switch)
    show(window, qtbot)
    segment = switch.layout().itemAt(0).widget()
    segment.setFocus(Qt.FocusReason.TabFocusReason)
    before = box_of(segment)
    above.setFixedHeight(120)
    window.layout().activate()
    QApplication.processEvents()
    assert box_of(segment) != before
    assert box_of(ring_in(window)) == box_of(segment).adjusted(-3, -3, 3, 3)


def test_the_ring_is_cut_with_its_control_by_what_scrolls(window, theme, qtbot) -> None:
    area = QScrollArea()
    ground = QWidget()
    column = QVBoxLayout(ground)
    column.setContentsMargins(0, 0, 0, 0)
    field = QLineEdit()
    column.addWidget(field)
    area.setWidget(ground)
    window.layout().addWidget(area)
    show(window, qtbot)
    field.setFocus(Qt.FocusReason.TabFocusReason)
    assert ring_in(window).parentWidget() is ground


def test_no_head_of_a_table_is_cut(theme, qtbot) -> None:
    columns = (
        Column(lambda: "Einstellung", str),
        Column(lambda: "Geänderte Einordnungen im Vergleich", str, is_number=True, width=90),
    )
    model = RowsModel(columns)
    table = TableView(theme=theme)
    qtbot.addWidget(table)
    table.resize(600, 200)
    table.show_rows(model)
    table.show()
    head = table.horizontalHeader()
    written = QFontMetrics(theme.font("caption", is_bold=True)).horizontalAdvance(
        "Geänderte Einordnungen im Vergleich"
    )
    assert head.sectionSize(1) >= written + 2 * theme.space("m")
