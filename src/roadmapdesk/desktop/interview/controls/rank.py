"""Rank: the choices in an order, moved by keys, buttons or dragging."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QMimeData, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QListView, QVBoxLayout, QWidget
from typing_extensions import override

from roadmapdesk.desktop.interview.controls.base import Control
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.buttons import Button, IconButton
from roadmapdesk.i18n import gettext as _
from roadmapdesk.workspace.wording import plain

_MIME = "application/x-roadmapdesk-rank"
Index = QModelIndex | QPersistentModelIndex


class RankModel(QAbstractListModel):
    """The choices in their present order."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._entries: list[tuple[str, str]] = []

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes in their order."""
        return tuple(code for code, _label in self._entries)

    def set_entries(self, entries: Sequence[tuple[str, str]]) -> None:
        """Shows pairs of code and label."""
        if list(entries) == self._entries:
            return
        self.beginResetModel()
        self._entries = list(entries)
        self.endResetModel()

    def move(self, row: int, target: int) -> bool:
        """Moves one entry to the place `target` of the list without it."""
        if row == target or not (0 <= row < len(self._entries) and 0 <= target < len(self._entries)):
            return False
        self.beginMoveRows(QModelIndex(), row, row, QModelIndex(), target + 1 if target > row else target)
        self._entries.insert(target, self._entries.pop(row))
        self.endMoveRows()
        self.dataChanged.emit(self.index(0), self.index(len(self._entries) - 1))
        return True

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 — the signature that Qt asks for
        return 0 if parent.isValid() else len(self._entries)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        label = self._entries[index.row()][1]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{index.row() + 1}.  {label}"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return _("Rank {rank} of {count}: {label}").format(
                rank=index.row() + 1, count=len(self._entries), label=label
            )
        return None

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled
        return flags if index.isValid() else Qt.ItemFlag.ItemIsDropEnabled

    @override
    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    @override
    def mimeTypes(self) -> list[str]:
        return [_MIME]

    @override
    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        data = QMimeData()
        data.setData(_MIME, str(indexes[0].row()).encode() if indexes else b"")
        return data

    @override
    def dropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index) -> bool:
        text = bytes(data.data(_MIME).data()).decode("ascii", "replace")
        if not text.isdigit():
            return False
        source = int(text)
        target = len(self._entries) if row < 0 else row
        self.move(source, target - 1 if target > source else target)
        return False  # the move is done; Qt must not remove the source row


class RankView(QListView):
    """The list itself; keys with Alt belong to the control, which moves the entry."""

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.AltModifier:
            event.ignore()
        else:
            super().keyPressEvent(event)


class RankList(Control):
    """An order. Alt+Up and Alt+Down move the marked entry; without an answer the button takes the shown order."""

    def __init__(self, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme=theme, parent=parent)
        self._model = RankModel(self)
        self._list = RankView(self)
        self._list.setModel(self._model)
        self._list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self._list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setObjectName("rank_list")
        self._model.rowsMoved.connect(self._on_rows_moved)
        self._up = IconButton("arrow-up", theme=theme, variant="secondary", parent=self)
        self._down = IconButton("arrow-down", theme=theme, variant="secondary", parent=self)
        self._up.clicked.connect(lambda: self._shift(-1))
        self._down.clicked.connect(lambda: self._shift(1))
        self._take = Button("", theme=theme, variant="compact", parent=self)
        self._take.clicked.connect(self._report)
        buttons = QVBoxLayout()
        buttons.addWidget(self._up)
        buttons.addWidget(self._down)
        buttons.addStretch(1)
        row = QHBoxLayout()
        row.addWidget(self._list, 1)
        row.addLayout(buttons)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3, 3, 3, 3)
        layout.addLayout(row)
        layout.addWidget(self._take, 0, Qt.AlignmentFlag.AlignLeft)
        theme.changed.connect(self._fit)

    @override
    def _repaint_view(self) -> None:
        view = self.view
        labels = {choice.value: plain(choice.label) for choice in view.choices}
        ranked = [code for code in view.text.split() if code in labels]
        order = ranked + [code for code in labels if code not in ranked]
        current = self._list.currentIndex().row()
        self._model.set_entries([(code, labels[code]) for code in order])
        if current < 0 and order:
            self._list.setCurrentIndex(self._model.index(0))
        for widget in (self._list, self._up, self._down, self._take):
            widget.setEnabled(not view.is_readonly)
        self._take.setText(_("Take this order"))
        self._take.setVisible(not view.text)
        self._fit()

    def _fit(self) -> None:
        hint = self._list.sizeHintForRow(0)
        height = max(hint, self._theme.height("list_row")) * max(self._model.rowCount(), 1)
        self._list.setFixedHeight(height + 4)

    @override
    def inputs(self) -> tuple[QWidget, ...]:
        return (self._list, self._up, self._down, self._take)

    @override
    def accessible_value(self) -> str:
        labels = {choice.value: plain(choice.label) for choice in self.view.choices}
        return ", ".join(labels.get(code, code) for code in self.view.text.split())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        step = steps.get(Qt.Key(event.key()))
        if step is not None and event.modifiers() & Qt.KeyboardModifier.AltModifier and self._is_open():
            self._shift(step)
            event.accept()
            return
        super().keyPressEvent(event)

    @override
    def _name_inputs(self) -> None:
        question = plain(self.view.label) or self.view.name
        self._list.setAccessibleName(_("{question}: order").format(question=question))
        self._up.set_name(_("Move up"), "Alt+Up")
        self._down.set_name(_("Move down"), "Alt+Down")
        self._take.setAccessibleName(_("{question}: take this order").format(question=question))
        for widget in self.inputs():
            widget.setAccessibleDescription(self._description)

    def _shift(self, steps: int) -> None:
        row = self._list.currentIndex().row()
        if self._model.move(row, row + steps):
            self._list.setCurrentIndex(self._model.index(row + steps))

    def _on_rows_moved(self) -> None:
        self._report()

    def _report(self) -> None:
        self.answer_chosen.emit(" ".join(self._model.codes))
