"""The list of sections: code, name, state and ``n/m`` answered, with stage cards as indented children."""

from collections.abc import Callable, Collection, Iterable

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from roadmapdesk.desktop.style import draw_focus_ring
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.chips import draw_badge
from roadmapdesk.i18n import gettext as _
from roadmapdesk.i18n import ngettext
from roadmapdesk.workspace.interview_pages import InterviewPages, Tally
from roadmapdesk.workspace.interview_sections import Section
from roadmapdesk.workspace.wording import Wording

Index = QModelIndex | QPersistentModelIndex
_ROLE = Qt.ItemDataRole.UserRole
_INDENT = 22
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)


class OutlineModel(QAbstractListModel):
    """The sections in order; each row hands out its `Section`, title and counts.

    Args:
        title: gives the title of a section in the present language.
    """

    def __init__(self, title: Callable[[Section], Wording], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = title
        self._pages: InterviewPages | None = None
        self._sections: tuple[Section, ...] = ()
        self._titles: list[Wording] = []
        self._tallies: list[Tally] = []

    def show_pages(self, pages: InterviewPages) -> None:
        """Shows all sections anew."""
        self.beginResetModel()
        self._pages = pages
        self._sections = pages.sections
        self._read()
        self.endResetModel()

    def update_pages(self, changed: Collection[str] | None = None) -> None:
        """Brings the rows up to date; rows are made anew only where the sections changed.

        Args:
            changed: refs that were answered or recalculated; None where every title may be another one.
        """
        if self._pages is None:
            return
        if self._pages.sections != self._sections:
            self.show_pages(self._pages)
            return
        for row, section in enumerate(self._sections):
            tally = self._pages.tally(section.key)
            is_same = changed is not None and not _is_touched(section, changed)
            title = self._titles[row] if is_same else self._title(section)
            if title != self._titles[row] or tally != self._tallies[row]:
                self._titles[row], self._tallies[row] = title, tally
                self.dataChanged.emit(self.index(row), self.index(row))

    def _read(self) -> None:
        if self._pages is not None:
            self._titles = [self._title(section) for section in self._sections]
            self._tallies = [self._pages.tally(section.key) for section in self._sections]

    def row_of(self, key: str) -> int:
        """The row of a section, -1 where it is not listed."""
        return next((row for row, section in enumerate(self._sections) if section.key == key), -1)

    def section(self, index: Index) -> Section | None:
        """The section of a row."""
        return self._sections[index.row()] if index.isValid() else None

    def title(self, index: Index) -> Wording:
        """Code and name of a row."""
        return self._titles[index.row()]

    def tally(self, index: Index) -> Tally:
        """The counts of a row."""
        return self._tallies[index.row()]

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 — the signature that Qt asks for
        return 0 if parent.isValid() else len(self._sections)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        if role == _ROLE:
            return self._sections[index.row()]
        title, tally = self._titles[index.row()], self._tallies[index.row()]
        name = f"{title.code} {title.short}".strip()
        if role == Qt.ItemDataRole.DisplayRole:
            return name
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{title.code} {title.text}".strip()
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return _sentence(name, tally)
        return None


def _is_touched(section: Section, changed: Collection[str]) -> bool:
    """Whether a title may be another one: a card is named by what stands in it."""
    if section.key in changed:
        return True
    inside = section.key + "/"
    return section.kind == "instance" and any(ref.startswith(inside) for ref in changed)


def _sentence(name: str, tally: Tally) -> str:
    """The whole row in words."""
    counts = _("{name}: {answered} of {asked} answered").format(name=name, answered=tally.answered, asked=tally.asked)
    if tally.problems:
        found = ngettext("{n} problem", "{n} problems", len(tally.problems)).format(n=len(tally.problems))
        return f"{counts}; {found}"
    return f"{counts}; {_('complete')}" if tally.is_complete else counts


class OutlineDelegate(QStyledItemDelegate):
    """Paints a row: code, name, check or badge, counts; bar and soft accent on the current one."""

    def __init__(self, *, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        metrics = QFontMetrics(self._theme.font("body"))
        return QSize(100, max(self._theme.px(27), metrics.height() + 6))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        if not isinstance(model, OutlineModel):
            return
        theme = self._theme
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        section, title, tally = model.section(index), model.title(index), model.tally(index)
        if section is None:
            return
        is_current = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        if is_current:
            painter.fillRect(rect, theme.colour("accent_soft"))
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), theme.colour("accent"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.colour("sunken"))
        right = self._paint_counts(painter, rect, tally, is_current=is_current)
        self._paint_name(painter, rect, right, section, title, tally, is_current=is_current)
        if state & QStyle.StateFlag.State_HasFocus:
            draw_focus_ring(painter, QRectF(rect).adjusted(3, 3, -3, -3), theme=theme)
        painter.restore()

    def _paint_counts(self, painter: QPainter, rect: QRect, tally: Tally, *, is_current: bool) -> int:
        """Counts and state at the right; returns where they begin."""
        theme = self._theme
        counts = f"{tally.answered}/{tally.asked}"
        font = theme.font("body", is_bold=is_current, is_tabular=True)
        font.setPixelSize(theme.px(14))
        metrics = QFontMetrics(font)
        width = max(metrics.horizontalAdvance("00/00"), metrics.horizontalAdvance(counts))
        left = rect.right() - 12 - width
        is_quiet = not tally.answered and not tally.problems
        painter.setFont(font)
        ink = "text_muted" if is_quiet else "accent" if is_current else "text"
        painter.setPen(theme.colour(ink))
        painter.drawText(QRect(left, rect.top(), width, rect.height()), _RIGHT, counts)
        if tally.problems:
            text = str(len(tally.problems))
            badge_width = (
                theme.px(14) + 14 + QFontMetrics(theme.font("caption", is_bold=True)).horizontalAdvance(text)
            )
            height = theme.px(20)
            box = QRectF(left - badge_width - 8, rect.center().y() - height / 2 + 1, badge_width, height)
            draw_badge(painter, box, "circle-alert", text, "error", theme=theme)
            return int(box.left()) - 6
        if tally.is_complete:
            side = theme.px(18)
            device = painter.device()
            ratio = device.devicePixelRatioF()
            pixmap = theme.icon_pixmap("circle-check", 18, "ok", ratio)
            painter.drawPixmap(left - side - 10, rect.center().y() - side // 2 + 1, pixmap)
            return left - side - 16
        return left - 8

    def _paint_name(
        self,
        painter: QPainter,
        rect: QRect,
        right: int,
        section: Section,
        title: Wording,
        tally: Tally,
        *,
        is_current: bool,
    ) -> None:
        theme = self._theme
        left = rect.left() + 16 + section.depth * _INDENT
        is_quiet = section.depth > 0 and not tally.answered
        painter.setFont(theme.font("body", is_bold=section.depth == 0 and not is_current))
        painter.setPen(theme.colour("accent" if is_current else "text_muted"))
        code_width = (
            max(theme.px(24), QFontMetrics(painter.font()).horizontalAdvance(title.code) + 8) if title.code else 0
        )
        painter.drawText(QRect(left, rect.top(), code_width, rect.height()), _LEFT, title.code)
        left += code_width
        font = theme.font("body", is_bold=is_current)
        painter.setFont(font)
        painter.setPen(theme.colour("text_muted" if is_quiet and not is_current else "text"))
        name = QFontMetrics(font).elidedText(title.short, Qt.TextElideMode.ElideRight, max(right - left, 10))
        painter.drawText(QRect(left, rect.top(), right - left, rect.height()), _LEFT, name)


class OutlineView(QListView):
    """The list itself: arrows move, Enter or a click opens the section.

    Attributes:
        section_chosen: with the key of the section.
    """

    section_chosen = Signal(str)

    def __init__(self, model: OutlineModel, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._outline = model
        self.setObjectName("section_list")
        self.setModel(model)
        self.setItemDelegate(OutlineDelegate(theme=theme, parent=self))
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.clicked.connect(self._on_index_chosen)
        self.activated.connect(self._on_index_chosen)
        theme.changed.connect(self.doItemsLayout)
        self.retranslate()

    def retranslate(self) -> None:
        """Names the list in the present language."""
        self.setAccessibleName(_("Sections"))

    def show_current(self, key: str) -> None:
        """Marks the section that is shown."""
        row = self._outline.row_of(key)
        if row >= 0 and self.currentIndex().row() != row:
            index = self._outline.index(row)
            self.setCurrentIndex(index)
            self.scrollTo(index)

    @override
    def dataChanged(self, topLeft: Index, bottomRight: Index, roles: Iterable[int] = ()) -> None:
        """Paints the changed rows only: a list view lays out and paints everything, and here all rows are alike."""
        QAbstractItemView.dataChanged(self, topLeft, bottomRight, list(roles))

    def _on_index_chosen(self, index: QModelIndex) -> None:
        section = self._outline.section(index)
        if section is not None:
            self.section_chosen.emit(section.key)
