"""The strip above the table of actors is never cut off: what has no room beside the fields goes below them."""

import pytest
from PySide6.QtCore import QPoint

from roadmapdesk.desktop.actors.filters import ActorFilters
from roadmapdesk.desktop.theme import Scheme, Theme
from roadmapdesk.desktop.widgets.buttons import Button


@pytest.mark.parametrize("factor", [1.0, 1.15, 1.5, 2.0])
@pytest.mark.parametrize("width", [1000, 820, 700])
def test_everything_stands_within_the_strip(qtbot, qapp, factor, width):
    theme = Theme(scheme=Scheme.LIGHT)
    theme.set_factor(factor)
    theme.apply(qapp)
    filters = ActorFilters(theme=theme)
    qtbot.addWidget(filters)
    filters.retranslate()
    tool = Button("Ansichten", theme=theme, icon="list", parent=filters)
    filters.add_tool(tool)
    filters.resize(width, 160)
    filters.show()
    qapp.processEvents()
    assert filters.width() == width
    for widget in (filters._search, filters._type, filters._stage, filters._unasked, filters._founders, tool):
        right = widget.mapTo(filters, QPoint(widget.width(), 0)).x()
        assert right <= width, widget
        assert widget.width() >= widget.minimumSizeHint().width()
    qapp.setStyleSheet("")
