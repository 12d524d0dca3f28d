"""The interview page's part of the header: language of the questions, text size, reading window, check, finalise."""

import re

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from roadmapdesk.desktop import settings as keys
from roadmapdesk.desktop.interview.commands import InterviewActions
from roadmapdesk.desktop.pages import Desk
from roadmapdesk.desktop.theme import TEXT_FACTORS, Theme
from roadmapdesk.desktop.widgets.buttons import Button, IconButton
from roadmapdesk.desktop.widgets.chips import Chip
from roadmapdesk.desktop.widgets.inputs import ComboBox
from roadmapdesk.desktop.widgets.segmented import SegmentedSwitch
from roadmapdesk.desktop.words import state_icon, state_tone, state_word
from roadmapdesk.domain.interviews import InterviewState
from roadmapdesk.i18n import gettext as _

BOTH = "+"
_CODE = re.compile(r"\(([A-Za-z]{2,3}(?:-[A-Za-z]+)?)\)\s*$")


def short_language(name: str) -> str:
    """The short word for a form's language: ``DE`` of ``Deutsch (de)``, else the first letters."""
    match = _CODE.search(name)
    return match.group(1).upper() if match else name[:2].upper()


def step_text_size(desk: Desk) -> None:
    """Makes all text one step larger; after the largest it begins again."""
    theme = desk.theme
    theme.set_factor(next((factor for factor in TEXT_FACTORS if factor > theme.factor), TEXT_FACTORS[0]))
    desk.settings.set(keys.TEXT_FACTOR, theme.factor)


class RecordButton(IconButton):
    """Begins and ends the recording of the whole conversation.

    Args:
        action: what it does.
        theme: the look.
    """

    def __init__(self, action: QAction, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("mic", theme=theme, parent=parent)
        self.setObjectName("record_interview")
        self.clicked.connect(action.trigger)

    def show_recording(self, *, lock: str, is_busy: bool) -> None:
        """Shows whether a recording is under way, or why there can be none now."""
        self.set_name(_("Stop and keep the recording") if is_busy else _("Record the conversation"), "Ctrl+Shift+R")
        self.setAccessibleDescription("" if is_busy else lock)
        if lock and not is_busy:
            self.setToolTip(lock)
        self.set_icon("square" if is_busy else "mic", "error" if is_busy else "text_disabled" if lock else "text")


class HeaderControls(QObject):
    """The controls and what they mean.

    Args:
        languages: names of the form's languages.
        actions: the page's actions, for tooltips and what the buttons do.
        theme: the look.

    Attributes:
        record: the button for recording the conversation, in the header.
        record_below: the same for the bar above the questions, in large text, where the header has no room for it.
        language_selected: name of a language, or `BOTH` for two side by side.
        text_size_wanted: the text shall be larger, beginning again at the end.
    """

    language_selected = Signal(str)
    text_size_wanted = Signal()

    def __init__(
        self, languages: tuple[str, ...], *, actions: InterviewActions, theme: Theme, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._languages = languages
        self._theme = theme
        self._actions = actions
        self.chip = Chip(theme=theme)
        self.language: SegmentedSwitch | ComboBox = self._make_switch(theme)
        self.size = IconButton("a-large-small", theme=theme)
        self.size.clicked.connect(self.text_size_wanted)
        self.reading = IconButton("book-open", theme=theme)
        self.reading.clicked.connect(actions.by_key["reading"].trigger)
        self.record = RecordButton(actions.by_key["record"], theme=theme)
        self.record_below = RecordButton(actions.by_key["record"], theme=theme)
        self.record_below.hide()
        self._records = False
        self.check = Button(theme=theme, icon="clipboard-check")
        self.check.setObjectName("check")
        self.check.clicked.connect(actions.by_key["check"].trigger)
        self.finalise = Button(theme=theme, variant="primary")
        self.finalise.setObjectName("finalise")
        self.finalise.clicked.connect(self._on_finalise_clicked)
        self._state = InterviewState.DRAFT
        self._is_open = True
        self._is_refused = False
        theme.changed.connect(self._name_check)
        theme.changed.connect(self._place_record)
        self.retranslate()

    def _make_switch(self, theme: Theme) -> SegmentedSwitch | ComboBox:
        if len(self._languages) <= 2:
            choices = [(name, short_language(name)) for name in self._languages]
            if len(choices) == 2:
                choices.append((BOTH, " + ".join(short_language(name) for name in self._languages)))
            switch = SegmentedSwitch(choices, theme=theme)
            switch.key_selected.connect(self.language_selected)
            return switch
        combo = ComboBox(theme=theme)
        for name in self._languages:
            combo.addItem(name, name)
        combo.activated.connect(lambda index: self.language_selected.emit(str(combo.itemData(index))))
        return combo

    def widgets(self) -> list[QWidget]:
        """The controls that mean something now, in their order; the header shows exactly these."""
        shown: list[QWidget] = [self.language] if len(self._languages) > 1 else []
        shown += [self.size, self.reading]
        if self._records and not self._theme.is_wide_text:
            shown.append(self.record)
        if self._is_open and not self._is_refused:
            shown.append(self.check)
        if self._state is not InterviewState.WITHDRAWN:
            shown.append(self.finalise)
        return shown

    def show_language(self, name: str) -> None:
        """Marks the language in use."""
        if isinstance(self.language, SegmentedSwitch):
            self.language.set_key(name)
        else:
            self.language.setCurrentIndex(max(self.language.findData(name), 0))

    def show_state(self, state: InterviewState, *, is_open: bool, is_refused: bool) -> None:
        """Shows the state and what can be done in it."""
        self._state = state
        self._is_open = is_open
        self._is_refused = is_refused
        self.chip.set_content(state_word(state), icon=state_icon(state), tone=state_tone(state))
        if not is_open:
            self.finalise.setText(_("Reopen …"))
        else:
            self.finalise.setText(_("End interview") if is_refused else _("Finalise"))
        self.finalise.setToolTip(self._actions.tooltip("finalise" if is_open else "reopen"))

    def show_recording(self, *, is_wanted: bool, lock: str, is_busy: bool) -> bool:
        """Shows whether the conversation may be recorded.

        Args:
            is_wanted: whether the form lets the whole conversation be recorded.
            lock: why nothing may be recorded now, in words.
            is_busy: whether a recording is under way.

        Returns:
            Whether the header has another set of buttons now.
        """
        for button in (self.record, self.record_below):
            button.show_recording(lock=lock, is_busy=is_busy)
        has_changed, self._records = is_wanted != self._records, is_wanted
        self._place_record()
        return has_changed

    @Slot()
    def _place_record(self) -> None:
        self.record_below.setVisible(self._records and self._theme.is_wide_text)

    def retranslate(self) -> None:
        """Says everything again in the present language."""
        self.language.setAccessibleName(_("Language of the questions"))
        self.language.setToolTip(self._actions.tooltip("language"))
        self.size.set_name(_("Text size"), "Ctrl++")
        self.reading.set_name(_("Reading window for the respondent"), "Ctrl+R")
        self._name_check()

    @Slot()
    def _name_check(self) -> None:
        """In large text the icon stands alone, so that the language switch beside it is never cut off."""
        self.check.setText("" if self._theme.is_wide_text else _("Check"))
        self.check.setAccessibleName(_("Check"))
        self.check.setToolTip(self._actions.tooltip("check"))

    def _on_finalise_clicked(self) -> None:
        self._actions.by_key["finalise" if self._is_open else "reopen"].trigger()
