"""Interviews by state against the plan: one bar of parts, and below it numbers with words."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.words import state_word
from roadmapdesk.domain.interviews import InterviewState
from roadmapdesk.i18n import gettext as _
from roadmapdesk.workspace.coverage import Progress

_ORDER = (
    InterviewState.APPROVED,
    InterviewState.IN_REVIEW,
    InterviewState.FINALISED,
    InterviewState.DRAFT,
    InterviewState.PLANNED,
)
_BAR = 14
_GAP = 2


@dataclass(frozen=True, slots=True)
class _Part:
    word: str
    number: int
    colour: QColor
    is_outlined: bool


class StateBar(QWidget):
    """The bar of states with its legend; says the numbers as its accessible name."""

    def __init__(self, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._progress: Progress | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def set_progress(self, progress: Progress) -> None:
        """Shows other numbers."""
        self._progress = progress
        self.setAccessibleName(", ".join(f"{part.word}: {part.number}" for part in self._parts()))
        self.update()

    @override
    def sizeHint(self) -> QSize:
        theme = self._theme
        line = theme.line_height("heading") + theme.line_height("body")
        return QSize(480, _BAR + theme.space("s") + line * (2 if theme.is_wide_text else 1))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        parts = self._parts()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_bar(painter, [part for part in parts if part.number])
        self._paint_legend(painter, parts)
        painter.end()

    def _parts(self) -> list[_Part]:
        theme, progress = self._theme, self._progress
        if progress is None:
            return []
        colours = {
            InterviewState.APPROVED: theme.colour("accent"),
            InterviewState.IN_REVIEW: theme.heat_colours(70).fill,
            InterviewState.FINALISED: theme.heat_colours(55).fill,
            InterviewState.DRAFT: theme.heat_colours(25).fill,
            InterviewState.PLANNED: theme.colour("border_strong"),
        }
        parts = [
            _Part(state_word(state), progress.by_state.get(state, 0), colours[state], state is InterviewState.DRAFT)
            for state in _ORDER
            if progress.by_state.get(state, 0) or state is not InterviewState.IN_REVIEW
        ]
        parts.append(_Part(_("Untouched"), progress.untouched, theme.colour("surface"), is_outlined=True))
        withdrawn = progress.by_state.get(InterviewState.WITHDRAWN, 0)
        if withdrawn:
            word = state_word(InterviewState.WITHDRAWN)
            parts.append(_Part(word, withdrawn, theme.colour("text_muted"), is_outlined=False))
        return parts

    def _paint_bar(self, painter: QPainter, parts: list[_Part]) -> None:
        total = sum(part.number for part in parts)
        if not total:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour("sunken"))
            painter.drawRoundedRect(QRectF(0, 0, self.width(), _BAR), 2, 2)
            return
        room = self.width() - _GAP * (len(parts) - 1)
        left = 0.0
        for part in parts:
            width = room * part.number / total
            self._paint_block(painter, QRectF(left, 0, width, _BAR), part)
            left += width + _GAP

    def _paint_block(self, painter: QPainter, box: QRectF, part: _Part) -> None:
        outline = QPen(self._theme.colour("border_strong"), 1) if part.is_outlined else QPen(Qt.PenStyle.NoPen)
        painter.setPen(outline)
        painter.setBrush(QBrush(part.colour))
        inset = 0.5 if part.is_outlined else 0
        painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), 2, 2)

    def _paint_legend(self, painter: QPainter, parts: list[_Part]) -> None:
        """Numbers above words, spread over the width; with large text on two lines."""
        theme = self._theme
        top = _BAR + theme.space("s")
        if not theme.is_wide_text:
            self._paint_legend_line(painter, parts, top)
            return
        half = (len(parts) + 1) // 2
        self._paint_legend_line(painter, parts[:half], top)
        line = theme.line_height("heading") + theme.line_height("body")
        self._paint_legend_line(painter, parts[half:], top + line)

    def _paint_legend_line(self, painter: QPainter, parts: list[_Part], top: float) -> None:
        """One line of the legend, its last entry at the right end."""
        theme = self._theme
        word_font, number_font = theme.font("body"), theme.font("heading", is_tabular=True)
        metrics = QFontMetrics(word_font)
        side = theme.px(10)
        widths = [metrics.horizontalAdvance(part.word) + side + 6 for part in parts]
        spare = max(self.width() - sum(widths), 0) / max(len(parts) - 1, 1)
        left = 0.0
        line = theme.line_height("heading")
        for part, width in zip(parts, widths, strict=True):
            painter.setFont(number_font)
            painter.setPen(theme.colour("text"))
            painter.drawText(QRectF(left, top, width, line), int(_LEFT), str(part.number))
            square = QRectF(left, top + line + (theme.line_height("body") - side) / 2 + 1, side, side)
            self._paint_block(painter, square, part)
            painter.setFont(word_font)
            painter.setPen(theme.colour("text"))
            words = QRectF(left + side + 6, top + line, self.width() - left - side - 6, theme.line_height("body"))
            painter.drawText(words, int(_LEFT), part.word)
            left += width + spare


_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
