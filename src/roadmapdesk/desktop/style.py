"""What a style sheet cannot say: check marks from the tokens, no focus dots, nothing that moves by itself."""

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, QRectF, Qt, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QMenu,
    QMenuBar,
    QProxyStyle,
    QScrollArea,
    QStyle,
    QStyleOption,
    QStyleOptionHeader,
    QTabBar,
    QWidget,
)
from shiboken6 import isValid
from typing_extensions import override

from roadmapdesk.desktop.theme import Theme

_UNRINGED = (QAbstractItemView, QScrollArea, QTabBar, QMenuBar, QMenu)
OWN_FOCUS = "paints_own_focus"
RINGS_OUTSIDE = "rings_lie_outside"
"""Set by a widget whose parts touch its edges: their rings are drawn on what the widget lies on."""
_CHECK_BOXES = {
    QStyle.PrimitiveElement.PE_IndicatorCheckBox,
    QStyle.PrimitiveElement.PE_IndicatorItemViewItemCheck,
}
_ARROWS = {
    QStyle.PrimitiveElement.PE_IndicatorArrowDown,
    QStyle.PrimitiveElement.PE_IndicatorArrowUp,
    QStyle.PrimitiveElement.PE_IndicatorHeaderArrow,
}
_ON_OR_PARTLY = QStyle.StateFlag.State_On | QStyle.StateFlag.State_NoChange


