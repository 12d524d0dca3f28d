"""A vector picture whose parts can be pointed at."""

from PySide6.QtCore import QByteArray, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBitmap,
    QColor,
    QImage,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QRegion,
    QResizeEvent,
)
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from roadmapdesk.desktop.theme import Theme
from roadmapdesk.xforms.svg_map import SvgMap

_WIDEST = 720
_HIGHEST = 480


class MapPicture(QWidget):
    """Shows the picture with chosen parts marked. It takes no focus: the list below it is for keys and readers.

    Attributes:
        pointed: a part was clicked; its code.
    """

    pointed = Signal(str)

    def __init__(self, *, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._drawing = QSvgRenderer(self)
        self._masks = QSvgRenderer(self)
        self._codes: tuple[str, ...] = ()
        self._names: dict[str, str] = {}
        self._areas: dict[str, QRegion] = {}
        self._chosen: frozenset[str] = frozenset()
        self._marked = ""
        self._pressed = ""
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_picture(self, found: SvgMap) -> bool:
        """Shows another picture; False where it cannot be drawn."""
        self._codes = found.codes
        is_drawn = self._drawing.load(QByteArray(found.picture)) and self._masks.load(QByteArray(found.masks))
        self.updateGeometry()
        self._measure()
        return bool(is_drawn)

    def show_choice(self, chosen: frozenset[str], names: dict[str, str]) -> None:
        """Marks the chosen parts; `names` are the labels for the tooltips."""
        self._chosen = chosen
        self._names = names
        self.update()

    def mark(self, code: str) -> None:
        """Outlines the part that has the focus in the list or lies under the mouse."""
        if code != self._marked:
            self._marked = code
            self.update()

    @override
    def sizeHint(self) -> QSize:
        size = self._drawing.defaultSize()
        if size.isEmpty():
            return QSize(0, 0)
        return size.scaled(QSize(_WIDEST, _HIGHEST), Qt.AspectRatioMode.KeepAspectRatio)

    def code_at(self, at: QPointF) -> str:
        """The code of the part at a place; of several the one drawn last, which lies on top."""
        point = at.toPoint()
        return next((code for code in reversed(self._codes) if self._areas.get(code, QRegion()).contains(point)), "")

    def area(self, code: str) -> QRegion:
        """Where a part lies."""
        return self._areas.get(code, QRegion())

    def _measure(self) -> None:
        """Finds the pixels of each part by drawing it alone."""
        self._areas = {}
        box = self._drawing.viewBoxF()
        if box.isEmpty() or self.width() < 1:
            return
        across, down = self.width() / box.width(), self.height() / box.height()
        for code in self._codes:
            bounds = self._masks.transformForElement(code).mapRect(self._masks.boundsOnElement(code))
            place = QRectF(
                (bounds.x() - box.x()) * across, (bounds.y() - box.y()) * down,
                bounds.width() * across, bounds.height() * down,
            )  # fmt: skip
            pixels = place.toAlignedRect().intersected(QRect(0, 0, self.width(), self.height()))
            if pixels.isEmpty():
                continue
            image = QImage(pixels.size(), QImage.Format.Format_ARGB32_Premultiplied)
            image.fill(Qt.GlobalColor.transparent)
            painter = QPainter(image)
            self._masks.render(painter, code, place.translated(-QPointF(pixels.topLeft())))
            painter.end()
            mask = QBitmap.fromImage(image.createAlphaMask())
            self._areas[code] = QRegion(mask).translated(pixels.topLeft())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        self._drawing.render(painter, QRectF(self.rect()))
        for code in self._codes:
            path = QPainterPath()
            path.addRegion(self.area(code))
            if code in self._chosen:
                wash = QColor(theme.colour("accent"))
                wash.setAlpha(120)
                painter.fillPath(path, wash)
            if code in self._chosen or code == self._marked:
                style = Qt.PenStyle.DashLine if code == self._marked else Qt.PenStyle.SolidLine
                painter.setPen(
                    QPen(QColor(Qt.GlobalColor.black), 3, style)
                )  # the picture's paper is white in the dark
                painter.drawPath(path.simplified())
        painter.setPen(QPen(theme.colour("border_strong"), 1))
        painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.end()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        code = self.code_at(event.position()) if self.isEnabled() else ""
        self.setToolTip(self._names.get(code, ""))
        self.setCursor(Qt.CursorShape.PointingHandCursor if code else Qt.CursorShape.ArrowCursor)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = self.code_at(event.position()) if event.button() == Qt.MouseButton.LeftButton else ""
        if not self._pressed:
            event.ignore()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        code, self._pressed = self._pressed, ""
        if code and code == self.code_at(event.position()):
            self.pointed.emit(code)
