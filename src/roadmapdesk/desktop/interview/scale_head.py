"""The head of a run of scales with the same points: what the ends mean, and which keys choose."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from roadmapdesk.desktop.interview.controls.keys import anchor, face, is_missing, option_keys
from roadmapdesk.desktop.interview.controls.scale_button import APART, GAP, missing_width, point_width
from roadmapdesk.desktop.interview.question_row import GUTTER, SIDE, fits_beside
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.i18n import gettext as _
from roadmapdesk.workspace.wording import plain
from roadmapdesk.xforms.session.view import Choice

_WRAP = int(Qt.TextFlag.TextWordWrap)
_BOTTOM = int(Qt.AlignmentFlag.AlignBottom)


class ScaleHead(QWidget):
    """Painted above the rows it belongs to, aligned with their buttons.

    Args:
        theme: the look.
    """

    def __init__(self, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._choices: tuple[Choice, ...] = ()
        self._is_below = False
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setSizePolicy(policy)
        theme.changed.connect(self.updateGeometry)

    def _scale_width(self) -> int:
        """Width of the points alone."""
        count = sum(1 for choice in self._choices if not is_missing(choice))
        return count * point_width(self._theme) + max(count - 1, 0) * GAP

    def _row_width(self) -> int:
        """Width of a whole scale row below, as it stands."""
        labels = [plain(choice.label) for choice in self._choices if is_missing(choice)]
        missing = sum(missing_width(label, theme=self._theme) for label in labels) + GAP * max(len(labels) - 1, 0)
        return 6 + self._scale_width() + (APART + missing if labels else 0)

    def show_choices(self, choices: tuple[Choice, ...], *, is_below: bool = False) -> None:
        """Takes the labels in the present language.

        Args:
            choices: the points of the scales.
            is_below: the rows have their buttons below the wording, because two languages stand side by side.
        """
        if is_below != self._is_below:
            self._is_below = is_below
            self.update()
        if choices != self._choices:
            self._choices = choices
            first, last = self._anchors()
            self.setAccessibleName(_("Scale from “{first}” to “{last}”").format(first=first, last=last))
            self.updateGeometry()
            self.update()

    def _anchors(self) -> tuple[str, str]:
        rated = [plain(choice.label) for choice in self._choices if not is_missing(choice)]
        if len(rated) < 2:
            return "", ""
        return anchor(rated[0]), anchor(rated[-1])

    def _anchor_height(self) -> int:
        metrics = QFontMetrics(self._theme.font("caption"))
        width = max(self._scale_width() // 2 - 6, 40)
        return max(
            (metrics.boundingRect(QRect(0, 0, width, 1000), _WRAP, text).height() for text in self._anchors()),
            default=0,
        )

    def _is_beside(self) -> bool:
        """Whether the buttons of the rows stand beside the wording."""
        may_be = not self._is_below and not self._theme.is_wide_text
        return may_be and fits_beside(self.width(), self._row_width())

    def begin(self) -> int:
        """Where the buttons of the rows begin, from the left edge."""
        return (self.width() - SIDE - self._row_width() if self._is_beside() else SIDE) + 3

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._row_width(), max(self._anchor_height(), self._theme.px(20)) + 8)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(100, self.sizeHint().height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = self._theme
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.colour("text_muted"))
        row_width, scale, left = self._row_width(), self._scale_width(), self.begin()
        height = self.height() - 6
        first, last = self._anchors()
        half = scale // 2 - 6
        painter.drawText(QRect(left, 0, half, height), _WRAP | _BOTTOM | int(Qt.AlignmentFlag.AlignLeft), first)
        painter.drawText(
            QRect(left + scale - half, 0, half, height), _WRAP | _BOTTOM | int(Qt.AlignmentFlag.AlignRight), last
        )
        if any(is_missing(choice) for choice in self._choices) and not theme.is_wide_text:  # there in a line below
            area = QRect(left + scale + APART, 0, row_width - scale - APART, height)
            painter.drawText(area, _BOTTOM | int(Qt.AlignmentFlag.AlignLeft), _("without rating"))
        if self._is_beside():
            self._paint_keys(painter, left - GUTTER)
        painter.fillRect(QRect(0, self.height() - 1, self.width(), 1), theme.colour("grid"))
        painter.end()

    def _paint_keys(self, painter: QPainter, right: int) -> None:
        """The keys of the points and of the answers without a rating, at the left above the wordings."""
        keys = option_keys(self._choices).plain
        missing = {choice.value for choice in self._choices if is_missing(choice)}
        points = [str(digit) for digit, code in keys.items() if code not in missing]
        others = [str(digit) for digit, code in keys.items() if code in missing]
        x = SIDE
        if len(points) > 1:
            x = self._paint_key(painter, x, points[0])
            x = self._paint_word(painter, x, "–", right)
            x = self._paint_key(painter, x, points[-1])
            x = self._paint_word(painter, x, _("scale"), right) + 8
        if others and x + 120 < right:
            for digit in others:
                x = self._paint_key(painter, x, digit)
            self._paint_word(painter, x, _("without rating"), right)

    def _paint_key(self, painter: QPainter, x: int, text: str) -> int:
        theme = self._theme
        side = theme.px(17)
        box = QRectF(x + 0.5, self.height() - 8 - side + 0.5, side - 1, side)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("border_strong"), 1))
        painter.setBrush(theme.colour("window"))
        painter.drawRoundedRect(box, 3, 3)
        painter.restore()
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), text)
        return x + side + 4

    def _paint_word(self, painter: QPainter, x: int, word: str, right: int) -> int:
        width = QFontMetrics(self._theme.font("caption")).horizontalAdvance(word)
        if x + width > right:
            return x
        area = QRect(x, 0, width + 2, self.height() - 8)
        painter.drawText(area, _BOTTOM | int(Qt.AlignmentFlag.AlignLeft), word)
        return x + width + 6


def same_scale(one: tuple[Choice, ...], other: tuple[Choice, ...]) -> bool:
    """Whether two scales can share a head: the same points with the same labels."""
    return one is other or [(c.value, c.label) for c in one] == [(c.value, c.label) for c in other]


def has_numbers(choices: tuple[Choice, ...]) -> bool:
    """Whether the buttons carry numbers, so that a head has to say what they mean."""
    rated = [choice for choice in choices if not is_missing(choice)]
    return bool(rated) and all(len(face(choice, plain(choice.label))) <= 2 for choice in rated)