class RoadmapStyle(QProxyStyle):
    """Fusion with our own indicators; the focus ring is drawn by `FocusRing`, outside of the control."""

    def __init__(self, *, theme: Theme) -> None:
        super().__init__("Fusion")
        self._theme = theme

    @override
    def drawPrimitive(
        self,
        element: QStyle.PrimitiveElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        if element == QStyle.PrimitiveElement.PE_FrameFocusRect:
            return
        if element in _CHECK_BOXES:
            self._draw_check_box(option, painter)
        elif element == QStyle.PrimitiveElement.PE_IndicatorRadioButton:
            self._draw_radio_button(option, painter)
        elif element in _ARROWS:
            self._draw_arrow(element, option, painter)
        else:
            super().drawPrimitive(element, option, painter, widget)

    def _ink(self, option: QStyleOption) -> tuple[QColor, QColor, QColor]:
        """Ground, outline and mark of an indicator in the state of `option`."""
        is_enabled = bool(option.state & QStyle.StateFlag.State_Enabled)
        is_on = bool(option.state & _ON_OR_PARTLY)
        if not is_enabled:
            grey = self._theme.colour("text_disabled")
            return self._theme.colour("window"), grey, grey
        if is_on:
            accent = self._theme.colour("accent")
            return accent, accent, self._theme.colour("on_accent")
        return self._theme.colour("surface"), self._theme.colour("border_strong"), self._theme.colour("surface")

    def _draw_arrow(self, element: QStyle.PrimitiveElement, option: QStyleOption, painter: QPainter) -> None:
        """An open arrow that grows with the text; Qt's own stay as small as they are, down to a dot."""
        is_enabled = bool(option.state & QStyle.StateFlag.State_Enabled)
        is_down = element == QStyle.PrimitiveElement.PE_IndicatorArrowDown or (
            isinstance(option, QStyleOptionHeader)
            and option.sortIndicator == QStyleOptionHeader.SortIndicator.SortDown
        )
        half = self._theme.px(4)
        middle = QRectF(option.rect).center()
        tip = half / 2 if is_down else -half / 2
        corners = [QPointF(middle.x() + x, middle.y() + y) for x, y in ((-half, -tip), (0, tip), (half, -tip))]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = self._theme.colour("text_muted" if is_enabled else "text_disabled")
        painter.setPen(QPen(ink, self._theme.px(2) * 0.75, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawPolyline(QPolygonF(corners))
        painter.restore()

    def _draw_check_box(self, option: QStyleOption, painter: QPainter) -> None:
        ground, outline, mark = self._ink(option)
        box = QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(outline, 1))
        painter.setBrush(ground)
        painter.drawRoundedRect(box, 3, 3)
        painter.setPen(QPen(mark, max(box.width() / 8, 1.5), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        if option.state & QStyle.StateFlag.State_On:
            points = [(0.24, 0.52), (0.43, 0.70), (0.77, 0.32)]
            corners = [QPointF(box.left() + x * box.width(), box.top() + y * box.height()) for x, y in points]
            painter.drawPolyline(QPolygonF(corners))
        elif option.state & QStyle.StateFlag.State_NoChange:
            middle = box.center().y()
            painter.drawLine(QPointF(box.left() + 4, middle), QPointF(box.right() - 4, middle))
        painter.restore()

    def _draw_radio_button(self, option: QStyleOption, painter: QPainter) -> None:
        ground, outline, mark = self._ink(option)
        box = QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(outline, 1))
        painter.setBrush(ground)
        painter.drawEllipse(box)
        if option.state & QStyle.StateFlag.State_On:
            inset = box.width() * 0.3
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(mark)
            painter.drawEllipse(box.adjusted(inset, inset, -inset, -inset))
        painter.restore()


def draw_focus_ring(painter: QPainter, rect: QRectF, *, theme: Theme, radius: float | None = None) -> None:
    """Draws the ring around `rect` of a control: 2 px wide with 1 px gap, so it needs 3 px around the control.

    For delegates and widgets that paint their own focus; plain controls get it from `FocusRing`.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.colour("focus"), theme.width("focus")))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    corner = (theme.radius("control") if radius is None else radius) + 2
    painter.drawRoundedRect(rect.adjusted(-2, -2, 2, 2), corner, corner)
    painter.restore()


class _Ring(QWidget):
    """The painted ring; a sibling of the control that it surrounds, deaf to the mouse."""

    def __init__(self, *, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setObjectName("focus_ring")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw_focus_ring(painter, QRectF(self.rect()).adjusted(3, 3, -3, -3), theme=self._theme)
        painter.end()


class FocusRing(QObject):
    """Puts a ring around whichever control has the focus, outside of it, drawn over its parent.

    Controls that show their focus themselves set the dynamic property `OWN_FOCUS`; item views use delegates.
    """

    def __init__(self, application: QApplication, *, theme: Theme) -> None:
        super().__init__(application)
        self._theme = theme
        self._target: QWidget | None = None
        self._watched: tuple[QWidget, ...] = ()
        self._ring: _Ring | None = None
        application.focusChanged.connect(self._on_application_focus_changed)

    @property
    def target(self) -> QWidget | None:
        """The control that wears the ring now."""
        return self._target

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched in self._watched:
            kind = event.type()
            if kind in {QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide}:
                self._follow()
            elif kind in {QEvent.Type.ParentChange, QEvent.Type.DeferredDelete}:
                self._release()
        return False

    @Slot("QWidget*", "QWidget*")
    def _on_application_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is None or isinstance(new, _UNRINGED) or new.isWindow() or new.property(OWN_FOCUS):
            self._release()
            return
        self._forget()
        self._target = new
        watched, holder = [new], new.parentWidget()
        while holder is not None and holder.property(RINGS_OUTSIDE):
            watched.append(holder)
            holder = holder.parentWidget()
        self._watched = tuple(watched)
        for widget in self._watched:
            widget.installEventFilter(self)
        self._follow()

    def _release(self) -> None:
        self._forget()
        if self._ring is not None and isValid(self._ring):
            self._ring.hide()

    def _forget(self) -> None:
        for widget in self._watched:
            if isValid(widget):
                widget.removeEventFilter(self)
        self._watched = ()
        self._target = None

    def _follow(self) -> None:
        if self._target is None:
            return
        parent = self._watched[-1].parentWidget()
        if parent is None:
            return
        if self._ring is None or not isValid(self._ring):
            self._ring = _Ring(theme=self._theme)
        if self._ring.parentWidget() is not parent:
            self._ring.setParent(parent)
        box = QRect(self._target.mapTo(parent, QPoint()), self._target.size())
        self._ring.setGeometry(box.adjusted(-3, -3, 3, 3))
        self._ring.raise_()
        self._ring.setVisible(self._target.isVisible())
