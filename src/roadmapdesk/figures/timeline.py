"""Roadmap as swim lanes: layers as lanes, horizons as columns, right-angled arrows for what must come first."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from roadmapdesk.figures.display_list import Point, Polygon, Rect, Scene
from roadmapdesk.figures.look import Look, draw_class_legend
from roadmapdesk.figures.metrics import LINE_HEIGHT, Face, fit_text
from roadmapdesk.figures.symbols import class_symbol

_TITLE_LINES = 4
"""A card grows by the lines of its title up to this; only a longer title is set smaller, so that cards look alike."""


@dataclass(frozen=True, slots=True)
class TimelineBar:
    """One measure: its lane and column by index, a title, and a line with number, cell and priority.

    Attributes:
        requires: keys of bars that must come first; unknown ones are left out.
    """

    key: str
    title: str
    note: str
    lane: int
    column: int
    class_key: str = ""
    requires: tuple[str, ...] = ()
    tip: str = ""


@dataclass(frozen=True, slots=True)
class TimelineColumn:
    """One horizon: its name and the years below."""

    name: str
    years: str


@dataclass(slots=True)
class _Layout:
    """Boxes of the bars by key, and the height of each lane."""

    boxes: dict[str, Rect] = field(default_factory=dict)
    lane_tops: list[float] = field(default_factory=list)
    bottom: float = 0.0


def draw_timeline(
    lanes: Sequence[str],
    columns: Sequence[TimelineColumn],
    bars: Sequence[TimelineBar],
    look: Look,
    *,
    width: float,
    selected: str = "",
    has_legend: bool = False,
) -> Scene:
    """The roadmap; each bar is keyed. A lane is as high as its fullest column; arrows run behind the bars.

    Args:
        lanes: names from top to bottom.
        columns: horizons from left to right.
        bars: the measures.
        look: language and sizes.
        width: of the scene in points.
        selected: key of the bar that is marked, empty for none.
        has_legend: whether the classes of the bars are named below.
    """
    unit = look.size
    left, head = unit * 9.5, unit * 3.4
    column_width = (width - left) / len(columns)
    layout = _lay_out(lanes, columns, bars, look, (left, head, column_width))
    used = {bar.class_key for bar in bars}
    classes = [key for key in look.palette.classes if key in used] if has_legend else []
    scene = Scene(width, layout.bottom + 1 + (unit * 2.4 if classes else 0))
    draw_class_legend(scene, look, 0.0, layout.bottom + unit * 1.7, classes)
    _draw_ground(scene, lanes, columns, look, layout, (left, head, column_width))
    _draw_arrows(scene, bars, look, layout, (left, column_width))
    for bar in bars:
        _draw_bar(scene, bar, look, layout.boxes[bar.key], is_selected=bar.key == selected)
    return scene


def _lay_out(
    lanes: Sequence[str],
    columns: Sequence[TimelineColumn],
    bars: Sequence[TimelineBar],
    look: Look,
    measures: tuple[float, float, float],
) -> _Layout:
    left, head, column_width = measures
    unit = look.size
    layout = _Layout()
    top = head
    margin = unit * 1.5
    for lane in range(len(lanes)):
        layout.lane_tops.append(top)
        lowest = top + unit * 3.4
        for column in range(len(columns)):
            y = top + unit * 0.7
            for bar in bars:
                if (bar.lane, bar.column) != (lane, column):
                    continue
                x = left + column * column_width + margin
                height = _bar_height(bar, column_width - 2 * margin, look)
                layout.boxes[bar.key] = Rect(x, y, column_width - 2 * margin, height)
                y += height + unit * 0.8
            lowest = max(lowest, y)
        top = lowest + unit * 0.1
    layout.bottom = top
    return layout


def _bar_height(bar: TimelineBar, width: float, look: Look) -> float:
    lines, size = _title_lines(bar, width, look)
    return len(lines) * size * LINE_HEIGHT + look.small * 1.3 + look.size * 0.9


def _title_lines(bar: TimelineBar, width: float, look: Look) -> tuple[list[str], float]:
    room = look.size * LINE_HEIGHT * _TITLE_LINES
    return fit_text(
        look.soften(bar.title), width - look.size, room, size=look.size, smallest=look.smallest, face=Face.SEMIBOLD
    )


def _draw_ground(
    scene: Scene,
    lanes: Sequence[str],
    columns: Sequence[TimelineColumn],
    look: Look,
    layout: _Layout,
    measures: tuple[float, float, float],
) -> None:
    left, head, column_width = measures
    unit = look.size
    text, muted, border = look.colour("text"), look.colour("text_muted"), look.colour("border")
    scene.add(Rect(0, 0, scene.width, head, fill=look.colour("window")))
    for index, column in enumerate(columns):
        x = left + index * column_width
        room = column_width - unit
        scene.text(
            x + unit * 0.7, unit * 1.4, column.name, size=unit, colour=text, face=Face.SEMIBOLD, max_width=room
        )
        scene.text(x + unit * 0.7, unit * 2.7, column.years, size=look.small, colour=muted, max_width=room)
        scene.line((x, 0), (x, layout.bottom), colour=border, width=0.7)
    for index, lane in enumerate(lanes):
        top = layout.lane_tops[index]
        bottom = layout.lane_tops[index + 1] if index + 1 < len(lanes) else layout.bottom
        box = (unit * 0.4, top, left - unit * 0.9, bottom - top)
        scene.text_box(box, look.soften(lane), size=unit, smallest=look.smallest, colour=muted, face=Face.SEMIBOLD)
        scene.line((0, top), (scene.width, top), colour=border, width=0.7)
    scene.line((0, layout.bottom), (scene.width, layout.bottom), colour=border, width=0.7)


def _draw_arrows(
    scene: Scene, bars: Sequence[TimelineBar], look: Look, layout: _Layout, measures: tuple[float, float]
) -> None:
    """One arrow per requirement, each on a track of its own in the gap between two columns."""
    left, column_width = measures
    tracks: dict[int, int] = {}
    columns = {bar.key: bar.column for bar in bars}
    for bar in bars:
        for required in bar.requires:
            if required not in layout.boxes or required == bar.key:
                continue
            start, end = layout.boxes[required], layout.boxes[bar.key]
            column = columns[bar.key]
            track = tracks[column] = tracks.get(column, 0) + 1
            gap = left + column * column_width
            scene.extend(_arrow(start, end, gap, track, look, is_same=columns[required] == column))


def _arrow(start: Rect, end: Rect, gap: float, track: int, look: Look, *, is_same: bool) -> list[Polygon]:
    unit = look.size
    colour = look.colour("text_muted")
    shift = ((track - 1) % 4) * 2.2
    lane = gap + unit * 0.2 + shift
    end_y = end.y + end.height / 2 + (((track - 1) % 3) - 1) * 3.0
    start_y = start.y + start.height / 2
    tip: Point = (end.x, end_y)
    points: tuple[Point, ...]
    direction = 1.0
    if is_same:
        points = ((start.x, start_y), (lane, start_y), (lane, end_y), tip)
    elif start.x > end.x + end.width:
        # Against the order of the horizons: into the right side, so that the contradiction is seen.
        direction = -1.0
        back = start.x - unit * 0.5 - shift
        tip = (end.x + end.width, end_y)
        points = ((start.x, start_y), (back, start_y), (back, end_y), tip)
    else:
        points = ((start.x + start.width, start_y), (lane, start_y), (lane, end_y), tip)
    head = unit * 0.5
    corner = tip[0] - direction * head
    return [
        Polygon(points, stroke=colour, stroke_width=0.9, is_closed=False),
        Polygon((tip, (corner, tip[1] - head * 0.6), (corner, tip[1] + head * 0.6)), fill=colour),
    ]


def _draw_bar(scene: Scene, bar: TimelineBar, look: Look, box: Rect, *, is_selected: bool) -> None:
    unit = look.size
    fill = look.colour("selection" if is_selected else "surface")
    stroke = look.colour("accent" if is_selected else "border_strong")
    width = 1.4 if is_selected else 0.8
    scene.add(Rect(box.x, box.y, box.width, box.height, fill, stroke, width, 2.5, bar.key, bar.tip))
    lines, size = _title_lines(bar, box.width, look)
    y = box.y + unit * 0.35
    for line in lines:
        scene.text(
            box.x + unit * 0.5, y + size * 0.95, line, size=size, colour=look.colour("text"), face=Face.SEMIBOLD
        )
        y += size * LINE_HEIGHT
    x = box.x + unit * 0.5
    middle = y + look.small * 0.72
    if bar.class_key:
        mark = look.palette.classes[bar.class_key].mark
        scene.add(class_symbol(bar.class_key, x + unit * 0.4, middle, unit * 0.8, mark))
        x += unit * 1.2
    room = box.x + box.width - x - unit * 0.4
    baseline = middle + look.small * 0.34
    scene.text(x, baseline, bar.note, size=look.small, colour=look.colour("text_muted"), max_width=room)
