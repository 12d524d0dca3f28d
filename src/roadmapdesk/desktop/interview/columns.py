"""The three columns of the interview page: sections, questions, notes."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from roadmapdesk.desktop.settings import Settings
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.buttons import Button

NOTES_FROM = 1180
"""Width of the page from which the notes stand beside the questions by themselves."""

_USUAL = 1278
"""Width of the page on a small laptop; what a larger screen has beyond it is shared."""
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

    Attributes:
        notes_button: below the sections while the notes are folded away; shows and hides them.
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
        left = QWidget(self)
        self.notes_button = Button("", theme=theme, variant="flat", icon="sticky-note", parent=left)
        self.notes_button.setObjectName("show_notes")
        self.notes_button.setCheckable(True)
        self.notes_button.clicked.connect(self._on_notes_button_clicked)
        below = QVBoxLayout(left)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(0)
        below.addWidget(sections, 1)
        below.addWidget(self.notes_button)
        for widget, minimum in ((left, 220), (centre, 560), (notes, 200)):
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
        spare = max(self.width() - _USUAL, 0)
        sections = min(round(_SECTIONS * (1 + (self._theme.factor - 1) * 0.7)) + round(spare * 0.2), _WIDEST)
        notes = _NOTES + min(round(spare * 0.15), _NOTES // 2)
        self.setSizes([sections, max(self.width() - sections - notes, 560), notes])

    def fit_anew(self) -> None:
        """Follows another width of the page; what a person dragged stays."""
        self.fold()
        if self._settings.blob(self._state_name()).isEmpty():
            self.fit()

    def fold(self) -> None:
        """Shows the notes where there is room, or where a person asked for them."""
        has_room = self._has_room()
        self._notes.setVisible(has_room or self.wants_notes)
        self.notes_button.setVisible(not has_room)
        self.notes_button.setChecked(self.wants_notes)

    def show_notes(self) -> None:
        """Shows the notes, whatever room there is."""
        self.wants_notes = True
        self.fold()

    def hide_notes(self) -> None:
        """Folds the notes away again where room is short."""
        self.wants_notes = False
        self.fold()

    def _has_room(self) -> bool:
        return self.width() >= NOTES_FROM and not self._theme.is_wide_text

    def _on_notes_button_clicked(self) -> None:
        self.wants_notes = self.notes_button.isChecked()
        self.fold()

    def _on_theme_changed(self) -> None:
        self.fold()
        self.fit()

    def _on_splitter_moved(self, _position: int, _handle: int) -> None:
        self._settings.set_blob(self._state_name(), self.saveState())

    def _state_name(self) -> str:
        return f"interview_columns_{round(self._theme.factor * 100)}"
