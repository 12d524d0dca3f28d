"""At double text nothing is cut off that has no way to be scrolled to."""

import shutil
from pathlib import Path

from PySide6.QtWidgets import QTabBar

from roadmapdesk.desktop.assessment.drawer import EvidenceDrawer
from roadmapdesk.desktop.assessment.page import AssessmentPage
from roadmapdesk.desktop.overview.state_bar import StateBar


def test_the_counts_of_the_overview_have_the_height_that_they_need(program, sample, settle, tmp_path) -> None:
    program.desk.theme.set_factor(2.0)
    folder = Path(shutil.copytree(sample, tmp_path / "Beispiel.roadmapdesk"))
    program.door.open(folder, window=program.window)
    settle()
    bar = program.window.workbench.page.findChild(StateBar)

    assert bar.height() >= bar.sizeHint().height()


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
