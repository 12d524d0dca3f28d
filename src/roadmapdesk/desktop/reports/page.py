"""The page of the reports."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from roadmapdesk.desktop import settings as keys
from roadmapdesk.desktop.jobs import Control
from roadmapdesk.desktop.pages import Desk, Page
from roadmapdesk.desktop.prompts import FileKind
from roadmapdesk.desktop.reports.exporter import Exporter
from roadmapdesk.desktop.reports.log_columns import log_columns, log_sentence
from roadmapdesk.desktop.reports.order_panel import OrderPanel
from roadmapdesk.desktop.reports.preview_maker import PreviewMaker
from roadmapdesk.desktop.reports.preview_pane import PreviewPane
from roadmapdesk.desktop.reports.rendering import failed_words
from roadmapdesk.desktop.reports.targets import first_folder, free_name
from roadmapdesk.desktop.reports.words import KIND_NAMES, cell_counts, kind_word, level_word, unapproved_words
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
from roadmapdesk.reports.errors import ReportCancelled, TargetNotWritable
from roadmapdesk.reports.facts import ReportFacts
from roadmapdesk.storage import Project
from roadmapdesk.storage.values import Export
from roadmapdesk.workspace.assessment import Assessment
from roadmapdesk.workspace.evidence import refresh_if_changed
from roadmapdesk.workspace.exporting import Exported, file_name
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
        self._facts: ReportFacts | None = None
        self._target: Path | None = None
        self._written: Exported | None = None
        self._maker = PreviewMaker(project=project, assessment=assessment, jobs=desk.jobs, parent=self)
        self._exporter = Exporter(project=project, assessment=assessment, jobs=desk.jobs, parent=self)
        theme = desk.theme
        self._export = Button(theme=theme, variant="primary", icon="download")
        self._export.setObjectName("export")
        self._order = OrderPanel(theme=theme, language=project.settings.language, parent=self)
        self._message = MessageBar(theme=theme, can_close=True, parent=self)
        self._warning = MessageBar(theme=theme, parent=self)
        self._progress = ProgressStrip(theme=theme, parent=self)
        self._preview = PreviewPane(jobs=desk.jobs, theme=theme, parent=self)
        self._drawing = ProgressStrip(theme=theme, parent=self)
        self._log = Panel(theme=theme, has_padding=False, parent=self)
        self._log_model = RowsModel(log_columns(), sentence=log_sentence, parent=self)
        self._log_table = TableView(theme=theme, parent=self)
        self._log_table.setObjectName("export_log")
        self._log_table.show_rows(self._log_model)
        self._nothing_yet = EmptyState(theme=theme, parent=self)
        self._empty = EmptyState(theme=theme, parent=self)
        self._action = self._open_file
        self._build()
        self._connect()
        self.retranslate()

    # -- what the window asks ----------------------------------------------------------------------------------

    @override
    def title(self) -> str:
        return _("Reports")

    @override
    def context(self) -> str:
        if self._present is None or not self._present.log:
            return ""
        count = len(self._present.log)
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
        self._preview.retranslate()
        self._message.retranslate()
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
        self._exporter.cancel()

    # -- choices and preview -----------------------------------------------------------------------------------

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
        self._order.set_target(self._default_target())
        self._target = None
        self._warning.hide()
        self._facts = None
        self._wish_preview()

    def _wish_preview(self) -> None:
        if not self._preview.has_content:
            self._preview.say_nothing(_("Preparing the preview …"))
        self._maker.wish(self._order.order)

    @property
    def _path(self) -> Path:
        """Where the file will lie: chosen, or proposed."""
        return self._target or self._default_target()

    def _default_target(self) -> Path:
        order = self._order.order
        stored = self._desk.settings.get(keys.EXPORT_FOLDER)
        folder = Path(stored) if stored and Path(stored).is_dir() else first_folder()
        return folder / file_name(self._project, order.kind, order.level, order.language, order.wave)

    @Slot(object)
    def _on_maker_facts_read(self, facts: ReportFacts) -> None:
        self._facts = facts
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
            self._warning.say("warning", unapproved_words(count), _("Approve them first, or export knowingly."))
        else:
            self._warning.hide()

    # -- exporting ---------------------------------------------------------------------------------------------

    @Slot()
    def _on_target_requested(self) -> None:
        self._choose_target(self._path)

    def _choose_target(self, suggestion: Path, *, then_exports: bool = False) -> None:
        kind = self._order.order.kind
        kinds = (FileKind(KIND_NAMES[kind.value], (f"*.{kind.value}",)),)

        def chosen(path: Path) -> None:
            target = path if path.suffix.lower() == f".{kind.value}" else path.with_name(f"{path.name}.{kind.value}")
            self._target = target
            self._order.set_target(target)
            self._desk.settings.set(keys.EXPORT_FOLDER, str(target.parent))
            if then_exports:
                self._begin_export()

        self._desk.prompts.save_file(
            self, title=_("Where shall the report lie?"), suggestion=suggestion, kinds=kinds, chosen=chosen
        )

    @Slot()
    def _on_export_clicked(self) -> None:
        """Asks what must be asked, one after the other, then exports."""
        facts, order = self._facts, self._order.order
        count = facts.scorecard.sample.n_unapproved if facts is not None else 0
        if order.level is Level.PUBLIC and count:
            self._desk.prompts.ask(
                self,
                question=unapproved_words(count),
                consequence=_("A public report should rest on approved interviews only."),
                confirm=_("Export anyway"),
                confirmed=self._ask_about_target,
            )
        else:
            self._ask_about_target()

    def _ask_about_target(self) -> None:
        path = self._path
        if self._target is None and path.exists():
            self._desk.prompts.ask(
                self,
                question=_("Replace “{name}”?").format(name=path.name),
                consequence=_("A file of this name lies in {folder} already.").format(folder=path.parent),
                confirm=_("Replace"),
                confirmed=self._begin_export,
            )
        else:
            self._begin_export()

    def _begin_export(self) -> None:
        self._message.hide()
        self._maker.stop()
        self._export.setEnabled(False)
        self._order.setEnabled(False)
        self._progress.begin(_("Exporting “{name}” …").format(name=self._path.name))
        self._exporter.begin(self._order.order, self._path, facts=self._facts)

    @Slot(object, object)
    def _on_exporter_finished(self, exported: Exported, log: tuple[Export, ...]) -> None:
        self._end_export()
        self._written = exported
        self._show_log(log)
        details = _("{kind}, {level}, {size} kB, read back and found complete. In {folder}").format(
            kind=kind_word(exported.kind.value),
            level=level_word(exported.level.value),
            size=max(1, round(exported.size / 1000)),
            folder=exported.target.parent,
        )
        self._say_done(_("“{name}” is exported").format(name=exported.target.name), details)
        self.saved.emit(datetime.now(UTC))
        self.data_changed.emit()

    def _show_log(self, log: tuple[Export, ...]) -> None:
        if self._present is not None:
            self._present = _Present(self._present.waves, log)
        self._log_model.set_rows(log)
        self._log_table.setVisible(bool(log))
        self._nothing_yet.setVisible(not log)
        self.header_changed.emit()

    def _say_done(self, title: str, details: str) -> None:
        self._action = self._open_file
        self._folder.show()
        self._message.say("ok", title, details, action=_("Open file"))

    @Slot(object)
    def _on_exporter_failed(self, error: Exception) -> None:
        self._end_export()
        self._folder.hide()
        if isinstance(error, ReportCancelled):
            self._action = self._on_export_clicked
            self._message.say("info", _("The export was cancelled"), _("No file was written."))
        elif isinstance(error, TargetNotWritable):
            self._action = self._offer_other_name
            self._message.say(
                "error", _("The file could not be written"), error.sentence, action=_("Choose another name …")
            )
        elif isinstance(error, RoadmapDeskError):
            self._action = self._on_export_clicked
            self._message.say("error", _("The export did not work"), error.sentence, action=_("Try again"))
        else:
            self._desk.jobs.failed.emit(error)

    def _end_export(self) -> None:
        self._progress.end()
        self._export.setEnabled(True)
        self._order.setEnabled(True)
        if not self._preview.has_content:
            self._wish_preview()

    def _offer_other_name(self) -> None:
        self._choose_target(free_name(self._path), then_exports=True)

    @Slot()
    def _on_message_action_requested(self) -> None:
        self._action()

    def _open_file(self) -> None:
        if self._written is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._written.target)))

    def _open_folder(self) -> None:
        if self._written is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._written.target.parent)))

    # -- building ----------------------------------------------------------------------------------------------

    def _build(self) -> None:
        theme = self._desk.theme
        self._folder = Button(theme=theme, icon="folder-open", parent=self)
        self._folder.setText(_("Show in folder"))
        self._folder.hide()
        self._log.add(self._log_table, 1)
        self._log.add(self._nothing_yet, 1)
        self._log.setMinimumHeight(theme.px(230))
        self._column = scrolled(self._warning, self._order, self._log, theme=theme, parent=self)
        self._shown = QWidget(self)
        right = QVBoxLayout(self._shown)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(theme.space("m"))
        done = QHBoxLayout()
        done.addWidget(self._message, 1)
        done.addWidget(self._folder)
        right.addLayout(done)
        right.addWidget(self._progress)
        right.addWidget(self._drawing)
        right.addWidget(self._preview, 1)
        margin = theme.space("page_margin")
        self._body = QWidget(self)
        self._columns = QHBoxLayout(self._body)
        self._columns.setContentsMargins(margin - 3, 0, margin, theme.space("m"))
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
        self._order.target_requested.connect(self._on_target_requested)
        self._export.clicked.connect(self._on_export_clicked)
        self._maker.facts_read.connect(self._on_maker_facts_read)
        self._maker.made.connect(self._preview.show_preview)
        self._maker.failed.connect(self._on_maker_failed)
        self._maker.grew_long.connect(self._on_maker_grew_long)
        self._maker.advanced.connect(self._drawing.advance)
        self._drawing.cancel_requested.connect(self._on_drawing_cancel_requested)
        self._progress.cancel_requested.connect(self._exporter.cancel)
        self._exporter.finished.connect(self._on_exporter_finished)
        self._exporter.failed.connect(self._on_exporter_failed)
        self._exporter.advanced.connect(self._progress.advance)
        self._message.action_requested.connect(self._on_message_action_requested)
        self._message.closed.connect(self._folder.hide)
        self._folder.clicked.connect(self._open_folder)
        self._empty.action_requested.connect(lambda: self.navigation_requested.emit("interviews", ""))
