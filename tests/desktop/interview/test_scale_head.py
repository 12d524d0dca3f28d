"""The head of a run of scales stands above the buttons that it explains, however the page is laid out."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

from roadmapdesk.desktop.interview.context_bar import ContextBar
from roadmapdesk.desktop.interview.controls.scale_button import ScaleButton
from roadmapdesk.desktop.interview.header_controls import BOTH
from roadmapdesk.desktop.interview.scale_head import ScaleHead

FORM = """
|survey|
||type|name|label::Deutsch (de)|label::English (en)|appearance|
||select_one five|good|Gut?|Good?|likert|
||select_one five|fast|Schnell?|Fast?|likert|
|choices|
||list_name|name|label::Deutsch (de)|label::English (en)|
||five|1|1 - schlecht|1 - bad|
||five|2|2 - mittel|2 - fair|
||five|3|3 - gut|3 - good|
||five|98|weiß nicht|don't know|
"""


@pytest.mark.parametrize("factor", [1.0, 2.0])
@pytest.mark.parametrize("language", ["Deutsch (de)", BOTH])
def test_the_anchors_stand_above_the_points(open_page, theme, factor, language):
    page = open_page(FORM)
    theme.set_factor(factor)
    page.select_language(language)
    QApplication.processEvents()
    page.questions.rows()
    head = page.questions.findChild(ScaleHead)
    first = page.questions.row("/data/good").findChild(ScaleButton)
    assert head.mapTo(page, QPoint(head.begin(), 0)).x() == first.mapTo(page, QPoint()).x()


def test_a_long_title_takes_a_second_line_before_it_is_cut(theme, qtbot):
    bar = ContextBar(theme=theme)
    bar.show_steps(next_text="Nächster Abschnitt", has_previous=True, has_next=True)
    title = next(label for label in bar.findChildren(QLabel) if label.property("type") == "heading")
    holder = QWidget()
    qtbot.addWidget(holder)
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(bar)
    column.addStretch(1)
    holder.resize(780, 400)
    holder.show()
    bar.show_place("", "P Kurz")
    QApplication.processEvents()
    assert title.height() >= title.fontMetrics().lineSpacing()
    bar.show_place("", "P Stärken, Schwächen, Chancen und Risiken des Standorts in ganz Sachsen")
    QApplication.processEvents()
    qtbot.waitUntil(lambda: title.height() == 2 * title.fontMetrics().lineSpacing())
    assert title.toolTip() == ""
    bar.show_place("", "P Stärken, Schwächen, Chancen " * 6)
    assert title.toolTip() == title.text()
    assert title.heightForWidth(title.width()) == 2 * title.fontMetrics().lineSpacing()
