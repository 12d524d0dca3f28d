"""Lucide icons, drawn in the colours of the theme and kept by name, colour, size and ratio."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from typing_extensions import override

if TYPE_CHECKING:
    from roadmapdesk.desktop.theme import Theme

_STROKE = "1.75"


class IconPainter:
    """Draws the SVG files of one folder and remembers what it drew.

    Args:
        folder: holds ``<name>.svg`` with ``currentColor`` as the stroke.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._sources: dict[str, str] = {}
        self._pixmaps: dict[tuple[str, int, int, float], QPixmap] = {}

    def pixmap(self, name: str, pixels: int, colour: QColor, ratio: float) -> QPixmap:
        """The icon at `pixels` device-independent pixels.

        Raises:
            OSError: when no such icon is shipped.
        """
        key = (name, pixels, colour.rgba(), ratio)
        known = self._pixmaps.get(key)
        if known is not None:
            return known
        source = self._source(name).replace("currentColor", colour.name())
        pixmap = QPixmap(QSize(pixels, pixels) * ratio)
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        renderer = QSvgRenderer(QByteArray(source.encode()))
        renderer.render(painter, QRectF(0, 0, pixels, pixels))
        painter.end()
        self._pixmaps[key] = pixmap
        return pixmap

    def _source(self, name: str) -> str:
        if name not in self._sources:
            text = (self._folder / f"{name}.svg").read_text(encoding="utf-8")
            self._sources[name] = text.replace('stroke-width="2"', f'stroke-width="{_STROKE}"')
        return self._sources[name]


class ThemedIconEngine(QIconEngine):
    """Draws one icon in the theme's present colours, so icons follow the scheme without being set again.

    Args:
        name: file name of the icon without extension.
        colour: token for the normal mode; disabled icons use ``text_disabled``.
        theme: the look to ask.
    """

    def __init__(self, name: str, colour: str, *, theme: "Theme") -> None:
        super().__init__()
        self._name = name
        self._colour = colour
        self._theme = theme

    @override
    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        painter.drawPixmap(rect.topLeft(), self._drawn(rect.size(), mode, painter.device().devicePixelRatioF()))

    @override
    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self._drawn(size, mode, 1.0)

    @override
    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        return self._drawn((size.toSizeF() / scale).toSize(), mode, scale)

    @override
    def clone(self) -> QIconEngine:
        return ThemedIconEngine(self._name, self._colour, theme=self._theme)

    def _drawn(self, size: QSize, mode: QIcon.Mode, ratio: float) -> QPixmap:
        """The icon at the left end of `size`; a size wider than high leaves a gap before the word of a button."""
        colour = "text_disabled" if mode == QIcon.Mode.Disabled else self._colour
        side = max(min(size.width(), size.height()), 1)
        icon = self._theme.raw_icon_pixmap(self._name, side, colour, ratio)
        if size.width() == size.height():
            return icon
        wide = QPixmap(size * ratio)
        wide.setDevicePixelRatio(ratio)
        wide.fill(Qt.GlobalColor.transparent)
        painter = QPainter(wide)
        painter.drawPixmap(0, (size.height() - side) // 2, icon)
        painter.end()
        return wide
