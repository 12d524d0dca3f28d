"""Heatmap of stages and dimensions: the value in every cell, the class as a symbol, n and grade below."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from roadmapdesk.figures.display_list import Anchor, Rect, Scene, Text
from roadmapdesk.figures.look import Look, draw_class_legend
from roadmapdesk.figures.metrics import Face, text_width
from roadmapdesk.figures.symbols import class_symbol, corner_hatch, hatch


class CellState(StrEnum):
    """How much of a cell a reader sees."""

    VALUE = "value"
    CLASS_ONLY = "class_only"
    SUPPRESSED = "suppressed"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class HeatCell:
    """One cell as printed.

    Attributes:
        value: 0 to 100 for the colour; None without a value to show.
        note: the line below, ``n 5 · B``.
        is_thin: whether the value rests on fewer organisations than the model's minimum.
    """

    state: CellState
    value: float | None = None
    value_text: str = ""
    note: str = ""
    class_key: str = ""
    is_thin: bool = False
    tip: str = ""


@dataclass(frozen=True, slots=True)
class HeatHead:
    """Head of a row or column: key, short code (may be empty) and name."""

    key: str
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class HeatIndex:
    """An index beside the cells: value and what stands below it."""

    value_text: str
    note: str


@dataclass(frozen=True, slots=True)
class Heatmap:
    """What a heatmap shows.

    Attributes:
        cells: mapping (row key, column key) → cell, complete.
        row_indices: mapping row key → index; empty for none. `column_indices` likewise.
        corner: the index of everything.
    """

    rows: tuple[HeatHead, ...]
    columns: tuple[HeatHead, ...]
    cells: Mapping[tuple[str, str], HeatCell]
    row_indices: Mapping[str, HeatIndex] = field(default_factory=dict)
    column_indices: Mapping[str, HeatIndex] = field(default_factory=dict)
    corner: HeatIndex | None = None
    row_index_title: str = ""
    column_index_title: str = ""
    suppressed_text: str = ""
    thin_text: str = ""


@dataclass(frozen=True, slots=True)
class _Grid:
    """Measures of the grid in points."""

    left: float
    top: float
    cell_width: float
    cell_height: float
    gap: float = 1.6

    def corner(self, row: int, column: int) -> tuple[float, float]:
        return self.left + column * self.cell_width, self.top + row * self.cell_height


def draw_heatmap(heatmap: Heatmap, look: Look, *, width: float) -> Scene:
    """The heatmap with a legend below, `width` points wide; each cell is keyed ``row/column``."""
    unit = look.size
    label_width = unit * 13.6
    columns = len(heatmap.columns) + (1 if heatmap.row_indices else 0)
    grid = _Grid(label_width, unit * 5.2, (width - label_width) / columns, unit * 4.2)
    rows = len(heatmap.rows) + (1 if heatmap.column_indices else 0)
    scene = Scene(width, grid.top + rows * grid.cell_height + unit * 5.0)
    _draw_heads(scene, heatmap, look, grid)
    for row, head in enumerate(heatmap.rows):
        for column, title in enumerate(heatmap.columns):
            _draw_cell(scene, heatmap, look, grid, (row, column), f"{head.key}/{title.key}")
    _draw_indices(scene, heatmap, look, grid)
    _draw_legend(scene, heatmap, look, grid.top + rows * grid.cell_height + unit * 1.5)
    return scene


def _draw_heads(scene: Scene, heatmap: Heatmap, look: Look, grid: _Grid) -> None:
    unit = look.size
    text, muted = look.colour("text"), look.colour("text_muted")
    titles = [head.name for head in heatmap.columns]
    if heatmap.row_indices:
        titles.append(heatmap.row_index_title)
    for column, title in enumerate(titles):
        x, _ = grid.corner(0, column)
        box = (x + 1, 0.0, grid.cell_width - 2.4, grid.top - unit * 0.5)
        scene.text_box(
            box, look.soften(title), size=look.small, smallest=look.smallest * 0.94, colour=text, face=Face.SEMIBOLD
        )
    for row, head in enumerate(heatmap.rows):
        _, y = grid.corner(row, 0)
        baseline = y + grid.cell_height / 2 + look.small * 0.34
        scene.text(0, baseline, head.code, size=look.small, colour=muted, face=Face.SEMIBOLD)
        left = unit * 2.1
        box = (left, y, grid.left - left - unit * 0.6, grid.cell_height - grid.gap)
        scene.text_box(box, look.soften(head.name), size=look.small, smallest=look.smallest, colour=text)


def _draw_cell(scene: Scene, heatmap: Heatmap, look: Look, grid: _Grid, place: tuple[int, int], key: str) -> None:
    row, column = place
    cell = heatmap.cells[heatmap.rows[row].key, heatmap.columns[column].key]
    x, y = grid.corner(row, column)
    width, height = grid.cell_width - grid.gap, grid.cell_height - grid.gap
    surface, border = look.colour("surface"), look.colour("border")
    if cell.state is CellState.VALUE and cell.value is not None:
        fill, ink = look.palette.heat(cell.value)
        scene.add(Rect(x, y, width, height, fill=fill, key=key, tip=cell.tip))
        _draw_value(scene, cell, look, (x, y, width, height), ink)
        return
    scene.add(Rect(x, y, width, height, fill=surface, stroke=border, stroke_width=0.6, key=key, tip=cell.tip))
    if cell.state is CellState.CLASS_ONLY:
        style = look.palette.classes[cell.class_key]
        scene.text(x + 3, y + look.size * 1.15, cell.note, size=look.smallest, colour=look.colour("text_muted"))
        scene.add(class_symbol(cell.class_key, x + width - 7, y + look.size * 0.95, look.size * 0.85, style.mark))
        box = (x + 3, y + look.size * 1.45, width - 6, height - look.size * 1.5)
        short = style.short_names[look.language.code]
        scene.text_box(
            box, short, size=look.small, smallest=look.smallest * 0.9, colour=style.text, face=Face.SEMIBOLD
        )
        return
    scene.extend(hatch(x, y, width, height, look.colour("hatch")))
    if cell.state is CellState.SUPPRESSED:
        _draw_plate(scene, look, (x, y, width, height), heatmap.suppressed_text)


def _draw_plate(scene: Scene, look: Look, box: tuple[float, float, float, float], text: str) -> None:
    """A word on a light plate, so that the hatching does not run through it."""
    x, y, width, height = box
    size = look.smallest
    while text_width(text, size) > width - 5 and size > look.smallest * 0.85:
        size -= 0.1
    needed = min(width - 1, text_width(text, size) + 4)
    middle = y + height / 2
    plate = Rect(x + (width - needed) / 2, middle - size * 0.72, needed, size * 1.44, fill=look.colour("surface"))
    scene.add(plate, Text(x + width / 2, middle + size * 0.34, text, size, look.colour("text"), anchor=Anchor.MIDDLE))


def _draw_value(scene: Scene, cell: HeatCell, look: Look, box: tuple[float, float, float, float], ink: str) -> None:
    x, y, width, height = box
    unit = look.size
    scene.text(x + 4, y + unit * 1.55, cell.value_text, size=look.large, colour=ink, face=Face.SEMIBOLD)
    scene.text(x + 4, y + height - unit * 0.5, cell.note, size=look.smallest, colour=ink, max_width=width - 6)
    if cell.is_thin:
        scene.extend(corner_hatch(x + width, y + height, unit * 1.1, ink))
    if not cell.class_key:
        return
    centre = (x + width - unit * 0.95, y + unit * 1.05)
    colour = ink
    if cell.class_key == "critical_gap":
        side = unit * 1.35
        plate = Rect(centre[0] - side / 2, centre[1] - side / 2, side, side, fill=look.colour("surface"), radius=1.2)
        scene.add(plate)
        colour = look.palette.classes[cell.class_key].mark
    scene.add(class_symbol(cell.class_key, *centre, unit * 0.85, colour))


def _draw_indices(scene: Scene, heatmap: Heatmap, look: Look, grid: _Grid) -> None:
    if heatmap.row_indices:
        for row, head in enumerate(heatmap.rows):
            _draw_index(scene, look, grid, (row, len(heatmap.columns)), heatmap.row_indices[head.key])
    if not heatmap.column_indices:
        return
    last = len(heatmap.rows)
    _, y = grid.corner(last, 0)
    box = (look.size * 2.1, y, grid.left - look.size * 2.7, grid.cell_height - grid.gap)
    colour = look.colour("text_muted")
    scene.text_box(box, heatmap.column_index_title, size=look.small, smallest=look.smallest, colour=colour)
    for column, head in enumerate(heatmap.columns):
        _draw_index(scene, look, grid, (last, column), heatmap.column_indices[head.key])
    if heatmap.corner is not None:
        _draw_index(scene, look, grid, (last, len(heatmap.columns)), heatmap.corner, is_corner=True)


def _draw_index(
    scene: Scene, look: Look, grid: _Grid, place: tuple[int, int], index: HeatIndex, *, is_corner: bool = False
) -> None:
    x, y = grid.corner(*place)
    width, height = grid.cell_width - grid.gap, grid.cell_height - grid.gap
    stroke = look.colour("border_strong" if is_corner else "border")
    scene.add(Rect(x, y, width, height, fill=look.colour("window"), stroke=stroke, stroke_width=0.6))
    text, muted = look.colour("text"), look.colour("text_muted")
    scene.text(x + 4, y + look.size * 1.55, index.value_text, size=look.large, colour=text, face=Face.SEMIBOLD)
    baseline = y + height - look.size * 0.5
    scene.text(x + 4, baseline, index.note, size=look.smallest, colour=muted, max_width=width - 6)


def _draw_legend(scene: Scene, heatmap: Heatmap, look: Look, y: float) -> None:
    unit = look.size
    muted = look.colour("text_muted")
    x = 0.0
    scene.text(x, y + unit * 0.34, "0", size=look.small, colour=muted)
    x += unit * 0.9
    for fill in look.palette.heat_fill:
        scene.add(Rect(x, y - unit * 0.5, unit * 1.5, unit, fill=fill))
        x += unit * 1.5
    scene.text(x + unit * 0.4, y + unit * 0.34, "100", size=look.small, colour=muted)
    draw_class_legend(scene, look, 0.0, y + unit * 1.8)
    x += unit * 4.2
    states = {cell.state for cell in heatmap.cells.values()}
    if CellState.SUPPRESSED in states:
        scene.add(Rect(x, y - unit * 0.5, unit * 1.7, unit, stroke=look.colour("border"), stroke_width=0.6))
        scene.extend(hatch(x, y - unit * 0.5, unit * 1.7, unit, look.colour("hatch"), gap=4))
        scene.text(
            x + unit * 2.1, y + unit * 0.34, heatmap.suppressed_text, size=look.small, colour=look.colour("text")
        )
    elif any(cell.is_thin for cell in heatmap.cells.values()):
        scene.add(Rect(x, y - unit * 0.5, unit * 1.7, unit, stroke=look.colour("border_strong"), stroke_width=0.6))
        scene.extend(corner_hatch(x + unit * 1.7, y + unit * 0.5, unit * 0.9, look.colour("text")))
        scene.text(x + unit * 2.1, y + unit * 0.34, heatmap.thin_text, size=look.small, colour=look.colour("text"))
