"""Marks of a cell beside words: its class as a chip with the right symbol, its grade as a letter."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from roadmapdesk.desktop.assessment.painting import paint_class
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.chips import draw_grade

_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)


class ClassChip(QWidget):
    """Symbol and name of a class on its soft ground; filled or hollow as the class asks."""

    def __init__(self, key: str, word: str, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._key = key
        self._word = word
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(word)

    @override
    def sizeHint(self) -> QSize:
        theme = self._theme
        self.setFont(theme.font("body", is_bold=True))
        width = self.fontMetrics().horizontalAdvance(self._word) + theme.px(26) + 10
        return QSize(width, max(theme.px(24), self.fontMetrics().height() + 2))

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        colours = theme.class_colours(self._key)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.soft)
        painter.drawRoundedRect(QRectF(self.rect()), theme.radius("chip"), theme.radius("chip"))
        centre = QPointF(theme.px(14), self.height() / 2)
        paint_class(painter, self._key, centre, theme.px(11), colours.mark)
        painter.setPen(colours.text)
        painter.setFont(theme.font("body", is_bold=True))
        painter.drawText(QRectF(theme.px(26), 0, self.width(), self.height()), _LEFT, self._word)
        painter.end()


class GradeChip(QWidget):
    """The letter of a grade in its square."""

    def __init__(self, grade: str, word: str, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._grade = grade
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{grade}: {word}")
        self.setToolTip(word)

    @override
    def sizeHint(self) -> QSize:
        side = self._theme.px(21)
        return QSize(side, side)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw_grade(painter, QRectF(self.rect()), self._grade, theme=self._theme)
        painter.end()
