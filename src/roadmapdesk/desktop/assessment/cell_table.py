"""Cells as tables: the complete one that stands for the heatmap, and the ranking beside the plot."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter
from typing_extensions import override

from roadmapdesk.desktop.assessment.painting import paint_class
from roadmapdesk.desktop.assessment.words import cell_code, cell_sentence, class_word, short_class_word
from roadmapdesk.desktop.widgets.chips import draw_grade
from roadmapdesk.desktop.widgets.table_model import Column, Index, Role
from roadmapdesk.desktop.widgets.table_view import RowDelegate
from roadmapdesk.i18n import current_language
from roadmapdesk.i18n import gettext as _
from roadmapdesk.reports.wording import Words
from roadmapdesk.scoring.disclosed import DisclosedCell, DisclosedFigure
from roadmapdesk.workspace.evidence import Assessed

Said = Callable[[], Assessed]
_SYMBOL, _GRADE = "class:", "grade:"
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)


class CellRowDelegate(RowDelegate):
    """Paints symbols of classes and chips of grades where a column names them as its icon."""

    @override
    def _paint_content(self, painter: QPainter, box: QRectF, index: Index) -> None:
        icon = str(index.data(Role.ICON) or "")
        theme = self._theme
        if icon.startswith(_GRADE):
            side = theme.px(20)
            grade = icon.removeprefix(_GRADE)
            if grade:
                left = box.left() + theme.space("s")
                draw_grade(painter, QRectF(left, box.center().y() - side / 2, side, side), grade, theme=theme)
            else:
                painter.setPen(theme.colour("text_muted"))
                painter.setFont(theme.font("body"))
                painter.drawText(box.adjusted(theme.space("s"), 0, 0, 0), _LEFT, "–")
            return
        if not icon.startswith(_SYMBOL):
            super()._paint_content(painter, box, index)
            return
        key = icon.removeprefix(_SYMBOL)
        left = box.left() + theme.space("s")
        if key:
            centre = QPointF(left + theme.px(7), box.center().y())
            paint_class(painter, key, centre, theme.px(11), theme.class_colours(key).mark)
        painter.setPen(theme.colour("text"))
        painter.setFont(theme.font("body"))
        room = QRectF(left + theme.px(18), box.top(), box.right() - left - theme.px(18), box.height())
        text = painter.fontMetrics().elidedText(
            str(index.data() or ""), Qt.TextElideMode.ElideRight, int(room.width())
        )
        painter.drawText(room, _LEFT, text)


def _number(value: float | None) -> float:
    return -1000.0 if value is None else value


def _mean(figure: DisclosedFigure | None) -> float | None:
    return None if figure is None else figure.mean


def _class_name(cell: DisclosedCell, name: Callable[[str, str], str]) -> str:
    return name(cell.cell_class.value, current_language().code) if cell.cell_class is not None else "–"


def _class_icon(cell: DisclosedCell) -> str:
    return _SYMBOL + (cell.cell_class.value if cell.cell_class is not None else "")


def _grade_icon(cell: DisclosedCell) -> str:
    shown = cell.grade is not None and cell.performance is not None
    return _GRADE + (cell.grade.value if shown and cell.grade is not None else "")


def _grade_text(cell: DisclosedCell) -> str:
    return cell.grade.value if cell.grade is not None and cell.performance is not None else "–"


def full_columns(said: Said) -> tuple[Column[DisclosedCell], ...]:
    """Every number of a cell, for the table that stands for the heatmap.

    Args:
        said: gives what is shown, when asked.
    """

    def words() -> Words:
        return Words(said().facts)

    def order(cell: DisclosedCell) -> int:
        return list(said().scorecard.cells).index(cell.key)

    def n(cell: DisclosedCell) -> int | None:
        return cell.performance.n if cell.performance is not None else cell.n

    return (
        Column(lambda: _("Cell"), lambda cell: cell_code(cell.key), sort=order, is_strong=True, width=82),
        Column(
            lambda: _("Stage"),
            lambda cell: said().facts.stage_name(cell.key.stage),
            second_line=lambda cell: said().facts.dimension_name(cell.key.dimension),
            sort=order,
        ),
        _measure(lambda: _("Perf."), lambda cell: _mean(cell.performance), words),
        _measure(lambda: _("Imp."), lambda cell: _mean(cell.importance), words),
        _measure(lambda: _("Outl."), lambda cell: _mean(cell.outlook), words),
        _measure(lambda: _("Gap"), lambda cell: cell.gap, words, is_change=True),
        _measure(lambda: _("Prio."), lambda cell: cell.priority, words),
        Column(
            lambda: _("Class"),
            lambda cell: _class_name(cell, class_word),
            icon=_class_icon,
            width=152,
        ),
        Column(lambda: _("Grade"), _grade_text, icon=_grade_icon, width=64),
        Column(
            lambda: _("n"), lambda cell: words().n(n(cell)), sort=lambda cell: n(cell) or -1, is_number=True, width=58
        ),
        Column(
            lambda: _("90% interval"),
            lambda cell: words().interval(cell.performance.interval if cell.performance is not None else None),
            sort=lambda cell: (cell.performance.interval or (-1.0, 0.0))[0] if cell.performance else -1.0,
            is_number=True,
            width=118,
        ),
    )


def ranking_columns(said: Said) -> tuple[Column[DisclosedCell], ...]:
    """Cell, class, performance, importance, gap, priority, grade: the text that stands for the plot."""

    def words() -> Words:
        return Words(said().facts)

    return (
        Column(lambda: _("Cell"), lambda cell: cell_code(cell.key), is_strong=True, width=68),
        Column(lambda: _("Class"), lambda cell: _class_name(cell, short_class_word), icon=_class_icon, width=104),
        _measure(lambda: _("P"), lambda cell: _mean(cell.performance), words, decimals=0, width=52),
        _measure(lambda: _("I"), lambda cell: _mean(cell.importance), words, decimals=0, width=52),
        _measure(lambda: _("Gap"), lambda cell: cell.gap, words, is_change=True, width=66),
        _measure(lambda: _("Prio."), lambda cell: cell.priority, words, decimals=0, is_strong=True, width=56),
        Column(lambda: _("Grade"), _grade_text, icon=_grade_icon, width=50),
    )


def _measure(
    head: Callable[[], str],
    read: Callable[[DisclosedCell], float | None],
    words: Callable[[], Words],
    *,
    is_change: bool = False,
    is_strong: bool = False,
    decimals: int | None = None,
    width: int = 70,
) -> Column[DisclosedCell]:
    def text(cell: DisclosedCell) -> str:
        value = read(cell)
        if is_change:
            return words().change(value)
        if decimals is not None:
            return words().language.number(value, decimals)
        return words().value(value)

    return Column(head, text, sort=lambda cell: _number(read(cell)), is_number=True, is_strong=is_strong, width=width)


def row_sentence(said: Said) -> Callable[[Any], str]:
    """Says a row of either table in one sentence."""
    return lambda cell: cell_sentence(said(), cell)
