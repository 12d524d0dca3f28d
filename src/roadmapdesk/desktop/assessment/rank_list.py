"""The rank order of the stages while settings are tried: rank, stage, index, and by how much it moved."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from roadmapdesk.desktop.theme import Theme
from roadmapdesk.i18n import current_language
from roadmapdesk.i18n import gettext as _
from roadmapdesk.scoring.what_if import Outlook

_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
_ROWS = 5
_ROW_HEIGHT = 21


class RankList(QWidget):
    """Stages from the first rank on, in columns of five."""

    def __init__(self, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._now: Outlook | None = None
        self._before: Outlook | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    @property
    def order(self) -> tuple[str, ...]:
        """The stages as ranked now."""
        return self._now.order if self._now is not None else ()

    def show_outlook(self, now: Outlook, before: Outlook) -> None:
        """Shows the rank order now, against the one before."""
        self._now, self._before = now, before
        said = [f"{place}. {stage.upper()} {self._move(stage)}" for place, stage in enumerate(now.order, start=1)]
        self.setAccessibleName(_("Rank order: {ranks}").format(ranks="; ".join(said)))
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        count = len(self.order) or 1
        columns = -(-count // _ROWS)
        return QSize(columns * self._theme.px(138), min(count, _ROWS) * self._theme.px(_ROW_HEIGHT))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._now is None:
            return
        theme, language = self._theme, current_language()
        painter = QPainter(self)
        row, width = theme.px(_ROW_HEIGHT), theme.px(138)
        for place, stage in enumerate(self._now.order):
            x, y = (place // _ROWS) * width, (place % _ROWS) * row
            move = self._move(stage)
            painter.setFont(theme.font("caption", is_bold=bool(move), is_tabular=True))
            painter.setPen(theme.colour("text"))
            painter.drawText(QRectF(x, y, theme.px(20), row), _RIGHT, f"{place + 1}.")
            painter.drawText(QRectF(x + theme.px(28), y, theme.px(24), row), _LEFT, stage.upper())
            value = language.number(self._now.indices[stage], 1)
            painter.drawText(QRectF(x + theme.px(50), y, theme.px(34), row), _RIGHT, value)
            painter.drawText(QRectF(x + theme.px(92), y, theme.px(40), row), _LEFT, move)
        painter.end()

    def _move(self, stage: str) -> str:
        """``↑ 2`` or ``↓ 1``; empty where the rank stays."""
        if self._now is None or self._before is None or stage not in self._before.order:
            return ""
        steps = self._before.order.index(stage) - self._now.order.index(stage)
        return "" if steps == 0 else f"{'↑' if steps > 0 else '↓'} {abs(steps)}"
