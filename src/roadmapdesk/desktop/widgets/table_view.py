"""How tables look: rows with horizontal lines only, two-line cells, one selected row, a ring on the current one."""

from typing import Any

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QHelpEvent, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)
from typing_extensions import override

from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.table_model import Column, FilterProxy, Index, Role, RowsModel

FIRST_INSET = 3
"""Pixels that the first column stands further in: below the title of the panel around the table."""
_NARROWEST = 140
"""Pixels at 100 % text that a column without a width of its own keeps."""


class RowDelegate(QStyledItemDelegate):
    """Paints a cell: icon, text, a grey second line, and the line below; a ring inside the row that has the focus."""

    def __init__(self, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = self._theme
        box = QRectF(option.rect)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, theme.colour("selection"))
        bottom = box.bottom() - 0.5
        painter.setPen(QPen(theme.colour("grid"), 1))
        painter.drawLine(QPointF(box.left(), bottom), QPointF(box.right(), bottom))
        self._paint_content(painter, box, index)
        if self._has_row_focus(option):
            self._paint_focus(painter, box, index)
        painter.restore()

    @override
    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        """What a cell has no room for is said where the mouse rests on it."""
        words = self.cut_words(QRectF(option.rect), index)
        if event.type() == QEvent.Type.ToolTip and words:
            QToolTip.showText(event.globalPos(), words, view)
            return True
        return super().helpEvent(event, view, option, index)

    def cut_words(self, box: QRectF, index: Index) -> str:
        """The whole text of a cell that shows only its beginning; empty where all of it is seen."""
        column: Column[Any] = index.data(Role.STYLE)
        width = self._room(box, index).width()
        first, second = str(index.data() or ""), str(index.data(Role.SECOND_LINE) or "")
        font = self._theme.font("body", is_bold=column.is_strong, is_tabular=column.is_number)
        is_cut = QFontMetrics(font).horizontalAdvance(first) > width
        is_cut |= QFontMetrics(self._theme.font("caption")).horizontalAdvance(second) > width
        return "\n".join(words for words in (first.strip(), second) if words) if is_cut else ""

    def _room(self, box: QRectF, index: Index) -> QRectF:
        """What a cell leaves its words, beside its icon."""
        left = self._theme.space("m") + (FIRST_INSET if index.column() == 0 else 0)
        inside = box.adjusted(left, 0, -self._theme.space("m"), 0)
        if index.data(Role.ICON):
            inside.setLeft(inside.left() + self._theme.px(16) + 6)
        return inside

    def _paint_content(self, painter: QPainter, box: QRectF, index: Index) -> None:
        theme = self._theme
        tone = index.data(Role.TONE) or "text"
        icon = index.data(Role.ICON)
        if icon:
            side = theme.px(16)
            ratio = painter.device().devicePixelRatioF()
            pixmap = theme.icon_pixmap(icon, 16, tone, ratio)
            left = box.left() + theme.space("m") + (FIRST_INSET if index.column() == 0 else 0)
            painter.drawPixmap(QPointF(int(left), int(box.center().y() - side / 2)), pixmap)
        self._paint_text(painter, self._room(box, index), index, tone)

    def _paint_text(self, painter: QPainter, box: QRectF, index: Index, tone: str) -> None:
        theme = self._theme
        column: Column[Any] = index.data(Role.STYLE)
        second = index.data(Role.SECOND_LINE) or ""
        line, lower = theme.line_height("body"), theme.line_height("caption")
        upper_box = QRectF(box)
        if second:
            upper_box = QRectF(box.left(), box.center().y() - (line + lower) / 2, box.width(), line)
        font = theme.font("body", is_bold=column.is_strong, is_tabular=column.is_number)
        flags = int(column.alignment | Qt.TextFlag.TextSingleLine)
        painter.setFont(font)
        painter.setPen(theme.colour(tone))
        painter.drawText(upper_box, flags, _elided(painter, str(index.data() or ""), upper_box))
        if second:
            lower_box = QRectF(box.left(), upper_box.bottom(), box.width(), lower)
            painter.setFont(theme.font("caption"))
            painter.setPen(theme.colour("text_muted"))
            painter.drawText(lower_box, flags, _elided(painter, second, lower_box))

    def _has_row_focus(self, option: QStyleOptionViewItem) -> bool:
        view = option.widget
        return (
            isinstance(view, QAbstractItemView)
            and view.hasFocus()
            and bool(option.state & QStyle.StateFlag.State_Selected)
        )

    def _paint_focus(self, painter: QPainter, box: QRectF, index: Index) -> None:
        """The ring around the whole row, each cell drawing its part; left and right ends close it."""
        painter.setPen(QPen(self._theme.colour("focus"), self._theme.width("focus")))
        top, bottom = box.top() + 1, box.bottom() - 1
        painter.drawLine(QPointF(box.left(), top), QPointF(box.right(), top))
        painter.drawLine(QPointF(box.left(), bottom), QPointF(box.right(), bottom))
        if index.column() == 0:
            painter.drawLine(QPointF(box.left() + 1, top), QPointF(box.left() + 1, bottom))
        if index.column() == index.model().columnCount() - 1:
            painter.drawLine(QPointF(box.right() - 1, top), QPointF(box.right() - 1, bottom))


