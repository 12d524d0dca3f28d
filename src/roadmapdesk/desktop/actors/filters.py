"""The strip above the table of actors: search, kind, stage, and two check boxes."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QHBoxLayout, QWidget

from roadmapdesk.desktop.actors.columns import actor_name
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.inputs import ComboBox, SearchBox
from roadmapdesk.desktop.words import type_word
from roadmapdesk.domain.actors import ActorType
from roadmapdesk.domain.catalog import load_catalog
from roadmapdesk.i18n import current_language
from roadmapdesk.i18n import gettext as _
from roadmapdesk.workspace.actors import ActorLine


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
        self._lines.setContentsMargins(theme.space("m"), theme.space("m"), theme.space("m"), theme.space("s"))
        self._lines.setSpacing(theme.space("m"))
        first, second = QHBoxLayout(), QHBoxLayout()
        for line in (first, second):
            line.setSpacing(theme.space("m"))
            self._lines.addLayout(line, 1 if line is first else 0)
        first.addWidget(self._search, 2)
        first.addWidget(self._type, 1)
        first.addWidget(self._stage, 1)
        second.addWidget(self._unasked)
        second.addWidget(self._founders)
        second.addStretch(1)
        self._update_direction()
        theme.changed.connect(self._update_direction)
        self._search.setMinimumWidth(140)
        self._search.textChanged.connect(lambda _text: self.changed.emit())
        self._type.currentIndexChanged.connect(lambda _index: self.changed.emit())
        self._stage.currentIndexChanged.connect(lambda _index: self.changed.emit())
        self._unasked.toggled.connect(lambda _on: self.changed.emit())
        self._founders.toggled.connect(lambda _on: self.changed.emit())

    def _update_direction(self) -> None:
        """One line, or two where the text is large."""
        is_wide = self._theme.is_wide_text
        self._lines.setDirection(QBoxLayout.Direction.TopToBottom if is_wide else QBoxLayout.Direction.LeftToRight)

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

    def clear(self) -> None:
        """Shows everything again."""
        self._search.clear()
        self._type.setCurrentIndex(0)
        self._stage.setCurrentIndex(0)
        self._unasked.setChecked(False)
        self._founders.setChecked(False)

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
        self._unasked.setText(_("not yet interviewed"))
        self._founders.setText(_("founding members"))
