"""What an option looks like: its sizes and its painting."""

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap
from PySide6.QtWidgets import QAbstractButton, QStyle, QStyleOptionButton

from roadmapdesk.desktop.theme import Theme

_MARK = 16
_PAD = 10
_IMAGE = 72
CELL_PAD = 4
_HEAD = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignHCenter) | int(Qt.AlignmentFlag.AlignBottom)
_WRAP = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignLeft) | int(Qt.AlignmentFlag.AlignTop)
_KEY_PLACE = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class Cell(Enum):
    """Whether an option stands as a cell of a table, and then whether its wording stands above its mark."""

    NONE = "none"
    BARE = "bare"
    HEADED = "headed"


@dataclass(slots=True)
class OptionFace:
    """What an option shows.

    Attributes:
        text: the label, plain.
        second: the label in the other language, empty where one language is shown.
        key: the key that chooses it, as printed.
        is_missing: whether it stands apart as an answer without a rating.
        image: a picture beside the label, or None.
        has_mark: whether the circle or box of the button is drawn; without it the ground alone shows the choice.
        cell: how it stands in a table; the wording of a bare cell is said to the screen reader alone.
    """

    text: str
    second: str = ""
    key: str = ""
    is_missing: bool = False
    image: QPixmap | None = None
    has_mark: bool = True
    cell: Cell = Cell.NONE


def natural_size(theme: Theme, face: OptionFace) -> QSize:
    """The size in which the wording needs no second line."""
    text = max(theme.text_width("body", face.text), theme.text_width("caption", face.second)) + 2
    width = _text_left(theme, face) + text + _text_right(theme, face)
    return QSize(width, height_for(theme, face, width))


def height_for(theme: Theme, face: OptionFace, width: int) -> int:
    """The height in which the wording fits into a width."""
    if face.cell is not Cell.NONE:
        head = cell_head_height(theme, face, width) if face.cell is Cell.HEADED else 0
        return head + theme.px(30)
    room = max(width - _text_left(theme, face) - _text_right(theme, face), 40)
    height = theme.text_height("body", face.text, room)
    if face.second:
        height += theme.text_height("caption", face.second, room)
    if face.image is not None:
        height = max(height, theme.px(_IMAGE))
    return max(height + 8, theme.px(30))


