"""Names in the cells and heads of painted tables: hyphenated over several lines, never smaller than a caption."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from roadmapdesk.desktop import fonts
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.figures.metrics import LINE_HEIGHT, Face, fit_text
from roadmapdesk.i18n import current_language
from roadmapdesk.reports.hyphens import softener

_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
_TIGHT = 1.15
"""How much more than their usual height allows lines may be pushed together, before one of them is cut."""


def fitted_lines(text: str, width: float, height: float, *, theme: Theme, is_bold: bool = False) -> list[str]:
    """The lines of `text` in caption size, hyphenated; of too many for the height the last is cut."""
    size = theme.font("caption").pixelSize()
    lines = _undivided(text, width, partial(fonts.text_width, pixels=size, weight=600 if is_bold else 400))
    if lines and len(lines) * size * LINE_HEIGHT <= height * _TIGHT:
        return lines
    face = Face.SEMIBOLD if is_bold else Face.REGULAR
    soft = softener(current_language().code)(text)
    return fit_text(soft, width, height * _TIGHT, size=size, smallest=size, face=face)[0]


def _undivided(text: str, width: float, measure: Callable[[str], int]) -> list[str]:
    """The lines of `text` broken at spaces alone; none where a word is wider than a line.

    Most names need no more, and the dictionary of hyphens takes longer to load than a page to appear.
    """
    lines: list[str] = []
    for word in text.split(" "):
        if measure(word) > width:
            return []
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and measure(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def draw_lines(
    painter: QPainter, box: QRectF, text: str, *, theme: Theme, is_bold: bool = False, is_bottom: bool = False
) -> None:
    """Draws `text` in caption size, hyphenated over as many lines as the box holds."""
    lines = fitted_lines(text, box.width(), box.height(), theme=theme, is_bold=is_bold)
    painter.setFont(theme.font("caption", is_bold=is_bold))
    step = min(theme.font("caption").pixelSize() * LINE_HEIGHT, box.height() / max(len(lines), 1))
    top = box.bottom() - step * len(lines) if is_bottom else box.center().y() - step * len(lines) / 2
    for number, line in enumerate(lines):
        painter.drawText(QRectF(box.left(), top + number * step, box.width() + 6, step), _LEFT, line)
