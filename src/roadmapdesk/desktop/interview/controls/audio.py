"""Sound as an answer: recorded where there is a microphone, else a file; played where it stands."""

from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from roadmapdesk.desktop.interview.controls.attachment import AttachmentField
from roadmapdesk.desktop.media.strip import NO_SOUND, RecordingStrip, SoundState, SoundView
from roadmapdesk.desktop.media.words import clock_words
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.buttons import Button
from roadmapdesk.i18n import gettext as _
from roadmapdesk.workspace.wording import plain


class AudioField(AttachmentField):
    """A sound file with a recorder and a player.

    The page tells by `show_sound` what the microphone does; without a word from it there is no recorder, as in the
    trial of a form. `media_wanted` carries the recorder's commands and ``play`` and ``halt`` as well.
    """

    def __init__(self, *, theme: Theme, parent: QWidget | None = None) -> None:
        self.play = Button("", theme=theme, icon="play")
        self.strip = RecordingStrip(theme=theme)
        self._is_playing = False
        super().__init__(theme=theme, parent=parent)
        self.play.clicked.connect(lambda: self.media_wanted.emit("halt" if self._is_playing else "play"))
        self.strip.command_given.connect(self.media_wanted)

    @override
    def _build(self) -> None:
        super()._build()
        layout = self.layout()
        if isinstance(layout, QVBoxLayout):
            self.strip.setContentsMargins(-3, 0, -3, 0)  # in line with the buttons below it
            layout.insertWidget(0, self.strip)

    @override
    def _all_buttons(self) -> tuple[Button, ...]:
        return (self.play, self.choose, self.open, self.copy, self.remove)

    @override
    def inputs(self) -> tuple[QWidget, ...]:
        return (*self.strip.buttons(), *self._all_buttons())

    @override
    def take_focus(self) -> None:
        for button in (*self.strip.buttons(), *self._all_buttons()):
            if button.isEnabled() and not button.isHidden():
                button.setFocus()
                return

    def show_sound(self, view: SoundView) -> None:
        """Shows what the microphone does for this question."""
        self.strip.show_sound(view if not self.view.is_readonly else NO_SOUND)
        is_running = view.state in {SoundState.RECORDING, SoundState.PAUSED, SoundState.STORING}
        for button in (self.choose, self.remove):
            button.setEnabled(not is_running and not self.view.is_readonly)

    def show_playing(self, seconds: float | None, length: float = 0.0) -> None:
        """Shows how far the sound is played; None when it is not being played."""
        is_playing = seconds is not None
        if is_playing != self._is_playing:
            self._is_playing = is_playing
            self._show_play()
        if seconds is not None:
            self._caption.setText(f"{clock_words(seconds)} / {clock_words(length)}")
        elif self.shown is not None:
            self._caption.setText(self.shown.caption)

    @override
    def _show_shown(self) -> None:
        super()._show_shown()
        shown = self.shown
        self.play.setVisible(shown is not None and shown.is_sound and not shown.problem)
        self._show_play()

    def _show_play(self) -> None:
        self.play.setText(_("Stop playing") if self._is_playing else _("Play"))
        self.play.set_icon("square" if self._is_playing else "play")
        self._name_inputs()

    @override
    def _name_inputs(self) -> None:
        super()._name_inputs()
        self.strip.set_subject(plain(self.view.label) or self.view.name)
