"""The bottom line says as much as it has room for, and where one stands also when a page is shown again."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtGui import QFontMetrics

from roadmapdesk.desktop.navigation import Navigation
from roadmapdesk.desktop.status_bar import StatusBar
from roadmapdesk.i18n import set_language


@pytest.fixture
def bar(theme, qtbot):
    bar = StatusBar(theme=theme)
    qtbot.addWidget(bar)
    bar.set_file(Path("Standortanalyse.roadmapdesk"))
    bar.set_place("Frage E8 in S4")
    bar.resize(1366, bar.height())
    bar.show()
    return bar


def shown(bar, qapp):
    qapp.processEvents()
    return [item for item in (bar.place, bar.file, bar.language, bar.text_size) if item.isVisible()]


def test_large_text_hides_only_what_has_no_room(bar, theme, qapp):
    theme.set_factor(2.0)
    assert shown(bar, qapp) == [bar.place, bar.file, bar.language, bar.text_size]
    needed = sum(item.sizeHint().width() for item in shown(bar, qapp)) + 16
    for more_than_it_has, left in (
        (1, [bar.place, bar.file, bar.text_size]),
        (bar.language.sizeHint().width() + 1, [bar.file, bar.text_size]),
        (needed - bar.text_size.sizeHint().width() - 16, [bar.text_size]),
    ):
        bar.resize(needed - more_than_it_has, bar.height())
        assert shown(bar, qapp) == left
    bar.resize(1366, bar.height())
    assert shown(bar, qapp) == [bar.place, bar.file, bar.language, bar.text_size]


def test_the_level_is_told_again_with_its_page_and_in_its_language(program, sample, settle, tmp_path):
    folder = Path(shutil.copytree(sample, tmp_path / "Beispiel.roadmapdesk"))
    program.door.open(folder, window=program.window)
    settle()
    workbench, place = program.window.workbench, program.window.status.place
    workbench.go_to("assessment")
    settle()
    assert place.text() == "Ebene Intern: nicht weitergeben"
    workbench.go_to("overview")
    settle()
    assert place.text() == ""
    workbench.go_to("assessment", "s3.d2")
    settle()
    assert place.text() == "Ebene Intern: nicht weitergeben"
    set_language("en")
    settle()
    assert place.text() == "Level Internal: do not pass on"


def test_the_words_of_the_navigation_have_room_beside_its_scroll_bar(program, opened, settle):
    program.window.resize(1366, 500)
    program.desk.theme.set_factor(2.0)
    settle()
    navigation = program.window.findChild(Navigation)
    metrics = QFontMetrics(program.desk.theme.font("caption", is_bold=True))
    assert navigation.verticalScrollBar().isVisible()
    longest = max(metrics.horizontalAdvance(entry.word()) for entry in program.window.workbench.entries)
    assert navigation.viewport().width() >= longest + 2 * 8
