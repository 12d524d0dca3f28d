"""The handbook: complete in both languages, shown offline at the right page, searched, and the about dialog."""

import re
import tomllib
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from roadmapdesk.desktop.commands import command_table
from roadmapdesk.desktop.help.about import AboutDialog
from roadmapdesk.desktop.help.handbook import PAGES, find, load_pages, page_for, picture_file
from roadmapdesk.desktop.help.licences import DIRECT, components
from roadmapdesk.desktop.help.window import HandbookWindow
from roadmapdesk.desktop.project_pages import page_shortcuts
from roadmapdesk.desktop.prompts import Prompts
from roadmapdesk.i18n import LANGUAGES, set_language
from roadmapdesk.paths import handbook_folder

ROOT = Path(__file__).resolve().parents[3]
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)]+)\)")
PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)]+)\)")


@pytest.fixture
def window(program, opened, settle):
    QTest.keyClick(program.window, Qt.Key.Key_F1)
    settle()
    return program.window.help.handbook


def source(language: str, key: str) -> str:
    return (handbook_folder() / language / f"{key}.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("key", PAGES)
def test_both_languages_have_the_same_sections(key) -> None:
    shapes = []
    for language in LANGUAGES:
        lines = source(language, key).splitlines()
        shapes.append([re.match(r"#+", line).group() for line in lines if line.startswith("#")])

    assert shapes[0] == shapes[1]
    assert shapes[0][0] == "#"


@pytest.mark.parametrize("language", LANGUAGES)
def test_links_lead_to_pages_and_pictures_have_words(language) -> None:
    for key in PAGES:
        text = source(language, key)
        assert {target.removesuffix(".md") for target in LINK.findall(text)} <= set(PAGES)
        assert all(words and target.startswith("../../pictures/") for words, target in PICTURE.findall(text))


def test_there_is_no_page_that_nobody_reaches() -> None:
    for language in LANGUAGES:
        assert {path.stem for path in (handbook_folder() / language).glob("*.md")} == set(PAGES)


def test_the_list_of_commands_comes_from_the_program() -> None:
    set_language("de")
    rows = [*command_table(), *page_shortcuts()]
    page = next(page for page in load_pages("de", lambda: rows) if page.key == "keyboard")

    assert "{{" not in page.markdown
    assert all(words in page.markdown for _menu, words, _keys in rows)


def test_f1_opens_the_page_that_belongs_to_the_screen(program, opened, settle) -> None:
    for screen, wanted in (("forms", "forms"), ("assessment", "assessment"), ("actors", "planning")):
        program.window.workbench.go_to(screen)
        program.window.activateWindow()
        settle()
        QTest.keyClick(program.window, Qt.Key.Key_F1)
        settle()
        assert program.window.help.handbook.current == wanted

    assert page_for("a screen without a page") == PAGES[0]


def test_f1_over_a_dialog_opens_the_handbook_above_it(program, opened, settle, monkeypatch) -> None:
    monkeypatch.setattr(type(program.desk.prompts), "show", Prompts.show)
    for command, wanted in (("preferences", "start"), ("shortcuts", "keyboard"), ("passphrase", "backups")):
        program.window.menu.actions[command].trigger()
        settle()
        dialog = QApplication.activeModalWidget()
        QTest.keyClick(dialog, Qt.Key.Key_F1)
        settle()
        book = dialog.findChild(HandbookWindow)
        assert book.isVisible()
        assert book.current == wanted
        QTest.keyClick(book, Qt.Key.Key_Escape)
        assert not book.isVisible()
        dialog.close()
        settle()


def test_back_and_forward(window) -> None:
    start = window.current
    window.show_page("forms")
    window.show_page("glossary")
    window.back.click()
    assert window.current == "forms"
    window.back.click()
    assert (window.current, window.back.isEnabled()) == (start, False)
    window.forward.click()
    assert window.current == "forms"


def test_the_search_finds_pages_and_enter_opens_the_first(window) -> None:
    window.search.setText("Wiederherstellungsschlüssel")
    found = [window.contents.model().index(row, 0).data() for row in range(window.contents.model().rowCount())]
    assert "Sicherheit und Sicherungen" in found

    QTest.keyClick(window.search, Qt.Key.Key_Return)
    assert window.reader.textCursor().selectedText() == "Wiederherstellungsschlüssel"

    window.search.setText("Xylophon")
    assert window.contents.model().rowCount() == 0


def test_all_words_must_be_there() -> None:
    pages = load_pages("en", list)

    assert [hit.page.key for hit in find(pages, "outlook 2030")] == ["glossary"]
    assert find(pages, "outlook xylophone") == []


def test_a_link_leads_to_another_page_and_nothing_leaves_the_computer(window) -> None:
    window.reader.anchorClicked.emit(QUrl("glossary.md"))
    assert window.current == "glossary"

    window.reader.anchorClicked.emit(QUrl("https://example.org/start.md"))
    assert window.current == "glossary"
    assert window.reader.loadResource(2, QUrl("https://example.org/pictures/overview.png")) is None
    assert picture_file("../pictures/../../secret.png") is None


def test_the_handbook_follows_the_language(program, window, settle) -> None:
    window.show_page("glossary")
    program.window.menu.actions["switch_language"].trigger()
    settle()

    assert window.windowTitle().startswith("Terms")
    assert window.reader.accessibleName() == "Terms"


def test_every_library_is_named_with_its_licence() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [
        *project["dependencies"],
        *(each for extra in project["optional-dependencies"].values() for each in extra),
    ]
    names = {re.match(r"[\w.-]+", requirement).group() for requirement in wanted}
    assert names == set(DIRECT)

    found = {one.name.lower().replace("_", "-"): one for one in components()}
    assert all(one.licence for one in found.values())
    assert "LESSER GENERAL PUBLIC LICENSE" in found["pyside6-essentials"].text
    assert "Mako" in {one.name for one in found.values()}
    assert found["source sans 3"].text
    assert found["lucide"].text


def test_the_about_dialog_shows_the_text_of_what_is_selected(program, opened, prompts, settle) -> None:
    program.window.menu.actions["about"].trigger()
    settle()
    dialog = prompts.dialogs[-1]

    assert isinstance(dialog, AboutDialog)
    assert "Apache License" in dialog.text.toPlainText()
    dialog.table.select_row(lambda one: one.name == "Lucide")
    assert "ISC" in dialog.text.toPlainText()
