"""The look of the program as one object: colours, sizes, fonts and icons read from the design tokens.

Widgets take the `Theme` by keyword and ask it while painting, so a switch between light and dark or another text
size needs no rebuilt widget: `Theme.apply` sets palette and style sheet again and everything repaints.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from string import Template
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QIcon, QPalette, QPixmap
from PySide6.QtWidgets import QApplication

from roadmapdesk.desktop import fonts
from roadmapdesk.desktop.icons import IconPainter, ThemedIconEngine
from roadmapdesk.paths import resources_folder

TEXT_FACTORS = (1.0, 1.15, 1.3, 1.5, 1.75, 2.0)
WIDE_TEXT_FROM = 1.5
HEAT_STEP = 12.5


class Scheme(StrEnum):
    """What the user chose: follow the system, or always one of both."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class ClassColours:
    """Colours of one class: `mark` for symbols, `text` for words, `soft` for chips and zones."""

    mark: QColor
    text: QColor
    soft: QColor


@dataclass(frozen=True, slots=True)
class FilledColours:
    """Colours of one filled mark: ground, ink on it, and outline."""

    fill: QColor
    ink: QColor
    border: QColor


@cache
def load_tokens() -> Mapping[str, Any]:
    """The design tokens as shipped; read once per process."""
    tokens: Mapping[str, Any] = json.loads((resources_folder() / "tokens.json").read_text(encoding="utf-8"))
    return tokens


