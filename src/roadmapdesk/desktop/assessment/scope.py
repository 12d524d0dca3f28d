"""What the assessment is of: one wave, read at one level."""

from PySide6.QtCore import QObject, QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QWidget

from roadmapdesk.desktop.assessment.words import level_words
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.inputs import ComboBox
from roadmapdesk.desktop.widgets.labels import Text
from roadmapdesk.desktop.widgets.segmented import SegmentedSwitch
from roadmapdesk.domain.levels import Level
from roadmapdesk.i18n import gettext as _
from roadmapdesk.workspace.evidence import Assessed


class Scope(QObject):
    """The controls for wave and level; the page places them.

    Attributes:
        chosen: a person chose another wave or level.
        wave: code of the wave; empty for the last one.
        level: who reads.
        waves: the control for the wave.
        levels: the control for the level.
    """

    chosen = Signal()

    def __init__(self, *, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.wave = ""
        self.level = Level.INTERNAL
        self.waves = ComboBox(theme=theme)
        self.waves.setObjectName("wave")
        self._label = Text("", tone="muted", wraps=False, parent=parent)
        self.levels = SegmentedSwitch([(level.value, "") for level in Level], theme=theme, parent=parent)
        self.levels.setObjectName("level")
        self.levels.key_selected.connect(self._on_levels_key_selected)
        self.waves.currentIndexChanged.connect(self._on_waves_current_index_changed)

    @property
    def tools(self) -> tuple[QWidget, ...]:
        """The level with its label."""
        return (self._label, self.levels)

    @property
    def has_waves(self) -> bool:
        """Whether there is more than one wave to choose from."""
        return self.waves.count() > 1

    def show_assessed(self, assessed: Assessed) -> None:
        """Shows what an assessment is of."""
        self.waves.refill([(code, assessed.facts.text(name)) for code, name in assessed.waves], _("Wave"))
        self.levels.set_texts(level_words(assessed), _("Level"))
        self.go_back(assessed)

    def go_back(self, assessed: Assessed) -> None:
        """Stands at the wave and the level of this assessment again; nothing is chosen by it."""
        self.wave, self.level = assessed.wave, assessed.level
        self.levels.set_key(assessed.level.value)
        with QSignalBlocker(self.waves):
            self.waves.setCurrentIndex(self.waves.findData(assessed.wave))

    def choose_level(self, level: Level) -> None:
        """Reads at another level."""
        self.level = level
        self.chosen.emit()

    def retranslate(self, assessed: Assessed | None) -> None:
        """Says everything again in the present language."""
        self._label.setText(_("Level"))
        self.levels.set_texts(level_words(assessed), _("Level"))

    @Slot(str)
    def _on_levels_key_selected(self, key: str) -> None:
        self.choose_level(Level(key))

    @Slot(int)
    def _on_waves_current_index_changed(self, _index: int) -> None:
        self.wave = str(self.waves.currentData() or "")
        self.chosen.emit()
