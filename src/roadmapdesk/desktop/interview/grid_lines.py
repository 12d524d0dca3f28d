"""Questions that share rows, as forms in the style ``theme-grid`` ask for with ``w1`` to ``w12``."""

from bisect import bisect

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayoutItem, QVBoxLayout, QWidget
from typing_extensions import override

from roadmapdesk.desktop.interview.section_slots import Slot
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.held_items import HeldItems
from roadmapdesk.desktop.widgets.labels import WRAPPING

NARROWEST = 180  # pixels below which a question is not pressed; the row breaks instead


class GridLines(QWidget):
    """A run of questions side by side, each with its share of the row; rows break where room is short.

    Args:
        theme: the look.
    """

    def __init__(self, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = _Lines(self, theme=theme)
        self.setSizePolicy(WRAPPING)

    def insert(self, place: int, share: float, widget: QWidget) -> None:
        """Adds a question.

        Args:
            place: of the question on the page; questions stand in the order of their places.
            share: part of the row, 0 to 1.
            widget: the question.
        """
        self._layout.insert(place, share, widget)


class _Lines(HeldItems):
    """The cells of a line take their shares, the last one of a line the rest; all are as high as the highest."""

    def __init__(self, parent: QWidget, *, theme: Theme) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shares: list[float] = []
        self._places: list[int] = []

    def insert(self, place: int, share: float, widget: QWidget) -> None:
        at = bisect(self._places, place)
        self._places.insert(at, place)
        self._shares.insert(at, share)
        self.addWidget(widget)
        self._items.insert(at, self._items.pop())

    @override
    def takeAt(self, index: int) -> QLayoutItem | None:
        taken = super().takeAt(index)
        if taken is not None:
            del self._places[index], self._shares[index]
        return taken

    @override
    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation.Horizontal

    @override
    def heightForWidth(self, width: int) -> int:
        return sum(_height(line) for line in self._lines(width))

    @override
    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        y = rect.y()
        for line in self._lines(rect.width()):
            x, height = rect.x(), _height(line)
            for item, width in line:
                item.setGeometry(QRect(x, y, width, height))
                x += width
            y += height

    @override
    def sizeHint(self) -> QSize:
        widest = max((item.sizeHint().width() for item in self._items if not item.isEmpty()), default=0)
        return QSize(widest, self.heightForWidth(max(widest, self.geometry().width())))

    @override
    def minimumSize(self) -> QSize:
        widest = max((item.minimumSize().width() for item in self._items if not item.isEmpty()), default=0)
        return QSize(widest, 0)

    def _lines(self, room: int) -> list[list[tuple[QLayoutItem, int]]]:
        """The questions of each line that are asked now, with their widths in pixels."""
        lines: list[list[tuple[QLayoutItem, int]]] = []
        left = 0
        for item, share in zip(self._items, self._shares, strict=True):
            if item.isEmpty():
                continue
            narrowest = max(self._theme.px(NARROWEST), item.minimumSize().width())
            width = min(max(int(room * share), narrowest), room)
            if not lines or width > left:
                lines.append([])
                left = room
            lines[-1].append((item, width))
            left -= width
        for line in lines:
            item, width = line[-1]
            line[-1] = (item, width + room - sum(each for _item, each in line))
        return lines


def _height(line: list[tuple[QLayoutItem, int]]) -> int:
    return max(
        item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height() for item, width in line
    )


class Placing:
    """Puts what a page shows into its column, in the order of the places; cells of one run into lines.

    Args:
        slots: the places of the page.
        column: the column; it ends with a stretch.
        theme: the look.
    """

    def __init__(self, slots: tuple[Slot, ...], column: QVBoxLayout, *, theme: Theme) -> None:
        self._slots = slots
        self._column = column
        self._theme = theme
        self._runs: dict[int, GridLines] = {}
        self._standing: list[int] = []

    def insert(self, place: int, widget: QWidget) -> None:
        """Puts a widget, a child of the column's widget, at its place."""
        slot = self._slots[place]
        if not slot.run:
            self._stand(place, widget)
            return
        lines = self._runs.get(slot.run)
        if lines is None:
            lines = self._runs[slot.run] = GridLines(theme=self._theme, parent=widget.parentWidget())
            self._stand(place, lines)
            lines.setVisible(True)
        lines.insert(place, slot.share, widget)

    def _stand(self, place: int, widget: QWidget) -> None:
        """Puts a widget into the column below those of earlier places; the cells of a run follow one another."""
        at = bisect(self._standing, place)
        self._standing.insert(at, place)
        self._column.insertWidget(at, widget)
