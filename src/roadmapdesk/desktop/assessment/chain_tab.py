"""The value chain: stages, what flows between them, their strength, and the same as a table."""

from collections import Counter

from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from roadmapdesk.desktop.assessment.figure_view import FigureView
from roadmapdesk.desktop.assessment.side_table import SideTable
from roadmapdesk.desktop.assessment.view import View
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.scrolled import scrolled
from roadmapdesk.desktop.widgets.table_model import Column
from roadmapdesk.figures.display_list import Scene
from roadmapdesk.figures.look import Look
from roadmapdesk.figures.value_chain import ChainStage, draw_value_chain
from roadmapdesk.i18n import gettext as _
from roadmapdesk.reports.context import Context
from roadmapdesk.reports.sections.value_chain import actors_text
from roadmapdesk.reports.wording import Words
from roadmapdesk.scoring.disclosed import DisclosedStage
from roadmapdesk.scoring.scorecard import CellClass, CellKey
from roadmapdesk.workspace.evidence import Assessed


class ChainTab(View):
    """The map of the chain; Enter on a stage leads to its page."""

    def __init__(self, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme=theme, parent=parent)
        self._map = FigureView(theme=theme, size=14.5, parent=self)
        self._map.setObjectName("value_chain")
        self._table = SideTable(self._columns(), sentence=self._sentence, theme=theme, name="stages_table")
        self.setFocusProxy(self._map)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scrolled(self._map, theme=theme, parent=self))
        self._map.item_selected.connect(self._on_map_item_selected)
        self._map.item_opened.connect(self.stage_opened)
        self._table.row_selected.connect(lambda row: self._map.select(row.stage if row is not None else ""))
        self._table.row_opened.connect(lambda row: self.stage_opened.emit(row.stage))

    @override
    def word(self) -> str:
        return _("Value chain")

    @override
    def side(self) -> QWidget:
        return self._table

    @override
    def show_assessed(self, assessed: Assessed) -> None:
        super().show_assessed(assessed)
        facts, context = assessed.facts, Context(assessed.facts)
        stages = tuple(self._stage(context, key) for key in assessed.scorecard.stages)

        def build(look: Look, width: float, _height: float) -> Scene:
            return draw_value_chain(stages, facts.catalog.stage_edges, look, width=width)

        self._map.set_figure(build, name=_("Value chain"))
        self._table.set_rows(tuple(assessed.scorecard.stage_results.values()))
        chain = facts.language.number(assessed.scorecard.chain.performance)
        self._table.set_texts(
            _("Stages"),
            _("Chain index {value}").format(value=chain),
            _(
                "A chain does not compensate: read the index beside its weakest link. "
                "Presence of an actor is not strength."
            ),
        )

    @override
    def select(self, key: CellKey | None) -> None:
        stage = key.stage if key is not None else ""
        self._map.select(stage)
        self._table.select(lambda row: row.stage == stage)

    @override
    def take_focus(self) -> None:
        self._map.setFocus()

    @override
    def retranslate(self) -> None:
        self._table.retranslate()

    def _on_map_item_selected(self, key: str) -> None:
        self._table.select(lambda row: row.stage == key)

    def _said(self) -> Assessed:
        assert self.assessed is not None, "rows exist only while something is shown"
        return self.assessed

    def _stage(self, context: Context, key: str) -> ChainStage:
        facts = context.facts
        card, result = facts.scorecard, facts.scorecard.stage_results[key]
        counts = Counter(
            cell.cell_class.value for cell in card.cells.values() if cell.key.stage == key and cell.cell_class
        )
        classes = tuple((kind.value, counts[kind.value]) for kind in CellClass if counts[kind.value])
        actors = actors_text(context, key)
        value = facts.language.number(result.performance)
        name = facts.stage_name(key)
        tip = f"{key.upper()} {name}: {_('index {value}').format(value=value)}; {actors}"
        return ChainStage(key, key.upper(), name, result.performance, value, classes, actors, tip)

    def _columns(self) -> tuple[Column[DisclosedStage], ...]:
        def words() -> Words:
            return Words(self._said().facts)

        def number(value: float | None) -> float:
            return -1.0 if value is None else value

        return (
            Column(
                lambda: _("Stage"),
                lambda row: f"{row.stage.upper()} {self._said().facts.stage_name(row.stage)}",
                second_line=self._weakest,
                sort=lambda row: row.stage,
            ),
            Column(
                lambda: _("Index"),
                lambda row: words().value(row.performance),
                sort=lambda row: number(row.performance),
                is_number=True,
                is_strong=True,
                width=66,
            ),
            Column(
                lambda: _("Imp."),
                lambda row: words().value(row.importance),
                sort=lambda row: number(row.importance),
                is_number=True,
                width=64,
            ),
            Column(
                lambda: _("Outl."),
                lambda row: words().value(row.outlook),
                sort=lambda row: number(row.outlook),
                is_number=True,
                width=64,
            ),
        )

    def _weakest(self, row: DisclosedStage) -> str:
        if row.weakest is None:
            return _("no visible cell")
        facts = self._said().facts
        return _("weakest: {dimension} {value}").format(
            dimension=facts.dimension_name(row.weakest), value=Words(facts).value(row.weakest_value)
        )

    def _sentence(self, row: DisclosedStage) -> str:
        facts = self._said().facts
        value = Words(facts).value(row.performance)
        index = _("index {value}").format(value=value)
        return f"{row.stage.upper()} {facts.stage_name(row.stage)}: {index}; {self._weakest(row)}"
