"""Charts stay inside their scene, show what they are given, and differ by shape and words, not by colour alone."""

import itertools
import random

import pytest

from roadmapdesk.figures.bars import BarRow, draw_bars
from roadmapdesk.figures.display_list import Polygon, Rect, Scene, Text
from roadmapdesk.figures.dumbbell import DumbbellRow, draw_dumbbells
from roadmapdesk.figures.heatmap import CellState, HeatCell, HeatHead, HeatIndex, Heatmap, draw_heatmap
from roadmapdesk.figures.intervals import IntervalLegend, IntervalRow, draw_intervals
from roadmapdesk.figures.look import Look
from roadmapdesk.figures.radar import RadarLine, draw_radar
from roadmapdesk.figures.timeline import TimelineBar, TimelineColumn, draw_timeline
from roadmapdesk.figures.value_chain import ChainStage, arrange, draw_value_chain
from roadmapdesk.i18n import Language

LOOK = Look(Language("de"))
WIDTH = 481.8
LONG = "Infrastruktur, Kapazität & Versorgungssicherheit der gesamten Wertschöpfungskette"


def _assert_inside(scene: Scene) -> None:
    for item in scene.items:
        if isinstance(item, Text) and not item.rotation:
            left, top, right, bottom = item.box
        elif isinstance(item, Rect):
            left, top, right, bottom = item.x, item.y, item.x + item.width, item.y + item.height
        elif isinstance(item, Polygon):
            xs, ys = [x for x, _ in item.points], [y for _, y in item.points]
            left, top, right, bottom = min(xs), min(ys), max(xs), max(ys)
        else:
            continue
        assert left >= -0.6, item
        assert top >= -0.6, item
        assert right <= scene.width + 0.6, item
        assert bottom <= scene.height + 0.6, item


def _heatmap(state: CellState) -> Heatmap:
    rows = tuple(HeatHead(f"s{index}", f"S{index}", LONG) for index in range(1, 10))
    columns = tuple(HeatHead(f"d{index}", f"D{index}", LONG) for index in range(1, 8))
    generator = random.Random(4)
    cells = {
        (row.key, column.key): HeatCell(
            state,
            generator.uniform(0, 100) if state is CellState.VALUE else None,
            "100",
            "n ≥ 5 · B",
            "critical_gap",
            is_thin=True,
        )
        for row in rows
        for column in columns
    }
    index = HeatIndex("100", "min. 100")
    return Heatmap(
        rows,
        columns,
        cells,
        {row.key: index for row in rows},
        {column.key: index for column in columns},
        index,
        "Stufenindex",
        "Dimensionsindex",
        "unterdrückt",
        "n < 3",
    )


@pytest.mark.parametrize("state", [CellState.VALUE, CellState.CLASS_ONLY, CellState.SUPPRESSED])
@pytest.mark.parametrize("language", ["de", "en"])
def test_the_heatmap_fits_and_keys_each_cell(state: CellState, language: str) -> None:
    scene = draw_heatmap(_heatmap(state), Look(Language(language)), width=WIDTH)
    _assert_inside(scene)
    assert len({item.key for item in scene.keyed()}) == 63


def test_a_suppressed_cell_says_so_and_shows_no_value() -> None:
    texts = draw_heatmap(_heatmap(CellState.SUPPRESSED), LOOK, width=WIDTH).texts()
    assert texts.count("unterdrückt") == 64
    assert "n ≥ 5 · B" not in texts


def test_interval_bars_fit_and_a_missing_value_has_words() -> None:
    rows = tuple(
        IntervalRow(
            f"d{index}",
            LONG,
            None if index == 3 else index * 14.0,
            (0.0, 100.0),
            100.0,
            "watch",
            "100",
            "n ≥ 5 · B",
            "zurückgehalten",
        )
        for index in range(1, 8)
    )
    scene = draw_intervals(rows, IntervalLegend("Leistung heute", "90-%-Intervall", "Wichtigkeit"), LOOK, width=WIDTH)
    _assert_inside(scene)
    assert scene.texts().count("zurückgehalten") == 1


def test_ranked_bars_fit() -> None:
    _assert_inside(draw_bars(tuple(BarRow(str(n), LONG * 2, n / 9, "9 / 13") for n in range(9)), LOOK, width=WIDTH))


def test_dumbbells_fit() -> None:
    rows = tuple(DumbbellRow(str(n), LONG, 0.0, 100.0, "−100,0", "Tendenz aufwärts · n 12") for n in range(4))
    _assert_inside(draw_dumbbells(rows, "Erhebungswelle 1", "Erhebungswelle 2", LOOK, width=WIDTH))


def test_labels_of_two_lines_stand_apart_from_those_of_the_next_row() -> None:
    label = "S8·D2 Infrastruktur, Kapazität und Versorgungssicherheit"
    rows = tuple(DumbbellRow(str(n), label, 0.0, 100.0, "+1,0", "") for n in range(3))
    scene = draw_dumbbells(rows, "Welle 1", "Welle 2", LOOK, width=WIDTH)
    lines = [item.box for item in scene.items if isinstance(item, Text) and item.x == 0.0]
    assert len(lines) == 6
    steps = [second[1] - first[1] for first, second in itertools.pairwise(lines)]
    assert min(steps[1::2]) > max(steps[0::2]) + 2


