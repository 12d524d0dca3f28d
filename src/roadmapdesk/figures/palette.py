"""The colours of every figure, read from the design tokens: the only place below the desktop that knows a colour."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from roadmapdesk.paths import resources_folder

HEAT_STEP = 12.5
"""Width of one step of the heat ramp on the 0 to 100 scale: half a step of a five-point scale."""


@dataclass(frozen=True, slots=True)
class ClassStyle:
    """How one class of cells looks and is called.

    Attributes:
        mark: colour of its symbol, 3:1 on every ground.
        text: colour of its name, 4.5:1 on every ground.
        soft: ground of chips and plot zones.
    """

    key: str
    mark: str
    text: str
    soft: str
    names: Mapping[str, str]
    short_names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class GradeStyle:
    """How the chip of one grade looks and what the grade says."""

    key: str
    fill: str
    text: str
    border: str
    meanings: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one theme; every colour is ``#RRGGBB``.

    Attributes:
        colours: mapping token name (``text``, ``border`` …) → colour.
        classes: mapping class key → style, in the order of the tokens.
        grades: mapping ``A`` to ``D`` → style.
        heat_fill: eight fills for 0 to 100 in steps of `HEAT_STEP`.
        heat_ink: the ink that is readable on each fill.
    """

    colours: Mapping[str, str]
    classes: Mapping[str, ClassStyle]
    grades: Mapping[str, GradeStyle]
    heat_fill: tuple[str, ...]
    heat_ink: tuple[str, ...]

    def colour(self, name: str) -> str:
        """The colour of this token; KeyError for an unknown name."""
        return self.colours[name]

    def heat(self, value: float) -> tuple[str, str]:
        """Fill and ink for a value of 0 to 100; 62.5 is the first value of the sixth, dark step."""
        step = min(len(self.heat_fill) - 1, max(0, int(value / HEAT_STEP + 1e-9)))
        return self.heat_fill[step], self.heat_ink[step]


@cache
def load_palette(theme: str = "light") -> Palette:
    """The palette of ``light`` or ``dark``; reports are printed in ``light``.

    Raises:
        KeyError: for an unknown theme.
        OSError: when the resources are missing, which means a broken installation.
    """
    tokens: Any = json.loads((resources_folder() / "tokens.json").read_text(encoding="utf-8"))
    values = tokens["themes"][theme]
    return Palette(
        colours=dict(values["colour"]),
        classes={key: _class_style(key, entry) for key, entry in values["classes"].items()},
        grades={key: _grade_style(key, entry) for key, entry in values["grades"].items()},
        heat_fill=tuple(values["heat"]["fill"]),
        heat_ink=tuple(values["heat"]["ink"]),
    )


def _class_style(key: str, entry: Mapping[str, str]) -> ClassStyle:
    return ClassStyle(
        key,
        entry["mark"],
        entry["text"],
        entry["soft"],
        {"de": entry["name_de"], "en": entry["name_en"]},
        {"de": entry["short_de"], "en": entry["short_en"]},
    )


def _grade_style(key: str, entry: Mapping[str, str]) -> GradeStyle:
    return GradeStyle(key, entry["fill"], entry["text"], entry["border"], {"de": entry["de"], "en": entry["en"]})
