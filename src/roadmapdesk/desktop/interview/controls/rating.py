"""A range as a row of stars."""

import html
import math

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from roadmapdesk.desktop.interview.controls.numbers import show_number
from roadmapdesk.desktop.interview.controls.range_steps import RangeSteps
from roadmapdesk.desktop.interview.controls.scale import ScaleRow
from roadmapdesk.desktop.interview.controls.scale_button import ScaleButton
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.i18n import current_language
from roadmapdesk.i18n import gettext as _
from roadmapdesk.xforms.session.view import Choice, NodeView

MOST_STARS = 11


class StarButton(ScaleButton):
    """One star; it is filled from the first to the chosen one.

    Attributes:
        is_filled: whether the star counts.
    """

    def __init__(self, text: str, *, theme: Theme, parent: QWidget) -> None:
        super().__init__(text, missing=False, is_wide=False, theme=theme, parent=parent)
        self.is_filled = False

    @override
    def sizeHint(self) -> QSize:
        side = self._theme.height("scale_button")
        return QSize(side, side)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = "accent" if self.is_filled else "border_strong"
        if not self.isEnabled():
            ink = "text_disabled"
        painter.setPen(QPen(theme.colour(ink), 1.5))
        ground = ink if self.is_filled else ("accent_soft" if self.underMouse() and self.isEnabled() else "surface")
        painter.setBrush(theme.colour(ground))
        painter.drawPolygon(
            star(QPointF(self.width() / 2, self.height() / 2), min(self.width(), self.height()) * 0.42)
        )
        painter.end()


def star(middle: QPointF, radius: float) -> QPolygonF:
    """A star with five rays."""
    corners = []
    for corner in range(10):
        reach = radius if corner % 2 == 0 else radius * 0.45
        turn = math.pi * (corner / 5 - 0.5)
        corners.append(middle + QPointF(math.cos(turn), math.sin(turn)) * reach)
    return QPolygonF(corners)


class RatingRow(ScaleRow):
    """The appearance ``rating``: at most eleven stars; keys as in a scale, digits choose at once."""

    def __init__(self, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme=theme, parent=parent)
        self._anchor.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._anchor.setIndent(6)

    @override
    def _offered(self, view: NodeView) -> tuple[Choice, ...]:
        steps = RangeSteps(dict(view.parameters))
        return tuple(Choice(steps.text(place), steps.text(place)) for place in range(steps.count + 1))

    @override
    def _make_button(self, choice: Choice, *, is_wide: bool) -> ScaleButton:
        return StarButton(choice.value, theme=self._theme, parent=self)

    @override
    def _repaint_view(self) -> None:
        super()._repaint_view()
        place = RangeSteps(dict(self.view.parameters)).place(self.view.text)
        for number, button in enumerate(self._buttons.values()):
            if isinstance(button, StarButton) and button.is_filled != (place is not None and number <= place):
                button.is_filled = not button.is_filled
                button.update()

    @override
    def _show_anchor(self) -> None:
        """Says the focused or chosen value as a number."""
        focused = next((code for code, button in self._buttons.items() if button.hasFocus()), self.view.text)
        sentence = _("{value} of {most}") if focused else ""
        language = current_language()
        most = next(reversed(self._buttons), "")
        words = sentence.format(value=show_number(focused, language), most=show_number(most, language))
        steps = RangeSteps(dict(self.view.parameters))
        place = steps.place(focused)
        label = steps.labels(self.view.choices).get(place, "") if place is not None else ""
        self._anchor.setText(html.escape(" – ".join(part for part in (words, label) if part)))
