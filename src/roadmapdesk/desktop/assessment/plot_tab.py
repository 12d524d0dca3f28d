"""Importance against performance, with filters by class and the ranking by priority beside it."""

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QCheckBox, QGridLayout, QVBoxLayout, QWidget
from typing_extensions import override

from roadmapdesk.desktop.assessment.cell_table import ranking_columns, row_sentence
from roadmapdesk.desktop.assessment.evidence_legend import EvidenceLegend
from roadmapdesk.desktop.assessment.figure_view import FigureView
from roadmapdesk.desktop.assessment.painting import paint_class
from roadmapdesk.desktop.assessment.side_table import SideTable
from roadmapdesk.desktop.assessment.view import View
from roadmapdesk.desktop.assessment.words import cell_sentence, class_word
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.panel import rule
from roadmapdesk.figures.display_list import Scene
from roadmapdesk.figures.from_scorecard import plot_marks
from roadmapdesk.figures.importance_performance import PlotWords, draw_importance_performance
from roadmapdesk.figures.look import Look
from roadmapdesk.i18n import current_language, ngettext
from roadmapdesk.i18n import gettext as _
from roadmapdesk.reports.wording import EVIDENCE_NAMES
from roadmapdesk.scoring.disclosed import DisclosedCell
from roadmapdesk.scoring.scorecard import CellClass, CellKey
from roadmapdesk.workspace.evidence import Assessed


class PlotTab(View):
    """The plot; its zones are the rules of the classes."""

    def __init__(self, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme=theme, parent=parent)
        self._plot = FigureView(theme=theme, fills=True, size=15.5, parent=self)
        self._plot.setObjectName("plot")
        self._ranking = SideTable(
            ranking_columns(self._said), sentence=row_sentence(self._said), theme=theme, name="ranking"
        )
        self._legend = EvidenceLegend(theme=theme, parent=self)
        self._boxes = {kind: QCheckBox() for kind in CellClass}
        self.setFocusProxy(self._plot)
        self._build()
        self._connect()
        self.retranslate()

    @override
    def word(self) -> str:
        return _("Importance – Performance")

    @override
    def tools(self) -> list[QWidget]:
        return [self._legend]

    @override
    def side(self) -> QWidget:
        return self._ranking

    @override
    def show_assessed(self, assessed: Assessed) -> None:
        super().show_assessed(assessed)
        rated = [cell for cell in assessed.scorecard.cells.values() if cell.cell_class is not None]
        rated.sort(key=lambda cell: (-(cell.priority if cell.priority is not None else -1.0), cell.key))
        self._ranking.set_rows(rated)
        count = ngettext("{n} cell", "{n} cells", len(rated)).format(n=len(rated))
        self._ranking.set_texts(_("Ranking by priority"), count)
        counts = assessed.scorecard.class_counts()
        for kind, box in self._boxes.items():
            box.setText(f"{class_word(kind.value, current_language().code)}  {counts[kind]}")
        self._draw()

    @override
    def select(self, key: CellKey | None) -> None:
        self._plot.select(f"{key.stage}/{key.dimension}" if key is not None else "")
        self._ranking.select(lambda cell: cell.key == key)

    @override
    def take_focus(self) -> None:
        self._plot.setFocus()

    @override
    def retranslate(self) -> None:
        self._ranking.retranslate()
        self._legend.retranslate()
        self._paint_boxes()

    def _said(self) -> Assessed:
        assert self.assessed is not None, "rows exist only while something is shown"
        return self.assessed

    def _is_wanted(self, cell: DisclosedCell) -> bool:
        return cell.cell_class is not None and self._boxes[cell.cell_class].isChecked()

    def _draw(self) -> None:
        assessed = self.assessed
        if assessed is None:
            return
        self._ranking.proxy.set_filter(self._is_wanted)
        marks = [
            mark
            for mark in plot_marks(assessed.scorecard, lambda cell: cell_sentence(assessed, cell))
            if self._boxes[mark.cell_class].isChecked()
        ]
        words = PlotWords(
            _("Performance today (0–100)"),
            _("Importance until 2030 (0–100)"),
            _("Importance = performance"),
            {kind: _(name) for kind, name in EVIDENCE_NAMES.items()},
        )

        def build(look: Look, width: float, height: float) -> Scene:
            return draw_importance_performance(
                marks,
                words,
                look,
                width=width,
                height=height,
                thresholds=assessed.profile.thresholds,
                selected=self._plot.key,
                has_legend=False,
            )

        self._plot.set_figure(
            build,
            name=_("Importance – Performance"),
            description=ngettext("{n} cell in the plot", "{n} cells in the plot", len(marks)).format(n=len(marks)),
        )

    def _build(self) -> None:
        theme = self.theme
        filters = QWidget()
        grid = QGridLayout(filters)
        grid.setContentsMargins(theme.space("l"), theme.space("s"), theme.space("l"), theme.space("s"))
        grid.setHorizontalSpacing(theme.space("l"))
        for number, (kind, box) in enumerate(self._boxes.items()):
            box.setObjectName(f"show_{kind.value}")
            box.setChecked(True)
            grid.addWidget(box, number // 2, number % 2)
        above = QWidget()
        column = QVBoxLayout(above)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(filters)
        column.addWidget(rule())
        self._ranking.add_above(above)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._plot)

    def _connect(self) -> None:
        for box in self._boxes.values():
            box.toggled.connect(lambda _is_on: self._draw())
        self._plot.item_selected.connect(lambda key: self.cell_selected.emit(_key(key)))
        self._plot.item_opened.connect(lambda key: self.cell_opened.emit(_key(key)))
        self._ranking.row_selected.connect(self._on_ranking_row_selected)
        self._ranking.row_opened.connect(lambda cell: self.cell_opened.emit(cell.key))
        self.theme.changed.connect(self._paint_boxes)

    def _on_ranking_row_selected(self, cell: DisclosedCell | None) -> None:
        if cell is not None:
            self._plot.select(f"{cell.key.stage}/{cell.key.dimension}")
            self.cell_selected.emit(cell.key)

    def _paint_boxes(self) -> None:
        """Symbols of the classes beside the check boxes, in the colours of the scheme."""
        side = self.theme.px(14)
        for kind, box in self._boxes.items():
            ratio = box.devicePixelRatioF()
            picture = QPixmap(QSize(round(side * ratio), round(side * ratio)))
            picture.setDevicePixelRatio(ratio)
            picture.fill(Qt.GlobalColor.transparent)
            painter = QPainter(picture)
            colour = self.theme.class_colours(kind.value).mark
            paint_class(painter, kind.value, QPointF(side / 2, side / 2), self.theme.px(11), colour)
            painter.end()
            box.setIcon(QIcon(picture))
            box.setIconSize(QSize(side, side))


def _key(text: str) -> CellKey:
    stage, _slash, dimension = text.partition("/")
    return CellKey(stage, dimension)
