"""The heatmap as a model: stages in rows, dimensions in columns, indices in the last row and column."""

from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from roadmapdesk.desktop.assessment.words import Shown, cell_sentence, figure_n, figure_value, hidden_word, shown_word
from roadmapdesk.domain.levels import Level
from roadmapdesk.figures.heatmap import CellState, HeatCell, HeatIndex
from roadmapdesk.i18n import gettext as _
from roadmapdesk.reports.wording import Words
from roadmapdesk.scoring.disclosed import DisclosedCell
from roadmapdesk.scoring.scorecard import CellKey
from roadmapdesk.workspace.evidence import Assessed

Index = QModelIndex | QPersistentModelIndex


class HeatRole:
    """Our own data roles: what the delegate paints, and the key of the cell."""

    CONTENT = Qt.ItemDataRole.UserRole + 1
    KEY = Qt.ItemDataRole.UserRole + 2


@dataclass(frozen=True, slots=True)
class StageHead:
    """Head of a row: code and name."""

    code: str
    name: str


class HeatModel(QAbstractTableModel):
    """Cells of one wave at one level; column 0 names the stage."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._assessed: Assessed | None = None
        self._shown = Shown.PERFORMANCE
        self._cells: dict[CellKey, HeatCell] = {}

    @property
    def shown(self) -> Shown:
        """What the cells show."""
        return self._shown

    @property
    def has_thin(self) -> bool:
        """Whether some value rests on fewer organisations than the model's minimum."""
        return any(cell.is_thin for cell in self._cells.values())

    @property
    def has_hidden(self) -> bool:
        """Whether some cell shows nothing."""
        return any(cell.state is CellState.SUPPRESSED for cell in self._cells.values())

    def show_assessed(self, assessed: Assessed | None, shown: Shown) -> None:
        """Shows other numbers."""
        self.beginResetModel()
        self._assessed, self._shown = assessed, shown
        self._cells = {}
        if assessed is not None:
            self._cells = {key: _heat_cell(assessed, cell, shown) for key, cell in assessed.scorecard.cells.items()}
        self.endResetModel()

    def key_at(self, index: Index) -> CellKey | None:
        """The key of the cell there; None for heads and indices."""
        card = self._assessed.scorecard if self._assessed is not None else None
        if card is None or not index.isValid():
            return None
        row, column = index.row(), index.column() - 1
        if row < len(card.stages) and 0 <= column < len(card.dimensions):
            return CellKey(card.stages[row], card.dimensions[column])
        return None

    def index_of(self, key: CellKey) -> QModelIndex:
        """Where a cell stands; an invalid index for an unknown one."""
        card = self._assessed.scorecard if self._assessed is not None else None
        if card is None or key not in card.cells:
            return QModelIndex()
        return self.index(card.stages.index(key.stage), card.dimensions.index(key.dimension) + 1)

    @override
    def rowCount(self, parent: Index | None = None) -> int:
        if self._assessed is None or (parent is not None and parent.isValid()):
            return 0
        return len(self._assessed.scorecard.stages) + 1

    @override
    def columnCount(self, parent: Index | None = None) -> int:
        if self._assessed is None or (parent is not None and parent.isValid()):
            return 0
        return len(self._assessed.scorecard.dimensions) + 2

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.column() == 0:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if self._assessed is None or not index.isValid():
            return None
        key = self.key_at(index)
        if role == HeatRole.KEY:
            return key
        content = self._cells[key] if key is not None else self._margin(index)
        if role == HeatRole.CONTENT:
            return content
        if role == Qt.ItemDataRole.DisplayRole:
            if isinstance(content, StageHead):
                return content.name
            return content.value_text if content is not None else ""
        if role in {Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole}:
            if isinstance(content, HeatCell):
                return content.tip
            return self._margin_sentence(index, content)
        return None

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if self._assessed is None or orientation != Qt.Orientation.Horizontal:
            return None
        if role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole}:
            return None
        dimensions = self._assessed.scorecard.dimensions
        if section == 0:
            return "" if role == Qt.ItemDataRole.DisplayRole else _("Stage")
        if section > len(dimensions):
            return _("Stage index")
        return self._assessed.facts.dimension_name(dimensions[section - 1])

    def _margin(self, index: Index) -> StageHead | HeatIndex | None:
        """Head of a row, index of a stage or dimension, or of the chain."""
        assert self._assessed is not None, "asked only while something is shown"
        facts, card = self._assessed.facts, self._assessed.scorecard
        if index.column() == 0:
            if index.row() == len(card.stages):
                return StageHead("", _("Dimension index"))
            key = card.stages[index.row()]
            return StageHead(key.upper(), facts.stage_name(key))
        is_last_row = index.row() == len(card.stages)
        is_last_column = index.column() == len(card.dimensions) + 1
        if is_last_row and is_last_column:
            value = self._index_value(card.chain.performance, card.chain.importance, card.chain.outlook)
            return HeatIndex(self._text(value), _("chain"))
        if is_last_row:
            dimension = card.dimensions[index.column() - 1]
            result = card.dimension_results[dimension]
            return self._index(
                self._index_value(result.performance, result.importance, result.outlook),
                [card.cell(stage, dimension) for stage in card.stages],
            )
        stage = card.stages[index.row()]
        found = card.stage_results[stage]
        return self._index(
            self._index_value(found.performance, found.importance, found.outlook),
            [card.cell(stage, dimension) for dimension in card.dimensions],
        )

    def _index_value(
        self, performance: float | None, importance: float | None, outlook: float | None
    ) -> float | None:
        if self._shown is Shown.GAP:
            return None if performance is None or importance is None else importance - performance
        return {Shown.PERFORMANCE: performance, Shown.IMPORTANCE: importance, Shown.OUTLOOK: outlook}[self._shown]

    def _index(self, value: float | None, cells: list[DisclosedCell]) -> HeatIndex:
        assert self._assessed is not None, "asked only while something is shown"
        values = [number for cell in cells if (number := figure_value(cell, self._shown)) is not None]
        if self._assessed.level is not Level.INTERNAL:
            note = _("{visible} of {total}").format(visible=len(values), total=len(cells))
        elif self._shown is Shown.GAP:
            note = _("max. {value}").format(value=self._text(max(values, default=None)))
        else:
            note = _("min. {value}").format(value=self._text(min(values, default=None)))
        return HeatIndex(self._text(value), note)

    def _text(self, value: float | None) -> str:
        assert self._assessed is not None, "asked only while something is shown"
        return self._assessed.facts.language.number(value, sign=self._shown is Shown.GAP)

    def _margin_sentence(self, index: Index, content: StageHead | HeatIndex | None) -> str:
        assert self._assessed is not None, "asked only while something is shown"
        if isinstance(content, StageHead):
            return f"{content.code} {content.name}".strip()
        if content is None:
            return ""
        facts, card = self._assessed.facts, self._assessed.scorecard
        if index.row() < len(card.stages):
            place = f"{card.stages[index.row()].upper()} {facts.stage_name(card.stages[index.row()])}"
        elif index.column() <= len(card.dimensions):
            place = facts.dimension_name(card.dimensions[index.column() - 1])
        else:
            place = _("Whole chain")
        measure = shown_word(self._shown)
        return _("{place}: index {value} ({measure}); {note}").format(
            place=place, value=content.value_text, measure=measure, note=content.note
        )


def _heat_cell(assessed: Assessed, cell: DisclosedCell, shown: Shown) -> HeatCell:
    words = Words(assessed.facts)
    value = figure_value(cell, shown)
    n = figure_n(cell, shown)
    tip = cell_sentence(assessed, cell)
    class_key = cell.cell_class.value if cell.cell_class is not None else ""
    if value is not None:
        note = words.basis(cell) if shown is Shown.PERFORMANCE else words.with_n(n)
        text = assessed.facts.language.number(value, sign=shown is Shown.GAP)
        is_thin = n is not None and n < assessed.profile.min_evidence_n
        return HeatCell(CellState.VALUE, value, text, note, class_key, is_thin, tip)
    if class_key:
        return HeatCell(CellState.CLASS_ONLY, note=words.with_n(cell.n), class_key=class_key, tip=tip)
    return HeatCell(CellState.SUPPRESSED, note=hidden_word(assessed.level), tip=tip)
