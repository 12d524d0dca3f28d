"""The shipped typeface: registered once per process, handed out at pixel sizes."""

from functools import cache, lru_cache

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontDatabase, QFontMetrics

from roadmapdesk.paths import resources_folder

FAMILY = "Source Sans 3"
_FALLBACK = ("Segoe UI", "Noto Sans", "sans-serif")
_WRAP = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignLeft) | int(Qt.AlignmentFlag.AlignTop)


@cache
def register() -> tuple[int, ...]:
    """Adds the font files to Qt's database; needs an application object; ids of the added files."""
    files = sorted((resources_folder() / "fonts").glob("*.ttf"))
    return tuple(QFontDatabase.addApplicationFont(str(file)) for file in files)


def make_font(pixels: int, *, weight: int = 400, is_italic: bool = False, is_tabular: bool = False) -> QFont:
    """A font of the shipped family at a size in device-independent pixels.

    Args:
        pixels: height of the em square.
        weight: 400 or 600.
        is_italic: the italic cut.
        is_tabular: figures of equal width.
    """
    return QFont(_font(pixels, weight, is_italic, is_tabular))


@cache
def _font(pixels: int, weight: int, is_italic: bool, is_tabular: bool) -> QFont:
    font = QFont([FAMILY, *_FALLBACK])
    font.setPixelSize(pixels)
    font.setWeight(QFont.Weight.DemiBold if weight >= 600 else QFont.Weight.Normal)
    font.setItalic(is_italic)
    if is_tabular:
        font.setFeature(QFont.Tag("tnum"), 1)
    return font


@lru_cache(maxsize=4096)
def text_width(text: str, pixels: int, weight: int) -> int:
    """The width of a text in one line; layouts ask for the same words again and again."""
    return QFontMetrics(_font(pixels, weight, False, False)).horizontalAdvance(text)


@lru_cache(maxsize=4096)
def text_height(text: str, pixels: int, weight: int, room: int) -> int:
    """The height of a text that wraps within `room` pixels."""
    metrics = QFontMetrics(_font(pixels, weight, False, False))
    return metrics.boundingRect(QRect(0, 0, room, 10_000), _WRAP, text or " ").height()
