"""Figures, headline numbers and tiles: the pieces of a page that are never divided."""

from dataclasses import dataclass, field

from roadmapdesk.figures.metrics import Face, elide, text_width
from roadmapdesk.figures.symbols import class_symbol, grade_chip
from roadmapdesk.reports.document import FigureBlock, KeyFigures, Span, Tile, TileColumn, Tiles
from roadmapdesk.reports.pdf.blocks import PrintBlock, draw_lines
from roadmapdesk.reports.pdf.painter import paint_item, paint_scene
from roadmapdesk.reports.pdf.sheet import PAGE_HEIGHT, Sheet
from roadmapdesk.reports.pdf.structure import Element, figure_attributes
from roadmapdesk.reports.pdf.styles import CONTENT_WIDTH, PrintStyles, TextStyle
from roadmapdesk.reports.pdf.text_layout import Hyphenator, Line, set_lines, sparing

_TILE_GAP = 16.0
_TILE_PADDING = 6.0
_SYMBOL = 8.5
_CHIP = 13.0
_FEWEST_PANELS = 3


@dataclass
class FigurePrint(PrintBlock):
    """A figure with its statement above and n, source and the link to its data below."""

    block: FigureBlock
    caption: list[Line]
    source: list[Line]
    link_text: str
    styles: PrintStyles

    def __post_init__(self) -> None:
        self.space_before = 8.0
        self.space_after = 14.0

    @property
    def height(self) -> float:
        """Caption, picture, and lines below."""
        below = len(self.source) * self.styles.small.leading + self.styles.small.leading
        return len(self.caption) * self.styles.caption.leading + 6 + self.block.figure.scene.height + 5 + below

    def draw(self, sheet: Sheet, x: float, y: float, parent: Element) -> None:
        """Draws the group; the picture is one element with its alternative text."""
        figure = self.block.figure
        group = Element("Div", parent)
        sheet.bookmark(f"figure:{figure.key}", y)
        with sheet.marked(Element("P", Element("Caption", group))):
            draw_lines(sheet, self.caption, x, y, self.styles.caption)
        y += len(self.caption) * self.styles.caption.leading + 6
        box = (x, PAGE_HEIGHT - y - figure.scene.height, x + figure.scene.width, PAGE_HEIGHT - y)
        with sheet.marked(Element("Figure", group, figure_attributes(figure.alternative, box))):
            paint_scene(sheet, figure.scene, x, y)
        y += figure.scene.height + 5
        with sheet.marked(Element("P", group)):
            draw_lines(sheet, self.source, x, y, self.styles.small)
        y += len(self.source) * self.styles.small.leading
        self._draw_link(sheet, x, y, group)

    def _draw_link(self, sheet: Sheet, x: float, y: float, group: Element) -> None:
        style = self.styles.small
        link = Element("Link", Element("P", group))
        with sheet.marked(link):
            baseline = y + (style.leading + style.size * 0.66) / 2
            colour = self.styles.colour("link")
            sheet.text(x, baseline, self.link_text, face=style.face, size=style.size, colour=colour)
        width = text_width(self.link_text, style.size, style.face)
        sheet.link(link, self.block.table_key, (x, y, x + width, y + style.leading), self.link_text)


def figure_print(block: FigureBlock, data_in: str, styles: PrintStyles, hyphenate: Hyphenator) -> FigurePrint:
    """The figure set for the column; `data_in` is the text of the link to its table."""
    figure = block.figure
    caption = (Span(f"{block.label}: ", is_strong=True), Span(figure.title, is_strong=True))
    source = f"{figure.basis} · {figure.source}"
    return FigurePrint(
        block,
        set_lines(caption, CONTENT_WIDTH, styles.caption),
        set_lines(source, CONTENT_WIDTH, styles.small, hyphenate),
        data_in,
        styles,
    )


@dataclass
class KeyFiguresPrint(PrintBlock):
    """Headline numbers side by side, each on a soft ground."""

    items: list[tuple[str, list[Line], list[Line]]]
    styles: PrintStyles
    name_style: TextStyle
    _gap: float = 9.0

    def __post_init__(self) -> None:
        self.space_before = 4.0
        self.space_after = 10.0

    @property
    def height(self) -> float:
        """The tallest panel."""
        small = self.styles.small.leading
        return 34 + max(len(name) * self.name_style.leading + len(basis) * small for _, name, basis in self.items) + 9

    def draw(self, sheet: Sheet, x: float, y: float, parent: Element) -> None:
        """Draws the panels from left to right."""
        width = key_figure_width(len(self.items))
        for index, (value, name, basis) in enumerate(self.items):
            left = x + index * (width + self._gap)
            with sheet.artifact():
                sheet.rect(left, y, width, self.height, fill=self.styles.colour("window"), radius=3)
            with sheet.marked(Element("P", parent)):
                size = 20.0
                while text_width(value, size, Face.SEMIBOLD) > width - 20 and size > 11:
                    size -= 0.5
                colour = self.styles.colour("accent")
                sheet.text(left + 10, y + 27, value + " ", face=Face.SEMIBOLD, size=size, colour=colour)
                below = y + 34
                draw_lines(sheet, name, left + 10, below, self.name_style)
                below += len(name) * self.name_style.leading
                draw_lines(sheet, basis, left + 10, below, self.styles.small)


def key_figure_width(count: int) -> float:
    """The width of one of `count` panels; one or two do not grow beyond a third of the column."""
    count = max(count, _FEWEST_PANELS)
    return (CONTENT_WIDTH - 9.0 * (count - 1)) / count


