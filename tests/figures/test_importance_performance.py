"""The plot's zones are the rules of the classes; labels never overlap."""

import math
from collections.abc import Sequence
from itertools import combinations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from roadmapdesk.figures.display_list import Point, Polygon, Text
from roadmapdesk.figures.importance_performance import PlotMark, PlotWords, draw_importance_performance, zones
from roadmapdesk.figures.labels import Line, crosses, overlaps, place_labels
from roadmapdesk.figures.look import Look
from roadmapdesk.figures.metrics import Face, text_width
from roadmapdesk.i18n import Language
from roadmapdesk.scoring.classes import classify
from roadmapdesk.scoring.profile import Thresholds
from roadmapdesk.scoring.scorecard import CellClass, Evidence

_VALUES = st.floats(0.05, 99.95)


def _inside(point: tuple[float, float], corners: tuple[tuple[float, float], ...]) -> bool:
    inside = False
    previous = corners[-1]
    for current in corners:
        if (current[1] > point[1]) != (previous[1] > point[1]):
            slope = (previous[0] - current[0]) / (previous[1] - current[1])
            inside ^= point[0] < current[0] + slope * (point[1] - current[1])
        previous = current
    return inside


def _near_border(performance: float, importance: float, thresholds: Thresholds) -> bool:
    gap = importance - performance
    borders = (
        performance - thresholds.performance_high,
        performance - thresholds.performance_low,
        importance - thresholds.importance_high,
        gap - thresholds.gap_critical_min,
        gap - thresholds.gap_strength_max,
    )
    return any(abs(distance) < 0.01 for distance in borders)


@given(_VALUES, _VALUES)
def test_each_point_lies_in_the_zone_of_its_class(performance: float, importance: float) -> None:
    thresholds = Thresholds()
    assume(not _near_border(performance, importance, thresholds))
    found = [kind for kind, corners in zones(thresholds).items() if _inside((performance, importance), corners)]
    assert found == [classify(performance, importance, thresholds)]


@given(_VALUES, _VALUES)
def test_zones_follow_other_borders_too(performance: float, importance: float) -> None:
    thresholds = Thresholds(importance_high=60, performance_high=55, performance_low=30, gap_critical_min=20)
    assume(not _near_border(performance, importance, thresholds))
    found = [kind for kind, corners in zones(thresholds).items() if _inside((performance, importance), corners)]
    assert found == [classify(performance, importance, thresholds)]


@given(st.lists(st.tuples(st.floats(20, 380), st.floats(20, 280)), min_size=1, max_size=50))
def test_labels_cover_neither_each_other_nor_a_mark(marks: list[tuple[float, float]]) -> None:
    texts = [f"S{index % 9}·D{index % 7}" for index in range(len(marks))]
    area = (0.0, 0.0, 400.0, 300.0)
    placed = place_labels(marks, texts, range(len(marks)), size=7, radius=4, area=area)
    boxes = [
        (label.x, label.y + 7 * 0.22 - 7 * 0.96, label.x + text_width(texts[label.index], 7, Face.SEMIBOLD), label.y)
        for label in placed
    ]
    for first, second in combinations(boxes, 2):
        assert not overlaps(first, second)
    for box in boxes:
        assert box[0] >= 0
        assert box[2] <= 400
        assert not any(overlaps(box, (x - 4, y - 4, x + 4, y + 4)) for x, y in marks)


def _single(marks: list[tuple[float, float]], lines: Sequence[Line] = ()) -> tuple[float, float, float, float]:
    """The box of the label of the first mark, with a size of 7 and marks of 4."""
    texts = ["S1·D1" for _ in marks]
    (label,) = place_labels(marks, texts, [0], size=7, radius=4, area=(0.0, 0.0, 400.0, 300.0), lines=lines)
    return label.x, label.y + 7 * 0.22 - 7 * 0.96, label.x + text_width("S1·D1", 7, Face.SEMIBOLD), label.y