class Theme(QObject):
    """Colours, sizes, fonts and icons of the current scheme and text size; lives in the main thread.

    Attributes:
        changed: sent after scheme or text factor changed and the application wears the new look.
    """

    changed = Signal()

    def __init__(self, *, scheme: Scheme = Scheme.SYSTEM, factor: float = 1.0, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tokens = load_tokens()
        self._scheme = scheme
        self._factor = factor
        self._colours: dict[tuple[bool, str], QColor] = {}
        self._is_dark = self._resolve(scheme)
        self._painter = IconPainter(resources_folder() / "icons")

    @property
    def scheme(self) -> Scheme:
        """What the user chose."""
        return self._scheme

    @property
    def is_dark(self) -> bool:
        """Whether the dark palette is worn now."""
        return self._is_dark

    @property
    def factor(self) -> float:
        """The text factor, 1.0 to 2.0."""
        return self._factor

    @property
    def is_wide_text(self) -> bool:
        """Whether text is so large that side panes fold away and scales go below their wording."""
        return self._factor >= WIDE_TEXT_FROM

    def set_scheme(self, scheme: Scheme) -> None:
        """Takes the user's choice and wears it at once."""
        self._scheme = scheme
        self.refresh()

    def set_factor(self, factor: float) -> None:
        """Takes a text factor, kept within 1.0 to 2.0, and wears it at once."""
        self._factor = min(max(factor, TEXT_FACTORS[0]), TEXT_FACTORS[-1])
        self.refresh()

    def step_factor(self, steps: int) -> None:
        """Goes up or down the offered text sizes, stopping at both ends."""
        nearest = min(range(len(TEXT_FACTORS)), key=lambda index: abs(TEXT_FACTORS[index] - self._factor))
        self.set_factor(TEXT_FACTORS[min(max(nearest + steps, 0), len(TEXT_FACTORS) - 1)])

    def refresh(self) -> None:
        """Looks at the system's scheme again, dresses the application and tells everyone."""
        self._is_dark = self._resolve(self._scheme)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            self.apply(application)
        self.changed.emit()

    def _resolve(self, scheme: Scheme) -> bool:
        if scheme is not Scheme.SYSTEM:
            return scheme is Scheme.DARK
        application = QApplication.instance()
        if not isinstance(application, QApplication):
            return False
        return application.styleHints().colorScheme() == Qt.ColorScheme.Dark

    @property
    def _theme(self) -> Mapping[str, Any]:
        themes: Mapping[str, Mapping[str, Any]] = self._tokens["themes"]
        return themes["dark" if self._is_dark else "light"]

    def colour(self, name: str) -> QColor:
        """The colour of a token such as ``text_muted``; KeyError for a name that is no token."""
        key = (self._is_dark, name)
        if key not in self._colours:
            self._colours[key] = QColor(self._theme["colour"][name])
        return QColor(self._colours[key])  # a copy: callers change its opacity

    def class_colours(self, key: str) -> ClassColours:
        """The colours of a class: ``critical_gap``, ``strength``, ``develop``, ``reserve`` or ``watch``."""
        entry = self._theme["classes"][key]
        return ClassColours(QColor(entry["mark"]), QColor(entry["text"]), QColor(entry["soft"]))

    def grade_colours(self, grade: str) -> FilledColours:
        """The colours of the chip of a grade, ``A`` to ``D``."""
        entry = self._theme["grades"][grade]
        return FilledColours(QColor(entry["fill"]), QColor(entry["text"]), QColor(entry["border"]))

    def heat_colours(self, value: float | None) -> FilledColours:
        """Ground and ink of the heat ramp for a value on 0..100; for None the empty ground, hatch as border."""
        heat = self._theme["heat"]
        if value is None:
            empty = heat["no_value"]
            return FilledColours(QColor(empty["fill"]), self.colour("text_muted"), QColor(empty["hatch"]))
        step = min(max(int(value // HEAT_STEP), 0), len(heat["fill"]) - 1)
        return FilledColours(QColor(heat["fill"][step]), QColor(heat["ink"][step]), self.colour("hatch"))

    def px(self, pixels: float) -> int:
        """A length that grows with the text, in device-independent pixels."""
        return round(pixels * self._factor)

    def height(self, name: str) -> int:
        """A row or control height of the tokens, grown with the text."""
        return self.px(self._tokens["height"][name])

    def width(self, name: str) -> int:
        """A width of the tokens at 100 % text."""
        return int(self._tokens["width"][name])

    def space(self, name: str) -> int:
        """A distance of the tokens; distances do not grow with the text."""
        return int(self._tokens["space"][name])

    def radius(self, name: str) -> int:
        """A corner radius of the tokens."""
        return int(self._tokens["radius"][name])

    def font(self, style: str, *, is_bold: bool = False, is_italic: bool = False, is_tabular: bool = False) -> QFont:
        """The font of a type style such as ``caption``, ``body`` or ``figure`` at the current text size.

        Args:
            style: a key of the tokens' type scale.
            is_bold: weight 600 whatever the style says.
            is_italic: for quotations.
            is_tabular: figures of equal width, for columns of numbers.
        """
        entry = self._tokens["type"]["scale"][style]
        weight = 600 if is_bold else entry["weight"]
        return fonts.make_font(self.px(entry["px"]), weight=weight, is_italic=is_italic, is_tabular=is_tabular)

    def text_width(self, style: str, text: str) -> int:
        """The width of a text in one line, in a type style at the current text size."""
        entry = self._tokens["type"]["scale"][style]
        return fonts.text_width(text, self.px(entry["px"]), entry["weight"])

    def text_height(self, style: str, text: str, room: int) -> int:
        """The height of a text that wraps within `room` pixels."""
        entry = self._tokens["type"]["scale"][style]
        return fonts.text_height(text, self.px(entry["px"]), entry["weight"], room)

    def line_height(self, style: str) -> int:
        """The line height of a type style in pixels at the current text size."""
        return self.px(self._tokens["type"]["scale"][style]["line"])

    def icon(self, name: str, colour: str = "text") -> QIcon:
        """A Lucide icon in a token's colour; it follows the scheme when it changes."""
        return QIcon(ThemedIconEngine(name, colour, theme=self))

    def icon_pixmap(self, name: str, size: int, colour: str | QColor = "text", ratio: float = 1.0) -> QPixmap:
        """An icon drawn at `size` device-independent pixels (grown with the text) for a screen of `ratio`."""
        ink = colour if isinstance(colour, QColor) else self.colour(colour)
        return self._painter.pixmap(name, self.px(size), ink, ratio)

    def raw_icon_pixmap(self, name: str, pixels: int, colour: str, ratio: float) -> QPixmap:
        """An icon at exactly `pixels` device-independent pixels; for the icon engine."""
        return self._painter.pixmap(name, pixels, self.colour(colour), ratio)

    def apply(self, application: QApplication) -> None:
        """Sets font, palette and style sheet of the whole application."""
        application.setFont(self.font("body"))
        application.setPalette(self.palette())
        application.setStyleSheet(self.style_sheet())

    def palette(self) -> QPalette:
        """Every role of the palette from the tokens."""
        roles = {
            QPalette.ColorRole.Window: "window",
            QPalette.ColorRole.WindowText: "text",
            QPalette.ColorRole.Base: "surface",
            QPalette.ColorRole.AlternateBase: "window",
            QPalette.ColorRole.ToolTipBase: "raised",
            QPalette.ColorRole.ToolTipText: "text",
            QPalette.ColorRole.PlaceholderText: "text_muted",
            QPalette.ColorRole.Text: "text",
            QPalette.ColorRole.Button: "surface",
            QPalette.ColorRole.ButtonText: "text",
            QPalette.ColorRole.BrightText: "error",
            QPalette.ColorRole.Light: "raised",
            QPalette.ColorRole.Midlight: "grid",
            QPalette.ColorRole.Mid: "border",
            QPalette.ColorRole.Dark: "border_strong",
            QPalette.ColorRole.Shadow: "border_strong",
            QPalette.ColorRole.Highlight: "selection",
            QPalette.ColorRole.HighlightedText: "text",
            QPalette.ColorRole.Link: "link",
            QPalette.ColorRole.LinkVisited: "link",
            QPalette.ColorRole.Accent: "accent",
        }
        palette = QPalette()
        for role, name in roles.items():
            palette.setColor(role, self.colour(name))
        for role in (
            QPalette.ColorRole.WindowText,
            QPalette.ColorRole.Text,
            QPalette.ColorRole.ButtonText,
            QPalette.ColorRole.HighlightedText,
        ):
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.colour("text_disabled"))
        return palette

    def style_sheet(self) -> str:
        """The application's style sheet: the shipped template filled with colours and grown sizes."""
        template = Template((resources_folder() / "style.qss").read_text(encoding="utf-8"))
        values: dict[str, object] = dict(self._theme["colour"])
        for name, entry in self._tokens["type"]["scale"].items():
            values[f"font_{name}"] = f"{self.px(entry['px'])}px"
        for name in self._tokens["height"]:
            values[f"height_{name}"] = f"{self.height(name)}px"
        values["indicator"] = f"{self.px(16)}px"
        values["control_inner"] = f"{self.height('control') - 2}px"
        values["compact_inner"] = f"{self.height('compact') - 2}px"
        return template.substitute(values)
