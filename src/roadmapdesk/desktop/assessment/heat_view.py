"""The heatmap as a table view: arrow keys move, Enter opens the evidence, rows grow with the window."""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget
from typing_extensions import override

from roadmapdesk.desktop.assessment.heat_delegate import HeatDelegate, HeatHeader
from roadmapdesk.desktop.assessment.heat_model import HeatModel, Index
from roadmapdesk.desktop.assessment.words import Shown, shown_word
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.i18n import gettext as _
from roadmapdesk.scoring.scorecard import CellKey
from roadmapdesk.workspace.evidence import Assessed

_STAGE_WIDTH, _INDEX_WIDTH, _CELL_WIDTH = 192, 64, 80
_TALLEST = 120


class HeatView(QTableView):
    """Stages by dimensions.

    Attributes:
        cell_selected: key of the cell that became current, or None on an index.
        cell_opened: key of a cell that Enter or a click on the current cell opened.
        stage_opened: stage whose index was opened.
    """

    cell_selected = Signal(object)
    cell_opened = Signal(object)
    stage_opened = Signal(str)

    def __init__(self, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("heatmap")
        self._theme = theme
        self._heat = HeatModel(self)
        self._assessed: Assessed | None = None
        self._delegate = HeatDelegate(theme=theme, parent=self)
        self.setHorizontalHeader(HeatHeader(theme=theme, parent=self))
        self.setModel(self._heat)
        self.setItemDelegate(self._delegate)
        self.setProperty("ground", "window")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(20)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setMinimumSectionSize(20)
        self.selectionModel().currentChanged.connect(self._on_current_changed)
        theme.changed.connect(self._share_room)

    @property
    def heat(self) -> HeatModel:
        """The model."""
        return self._heat

    def show_assessed(self, assessed: Assessed | None, shown: Shown) -> None:
        """Shows other numbers and keeps the current cell."""
        key = self._heat.key_at(self.currentIndex())
        self._assessed = assessed
        self._heat.show_assessed(assessed, shown)
        self.setAccessibleName(_("Heatmap: {measure}").format(measure=shown_word(shown)))
        self._share_room()
        if key is not None:
            self.select(key)

    def select(self, key: CellKey | None) -> None:
        """Makes a cell current without telling anybody."""
        self.selectionModel().blockSignals(True)
        if key is None:
            self.clearSelection()
        else:
            self.setCurrentIndex(self._heat.index_of(key))
        self.selectionModel().blockSignals(False)
        self.viewport().update()

    def set_class_filter(self, key: str) -> None:
        """Fades cells of other classes; empty shows all alike."""
        self._delegate.class_filter = key
        self.viewport().update()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_room()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self._open(self.indexAt(event.position().toPoint()))

    def _open(self, index: Index) -> None:
        key = self._heat.key_at(index)
        if key is not None:
            self.cell_opened.emit(key)
        elif self._assessed is not None and index.isValid() and index.row() < len(self._assessed.scorecard.stages):
            self.stage_opened.emit(self._assessed.scorecard.stages[index.row()])

    def _on_current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        self.viewport().update()
        self.cell_selected.emit(self._heat.key_at(current))

    def _share_room(self) -> None:
        """Gives stage names and indices their width, and the cells what is left."""
        columns, rows = self._heat.columnCount(), self._heat.rowCount()
        if not columns:
            return
        theme, head = self._theme, self.horizontalHeader()
        width = self.viewport().width()
        first, last = theme.px(_STAGE_WIDTH), theme.px(_INDEX_WIDTH)
        cell = max((width - first - last) // (columns - 2), theme.px(_CELL_WIDTH))
        last = max(last, width - first - cell * (columns - 2))
        for column in range(columns):
            head.resizeSection(column, first if column == 0 else last if column == columns - 1 else cell)
        high = head.sizeHint().height()
        height = self.viewport().height() + head.height() - high
        tall = min(max(height // rows, theme.height("heat_cell_min")), theme.px(_TALLEST))
        self.verticalHeader().setDefaultSectionSize(tall)
        for row in range(rows):
            self.verticalHeader().resizeSection(row, tall)
        head.setFixedHeight(high)
