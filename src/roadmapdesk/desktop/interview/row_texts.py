"""The texts of one question: wording, hint, guidance, and beside them the same in the other language.

Each label is made when it first has something to say: most questions show two of them, and a page has many.
"""

from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from roadmapdesk.desktop.interview.label_media import LabelMedia, clips_of
from roadmapdesk.desktop.interview.label_picture import LabelPicture, picture_name
from roadmapdesk.desktop.interview.labels import FormText, set_shown
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.labels import IconLabel, Text
from roadmapdesk.workspace.wording import split_label
from roadmapdesk.xforms.session.view import Kind, NodeView

_GAP = 2
_BETWEEN = 24
_IN_CONTROL = frozenset({"image-map"})
W = TypeVar("W", bound=QWidget)


class IconLine(QWidget):
    """An icon and a text that wraps beside it."""

    def __init__(self, icon: str, text: FormText | Text, *, theme: Theme, colour: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.text = text
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 2, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(IconLabel(icon, theme=theme, colour=colour, parent=self), 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(text, 1)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)


class RowTexts(QHBoxLayout):
    """The texts in one column, or with a second language in two.

    Args:
        theme: the look.
        is_cell: whether the row has too little width for two columns; the second language then stands below.
        parent: the row that the labels belong to.

    Attributes:
        clip_wanted: carries the `Clip` that shall be played.
    """

    clip_wanted = Signal(object)

    def __init__(self, *, theme: Theme, parent: QWidget, is_cell: bool = False) -> None:
        super().__init__()
        self._theme = theme
        self._between = _GAP if is_cell else _BETWEEN
        if is_cell:
            self.setDirection(QHBoxLayout.Direction.TopToBottom)
        self._parent = parent
        self._left = _column()
        self._right: QVBoxLayout | None = None
        self.wording = self._add(self._left, 0, FormText(type_style="question", parent=parent))
        self.second: FormText | None = None
        self._second_hint: FormText | None = None
        self._hint: FormText | None = None
        self._guidance: IconLine | None = None
        self._lock: Text | None = None
        self._picture: LabelPicture | None = None
        self.media: LabelMedia | None = None
        self.setSpacing(self._between)
        self.addLayout(self._left, 1)

    def _add(self, column: QVBoxLayout, place: int, widget: W) -> W:
        column.insertWidget(min(place, column.count() - 1), widget)
        if self._parent.isVisible():
            widget.show()
        return widget

    def show_view(self, view: NodeView, second: NodeView | None, *, guided: bool, lock: str) -> None:
        """Shows what the view says.

        Args:
            view: the question in the language of the page.
            second: in the other language, where both stand side by side.
            guided: whether the interviewer's guidance is shown.
            lock: why the question takes no answer, empty where it does.
        """
        wording = split_label(view.label)
        self._dress_wording("body" if view.kind is Kind.NOTE else "question")
        is_bare_head = "label" in view.appearances and not wording.text.strip()  # a table that the converter made
        text = wording.text or ("" if wording.code or is_bare_head else view.name)
        self.wording.show_text(text, code=wording.code, code_colour=self._theme.colour("text_muted").name())
        self._show_hint(view.hint)
        self._show_guidance(view.guidance if guided else "")
        self._show_lock(lock)
        self._show_picture(view)
        self._show_media(view)
        other = split_label(second.label).text if second is not None else ""
        hint = second.hint if second is not None else ""
        self._show_second(other if other != wording.text else "", hint if hint != view.hint else "")

    def _dress_wording(self, style: str) -> None:
        if self.wording.property("type") != style:
            self.wording.setProperty("type", style)
            self.wording.style().unpolish(self.wording)
            self.wording.style().polish(self.wording)

    def _show_hint(self, hint: str) -> None:
        if self._hint is None and hint:
            self._hint = self._add(self._left, 1, self._caption())
        if self._hint is not None:
            self._hint.show_text(hint)

    def _show_guidance(self, guidance: str) -> None:
        if self._guidance is None and guidance:
            line = IconLine("info", self._caption(), theme=self._theme, colour="text_muted", parent=self._parent)
            self._guidance = self._add(self._left, 1 if self._hint is None else 2, line)
        if self._guidance is not None and isinstance(self._guidance.text, FormText):
            self._guidance.text.show_text(guidance)
            set_shown(self._guidance, bool(guidance))

    def _show_lock(self, lock: str) -> None:
        if self._lock is None and lock:
            text = Text("", type_style="caption", tone="muted", parent=self._parent)
            self._lock = self._add(self._left, self._left.count(), text)
        if self._lock is not None:
            self._lock.setText(lock)
            set_shown(self._lock, bool(lock))

    def _show_picture(self, view: NodeView) -> None:
        """Shows the picture of the wording below its texts; controls that show it themselves keep it for them."""
        name = "" if _IN_CONTROL & set(view.appearances) else picture_name(view)
        if self._picture is None:
            if not name:
                return
            self._picture = self._add(
                self._left, self._left.count(), LabelPicture(theme=self._theme, parent=self._parent)
            )
        set_shown(self._picture, bool(name) and self._picture.show_view(view))

    def _show_media(self, view: NodeView) -> None:
        """Shows the buttons that play the sounds of the wording and of the choices."""
        has_clips = bool(clips_of(view))
        if self.media is None:
            if not has_clips:
                return
            media = LabelMedia(theme=self._theme, parent=self._parent)
            media.clip_wanted.connect(self.clip_wanted)
            self.media = self._add(self._left, self._left.count(), media)
        self.media.show_view(view)
        set_shown(self.media, has_clips)

    def _show_second(self, wording: str, hint: str) -> None:
        if self.second is None and (wording or hint):
            self._right = _column()
            self.addLayout(self._right, 1)
            second = FormText(type_style="question", tone="muted", parent=self._parent)
            self.second = self._add(self._right, 0, second)
            self._second_hint = self._add(self._right, 1, self._caption())
        if self.second is not None and self._second_hint is not None:
            self.second.show_text(wording)
            self._second_hint.show_text(hint)
            self.setStretch(1, 1 if wording or hint else 0)
            self.setSpacing(self._between if wording or hint else 0)

    def _caption(self) -> FormText:
        return FormText(type_style="caption", tone="muted", parent=self._parent)


def _column() -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(_GAP)
    column.addStretch(1)
    return column
