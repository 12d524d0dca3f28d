"""The value chain as a graph: stages from top to bottom, what flows where, strength as colour, number and symbols."""

from collections.abc import Sequence
from dataclasses import dataclass

from roadmapdesk.figures.display_list import Anchor, Point, Polygon, Rect, Scene
from roadmapdesk.figures.look import Look, draw_class_legend
from roadmapdesk.figures.metrics import Face, text_width
from roadmapdesk.figures.symbols import class_symbol, hatch


@dataclass(frozen=True, slots=True)
class ChainStage:
    """One stage as printed.

    Attributes:
        value: index of performance 0 to 100; None where it may not or cannot be shown.
        classes: pairs (class key, number of cells), only classes that occur.
        actors: the line about known actors.
    """

    key: str
    code: str
    name: str
    value: float | None
    value_text: str
    classes: tuple[tuple[str, int], ...]
    actors: str
    tip: str = ""


_NARROW = 11
"""Text sizes of width below which a stage has its number above its name, as in the band at the side."""


@dataclass(frozen=True, slots=True)
class ChainLayout:
    """Where the stages stand: rows from top to bottom, and the stages beside them that serve most others."""

    rows: tuple[tuple[str, ...], ...]
    band: tuple[str, ...]


def arrange(keys: Sequence[str], edges: Sequence[tuple[str, str]]) -> ChainLayout:
    """Rows by the longest way from a source; a source that feeds at least half of the others becomes a band.

    Edges of a cycle that lead back are ignored, so that any graph has a layout.
    """
    following = {key: [end for start, end in edges if start == key and end in keys] for key in keys}
    entered = {end for _, end in edges}
    band = tuple(key for key in keys if key not in entered and len(following[key]) >= max(3, (len(keys) - 1) / 2))
    rest = [key for key in keys if key not in band]
    depth: dict[str, int] = {}

    def depth_of(key: str, path: frozenset[str]) -> int:
        if key in depth:
            return depth[key]
        before = [start for start, end in edges if end == key and start in rest and start not in path]
        value = max((depth_of(start, path | {key}) + 1 for start in before), default=0)
        depth[key] = value
        return value

    for key in rest:
        depth_of(key, frozenset({key}))
    levels = range(max(depth.values(), default=0) + 1)
    return ChainLayout(tuple(tuple(key for key in rest if depth[key] == level) for level in levels), band)


@dataclass(frozen=True, slots=True)
class _Measures:
    band_width: float
    left: float
    right: float
    box_width: float
    box_height: float
    gap: float


def draw_value_chain(
    stages: Sequence[ChainStage], edges: Sequence[tuple[str, str]], look: Look, *, width: float
) -> Scene:
    """The map; each stage is keyed. Arrows between neighbouring rows run straight, longer ones outside."""
    unit = look.size
    by_key = {stage.key: stage for stage in stages}
    layout = arrange([stage.key for stage in stages], edges)
    most = max((len(row) for row in layout.rows), default=1)
    band_width = unit * 10.5 if layout.band else 0.0
    left = band_width + (unit * 4.2 if layout.band else unit * 2.5)
    right = width - unit * 2.6
    gap_x = unit * 3.0
    box_width = (right - left - gap_x * (most - 1)) / most
    is_narrow = box_width < unit * _NARROW
    measures = _Measures(band_width, left, right, box_width, unit * (16 if is_narrow else 8.4), unit * 3.6)
    boxes = _boxes(layout, measures, gap_x)
    bottom = max(box.y + box.height for box in boxes.values())
    scene = Scene(width, bottom + unit * 3.4)
    _draw_edges(scene, layout, edges, boxes, look, measures)
    for key, box in boxes.items():
        _draw_stage(scene, by_key[key], look, box, is_band=is_narrow or key in layout.band)
    draw_class_legend(scene, look, 0.0, bottom + unit * 2.2)
    return scene


