"""In which language the questions are shown, one or two at a time, and the window for the respondent."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from roadmapdesk.desktop import settings as keys
from roadmapdesk.desktop.interview.header_controls import BOTH, short_language
from roadmapdesk.desktop.interview.reading import ReadingWindow
from roadmapdesk.desktop.settings import Settings
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.i18n import current_language
from roadmapdesk.workspace.interviewing import InterviewDesk


class Speech:
    """The shown languages of one interview.

    Args:
        desk: gives the live interview.
        parent: the page.
        theme: the look.
        settings: keep the language for the next interview.

    Attributes:
        second: the other language where both stand side by side, else empty.
    """

    def __init__(
        self, desk: Callable[[], InterviewDesk], *, parent: QWidget, theme: Theme, settings: Settings
    ) -> None:
        self._desk = desk
        self._parent = parent
        self._theme = theme
        self._settings = settings
        self._reading: ReadingWindow | None = None
        self.second = ""
        self._begin()

    @property
    def shown(self) -> str:
        """The language of the form that is shown, or `BOTH`."""
        return BOTH if self.second else self._desk().session.language

    @property
    def reading(self) -> ReadingWindow | None:
        """The window for the respondent, None before it was opened first."""
        return self._reading

    def select(self, name: str) -> None:
        """Shows one language of the form, or with `BOTH` its first two; the next interview begins so, too."""
        self._show(name)
        self._settings.set(keys.QUESTION_LANGUAGE, name if name == BOTH else short_language(name))

    def _begin(self) -> None:
        """Begins as the last interview was shown, at first in the program's language, else as the form says."""
        names = self._desk().definition.languages
        wanted = self._settings.get(keys.QUESTION_LANGUAGE) or current_language().code.upper()
        if wanted == BOTH and len(names) == 2:
            self._show(BOTH)
        else:
            name = next((name for name in names if short_language(name) == wanted), "")
            if name:
                self._show(name)

    def _show(self, name: str) -> None:
        names = self._desk().definition.languages
        first = names[0] if name == BOTH else name
        self.second = next((other for other in names if other != first), "") if name == BOTH else ""
        self._desk().set_language(first)

    def following(self) -> str:
        """What the language key selects next; empty where the form has one language."""
        names = self._desk().definition.languages
        if len(names) < 2:
            return ""
        order = [*names, BOTH] if len(names) == 2 else list(names)
        present = self.shown
        return order[(order.index(present) + 1) % len(order)] if present in order else order[0]

    def open_reading(self, ref: str) -> None:
        """Opens the window for the respondent at a question."""
        if self._reading is None:
            self._reading = ReadingWindow(theme=self._theme, parent=self._parent)
        self._reading.show()
        self.show_reading(ref)

    def show_reading(self, ref: str) -> None:
        """Shows a question in the window, where it is open."""
        if self._reading is None or not self._reading.isVisible() or not ref:
            return
        view = self._desk().view(ref)
        second = view.in_language(self.second) if self.second else None
        parent = view.parent
        self._reading.show_question(view, second, parent.label if parent is not None else "")

    def close_reading(self) -> None:
        """Closes the window."""
        if self._reading is not None:
            self._reading.close()
