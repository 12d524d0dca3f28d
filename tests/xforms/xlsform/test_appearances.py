"""Appearances in the form check: misspelt, unknown and passed over, each in its row and column."""

import pytest

from roadmapdesk.xforms.xlsform.checks_appearances import check_appearances
from roadmapdesk.xforms.xlsform.markdown import read_markdown


def judged(kind, appearance):
    """Codes of the problems of one question, and the repair that is offered."""
    table = f"|survey|\n||type|name|label|appearance|\n||{kind}|q|Q|{appearance}|\n"
    found = check_appearances(read_markdown(table).sheet("survey"))
    assert all((each.sheet, each.row, each.column) == ("survey", 2, "appearance") for each in found)
    return [each.code.rpartition(".")[2] for each in found], [each.repair.value for each in found if each.repair]


@pytest.mark.parametrize(
    ("kind", "appearance"),
    [
        ("text", "multiline"),
        ("integer", "Thousands-Sep W4"),
        ("begin_group", "Field-list"),
        ("select_one l", "horizontal-compact"),
        ("select_multiple l", "COMPACT-3 no-buttons"),
        ("select_one l", "minimal search('fruits', 'contains', 'name', ${other})"),
        ("image", "new-front"),
        ("begin_group", "minimal"),
        ("select_one l", ""),
    ],
)
def test_followed_old_and_needless_appearances_are_no_problem(kind, appearance):
    assert judged(kind, appearance) == ([], [])


def test_a_misspelt_appearance_has_a_repair():
    assert judged("select_one l", "w3 likrt quick") == (["unknown_appearance_guess"], ["w3 likert quick"])


@pytest.mark.parametrize("appearance", ["sparkling", "frobnicate-7"])
def test_an_unknown_appearance_is_named(appearance):
    assert judged("text", appearance) == (["unknown_appearance"], [])


@pytest.mark.parametrize(
    ("kind", "appearance"),
    [("time", "ethiopian"), ("text", "ex:org.example.app(a='b c')"), ("text", "printer:zebra")],
)
def test_an_appearance_that_the_desktop_passes_over_is_named(kind, appearance):
    assert judged(kind, appearance) == (["appearance_passed_over"], [])
