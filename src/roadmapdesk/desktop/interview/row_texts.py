"""The texts of one question: wording, hint, guidance, and beside them the same in the other language.

Each label is made when it first has something to say: most questions show two of them, and a page has many.
"""

from bisect import bisect
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from roadmapdesk.desktop.interview.label_media import Clip, LabelMedia, clips_of
from roadmapdesk.desktop.interview.label_picture import LabelPicture, picture_name
from roadmapdesk.desktop.interview.labels import FormText, set_shown
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.labels import WRAPPING, IconLabel, Text
from roadmapdesk.workspace.wording import split_label
from roadmapdesk.xforms.session.view import Kind, NodeView

if TYPE_CHECKING:
    from collections.abc import Callable

_WORDING, _HINT, _GUIDANCE, _LOCK, _PICTURE, _MEDIA, _SECOND, _SECOND_HINT = range(8)
_IN_CONTROL = frozenset({"image-map"})
W = TypeVar("W", bound=QWidget)


class IconLine(QWidget):
    """An icon and a text that wraps beside it."""

    def __init__(
        self, icon: str, text: FormText | Text, *, theme: Theme, colour: str, parent: QWidget, above: int = 2
    ) -> None:
        super().__init__(parent)
        self.text = text
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, above, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(IconLabel(icon, theme=theme, colour=colour, parent=self), 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(text, 1)
        self.setSizePolicy(WRAPPING)


class RowTexts:
    """The labels of one question. It makes them; the row gives them a column to stand in.

    Args:
        theme: the look.
        is_cell: whether the row has too little width for two columns; the second language then stands below.
        parent: the row that the labels belong to.

    Attributes:
        wording: the question.
        second: the question in the other language, where it is shown.
        play: called with the `Clip` that shall be played.
        media: the buttons that play sounds of the wording, where it has any.
    """

    def __init__(self, *, theme: Theme, parent: QWidget, is_cell: bool = False) -> None:
        self._theme = theme
        self.play: Callable[[Clip], None] = lambda _clip: None
        self._is_cell = is_cell
        self._parent = parent
        self._own = _Stack()
        self._other = self._own if is_cell else _Stack()
        self.wording = FormText(type_style="question", parent=parent)
        self._own.add(_WORDING, self.wording)
        self.second: FormText | None = None
        self._second_hint: FormText | None = None
        self._hint: FormText | None = None
        self._guidance: IconLine | None = None
        self._lock: Text | None = None
        self._picture: LabelPicture | None = None
        self.media: LabelMedia | None = None
        self.is_parted = False

    def stand_in(self, column: QBoxLayout, other: QBoxLayout | None = None) -> int:
        """Puts the labels at the top of a column, and those of the second language at the top of another one.

        Returns:
            How many stand in the first column now; labels made later are put between them.
        """
        if other is not None:
            self._other.stand_in(other)
        return self._own.stand_in(column)

    def _add(self, stack: "_Stack", rank: int, widget: W) -> W:
        stack.add(rank, widget)
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
            self._hint = self._add(self._own, _HINT, self._caption())
        if self._hint is not None:
            self._hint.show_text(hint)

    def _show_guidance(self, guidance: str) -> None:
        if self._guidance is None and guidance:
            line = IconLine("info", self._caption(), theme=self._theme, colour="text_muted", parent=self._parent)
            self._guidance = self._add(self._own, _GUIDANCE, line)
        if self._guidance is not None and isinstance(self._guidance.text, FormText):
            self._guidance.text.show_text(guidance)
            set_shown(self._guidance, bool(guidance))

    def _show_lock(self, lock: str) -> None:
        if self._lock is None and lock:
            text = Text("", type_style="caption", tone="muted", parent=self._parent)
            self._lock = self._add(self._own, _LOCK, text)
        if self._lock is not None:
            self._lock.setText(lock)
            set_shown(self._lock, bool(lock))

    def _show_picture(self, view: NodeView) -> None:
        """Shows the picture of the wording below its texts; controls that show it themselves keep it for them."""
        name = "" if _IN_CONTROL & set(view.appearances) else picture_name(view)
        if self._picture is None:
            if not name:
                return
            self._picture = self._add(self._own, _PICTURE, LabelPicture(theme=self._theme, parent=self._parent))
        set_shown(self._picture, bool(name) and self._picture.show_view(view))

    def _show_media(self, view: NodeView) -> None:
        """Shows the buttons that play the sounds of the wording and of the choices."""
        has_clips = bool(clips_of(view))
        if self.media is None:
            if not has_clips:
                return
            media = LabelMedia(theme=self._theme, parent=self._parent)
            media.clip_wanted.connect(self.play)
            self.media = self._add(self._own, _MEDIA, media)
        self.media.show_view(view)
        set_shown(self.media, has_clips)

    def _show_second(self, wording: str, hint: str) -> None:
        if self.second is None and (wording or hint):
            second = FormText(type_style="question", tone="muted", parent=self._parent)
            self.second = self._add(self._other, _SECOND, second)
            self._second_hint = self._add(self._other, _SECOND_HINT, self._caption())
        if self.second is not None and self._second_hint is not None:
            self.second.show_text(wording)
            self._second_hint.show_text(hint)
        self.is_parted = bool(wording or hint) and not self._is_cell

    def _caption(self) -> FormText:
        return FormText(type_style="caption", tone="muted", parent=self._parent)


class _Stack:
    """Labels of one column in the order of their ranks, whichever of them is made first."""

    def __init__(self) -> None:
        self._column: QBoxLayout | None = None
        self._ranks: list[int] = []
        self._widgets: list[QWidget] = []

    def add(self, rank: int, widget: QWidget) -> None:
        at = bisect(self._ranks, rank)
        self._ranks.insert(at, rank)
        self._widgets.insert(at, widget)
        if self._column is not None:
            self._column.insertWidget(at, widget)

    def stand_in(self, column: QBoxLayout) -> int:
        self._column = column
        for at, widget in enumerate(self._widgets):
            column.insertWidget(at, widget)
        return len(self._widgets)
