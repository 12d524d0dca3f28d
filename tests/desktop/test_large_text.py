"""At double text nothing is cut off that has no way to be scrolled to."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QLabel, QStyle, QStyleOptionHeader, QTabBar

from roadmapdesk.desktop.assessment.drawer import EvidenceDrawer
from roadmapdesk.desktop.assessment.page import AssessmentPage
from roadmapdesk.desktop.interview.context_bar import ContextBar
from roadmapdesk.desktop.navigation import Navigation
from roadmapdesk.desktop.overview.state_bar import StateBar
from roadmapdesk.desktop.style import RoadmapStyle

Arrow = QStyle.PrimitiveElement


def test_the_counts_of_the_overview_have_the_height_that_they_need(program, sample, settle, tmp_path) -> None:
    program.desk.theme.set_factor(2.0)
    folder = Path(shutil.copytree(sample, tmp_path / "Beispiel.roadmapdesk"))
    program.door.open(folder, window=program.window)
    settle()
    bar = program.window.workbench.page.findChild(StateBar)

    assert bar.height() >= bar.sizeHint().height()


def test_the_lit_entry_of_the_navigation_stays_in_sight(program, sample, settle, tmp_path) -> None:
    program.window.resize(1366, 768)
    folder = Path(shutil.copytree(sample, tmp_path / "Beispiel.roadmapdesk"))
    program.door.open(folder, window=program.window)
    settle()
    navigation = program.window.findChild(Navigation)
    last = navigation.model().rowCount() - 1
    navigation.setCurrentIndex(navigation.model().index(last, 0))
    settle()
    program.desk.theme.set_factor(2.0)
    settle()

    lit = navigation.visualRect(navigation.currentIndex())
    assert navigation.currentIndex().row() == last
    assert navigation.viewport().rect().contains(lit)


def test_the_title_above_the_questions_has_the_room_of_the_words_beside_the_counts(theme, qtbot) -> None:
    bar = ContextBar(theme=theme)
    qtbot.addWidget(bar)
    bar.show_progress(7, 26)
    counts = next(label for label in bar.findChildren(QLabel) if label.text() == "7 von 26 beantwortet")
    theme.set_factor(2.0)
    assert counts.text() == "7/26"
    assert counts.accessibleName() == "7 von 26 beantwortet"
    theme.set_factor(1.0)
    assert counts.text() == "7 von 26 beantwortet"


@pytest.mark.parametrize("element", [Arrow.PE_IndicatorArrowDown, Arrow.PE_IndicatorHeaderArrow])
def test_arrows_grow_with_the_text(element, theme) -> None:
    heights = []
    for factor in (1.0, 2.0):
        theme.set_factor(factor)
        image = QImage(60, 60, QImage.Format.Format_ARGB32)
        image.fill(Qt.GlobalColor.transparent)
        option = QStyleOptionHeader()
        option.rect = QRect(22, 22, 16, 16)
        option.state = QStyle.StateFlag.State_Enabled
        option.sortIndicator = QStyleOptionHeader.SortIndicator.SortDown
        painter = QPainter(image)
        RoadmapStyle(theme=theme).drawPrimitive(element, option, painter)
        painter.end()
        heights.append(sum(any(image.pixelColor(x, y).alpha() > 128 for x in range(60)) for y in range(60)))
    assert heights[0] >= 4
    assert heights[1] >= 2 * heights[0] - 1


def test_another_view_of_the_assessment_is_not_hidden_by_the_evidence(show_page, project, theme, qtbot) -> None:
    theme.set_factor(2.0)
    page = show_page(AssessmentPage, project)
    drawer = page.findChild(EvidenceDrawer)
    page.show_item("s3.d2")
    assert drawer.isVisible()
    assert not page._panes.view.isVisible()

    page.findChild(QTabBar).setCurrentIndex(3)

    assert page._panes.view.isVisible()
    assert not drawer.isVisible()


def test_a_view_keeps_its_height_above_its_table(program, sample, settle, tmp_path) -> None:
    program.window.resize(1366, 768)
    program.desk.theme.set_factor(2.0)
    folder = Path(shutil.copytree(sample, tmp_path / "Beispiel.roadmapdesk"))
    program.door.open(folder, window=program.window)
    settle()
    program.window.workbench.go_to("assessment")
    settle()
    page = program.window.workbench.page
    page.findChild(QTabBar).setCurrentIndex(1)
    settle()
    panes = page._panes
    assert panes.view.side().isVisible()
    assert panes.view.height() >= program.desk.theme.px(250)
    assert panes.height() > panes.parentWidget().height()  # the table is further down
