"""The table in which the points of a line or shape are typed."""

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QPainter, QPen, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)
from typing_extensions import override

from roadmapdesk.desktop.interview.controls.line import AnswerLine
from roadmapdesk.desktop.interview.controls.point_model import PointModel
from roadmapdesk.desktop.theme import Theme

MOST_ROWS = 8
Index = QModelIndex | QPersistentModelIndex
_PAD = 8


class PointDelegate(QStyledItemDelegate):
    """Paints a cell with lines around it, marks a point with a problem, and edits in a line of our own."""

    def __init__(self, *, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    @override
    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        line = AnswerLine(parent)
        line.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        line.setAccessibleName(str(index.data(Qt.ItemDataRole.AccessibleTextRole)))
        return line

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_enter = isinstance(event, QKeyEvent) and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if is_enter and event.type() == QEvent.Type.KeyPress and isinstance(watched, QWidget):
            self.commitData.emit(watched)  # at once: Qt would do it after the next key
            self.closeEditor.emit(watched, QAbstractItemDelegate.EndEditHint.SubmitModelCache)
            return True
        return super().eventFilter(watched, event)

    @override
    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        editor.setGeometry(option.rect)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = self._theme
        box = QRectF(option.rect)
        model = index.model()
        has_problem = isinstance(model, PointModel) and bool(model.problem(index.row()))
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, theme.colour("selection"))
        painter.setPen(QPen(theme.colour("grid"), 1))
        painter.drawLine(QPointF(box.left(), box.bottom()), QPointF(box.right(), box.bottom()))
        painter.drawLine(QPointF(box.left() - 0.5, box.top()), QPointF(box.left() - 0.5, box.bottom()))
        if has_problem and index.column() == 0:
            icon = theme.icon_pixmap("circle-alert", 16, "error", painter.device().devicePixelRatioF())
            painter.drawPixmap(QPointF(box.left() + _PAD, box.center().y() - theme.px(8)), icon)
        painter.setPen(theme.colour("error" if has_problem else "text"))
        painter.setFont(theme.font("body", is_tabular=True))
        text = painter.fontMetrics().elidedText(
            str(index.data() or ""), Qt.TextElideMode.ElideRight, int(box.width()) - 2 * _PAD
        )
        painter.drawText(
            box.adjusted(_PAD, 0, -_PAD, 0), int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), text
        )
        view = option.widget
        if isinstance(view, QAbstractItemView) and view.hasFocus() and view.currentIndex() == index:
            painter.setPen(QPen(theme.colour("focus"), theme.width("focus")))
            painter.drawRect(box.adjusted(1, 1, -1, -1))
        painter.restore()


class PointTable(QTableView):
    """Typing edits the current cell, Enter leads from latitude to longitude to the next point.

    Insert adds a point before the current one, Delete removes it, Alt+Up and Alt+Down move it, Ctrl+V pastes a list.

    Attributes:
        paste_wanted: the keys for pasting were pressed.
    """

    paste_wanted = Signal()

    def __init__(self, model: PointModel, *, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._points = model
        self.setModel(model)
        self.setItemDelegate(PointDelegate(theme=theme, parent=self))
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setCornerButtonEnabled(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setSectionsClickable(False)
        self.horizontalHeader().setHighlightSections(False)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setSectionsClickable(False)
        model.modelReset.connect(self.fit)
        model.rowsInserted.connect(self.fit)
        model.rowsRemoved.connect(self.fit)
        theme.changed.connect(self.fit)
        self.fit()

    def fit(self) -> None:
        """Takes the height of its rows, of at most eight; beyond that it scrolls."""
        row = max(self._theme.height("table_row"), self.fontMetrics().height() + 8)
        head = self._theme.height("table_head")
        self.verticalHeader().setDefaultSectionSize(row)
        self.horizontalHeader().setFixedHeight(head)
        rows = min(max(self._points.rowCount(), 1), MOST_ROWS)
        self.setFixedHeight(head + rows * row + 2)

    @property
    def row(self) -> int:
        """The current row; the empty one at the end where none is current."""
        index = self.currentIndex()
        return index.row() if index.isValid() else self._points.count

    def go_to(self, row: int, column: int = 0, *, edits: bool = False) -> None:
        """Makes a cell current and, if wanted, opens it for typing."""
        index = self._points.index(min(max(row, 0), self._points.rowCount() - 1), column)
        self.setCurrentIndex(index)
        if edits and index.isValid():
            self.edit(index)

    def finish_editing(self) -> None:
        """Takes what is typed in the open cell; the cell stays open."""
        editor = self.indexWidget(self.currentIndex())
        if self.state() == QAbstractItemView.State.EditingState:
            self.commitData(editor)

    @override
    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        at = self.currentIndex()
        is_given = bool(at.data())
        super().closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        if hint != QAbstractItemDelegate.EndEditHint.NoHint:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not self.hasFocus():  # the question was left out of an open cell, which nobody else watches
            QApplication.sendEvent(self, QFocusEvent(QEvent.Type.FocusOut, Qt.FocusReason.OtherFocusReason))
        if hint == QAbstractItemDelegate.EndEditHint.SubmitModelCache and is_given:
            self.go_to(at.row() + (1 if at.column() else 0), 0 if at.column() else 1, edits=True)
        elif hint == QAbstractItemDelegate.EndEditHint.EditNextItem:
            is_last = at.column() == self._points.columnCount() - 1
            self.go_to(at.row() + is_last, 0 if is_last else at.column() + 1, edits=True)
        elif hint == QAbstractItemDelegate.EndEditHint.EditPreviousItem and (at.row() or at.column()):
            is_first = at.column() == 0
            self.go_to(
                at.row() - is_first, self._points.columnCount() - 1 if is_first else at.column() - 1, edits=True
            )

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._handle(event):
            modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            is_held = bool(modifiers & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier))
            if is_held or event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                event.ignore()  # they lead to other questions
            else:
                super().keyPressEvent(event)

    def _handle(self, event: QKeyEvent) -> bool:
        """Whether the key changed the list of points."""
        if self._points.is_locked:
            return False
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste_wanted.emit()
        elif steps is not None and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.shift(steps)
        elif event.key() == Qt.Key.Key_Insert:
            self.insert_before()
        elif event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.remove_current()
        else:
            return False
        event.accept()
        return True

    def insert_before(self) -> None:
        """Opens an empty point before the current one."""
        row = self.row
        self._points.insert_empty(row)
        self.go_to(row, edits=True)

    def remove_current(self) -> None:
        """Removes the current point."""
        row, column = self.row, max(self.currentIndex().column(), 0)
        if self._points.remove(row):
            self.go_to(row, column)

    def shift(self, steps: int) -> None:
        """Moves the current point."""
        row, column = self.row, max(self.currentIndex().column(), 0)
        if self._points.move(row, steps):
            self.go_to(row + steps, column)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus() and self.verticalScrollBar().maximum():
            super().wheelEvent(event)
        else:
            event.ignore()
