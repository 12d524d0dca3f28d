"""The assessment page as a person uses it: keys, levels, evidence, other settings."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QComboBox, QLabel, QLineEdit, QSlider

from roadmapdesk import i18n
from roadmapdesk.desktop.assessment.figure_view import FigureView
from roadmapdesk.desktop.assessment.heat_model import HeatRole
from roadmapdesk.desktop.assessment.heat_view import HeatView
from roadmapdesk.desktop.widgets.inputs import ComboBox
from roadmapdesk.desktop.widgets.table_view import TableView
from roadmapdesk.domain.levels import Level
from roadmapdesk.figures.heatmap import CellState
from roadmapdesk.scoring.profile import Profile
from roadmapdesk.scoring.scorecard import CellKey

S3D2 = CellKey("s3", "d2")


@pytest.fixture
def page(make_page, read_study):
    return make_page(*read_study)


@pytest.fixture
def heatmap(page):
    return page.findChild(HeatView, "heatmap")


def wait(page, qtbot):
    """Until nothing is computed and no slider is waited for."""
    qtbot.waitUntil(lambda: not page._desk.jobs.is_busy and not page._loader._rest.isActive(), timeout=60_000)


def press_level(page, level, qtbot):
    segment = next(button for button in page._scope.levels.findChildren(QAbstractButton) if button.key == level.value)
    qtbot.mouseClick(segment, Qt.MouseButton.LeftButton)
    wait(page, qtbot)


def texts(widget):
    return [label.text() for label in widget.findChildren(QLabel)]


def drawer_texts(page, qtbot):
    """What the drawer says now; what it said before is on its way to deletion."""
    return texts(page._drawer._scroll.widget())


def test_arrow_keys_move_enter_opens_the_evidence_and_esc_returns_to_the_cell(page, heatmap, qtbot):
    heatmap.setFocus()
    heatmap.select(CellKey("s1", "d1"))
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Right):
        qtbot.keyClick(heatmap, key)
    assert heatmap.heat.key_at(heatmap.currentIndex()) == S3D2

    qtbot.keyClick(heatmap, Qt.Key.Key_Return)

    assert page._panes.is_open
    assert any("S3 × D2" in text for text in texts(page._drawer))

    qtbot.keyClick(page._drawer, Qt.Key.Key_Escape)

    assert not page._panes.is_open
    assert heatmap.hasFocus()
    assert heatmap.heat.key_at(heatmap.currentIndex()) == S3D2


def test_next_and_previous_cell_lead_through_the_matrix(page, heatmap, qtbot):
    page._open(S3D2)
    page.activateWindow()
    page._drawer.take_focus()
    qtbot.waitUntil(page._drawer._next.hasFocus)

    qtbot.keyClick(page._drawer._next, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)

    assert heatmap.heat.key_at(heatmap.currentIndex()) == CellKey("s3", "d3")
    qtbot.mouseClick(page._drawer._previous, Qt.MouseButton.LeftButton)
    assert page._selected == S3D2


@pytest.mark.parametrize("level", list(Level))
def test_the_heatmap_shows_exactly_what_the_level_shows(page, heatmap, read_study, level, qtbot):
    press_level(page, level, qtbot)

    card = read_study[1].disclosed("w2", level)
    for key, cell in card.cells.items():
        content = heatmap.heat.index_of(key).data(HeatRole.CONTENT)
        if cell.performance is not None:
            assert content.state is CellState.VALUE
            assert content.value_text == i18n.Language("de").number(cell.performance.mean)
        else:
            assert content.state is (CellState.CLASS_ONLY if cell.cell_class else CellState.SUPPRESSED)
            assert not content.value_text


def test_below_internal_no_organisation_is_named(page, read_study, qtbot):
    names = {actor.name("de") for actor in read_study[0].actors.list()}
    page._open(S3D2)
    assert names & set(drawer_texts(page, qtbot))

    press_level(page, Level.PUBLIC, qtbot)

    said = "\n".join(drawer_texts(page, qtbot))
    released = {quote.speaker for quote in page._assessed.facts.quotes if quote.is_public}
    assert not [name for name in names - released if name in said]
    assert "Einzelwerte" in said


def test_the_level_stands_in_the_status_bar_and_filters_exist_inside_only(page, qtbot):
    with qtbot.waitSignal(page.place_changed, check_params_cb=lambda text: "Öffentlich" in text, timeout=60_000):
        press_level(page, Level.PUBLIC, qtbot)

    assert not page.findChild(ComboBox, "class_filter").isVisible()
    assert "unterdrückt" in page.context()


def test_a_cell_is_one_sentence_for_the_screen_reader(heatmap):
    sentence = heatmap.heat.index_of(S3D2).data(Qt.ItemDataRole.AccessibleTextRole)

    assert sentence.startswith("S3 Targetmaterial & Radionuklidproduktion, Infrastruktur")
    for part in ("Leistung ", "Wichtigkeit ", "n\u00a0", "Güte "):
        assert part in sentence


def test_the_measure_changes_what_the_cells_show(page, heatmap):
    performance = heatmap.heat.index_of(S3D2).data()
    combo = page.findChild(ComboBox, "measure")

    combo.setCurrentIndex(combo.findData("gap"))

    gap = heatmap.heat.index_of(S3D2).data()
    cell = page._assessed.scorecard.cells[S3D2]
    assert gap == i18n.Language("de").number(cell.gap, sign=True)
    assert gap != performance


def test_the_table_stands_for_the_picture_and_shares_the_cell(page, heatmap, qtbot):
    heatmap.select(S3D2)
    page._select(S3D2)
    qtbot.mouseClick(page.findChild(QAbstractButton, "as_table"), Qt.MouseButton.LeftButton)
    table = page.findChild(TableView, "cells_table")

    assert table.isVisible()
    assert table.model().rowCount() == 63
    table.select_row(lambda cell: cell.key == CellKey("s5", "d1"))
    assert page._selected == CellKey("s5", "d1")


def test_keys_in_the_plot_choose_a_cell_that_every_view_shares(page, heatmap, qtbot):
    page._tabs.setCurrentIndex(1)
    plot = page.findChild(FigureView, "plot")
    plot.setFocus()

    qtbot.keyClick(plot, Qt.Key.Key_Down)
    qtbot.keyClick(plot, Qt.Key.Key_Right)
    chosen = page._selected
    qtbot.keyClick(plot, Qt.Key.Key_Return)

    assert chosen is not None
    assert page._panes.is_open
    assert plot.key == f"{chosen.stage}/{chosen.dimension}"
    page._tabs.setCurrentIndex(0)
    assert heatmap.heat.key_at(heatmap.currentIndex()) == chosen


def test_a_click_on_a_mark_opens_its_evidence(page, qtbot):
    page._tabs.setCurrentIndex(1)
    plot = page.findChild(FigureView, "plot")
    item = next(item for item in plot.scene.keyed() if item.key == "s6/d5")
    place = plot.mapFromGlobal(plot.mapToGlobal(plot.rect().topLeft()))
    place.setX(round(item.x + item.width / 2))
    place.setY(round(item.y + item.height / 2))

    qtbot.mouseClick(plot, Qt.MouseButton.LeftButton, pos=place)

    assert page._panes.is_open
    assert page._selected == CellKey("s6", "d5")


@pytest.mark.parametrize("number", range(6))
@pytest.mark.parametrize("level", [Level.INTERNAL, Level.PUBLIC])
def test_every_view_names_its_inputs(page, number, level, qtbot):
    press_level(page, level, qtbot)
    page._tabs.setCurrentIndex(number)
    page._ask.setChecked(True)

    nameless = [
        widget.objectName() or type(widget).__name__
        for kind in (QComboBox, QSlider, QAbstractItemView, QAbstractButton, QLineEdit, FigureView)
        for widget in page.findChildren(kind)
        if widget.isVisible()
        and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and not QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
    ]

    assert nameless == []


def test_sliders_move_the_ranks_at_once_and_discarding_brings_everything_back(page, qtbot):
    before = dict(page._assessed.scorecard.stage_results)
    page._ask.click()
    slider = page.findChild(QSlider, "slider_d1")
    slider.setFocus()

    qtbot.keyClick(slider, Qt.Key.Key_End)

    assert page._strip._chip.isVisible()
    assert page._strip._ranks.order
    wait(page, qtbot)
    assert page._assessed.scorecard.stage_results["s1"].performance != before["s1"].performance
    ranked = sorted(page._assessed.scorecard.stage_results.values(), key=lambda result: -(result.performance or 0.0))
    assert page._strip._ranks.order == tuple(result.stage for result in ranked)

    qtbot.mouseClick(page._strip._discard, Qt.MouseButton.LeftButton)
    wait(page, qtbot)

    assert not page._strip._chip.isVisible()
    assert dict(page._assessed.scorecard.stage_results) == before


def test_tried_settings_are_stored_under_a_name_only(make_page, project, qtbot):
    page = make_page(project)
    page._ask.click()
    slider = page.findChild(QSlider, "slider_importance_high")
    slider.setValue(slider.value() + 15)
    wait(page, qtbot)
    assert project.settings.scoring_profile == {}

    qtbot.mouseClick(page._strip._save, Qt.MouseButton.LeftButton)
    dialog = page._desk.prompts.dialogs[-1]
    dialog.confirm.click()
    assert dialog.isVisible(), "a profile without a name is not stored"
    qtbot.keyClicks(dialog.entry, "Strenger")
    dialog.confirm.click()
    wait(page, qtbot)

    stored = Profile.from_record(project.settings.scoring_profile)
    assert stored.name == "Strenger"
    assert stored.thresholds.importance_high == 70.0
    assert page._assessed.profile == stored
    assert not page._strip._chip.isVisible()


def test_a_project_without_interviews_says_what_will_appear(make_page, bare_project, qtbot):
    page = make_page(bare_project)

    assert page._empty.isVisible()
    with qtbot.waitSignal(page.navigation_requested) as asked:
        qtbot.mouseClick(page._empty.findChild(QAbstractButton), Qt.MouseButton.LeftButton)
    assert asked.args == ["interviews", ""]


def test_cancelling_keeps_what_was_shown(page, qtbot):
    segment = next(button for button in page._scope.levels.findChildren(QAbstractButton) if button.key == "public")
    segment.click()

    page._on_progress_cancel_requested()
    wait(page, qtbot)

    assert page._assessed.level is Level.INTERNAL
    assert page._scope.levels.key == "internal"


def test_at_large_text_the_evidence_takes_the_whole_width(page, theme, heatmap, qtbot):
    theme.set_factor(2.0)
    page._open(S3D2)

    assert not heatmap.isVisible()
    qtbot.keyClick(page._drawer, Qt.Key.Key_Escape)
    assert heatmap.isVisible()


def test_a_link_from_elsewhere_opens_the_evidence_of_its_cell(page):
    page.show_item("s6.d5")

    assert page._selected == CellKey("s6", "d5")
    assert page._panes.is_open


def test_the_page_speaks_english_too(page, qtbot):
    page._open(S3D2)
    i18n.set_language("en")
    page.retranslate()
    wait(page, qtbot)

    assert page.title() == "Assessment"
    assert "Bottlenecks of the stage" in drawer_texts(page, qtbot)
