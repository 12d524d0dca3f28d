"""The strip of a recording: record, pause, stop, discard, how long it is and how loud."""

from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from roadmapdesk.desktop.media.words import clock_words
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.buttons import Button
from roadmapdesk.desktop.widgets.flow import FlowLayout
from roadmapdesk.desktop.widgets.labels import IconLabel, Text
from roadmapdesk.i18n import current_language
from roadmapdesk.i18n import gettext as _


class SoundState(Enum):
    """What may be done with the microphone at one place."""

    ABSENT = auto()
    READY = auto()
    LOCKED = auto()
    RECORDING = auto()
    PAUSED = auto()
    STORING = auto()


@dataclass(frozen=True, slots=True)
class SoundView:
    """What a strip shows.

    Attributes:
        sentence: why recording is locked, or what is wrong with the sound.
        seconds: how much was recorded.
        level: how loud it is now, 0 to 1.
    """

    state: SoundState
    sentence: str = ""
    seconds: float = 0.0
    level: float = 0.0


NO_SOUND = SoundView(SoundState.ABSENT)


class LevelMeter(QWidget):
    """A bar as long as the sound is loud; the time beside it tells the same by moving."""

    def __init__(self, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._level = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_level(self, level: float) -> None:
        """Shows a level from 0 to 1."""
        if level != self._level:
            self._level = level
            self.setAccessibleDescription(current_language().percent(level))
            self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(120), self._theme.px(10))

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        radius = box.height() / 2
        painter.setPen(self._theme.colour("border_strong"))
        painter.setBrush(self._theme.colour("sunken"))
        painter.drawRoundedRect(box, radius, radius)
        filled = box.adjusted(1, 1, -1, -1)
        filled.setWidth(filled.width() * self._level)
        if filled.width() >= 1:
            painter.setPen(self._theme.colour("accent"))
            painter.setBrush(self._theme.colour("accent"))
            painter.drawRoundedRect(filled, min(radius, filled.width() / 2), radius)
        painter.end()


class RecordingStrip(QWidget):
    """The buttons of one recording.

    Attributes:
        command_given: ``record``, ``pause``, ``continue``, ``stop`` or ``discard``.
    """

    command_given = Signal(str)

    def __init__(self, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("recording_strip")
        self._theme = theme
        self._view = NO_SOUND
        self._name = ""
        self._mark = IconLabel("mic", theme=theme, size=18, parent=self)
        self._time = Text("", type_style="strong", wraps=False, parent=self)
        self._level = LevelMeter(theme=theme, parent=self)
        self.record = Button("", theme=theme, icon="mic", parent=self)
        self.pause = Button("", theme=theme, icon="pause", parent=self)
        self.stop = Button("", theme=theme, variant="primary", icon="square", parent=self)
        self.discard = Button("", theme=theme, variant="flat", icon="trash-2", parent=self)
        self._sentence = Text("", type_style="caption", tone="muted", parent=self)
        self.record.clicked.connect(lambda: self.command_given.emit("record"))
        self.pause.clicked.connect(self._on_pause_clicked)
        self.stop.clicked.connect(lambda: self.command_given.emit("stop"))
        self.discard.clicked.connect(lambda: self.command_given.emit("discard"))
        row = FlowLayout(gap=8)
        for widget in (self.record, self._mark, self._time, self._level, self.pause, self.stop, self.discard):
            row.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3, 3, 3, 3)  # room for the mark of the focus
        layout.setSpacing(4)
        layout.addLayout(row)
        layout.addWidget(self._sentence)
        self.show_sound(NO_SOUND)

    @property
    def view(self) -> SoundView:
        """What is shown now."""
        return self._view

    def set_subject(self, name: str) -> None:
        """Says in the accessible names what is recorded."""
        self._name = name
        self._name_all()

    def buttons(self) -> tuple[Button, ...]:
        """The buttons, in visual order."""
        return (self.record, self.pause, self.stop, self.discard)

    def show_sound(self, view: SoundView) -> None:
        """Shows a state; called ten times a second while sound is recorded."""
        is_same = view.state is self._view.state and view.sentence == self._view.sentence
        self._view = view
        self._time.setText(clock_words(view.seconds))
        self._level.set_level(view.level)
        if not is_same or not self.record.text():
            self._show_state()

    def retranslate(self) -> None:
        """Says everything again in the present language."""
        self._show_state()

    def _show_state(self) -> None:
        state, sentence = self._view.state, self._view.sentence
        focused = next((button for button in self.buttons() if button.hasFocus()), None)
        is_running = state in {SoundState.RECORDING, SoundState.PAUSED}
        self.setVisible(state is not SoundState.ABSENT)
        self.record.setVisible(state in {SoundState.READY, SoundState.LOCKED})
        self.record.setEnabled(state is SoundState.READY)
        for widget in (self._mark, self._time, self._level, self.pause, self.stop, self.discard):
            widget.setVisible(is_running)
        self._mark.set_icon("mic" if state is SoundState.RECORDING else "pause", "error")
        self.record.setText(_("Record"))
        self.pause.setText(_("Pause") if state is SoundState.RECORDING else _("Continue"))
        self.pause.set_icon("pause" if state is SoundState.RECORDING else "mic")
        self.stop.setText(_("Stop and keep"))
        self.discard.setText(_("Discard …"))
        words = {
            SoundState.RECORDING: sentence or _("Recording …"),
            SoundState.PAUSED: sentence or _("The recording is paused; the microphone is off."),
            SoundState.STORING: sentence or _("The recording is being stored …"),
        }.get(state, sentence)
        self._sentence.setText(words)
        self._sentence.setVisible(bool(words))
        self._sentence.set_tone("warning" if is_running and sentence else "muted")
        self._name_all()
        if focused is not None and (focused.isHidden() or not focused.isEnabled()):
            self._keep_focus()

    def _keep_focus(self) -> None:
        """The focus goes from a button that disappears to the one that takes its place."""
        for button in (self.stop, self.record):
            if not button.isHidden() and button.isEnabled():
                button.setFocus()
                return

    def _name_all(self) -> None:
        for button in self.buttons():
            words = button.text()
            button.setAccessibleName(f"{self._name}: {words}" if self._name else words)
            button.setAccessibleDescription(self._view.sentence)
        self._level.setAccessibleName(_("Loudness"))

    def _on_pause_clicked(self) -> None:
        self.command_given.emit("pause" if self._view.state is SoundState.RECORDING else "continue")
