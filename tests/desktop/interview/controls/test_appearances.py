"""The list of appearances that the form check reads is the one that the controls follow."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from roadmapdesk.desktop.interview import controls
from roadmapdesk.xforms.appearances import Following, followed, following

CONTROLS = Path(controls.__file__).parent
KINDS = ("string", "int", "date", "select1", "select", "range")
QUICK = """
|survey|
||type|name|label|appearance|
||select_one yesno|first|First|quick|
||select_one yesno|second|Second||
||text|third|Third||
|choices|
||list_name|name|label|
||yesno|yes|Yes|
||yesno|no|No|
"""


def test_the_listed_appearances_are_those_that_the_controls_ask_for():
    asked: set[str] = set()
    written: set[str] = set()
    for file in CONTROLS.glob("*.py"):
        for line in file.read_text(encoding="utf-8").splitlines():
            found = set(re.findall(r'"([a-z-]{3,})"', re.sub(r"parameters.*", "", line)))
            written |= found
            if "appearance" in line.casefold():
                asked |= found
    asked.discard("columns-")  # the beginning of columns-2, columns-3 and so on
    listed = {word for kind in KINDS for word in followed(kind)}
    assert asked
    assert asked <= listed, asked - listed
    assert listed <= written, listed - written


@pytest.mark.parametrize(
    ("word", "kind", "outcome"),
    [
        ("likert", "select1", Following.FOLLOWED),
        ("Minimal", "select", Following.FOLLOWED),
        ("columns-3", "select1", Following.FOLLOWED),
        ("search('towns')", "select1", Following.FOLLOWED),
        ("field-list", "group", Following.NEEDLESS),
        ("placement-map", "geopoint", Following.NEEDLESS),
        ("w4", "string", Following.NEEDLESS),
        ("image-map", "select1", Following.PLAIN),
        ("signature", "upload", Following.PLAIN),
        ("ethiopian", "date", Following.PLAIN),
        ("ex:org.example.app", "string", Following.PLAIN),
        ("some-unknown-appearance", "select1", Following.PLAIN),
    ],
)
def test_a_word_is_followed_needless_or_answered_plainly(word, kind, outcome):
    assert following(word, kind) is outcome


def test_quick_goes_on_after_a_choice_but_not_after_looking_with_arrows(open_page, press, stored, qtbot):
    page = open_page(QUICK)
    press(Qt.Key.Key_Down)
    assert page.questions.current == "/data/first"
    press("2")
    qtbot.waitUntil(lambda: page.questions.current == "/data/second")
    press("1")
    assert page.questions.current == "/data/second"
    assert stored(page)["/data/first"] == "no"


def test_widths_that_were_dragged_are_there_again(open_page, look):
    page = open_page(QUICK)
    page._columns.setSizes([330, 700, 248])
    page._columns.splitterMoved.emit(330, 1)
    wanted = page._columns.sizes()
    again = open_page(interview_id=page.item_id)
    assert abs(again._columns.sizes()[0] - wanted[0]) <= 2
