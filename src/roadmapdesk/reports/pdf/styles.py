"""Type, spaces and measures of the printed page; colours come from the palette of the light theme."""

from dataclasses import dataclass, replace

from roadmapdesk.figures.metrics import Face
from roadmapdesk.figures.palette import Palette, load_palette
from roadmapdesk.reports.document import Tone
from roadmapdesk.reports.pdf.sheet import PAGE_HEIGHT, PAGE_WIDTH

MARGIN_LEFT = 56.7
MARGIN_TOP = 68.0
MARGIN_BOTTOM = 62.0
CONTENT_WIDTH = PAGE_WIDTH - 2 * MARGIN_LEFT
CONTENT_HEIGHT = PAGE_HEIGHT - MARGIN_TOP - MARGIN_BOTTOM


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How a paragraph is set.

    Attributes:
        leading: distance of two baselines.
        hyphenates: whether long words may be divided.
    """

    size: float
    leading: float
    colour: str
    face: Face = Face.REGULAR
    space_before: float = 0.0
    space_after: float = 0.0
    hyphenates: bool = True


class PrintStyles:
    """Every style of the printed report."""

    def __init__(self, palette: Palette | None = None) -> None:
        self.palette = palette or load_palette("light")
        colour = self.palette.colour
        text, muted = colour("text"), colour("text_muted")
        self.body = TextStyle(9.8, 13.6, text, space_after=6.0)
        self.lead = replace(self.body, size=11.5, leading=16.0, space_after=8.0)
        self.note = TextStyle(8.6, 11.6, muted, space_after=5.0)
        self.quote = replace(self.body, face=Face.ITALIC)
        self.small = TextStyle(8.2, 10.8, muted)
        self.cell = TextStyle(8.6, 11.0, text)
        self.cell_head = TextStyle(8.2, 10.4, muted, Face.SEMIBOLD)
        self.headings = {
            1: TextStyle(18.0, 22.0, text, Face.SEMIBOLD, 26.0, 9.0, hyphenates=False),
            2: TextStyle(12.5, 16.0, text, Face.SEMIBOLD, 10.0, 4.0, hyphenates=False),
            3: TextStyle(10.2, 13.6, text, Face.SEMIBOLD, 6.0, 3.0, hyphenates=False),
        }
        self.caption = TextStyle(10.2, 13.4, text, Face.SEMIBOLD, 0.0, 6.0, hyphenates=False)
        self.title = TextStyle(30.0, 35.0, text, Face.SEMIBOLD, 0.0, 10.0, hyphenates=False)
        self.subtitle = TextStyle(15.0, 20.0, muted, Face.REGULAR, 0.0, 0.0, hyphenates=False)

    def colour(self, name: str) -> str:
        """The colour of a token."""
        return self.palette.colour(name)

    def for_tone(self, tone: Tone) -> TextStyle:
        """The style of running text in this tone."""
        return {Tone.LEAD: self.lead, Tone.NOTE: self.note, Tone.QUOTE: self.quote}.get(tone, self.body)