def paint_option(option: QAbstractButton, theme: Theme, face: OptionFace, mark: QStyle.PrimitiveElement) -> None:
    """Draws an option: ground, mark, picture, wording, and the key that chooses it."""
    painter = QPainter(option)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if face.cell is not Cell.NONE:
        _paint_cell(painter, option, theme, face, mark)
        painter.end()
        return
    _paint_ground(painter, option, theme, face)
    middle = option.height() // 2
    if face.has_mark:
        _paint_mark(painter, option, theme, mark, QPoint(_PAD, middle - theme.px(_MARK) // 2))
    if face.image is not None:
        image_side = theme.px(_IMAGE)
        left = _image_left(theme, face)
        area = QRectF(left, middle - image_side / 2, image_side, image_side)
        shown = QRectF(area)
        shown.setSize(QRectF(face.image.rect()).size().scaled(area.size(), Qt.AspectRatioMode.KeepAspectRatio))
        shown.moveCenter(area.center())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(shown, face.image, QRectF(face.image.rect()))
    _paint_texts(painter, option, theme, face)
    painter.end()


def cell_head_height(theme: Theme, face: OptionFace, width: int) -> int:
    """The height that the wording of a table's column takes in a width."""
    room = max(width - 2 * CELL_PAD, 20)
    height = theme.text_height("caption", face.text, room)
    return height + (theme.text_height("caption", face.second, room) if face.second else 0) + 4


def paint_cell_head(painter: QPainter, theme: Theme, face: OptionFace, area: QRect) -> None:
    """Draws the wording of a table's column at the foot of an area, the other language below it."""
    room = area.adjusted(CELL_PAD, 0, -CELL_PAD, -2)
    painter.setFont(theme.font("caption"))
    if face.second:
        painter.setPen(theme.colour("text_muted"))
        painter.drawText(room, _HEAD, face.second)
        room.adjust(0, 0, 0, -theme.text_height("caption", face.second, room.width()))
    painter.setPen(theme.colour("text_muted" if face.is_missing else "text"))
    painter.drawText(room, _HEAD, face.text)


def _paint_cell(
    painter: QPainter, option: QAbstractButton, theme: Theme, face: OptionFace, mark: QStyle.PrimitiveElement
) -> None:
    area = QRectF(option.rect()).adjusted(1.5, 0.5, -1.5, -0.5)
    if option.isChecked() or (option.isEnabled() and option.underMouse()):
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent_soft" if option.isEnabled() else "sunken"))
        painter.drawRoundedRect(area, theme.radius("control"), theme.radius("control"))
    foot = theme.px(30)
    if face.cell is Cell.HEADED:
        paint_cell_head(painter, theme, face, QRect(0, 0, option.width(), option.height() - foot))
    side = theme.px(_MARK)
    corner = QPoint((option.width() - side) // 2, option.height() - (foot + side) // 2)
    _paint_mark(painter, option, theme, mark, corner)


def _paint_mark(
    painter: QPainter, option: QAbstractButton, theme: Theme, mark: QStyle.PrimitiveElement, corner: QPoint
) -> None:
    side = theme.px(_MARK)
    style_option = QStyleOptionButton()
    style_option.initFrom(option)
    is_on = QStyle.StateFlag.State_On if option.isChecked() else QStyle.StateFlag.State_Off
    style_option.state = style_option.state | is_on
    style_option.rect = QRect(corner.x(), corner.y(), side, side)
    option.style().drawPrimitive(mark, style_option, painter, option)


def _image_left(theme: Theme, face: OptionFace) -> int:
    return _PAD + (theme.px(_MARK) + 8 if face.has_mark else 0)


def _text_left(theme: Theme, face: OptionFace) -> int:
    left = _image_left(theme, face)
    return left + theme.px(_IMAGE) + 8 if face.image is not None else left


def _text_right(theme: Theme, face: OptionFace) -> int:
    return _PAD + _key_width(theme, face)


def _key_width(theme: Theme, face: OptionFace) -> int:
    if not face.key:
        return 0
    return max(theme.px(22), theme.text_width("caption", face.key) + 8)


def _paint_ground(painter: QPainter, option: QAbstractButton, theme: Theme, face: OptionFace) -> None:
    ground = theme.colour("window" if face.is_missing else "surface")
    outline = theme.colour("border_strong")
    if option.isChecked():
        ground = theme.colour("sunken" if face.is_missing else "accent_soft")
        outline = theme.colour("text_muted" if face.is_missing else "accent")
    elif option.isEnabled() and option.underMouse():
        ground = theme.colour("accent_soft")
    if not option.isEnabled():
        outline = theme.colour("border")
    width = 2 if option.isChecked() and not face.has_mark else 1
    inset = width / 2
    painter.setPen(QPen(outline, width))
    painter.setBrush(ground)
    area = QRectF(option.rect()).adjusted(inset, inset, -inset, -inset)
    painter.drawRoundedRect(area, theme.radius("control"), theme.radius("control"))


def _paint_texts(painter: QPainter, option: QAbstractButton, theme: Theme, face: OptionFace) -> None:
    left = _text_left(theme, face)
    room = option.width() - left - _text_right(theme, face)
    heights = [theme.text_height("body", face.text, room)]
    if face.second:
        heights.append(theme.text_height("caption", face.second, room))
    top = (option.height() - sum(heights)) // 2
    muted = face.is_missing and not option.isChecked()
    ink = "text_muted" if muted or not option.isEnabled() else "text"
    painter.setFont(theme.font("body", is_bold=option.isChecked() and not face.has_mark))
    painter.setPen(theme.colour(ink))
    painter.drawText(QRect(left, top, room, heights[0]), _WRAP, face.text)
    painter.setPen(theme.colour("text_muted"))
    if face.second:
        painter.setFont(theme.font("caption"))
        painter.drawText(QRect(left, top + heights[0], room, heights[1]), _WRAP, face.second)
    if face.key and option.isEnabled():
        painter.setFont(theme.font("caption"))
        width = _key_width(theme, face)
        key_area = QRect(option.width() - _PAD - width, 0, width, option.height())
        painter.drawText(key_area, _KEY_PLACE, face.key)