def _boxes(layout: ChainLayout, measures: _Measures, gap_x: float) -> dict[str, Rect]:
    boxes: dict[str, Rect] = {}
    step = measures.box_height + measures.gap
    # Arrows from the band reach the second box of the first row from above.
    top = measures.gap * 0.4 if layout.band and layout.rows and len(layout.rows[0]) > 1 else 0.0
    for row, keys in enumerate(layout.rows):
        total = len(keys) * measures.box_width + (len(keys) - 1) * gap_x
        x = measures.left + (measures.right - measures.left - total) / 2
        for key in keys:
            boxes[key] = Rect(x, top + row * step, measures.box_width, measures.box_height)
            x += measures.box_width + gap_x
    height = len(layout.rows) * step - measures.gap
    share = height / max(1, len(layout.band))
    for index, key in enumerate(layout.band):
        boxes[key] = Rect(
            0, top + index * share, measures.band_width, share - (4 if index + 1 < len(layout.band) else 0)
        )
    return boxes


def _draw_edges(
    scene: Scene,
    layout: ChainLayout,
    edges: Sequence[tuple[str, str]],
    boxes: dict[str, Rect],
    look: Look,
    measures: _Measures,
) -> None:
    row_of = {key: row for row, keys in enumerate(layout.rows) for key in keys}
    outside = {"left": 0, "right": 0}
    for start, end in edges:
        if start not in boxes or end not in boxes:
            continue
        if start in layout.band:
            _draw_band_edge(scene, boxes[start], boxes[end], look, measures)
        elif row_of[end] == row_of[start] + 1:
            _draw_near_edge(scene, boxes[start], boxes[end], look)
        else:
            side = (
                "left" if boxes[start].x + boxes[start].width / 2 < (measures.left + measures.right) / 2 else "right"
            )
            outside[side] += 1
            _draw_far_edge(scene, boxes[start], boxes[end], look, measures, side, outside[side])


def _draw_band_edge(scene: Scene, band: Rect, end: Rect, look: Look, measures: _Measures) -> None:
    """From the band straight to a box at the left, otherwise through the gap above the box."""
    colour = look.colour("border_strong")
    start_x = band.x + band.width
    if end.x <= measures.left + measures.box_width * 0.75:
        y = end.y + end.height * 0.3
        _arrow(scene, ((start_x, y), (end.x, y)), colour, look)
        return
    y = end.y - measures.gap * 0.32
    x = end.x + end.width * 0.78
    _arrow(scene, ((start_x, y), (x, y), (x, end.y)), colour, look)


def _draw_near_edge(scene: Scene, first: Rect, second: Rect, look: Look) -> None:
    """From the foot of one box to the head of the next; ends spread so that arrows do not meet in one point."""
    shift = (second.x + second.width / 2) - (first.x + first.width / 2)
    lean = 0.0 if abs(shift) < 1 else 0.16 if shift > 0 else -0.16
    top: Point = (first.x + first.width * (0.5 + lean), first.y + first.height)
    foot: Point = (second.x + second.width * (0.5 - lean), second.y)
    _arrow(scene, (top, foot), look.colour("text_muted"), look)


def _draw_far_edge(
    scene: Scene, first: Rect, second: Rect, look: Look, measures: _Measures, side: str, track: int
) -> None:
    """Around the boxes on a track outside, right-angled."""
    unit = look.size
    colour = look.colour("text_muted")
    y_start, y_end = first.y + first.height * 0.66, second.y + second.height * (0.55 + 0.13 * track)
    if side == "right":
        lane = measures.right + unit * (0.5 + 0.9 * track)
        points = (
            (first.x + first.width, y_start),
            (lane, y_start),
            (lane, y_end),
            (second.x + second.width, y_end),
        )
    else:
        lane = measures.left - unit * (0.5 + 0.9 * track)
        points = ((first.x, y_start), (lane, y_start), (lane, y_end), (second.x, y_end))
    _arrow(scene, points, colour, look)


