"""How far results depend on the settings: one switch at a time, and the rank order under other weights."""

from dataclasses import dataclass

from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from roadmapdesk.desktop.assessment.view import View
from roadmapdesk.desktop.assessment.words import cell_code
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.labels import Text
from roadmapdesk.desktop.widgets.panel import Panel
from roadmapdesk.desktop.widgets.scrolled import scrolled
from roadmapdesk.desktop.widgets.segmented import SegmentedSwitch
from roadmapdesk.desktop.widgets.table_model import Column, RowsModel
from roadmapdesk.desktop.widgets.table_view import TableView
from roadmapdesk.i18n import N_
from roadmapdesk.i18n import gettext as _
from roadmapdesk.reports.wording import Words
from roadmapdesk.scoring.disclosed import DisclosedSwitch
from roadmapdesk.scoring.scorecard import RankRobustness, Switch
from roadmapdesk.workspace.evidence import Assessed

_SWITCHES = {
    Switch.ROLE_WEIGHTS: N_("Organisations weighted by role instead of equally"),
    Switch.EQUAL_DIMENSION_WEIGHTS: N_("Equal weights of dimensions"),
    Switch.GEOMETRIC: N_("Geometric instead of arithmetic stage index"),
    Switch.LEAVE_ONE_OUT: N_("Any one organisation left out"),
    Switch.THRESHOLDS_UP: N_("Borders of importance and performance 5 points higher"),
    Switch.THRESHOLDS_DOWN: N_("Borders of importance and performance 5 points lower"),
    Switch.GAP_THRESHOLDS_UP: N_("Borders of the gap 5 points higher"),
    Switch.GAP_THRESHOLDS_DOWN: N_("Borders of the gap 5 points lower"),
    Switch.FULL_COVERAGE: N_("Only organisations that answered every question of a cell"),
    Switch.INSIDE_ONLY: N_("Only organisations that are active in the stage"),
    Switch.CROSS_CHECKS: N_("Cross-check questions included"),
}
_MOST_NAMED = 6


@dataclass(frozen=True, slots=True)
class RankRow:
    """One stage under varied weights.

    Attributes:
        rank: 1-based rank by the weights in use.
        shares: share of weights per rank, first rank first.
        stable: rank that it holds with the model's acceptability, else None.
    """

    stage: str
    rank: int
    shares: tuple[float, ...]
    top: float
    bottom: float
    stable: int | None


