"""Headings on a page: of a group, of a card inside a page, and the button that adds a card."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from roadmapdesk.desktop.interview.labels import FormText, set_shown
from roadmapdesk.desktop.interview.question_row import SIDE
from roadmapdesk.desktop.interview.scale_head import ScaleHead
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.buttons import Button
from roadmapdesk.desktop.widgets.labels import IconLabel, Text
from roadmapdesk.i18n import gettext as _
from roadmapdesk.workspace.interview_cards import title_of
from roadmapdesk.workspace.wording import plain
from roadmapdesk.xforms.session.view import NodeView


class GroupHeading(QWidget):
    """The title of a group of questions, in both languages where both are shown."""

    def __init__(self, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._title = FormText(type_style="heading", parent=self)
        self._second = FormText(type_style="heading", tone="muted", parent=self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(SIDE, 12, SIDE, 4)
        layout.setSpacing(24)
        layout.addWidget(self._title, 1, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._second, 1, Qt.AlignmentFlag.AlignTop)

    def show_view(self, view: NodeView, second: NodeView | None) -> None:
        """Shows the group's label."""
        self._title.show_text(view.label)
        other = second.label if second is not None else ""
        self._second.show_text(other if other != view.label else "")


class GuidanceLine(QWidget):
    """The interviewer's guidance to the scales below, across the whole width."""

    def __init__(self, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = IconLabel("info", theme=theme, colour="text_muted", parent=self)
        self._text = FormText(type_style="caption", tone="muted", parent=self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(SIDE, 0, SIDE, 4)
        layout.setSpacing(6)
        layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._text, 1)

    def show_text(self, text: str) -> None:
        """Shows the guidance; nothing where there is none."""
        self._text.show_text(text)
        set_shown(self, bool(text))


class CardHeading(QWidget):
    """The title of one instance of a repeat inside a page, with the button that removes it.

    Attributes:
        removal_wanted: with the ref of the instance.
    """

    removal_wanted = Signal(str)

    def __init__(self, ref: str, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = Text("", type_style="strong", parent=self)
        self._remove = Button("", theme=theme, variant="flat", icon="trash-2", parent=self)
        self._remove.clicked.connect(lambda: self.removal_wanted.emit(ref))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(SIDE, 12, SIDE, 0)
        layout.addWidget(self._title, 1)
        layout.addWidget(self._remove)

    def show_view(self, view: NodeView, *, is_open: bool) -> None:
        """Shows which instance it is."""
        title = title_of(view)
        text = f"{title.code}  {title.text}"
        self._title.setText(text)
        self._remove.setText(_("Remove"))
        self._remove.setAccessibleName(_("Remove {title}").format(title=title.text))
        set_shown(self._remove, view.can_remove and is_open)


class AddCard(QWidget):
    """The button that adds an instance of a repeat.

    Attributes:
        addition_wanted: with the ref of the repeat.
    """

    addition_wanted = Signal(str)

    def __init__(self, ref: str, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._button = Button("", theme=theme, icon="plus", parent=self)
        self._button.clicked.connect(lambda: self.addition_wanted.emit(ref))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(SIDE, 8, SIDE, 12)
        layout.addWidget(self._button)
        layout.addStretch(1)

    def show_view(self, view: NodeView, *, is_open: bool) -> None:
        """Names what is added; hidden where nothing may be."""
        label = plain(view.label)
        self._button.setText(_("Add: {label}").format(label=label) if label else _("Add another"))
        set_shown(self, view.can_add and view.is_relevant and is_open)


class RunHead(QWidget):
    """Guidance and head of a run of scales."""

    def __init__(self, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._guidance = GuidanceLine(theme=theme, parent=self)
        self._head = ScaleHead(theme=theme, parent=self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._guidance)
        column.addWidget(self._head)

    def show_scale(self, view: NodeView, *, guided: bool, has_second: bool) -> None:
        """Shows the guidance of the first scale and the anchors."""
        self._guidance.show_text(view.guidance if guided else "")
        self._head.show_choices(view.choices, is_below=has_second)
