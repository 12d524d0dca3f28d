"""The page of the reports."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from roadmapdesk.desktop.jobs import Control
from roadmapdesk.desktop.pages import Desk, Page
from roadmapdesk.desktop.reports.export_desk import ExportDesk
from roadmapdesk.desktop.reports.log_columns import log_columns, log_sentence
from roadmapdesk.desktop.reports.order_panel import OrderPanel
from roadmapdesk.desktop.reports.preview_maker import PreviewMaker
from roadmapdesk.desktop.reports.preview_pane import PreviewPane
from roadmapdesk.desktop.reports.release_desk import ReleaseDesk
from roadmapdesk.desktop.reports.rendering import failed_words
from roadmapdesk.desktop.reports.words import cell_counts, unapproved_words
from roadmapdesk.desktop.widgets.buttons import Button
from roadmapdesk.desktop.widgets.notices import EmptyState, MessageBar, ProgressStrip
from roadmapdesk.desktop.widgets.panel import Panel
from roadmapdesk.desktop.widgets.scrolled import scrolled
from roadmapdesk.desktop.widgets.table_model import RowsModel
from roadmapdesk.desktop.widgets.table_view import TableView
from roadmapdesk.domain.catalog import Bilingual
from roadmapdesk.domain.levels import Level
from roadmapdesk.errors import RoadmapDeskError
from roadmapdesk.i18n import current_language, ngettext
from roadmapdesk.i18n import gettext as _
from roadmapdesk.reports.facts import ReportFacts
from roadmapdesk.storage import Project
from roadmapdesk.storage.values import Export
from roadmapdesk.workspace.assessment import Assessment
from roadmapdesk.workspace.evidence import refresh_if_changed
from roadmapdesk.workspace.facts import wave_name


@dataclass(frozen=True, slots=True)
class _Present:
    """What the project offers now."""

    waves: tuple[tuple[str, Bilingual], ...]
    log: tuple[Export, ...]


class ReportsPage(Page):
    """Choices on the left, pages on the right, what went out before below them.

    Args:
        assessment: used on the database thread only.
    """

    key = "reports"

    def __init__(
        self, *, project: Project, assessment: Assessment, desk: Desk, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._project = project
        self._assessment = assessment
        self._desk = desk
        self._present: _Present | None = None
        self._maker = PreviewMaker(project=project, assessment=assessment, jobs=desk.jobs, parent=self)
        self._exports = ExportDesk(project=project, assessment=assessment, desk=desk, parent=self)
        theme = desk.theme
        self._export = Button(theme=theme, variant="primary", icon="download")
        self._export.setObjectName("export")
        self._export_had_focus = False
        self._order = OrderPanel(theme=theme, language=project.settings.language, parent=self)
        self._release = ReleaseDesk(project=project, desk=desk, parent=self)
        self._warning = MessageBar(theme=theme, parent=self)
        self._preview = PreviewPane(jobs=desk.jobs, theme=theme, parent=self)
        self._drawing = ProgressStrip(theme=theme, parent=self)
        self._log = Panel(theme=theme, has_padding=False, parent=self)
        self._log_model = RowsModel(log_columns(), sentence=log_sentence, parent=self)
        self._log_table = TableView(theme=theme, parent=self)
        self._log_table.setObjectName("export_log")
        self._log_table.show_rows(self._log_model)
        self._nothing_yet = EmptyState(theme=theme, parent=self)
        self._empty = EmptyState(theme=theme, parent=self)
        self._build()
        self._connect()
        self.retranslate()

    @override
    def title(self) -> str:
        return _("Reports")

    @override
    def context(self) -> str:
        count = sum(1 for line in self._present.log if line.target) if self._present is not None else 0
        if not count:
            return ""
        return ngettext("{n} export so far", "{n} exports so far", count).format(n=count)

    @override
    def actions_right(self) -> Sequence[QWidget]:
        return (self._export,) if self._present is not None and self._present.waves else ()

    @override
    def refresh(self) -> None:
        project, assessment = self._project, self._assessment

        def work(_control: Control) -> _Present:
            refresh_if_changed(project, assessment)
            waves = tuple((code, wave_name(assessment, code)) for code in assessment.waves)
            return _Present(waves, project.export_log.list())

        self._desk.jobs.run(work, done=self._on_present_found, owner=self)

    @override
    def retranslate(self) -> None:
        self._export.setText(_("Export"))
        self._order.retranslate()
        self._release.retranslate()
        self._preview.retranslate()
        self._exports.retranslate()
        self._log.set_title(_("Exported so far"))
        self._log_table.setAccessibleName(_("Exported so far"))
        self._log_model.retranslate()
        self._nothing_yet.set_texts(_("Files that you export will be listed here."))
        self._empty.set_texts(
            _("Reports can be exported as soon as one interview is finalised."), _("Go to the interviews")
        )
        if self._present is not None:
            self._on_present_found(self._present)

    @override
    def close_page(self) -> None:
        self._maker.stop()
        self._exports.stop()

    def _on_present_found(self, present: _Present) -> None:
        self._present = present
        code = current_language().code
        self._order.set_waves([(key, name.text(code)) for key, name in present.waves])
        self._show_log(present.log)
        self._pages.setCurrentWidget(self._body if present.waves else self._empty)
        if present.waves:
            self._on_order_changed()

    @Slot()
    def _on_order_changed(self) -> None:
        self._exports.set_order(self._order.order)
        self._order.set_target(self._exports.path)
        self._release.wait()
        self._warning.hide()
        self._wish_preview()

    def _wish_preview(self) -> None:
        if not self._preview.has_content:
            self._preview.say_nothing(_("Preparing the preview …"))
        self._maker.wish(self._order.order)

    @Slot(object)
    def _on_maker_facts_read(self, facts: ReportFacts) -> None:
        self._exports.set_facts(facts)
        self._release.set_facts(facts)
        self._order.set_disclosure(facts.profile.disclosure)
        self._order.set_counts(cell_counts(facts.scorecard))
        self._warn_about_unapproved(facts)

    @Slot(object)
    def _on_maker_failed(self, error: Exception) -> None:
        self._preview.say_nothing(error.sentence if isinstance(error, RoadmapDeskError) else failed_words())
        if not isinstance(error, RoadmapDeskError):
            self._desk.jobs.failed.emit(error)

    @Slot(bool)
    def _on_maker_grew_long(self, is_long: bool) -> None:
        if is_long:
            self._drawing.begin(_("Preparing the preview …"))
        else:
            self._drawing.end()

    @Slot()
    def _on_drawing_cancel_requested(self) -> None:
        self._maker.stop()
        self._preview.say_nothing(_("The preview was stopped. Exporting is possible without it."))

    def _warn_about_unapproved(self, facts: ReportFacts) -> None:
        count = facts.scorecard.sample.n_unapproved
        if facts.level is Level.PUBLIC and count:
            self._warning.say(
                "warning", lambda: unapproved_words(count), lambda: _("Approve them first, or export all the same.")
            )
        else:
            self._warning.hide()

    @Slot()
    def _on_exports_began(self) -> None:
        self._maker.stop()
        self._export_had_focus = self._export.hasFocus()
        self._export.setEnabled(False)
        self._order.setEnabled(False)

    @Slot()
    def _on_exports_ended(self) -> None:
        self._export.setEnabled(True)
        self._order.setEnabled(True)
        if self._export_had_focus:
            self._export.setFocus()  # Qt had moved it to whatever comes next
        if not self._preview.has_content:
            self._wish_preview()

    @Slot(object)
    def _on_release_decided(self, log: tuple[Export, ...]) -> None:
        self._on_exports_exported(log)
        self._on_order_changed()

    @Slot(object)
    def _on_exports_exported(self, log: tuple[Export, ...]) -> None:
        self._show_log(log)
        self.saved.emit(datetime.now(UTC))
        self.data_changed.emit()

    def _show_log(self, log: tuple[Export, ...]) -> None:
        if self._present is not None:
            self._present = _Present(self._present.waves, log)
        self._log_model.set_rows(log)
        self._log_table.setVisible(bool(log))
        self._nothing_yet.setVisible(not log)
        self.header_changed.emit()

    def _build(self) -> None:
        theme = self._desk.theme
        self._log.add(self._log_table, 1)
        self._log.add(self._nothing_yet, 1)
        self._log.setMinimumHeight(theme.px(230))
        self._column = scrolled(self._warning, self._order, self._release, self._log, theme=theme, parent=self)
        self._shown = QWidget(self)
        right = QVBoxLayout(self._shown)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(theme.space("m"))
        right.addWidget(self._exports)
        right.addWidget(self._drawing)
        right.addWidget(self._preview, 1)
        margin = theme.space("page_margin")
        self._body = QWidget(self)
        self._columns = QHBoxLayout(self._body)
        self._columns.setContentsMargins(margin, 0, margin, theme.space("m"))
        self._columns.setSpacing(theme.space("s"))
        self._columns.addWidget(self._column, 5)
        self._place_preview()
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self._body)
        self._pages.addWidget(self._empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._pages)
        self._preview.say_nothing(_("Preparing the preview …"))
        self.begin_with(self._export)

    def _place_preview(self) -> None:
        """The preview stands beside the choices; at large text below them, where it can be scrolled to."""
        theme = self._desk.theme
        ground = self._column.widget()
        choices = ground.layout() if ground is not None else None
        is_wide = theme.is_wide_text
        self._column.setMinimumWidth(0 if is_wide else theme.px(430))
        self._shown.setMinimumHeight(theme.px(300) if is_wide else 0)
        if is_wide and choices is not None:
            choices.addWidget(self._shown)
        else:
            self._columns.addWidget(self._shown, 8)

    def _connect(self) -> None:
        self._desk.theme.changed.connect(self._place_preview)
        self._order.order_changed.connect(self._on_order_changed)
        self._order.target_requested.connect(self._exports.choose_target)
        self._export.clicked.connect(self._exports.ask)
        self._release.decided.connect(self._on_release_decided)
        self._maker.facts_read.connect(self._on_maker_facts_read)
        self._maker.made.connect(self._preview.show_preview)
        self._maker.failed.connect(self._on_maker_failed)
        self._maker.grew_long.connect(self._on_maker_grew_long)
        self._maker.advanced.connect(self._drawing.advance)
        self._drawing.cancel_requested.connect(self._on_drawing_cancel_requested)
        self._exports.target_chosen.connect(lambda: self._order.set_target(self._exports.path))
        self._exports.began.connect(self._on_exports_began)
        self._exports.ended.connect(self._on_exports_ended)
        self._exports.exported.connect(self._on_exports_exported)
        self._empty.action_requested.connect(lambda: self.navigation_requested.emit("interviews", ""))
