"""The list of problems after a check: each line leads to its question."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.buttons import IconButton
from roadmapdesk.desktop.widgets.labels import Text
from roadmapdesk.desktop.widgets.panel import rule
from roadmapdesk.i18n import gettext as _
from roadmapdesk.i18n import ngettext

Index = QModelIndex | QPersistentModelIndex
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)


_PLACE = 0.62
"""Share of a line that the question takes at most."""
_SHARE = 0.4
"""Share of the window's height that the list takes at most."""


@dataclass(frozen=True, slots=True)
class ShownProblem:
    """One line of the list: the question as people call it, and what is wrong."""

    ref: str
    place: str
    sentence: str


class _ProblemsModel(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.problems: tuple[ShownProblem, ...] = ()

    def show(self, problems: Sequence[ShownProblem]) -> None:
        self.beginResetModel()
        self.problems = tuple(problems)
        self.endResetModel()

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 — the signature that Qt asks for
        return 0 if parent.isValid() else len(self.problems)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if index.isValid() and role in {
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.AccessibleTextRole,
            Qt.ItemDataRole.ToolTipRole,
        }:
            problem = self.problems[index.row()]
            return f"{problem.place}: {problem.sentence}"
        return None


class _ProblemDelegate(QStyledItemDelegate):
    def __init__(self, *, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, problem_height(self._theme))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = self._theme
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        model = index.model()
        if not isinstance(model, _ProblemsModel):
            return
        problem = model.problems[index.row()]
        painter.save()
        if state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            painter.fillRect(rect, theme.colour("selection"))
        side = theme.px(16)
        device = painter.device()
        pixmap = theme.icon_pixmap("circle-alert", 16, "error", device.devicePixelRatioF())
        line = QRect(rect.left(), rect.top(), rect.width(), theme.height("list_row"))
        painter.drawPixmap(rect.left() + 24, line.center().y() - side // 2, pixmap)
        line.adjust(24 + side + 8, 0, -12, 0)
        painter.setFont(theme.font("body", is_bold=True))
        painter.setPen(theme.colour("link"))
        most = line.width() if theme.is_wide_text else round(line.width() * _PLACE)
        place = painter.fontMetrics().elidedText(problem.place, Qt.TextElideMode.ElideRight, most)
        width = painter.fontMetrics().horizontalAdvance(place)
        painter.drawText(QRect(line.left(), line.top(), width + 4, line.height()), _LEFT, place)
        painter.setFont(theme.font("body"))
        painter.setPen(theme.colour("text"))
        if theme.is_wide_text:
            line.translate(0, line.height())
        else:
            line.setLeft(line.left() + width + 12)
        text = painter.fontMetrics().elidedText(problem.sentence, Qt.TextElideMode.ElideRight, line.width())
        painter.drawText(line, _LEFT, text)
        painter.restore()


def problem_height(theme: Theme) -> int:
    """Height of one problem: in large text the sentence stands below its question."""
    return theme.height("list_row") * (2 if theme.is_wide_text else 1)


class ProblemsPanel(QWidget):
    """Below the questions while problems are open.

    Attributes:
        question_wanted: with the ref of the question of a problem.
    """

    question_wanted = Signal(str)

    def __init__(self, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("problems_panel")
        self._theme = theme
        self._title = Text("", type_style="strong", parent=self)
        self._close = IconButton("x", theme=theme, parent=self)
        self._close.clicked.connect(self.hide)
        self._model = _ProblemsModel(self)
        self._list = QListView(self)
        self._list.setObjectName("problems_list")
        self._list.setModel(self._model)
        self._list.setItemDelegate(_ProblemDelegate(theme=theme, parent=self))
        self._list.setMouseTracking(True)
        self._list.setUniformItemSizes(True)
        self._list.clicked.connect(self._on_index_chosen)
        self._list.activated.connect(self._on_index_chosen)
        head = QHBoxLayout()
        head.setContentsMargins(24, 6, 12, 2)
        head.addWidget(self._title, 1)
        head.addWidget(self._close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(rule(parent=self))
        layout.addLayout(head)
        layout.addWidget(self._list)
        theme.changed.connect(self._fit)
        self.hide()

    def show_problems(self, problems: Sequence[ShownProblem], *, remarks: Sequence[str] = ()) -> None:
        """Shows what stands against finalising, or goes away where nothing does."""
        self._close.set_name(_("Close the list of problems"))
        count = ngettext("{n} problem", "{n} problems", len(problems)).format(n=len(problems))
        self._title.setText(" · ".join([count, *remarks]))
        self._list.setAccessibleName(_("Problems of this interview"))
        self._model.show(problems)
        self._fit()
        self.setVisible(bool(problems))

    def _fit(self) -> None:
        """Shows some lines and leaves the larger part of the window to the questions."""
        height = problem_height(self._theme)
        most = max(1 if self._theme.is_wide_text else 2, min(5, round(self.window().height() * _SHARE) // height - 2))
        self._list.setFixedHeight(min(max(len(self._model.problems), 1), most) * height + 4)

    def _on_index_chosen(self, index: QModelIndex) -> None:
        self.question_wanted.emit(self._model.problems[index.row()].ref)
