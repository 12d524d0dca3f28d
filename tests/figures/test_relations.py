"""The ring of cooperation and the dot plot of comparisons."""

import math

import pytest

from roadmapdesk.figures.display_list import Polygon, Scene, Text
from roadmapdesk.figures.dots import DotRow, draw_dots
from roadmapdesk.figures.look import Look
from roadmapdesk.figures.network import RingNode, RingTie, RingWords, draw_ring
from roadmapdesk.i18n import Language

LOOK = Look(Language("de"))
WIDTH = 480.0
WORDS = RingWords("Einrichtung", "Typ, ohne Namen", "lose", "eng", "nicht ausgewiesen")


def _ring(count: int, *ties: RingTie, named: bool = True) -> Scene:
    nodes = [RingNode(f"n{index}", f"Sehr lange Einrichtung Nummer {index} GmbH", named) for index in range(count)]
    return draw_ring(nodes, ties, WORDS, LOOK, width=WIDTH)


def _corners(scene: Scene) -> list[tuple[float, float]]:
    found = [point for item in scene.items if isinstance(item, Polygon) for point in item.points]
    for item in scene.items:
        if isinstance(item, Text):
            left, top, right, bottom = item.box
            found += [(left, top), (right, bottom)]
    return found


@pytest.mark.parametrize("count", [1, 2, 3, 9, 30])
def test_the_ring_stays_in_its_picture_and_keys_every_place(count: int) -> None:
    scene = _ring(count, *(RingTie(0, other, other / count) for other in range(count)))
    assert all(-1 <= x <= scene.width + 1 and -1 <= y <= scene.height + 1 for x, y in _corners(scene))
    assert [item.key for item in scene.keyed()] == [f"n{index}" for index in range(count)]


def test_a_closer_tie_is_a_wider_line_and_an_untold_one_is_dashed() -> None:
    ring = _ring(3, RingTie(0, 1, 0.0), RingTie(1, 2, 1.0), RingTie(0, 2, None))
    weak, strong, untold = [item for item in ring.items if isinstance(item, Polygon)][:3]
    assert weak.stroke_width < strong.stroke_width
    assert (weak.dash, strong.dash, bool(untold.dash)) == ((), (), True)


def test_the_legend_names_only_what_stands_in_the_ring() -> None:
    assert "nicht ausgewiesen" not in _ring(2, RingTie(0, 1, 0.5)).texts()
    told = _ring(2, RingTie(0, 1, None), named=False).texts()
    assert {"Typ, ohne Namen", "nicht ausgewiesen"} <= set(told)
    assert not {"Einrichtung", "lose", "eng"} & set(told)


def test_places_stand_apart() -> None:
    places = [item.points for item in _ring(12).items if isinstance(item, Polygon) and item.key]
    centres = [
        (sum(x for x, _y in points) / len(points), sum(y for _x, y in points) / len(points)) for points in places
    ]
    assert min(math.dist(one, other) for one in centres for other in centres if one is not other) > 20


def test_a_dot_stands_where_its_value_is() -> None:
    rows = tuple(DotRow(f"r{value}", f"Netz {value}", value, str(value), "n 5") for value in (0.0, 50.0, 100.0))
    scene = draw_dots(rows, ("zurück", "gleichauf", "voraus"), LOOK, width=WIDTH)
    dots = [item for item in scene.items if isinstance(item, Polygon) and item.fill]
    left, middle, right = (sum(x for x, _y in dot.points) / len(dot.points) for dot in dots)
    assert middle - left == pytest.approx(right - middle)
    assert {"zurück", "gleichauf", "voraus"} <= set(scene.texts())
