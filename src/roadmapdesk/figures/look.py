"""How a chart is drawn for one reader: palette, language, text size; and the parts that charts share."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from roadmapdesk.figures.display_list import Scene
from roadmapdesk.figures.metrics import text_width
from roadmapdesk.figures.palette import Palette, load_palette
from roadmapdesk.figures.symbols import class_symbol
from roadmapdesk.i18n import Language

SMALLEST = 6.4
"""No text of a printed figure is smaller, in points; on screen the desktop draws at a larger base size."""


def _unchanged(text: str) -> str:
    return text


@dataclass(frozen=True, slots=True)
class Look:
    """How a chart is drawn.

    Attributes:
        size: base size of text in points; everything else grows with it.
        soften: puts soft hyphens into long words; the identity where no dictionary is loaded.
    """

    language: Language
    palette: Palette = field(default_factory=load_palette)
    size: float = 8.0
    soften: Callable[[str], str] = _unchanged

    @property
    def small(self) -> float:
        """Size of notes beside values."""
        return max(SMALLEST, self.size * 0.86)

    @property
    def large(self) -> float:
        """Size of the value of a cell."""
        return self.size * 1.4

    @property
    def smallest(self) -> float:
        """Floor to which text may shrink."""
        return SMALLEST * self.size / 8.0

    def colour(self, name: str) -> str:
        """The colour of a token."""
        return self.palette.colour(name)

    def number(self, value: float | None, decimals: int = 0) -> str:
        """A number as the language writes it."""
        return self.language.number(value, decimals)


def draw_class_legend(scene: Scene, look: Look, x: float, y: float, classes: Sequence[str] | None = None) -> float:
    """Draws symbol and name of each class on one line with its middle at y; returns the x behind the last one."""
    code = look.language.code
    for key in classes if classes is not None else list(look.palette.classes):
        style = look.palette.classes[key]
        scene.add(class_symbol(key, x + look.size * 0.45, y, look.size * 0.9, style.mark))
        name = style.names[code]
        scene.text(x + look.size * 1.3, y + look.size * 0.34, name, size=look.small, colour=look.colour("text"))
        x += look.size * 1.3 + text_width(name, look.small) + look.size * 1.5
    return x
