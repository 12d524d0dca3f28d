"""The three columns of the interview page: sections, questions, notes."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from roadmapdesk.desktop.settings import Settings
from roadmapdesk.desktop.theme import Theme

NOTES_FROM = 1180
"""Width of the page from which the notes stand beside the questions by themselves."""

_SECTIONS = 264
_WIDEST = 460
_NOTES = 228


class Columns(QSplitter):
    """Gives each column the width that it needs; the questions take the rest.

    Args:
        sections: the left column.
        middle: what stands above, around and below the questions, from top to bottom.
        questions: the widget of `middle` that takes the height.
        notes: the right column, folded away where room is short.
        theme: the look.
        settings: remembers the widths that a person dragged, one set for each text size.
    """

    def __init__(
        self,
        *,
        sections: QWidget,
        middle: Sequence[QWidget],
        questions: QWidget,
        notes: QWidget,
        theme: Theme,
        settings: Settings,
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._theme = theme
        self._settings = settings
        self._notes = notes
        self.wants_notes = False
        centre = QWidget(self)
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in middle:
            column.addWidget(widget, 1 if widget is questions else 0)
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        for widget, minimum in ((sections, 220), (centre, 560), (notes, 200)):
            widget.setMinimumWidth(minimum)
            self.addWidget(widget)
        self.setStretchFactor(1, 1)
        theme.changed.connect(self._on_theme_changed)
        self.splitterMoved.connect(self._on_splitter_moved)
        self.fit()

    def fit(self) -> None:
        """Sets the widths as they were dragged at this text size, else as the content needs them."""
        kept = self._settings.blob(self._state_name())
        if not kept.isEmpty() and self.restoreState(kept):
            self.setHandleWidth(1)
            return
        sections = min(round(_SECTIONS * (1 + (self._theme.factor - 1) * 0.7)), _WIDEST)
        self.setSizes([sections, max(self.width() - sections - _NOTES, 560), _NOTES])

    def fold(self) -> None:
        """Shows the notes where there is room, or where a person asked for them."""
        has_room = self.width() >= NOTES_FROM and not self._theme.is_wide_text
        self._notes.setVisible(has_room or self.wants_notes)

    def _on_theme_changed(self) -> None:
        self.fold()
        self.fit()

    def _on_splitter_moved(self, _position: int, _handle: int) -> None:
        self._settings.set_blob(self._state_name(), self.saveState())

    def _state_name(self) -> str:
        return f"interview_columns_{round(self._theme.factor * 100)}"