def test_a_label_stands_nearest_to_its_own_mark_where_there_is_room() -> None:
    _left, top, right, bottom = _single([(100.0, 100.0), (114.0, 100.0)])
    assert right < 100
    assert top < 100 < bottom
    assert _single([(100.0, 100.0)])[0] > 100, "with no other mark near, it stands at the right"


def test_a_label_keeps_off_a_drawn_line_where_it_can() -> None:
    line = ((100.0, 100.0), (200.0, 100.0))
    assert crosses(line, _single([(100.0, 100.0)]))
    assert not crosses(line, _single([(100.0, 100.0)], lines=[line]))


def test_the_line_to_a_label_begins_outside_of_its_mark_and_ends_at_the_label() -> None:
    wall = [(0.0, 85.0, 400.0, 115.0)]
    marks = [(100.0, 100.0)]
    (label,) = place_labels(
        marks, ["S1·D1"], [0], size=7, radius=4, area=(0.0, 0.0, 400.0, 300.0), reserved=wall, farthest=60
    )
    assert label.leader is not None
    start, end = label.leader
    assert math.dist(start, marks[0]) == pytest.approx(4)
    assert end[1] <= 85 or end[1] >= 115


@pytest.mark.parametrize(
    ("line", "is_crossing"),
    [
        (((0.0, 5.0), (20.0, 5.0)), True),
        (((0.0, 0.0), (20.0, 20.0)), True),
        (((0.0, 5.0), (9.0, 5.0)), False),
        (((0.0, 25.0), (25.0, 25.0)), False),
        (((5.0, 0.0), (5.0, 30.0)), False),
    ],
)
def test_lines_cross_a_box_or_pass_it(line: tuple[Point, Point], is_crossing: bool) -> None:
    assert crosses(line, (10.0, 0.0, 20.0, 20.0)) is is_crossing


def _words() -> PlotWords:
    return PlotWords("Leistung", "Wichtigkeit", "Diagonale", {evidence: evidence.value for evidence in Evidence})


def test_every_mark_can_be_hit_and_keeps_its_key() -> None:
    marks = [
        PlotMark("s1/d1", "S1·D1", 30, 90, CellClass.CRITICAL_GAP, Evidence.FIRM, 54),
        PlotMark("s2/d1", "S2·D1", 90, 95, CellClass.STRENGTH, Evidence.TENTATIVE, 5),
        PlotMark("s3/d1", "S3·D1", 40, 40, CellClass.WATCH, Evidence.INSUFFICIENT, 0),
    ]
    scene = draw_importance_performance(marks, _words(), Look(Language("de")), width=480, height=400)
    centres = {item.key: (item.x + item.width / 2, item.y + item.height / 2) for item in scene.keyed()}
    assert set(centres) == {mark.key for mark in marks}
    assert all(scene.hit(*centre).key == key for key, centre in centres.items())
    assert {"S1·D1", "S2·D1", "S3·D1"} <= set(scene.texts())


def test_an_empty_plot_still_shows_axes_and_zones() -> None:
    scene = draw_importance_performance([], _words(), Look(Language("de")), width=480, height=400)
    assert "Kritische Lücke" in scene.texts()
    assert all(0 <= item.x <= 480 for item in scene.items if isinstance(item, Text))


@pytest.mark.parametrize("lowest", [15.0, 45.0, 70.0])
def test_the_diagonal_runs_through_no_name_of_a_zone(lowest: float) -> None:
    marks = [PlotMark("s1/d1", "S1·D1", lowest, 45.0, CellClass.WATCH, Evidence.FIRM, 1)]
    look = Look(Language("de"))
    scene = draw_importance_performance(marks, _words(), look, width=480, height=400, has_legend=False)
    names = {style.names["de"] for style in look.palette.classes.values()}
    boxes = [item.box for item in scene.items if isinstance(item, Text) and item.text in names]
    (diagonal,) = [item for item in scene.items if isinstance(item, Polygon) and item.dash]
    assert len(boxes) == 5
    assert not any(crosses((diagonal.points[0], diagonal.points[-1]), box) for box in boxes)
