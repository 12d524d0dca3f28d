"""A sheet of paper on the screen: strokes of mouse or pen on white or on a picture, taken back one by one."""

from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from roadmapdesk.desktop.interview.controls.images import png_of
from roadmapdesk.desktop.theme import Theme

LONGEST_SIDE = 2_000
_MOST_WIDE = 720
_MOST_HIGH = 520
_SHARPNESS = 2  # stored pixels for one pixel on the screen


@dataclass(slots=True)
class Stroke:
    """One stroke, in the pixels of the stored picture."""

    colour: QColor
    points: list[QPointF] = field(default_factory=list)

    def path(self) -> QPainterPath:
        """The stroke as a curve through the middles between its points."""
        path = QPainterPath(self.points[0])
        for before, after in zip(self.points[1:], self.points[2:], strict=False):
            path.quadTo(before, (before + after) / 2)
        path.lineTo(self.points[-1])
        return path


class SketchPad(QWidget):
    """Draws while the left button is held. Backspace takes the last stroke back, Delete clears the sheet.

    Args:
        size: of the empty sheet on the screen, at 100 % text.
        has_line: whether the empty sheet shows a line to sign on.

    Attributes:
        changed: a person added or took away strokes.
        clearing_wanted: Delete was pressed.
    """

    changed = Signal()
    clearing_wanted = Signal()

    def __init__(self, size: QSize, *, theme: Theme, has_line: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._sheet = size
        self._has_line = has_line
        self._picture = QImage()
        self._strokes: list[Stroke] = []
        self._is_drawing = False
        self.colour = QColor(Qt.GlobalColor.black)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def has_strokes(self) -> bool:
        """Whether something was drawn since the picture was put under it."""
        return bool(self._strokes)

    @property
    def has_picture(self) -> bool:
        """Whether a picture lies under the strokes."""
        return not self._picture.isNull()

    def show_picture(self, picture: QImage) -> None:
        """Puts a picture under the pen, or an empty sheet for a null one; what was drawn goes."""
        if max(picture.width(), picture.height()) > LONGEST_SIDE:
            picture = picture.scaled(
                LONGEST_SIDE, LONGEST_SIDE, Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )  # fmt: skip
        self._picture = picture
        self._strokes = []
        self._is_drawing = False
        self.updateGeometry()
        self.update()

    def undo_stroke(self) -> None:
        """Takes the last stroke back."""
        if self._strokes:
            self._strokes.pop()
            self._is_drawing = False
            self.update()
            self.changed.emit()

    def clear_strokes(self) -> None:
        """Takes all strokes back; a picture stays."""
        if self._strokes:
            self._strokes = []
            self._is_drawing = False
            self.update()
            self.changed.emit()

    def to_png(self) -> bytes:
        """Picture and strokes as a PNG file, black on white in either theme."""
        image = QImage(self._stored_size(), QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        self._paint_content(painter)
        painter.end()
        return png_of(image)

    def _stored_size(self) -> QSize:
        return self._picture.size() if self.has_picture else self._sheet * _SHARPNESS

    @override
    def sizeHint(self) -> QSize:
        if not self.has_picture:
            return self._sheet
        size = self._picture.size()
        room = QSize(_MOST_WIDE, _MOST_HIGH)
        is_small = size.width() <= room.width() and size.height() <= room.height()
        return size if is_small else size.scaled(room, Qt.AspectRatioMode.KeepAspectRatio)

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _scale(self) -> float:
        """Pixels on the screen for one stored pixel."""
        return self.width() / max(self._stored_size().width(), 1)

    def _pen_width(self) -> float:
        size = self._stored_size()
        return max(max(size.width(), size.height()) / 260, 1.5)

    def _paint_content(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if self.has_picture:
            painter.drawImage(0, 0, self._picture)
        for stroke in self._strokes:
            pen = QPen(stroke.colour, self._pen_width())
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.setPen(pen)
            if len(stroke.points) == 1:
                painter.drawPoint(stroke.points[0])
            else:
                painter.drawPath(stroke.path())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        if self._has_line and not self.has_picture:
            painter.setPen(QPen(QColor(Qt.GlobalColor.gray), 1))
            height = self.height() * 3 // 4
            painter.drawLine(24, height, self.width() - 24, height)
        painter.save()
        painter.scale(self._scale(), self._scale())
        self._paint_content(painter)
        painter.restore()
        painter.setPen(QPen(self._theme.colour("border_strong" if self.isEnabled() else "border"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.end()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        self._is_drawing = True
        self._strokes.append(Stroke(QColor(self.colour), [event.position() / self._scale()]))
        self.update()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._is_drawing:
            self._strokes[-1].points.append(event.position() / self._scale())
            self.update()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._is_drawing and event.button() == Qt.MouseButton.LeftButton:
            self._is_drawing = False
            self.changed.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Backspace:
            self.undo_stroke()
        elif event.key() == Qt.Key.Key_Delete:
            self.clearing_wanted.emit()
        else:
            event.ignore()
