"""What a person looks at stays where it is while rows appear above it."""

from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, QPoint, Slot
from PySide6.QtWidgets import QScrollArea

from roadmapdesk.desktop.interview.question_row import QuestionRow, is_in_sight


class Anchor(QObject):
    """Holds one row of a page at its height on the screen.

    Args:
        page: what scrolls.
        rows: the rows that have appeared so far.
        settle: has the layout take its new height at once.
    """

    def __init__(
        self, page: QScrollArea, *, rows: Callable[[], Iterator[QuestionRow]], settle: Callable[[], None]
    ) -> None:
        super().__init__(page)
        self._page = page
        self._rows = rows
        self._settle = settle
        self._row: QuestionRow | None = None
        self._y = 0
        self._scrolled = 0

    def hold(self, row: QuestionRow | None, y: int) -> None:
        """Holds this row `y` pixels below the upper edge."""
        self._row, self._y = row, y

    def release(self) -> None:
        """Holds nothing; the next slice chooses the first row on the screen."""
        self._row = None

    def holds(self, row: QuestionRow) -> bool:
        """Whether this row is held."""
        return self._row is row

    @Slot()
    def choose(self) -> None:
        """Before rows appear: another row where the held one is gone, or where a person scrolled meanwhile."""
        has_scrolled = self._scrolled != self._page.verticalScrollBar().value()
        if self._row is None or self._row.isHidden() or has_scrolled:
            self._row = next((row for row in self._rows() if is_in_sight(row)), None)
            if self._row is not None:
                self._y = self._height_of(self._row)

    @Slot()
    def restore(self) -> None:
        """After rows appeared: scrolls so that the held row stands where it stood."""
        bar = self._page.verticalScrollBar()
        if self._row is not None:
            self._settle()
            bar.setValue(bar.value() + self._height_of(self._row) - self._y)
        self._scrolled = bar.value()

    def _height_of(self, row: QuestionRow) -> int:
        return row.mapTo(self._page.viewport(), QPoint()).y()
