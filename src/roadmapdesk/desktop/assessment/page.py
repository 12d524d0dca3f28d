"""The page of the assessment: one wave at one level, in several views that share one selected cell."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QTabBar, QVBoxLayout, QWidget
from typing_extensions import override

from roadmapdesk.desktop.assessment.chain_tab import ChainTab
from roadmapdesk.desktop.assessment.drawer import EvidenceDrawer
from roadmapdesk.desktop.assessment.heat_tab import HeatTab
from roadmapdesk.desktop.assessment.loader import Loader
from roadmapdesk.desktop.assessment.panes import Panes
from roadmapdesk.desktop.assessment.plot_tab import PlotTab
from roadmapdesk.desktop.assessment.profile_flow import ProfileFlow
from roadmapdesk.desktop.assessment.profile_tab import ProfileTab
from roadmapdesk.desktop.assessment.robustness_tab import RobustnessTab
from roadmapdesk.desktop.assessment.scope import Scope
from roadmapdesk.desktop.assessment.stages_tab import StagesTab
from roadmapdesk.desktop.assessment.what_if_strip import StripArea, WhatIfStrip
from roadmapdesk.desktop.assessment.words import cell_code, cell_sentence, context_line, level_line
from roadmapdesk.desktop.pages import Desk, Page, SearchEntry
from roadmapdesk.desktop.widgets.buttons import Button
from roadmapdesk.desktop.widgets.notices import EmptyState, ProgressStrip
from roadmapdesk.desktop.widgets.panel import rule
from roadmapdesk.domain.levels import Level
from roadmapdesk.i18n import gettext as _
from roadmapdesk.scoring.scorecard import CellKey
from roadmapdesk.storage import Project
from roadmapdesk.workspace.assessment import Assessment
from roadmapdesk.workspace.evidence import Assessed, cell_evidence

_ASK_KEYS = "Ctrl+Shift+W"


class AssessmentPage(Page):
    """Heatmap and further views, the evidence drawer, and the level switch.

    Args:
        assessment: used on the database thread only.
    """

    key = "assessment"

    def __init__(
        self, *, project: Project, assessment: Assessment, desk: Desk, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._project = project
        self._desk = desk
        self._assessed: Assessed | None = None
        self._loader = Loader(project=project, assessment=assessment, jobs=desk.jobs, parent=self)
        self._selected: CellKey | None = None
        self._wanted: CellKey | None = None
        theme = desk.theme
        self._scope = Scope(theme=theme, parent=self)
        self._tabs = QTabBar(self)
        self._tabs.setObjectName("assessment_tabs")
        self._ask = Button(theme=theme, icon="sliders-horizontal")
        self._ask.setObjectName("ask_what_if")
        self._ask.setCheckable(True)
        self._strip = WhatIfStrip(theme=theme)
        self._strip_area = StripArea(self._strip, parent=self)
        ProfileFlow(project=project, loader=self._loader, strip=self._strip, desk=desk, page=self)
        self._stages = StagesTab(theme=theme, parent=self)
        self._views = (
            HeatTab(theme=theme, parent=self),
            PlotTab(theme=theme, parent=self),
            ChainTab(theme=theme, parent=self),
            ProfileTab(theme=theme, parent=self),
            self._stages,
            RobustnessTab(theme=theme, parent=self),
        )
        self._drawer = EvidenceDrawer(theme=theme, parent=self)
        self._progress = ProgressStrip(theme=theme, parent=self)
        self._empty = EmptyState(theme=theme, parent=self)
        self._build()
        self._connect()
        self.retranslate()

    @override
    def title(self) -> str:
        return _("Assessment")

    @override
    def context(self) -> str:
        return context_line(self._assessed) if self._assessed is not None else ""

    @override
    def actions_right(self) -> Sequence[QWidget]:
        if self._assessed is None:
            return ()
        return (self._scope.waves, self._ask) if self._scope.has_waves else (self._ask,)

    @override
    def menu_actions(self) -> Mapping[str, Sequence[QAction]]:
        return {"evaluation": (self._ask_action,)}

    @override
    def search_entries(self) -> Sequence[SearchEntry]:
        if self._assessed is None:
            return []
        return [
            SearchEntry(
                cell_sentence(self._assessed, cell),
                _("Cell"),
                "grid-3x3",
                partial(self.navigation_requested.emit, "assessment", f"{key.stage}.{key.dimension}"),
                cell_code(key),
            )
            for key, cell in self._assessed.scorecard.cells.items()
        ]

    @override
    def refresh(self) -> None:
        self._loader.forget()
        self._load(reads_again=True)

    @override
    def show_item(self, item_id: str) -> None:
        stage, _dot, dimension = item_id.partition(".")
        self._tabs.setCurrentIndex(0)
        self._wanted = CellKey(stage, dimension)
        if self._assessed is not None and not self._loader.is_working:
            self._open_wanted()

    @override
    def retranslate(self) -> None:
        for index, view in enumerate(self._views):
            view.retranslate()
            self._tabs.setTabText(index, view.word())
        self._tabs.setAccessibleName(_("Views of the assessment"))
        self._ask.setText(_("What if …"))
        self._ask.set_shortcut_hint(_("Try other weights and borders; nothing is stored"), _ASK_KEYS)
        self._ask_action.setText(_("&What if …"))
        self._strip.retranslate()
        self._scope.retranslate(self._assessed)
        if self._assessed is not None:
            self.place_changed.emit(level_line(self._assessed.level))
        self._drawer.retranslate()
        self._empty.set_texts(
            _("The assessment appears here as soon as one interview is finalised."), _("Go to the interviews")
        )
        if self._assessed is not None:
            self._loader.forget()
            self._load()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._panes.is_open:
            self._close_drawer()
        else:
            super().keyPressEvent(event)

    def _load(self, *, reads_again: bool = False) -> None:
        self._loader.load(self._scope.wave, self._scope.level, reads_again=reads_again)

    @Slot(object)
    def _on_loader_loaded(self, assessed: Assessed | None) -> None:
        if assessed is not None:
            self._show(assessed)
            return
        self._assessed = None
        self._pages.setCurrentWidget(self._empty)
        self.header_changed.emit()

    @Slot(object)
    def _on_loader_failed(self, error: Exception) -> None:
        self._go_back()
        self._desk.jobs.failed.emit(error)

    @Slot(bool)
    def _on_loader_grew_long(self, is_long: bool) -> None:
        if is_long:
            self._progress.begin(_("Computing the assessment …"))
        else:
            self._progress.end()

    @Slot()
    def _on_progress_cancel_requested(self) -> None:
        self._loader.stop()
        self._go_back()

    def _go_back(self) -> None:
        """Keeps showing what was shown before."""
        if self._assessed is not None:
            self._scope.go_back(self._assessed)

    def _show(self, assessed: Assessed) -> None:
        self._assessed = assessed
        self._pages.setCurrentWidget(self._body)
        self._panes.reveal()
        self._ask_action.setEnabled(True)
        self._scope.show_assessed(assessed)
        self._strip.show_assessed(assessed, self._loader.stored)
        self._panes.view.show_assessed(assessed)
        self._panes.view.select(self._selected)
        if self._panes.is_open:
            self._show_evidence()
        self.header_changed.emit()
        self.place_changed.emit(level_line(assessed.level))
        if self._wanted is not None:
            self._open_wanted()

    def _open_wanted(self) -> None:
        key, self._wanted = self._wanted, None
        if key is not None and self._assessed is not None and key in self._assessed.scorecard.cells:
            self._select(key)
            self._open_drawer()

    def _select(self, key: CellKey | None) -> None:
        if key is None or key == self._selected:
            return
        self._selected = key
        if self._panes.view is not self.sender():
            self._panes.view.select(key)
        if self._panes.is_open:
            self._show_evidence()

    def _open(self, key: CellKey, *, takes_focus: bool = False) -> None:
        self._select(key)
        self._open_drawer()
        if takes_focus:
            self._drawer.take_focus()

    def _open_stage(self, stage: str) -> None:
        self._tabs.setCurrentIndex(self._views.index(self._stages))
        self._stages.show_stage(stage)
        self._stages.take_focus()

    def _open_drawer(self) -> None:
        if self._assessed is not None:
            self._show_evidence()
            self._panes.open_drawer()

    def _show_evidence(self) -> None:
        if self._assessed is not None and self._selected is not None:
            self._drawer.show_evidence(self._assessed, cell_evidence(self._assessed, self._selected))

    def _close_drawer(self) -> None:
        self._panes.close_drawer()
        self._panes.view.take_focus()

    def _step(self, steps: int) -> None:
        if self._assessed is None or self._selected is None:
            return
        keys = list(self._assessed.scorecard.cells)
        self._select(keys[(keys.index(self._selected) + steps) % len(keys)])

    @Slot(int)
    def _on_tabs_current_changed(self, index: int) -> None:
        self._panes.show_view(index)
        self.begin_with(self._panes.view)
        if self._assessed is not None:
            self._panes.view.show_assessed(self._assessed)
            self._panes.view.select(self._selected)
        if self.isVisible() and not self._tabs.hasFocus():
            self._panes.view.take_focus()

    @Slot(bool)
    def _on_ask_toggled(self, is_on: bool) -> None:
        self._strip_area.setVisible(is_on)
        if not is_on:
            self._strip.discard()

    @Slot()
    def _on_loader_kept(self) -> None:
        self.saved.emit(datetime.now(UTC))
        self.data_changed.emit()
        self.refresh()

    def _build(self) -> None:
        theme = self._desk.theme
        self._ask_action = QAction(self)
        self._ask_action.setShortcut(QKeySequence(_ASK_KEYS))
        self._ask_action.setEnabled(False)
        self._tabs.setDrawBase(False)
        self._tabs.setExpanding(False)
        self._tabs.setUsesScrollButtons(True)
        for view in self._views:
            self._tabs.addTab(view.word())
        self._panes = Panes(
            self._views,
            tools=self._scope.tools,
            notices=(self._progress,),
            drawer=self._drawer,
            theme=theme,
            parent=self,
        )
        margin = theme.space("page_margin")
        self._body = QWidget(self)
        body = QVBoxLayout(self._body)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        tabs = QVBoxLayout()
        tabs.setContentsMargins(margin - theme.space("m"), 0, margin, 0)
        tabs.addWidget(self._tabs)
        body.addLayout(tabs)
        body.addWidget(rule(parent=self._body))
        body.addWidget(self._strip_area)
        area = QScrollArea(self._body)  # for large text, where view and table stand below each other
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self._panes)
        body.addWidget(area, 1)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self._body)
        self._pages.addWidget(self._empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._pages)
        self._on_tabs_current_changed(0)

    def _connect(self) -> None:
        self._tabs.currentChanged.connect(self._on_tabs_current_changed)
        self._scope.chosen.connect(self._load)
        self._loader.loaded.connect(self._on_loader_loaded)
        self._loader.failed.connect(self._on_loader_failed)
        self._loader.grew_long.connect(self._on_loader_grew_long)
        self._loader.advanced.connect(self._progress.advance)
        self._loader.kept.connect(self._on_loader_kept)
        self._progress.cancel_requested.connect(self._on_progress_cancel_requested)
        self._ask.toggled.connect(self._on_ask_toggled)
        self._ask_action.triggered.connect(lambda _checked=False: self._ask.toggle())
        self._empty.action_requested.connect(lambda: self.navigation_requested.emit("interviews", ""))
        self._drawer.closed.connect(self._close_drawer)
        self._drawer.step_requested.connect(self._step)
        self._drawer.internal_requested.connect(lambda: self._scope.choose_level(Level.INTERNAL))
        for view in self._views:
            view.cell_selected.connect(self._select)
            view.cell_opened.connect(self._open)
            view.stage_opened.connect(self._open_stage)
