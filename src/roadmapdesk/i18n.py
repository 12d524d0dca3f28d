"""Languages of the program: gettext for texts, and numbers and dates as each language writes them.

Source strings are English; ``resources/locale/de`` holds the complete German catalogue. Everything that
speaks to a person goes through `gettext` at the time it speaks, never at import time; constants are marked
with `N_`. A report in another language than the window takes a `Language` object of its own.
"""

import gettext as _gettext
import math
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from roadmapdesk.paths import locale_folder
from roadmapdesk.text_catalogue import TextCatalogue

LANGUAGES = ("de", "en")
_DOMAIN = "roadmapdesk"
_HAIR = 1e-9
"""What a half may miss by computing with binary fractions."""
MINUS = "\u2212"


def N_(text: str) -> str:  # noqa: N802 — the marker's name is fixed by gettext's convention
    """Marks a text for extraction and returns it unchanged."""
    return text


@dataclass(frozen=True, slots=True)
class Language:
    """One language: its texts, and how it writes numbers and dates.

    Attributes:
        code: ``de`` or ``en``.
    """

    code: str

    @property
    def _catalogue(self) -> _gettext.NullTranslations:
        return _load(self.code)

    def gettext(self, text: str) -> str:
        """The text in this language, or the English text where the catalogue has none."""
        return self._catalogue.gettext(text)

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        """The form for `n` in this language; the caller fills ``{n}`` in."""
        return self._catalogue.ngettext(singular, plural, n)

    def percent(self, share: float) -> str:
        """A share of 0 to 1 in whole per cent, with the space that the language puts before the sign."""
        return self.number(share * 100) + ("\u00a0%" if self.code == "de" else "%")

    def number(self, value: float | None, decimals: int = 0, *, sign: bool = False) -> str:
        """The number with this language's decimal sign, a real minus sign, and an en dash for None.

        Halves go away from zero, as in Excel. Example: ``Language("de").number(-37.46, 1)`` is ``−37,5``.
        """
        if value is None:
            return "–"
        rounded = half_up(value, decimals)
        text = f"{abs(rounded):.{decimals}f}"
        if self.code == "de":
            text = text.replace(".", ",")
        if rounded < 0:
            return MINUS + text
        return "+" + text if sign and rounded > 0 else text

    def date(self, value: date | None) -> str:
        """The date with a four-digit year: ``12.03.2026`` in German, ``12 Mar 2026`` in English."""
        if value is None:
            return "–"
        if self.code == "de":
            return f"{value.day:02d}.{value.month:02d}.{value.year:04d}"
        months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
        return f"{value.day} {months[value.month - 1]} {value.year:04d}"

    def date_time(self, value: datetime) -> str:
        """Date and time of day to the minute, in the zone that the value carries."""
        return f"{self.date(value.date())} {value.hour:02d}:{value.minute:02d}"


def half_up(value: float, decimals: int = 0) -> float:
    """The number as it is printed: rounded to `decimals` places, halves away from zero, never ``-0.0``.

    Worked numbers: 62.5 gives 63 and 0.15 gives 0.2, where `round` would say 62 and 0.1.
    """
    scale = 10.0**decimals
    rounded = math.floor(abs(value) * scale + 0.5 + _HAIR) / scale
    return math.copysign(rounded, value) if rounded else 0.0


@cache
def _load(code: str) -> _gettext.NullTranslations:
    if code == "en":
        return _gettext.NullTranslations()
    try:
        content = (locale_folder() / code / "LC_MESSAGES" / f"{_DOMAIN}.mo").read_bytes()
    except FileNotFoundError:
        return _gettext.NullTranslations()
    return TextCatalogue(content)


def system_language() -> str:
    """``en`` where the system is set to English, else ``de``: the program is German first."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(variable, "")
        if value:
            return "en" if value.lower().startswith("en") else "de"
    return "de"


_current = Language(system_language())
_listeners: list[Callable[[], None]] = []


def set_language(code: str) -> None:
    """Switches the whole program to ``de`` or ``en`` and tells every listener.

    Raises:
        ValueError: for any other code; callers check user input against `LANGUAGES` first.
    """
    global _current  # noqa: PLW0603 — one process speaks one language at a time
    if code not in LANGUAGES:
        msg = f"unknown language {code!r}"
        raise ValueError(msg)
    _current = Language(code)
    for listener in tuple(_listeners):
        listener()


def on_language_changed(listener: Callable[[], None]) -> Callable[[], None]:
    """Calls `listener` after each switch; returns a function that ends this."""
    _listeners.append(listener)

    def stop() -> None:
        if listener in _listeners:
            _listeners.remove(listener)

    return stop


def current_language() -> Language:
    """The language that the program speaks now."""
    return _current


def gettext(text: str) -> str:
    """The text in the current language; imported as ``_`` where texts are spoken."""
    return _current.gettext(text)


def ngettext(singular: str, plural: str, n: int) -> str:
    """The plural form for `n` in the current language."""
    return _current.ngettext(singular, plural, n)
