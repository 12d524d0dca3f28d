"""The strip above the table of interviews: search, state, wave."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from roadmapdesk.desktop.interviews.columns import actor_text
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.inputs import ComboBox, SearchBox
from roadmapdesk.desktop.widgets.table_view import FIRST_INSET
from roadmapdesk.desktop.words import state_word
from roadmapdesk.domain.interviews import InterviewState
from roadmapdesk.i18n import current_language
from roadmapdesk.i18n import gettext as _
from roadmapdesk.workspace.codebook import CodebookChoice
from roadmapdesk.workspace.interviews import InterviewLine


class InterviewFilters(QWidget):
    """What the table shows.

    Attributes:
        changed: `accepts` says something else now.
    """

    changed = Signal()

    def __init__(self, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._waves: tuple[CodebookChoice, ...] = ()
        self._search = SearchBox(theme=theme, parent=self)
        self._state = ComboBox(theme=theme, parent=self)
        self._wave = ComboBox(theme=theme, parent=self)
        layout = QHBoxLayout(self)
        side = theme.space("m") + FIRST_INSET
        layout.setContentsMargins(side, theme.space("m"), side, theme.space("s"))
        layout.setSpacing(theme.space("m"))
        layout.addWidget(self._search, 3)
        layout.addWidget(self._state, 1)
        layout.addWidget(self._wave, 1)
        self._search.textChanged.connect(lambda _text: self.changed.emit())
        self._state.currentIndexChanged.connect(lambda _index: self.changed.emit())
        self._wave.currentIndexChanged.connect(lambda _index: self.changed.emit())

    def set_waves(self, waves: tuple[CodebookChoice, ...]) -> None:
        """Offers these waves."""
        if waves != self._waves:
            self._waves = waves
            self.retranslate()

    def accepts(self, line: InterviewLine) -> bool:
        """Whether the table shows this interview."""
        wanted = self._search.text().strip().casefold()
        if wanted and wanted not in f"{line.row.code} {actor_text(line)} {line.row.interviewer}".casefold():
            return False
        if self._state.currentData() and line.row.state.value != self._state.currentData():
            return False
        return not self._wave.currentData() or line.row.wave == self._wave.currentData()

    def clear(self) -> None:
        """Shows everything again."""
        self._search.clear()
        self._state.setCurrentIndex(0)
        self._wave.setCurrentIndex(0)

    def retranslate(self) -> None:
        """Says everything again in the present language; the choices stay."""
        language = current_language().code
        self._search.set_texts(_("Search interviews"))
        states = [("", _("All states")), *((state.value, state_word(state)) for state in InterviewState)]
        self._state.refill(states, _("State"))
        waves = [("", _("All waves")), *((wave.code, wave.label.text(language)) for wave in self._waves)]
        self._wave.refill(waves, _("Wave"))
        self._wave.setVisible(bool(self._waves))
