"""One stage at a time: its ratings with intervals, and beside them bottlenecks, quotations and measures."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from roadmapdesk.desktop.assessment.drawer_parts import Parts
from roadmapdesk.desktop.assessment.figure_view import FigureView
from roadmapdesk.desktop.assessment.view import View
from roadmapdesk.desktop.assessment.words import cell_sentence, class_word, hidden_word
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.buttons import IconButton
from roadmapdesk.desktop.widgets.flow import FlowLayout
from roadmapdesk.desktop.widgets.inputs import ComboBox
from roadmapdesk.desktop.widgets.labels import Text
from roadmapdesk.desktop.widgets.scrolled import scrolled
from roadmapdesk.figures.display_list import Scene
from roadmapdesk.figures.intervals import IntervalLegend, IntervalRow, draw_intervals
from roadmapdesk.figures.look import Look
from roadmapdesk.i18n import current_language
from roadmapdesk.i18n import gettext as _
from roadmapdesk.reports.context import Context
from roadmapdesk.reports.sections.value_chain import actors_text
from roadmapdesk.reports.wording import Words
from roadmapdesk.scoring.disclosed import DisclosedCell
from roadmapdesk.scoring.scorecard import CellKey
from roadmapdesk.workspace.evidence import Assessed, cell_evidence


class StagesTab(View):
    """The page of one stage."""

    def __init__(self, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme=theme, parent=parent)
        self._label = Text("", tone="muted", wraps=False, parent=self)
        self._which = ComboBox(theme=theme, parent=self)
        self._which.setObjectName("stage")
        self._which.setMaximumWidth(theme.px(360))
        self._previous = IconButton("chevron-left", theme=theme, parent=self)
        self._next = IconButton("chevron-right", theme=theme, parent=self)
        self._turner = QWidget(self)
        turner = QHBoxLayout(self._turner)
        turner.setContentsMargins(0, 0, 0, 0)
        turner.setSpacing(theme.space("xs"))
        for control in (self._previous, self._which, self._next):
            turner.addWidget(control)
        self._title = Text("", type_style="title", parent=self)
        self._definition = Text("", tone="muted", parent=self)
        self._numbers = QWidget(self)
        self._flow = FlowLayout(self._numbers, gap=theme.space("xl"))
        self._bars = FigureView(theme=theme, is_panel=True, parent=self)
        self._bars.setObjectName("intervals")
        self._aside = QFrame()
        self._aside.setProperty("panel", "plain")
        self._content = QWidget()
        self._aside_layout = QVBoxLayout(self._aside)
        self._aside_layout.setContentsMargins(0, 0, 0, 0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scrolled(self._title, self._definition, self._numbers, self._bars, theme=theme, parent=self))
        self.setFocusProxy(self._bars)
        self._connect()
        self.retranslate()

    @override
    def word(self) -> str:
        return _("Stages")

    @override
    def tools(self) -> list[QWidget]:
        return [self._label, self._turner]

    @override
    def side(self) -> QWidget:
        return self._aside

    @override
    def show_assessed(self, assessed: Assessed) -> None:
        super().show_assessed(assessed)
        facts = assessed.facts
        entries = [(key, f"{key.upper()} {facts.stage_name(key)}") for key in assessed.scorecard.stages]
        self._which.refill(entries, _("Stage"))
        self._draw()

    @override
    def select(self, key: CellKey | None) -> None:
        if key is None:
            return
        self.show_stage(key.stage)
        self._bars.select(key.dimension)

    @override
    def take_focus(self) -> None:
        self._bars.setFocus()

    @override
    def retranslate(self) -> None:
        self._label.setText(_("Stage"))
        self._previous.set_name(_("Previous stage"))
        self._next.set_name(_("Next stage"))

    def show_stage(self, stage: str) -> None:
        """Turns to another stage."""
        place = self._which.findData(stage)
        if place >= 0 and place != self._which.currentIndex():
            self._which.setCurrentIndex(place)

    @property
    def _stage(self) -> str:
        return str(self._which.currentData() or "")

    def _step(self, steps: int) -> None:
        if self._which.count():
            self._which.setCurrentIndex((self._which.currentIndex() + steps) % self._which.count())

    def _connect(self) -> None:
        self._which.currentIndexChanged.connect(lambda _index: self._draw())
        self._previous.clicked.connect(lambda: self._step(-1))
        self._next.clicked.connect(lambda: self._step(1))
        self._bars.item_selected.connect(lambda key: self.cell_selected.emit(CellKey(self._stage, key)))
        self._bars.item_opened.connect(lambda key: self.cell_opened.emit(CellKey(self._stage, key)))

    def _draw(self) -> None:
        assessed, stage = self.assessed, self._stage
        if assessed is None or not stage:
            return
        facts, card = assessed.facts, assessed.scorecard
        self._title.setText(f"{stage.upper()} {facts.stage_name(stage)}")
        known = [entry for entry in facts.catalog.stages if entry.key == stage]
        self._definition.setText(facts.text(known[0].definition) if known else "")
        self._show_numbers(assessed, stage)
        rows = tuple(self._row(assessed, card.cell(stage, dimension)) for dimension in card.dimensions)
        legend = IntervalLegend(_("Performance today"), _("90% interval"), _("Importance"))

        def build(look: Look, width: float, _height: float) -> Scene:
            return draw_intervals(rows, legend, look, width=width)

        self._bars.set_figure(build, name=_("Ratings of {stage}").format(stage=facts.stage_name(stage)))
        self._show_aside(assessed, stage)

    def _row(self, assessed: Assessed, cell: DisclosedCell) -> IntervalRow:
        words, facts = Words(assessed.facts), assessed.facts
        figure = cell.performance
        missing = hidden_word(assessed.level)
        if figure is None and cell.cell_class is not None:
            name = class_word(cell.cell_class.value, current_language().code)
            missing = _("class only: {name}").format(name=name)
        return IntervalRow(
            cell.key.dimension,
            facts.dimension_name(cell.key.dimension),
            figure.mean if figure else None,
            figure.interval if figure else None,
            cell.importance.mean if cell.importance and figure else None,
            cell.cell_class.value if cell.cell_class else "",
            facts.language.number(figure.mean) if figure else "",
            words.basis(cell) if figure is not None or cell.n is not None else "",
            missing,
            cell_sentence(assessed, cell),
        )

    def _show_numbers(self, assessed: Assessed, stage: str) -> None:
        facts, card = assessed.facts, assessed.scorecard
        result = card.stage_results[stage]
        number = facts.language.number
        visible = sum(card.cell(stage, dimension).performance is not None for dimension in card.dimensions)
        entries = [
            (
                number(result.performance),
                _("Stage index"),
                _("{visible} of {total}").format(visible=visible, total=len(card.dimensions)),
            ),
            (
                number(result.weakest_value),
                _("Weakest dimension"),
                facts.dimension_name(result.weakest) if result.weakest is not None else "–",
            ),
            (number(result.importance), _("Importance"), ""),
            (number(result.outlook), _("Outlook 2030"), ""),
        ]
        if result.readiness is not None:
            median = number(result.readiness.median, 0 if result.readiness.median.is_integer() else 1)
            basis = _("median, {n}").format(n=Words(facts).with_n(result.readiness.n))
            entries.append((_("TRL {value}").format(value=median), _("Readiness"), basis))
        flow = self._flow
        while (item := flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for value, name, basis in entries:
            flow.addWidget(self._number(value, name, basis))
        self._numbers.updateGeometry()

    def _number(self, value: str, name: str, basis: str) -> QWidget:
        box = QWidget(self._numbers)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Text(value, type_style="title", wraps=False))
        column.addWidget(Text(name, type_style="caption", wraps=False))
        column.addWidget(Text(basis, type_style="caption", tone="muted", wraps=False))
        return box

    def _show_aside(self, assessed: Assessed, stage: str) -> None:
        """What people said on the stage, in place of a table."""
        self._aside_layout.removeWidget(self._content)
        self._content.deleteLater()
        evidence = cell_evidence(assessed, CellKey(stage, assessed.scorecard.dimensions[0]))
        parts = Parts(assessed, evidence, theme=self.theme)
        actors = Text(actors_text(Context(assessed.facts), stage), tone="muted")
        groups = [*parts.bottlenecks(), *parts.quotes(), *parts.stage_measures(stage)]
        self._content = scrolled(actors, *groups, theme=self.theme, parent=self._aside, is_plain=True)
        self._aside_layout.addWidget(self._content)
