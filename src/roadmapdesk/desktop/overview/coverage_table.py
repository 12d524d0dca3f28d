"""The coverage planner: stages by dimensions, each cell with its number of organisations and five segments."""

import re

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)
from typing_extensions import override

from roadmapdesk.desktop.style import draw_focus_ring
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.text_lines import draw_lines
from roadmapdesk.domain.catalog import load_catalog
from roadmapdesk.i18n import current_language, ngettext
from roadmapdesk.i18n import gettext as _
from roadmapdesk.workspace.coverage import MINIMUM_HANDOFF, MINIMUM_PUBLIC, Coverage

Index = QModelIndex | QPersistentModelIndex
_COUNT = Qt.ItemDataRole.UserRole + 1
_STAGE_WIDTH, _STAGE_LEAST = 172, 146
_CODE_WIDTH, _STAGE_GAP, _HEAD_GAP = 28, 4, 7
_SEGMENT = (7, 13)


def short_name(name: str) -> str:
    """The first word of a dimension's name, for a narrow head."""
    found = re.match(r"[\w-]+", name)
    return found.group(0) if found else name


class CoverageModel(QAbstractTableModel):
    """Rows are stages, columns are dimensions, the first column names the stage."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        catalog = load_catalog()
        self.stages, self.dimensions = catalog.stages, catalog.dimensions
        self._coverage: Coverage | None = None

    def set_coverage(self, coverage: Coverage | None) -> None:
        """Shows other numbers; None while they are being computed."""
        self.beginResetModel()
        self._coverage = coverage
        self.endResetModel()

    @override
    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.stages)

    @override
    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.dimensions) + 1

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        stage = self.stages[index.row()]
        name = stage.name.text(current_language().code)
        if index.column() == 0:
            if role == Qt.ItemDataRole.DisplayRole:
                return name
            if role == _COUNT:
                return stage.key.upper()
            is_told = role in {Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole}
            return f"{stage.key.upper()}, {name}" if is_told else None
        dimension = self.dimensions[index.column() - 1]
        count = None if self._coverage is None else self._coverage.get((stage.key, dimension.key), 0)
        if role == _COUNT:
            return count
        if role == Qt.ItemDataRole.DisplayRole:
            return "" if count is None else str(count)
        if role in {Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole}:
            return self._sentence(stage.key.upper(), dimension.name.text(current_language().code), count)
        return None

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if section == 0:
            return _("Stage") if role == Qt.ItemDataRole.AccessibleTextRole else None
        name = self.dimensions[section - 1].name.text(current_language().code)
        if role == Qt.ItemDataRole.DisplayRole:
            return short_name(name)
        return name if role in {Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole} else None

    def _sentence(self, stage: str, dimension: str, count: int | None) -> str:
        if count is None:
            return f"{stage}, {dimension}"
        number = ngettext("{n} organisation", "{n} organisations", count).format(n=count)
        if count < MINIMUM_HANDOFF:
            verdict = _("no output")
        elif count < MINIMUM_PUBLIC:
            verdict = _("hand-off possible")
        else:
            verdict = _("publication possible")
        return f"{stage}, {dimension}: {number}; {verdict}"


class _CoverageDelegate(QStyledItemDelegate):
    """Paints a stage's name or a cell: warning ground below 3, soft accent for 3 and 4, grey from 5."""

    def __init__(self, *, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(60, self._theme.px(40))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(option.rect)
        if index.column() == 0:
            self._paint_stage(painter, box, index)
        else:
            self._paint_cell(painter, box.adjusted(1, 1, -1, -1), index.data(_COUNT))
            if option.widget.hasFocus() and option.state & QStyle.StateFlag.State_Selected:
                draw_focus_ring(painter, box.adjusted(4, 4, -4, -4), theme=self._theme, radius=2)
        painter.restore()

    def _paint_stage(self, painter: QPainter, box: QRectF, index: Index) -> None:
        theme = self._theme
        painter.setPen(theme.colour("text_muted"))
        painter.setFont(theme.font("caption", is_bold=True))
        code = QRectF(box.left(), box.top(), theme.px(_CODE_WIDTH), box.height())
        painter.drawText(
            code, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), str(index.data(_COUNT))
        )
        painter.setPen(theme.colour("text"))
        draw_lines(painter, box.adjusted(theme.px(_CODE_WIDTH), 0, -_STAGE_GAP, 0), str(index.data()), theme=theme)

    def _paint_cell(self, painter: QPainter, box: QRectF, count: int | None) -> None:
        theme = self._theme
        ground, ink, is_strong = "window", "text_muted", False
        if count is not None and count < MINIMUM_HANDOFF:
            ground, ink, is_strong = "warning_soft", "warning", True
        elif count is not None and count < MINIMUM_PUBLIC:
            ground, ink, is_strong = "accent_soft", "accent", True
        painter.fillRect(box, theme.colour(ground))
        if count is None:
            return
        painter.setPen(theme.colour("warning" if ink == "warning" else "text" if is_strong else "text_muted"))
        painter.setFont(theme.font("body", is_bold=is_strong, is_tabular=True))
        number = QRectF(box.left() + 7, box.top(), theme.px(20), box.height())
        painter.drawText(number, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), str(count))
        top = box.center().y() - segment_height(theme) / 2
        draw_segments(painter, number.right() - 4, top, count, ink, theme=theme)