def test_the_numbers_of_the_scale_stand_below_the_last_row() -> None:
    rows = tuple(DumbbellRow(str(n), f"Zeile {n}", 10.0, 90.0, "+80,0", "") for n in range(3))
    scene = draw_dumbbells(rows, "Welle 1", "Welle 2", LOOK, width=WIDTH)
    bottom = max(item.y + item.height for item in scene.keyed() if isinstance(item, Rect))
    tops = [
        item.box[1] for item in scene.items if isinstance(item, Text) and item.text in {"0", "25", "50", "75", "100"}
    ]
    assert len(tops) == 5
    assert min(tops) >= bottom


def test_cards_of_the_roadmap_set_titles_of_three_and_four_lines_in_one_size() -> None:
    titles = ("Gemeinsamen Messeauftritt vorbereiten", "Gemeinsame Tourenplanung für kurzlebige Präparate aufbauen")
    bars = [TimelineBar(str(n), title, "M01", 0, 0) for n, title in enumerate(titles)]
    scene = draw_timeline(["Markt"], [TimelineColumn(str(n), "") for n in range(4)], bars, LOOK, width=WIDTH)
    words = {word for title in titles for word in title.split()}
    sizes = {item.size for item in scene.items if isinstance(item, Text) and words & set(item.text.split())}
    assert sizes == {LOOK.size}


def test_a_radar_takes_three_lines_and_breaks_at_missing_values() -> None:
    axes = tuple(LONG for _ in range(7))
    lines = tuple(RadarLine(name, (50.0, None, 100.0, 0.0, 20.0, 70.0, 90.0)) for name in ("a", "b", "c"))
    _assert_inside(draw_radar(axes, lines, LOOK, width=WIDTH))
    with pytest.raises(ValueError, match="three lines"):
        draw_radar(axes, (*lines, lines[0]), LOOK, width=WIDTH)


def test_the_lines_of_a_radar_differ_in_dash() -> None:
    axes = ("a", "b", "c")
    lines = tuple(RadarLine(name, (50.0, 60.0, 70.0)) for name in "xyz")
    scene = draw_radar(axes, lines, LOOK, width=WIDTH)
    assert len({item.dash for item in scene.items if isinstance(item, Polygon) and not item.is_closed}) == 3


def test_the_timeline_fits_draws_arrows_and_survives_a_cycle() -> None:
    columns = [TimelineColumn(name, "2027–2028") for name in ("kurzfristig", "mittelfristig", "langfristig")]
    bars = [
        TimelineBar(
            f"m{n}", LONG, f"M{n:02d} · S3·D2 · Prio. 5", n % 5, n % 3, "develop", (f"m{(n + 1) % 14}", "unknown")
        )
        for n in range(14)
    ]
    scene = draw_timeline([LONG] * 5, columns, bars, LOOK, width=WIDTH)
    _assert_inside(scene)
    assert {item.key for item in scene.keyed()} == {bar.key for bar in bars}
    arrows = [
        item for item in scene.items if isinstance(item, Polygon) and len(item.points) == 4 and not item.is_closed
    ]
    assert len(arrows) == 14


def test_stages_stand_below_those_that_feed_them() -> None:
    edges = (("a", "b"), ("b", "c"), ("a", "c"), ("c", "d"))
    assert arrange(("a", "b", "c", "d"), edges).rows == (("a",), ("b",), ("c",), ("d",))


def test_a_source_that_feeds_most_stages_stands_beside_them() -> None:
    layout = arrange(("a", "b", "c", "d"), (("a", "b"), ("a", "c"), ("a", "d"), ("b", "c")))
    assert layout.band == ("a",)
    assert layout.rows == (("b", "d"), ("c",))


def test_a_cycle_still_has_a_layout() -> None:
    layout = arrange(("a", "b", "c"), (("a", "b"), ("b", "c"), ("c", "a")))
    assert sorted(key for row in layout.rows for key in row) == ["a", "b", "c"]


def test_the_map_fits_and_shows_each_stage() -> None:
    stages = tuple(
        ChainStage(
            f"s{n}", f"S{n}", LONG, None if n == 4 else n * 10.0, str(n * 10), (("watch", 3), ("develop", 4)), LONG
        )
        for n in range(1, 7)
    )
    edges = (("s1", "s2"), ("s1", "s3"), ("s1", "s4"), ("s2", "s5"), ("s3", "s5"), ("s2", "s6"), ("s5", "s6"))
    scene = draw_value_chain(stages, edges, LOOK, width=WIDTH)
    _assert_inside(scene)
    assert {item.key for item in scene.keyed()} == {stage.key for stage in stages}


@pytest.mark.parametrize("width", [WIDTH, 24 * LOOK.size])
def test_counts_and_actors_of_a_stage_do_not_lie_over_each_other(width: float) -> None:
    classes = tuple((key, 4) for key in ("critical_gap", "strength", "develop", "watch"))
    stages = tuple(
        ChainStage(f"s{n}", f"S{n}", "Klinik & Versorgung", 50.0, "50", classes, "Akteure: Firma (1), Klinik (2)")
        for n in range(4)
    )
    edges = tuple((f"s{one}", f"s{other}") for one in (0, 1) for other in (2, 3))
    scene = draw_value_chain(stages, edges, LOOK, width=width)
    boxes = [item for item in scene.items if isinstance(item, Rect) and item.key]
    assert len(boxes) == 4
    for box in boxes:
        inside = [
            item
            for item in scene.items
            if isinstance(item, Text) and box.x < item.x < box.x + box.width and box.y < item.y < box.y + box.height
        ]
        counts = [item.y for item in inside if item.text == "4"]
        actors = [item.y for item in inside if item.text.startswith("Akteure")]
        assert len(counts) == 4
        assert len(actors) == 1
        assert actors[0] - max(counts) > LOOK.small * 0.9
