"""Buttons that are options: a row with mark, wording and key, as radio button or check box."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QRadioButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QWidget,
)
from typing_extensions import override

from roadmapdesk.desktop.theme import Theme

_MARK = 16
_PAD = 10
_IMAGE = 72
_ARROWS = {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right}
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
    """

    text: str
    second: str = ""
    key: str = ""
    is_missing: bool = False
    image: QPixmap | None = None


class RadioOption(QRadioButton):
    """One of several, exactly one of which may be chosen."""

    def __init__(self, face: OptionFace, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.face = face
        _prepare(self, face)

    @override
    def sizeHint(self) -> QSize:
        return _natural_size(self._theme, self.face)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(80), self._theme.px(28))

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        return _height_for(self._theme, self.face, width)

    @override
    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        _paint(self, self._theme, self.face, QStyle.PrimitiveElement.PE_IndicatorRadioButton)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ARROWS:
            event.ignore()  # the control moves the focus and chooses; Qt alone would move without choosing
        else:
            super().keyPressEvent(event)


class CheckOption(QCheckBox):
    """One of several, any number of which may be chosen."""

    def __init__(self, face: OptionFace, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.face = face
        _prepare(self, face)

    @override
    def sizeHint(self) -> QSize:
        return _natural_size(self._theme, self.face)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(80), self._theme.px(28))

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        return _height_for(self._theme, self.face, width)

    @override
    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        _paint(self, self._theme, self.face, QStyle.PrimitiveElement.PE_IndicatorCheckBox)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ARROWS:
            event.ignore()
        else:
            super().keyPressEvent(event)


Option = RadioOption | CheckOption


def show_face(option: Option, face: OptionFace) -> None:
    """Gives the option another wording."""
    if option.face != face:
        option.face = face
        option.setText(face.text)
        option.updateGeometry()
        option.update()


def step_focus(options: Sequence[QAbstractButton], steps: int) -> QAbstractButton | None:
    """Moves the focus within the options, stopping at both ends; the option that has it then."""
    enabled = [option for option in options if option.isEnabled() and option.isVisible()]
    if not enabled:
        return None
    held = next((place for place, option in enumerate(enabled) if option.hasFocus()), None)
    place = 0 if held is None else min(max(held + steps, 0), len(enabled) - 1)
    enabled[place].setFocus(Qt.FocusReason.TabFocusReason)
    return enabled[place]


def _prepare(option: Option, face: OptionFace) -> None:
    option.setText(face.text)
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    option.setSizePolicy(policy)
    option.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    option.setMouseTracking(True)


def _text_left(theme: Theme, face: OptionFace) -> int:
    left = _PAD + theme.px(_MARK) + 8
    return left + theme.px(_IMAGE) + 8 if face.image is not None else left


def _text_right(theme: Theme, face: OptionFace) -> int:
    return _PAD + _key_width(theme, face)


def _key_width(theme: Theme, face: OptionFace) -> int:
    if not face.key:
        return 0
    return max(theme.px(22), QFontMetrics(theme.font("caption")).horizontalAdvance(face.key) + 8)


def _natural_size(theme: Theme, face: OptionFace) -> QSize:
    body = QFontMetrics(theme.font("body"))
    caption = QFontMetrics(theme.font("caption"))
    text = max(body.horizontalAdvance(face.text), caption.horizontalAdvance(face.second)) + 2
    width = _text_left(theme, face) + text + _text_right(theme, face)
    return QSize(width, _height_for(theme, face, width))


def _height_for(theme: Theme, face: OptionFace, width: int) -> int:
    room = max(width - _text_left(theme, face) - _text_right(theme, face), 40)
    height = _text_height(theme, "body", face.text, room)
    if face.second:
        height += _text_height(theme, "caption", face.second, room)
    if face.image is not None:
        height = max(height, theme.px(_IMAGE))
    return max(height + 8, theme.px(30))


def _text_height(theme: Theme, style: str, text: str, room: int) -> int:
    return QFontMetrics(theme.font(style)).boundingRect(QRect(0, 0, room, 10_000), _WRAP, text or " ").height()


def _paint(option: Option, theme: Theme, face: OptionFace, mark: QStyle.PrimitiveElement) -> None:
    painter = QPainter(option)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    area = QRectF(option.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
    _paint_ground(painter, option, theme, face, area)
    side = theme.px(_MARK)
    middle = option.height() // 2
    style_option = QStyleOptionButton()
    option.initStyleOption(style_option)
    style_option.rect = QRect(_PAD, middle - side // 2, side, side)
    option.style().drawPrimitive(mark, style_option, painter, option)
    left = _PAD + side + 8
    if face.image is not None:
        image_side = theme.px(_IMAGE)
        painter.drawPixmap(QRect(left, middle - image_side // 2, image_side, image_side), face.image)
    _paint_texts(painter, option, theme, face)
    painter.end()


def _paint_ground(painter: QPainter, option: Option, theme: Theme, face: OptionFace, area: QRectF) -> None:
    ground = theme.colour("window" if face.is_missing else "surface")
    outline = theme.colour("border_strong")
    if option.isChecked():
        ground = theme.colour("sunken" if face.is_missing else "accent_soft")
        outline = theme.colour("text_muted" if face.is_missing else "accent")
    elif option.isEnabled() and option.underMouse():
        ground = theme.colour("accent_soft")
    if not option.isEnabled():
        outline = theme.colour("border")
    painter.setPen(QPen(outline, 1))
    painter.setBrush(ground)
    painter.drawRoundedRect(area, theme.radius("control"), theme.radius("control"))


def _paint_texts(painter: QPainter, option: Option, theme: Theme, face: OptionFace) -> None:
    left = _text_left(theme, face)
    room = option.width() - left - _text_right(theme, face)
    heights = [_text_height(theme, "body", face.text, room)]
    if face.second:
        heights.append(_text_height(theme, "caption", face.second, room))
    top = (option.height() - sum(heights)) // 2
    muted = face.is_missing and not option.isChecked()
    ink = "text_muted" if muted or not option.isEnabled() else "text"
    painter.setFont(theme.font("body"))
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
