"""The reports page as a person uses it: choices, pages, export, and everything that can go wrong with a file."""

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QDesktopServices
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QCheckBox, QComboBox, QLabel, QLineEdit

from roadmapdesk.desktop.reports import rendering
from roadmapdesk.desktop.reports.words import hidden_at, kind_word, shown_at
from roadmapdesk.desktop.widgets.labels import ElidedLabel
from roadmapdesk.domain.interviews import InterviewState
from roadmapdesk.domain.levels import Level
from roadmapdesk.reports.pdf.reading import check_pdf
from roadmapdesk.scoring.profile import DisclosureSettings
from roadmapdesk.workspace.exporting import ReportKind
from roadmapdesk.workspace.papers import PaperKind


@pytest.fixture
def page(make_page, read_study, qtbot):
    """The page on the project that all tests share, for looking only."""
    page = make_page(*read_study)
    wait(page, qtbot)
    return page


@pytest.fixture
def own_page(make_page, project, qtbot):
    """The page on a project of the test's own."""
    page = make_page(project)
    wait(page, qtbot)
    return page


def wait(page, qtbot):
    """Until nothing is under way and no choice is waited for."""
    qtbot.waitUntil(lambda: not page._desk.jobs.is_busy and not page._maker._rest.isActive(), timeout=60_000)


def press(page, name, key, qtbot):
    switch = page.findChild(object, name)
    segment = next(button for button in switch.findChildren(QAbstractButton) if button.key == key)
    qtbot.mouseClick(segment, Qt.MouseButton.LeftButton)
    wait(page, qtbot)


def export(page, qtbot):
    qtbot.mouseClick(page._export, Qt.MouseButton.LeftButton)
    wait(page, qtbot)


def said(page):
    return "\n".join(label.text() for label in page._exports._message.findChildren(QLabel))


def test_pages_are_seen_before_anything_is_written(page, tmp_path, qtbot):
    pytest.importorskip("pypdfium2")
    view = page._preview.page_view
    first = view.image

    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_PageDown)
    wait(page, qtbot)

    assert page._preview.page_number == 1
    assert first is not None
    assert view.image != first
    assert list(tmp_path.glob("*.pdf")) == []


def test_without_the_optional_package_the_outline_stands_there_and_says_so(make_page, read_study, monkeypatch, qtbot):
    monkeypatch.setattr(rendering, "can_draw_pages", lambda: False)
    page = make_page(*read_study)
    wait(page, qtbot)

    assert "preview" in page._preview._note.text()
    assert page._preview._outline.model().rowCount() > 20


def test_the_workbook_is_previewed_by_its_sheets(page, qtbot):
    press(page, "kind", "xlsx", qtbot)

    assert page._preview._outline.isVisible()
    assert page._preview._outline.model().rowCount() > 10


