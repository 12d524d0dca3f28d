"""Sound and films that a form gives to the wording of a question and of its choices: buttons that play them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.buttons import Button
from roadmapdesk.desktop.widgets.flow import FlowLayout
from roadmapdesk.desktop.widgets.labels import WRAPPING, Text
from roadmapdesk.i18n import gettext as _
from roadmapdesk.workspace.wording import plain
from roadmapdesk.xforms.session.view import NodeView

_MOST_CHOICES = 60
_FORMS = {False: "audio", True: "video"}


@dataclass(frozen=True, slots=True)
class Clip:
    """One sound or film of a form.

    Attributes:
        name: file name.
        is_film: it is shown by another program instead of played here.
        choice: label of the choice that it belongs to, empty for the question itself.
    """

    name: str
    is_film: bool
    choice: str = ""


def clips_of(view: NodeView) -> tuple[Clip, ...]:
    """The sounds and films of a question and of its choices, in their order."""
    return tuple(_clips(view))


def clip_at_entering(view: NodeView) -> Clip | None:
    """The sound or film of its wording that a question wants to begin by itself; None where it wants none."""
    wanted = view.parameters.get("autoplay", "").strip().lower()
    return next((clip for clip in _clips(view) if not clip.choice and _FORMS[clip.is_film] == wanted), None)


def _clips(view: NodeView) -> Iterator[Clip]:
    own = view.media
    if own:
        yield from _clips_in(own)
    choices = view.choices
    if len(choices) > _MOST_CHOICES:
        return
    for choice in choices:
        if choice.media:
            yield from _clips_in(choice.media, plain(choice.label))


def _clips_in(media: Mapping[str, str], choice: str = "") -> Iterator[Clip]:
    for form in ("audio", "video"):
        if media.get(form):
            yield Clip(media[form], form == "video", choice)


class LabelMedia(QWidget):
    """The buttons of one question, and a sentence for each file that did not come with the form.

    Args:
        theme: the look.

    Attributes:
        clip_wanted: carries the `Clip` whose button was pressed.
    """

    clip_wanted = Signal(object)

    def __init__(self, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._clips: tuple[Clip, ...] = ()
        self._question = ""
        self._playing = ""
        self._buttons: dict[Clip, Button] = {}
        self._flow = FlowLayout(gap=8)
        self._lost = Text("", type_style="caption", tone="muted", parent=self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3, 4, 3, 3)
        layout.setSpacing(4)
        layout.addLayout(self._flow)
        layout.addWidget(self._lost)
        self.setSizePolicy(WRAPPING)

    def show_view(self, view: NodeView) -> None:
        """Shows the buttons of a question as it is now."""
        self._question = plain(view.label) or view.name
        clips = clips_of(view)
        if clips != self._clips:
            self._clips = clips
            self._build(view)
        self._name_all()

    def _build(self, view: NodeView) -> None:
        for button in self._buttons.values():
            self._flow.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = {}
        lost = []
        for clip in self._clips:
            if view.resource(clip.name) is None:
                lost.append(clip.name)
                continue
            button = Button("", theme=self._theme, variant="compact", icon=_icon(clip), parent=self)
            button.clicked.connect(lambda _on=False, clip=clip: self.clip_wanted.emit(clip))
            self._flow.addWidget(button)
            button.show()
            self._buttons[clip] = button
        self._lost.setText(_("Did not come with the form: {names}").format(names=", ".join(lost)) if lost else "")
        self._lost.setVisible(bool(lost))

    def buttons(self) -> tuple[Button, ...]:
        """The buttons, in visual order."""
        return tuple(self._buttons.values())

    def show_playing(self, name: str) -> None:
        """Says which file is being played; empty for none."""
        if name != self._playing:
            self._playing = name
            self._name_all()

    def _name_all(self) -> None:
        for clip, button in self._buttons.items():
            is_playing = not clip.is_film and clip.name == self._playing
            verb = _("Stop playing") if is_playing else _("Show the film") if clip.is_film else _("Play")
            button.setText(f"{verb}: {clip.choice}" if clip.choice else verb)
            button.set_icon("square" if is_playing else _icon(clip))
            button.setAccessibleName(f"{self._question}: {button.text()}")


def _icon(clip: Clip) -> str:
    return "eye" if clip.is_film else "play"