class RobustnessTab(View):
    """The sensitivity table and the acceptability of ranks."""

    def __init__(self, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme=theme, parent=parent)
        self._sensitivity = Panel(theme=theme, has_padding=False, parent=self)
        self._switches = RowsModel(self._switch_columns(), sentence=self._switch_sentence, parent=self)
        self._switch_table = TableView(theme=theme, parent=self)
        self._switch_table.setObjectName("sensitivity")
        self._switch_table.show_rows(self._switches)
        self._ranks = Panel(theme=theme, has_padding=False, parent=self)
        self._run = SegmentedSwitch([("free", ""), ("varied", "")], theme=theme, parent=self)
        self._run.setObjectName("robustness_run")
        self._rank_model = RowsModel(self._rank_columns(), sentence=self._rank_sentence, parent=self)
        self._rank_table = TableView(theme=theme, parent=self)
        self._rank_table.setObjectName("acceptability")
        self._rank_table.show_rows(self._rank_model)
        self._verdict = Text("", parent=self)
        self._verdict.setContentsMargins(16, 0, 16, 8)
        self._note = Text("", type_style="caption", tone="muted", parent=self)
        self._note.setContentsMargins(16, 0, 16, 12)
        self.setFocusProxy(self._switch_table)
        self._build()
        self._run.key_selected.connect(lambda _key: self._show_ranks())
        theme.changed.connect(self._fit_heights)
        self.retranslate()

    @override
    def word(self) -> str:
        return _("Robustness")

    @override
    def show_assessed(self, assessed: Assessed) -> None:
        super().show_assessed(assessed)
        self._switches.set_rows(assessed.scorecard.sensitivity)
        self._show_ranks()
        self._fit_heights()

    @override
    def take_focus(self) -> None:
        self._switch_table.setFocus()

    @override
    def retranslate(self) -> None:
        self._sensitivity.set_title(_("Sensitivity: one setting changed at a time"))
        self._switch_table.setAccessibleName(_("Sensitivity: one setting changed at a time"))
        self._ranks.set_title(_("Rank order of the stages under other weights"))
        self._rank_table.setAccessibleName(_("Rank order of the stages under other weights"))
        self._run.set_texts([_("All weights"), _("Weights in use ± 25 %")], _("Weights"))
        self._switches.retranslate()
        self._rank_model.retranslate()

    def _said(self) -> Assessed:
        assert self.assessed is not None, "rows exist only while something is shown"
        return self.assessed

    def _show_ranks(self) -> None:
        if self.assessed is None:
            return
        found = self.assessed.scorecard.robustness
        if found is None:
            self._rank_model.set_rows(())
            self._verdict.setText(_("At this level fewer than two stages have an index, so there is no rank order."))
            self._note.setText("")
            return
        run = found.varied if self._run.key == "varied" else found.free
        border = self.assessed.profile.robustness.stable_acceptability
        rows = tuple(_row(run, stage, border) for stage in run.reference_order)
        self._rank_model.set_rows(rows)
        self._verdict.setText(self._verdict_text(rows))
        self._note.setText(self._note_text(run))
        self._fit_heights()

    def _verdict_text(self, rows: tuple[RankRow, ...]) -> str:
        stable = [row.stage.upper() for row in rows if row.stable is not None]
        moving = [row.stage.upper() for row in rows if row.stable is None]
        parts = []
        if stable:
            parts.append(_("Stable rank: {stages}.").format(stages=", ".join(stable)))
        if moving:
            parts.append(_("Rank depends on the weights: {stages}.").format(stages=", ".join(moving)))
        return " ".join(parts)

    def _note_text(self, run: RankRobustness) -> str:
        language = self._said().facts.language
        shift = language.number(run.mean_rank_shift, 2)
        if run.is_exact:
            return _("Computed in closed form. Mean shift in rank: {shift}.").format(shift=shift)
        draws = f"{run.draws:,}".replace(",", "\u202f")
        return _("{draws} drawn weights, always the same ones. Mean shift in rank: {shift}.").format(
            draws=draws, shift=shift
        )

    def _switch_columns(self) -> tuple[Column[DisclosedSwitch], ...]:
        return (
            Column(lambda: _("Changed setting"), lambda row: _(_SWITCHES[row.switch]), second_line=self._named),
            Column(
                lambda: _("Changed classes"),
                lambda row: _("{n} of {total}").format(n=len(row.changed_classes), total=row.n_cells),
                sort=lambda row: len(row.changed_classes),
                is_number=True,
                is_strong=True,
                width=150,
            ),
            Column(
                lambda: _("Cell, at most"),
                lambda row: Words(self._said().facts).value(row.largest_change),
                sort=lambda row: row.largest_change,
                is_number=True,
                width=140,
            ),
            Column(
                lambda: _("Index, at most"),
                lambda row: Words(self._said().facts).value(row.largest_index_change),
                sort=lambda row: row.largest_index_change or -1.0,
                is_number=True,
                width=120,
            ),
        )

    def _named(self, row: DisclosedSwitch) -> str:
        names = [cell_code(key) for key in row.changed_classes]
        if len(names) > _MOST_NAMED:
            rest = len(names) - _MOST_NAMED
            names = [*names[:_MOST_NAMED], _("{n} more").format(n=rest)]
        return ", ".join(names) or _("no class changes")

    def _switch_sentence(self, row: DisclosedSwitch) -> str:
        count = _("{n} of {total}").format(n=len(row.changed_classes), total=row.n_cells)
        return f"{_(_SWITCHES[row.switch])}: {_('Changed classes')} {count}; {self._named(row)}"

    def _rank_columns(self) -> tuple[Column[RankRow], ...]:
        def share(place: int) -> Column[RankRow]:
            return Column(
                lambda: str(place + 1),
                lambda row: self._share(row.shares[place] if place < len(row.shares) else 0.0),
                sort=lambda row: row.shares[place] if place < len(row.shares) else 0.0,
                tone=lambda row: "text" if row.shares[place : place + 1] == (max(row.shares),) else "text_muted",
                is_number=True,
                width=66,
            )

        return (
            Column(lambda: _("Rank"), lambda row: str(row.rank), sort=lambda row: row.rank, is_number=True, width=64),
            Column(
                lambda: _("Stage"),
                lambda row: f"{row.stage.upper()} {self._said().facts.stage_name(row.stage)}",
                second_line=self._stability,
                sort=lambda row: row.stage,
                is_strong=True,
            ),
            *(share(place) for place in range(9)),
            Column(
                lambda: _("Best 3"),
                lambda row: self._share(row.top),
                sort=lambda row: row.top,
                is_number=True,
                width=74,
            ),
            Column(
                lambda: _("Last 3"),
                lambda row: self._share(row.bottom),
                sort=lambda row: row.bottom,
                is_number=True,
                width=74,
            ),
        )

    def _share(self, share: float) -> str:
        return Words(self._said().facts).percent(share) if share >= 0.005 else "·"

    def _stability(self, row: RankRow) -> str:
        if row.stable is not None:
            return _("stable on rank {rank}").format(rank=row.stable)
        likely = sorted(range(len(row.shares)), key=lambda place: -row.shares[place])[:3]
        named = [str(place + 1) for place in sorted(likely) if row.shares[place] >= 0.1]
        return _("competing ranks: {ranks}").format(ranks=", ".join(named))

    def _rank_sentence(self, row: RankRow) -> str:
        return f"{row.rank}. {row.stage.upper()} {self._said().facts.stage_name(row.stage)}: {self._stability(row)}"

    def _fit_heights(self) -> None:
        """Tables show all their rows; the page scrolls."""
        for table in (self._switch_table, self._rank_table):
            rows = table.model().rowCount()
            height = table.horizontalHeader().height() + rows * table.verticalHeader().defaultSectionSize()
            table.setFixedHeight(height + 14)

    def _build(self) -> None:
        self._sensitivity.add(self._switch_table)
        self._ranks.add_action(self._run)
        self._ranks.add(self._rank_table)
        self._ranks.add(self._verdict)
        self._ranks.add(self._note)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scrolled(self._sensitivity, self._ranks, theme=self.theme, parent=self))


def _row(run: RankRobustness, stage: str, border: float) -> RankRow:
    return RankRow(
        stage=stage,
        rank=run.reference_order.index(stage) + 1,
        shares=run.acceptability[stage],
        top=run.top[stage],
        bottom=run.bottom[stage],
        stable=run.stable_rank(stage, border),
    )
