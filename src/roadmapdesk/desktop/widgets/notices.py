"""What a page says about itself: a message with one way out, an empty state, and progress with Cancel."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.buttons import Button, IconButton
from roadmapdesk.desktop.widgets.labels import IconLabel, Text
from roadmapdesk.i18n import gettext as _

_KINDS = {
    "error": ("circle-alert", "error", "error_soft"),
    "warning": ("triangle-alert", "warning", "warning_soft"),
    "ok": ("circle-check", "ok", "ok_soft"),
    "info": ("info", "info", "accent_soft"),
}


Said = str | Callable[[], str]
"""A sentence: what gives it in the present language, or the sentence itself where it knows no other one, such as the
title of a questionnaire or a form's own wording."""


@dataclass(frozen=True, slots=True)
class _Message:
    """What a strip says, kept to be said again in another language."""

    title: Said
    text: Said
    action: Said


class MessageBar(QWidget):
    """A strip that says one thing and offers one way out; it stays until it no longer holds.

    Args:
        theme: the look.
        can_close: whether a person may put it away.

    Attributes:
        action_requested: the button was pressed.
        closed: a person put it away.
    """

    action_requested = Signal()
    closed = Signal()

    def __init__(self, *, theme: Theme, can_close: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._ground = "accent_soft"
        self._outline = "info"
        self._message = _Message("", "", "")
        self._icon = IconLabel("info", theme=theme, size=20, parent=self)
        self._title = Text("", type_style="strong", parent=self)
        self._text = Text("", parent=self)
        self._action = Button("", theme=theme, parent=self)
        self._action.clicked.connect(self.action_requested)
        self._close = IconButton("x", _("Close message"), theme=theme, parent=self)
        self._close.setVisible(can_close)
        self._close.clicked.connect(self._on_close_clicked)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(self._text)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.space("l"), theme.space("m"), theme.space("l"), theme.space("m"))
        layout.setSpacing(theme.space("m"))
        layout.addWidget(self._icon)
        layout.addLayout(words, 1)
        layout.addWidget(self._action)
        layout.addWidget(self._close)
        self.hide()

    def say(self, kind: str, title: Said, text: Said = "", *, action: Said = "", icon: str | None = None) -> None:
        """Shows the strip.

        Args:
            kind: ``error``, ``warning``, ``ok`` or ``info``.
            title: what happened.
            text: what is safe and what to do.
            action: verb of the button; none when empty.
            icon: another icon than the kind's own.
        """
        usual, ink, self._ground = _KINDS[kind]
        self._outline = ink
        self._icon.set_icon(icon or usual, ink)
        self._message = _Message(title, text, action)
        self._fill()
        self.show()
        self.update()

    def _fill(self) -> None:
        message = self._message
        title, text, action = _words(message.title), _words(message.text), _words(message.action)
        self._title.setText(title)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self._action.setText(action)
        self._action.setVisible(bool(action))
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)

    def retranslate(self) -> None:
        """Says what it says again in the present language."""
        self._close.set_name(_("Close message"))
        if not self.isHidden():
            self._fill()

    @override
    def sizeHint(self) -> QSize:
        """As high as the wrapped words need at the present width, which Qt's own hint does not know."""
        hint = super().sizeHint()
        return QSize(hint.width(), max(hint.height(), self.heightForWidth(self.width())))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.updateGeometry()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.colour(self._outline), 1))
        painter.setBrush(self._theme.colour(self._ground))
        radius = self._theme.radius("panel")
        painter.drawRoundedRect(self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        painter.end()

    def _on_close_clicked(self) -> None:
        self.hide()
        self.closed.emit()


def _words(said: Said) -> str:
    return said if isinstance(said, str) else said()


class EmptyState(QWidget):
    """One sentence about what will appear here and the one action that fills it.

    Attributes:
        action_requested: the button was pressed.
    """

    action_requested = Signal()

    def __init__(self, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sentence = Text("", tone="muted", parent=self)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._sentence.setMaximumWidth(theme.px(520))
        self._action = Button("", theme=theme, parent=self)
        self._action.clicked.connect(self.action_requested)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.space("xl"), theme.space("xxl"), theme.space("xl"), theme.space("xxl"))
        layout.setSpacing(theme.space("m"))
        layout.addStretch(1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._sentence, 4)
        row.addStretch(1)
        layout.addLayout(row)
        layout.addWidget(self._action, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(2)

    def set_texts(self, sentence: str, action: str = "") -> None:
        """Sets the sentence and the verb; without a verb there is no button."""
        self._sentence.setText(sentence)
        self._action.setText(action)
        self._action.setVisible(bool(action))


class ProgressStrip(QWidget):
    """Words, a bar and Cancel in the place where the result will appear.

    Args:
        theme: the look.
        can_cancel: False for work that cannot stop half-way.

    Attributes:
        cancel_requested: a person wants the work to stop.
    """

    cancel_requested = Signal()

    def __init__(self, *, theme: Theme, can_cancel: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = Text("", wraps=False, parent=self)
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self._cancel = Button(_("Cancel"), theme=theme, parent=self)
        self._cancel.setVisible(can_cancel)
        self._cancel.clicked.connect(self._on_cancel_clicked)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 3, 3, 3)
        layout.setSpacing(theme.space("m"))
        layout.addWidget(self._words)
        layout.addWidget(self._bar, 1)
        layout.addWidget(self._cancel)
        self.hide()

    def begin(self, words: str) -> None:
        """Appears with words; the bar is undecided until the first `advance`."""
        self._words.setText(words)
        self._bar.setRange(0, 0)
        self._bar.setAccessibleName(words)
        self._cancel.setText(_("Cancel"))
        self._cancel.setEnabled(True)
        self.show()

    def advance(self, done: int, total: int) -> None:
        """Moves the bar."""
        self._bar.setRange(0, max(total, 1))
        self._bar.setValue(done)

    def end(self) -> None:
        """Goes away."""
        self.hide()

    def _on_cancel_clicked(self) -> None:
        self._cancel.setEnabled(False)
        self._cancel.setText(_("Stopping …"))
        self.cancel_requested.emit()
