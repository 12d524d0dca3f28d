"""One export, from the question where to write to the link to the file."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from roadmapdesk.desktop import settings as keys
from roadmapdesk.desktop.pages import Desk
from roadmapdesk.desktop.prompts import FileKind
from roadmapdesk.desktop.reports.exporter import Exporter
from roadmapdesk.desktop.reports.order_panel import Order
from roadmapdesk.desktop.reports.targets import first_folder, folder_words, free_name
from roadmapdesk.desktop.reports.words import KIND_NAMES, kind_word, level_word, unapproved_words
from roadmapdesk.desktop.widgets.buttons import Button
from roadmapdesk.desktop.widgets.notices import MessageBar, ProgressStrip
from roadmapdesk.domain.levels import Level
from roadmapdesk.errors import RoadmapDeskError
from roadmapdesk.i18n import gettext as _
from roadmapdesk.reports.errors import ReportCancelled, TargetNotWritable
from roadmapdesk.reports.facts import ReportFacts
from roadmapdesk.storage import Project
from roadmapdesk.workspace.assessment import Assessment
from roadmapdesk.workspace.exporting import Exported, file_name

if TYPE_CHECKING:
    from collections.abc import Callable


class ExportDesk(QWidget):
    """Asks, exports, and says what came of it; shows nothing until there is something to say.

    Args:
        assessment: used on the database thread only.

    Attributes:
        target_chosen: another place was chosen.
        began: an export is under way.
        ended: it is over, whatever came of it.
        exported: a file was written; carries the log of exports.
    """

    target_chosen = Signal()
    began = Signal()
    ended = Signal()
    exported = Signal(object)

    def __init__(self, *, project: Project, assessment: Assessment, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._project = project
        self._desk = desk
        self._order: Order | None = None
        self._target: Path | None = None
        self._written: Exported | None = None
        self._action: Callable[[], None] = self._open_file
        self._facts: ReportFacts | None = None
        theme = desk.theme
        self._exporter = Exporter(project=project, assessment=assessment, jobs=desk.jobs, parent=self)
        self._message = MessageBar(theme=theme, can_close=True, parent=self)
        self._folder = Button(theme=theme, icon="folder-open", parent=self)
        self._folder.hide()
        self._progress = ProgressStrip(theme=theme, parent=self)
        self._build()
        self._connect()
        self.retranslate()
        self.hide()

    @property
    def path(self) -> Path:
        """Where the file will lie: chosen, or proposed. There is an order."""
        order = self._chosen
        if self._target is not None:
            return self._target
        stored = self._desk.settings.get(keys.EXPORT_FOLDER)
        folder = Path(stored) if stored and Path(stored).is_dir() else first_folder()
        return folder / file_name(self._project, order.kind, order.level, order.language, order.wave)

    def set_order(self, order: Order) -> None:
        """Takes another order; its file is proposed anew."""
        self._order, self._target, self._facts = order, None, None

    def set_facts(self, facts: ReportFacts) -> None:
        """Takes what the present order rests on, once it was read."""
        self._facts = facts

    def stop(self) -> None:
        """Cancels what is under way."""
        self._exporter.cancel()

    def retranslate(self) -> None:
        """Says everything again in the present language."""
        self._folder.setText(_("Show in folder"))

    @property
    def _chosen(self) -> Order:
        assert self._order is not None, "asked for only after an order was set"
        return self._order

    def choose_target(self) -> None:
        """Asks where to write."""
        self._choose_target(self.path)

    def _choose_target(self, suggestion: Path, *, then_exports: bool = False) -> None:
        kind = self._chosen.kind
        kinds = (FileKind(KIND_NAMES[kind.value], (f"*.{kind.value}",)),)

        def chosen(path: Path) -> None:
            self._target = path
            if path.suffix.lower() != f".{kind.value}":
                self._target = path.with_name(f"{path.name}.{kind.value}")
            self._desk.settings.set(keys.EXPORT_FOLDER, str(self._target.parent))
            self.target_chosen.emit()
            if then_exports:
                self._begin()

        self._desk.prompts.save_file(
            self, title=_("Where shall the report lie?"), suggestion=suggestion, kinds=kinds, chosen=chosen
        )

    @Slot()
    def ask(self) -> None:
        """Asks what must be asked, one after the other, then exports."""
        count = self._facts.scorecard.sample.n_unapproved if self._facts is not None else 0
        if self._chosen.level is Level.PUBLIC and count:
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
        path = self.path
        if self._target is None and path.exists():
            self._desk.prompts.ask(
                self,
                question=_("Replace “{name}”?").format(name=path.name),
                consequence=_("A file of this name lies in {folder} already.").format(folder=path.parent),
                confirm=_("Replace"),
                confirmed=self._begin,
            )
        else:
            self._begin()

    def _begin(self) -> None:
        self._message.hide()
        self.show()
        self.began.emit()
        self._progress.begin(_("Exporting “{name}” …").format(name=self.path.name))
        self._exporter.begin(self._chosen, self.path, facts=self._facts)

    @Slot(object, object)
    def _on_exporter_finished(self, exported: Exported, log: object) -> None:
        self._end()
        self._written = exported
        self._action = self._open_file
        self._folder.show()
        self._message.say(
            "ok",
            lambda: _("“{name}” is exported").format(name=exported.target.name),
            lambda: _exported_words(exported),
            action=lambda: _("Open file"),
        )
        self.exported.emit(log)

    @Slot(object)
    def _on_exporter_failed(self, error: Exception) -> None:
        self._end()
        self._folder.hide()
        self._action = self.ask
        if isinstance(error, ReportCancelled):
            self._message.say("info", lambda: _("The export was cancelled"), lambda: _("No file was written."))
        elif isinstance(error, TargetNotWritable):
            self._action = self._offer_other_name
            self._message.say(
                "error",
                lambda: _("The file could not be written"),
                lambda: error.sentence,
                action=lambda: _("Choose another name …"),
            )
        elif isinstance(error, RoadmapDeskError):
            self._message.say(
                "error",
                lambda: _("The export did not work"),
                lambda: error.sentence,
                action=lambda: _("Try again"),
            )
        else:
            self.hide()
            self._desk.jobs.failed.emit(error)

    def _end(self) -> None:
        self._progress.end()
        self.ended.emit()

    def _offer_other_name(self) -> None:
        self._choose_target(free_name(self.path), then_exports=True)

    def _open_file(self) -> None:
        if self._written is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._written.target)))

    @Slot()
    def _on_folder_clicked(self) -> None:
        if self._written is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._written.target.parent)))

    @Slot()
    def _on_message_action_requested(self) -> None:
        self._action()

    def _build(self) -> None:
        done = QHBoxLayout()
        done.addWidget(self._message, 1)
        done.addWidget(self._folder)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(self._desk.theme.space("m"))
        layout.addLayout(done)
        layout.addWidget(self._progress)

    def _connect(self) -> None:
        self._exporter.finished.connect(self._on_exporter_finished)
        self._exporter.failed.connect(self._on_exporter_failed)
        self._exporter.advanced.connect(self._progress.advance)
        self._progress.cancel_requested.connect(self._exporter.cancel)
        self._message.action_requested.connect(self._on_message_action_requested)
        self._message.closed.connect(self._folder.hide)
        self._message.closed.connect(self.hide)
        self._folder.clicked.connect(self._on_folder_clicked)


def _exported_words(exported: Exported) -> str:
    """What was written, how large it is and where it lies."""
    return _("{kind}, {level}, {size} kB, read back and found complete. In {folder}").format(
        kind=kind_word(exported.kind.value, exported.level.value),
        level=level_word(exported.level.value),
        size=max(1, round(exported.size / 1000)),
        folder=folder_words(exported.target.parent),
    )