class TableView(QTableView):
    """A table of rows, one of which is current.

    Args:
        theme: the look.
        name: accessible name.
        row_height: pixels at 100 % text; 0 takes the usual height of one or two lines.

    Attributes:
        row_selected: sent with the value of the row that became current, or None.
        row_opened: sent with the value of the row that Enter or a double click opened.
    """

    row_selected = Signal(object)
    row_opened = Signal(object)

    def __init__(self, *, theme: Theme, name: str = "", row_height: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._row_height = row_height
        self._columns: tuple[Column[Any], ...] = ()
        self._has_two_lines = False
        self._fitted_rows: int | None = None
        self.setAccessibleName(name)
        self.setItemDelegate(RowDelegate(theme=theme, parent=self))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        head.setStretchLastSection(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.doubleClicked.connect(self._on_double_clicked)
        theme.changed.connect(self._update_sizes)

    def show_rows(self, model: RowsModel[Any], *, is_sortable: bool = True, sort_column: int = -1) -> FilterProxy:
        """Shows a model through a sorting and filtering proxy, which is returned.

        Args:
            model: the rows.
            is_sortable: whether a click on a head sorts.
            sort_column: sorted by this column at first; -1 keeps the order of the rows.
        """
        proxy = FilterProxy(model, self)
        self._columns = model.columns
        self._has_two_lines = any(column.second_line is not None for column in self._columns)
        self.setModel(proxy)
        self.setSortingEnabled(is_sortable)
        proxy.sort(sort_column, Qt.SortOrder.AscendingOrder)
        if is_sortable:
            self.horizontalHeader().setSortIndicator(sort_column, Qt.SortOrder.AscendingOrder)
            self.horizontalHeader().setSortIndicatorClearable(True)
        self.selectionModel().currentRowChanged.connect(self._on_current_row_changed)
        proxy.headerDataChanged.connect(self._share_width)
        self._update_sizes()
        return proxy

    @property
    def current_row(self) -> Any:  # noqa: ANN401 — the value type belongs to the page
        """The value of the current row, or None."""
        index = self.currentIndex()
        return index.data(Role.OBJECT) if index.isValid() else None

    def select_row(self, matches: Any) -> bool:  # noqa: ANN401 — a predicate over the page's value type
        """Makes the first row current for which `matches(value)` holds; says whether there was one."""
        model = self.model()
        for row in range(model.rowCount()):
            if matches(model.index(row, 0).data(Role.OBJECT)):
                self.setCurrentIndex(model.index(row, 0))
                return True
        return False

    def fit_height(self, rows: int) -> None:
        """Takes no more height than head and `rows` rows need; beyond the room there is it scrolls."""
        self._fitted_rows = rows
        self._update_sizes()

    @override
    def sizeHint(self) -> QSize:
        usual = super().sizeHint()
        return usual if self._fitted_rows is None else QSize(usual.width(), self.maximumHeight())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self.row_opened.emit(self.current_row)
            return
        super().keyPressEvent(event)

    def _on_double_clicked(self, index: Index) -> None:
        self.row_opened.emit(index.data(Role.OBJECT))

    def _on_current_row_changed(self, current: Index, _previous: Index) -> None:
        self.row_selected.emit(current.data(Role.OBJECT) if current.isValid() else None)
        self.viewport().update()

    def _update_sizes(self) -> None:
        usual = self._theme.px(46) if self._has_two_lines else self._theme.height("table_row")
        height = max(self._theme.px(self._row_height) or usual, self.fontMetrics().height())
        self.verticalHeader().setDefaultSectionSize(height)
        self.horizontalHeader().setFixedHeight(self._theme.height("table_head"))
        if self._fitted_rows is not None:
            bar = self.horizontalScrollBar().sizeHint().height() if self._is_too_narrow() else 0
            self.setMaximumHeight(self._theme.height("table_head") + height * self._fitted_rows + 2 + bar)
        self._share_width()

    def _is_too_narrow(self) -> bool:
        needed = sum(self._width_of(column) or self._theme.px(_NARROWEST) for column in self._columns)
        return needed > self.viewport().width()

    def _share_width(self) -> None:
        """Gives each column its width and the flexible ones what is left."""
        if not self._columns:
            return
        flexible = [index for index, column in enumerate(self._columns) if column.width == 0]
        widths = [self._width_of(column) for column in self._columns]
        fixed = sum(widths)
        left = max(self.viewport().width() - fixed, 0)
        for index, width in enumerate(widths):
            shared = max(left // max(len(flexible), 1), self._theme.px(_NARROWEST))
            self.horizontalHeader().resizeSection(index, width or shared)

    def _width_of(self, column: Column[Any]) -> int:
        """Pixels of a column with a width of its own, at least what its head needs; 0 for a flexible one."""
        if not column.width:
            return 0
        head = QFontMetrics(self._theme.font("caption", is_bold=True)).horizontalAdvance(column.head())
        return max(self._theme.px(column.width), head + 2 * self._theme.space("m") + 1)


def _elided(painter: QPainter, text: str, box: QRectF) -> str:
    return painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(box.width()))
