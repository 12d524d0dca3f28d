"""The look of cells: one style per kind of column, made once and known by its number when rows are streamed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from roadmapdesk.figures.palette import load_palette
from roadmapdesk.reports.excel.sheets import Kind

if TYPE_CHECKING:
    from openpyxl import Workbook

FONT = "Arial"
"""Has free fonts of the same widths on every system, so estimated heights of rows hold."""
SIZE = 10

_FORMATS = {
    Kind.POINTS: "0.0",
    Kind.WHOLE_POINTS: "0",
    Kind.SIGNED: "+0.0;\u22120.0;0.0",
    Kind.WHOLE_SIGNED: "+0;\u22120;0",
    Kind.INTEGER: "0",
    Kind.SHARE: "0%",
    Kind.DECIMAL: "0.000",
    Kind.DATE: "yyyy\\-mm\\-dd",
    Kind.MOMENT: "yyyy\\-mm\\-dd\\ hh:mm",
}
_TEXTS = frozenset({Kind.TEXT, Kind.CODE, Kind.LABEL, Kind.BAND, Kind.HEADING})
_RIGHT = frozenset(set(_FORMATS) - {Kind.DATE, Kind.MOMENT}) | {Kind.BAND}
WRAPPED = frozenset({Kind.TEXT, Kind.LABEL})
"""Kinds whose texts are broken into lines."""


@dataclass(frozen=True, slots=True)
class Styles:
    """Numbers of styles in the workbook.

    Attributes:
        kinds: mapping kind → style of its cells.
        quoted: the same for texts that begin like a formula: editing such a cell keeps it a text.
        head_right: head of a column of numbers.
    """

    kinds: Mapping[Kind, int]
    quoted: Mapping[Kind, int]
    title: int
    marking: int
    explanation: int
    heading: int
    head: int
    head_right: int


def make_styles(workbook: "Workbook") -> Styles:
    """Registers all styles in a workbook; they are written with it although no cell of its own uses them."""
    from openpyxl.styles import Border, Font, Side  # noqa: PLC0415 — heavy library, loaded on first use

    colours = load_palette().colours
    thin = Border(bottom=Side(style="thin", color=_argb(colours["grid"])))

    def font(colour: str = "text", size: float = SIZE, *, bold: bool = False) -> Font:
        return Font(name=FONT, size=size, bold=bold, color=_argb(colours[colour]))

    normal = cast("Any", workbook)._named_styles["Normal"]  # no public way to the default font
    normal.font = Font(name=FONT, size=SIZE)
    normal.bind(workbook)
    register = _Register(workbook)
    fonts = {Kind.LABEL: font("text_muted"), Kind.HEADING: font("accent", 12, bold=True)}
    kinds, quoted = {}, {}
    for kind in Kind:
        alignment = _alignment(kind)
        look = {
            "font": fonts.get(kind, font()),
            "border": thin,
            "alignment": alignment,
            "number_format": _FORMATS.get(kind, "General"),
        }
        kinds[kind] = register.add(**look)
        if kind in _TEXTS:
            quoted[kind] = register.add(**look, quotePrefix=True)
    return Styles(
        kinds=kinds,
        quoted=quoted,
        title=register.add(font=font("accent", 15, bold=True), alignment=_plain()),
        marking=register.add(font=font("text_muted", bold=True), alignment=_plain()),
        explanation=register.add(font=font("text_muted"), alignment=_plain()),
        heading=register.add(font=font("accent", 12, bold=True), alignment=_plain()),
        head=_head(register, font("on_accent", bold=True), "left"),
        head_right=_head(register, font("on_accent", bold=True), "right"),
    )


class _Register:
    """Turns looks into numbers of styles."""

    def __init__(self, workbook: "Workbook") -> None:
        from openpyxl.cell import Cell  # noqa: PLC0415 — heavy library, loaded on first use

        self._new: Any = lambda: Cell(workbook.worksheets[0], row=1, column=1)

    def add(self, **look: object) -> int:
        cell = self._new()
        for name, value in look.items():
            setattr(cell, name, value)
        number: int = cell.style_id
        return number


def _head(register: _Register, font: object, side: str) -> int:
    from openpyxl.styles import Alignment, PatternFill  # noqa: PLC0415 — heavy library, loaded on first use

    fill = PatternFill("solid", fgColor=_argb(load_palette().colours["accent"]))
    return register.add(
        font=font, fill=fill, alignment=Alignment(horizontal=side, vertical="center", wrap_text=True, indent=1)
    )


def _plain() -> object:
    from openpyxl.styles import Alignment  # noqa: PLC0415 — heavy library, loaded on first use

    return Alignment(vertical="center")


def _alignment(kind: Kind) -> object:
    from openpyxl.styles import Alignment  # noqa: PLC0415 — heavy library, loaded on first use

    side = "right" if kind in _RIGHT else "left"
    indent = 0 if kind is Kind.HEADING else 1
    down = "bottom" if kind is Kind.HEADING else "top"
    return Alignment(horizontal=side, vertical=down, wrap_text=kind in WRAPPED, indent=indent)


def _argb(colour: str) -> str:
    return "FF" + colour.removeprefix("#")
