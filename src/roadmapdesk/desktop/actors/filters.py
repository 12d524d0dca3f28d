"""The strip above the table of actors: search, kind, stage, and two check boxes."""

from collections.abc import Mapping

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QHBoxLayout, QWidget
from typing_extensions import override

from roadmapdesk.desktop.actors.columns import actor_name
from roadmapdesk.desktop.style import RINGS_OUTSIDE
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.flow import FlowLayout
from roadmapdesk.desktop.widgets.inputs import ComboBox, SearchBox
from roadmapdesk.desktop.widgets.labels import WRAPPING
from roadmapdesk.desktop.widgets.table_view import FIRST_INSET
from roadmapdesk.desktop.words import type_word
from roadmapdesk.domain.actors import ActorType
from roadmapdesk.domain.catalog import load_catalog
from roadmapdesk.i18n import current_language
from roadmapdesk.i18n import gettext as _
from roadmapdesk.workspace.actors import ActorLine

_SEARCH = 140
"""Pixels that the search field needs at least."""


class ActorFilters(QWidget):
    """What the table shows.

    Attributes:
        changed: `accepts` says something else now.
    """

    changed = Signal()

    def __init__(self, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._search = SearchBox(theme=theme, parent=self)
        self._type = ComboBox(theme=theme, parent=self)
        self._stage = ComboBox(theme=theme, parent=self)
        self._unasked = QCheckBox(self)
        self._founders = QCheckBox(self)
        self._theme = theme
        self._lines = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        side = theme.space("m") + FIRST_INSET
        self._lines.setContentsMargins(side, theme.space("m"), side, theme.space("s"))
        self._lines.setSpacing(theme.space("m"))
        self._choices = QWidget(self)
        self._choices.setProperty(RINGS_OUTSIDE, True)
        self._first, boxes = QBoxLayout(QBoxLayout.Direction.LeftToRight), QHBoxLayout()
        for line in (self._first, boxes):
            line.setSpacing(theme.space("m"))
        self._first.addWidget(self._search, 1)
        self._first.addLayout(boxes, 1)
        boxes.addWidget(self._type, 1)
        boxes.addWidget(self._stage, 1)
        self._second = FlowLayout(self._choices, gap=theme.space("m"))
        self._second.addWidget(self._unasked)
        self._second.addWidget(self._founders)
        self._choices.setSizePolicy(WRAPPING)
        self._lines.addLayout(self._first, 1)
        self._lines.addWidget(self._choices)
        self._update_direction()
        theme.changed.connect(self._update_direction)
        self._search.textChanged.connect(lambda _text: self.changed.emit())
        self._type.currentIndexChanged.connect(lambda _index: self.changed.emit())
        self._stage.currentIndexChanged.connect(lambda _index: self.changed.emit())
        self._unasked.toggled.connect(lambda _on: self.changed.emit())
        self._founders.toggled.connect(lambda _on: self.changed.emit())

    def _update_direction(self) -> None:
        """One line, or two or three where the width or large text does not leave room for one."""
        gap = self._theme.space("m")
        tools = [self._second.itemAt(number) for number in range(self._second.count())]
        widths = [tool.sizeHint().width() for tool in tools if tool is not None]
        choices = sum(widths) + gap * (len(widths) - 1)
        boxes = sum(box.sizeHint().width() for box in (self._type, self._stage))
        search = max(_SEARCH, self._search.minimumSizeHint().width())
        needed = choices + boxes + search + gap * 5
        is_parted = self._theme.is_wide_text or self.width() < needed
        is_narrow = self.width() < self._least_boxes() + search + gap * 4
        self._first.setDirection(QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight)
        self._choices.setMinimumWidth(0 if is_parted else choices)
        self._lines.setDirection(QBoxLayout.Direction.TopToBottom if is_parted else QBoxLayout.Direction.LeftToRight)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._update_direction()

    @override
    def minimumSizeHint(self) -> QSize:
        """As narrow as its fields in a line of their own: what stands beside them goes below before it is cut off."""
        widest = max(self._least_boxes() + self._theme.space("m"), self._search.minimumSizeHint().width())
        return QSize(widest + self._theme.space("m") * 2, super().minimumSizeHint().height())

    def _least_boxes(self) -> int:
        return sum(box.minimumSizeHint().width() for box in (self._type, self._stage))

    def accepts(self, line: ActorLine) -> bool:
        """Whether the table shows this organisation."""
        actor = line.actor
        wanted = self._search.text().strip().casefold()
        if wanted and wanted not in f"{actor_name(line)} {actor.names['de']} {actor.place}".casefold():
            return False
        if self._type.currentData() and actor.type.value != self._type.currentData():
            return False
        if self._stage.currentData() and self._stage.currentData() not in actor.stages:
            return False
        if self._unasked.isChecked() and line.counted:
            return False
        return actor.is_founder or not self._founders.isChecked()

    @property
    def state(self) -> dict[str, str]:
        """What is chosen, as names and texts that outlive the program; empty when everything is shown."""
        found = {
            "search": self._search.text().strip(),
            "type": str(self._type.currentData() or ""),
            "stage": str(self._stage.currentData() or ""),
            "unasked": "yes" if self._unasked.isChecked() else "",
            "founders": "yes" if self._founders.isChecked() else "",
        }
        return {name: text for name, text in found.items() if text}

    def show_state(self, state: Mapping[str, str], _checked: bool = False) -> None:
        """Chooses what `state` says; a kind or stage that is not offered any more means all of them."""
        self._search.setText(state.get("search", ""))
        for box, name in ((self._type, "type"), (self._stage, "stage")):
            box.setCurrentIndex(max(0, box.findData(state.get(name, ""))))
        self._unasked.setChecked(bool(state.get("unasked")))
        self._founders.setChecked(bool(state.get("founders")))

    def clear(self) -> None:
        """Shows everything again."""
        self.show_state({})

    def add_tool(self, tool: QWidget) -> None:
        """Puts a control at the end of the strip."""
        self._second.addWidget(tool)
        self._update_direction()

    def retranslate(self) -> None:
        """Says everything again in the present language; the choices stay."""
        language = current_language().code
        self._search.set_texts(_("Search actors"))
        kinds = [("", _("All kinds")), *((kind.value, type_word(kind)) for kind in ActorType)]
        stages = [
            ("", _("All stages")),
            *((stage.key, f"{stage.key.upper()} {stage.name.text(language)}") for stage in load_catalog().stages),
        ]
        self._type.refill(kinds, _("Kind"))
        self._stage.refill(stages, _("Stage"))
        self._unasked.setText(_("Not yet interviewed"))
        self._founders.setText(_("Founding members"))
        self._update_direction()