def _arrow(scene: Scene, points: tuple[Point, ...], colour: str, look: Look) -> None:
    """An open line with a head at its end."""
    scene.add(Polygon(points, stroke=colour, stroke_width=0.9, is_closed=False))
    (x0, y0), (x1, y1) = points[-2], points[-1]
    length = max(1e-6, ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5)
    dx, dy = (x1 - x0) / length, (y1 - y0) / length
    size = look.size * 0.6
    back = (x1 - dx * size, y1 - dy * size)
    wing = (-dy * size * 0.5, dx * size * 0.5)
    corners = ((x1, y1), (back[0] + wing[0], back[1] + wing[1]), (back[0] - wing[0], back[1] - wing[1]))
    scene.add(Polygon(corners, fill=colour))


def _draw_chip(scene: Scene, stage: ChainStage, look: Look, box: Rect, *, is_band: bool) -> Rect:
    """The coloured field with the index; returns its place."""
    unit = look.size
    chip_width, chip_height = unit * 3.6, unit * 2.1
    chip_x = box.x + unit * 0.7 if is_band else box.x + box.width - chip_width - unit * 0.6
    chip_y = box.y + unit * 0.6
    if stage.value is None:
        scene.add(Rect(chip_x, chip_y, chip_width, chip_height, stroke=look.colour("border"), stroke_width=0.6))
        scene.extend(hatch(chip_x, chip_y, chip_width, chip_height, look.colour("hatch")))
    else:
        fill, ink = look.palette.heat(stage.value)
        scene.add(Rect(chip_x, chip_y, chip_width, chip_height, fill=fill, radius=1.5))
        baseline = chip_y + chip_height / 2 + unit * 0.45
        scene.text(
            chip_x + chip_width / 2,
            baseline,
            stage.value_text,
            size=unit * 1.25,
            colour=ink,
            face=Face.SEMIBOLD,
            anchor=Anchor.MIDDLE,
        )
    return Rect(chip_x, chip_y, chip_width, chip_height)


def _draw_stage(scene: Scene, stage: ChainStage, look: Look, box: Rect, *, is_band: bool) -> None:
    unit = look.size
    surface, border = look.colour("surface"), look.colour("border_strong")
    scene.add(Rect(box.x, box.y, box.width, box.height, surface, border, 0.8, 3, stage.key, stage.tip))
    chip = _draw_chip(scene, stage, look, box, is_band=is_band)
    text, muted = look.colour("text"), look.colour("text_muted")
    if is_band:
        top = chip.y + chip.height + unit * 0.8
        name_box = (box.x + unit * 0.7, top, box.width - unit * 1.2, unit * 8)
    else:
        name_box = (box.x + unit * 0.7, box.y + unit * 0.45, box.width - chip.width - unit * 2.0, unit * 3.4)
    name = look.soften(f"{stage.code} {stage.name}")
    below = scene.text_box(
        name_box, name, size=unit * 1.02, smallest=look.smallest, colour=text, face=Face.SEMIBOLD, is_centred=False
    )
    line_y = below + unit * 1.4 if is_band else box.y + unit * 4.75
    x = box.x + unit * 1.1
    for key, count in stage.classes:
        label = str(count)
        needed = unit * 1.9 + text_width(label, look.small)
        if x + needed > box.x + box.width:
            line_y += unit * 1.5
            x = box.x + unit * 1.1
        scene.add(class_symbol(key, x, line_y, unit * 0.85, look.palette.classes[key].mark))
        scene.text(x + unit * 0.75, line_y + look.small * 0.34, label, size=look.small, colour=text)
        x += needed
    top = line_y + unit * 0.9 if is_band else box.y + unit * 5.5
    height = min(unit * 9, box.y + box.height - top) if is_band else unit * 2.7
    actors_box = (box.x + unit * 0.7, top, box.width - unit * 1.2, height)
    scene.text_box(
        actors_box, stage.actors, size=look.small, smallest=look.smallest * 0.92, colour=muted, is_centred=False
    )
