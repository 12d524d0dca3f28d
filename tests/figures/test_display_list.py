"""Scenes: hit tests, keys, and texts in boxes; symbols and palette."""

import pytest

from roadmapdesk.figures.display_list import Anchor, DataTable, Polygon, Rect, Scene, Text
from roadmapdesk.figures.palette import load_palette
from roadmapdesk.figures.symbols import class_symbol, is_hollow, symbol_outline
from roadmapdesk.scoring.scorecard import CellClass


def test_the_topmost_keyed_item_is_hit() -> None:
    scene = Scene(100, 100)
    scene.add(Rect(0, 0, 50, 50, key="below"), Rect(10, 10, 10, 10, key="above"), Rect(0, 0, 100, 100))
    assert scene.hit(15, 15).key == "above"
    assert scene.hit(5, 5).key == "below"
    assert scene.hit(80, 80) is None
    assert [item.key for item in scene.keyed()] == ["below", "above"]


def test_a_polygon_is_hit_inside_only_and_an_open_line_never() -> None:
    diamond = Polygon(((5, 0), (10, 5), (5, 10), (0, 5)), key="x")
    assert diamond.contains(5, 5)
    assert not diamond.contains(1, 1)
    assert not Polygon(diamond.points, is_closed=False).contains(5, 5)


def test_a_centred_text_lies_around_its_anchor() -> None:
    left, _top, right, _bottom = Text(50, 10, "Mitte", 10, "#000000", anchor=Anchor.MIDDLE).box
    assert (left + right) / 2 == pytest.approx(50)


def test_a_row_of_another_length_than_the_header_is_refused() -> None:
    with pytest.raises(ValueError, match="header"):
        DataTable(("a", "b"), (("1",),))


@pytest.mark.parametrize("kind", list(CellClass))
def test_each_class_has_a_symbol_of_its_own_shape_and_style(kind: CellClass) -> None:
    outlines = {other: symbol_outline(other.value, 0, 0, 10) for other in CellClass}
    twins = [
        other for other in CellClass if outlines[other] == outlines[kind] and is_hollow(other) == is_hollow(kind)
    ]
    assert twins == [kind]
    symbol = class_symbol(kind.value, 0, 0, 10, "#123456")
    assert (symbol.fill is None) == is_hollow(kind.value)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_ink_flips_at_the_border_of_strong_values(theme: str) -> None:
    palette = load_palette(theme)
    assert palette.heat(62.4)[1] == palette.heat_ink[4]
    assert palette.heat(62.5)[1] == palette.heat_ink[5]
    assert palette.heat(0)[0] == palette.heat_fill[0]
    assert palette.heat(100)[0] == palette.heat_fill[7]
    assert set(palette.classes) == {kind.value for kind in CellClass}
