"""The papers of a page: its menu, the progress of the job, and where the file is."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QAction, QActionGroup, QDesktopServices
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from roadmapdesk.desktop import settings as keys
from roadmapdesk.desktop.jobs import Control, Job, Pool
from roadmapdesk.desktop.pages import Desk
from roadmapdesk.desktop.papers.details_dialog import PrivacyDetailsDialog
from roadmapdesk.desktop.prompts import FileKind
from roadmapdesk.desktop.widgets.buttons import Button
from roadmapdesk.desktop.widgets.notices import MessageBar, ProgressStrip
from roadmapdesk.desktop.wording import LANGUAGE_NAMES
from roadmapdesk.errors import RoadmapDeskError
from roadmapdesk.i18n import LANGUAGES, Language, current_language
from roadmapdesk.i18n import gettext as _
from roadmapdesk.paths import documents_folder
from roadmapdesk.reports.document import Document
from roadmapdesk.reports.errors import TargetNotWritable
from roadmapdesk.reports.papers.facts import PrivacyDetails
from roadmapdesk.storage import Project
from roadmapdesk.storage.values import InterviewRow
from roadmapdesk.workspace import papers, study_details
from roadmapdesk.workspace.papers import PAPER_NAMES, PaperKind, WrittenPaper


class PaperDesk(QWidget):
    """Prints papers as PDF; shows nothing until there is something to say.

    Args:
        project: the open project.
        desk: what every screen works with.
        kinds: the papers that the menu offers, in this order.
        interview: gives the chosen interview for a protocol, None where there is none.

    Attributes:
        button: opens the menu; stands in the page's header.
        stored: the project holds something new: details, or an entry in the export log.
    """

    stored = Signal()

    def __init__(
        self,
        *,
        project: Project,
        desk: Desk,
        kinds: Sequence[PaperKind],
        interview: Callable[[], InterviewRow | None] = lambda: None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._project = project
        self._desk = desk
        self._kinds = tuple(kinds)
        self._interview = interview
        self._language = ""
        self._job: Job | None = None
        self._again: Callable[[], None] = lambda: None
        self._action: Callable[[], None] = lambda: None
        self._written = Path()
        self.button = Button(theme=desk.theme, icon="printer")
        self.button.setObjectName("print_papers")
        self._menu = QMenu(self)
        self._actions: dict[PaperKind, QAction] = {}
        self._details = QAction(self)
        self._languages = QActionGroup(self)
        self._build()
        self.retranslate()

    @property
    def actions_for_menu(self) -> tuple[QAction, ...]:
        """The same papers for the menu bar."""
        return tuple(self._actions.values())

    def choose_language(self, code: str) -> None:
        """Prints in this language from now on; empty follows the window."""
        self._language = code

    def print_paper(self, kind: PaperKind) -> None:
        """Asks where to and prints."""
        row = self._interview() if kind is PaperKind.PROTOCOL else None
        if kind is PaperKind.PROTOCOL and row is None:
            self._message.say(
                "info",
                lambda: _("Choose an interview first"),
                lambda: _("The protocol is of the interview chosen below."),
            )
            return
        language = Language(self._language or current_language().code)
        name = papers.paper_file_name(self._project, kind, language, row.code if row is not None else "")
        folder = Path(self._desk.settings.get(keys.EXPORT_FOLDER) or documents_folder())
        self._again = partial(self.print_paper, kind)
        self._desk.prompts.save_file(
            self,
            title=_(PAPER_NAMES[kind]),
            suggestion=folder / name,
            kinds=(FileKind("PDF", ("*.pdf",)),),
            chosen=lambda target: self.print_to(kind, target, language=language, row=row),
        )

    def print_to(self, kind: PaperKind, target: Path, *, language: Language, row: InterviewRow | None = None) -> None:
        """Prints a paper to a file; the rest of the window stays usable."""
        project, chosen = self._project, row.id if row is not None else ""
        self._message.hide()
        self._desk.settings.set(keys.EXPORT_FOLDER, str(target.parent))
        self._progress.begin(_("Printing “{name}” …").format(name=target.name))
        self._set_busy(is_busy=True)
        self._job = self._desk.jobs.run(
            lambda _control: papers.build_paper(project, kind, language=language, interview_id=chosen),
            done=lambda document: self._write(document, kind, target, chosen),
            failed=self._on_failed,
            owner=self,
        )

    def retranslate(self) -> None:
        """Says everything again in the present language."""
        self.button.setText(_("Print"))
        self.button.setToolTip(_("Papers as PDF"))
        self._menu.setTitle(_("Print"))
        for kind, action in self._actions.items():
            action.setText(f"{_(PAPER_NAMES[kind])} …")
        self._details.setText(_("Details for the privacy papers …"))
        for action in self._languages.actions():
            code = str(action.data())
            action.setText(LANGUAGE_NAMES[code] if code else _("In the language of the window"))

    def _write(self, document: Document, kind: PaperKind, target: Path, interview_id: str) -> None:
        def work(control: Control) -> WrittenPaper:
            return papers.write_paper(
                document,
                target,
                kind=kind,
                interview_id=interview_id,
                progress=control.progress,
                cancelled=control.cancelled,
            )

        self._job = self._desk.jobs.run(
            work,
            done=self._on_written,
            failed=self._on_failed,
            progress=self._progress.advance,
            pool=Pool.CPU,
            owner=self,
        )

    def _on_written(self, written: WrittenPaper) -> None:
        self._end()
        self._written = written.target
        self._message.say(
            "ok",
            lambda: _("“{name}” is written").format(name=written.target.name),
            lambda: _("In {folder}").format(folder=written.target.parent),
            action=lambda: _("Open file"),
        )
        self._action = self._open_file
        project = self._project
        self._desk.jobs.run(
            lambda _control: papers.log_paper(project, written),
            done=lambda _nothing: self.stored.emit(),
            owner=self,
        )

    def _on_failed(self, error: Exception) -> None:
        self._end()
        if not isinstance(error, RoadmapDeskError):
            self._desk.jobs.failed.emit(error)
            return
        self._action = self._again
        if isinstance(error, TargetNotWritable):
            self._message.say(
                "error",
                lambda: _("The file could not be written"),
                lambda: error.sentence,
                action=lambda: _("Choose another name …"),
            )
        else:
            self._message.say("error", lambda: _("This paper cannot be printed"), lambda: error.sentence)

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()
        self._end()
        self._message.say("info", lambda: _("Printing was cancelled"), lambda: _("No file was written."))

    def _end(self) -> None:
        self._job = None
        self._progress.end()
        self._set_busy(is_busy=False)

    def _set_busy(self, *, is_busy: bool) -> None:
        self.button.setEnabled(not is_busy)
        for action in self._actions.values():
            action.setEnabled(not is_busy)

    def _open_file(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._written)))

    def ask_details(self) -> None:
        """Asks for what the privacy papers leave open."""
        dialog = PrivacyDetailsDialog(
            details=study_details.privacy_details(self._project), theme=self._desk.theme, parent=self
        )
        dialog.accepted.connect(lambda: self._keep_details(dialog.details))
        self._desk.prompts.show(dialog)

    def _keep_details(self, details: PrivacyDetails) -> None:
        project = self._project
        self._desk.jobs.run(
            lambda _control: study_details.set_privacy_details(project, details),
            done=lambda _nothing: self.stored.emit(),
            owner=self,
        )

    def _build(self) -> None:
        theme = self._desk.theme
        self._progress = ProgressStrip(theme=theme, parent=self)
        self._progress.cancel_requested.connect(self._cancel)
        self._message = MessageBar(theme=theme, can_close=True, parent=self)
        self._message.setObjectName("paper_message")
        self._message.action_requested.connect(self._on_action_requested)
        for kind in self._kinds:
            action = QAction(self)
            action.setObjectName(f"print_{kind.name.lower()}")
            action.triggered.connect(partial(self._on_triggered, kind))
            self._actions[kind] = action
            self._menu.addAction(action)
        if {PaperKind.PRIVACY, PaperKind.CONSENT} & set(self._kinds):
            self._menu.addSeparator()
            self._details.triggered.connect(self.ask_details)
            self._menu.addAction(self._details)
        self._menu.addSeparator()
        for code in ("", *LANGUAGES):
            action = QAction(self)
            action.setCheckable(True)
            action.setChecked(not code)
            action.setData(code)
            action.triggered.connect(partial(self._on_language_triggered, code))
            self._languages.addAction(action)
            self._menu.addAction(action)
        self.button.clicked.connect(self._show_menu)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.space("s"))
        layout.addWidget(self._progress)
        layout.addWidget(self._message)

    def _on_action_requested(self) -> None:
        self._action()

    def _show_menu(self) -> None:
        self._menu.popup(self.button.mapToGlobal(self.button.rect().bottomLeft()))

    def _on_triggered(self, kind: PaperKind, _checked: bool = False) -> None:
        self.print_paper(kind)

    def _on_language_triggered(self, code: str, _checked: bool = False) -> None:
        self.choose_language(code)
