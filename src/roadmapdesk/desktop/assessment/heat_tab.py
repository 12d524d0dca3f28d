"""The first tab: the heatmap, or the same cells as a table."""

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from roadmapdesk.desktop.assessment.cell_table import CellRowDelegate, full_columns, row_sentence
from roadmapdesk.desktop.assessment.heat_view import HeatView
from roadmapdesk.desktop.assessment.legend import HeatLegend
from roadmapdesk.desktop.assessment.view import View
from roadmapdesk.desktop.assessment.words import Shown, class_word, hidden_word, shown_word
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.buttons import Button
from roadmapdesk.desktop.widgets.inputs import ComboBox
from roadmapdesk.desktop.widgets.labels import Text
from roadmapdesk.desktop.widgets.table_model import RowsModel
from roadmapdesk.desktop.widgets.table_view import TableView
from roadmapdesk.domain.levels import Level
from roadmapdesk.i18n import current_language
from roadmapdesk.i18n import gettext as _
from roadmapdesk.scoring.scorecard import CellClass, CellKey
from roadmapdesk.workspace.evidence import Assessed


class HeatTab(View):
    """Heatmap with legend; what the cells show, a filter by class, and the table instead of the picture."""

    def __init__(self, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme=theme, parent=parent)
        self._measure_label = Text("", tone="muted", wraps=False, parent=self)
        self._measure = ComboBox(theme=theme, parent=self)
        self._measure.setObjectName("measure")
        self._classes = ComboBox(theme=theme, parent=self)
        self._classes.setObjectName("class_filter")
        self._as_table = Button(theme=theme, icon="table-2", parent=self)
        self._as_table.setObjectName("as_table")
        self._as_table.setCheckable(True)
        self._map = HeatView(theme=theme, parent=self)
        self._legend = HeatLegend(theme=theme, parent=self)
        self._model = RowsModel(full_columns(self._said), sentence=row_sentence(self._said), parent=self)
        self._table = TableView(theme=theme, parent=self)
        self._table.setObjectName("cells_table")
        self._table.setItemDelegate(CellRowDelegate(theme=theme, parent=self._table))
        self._proxy = self._table.show_rows(self._model)
        self.setFocusProxy(self._map)
        self._build()
        self._connect()
        self.retranslate()

    @property
    def heatmap(self) -> HeatView:
        """The picture."""
        return self._map

    @override
    def word(self) -> str:
        return _("Heatmap")

    @override
    def tools(self) -> list[QWidget]:
        return [self._measure_label, self._measure, self._classes, self._as_table]

    @override
    def show_assessed(self, assessed: Assessed) -> None:
        super().show_assessed(assessed)
        self._show_map()
        self._model.set_rows(tuple(assessed.scorecard.cells.values()))
        is_internal = assessed.level is Level.INTERNAL
        self._classes.setVisible(is_internal)
        if not is_internal:
            self._classes.setCurrentIndex(0)
        self._apply_filter()

    @override
    def select(self, key: CellKey | None) -> None:
        self._map.select(key)
        self._table.blockSignals(True)
        if key is not None:
            self._table.select_row(lambda cell: cell.key == key)
        self._table.blockSignals(False)

    @override
    def take_focus(self) -> None:
        (self._table if self._as_table.isChecked() else self._map).setFocus()

    @override
    def retranslate(self) -> None:
        code = current_language().code
        self._measure_label.setText(_("Shown"))
        self._measure.refill([(shown.value, shown_word(shown)) for shown in Shown], _("Shown"))
        classes = [(kind.value, class_word(kind.value, code)) for kind in CellClass]
        self._classes.refill([("", _("All classes")), *classes], _("Class"))
        self._as_table.setText(_("As table"))
        self._as_table.setToolTip(_("Show the cells as a table instead of a picture"))
        self._table.setAccessibleName(_("All cells"))
        self._model.retranslate()

    def _said(self) -> Assessed:
        assert self.assessed is not None, "rows exist only while something is shown"
        return self.assessed

    def _show_map(self) -> None:
        if self.assessed is None:
            return
        self._map.show_assessed(self.assessed, Shown(str(self._measure.currentData())))
        level = self.assessed.level
        if self._map.heat.has_hidden:
            self._legend.set_hatching(hidden_word(level), is_corner=False)
        elif self._map.heat.has_thin:
            word = _("n < {n}").format(n=self.assessed.profile.min_evidence_n)
            self._legend.set_hatching(word, is_corner=True)
        else:
            self._legend.set_hatching("", is_corner=True)

    def _apply_filter(self) -> None:
        key = str(self._classes.currentData() or "")
        self._map.set_class_filter(key)
        self._proxy.set_filter(lambda cell: not key or (cell.cell_class is not None and cell.cell_class.value == key))

    def _build(self) -> None:
        picture = QWidget(self)
        inner = QVBoxLayout(picture)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(self.theme.space("s"))
        inner.addWidget(self._map, 1)
        inner.addWidget(self._legend)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(picture)
        self._stack.addWidget(self._table)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)

    def _connect(self) -> None:
        self._measure.currentIndexChanged.connect(lambda _index: self._show_map())
        self._classes.currentIndexChanged.connect(lambda _index: self._apply_filter())
        self._as_table.toggled.connect(lambda is_on: self._stack.setCurrentIndex(int(is_on)))
        self._map.cell_selected.connect(self.cell_selected)
        self._map.cell_opened.connect(self.cell_opened)
        self._map.stage_opened.connect(self.stage_opened)
        self._table.row_selected.connect(lambda cell: self.cell_selected.emit(None if cell is None else cell.key))
        self._table.row_opened.connect(lambda cell: self.cell_opened.emit(cell.key))
