"""The list of appearances that the form check reads is the truth about the controls."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from roadmapdesk.xforms.appearances import Following, followed, following, kinds

TYPES = {
    "string": ("text", "1234567"), "int": ("integer", "12345"), "decimal": ("decimal", "12345.5"),
    "date": ("date", "2026-03-12"), "dateTime": ("dateTime", "2026-03-12T10:30"), "barcode": ("barcode", "4006"),
    "select1": ("select_one {list}", "a"), "select": ("select_multiple {list}", "a"), "range": ("range", "3"),
    "upload": ("image", ""),
}  # fmt: skip
CHOICES = "\n".join(
    ["|choices|", "||list_name|name|label|"]
    + [f"||short|{code}|{code.upper()}|" for code in "abc"]
    + [f"||wide|{code}|A choice with some more words {code}|" for code in "abc"]
    + [f"||long|{code}|Choice {code}|" for code in "abcdefghijkl"]
)
SIZES = ("short", "wide", "long")
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


def written(kind, words):
    """A form with a plain question and one for each word, with lists of choices of three sizes."""
    row, default = TYPES[kind]
    lines = ["|survey|", "||type|name|label|appearance|default|parameters|"]
    for place, word in enumerate(("", *words)):
        for size in SIZES:
            parameters = "start=1 end=5 step=1" if kind == "range" else ""
            lines.append(f"||{row.format(list=size)}|{size}{place}|Q|{word}|{default}|{parameters}|")
    return "\n".join([*lines, CHOICES if "select" in row else ""])


def looks(control):
    """What tells one control from another while nobody touches it: its class, how it types, what it shows."""
    line = getattr(control, "line", None)
    habits = (line.echoMode(), line.inputMethodHints()) if line is not None else ()
    return type(control), habits, control.grab().toImage()


def goes_on(control):
    """Whether choosing the first option leads to the next question."""
    went = []
    control.advance_wanted.connect(lambda: went.append(True))
    control.choose_digit(1, is_held=False)
    return bool(went)


@pytest.mark.parametrize("kind", kinds())
def test_each_listed_appearance_makes_a_difference_and_no_other_does(kind, open_page, qapp):
    others = {"map", "new", "table-list", "rating", "counter", "draw", "persian", "likert", "w4", "ex:a"}
    words = sorted(followed(kind)) + sorted(others - followed(kind))
    page = open_page(written(kind, words))
    assert page.questions.rows()
    qapp.processEvents()
    QApplication.focusWidget().clearFocus()
    controls = {
        (size, place): page.questions.row(f"/data/{size}{place}").control
        for size in SIZES
        for place in range(len(words) + 1)
    }
    seen = {key: looks(control) for key, control in controls.items()}
    went = {key: goes_on(control) for key, control in controls.items()}
    for place, word in enumerate(words, start=1):
        differs = any((seen[size, place], went[size, place]) != (seen[size, 0], went[size, 0]) for size in SIZES)
        assert differs == (word in followed(kind)), word


def test_every_kind_of_question_that_follows_anything_is_tried_here():
    assert set(kinds()) == set(TYPES)


@pytest.mark.parametrize(
    ("word", "kind", "outcome"),
    [
        ("likert", "select1", Following.FOLLOWED),
        ("Minimal", "select", Following.FOLLOWED),
        ("columns-3", "select1", Following.FOLLOWED),
        ("search('towns')", "select1", Following.FOLLOWED),
        ("field-list", "group", Following.NEEDLESS),
        ("placement-map", "geopoint", Following.NEEDLESS),
        ("w4", "string", Following.FOLLOWED),
        ("image-map", "select1", Following.FOLLOWED),
        ("list-nolabel", "select", Following.FOLLOWED),
        ("signature", "upload", Following.FOLLOWED),
        ("ethiopian", "date", Following.FOLLOWED),
        ("ethiopian", "dateTime", Following.FOLLOWED),
        ("ethiopian", "time", Following.PLAIN),
        ("counter", "decimal", Following.PLAIN),
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
    page.columns.setSizes([330, 700, 248])
    page.columns.splitterMoved.emit(330, 1)
    wanted = page.columns.sizes()
    again = open_page(interview_id=page.item_id)
    assert abs(again.columns.sizes()[0] - wanted[0]) <= 2
