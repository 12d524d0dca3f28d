"""Profiles over the dimensions: of the whole site or of one stage, as radar and as table."""

from dataclasses import dataclass

from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from roadmapdesk.desktop.assessment.figure_view import FigureView, moved
from roadmapdesk.desktop.assessment.side_table import SideTable
from roadmapdesk.desktop.assessment.view import View
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.inputs import ComboBox
from roadmapdesk.desktop.widgets.labels import Text
from roadmapdesk.desktop.widgets.table_model import Column
from roadmapdesk.figures.display_list import Scene
from roadmapdesk.figures.look import Look
from roadmapdesk.figures.radar import RadarLine, draw_radar
from roadmapdesk.i18n import gettext as _
from roadmapdesk.reports.wording import Words
from roadmapdesk.scoring.scorecard import CellKey
from roadmapdesk.workspace.evidence import Assessed

_RADAR_SHARE = 0.54
"""Height of a radar without its words as a share of its width."""


@dataclass(frozen=True, slots=True)
class ProfileRow:
    """One dimension of a profile."""

    dimension: str
    performance: float | None
    importance: float | None
    outlook: float | None

    @property
    def gap(self) -> float | None:
        """Importance minus performance."""
        return None if self.importance is None or self.performance is None else self.importance - self.performance


class ProfileTab(View):
    """Radar of at most three lines with its table beside it."""

    def __init__(self, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme=theme, parent=parent)
        self._label = Text("", tone="muted", wraps=False, parent=self)
        self._whose = ComboBox(theme=theme, parent=self)
        self._whose.setObjectName("profile_of")
        self._whose.setMaximumWidth(theme.px(330))
        self._radar = FigureView(theme=theme, fills=True, is_panel=True, parent=self)
        self._radar.setObjectName("radar")
        self._table = SideTable(self._columns(), sentence=self._sentence, theme=theme, name="profile_table")
        self.setFocusProxy(self._table.table)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._radar)
        self._whose.currentIndexChanged.connect(lambda _index: self._draw())
        self._table.row_opened.connect(self._on_table_row_opened)
        self.retranslate()

    @override
    def word(self) -> str:
        return _("Profiles")

    @override
    def tools(self) -> list[QWidget]:
        return [self._label, self._whose]

    @override
    def side(self) -> QWidget:
        return self._table

    @override
    def show_assessed(self, assessed: Assessed) -> None:
        super().show_assessed(assessed)
        facts = assessed.facts
        entries = [(key, f"{key.upper()} {facts.stage_name(key)}") for key in assessed.scorecard.stages]
        self._whose.refill([("", _("Whole site")), *entries], _("Profile of"))
        self._draw()

    @override
    def take_focus(self) -> None:
        self._table.table.setFocus()

    @override
    def retranslate(self) -> None:
        self._label.setText(_("Profile of"))
        self._table.retranslate()

    def _said(self) -> Assessed:
        assert self.assessed is not None, "rows exist only while something is shown"
        return self.assessed

    def _rows(self, assessed: Assessed, stage: str) -> tuple[ProfileRow, ...]:
        card = assessed.scorecard
        if not stage:
            return tuple(
                ProfileRow(key, result.performance, result.importance, result.outlook)
                for key, result in card.dimension_results.items()
            )
        cells = [card.cell(stage, dimension) for dimension in card.dimensions]
        return tuple(
            ProfileRow(
                cell.key.dimension,
                cell.performance.mean if cell.performance else None,
                cell.importance.mean if cell.importance else None,
                cell.outlook.mean if cell.outlook else None,
            )
            for cell in cells
        )

    def _draw(self) -> None:
        assessed = self.assessed
        if assessed is None:
            return
        facts = assessed.facts
        rows = self._rows(assessed, str(self._whose.currentData() or ""))
        names = tuple(facts.dimension_name(row.dimension) for row in rows)
        lines = (
            RadarLine(_("Performance today"), tuple(row.performance for row in rows)),
            RadarLine(_("Importance"), tuple(row.importance for row in rows)),
            RadarLine(_("Outlook 2030"), tuple(row.outlook for row in rows)),
        )

        def build(look: Look, width: float, height: float) -> Scene:
            fitting = min(width, max((height - look.size * 9.5) / _RADAR_SHARE, look.size * 24))
            return moved(draw_radar(names, lines, look, width=fitting), (width - fitting) / 2)

        self._radar.set_figure(build, name=_("Profile of {name}").format(name=self._whose.currentText()))
        self._table.set_rows(rows)
        note = _("Areas in a radar mislead: read the lines. A broken line means that a value may not be shown.")
        self._table.set_texts(self._whose.currentText(), "", note)

    def _on_table_row_opened(self, row: ProfileRow) -> None:
        stage = str(self._whose.currentData() or "")
        if stage:
            self.cell_opened.emit(CellKey(stage, row.dimension))

    def _columns(self) -> tuple[Column[ProfileRow], ...]:
        def words() -> Words:
            return Words(self._said().facts)

        return (
            Column(
                lambda: _("Dimension"),
                lambda row: self._said().facts.dimension_name(row.dimension),
                sort=lambda row: row.dimension,
            ),
            Column(
                lambda: _("Perf."),
                lambda row: words().value(row.performance),
                sort=lambda row: row.performance or -1.0,
                is_number=True,
                is_strong=True,
                width=62,
            ),
            Column(
                lambda: _("Imp."),
                lambda row: words().value(row.importance),
                sort=lambda row: row.importance or -1.0,
                is_number=True,
                width=62,
            ),
            Column(
                lambda: _("Gap"),
                lambda row: words().change(row.gap),
                sort=lambda row: row.gap if row.gap is not None else -1000.0,
                is_number=True,
                width=66,
            ),
            Column(
                lambda: _("Outl."),
                lambda row: words().value(row.outlook),
                sort=lambda row: row.outlook or -1.0,
                is_number=True,
                width=62,
            ),
        )

    def _sentence(self, row: ProfileRow) -> str:
        facts = self._said().facts
        words = Words(facts)
        values = _("performance {value}").format(value=words.value(row.performance))
        importance = _("importance {value}").format(value=words.value(row.importance))
        return f"{facts.dimension_name(row.dimension)}: {values}; {importance}"