def draw_segments(painter: QPainter, left: float, top: float, count: int, ink: str, *, theme: Theme) -> float:
    """Five segments with a gap after the third: the two minimum values as a picture; returns the right end."""
    width, height, gap = theme.px(_SEGMENT[0]), segment_height(theme), theme.px(2)
    colour = theme.colour("border_strong" if ink == "text_muted" else ink)
    for number in range(MINIMUM_PUBLIC):
        x = left + number * (width + gap) + (2 * gap if number >= MINIMUM_HANDOFF else 0)
        box = QRectF(x, top, width, height)
        if number < count:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawRoundedRect(box, 1.5, 1.5)
        else:
            painter.setPen(QPen(colour, 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 1.5, 1.5)
    return left + MINIMUM_PUBLIC * (width + gap) + 2 * gap


def segment_height(theme: Theme) -> int:
    """Height of one segment at the present text size."""
    return theme.px(_SEGMENT[1])


class CoverageTable(QTableView):
    """The planner as a table; arrow keys move, Enter opens the cell.

    Attributes:
        cell_opened: (stage key, dimension key).
    """

    cell_opened = Signal(str, str)

    def __init__(self, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("coverage_table")
        self._theme = theme
        self.coverage = CoverageModel(self)
        self.setModel(self.coverage)
        self.setItemDelegate(_CoverageDelegate(theme=theme, parent=self))
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        head = self.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setSectionsClickable(False)
        head.setHighlightSections(False)
        head.setProperty("head", "plain")
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        theme.changed.connect(self._share_room)

    def retranslate(self) -> None:
        """Says everything again in the present language."""
        self.setAccessibleName(_("Coverage"))
        self.coverage.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.coverage.columnCount() - 1)
        self.viewport().update()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_room()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and index.isValid() and index.column():
            stage, dimension = self.coverage.stages[index.row()], self.coverage.dimensions[index.column() - 1]
            self.cell_opened.emit(stage.key, dimension.key)
            return
        super().keyPressEvent(event)

    def _share_room(self) -> None:
        """The stage column has its width, the dimensions share the rest; rows share the height above a minimum.

        No head is cut: the stage column gives way a little, and with large text the table scrolls sideways.
        """
        theme = self._theme
        self.horizontalHeader().setFixedHeight(theme.px(30))
        first = theme.px(_STAGE_WIDTH)
        count = len(self.coverage.dimensions)
        metrics = QFontMetrics(theme.font("caption", is_bold=True))
        heads = (str(self.coverage.headerData(number, Qt.Orientation.Horizontal)) for number in range(1, count + 1))
        widest = max(metrics.horizontalAdvance(head) for head in heads) + _HEAD_GAP
        width = max((self.viewport().width() - first) // count, widest)
        first = min(first, max(self.viewport().width() - width * count, theme.px(_STAGE_LEAST)))
        self.horizontalHeader().resizeSection(0, max(self.viewport().width() - width * count, first))
        for column in range(1, count + 1):
            self.horizontalHeader().resizeSection(column, width)
        room = self.height() - self.horizontalHeader().height() - 2
        height = max(min(room // len(self.coverage.stages), theme.px(72)), theme.px(38))
        for row in range(len(self.coverage.stages)):
            self.verticalHeader().resizeSection(row, height)
        is_scrolled = first + width * count > self.viewport().width()
        bar = self.horizontalScrollBar().sizeHint().height() if is_scrolled else 0
        self.setMinimumHeight(theme.px(38) * len(self.coverage.stages) + theme.px(30) + 2 + bar)
