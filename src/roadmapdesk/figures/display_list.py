"""The display list: what a chart consists of, in the order of painting, and what a figure says in words.

Lengths are points at 100 %; x grows to the right, y downwards, and a text stands on its baseline. A painter needs
nothing else, so screen and paper show the same picture.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from roadmapdesk.figures.metrics import ASCENT, LINE_HEIGHT, Face, elide, fit_text, text_width

Point = tuple[float, float]


class Anchor(StrEnum):
    """Which end of a text its x names."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


@dataclass(frozen=True, slots=True)
class Rect:
    """An upright rectangle.

    Attributes:
        key: what it stands for (a cell, a measure), for clicks and selection; empty for decoration.
        tip: one sentence for the tooltip and the screen reader.
    """

    x: float
    y: float
    width: float
    height: float
    fill: str | None = None
    stroke: str | None = None
    stroke_width: float = 0.5
    radius: float = 0.0
    key: str = ""
    tip: str = ""

    def contains(self, x: float, y: float) -> bool:
        """Whether the point lies on the rectangle."""
        return self.x <= x <= self.x + self.width and self.y <= y <= self.y + self.height


@dataclass(frozen=True, slots=True)
class Polygon:
    """A closed polygon, or an open line where `is_closed` is False; `dash` holds lengths of dashes and gaps."""

    points: tuple[Point, ...]
    fill: str | None = None
    stroke: str | None = None
    stroke_width: float = 1.0
    is_closed: bool = True
    dash: tuple[float, ...] = ()
    key: str = ""
    tip: str = ""

    def contains(self, x: float, y: float) -> bool:
        """Whether the point lies inside the closed polygon (even-odd rule)."""
        if not self.is_closed:
            return False
        inside = False
        previous = self.points[-1]
        for current in self.points:
            if (current[1] > y) != (previous[1] > y):
                slope = (previous[0] - current[0]) / (previous[1] - current[1])
                inside ^= x < current[0] + slope * (y - current[1])
            previous = current
        return inside


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text on its baseline, turned by `rotation` degrees clockwise around its anchor."""

    x: float
    y: float
    text: str
    size: float
    colour: str
    face: Face = Face.REGULAR
    anchor: Anchor = Anchor.START
    rotation: float = 0.0

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom of the unturned line."""
        width = text_width(self.text, self.size, self.face)
        left = self.x - {Anchor.START: 0.0, Anchor.MIDDLE: width / 2, Anchor.END: width}[self.anchor]
        return left, self.y - ASCENT * self.size, left + width, self.y + 0.22 * self.size


Item = Rect | Polygon | Text


@dataclass(slots=True)
class Scene:
    """A picture of `width` by `height` points: items in the order of painting, the last one on top."""

    width: float
    height: float
    items: list[Item] = field(default_factory=list)

    def add(self, *items: Item) -> None:
        """Paints `items` on top of what is there."""
        self.items.extend(items)

    def extend(self, items: Iterable[Item]) -> None:
        """Paints all of `items` on top of what is there."""
        self.items.extend(items)

    def line(self, *points: Point, colour: str, width: float = 0.5, dash: tuple[float, ...] = ()) -> None:
        """Paints an open line through `points`."""
        self.items.append(Polygon(points, stroke=colour, stroke_width=width, is_closed=False, dash=dash))

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float,
        colour: str,
        face: Face = Face.REGULAR,
        anchor: Anchor = Anchor.START,
        max_width: float | None = None,
    ) -> None:
        """Paints one line of text, elided where it is wider than `max_width`."""
        shown = text if max_width is None else elide(text, max_width, size, face)
        self.items.append(Text(x, y, shown, size, colour, face, anchor))

    def text_box(
        self,
        box: tuple[float, float, float, float],
        text: str,
        *,
        size: float,
        smallest: float,
        colour: str,
        face: Face = Face.REGULAR,
        anchor: Anchor = Anchor.START,
        is_centred: bool = True,
    ) -> float:
        """Paints `text` into the box (x, y, width, height): wrapped, shrunk to `smallest`, last elided.

        Returns:
            The y below the last line.
        """
        x, y, width, height = box
        lines, size = fit_text(text, width, height, size=size, smallest=smallest, face=face)
        step = size * LINE_HEIGHT
        top = y + (height - step * len(lines)) / 2 if is_centred else y
        left = x + {Anchor.START: 0.0, Anchor.MIDDLE: width / 2, Anchor.END: width}[anchor]
        for index, line in enumerate(lines):
            baseline = top + index * step + size * 0.92
            self.items.append(Text(left, baseline, line, size, colour, face, anchor))
        return top + step * len(lines)

    def hit(self, x: float, y: float) -> Rect | Polygon | None:
        """The topmost keyed item under the point, or None."""
        for item in reversed(self.items):
            if not isinstance(item, Text) and item.key and item.contains(x, y):
                return item
        return None

    def keyed(self) -> Iterator[Rect | Polygon]:
        """Every item that stands for something, in the order of painting, for keyboard and screen reader."""
        return (item for item in self.items if not isinstance(item, Text) and item.key)

    def texts(self) -> list[str]:
        """All printed texts in the order of painting."""
        return [item.text for item in self.items if isinstance(item, Text)]


@dataclass(frozen=True, slots=True)
class DataTable:
    """The numbers behind a figure; the first column names the row.

    Attributes:
        header: one text per column.
        rows: texts as printed, one tuple per row, as long as `header`.
        numeric: indices of columns that are set right-aligned.
        spoken: indices of columns in the language of the interviews, whatever the figure's is.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: frozenset[int] = frozenset()
    spoken: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        if any(len(row) != len(self.header) for row in self.rows):
            msg = "a row of a data table is not as long as its header"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart with all that a reader needs beside the picture.

    Attributes:
        key: stable name, for example ``heatmap``; unique in a document.
        title: the main message as a statement.
        basis: number of interviews or organisations behind it, in words.
        source: where the data come from.
        alternative: type of chart, what is shown, main message, where the table is.
        table: the data behind the picture.
    """

    key: str
    title: str
    basis: str
    source: str
    alternative: str
    scene: Scene
    table: DataTable
