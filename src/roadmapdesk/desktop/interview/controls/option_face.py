"""What an option looks like: its sizes and its painting."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap
from PySide6.QtWidgets import QAbstractButton, QStyle, QStyleOptionButton

from roadmapdesk.desktop.theme import Theme

_MARK = 16
_PAD = 10
_IMAGE = 72
_WRAP = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignLeft) | int(Qt.AlignmentFlag.AlignTop)


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
    """

    text: str
    second: str = ""
    key: str = ""
    is_missing: bool = False
    image: QPixmap | None = None
    has_mark: bool = True


def natural_size(theme: Theme, face: OptionFace) -> QSize:
    """The size in which the wording needs no second line."""
    text = max(theme.text_width("body", face.text), theme.text_width("caption", face.second)) + 2
    width = _text_left(theme, face) + text + _text_right(theme, face)
    return QSize(width, height_for(theme, face, width))


def height_for(theme: Theme, face: OptionFace, width: int) -> int:
    """The height in which the wording fits into a width."""
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
    _paint_ground(painter, option, theme, face)
    middle = option.height() // 2
    if face.has_mark:
        side = theme.px(_MARK)
        style_option = QStyleOptionButton()
        style_option.initFrom(option)
        is_on = QStyle.StateFlag.State_On if option.isChecked() else QStyle.StateFlag.State_Off
        style_option.state = style_option.state | is_on
        style_option.rect = QRect(_PAD, middle - side // 2, side, side)
        option.style().drawPrimitive(mark, style_option, painter, option)
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
        painter.drawText(key_area, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), face.key)
