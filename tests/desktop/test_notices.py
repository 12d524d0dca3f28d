"""What a page says stays true in another language."""

import re
from pathlib import Path

from roadmapdesk import desktop
from roadmapdesk.desktop.widgets.notices import MessageBar

FROZEN = re.compile(r"\.say\(\s*\"(?:error|warning|ok|info)\",\s*(?:[^()]*,\s*)?_\(")


def test_a_message_changes_its_language_with_the_window(program, opened, settle) -> None:
    program.window.workbench.go_to("backups")
    settle()
    page = program.window.workbench.page
    page._on_create_clicked()
    settle()
    bar = next(bar for bar in page.findChildren(MessageBar) if bar.isVisible())
    assert bar.accessibleName() == "Die Sicherung wurde angelegt und geprüft."

    program.window.menu.actions["switch_language"].trigger()

    assert bar.accessibleName() == "The backup was made and checked."
    assert bar.isVisible()


def test_a_message_that_was_put_away_stays_away(theme, qtbot) -> None:
    bar = MessageBar(theme=theme)
    qtbot.addWidget(bar)
    gone = ["RP-0007"]
    bar.say("info", lambda: gone[0])
    bar.hide()
    gone.clear()  # what it spoke of may be away by now
    bar.retranslate()

    assert bar.isHidden()


def test_no_page_says_a_sentence_that_keeps_its_language() -> None:
    for path in Path(desktop.__file__).parent.rglob("*.py"):
        assert not FROZEN.findall(path.read_text(encoding="utf-8")), path.name