@pytest.mark.parametrize("kind", ["pdf", "xlsx"])
def test_an_export_is_written_logged_and_can_be_opened(own_page, project, tmp_path, kind, monkeypatch, qtbot):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    press(own_page, "kind", kind, qtbot)
    with qtbot.waitSignal(own_page.data_changed, timeout=60_000):
        export(own_page, qtbot)

    target = tmp_path / f"Beispiel_w2_internal_de.{kind}"
    assert target.stat().st_size > 10_000
    assert kind == "xlsx" or check_pdf(target)
    assert [entry.target for entry in project.export_log.list()] == [target.name]
    assert own_page._log_table.model().rowCount() == 1
    assert target.name in said(own_page)
    qtbot.mouseClick(own_page._exports._message._action, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(own_page._exports._folder, Qt.MouseButton.LeftButton)
    assert opened == [str(target), str(tmp_path)]


def test_the_focus_stays_on_the_button_over_an_export(own_page, qtbot):
    own_page._export.setParent(own_page)
    own_page._export.show()
    with qtbot.waitActive(own_page):
        own_page.activateWindow()
    own_page._export.setFocus()
    qtbot.keyClick(own_page._export, Qt.Key.Key_Space)
    wait(own_page, qtbot)
    assert own_page._export.hasFocus()


def test_internally_cells_are_counted_as_unrated_never_as_suppressed(page, qtbot):
    counts = page._order._counts
    assert "ohne Wertung" in counts.text()
    assert "unterdrückt" not in counts.text()
    press(page, "report_level", "public", qtbot)
    assert "unterdrückt" in counts.text()


def test_a_target_that_cannot_be_written_is_said_and_another_name_offered(own_page, tmp_path, qtbot):
    taken = tmp_path / "Bericht.pdf"
    taken.mkdir()
    own_page._exports._target = taken
    export(own_page, qtbot)

    assert "Bericht.pdf" in said(own_page)
    assert not own_page._exports._folder.isVisible()
    qtbot.mouseClick(own_page._exports._message._action, Qt.MouseButton.LeftButton)
    wait(own_page, qtbot)

    assert own_page._desk.prompts.suggestions == [tmp_path / "Bericht (2).pdf"]
    assert check_pdf(tmp_path / "Bericht (2).pdf")


def test_a_public_report_on_unapproved_interviews_asks_first(own_page, project, tmp_path, qtbot):
    row = next(row for row in project.interviews.list(wave="w2") if row.state is InterviewState.APPROVED)
    project.interviews.set_state(row.id, InterviewState.FINALISED)
    own_page.refresh()
    press(own_page, "report_level", "public", qtbot)
    assert own_page._warning.isVisible()
    own_page._desk.prompts.says_yes = False

    export(own_page, qtbot)

    assert "nicht freigegeben" in own_page._desk.prompts.questions[0]
    assert list(tmp_path.glob("*.pdf")) == []
    own_page._desk.prompts.says_yes = True
    export(own_page, qtbot)
    assert check_pdf(tmp_path / "Beispiel_w2_public_de.pdf")


def test_an_existing_file_is_replaced_after_a_question_only(page, tmp_path, qtbot):
    target = tmp_path / "Beispiel_w2_internal_de.pdf"
    target.write_bytes(b"older")
    page._desk.prompts.says_yes = False

    export(page, qtbot)

    assert target.read_bytes() == b"older"
    assert len(page._desk.prompts.questions) == 1


def test_cancelling_an_export_leaves_the_older_file(own_page, tmp_path, qtbot):
    target = tmp_path / "alt.pdf"
    target.write_bytes(b"older")
    own_page._exports._target = target
    own_page._exports._begin()

    own_page._exports._exporter.cancel()
    wait(own_page, qtbot)

    assert target.read_bytes() == b"older"
    assert "abgebrochen" in said(own_page)
    assert own_page._export.isEnabled()


def test_the_name_says_what_is_inside(page, qtbot):
    press(page, "report_level", "handoff", qtbot)
    press(page, "report_language", "en", qtbot)
    press(page, "kind", "xlsx", qtbot)

    assert page.findChild(ElidedLabel, "target").text() == "Beispiel_w2_handoff_en.xlsx"


@pytest.mark.parametrize("level", list(Level))
def test_each_level_says_what_it_shows_and_withholds(level):
    settings = DisclosureSettings(handoff_n_value=4, public_n_class=4)

    assert shown_at(level, settings)
    assert bool(hidden_at(level, settings)) is (level is not Level.INTERNAL)
    if level is not Level.INTERNAL:
        assert "4" in hidden_at(level, settings)[0]


def test_a_project_without_interviews_says_what_will_appear(make_page, bare_project):
    page = make_page(bare_project)

    assert page._empty.isVisible()
    assert page.actions_right() == ()


def test_every_input_has_a_name(page):
    nameless = [
        widget.objectName() or type(widget).__name__
        for kind in (QComboBox, QAbstractItemView, QAbstractButton, QLineEdit)
        for widget in page.findChildren(kind)
        if widget.isVisible()
        and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and not QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
    ]

    assert nameless == []


@pytest.mark.parametrize("paper", list(PaperKind))
def test_the_log_calls_papers_by_their_names(paper: PaperKind) -> None:
    assert kind_word(paper.value) != paper.value


def test_single_records_are_offered_for_the_hand_off_workbook_only(page) -> None:
    box = page.findChild(QCheckBox, "with_records")
    order = page._order
    assert box.isHidden()
    order._levels.set_key(Level.HANDOFF.value)
    order._kinds.set_key(ReportKind.WORKBOOK.value)
    order._on_choice_made()
    assert not box.isHidden()
    assert not box.isChecked(), "left out unless a person says so"
    box.setChecked(True)
    assert order.order.with_records
    order._levels.set_key(Level.PUBLIC.value)
    order._on_choice_made()
    assert box.isHidden()
    assert not order.order.with_records


def approve_all(project):
    for row in project.interviews.list():
        if row.state in {InterviewState.FINALISED, InterviewState.IN_REVIEW}:
            project.interviews.set_state(row.id, InterviewState.APPROVED)


def test_a_result_is_released_and_taken_back_with_who_and_when(own_page, project, tmp_path, qtbot):
    state, decide = own_page.findChild(QLabel, "release_state"), own_page.findChild(QAbstractButton, "release_decide")
    who = own_page.findChild(QLineEdit, "release_who")
    assert state.text() == "Entwurf"
    assert not decide.isEnabled()

    approve_all(project)
    own_page.refresh()
    wait(own_page, qtbot)
    who.clear()
    assert not decide.isEnabled()
    qtbot.keyClicks(who, "Projektleitung")
    qtbot.mouseClick(decide, Qt.MouseButton.LeftButton)
    wait(own_page, qtbot)

    assert state.text().startswith("Freigegeben")
    assert [(line.kind, line.details["by"]) for line in project.export_log.list()] == [("release", "Projektleitung")]
    assert own_page._log_model.rows[0].details["by"] == "Projektleitung"
    assert own_page.context() == "", "a decision is no export"
    export(own_page, qtbot)
    assert own_page.context().startswith("1 ")
    assert "Freigegeben am" in PdfReader(tmp_path / "Beispiel_w2_internal_de.pdf").pages[0].extract_text()

    qtbot.mouseClick(decide, Qt.MouseButton.LeftButton)
    wait(own_page, qtbot)
    assert state.text() == "Entwurf"


def test_no_release_without_a_yes(own_page, project, qtbot):
    approve_all(project)
    own_page.refresh()
    wait(own_page, qtbot)
    own_page._desk.prompts.says_yes = False
    own_page.findChild(QLineEdit, "release_who").setText("Leitung")
    qtbot.mouseClick(own_page.findChild(QAbstractButton, "release_decide"), Qt.MouseButton.LeftButton)
    wait(own_page, qtbot)
    assert project.export_log.list() == ()