def key_figures_print(block: KeyFigures, styles: PrintStyles, hyphenate: Hyphenator) -> KeyFiguresPrint:
    """Headline numbers set for the column."""
    width = key_figure_width(len(block.items)) - 20
    name_style = TextStyle(9.0, 11.4, styles.colour("text"), Face.SEMIBOLD)
    divide = sparing(hyphenate, width, name_style)
    items = [
        (
            item.value,
            set_lines(item.name, width, name_style, divide),
            set_lines(item.basis, width, styles.small, divide),
        )
        for item in block.items
    ]
    return KeyFiguresPrint(items, styles, name_style)


@dataclass
class _SetTile:
    tile: Tile
    title: list[Line]
    detail: list[Line]


@dataclass
class TilesPrint(PrintBlock):
    """Columns of findings; rows of all columns stand on one line."""

    columns: list[tuple[TileColumn, list[_SetTile], list[Line]]]
    styles: PrintStyles
    title_style: TextStyle
    detail_style: TextStyle
    _heads: TextStyle = field(init=False)

    def __post_init__(self) -> None:
        self.space_before = 4.0
        self.space_after = 10.0
        self._heads = self.styles.headings[3]

    def _row_heights(self) -> list[float]:
        count = max(len(tiles) for _, tiles, _ in self.columns)
        heights = []
        for row in range(count):
            tiles = [tiles[row] for _, tiles, _ in self.columns if row < len(tiles)]
            heights.append(max(self._tile_height(tile) for tile in tiles))
        return heights or [0.0]

    def _tile_height(self, tile: _SetTile) -> float:
        text = len(tile.title) * self.title_style.leading + len(tile.detail) * self.detail_style.leading
        return text + self.styles.small.leading + 2 * _TILE_PADDING

    @property
    def height(self) -> float:
        """Heads and all rows."""
        empty = max(
            (len(lines) * self.styles.note.leading for _, tiles, lines in self.columns if not tiles), default=0
        )
        return self._heads.leading + 5 + max(sum(self._row_heights()), empty)

    def draw(self, sheet: Sheet, x: float, y: float, parent: Element) -> None:
        """Draws the columns one after the other."""
        width = tile_width(len(self.columns))
        heights = self._row_heights()
        for index, (column, tiles, empty) in enumerate(self.columns):
            left = x + index * (width + _TILE_GAP)
            baseline = y + (self._heads.leading + self._heads.size * 0.66) / 2
            with sheet.marked(Element("H2", parent)):
                colour = self.styles.colour("text")
                sheet.text(left, baseline, column.title, face=Face.SEMIBOLD, size=self._heads.size, colour=colour)
            top = y + self._heads.leading + 4
            with sheet.artifact():
                sheet.rect(left, top, width, 0.8, fill=self.styles.colour("border_strong"))
            if not tiles:
                with sheet.marked(Element("P", parent)):
                    draw_lines(sheet, empty, left, top + 5, self.styles.note)
                continue
            items = Element("L", parent)
            for tile, height in zip(tiles, heights, strict=False):
                self._draw_tile(sheet, tile, (left, top, width), Element("LBody", Element("LI", items)))
                top += height
                with sheet.artifact():
                    sheet.rect(left, top, width, 0.4, fill=self.styles.colour("border"))

    def _draw_tile(self, sheet: Sheet, tile: _SetTile, place: tuple[float, float, float], body: Element) -> None:
        left, top, width = place
        palette = self.styles.palette
        y = top + _TILE_PADDING
        indent = 0.0
        if tile.tile.class_key:
            indent = _SYMBOL + 7
            mark = palette.classes[tile.tile.class_key].mark
            with sheet.artifact():
                middle = y + self.title_style.leading / 2
                paint_item(
                    sheet, class_symbol(tile.tile.class_key, left + _SYMBOL / 2 + 1, middle, _SYMBOL, mark), (0, 0)
                )
        if tile.tile.grade:
            grade = palette.grades[tile.tile.grade]
            with sheet.artifact():
                paint_item(sheet, grade_chip(left + width - _CHIP, y, _CHIP, grade.fill, grade.border), (0, 0))
                shift = text_width(grade.key, 8.6, Face.SEMIBOLD) / 2
                sheet.text(
                    left + width - _CHIP / 2 - shift,
                    y + 9.6,
                    grade.key,
                    face=Face.SEMIBOLD,
                    size=8.6,
                    colour=grade.text,
                )
        with sheet.marked(body):
            draw_lines(sheet, tile.title, left + indent, y, self.title_style)
            y += len(tile.title) * self.title_style.leading
            draw_lines(sheet, tile.detail, left + indent, y, self.detail_style)
            y += len(tile.detail) * self.detail_style.leading
            small = self.styles.small
            values = elide(tile.tile.values, width - indent, small.size, small.face)
            baseline = y + (small.leading + small.size * 0.66) / 2
            sheet.text(left + indent, baseline, values + " ", face=small.face, size=small.size, colour=small.colour)


def tile_width(count: int) -> float:
    """The width of one of `count` columns."""
    return (CONTENT_WIDTH - _TILE_GAP * (count - 1)) / count


def tiles_print(block: Tiles, styles: PrintStyles, hyphenate: Hyphenator) -> TilesPrint:
    """Tiles set for the column."""
    width = tile_width(len(block.columns)) - _SYMBOL - 7 - _CHIP - 6
    title_style = TextStyle(9.2, 11.6, styles.colour("text"), Face.SEMIBOLD)
    detail_style = TextStyle(9.0, 11.4, styles.colour("text"))
    columns = [
        (
            column,
            [
                _SetTile(
                    tile,
                    set_lines(tile.title, width, title_style, hyphenate),
                    set_lines(tile.detail, width, detail_style, hyphenate),
                )
                for tile in column.tiles
            ],
            set_lines(column.empty, tile_width(len(block.columns)), styles.note, hyphenate),
        )
        for column in block.columns
    ]
    return TilesPrint(columns, styles, title_style, detail_style)
