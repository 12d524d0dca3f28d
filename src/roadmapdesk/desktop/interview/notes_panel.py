"""Notes of the interviewer: the input on top, below it what was noted, newest first, each tied to its question."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from roadmapdesk.desktop.commands import native
from roadmapdesk.desktop.interview.controls.line import clean_typed
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.buttons import Button, IconButton
from roadmapdesk.desktop.widgets.chips import KeyCap
from roadmapdesk.desktop.widgets.labels import Text
from roadmapdesk.desktop.widgets.panel import rule
from roadmapdesk.i18n import current_language
from roadmapdesk.i18n import gettext as _

LONGEST = 10_000
"""Characters that a note holds; what is longer belongs into an answer or a file."""


@dataclass(frozen=True, slots=True)
class ShownNote:
    """One note as the panel shows it.

    Attributes:
        key: what the note is stored under.
        ref: the question it belongs to.
        place: how people call the question, such as its code.
    """

    key: str
    ref: str
    place: str
    text: str
    at: datetime


class NoteInput(QPlainTextEdit):
    """Where a note is written: Ctrl+Enter keeps it, Esc goes back to the question.

    Attributes:
        kept: the text is complete.
        left_by_key: Esc was pressed.
    """

    kept = Signal()
    left_by_key = Signal()

    @override
    def insertFromMimeData(self, source: QMimeData) -> None:
        """Takes pasted words without control characters, and no more of them than a note holds."""
        text = clean_typed(source.text()[: 2 * LONGEST], keeps_lines=True)
        self.insertPlainText(text[: max(LONGEST - len(self.toPlainText()), 0)])

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_held = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers() & _SHIFT:
            self.kept.emit()
        elif event.key() == Qt.Key.Key_Escape and not is_held:
            self.left_by_key.emit()
        else:
            super().keyPressEvent(event)


_SHIFT = Qt.KeyboardModifier.ShiftModifier


class NotesPanel(QWidget):
    """The column at the right.

    Attributes:
        note_written: (ref, text) — a new note.
        note_removed: with the key of a note.
        question_wanted: with the ref of the question of a note.
        return_wanted: the focus shall go back to the question.
    """

    note_written = Signal(str, str)
    note_removed = Signal(str)
    question_wanted = Signal(str)
    return_wanted = Signal()

    def __init__(self, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notes_panel")
        self._theme = theme
        self._ref = ""
        self._title = Text("", type_style="heading", wraps=False, parent=self)
        self._key = KeyCap("", theme=theme, parent=self)
        self._input = NoteInput(self)
        self._input.setObjectName("note_input")
        self._input.setTabChangesFocus(True)
        self._input.setFixedHeight(theme.px(62))
        self._input.kept.connect(self._keep)
        self._input.left_by_key.connect(self.return_wanted)
        self._warning = Text("", type_style="caption", tone="muted", parent=self)
        self._list = QScrollArea(self)
        self._list.setWidgetResizable(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._key)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 12, 14, 0)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self._input)
        layout.addWidget(self._warning)
        layout.addWidget(self._list, 1)
        theme.changed.connect(self._fit)
        self.retranslate()

    def _fit(self) -> None:
        self._input.setFixedHeight(self._theme.px(62))

    def retranslate(self) -> None:
        """Says everything again in the present language."""
        self._title.setText(_("Notes"))
        self._key.set_text(native("Ctrl+M"))
        self._input.setAccessibleName(_("Note on the current question"))
        self._warning.setText(_("No names, no trade secrets. Enter keeps the note."))

    def show_question(self, ref: str, place: str) -> None:
        """Names the question that a new note will belong to."""
        if not self._input.toPlainText().strip():
            self._ref = ref
            self._input.setPlaceholderText(
                (_("Note on {place}") if "…" in place else _("Note on {place} …")).format(place=place)
                if place
                else _("Note …")
            )
            self._input.viewport().update()  # Qt paints another placeholder only with the next change of the text

    def take_focus(self) -> None:
        """Puts the cursor into the input."""
        self._input.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_notes(self, notes: Sequence[ShownNote], *, is_open: bool) -> None:
        """Shows the notes, newest first."""
        self._input.setEnabled(is_open)
        body = QFrame()
        body.setProperty("panel", "ground")
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 4, 12)
        column.setSpacing(8)
        for note in sorted(notes, key=lambda note: note.at, reverse=True):
            column.addWidget(rule(parent=body))
            column.addWidget(self._entry(note, body, is_open=is_open))
        column.addStretch(1)
        self._list.setWidget(body)

    def _entry(self, note: ShownNote, parent: QWidget, *, is_open: bool) -> QWidget:
        entry = QWidget(parent)
        at = note.at.astimezone()
        is_today = at.date() == datetime.now().astimezone().date()
        stamp = f"{at:%H:%M}" if is_today else current_language().date_time(at)
        time = Text(stamp, type_style="caption", tone="muted", wraps=False, parent=entry)
        link = Button(note.place or _("Question"), theme=self._theme, variant="link", parent=entry)
        link.setAccessibleName(_("Go to {place}").format(place=note.place))
        link.clicked.connect(lambda: self.question_wanted.emit(note.ref))
        remove = IconButton("x", _("Remove note"), theme=self._theme, parent=entry)
        remove.clicked.connect(lambda: self.note_removed.emit(note.key))
        remove.setVisible(is_open)
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(time)
        head.addWidget(link)
        head.addStretch(1)
        head.addWidget(remove)
        text = Text(note.text, parent=entry)
        column = QVBoxLayout(entry)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(text)
        return entry

    def _keep(self) -> None:
        text = clean_typed(self._input.toPlainText(), keeps_lines=True).strip()[:LONGEST]
        if text and self._ref:
            self._input.clear()
            self.note_written.emit(self._ref, text)
        self.return_wanted.emit()
