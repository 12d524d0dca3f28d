"""The one window: menus, the start page or the workbench of an open project, and the status bar."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, QUrl, Slot
from PySide6.QtGui import QCloseEvent, QDesktopServices, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from roadmapdesk.desktop import settings as keys
from roadmapdesk.desktop.commands import MenuBar
from roadmapdesk.desktop.help.helper import Helper
from roadmapdesk.desktop.pages import Desk
from roadmapdesk.desktop.projects.backups import last_backup
from roadmapdesk.desktop.safety.banner import ProjectBanner
from roadmapdesk.desktop.safety.keeper import Keeper
from roadmapdesk.desktop.safety.page_check import PageCheck
from roadmapdesk.desktop.safety.recovery_bar import RecoveryBar
from roadmapdesk.desktop.status_bar import StatusBar
from roadmapdesk.desktop.theme import Scheme
from roadmapdesk.desktop.widgets.notices import MessageBar
from roadmapdesk.errors import RoadmapDeskError
from roadmapdesk.i18n import current_language, on_language_changed, set_language
from roadmapdesk.i18n import gettext as _

if TYPE_CHECKING:
    from roadmapdesk.desktop.help.window import HandbookWindow
    from roadmapdesk.desktop.projects.backups import ProjectBackups
    from roadmapdesk.desktop.projects.door import ProjectDoor
    from roadmapdesk.desktop.start.page import StartPage
    from roadmapdesk.desktop.workbench import Workbench
    from roadmapdesk.storage import Project


_NOTING_MS = 500
"""After an answer was saved: when its project's line on the start page is brought up to date."""


class MainWindow(QMainWindow):
    """Holds either the start page or the workbench.

    Args:
        desk: theme, jobs, prompts and settings.
        start: the start page.
        door: opens, creates and closes projects.
        backups: makes copies of the open one.
        build_workbench: makes the workbench of a project that was opened.
        show_dialog: shows one of the window's own dialogs by its key (``preferences``, ``about``, ``shortcuts``).
        open_handbook: makes the window of the handbook when it is wanted first.

    Attributes:
        help: opens the handbook and tells faults.
    """

    def __init__(
        self,
        *,
        desk: Desk,
        start: "StartPage",
        door: "ProjectDoor",
        backups: "ProjectBackups",
        build_workbench: Callable[["Project"], "Workbench"],
        show_dialog: Callable[[str, QWidget], None],
        open_handbook: Callable[[QWidget], "HandbookWindow"],
    ) -> None:
        super().__init__()
        self.setObjectName("main_window")
        self._desk = desk
        self._door = door
        self._backups = backups
        self._start = start
        self._build_workbench = build_workbench
        self._show_dialog = show_dialog
        self._workbench: Workbench | None = None
        self._project: Project | None = None
        self._project_title = ""
        self._stack = QStackedWidget(self)
        self._keeper = Keeper(desk=desk, window=self)
        self.banner = ProjectBanner(theme=desk.theme, parent=self)
        self.recovery = RecoveryBar(theme=desk.theme, parent=self)
        self._noting = QTimer(self)
        self.status = StatusBar(theme=desk.theme, parent=self)
        self._page_check = PageCheck(desk=desk, banner=self.banner, said=self.status.set_check, window=self)
        self.help = Helper(desk=desk, window=self, open_handbook=open_handbook, shown=self._shown_key)
        self.menu = MenuBar(self, handlers=self._handlers())
        self._build()
        self._connect()
        self._restore_geometry()
        self._update_title()
        self.menu.set_has_project(False)

    @property
    def workbench(self) -> "Workbench | None":
        """The workbench of the open project, None on the start page."""
        return self._workbench

    @property
    def project(self) -> "Project | None":
        """The open project."""
        return self._project

    def show_project(self, project: "Project", interview_id: str = "") -> None:
        """Shows a project that was opened, at its overview or at one interview."""
        self._project = project
        self._project_title = project.settings.title or project.name
        workbench = self._build_workbench(project)
        self._workbench = workbench
        self._stack.addWidget(workbench)
        self._stack.setCurrentWidget(workbench)
        workbench.saved.connect(self._on_workbench_saved)
        workbench.backed_up.connect(self.status.set_backup)
        workbench.failed.connect(self._on_jobs_failed)
        workbench.problems_changed.connect(self.status.set_problems)
        workbench.place_changed.connect(self.status.set_place)
        workbench.page_changed.connect(self._on_workbench_page_changed)
        workbench.search_opened.connect(self._open_search)
        self.status.set_file(project.folder)
        self.banner.show_project(project)
        self._page_check.begin(project)
        self.status.set_backup(last_backup(project))
        self.menu.set_has_project(True)
        if interview_id:
            workbench.go_to("interview", interview_id)
        else:
            workbench.go_to(workbench.entries[0].key)
        self.recovery.show_project(project, shown=interview_id, is_told=self._start.has_told(interview_id))
        self._update_title()

    def close_project(self, then: Callable[[], None] | None = None) -> None:
        """Closes the project after its page let go and every job ended, and shows the start page."""
        if self._workbench is None:
            if then is not None:
                then()
            return
        self._workbench.leave(lambda: self._finish_closing(then))

    def _finish_closing(self, then: Callable[[], None] | None) -> None:
        self._noting.stop()
        self._page_check.stop()
        self._desk.jobs.finish()
        workbench, self._workbench = self._workbench, None
        project, self._project = self._project, None
        if workbench is not None:
            self._stack.removeWidget(workbench)
            workbench.deleteLater()
        self.menu.show_page_actions({})
        self.menu.set_has_project(False)
        self.status.set_file(None)
        self.banner.hide()
        self.recovery.hide()
        self.status.set_warning("")
        self.status.set_saved(None)
        self.status.set_problems(0, "")
        self.status.set_place("")
        self.status.set_backup(None, is_wanted=False)
        if project is not None:
            self._door.close(project)
        self._start.refresh()
        self._stack.setCurrentWidget(self._start)
        self._start.take_focus()
        self._update_title()
        if then is not None:
            then()

    def _handlers(self) -> dict[str, Callable[[], object]]:
        return {
            "new_project": lambda: self.close_project(lambda: self._door.ask_new(self)),
            "open_project": lambda: self.close_project(lambda: self._door.ask_open(self)),
            "open_sample": lambda: self.close_project(lambda: self._door.open_sample(self)),
            "back_up": self._back_up,
            "show_folder": self._show_folder,
            "close_project": self.close_project,
            "quit": self.close,
            "search": lambda: self._open_search(""),
            "preferences": lambda: self._show_dialog("preferences", self),
            "larger_text": lambda: self._set_factor(1),
            "smaller_text": lambda: self._set_factor(-1),
            "normal_text": lambda: self._set_factor(0),
            "light": lambda: self._set_scheme(Scheme.LIGHT),
            "dark": lambda: self._set_scheme(Scheme.DARK),
            "system_scheme": lambda: self._set_scheme(Scheme.SYSTEM),
            "switch_language": self._switch_language,
            "full_screen": lambda: self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen),
            "new_interview": self._new_interview,
            "backups": lambda: self._go_to("backups"),
            "exports": lambda: self._go_to("exports"),
            "erase": lambda: self._go_to("erasure"),
            "passphrase": self._change_passphrase,
            "forget_key": self._forget_key,
            "contacts": self._open_contacts,
            "handbook": self.help.show,
            "shortcuts": lambda: self._show_dialog("shortcuts", self),
            "about": lambda: self._show_dialog("about", self),
        }

    def _set_factor(self, step: int) -> None:
        theme = self._desk.theme
        if step:
            theme.step_factor(step)
        else:
            theme.set_factor(1.0)
        self._desk.settings.set(keys.TEXT_FACTOR, theme.factor)

    def _set_scheme(self, scheme: Scheme) -> None:
        self._desk.theme.set_scheme(scheme)
        self._desk.settings.set(keys.SCHEME, scheme.value)

    def _switch_language(self) -> None:
        code = "en" if current_language().code == "de" else "de"
        set_language(code)
        self._desk.settings.set(keys.LANGUAGE, code)

    def _new_interview(self) -> None:
        if self._workbench is not None:
            self._workbench.go_to("interviews", "new")

    def _go_to(self, key: str) -> None:
        if self._workbench is not None:
            self._workbench.go_to(key)

    def _change_passphrase(self) -> None:
        if self._project is not None:
            self._keeper.ask_passphrase_change(self._project)

    def _forget_key(self) -> None:
        if self._project is not None:
            self._keeper.forget(self._project.folder)
            self._desk.prompts.tell(
                self,
                title=_("The passphrase is not remembered on this computer any more"),
                text=_("It is asked for when the project is opened next."),
            )

    def _open_contacts(self) -> None:
        from roadmapdesk.desktop.safety.contacts import ContactsFlow  # noqa: PLC0415 — loads the database

        ContactsFlow(desk=self._desk, window=self).ask_open()

    def _show_folder(self) -> None:
        if self._project is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._project.folder.parent)))

    def _back_up(self) -> None:
        if self._project is not None:
            self._backups.make(self._project, window=self, done=self.status.set_backup)

    def _shown_key(self) -> str:
        page = self._workbench.page if self._workbench is not None else None
        return page.key if page is not None else ""

    def _open_search(self, text: str) -> None:
        from roadmapdesk.desktop.search_dialog import SearchDialog  # noqa: PLC0415 — the first window needs no search

        entries = self.menu.search_entries()
        if self._workbench is not None:
            entries = [*self._workbench.search_entries(), *entries]
        self._desk.prompts.show(SearchDialog(entries, theme=self._desk.theme, text=text, parent=self))

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._workbench is None:
            self._start.take_focus()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self._desk.settings.set_blob("geometry", self.saveGeometry())
        event.ignore()
        self.close_project(self._close_window)
        if self._workbench is None:  # Qt overlooks a close() inside of its own
            self._desk.settings.flush()
            event.accept()

    def _close_window(self) -> None:
        self.close()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ThemeChange and self._desk.theme.scheme is Scheme.SYSTEM:
            self._desk.theme.refresh()

    def stop(self) -> None:
        """Listens to language changes no longer; at the end of the program."""
        self._stop_listening()

    def retranslate(self) -> None:
        """Says everything again in the present language."""
        self.menu.retranslate()
        self.status.retranslate()
        self._start.retranslate()
        if self._workbench is not None:
            self._workbench.retranslate()
        for bar in self.findChildren(MessageBar):
            bar.retranslate()
        self._update_title()

    @Slot()
    def _on_workbench_page_changed(self) -> None:
        page = self._workbench.page if self._workbench is not None else None
        if page is not None:
            self.menu.show_page_actions(page.menu_actions())
            if self._project is not None:
                shown = page.item_id if page.key == "interview" else ""
                self._door.note(self._project, open_interview=shown)
                self.recovery.note_interview(shown)
        self._update_title()

    @Slot(object)
    def _on_workbench_saved(self, moment: datetime) -> None:
        self.status.set_saved(moment)
        self._noting.start()

    @Slot()
    def _note_counts(self) -> None:
        if self._project is not None:
            self._door.note(self._project)

    @Slot(object)
    def _on_jobs_failed(self, error: Exception) -> None:
        if isinstance(error, RoadmapDeskError):
            self._desk.prompts.tell(self, title=_("That did not work"), text=error.sentence)
        else:
            raise error

    @Slot(str)
    def _on_recovery_resume_requested(self, interview_id: str) -> None:
        if self._workbench is not None:
            self._workbench.go_to("interview", interview_id)

    def _go_to_next_problem(self) -> None:
        page = self._workbench.page if self._workbench is not None else None
        if page is not None:
            page.go_to_next_problem()

    def _update_title(self) -> None:
        parts = ["RoadmapDesk"]
        if self._project is not None:
            parts.insert(0, self._project_title)
            page = self._workbench.page if self._workbench is not None else None
            if page is not None and page.navigation_key:
                parts.insert(0, page.title())
        self.setWindowTitle(" – ".join(parts))

    def _restore_geometry(self) -> None:
        stored = self._desk.settings.blob("geometry")
        if stored.isEmpty() or not self.restoreGeometry(stored):
            self.resize(1366, 768)

    def _build(self) -> None:
        middle = QWidget(self)
        layout = QVBoxLayout(middle)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.banner)
        layout.addWidget(self.recovery)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self.status)
        self._stack.addWidget(self._start)
        self.setCentralWidget(middle)
        self.setMinimumSize(960, 600)
        self._noting.setSingleShot(True)
        self._noting.setInterval(_NOTING_MS)
        self.menu.show_page_actions({})
        for number in range(1, 9):
            shortcut = QShortcut(QKeySequence(f"Ctrl+{number}"), self)
            shortcut.activated.connect(lambda number=number: self._go_to_number(number))

    def _go_to_number(self, number: int) -> None:
        if self._workbench is not None:
            self._workbench.go_to_number(number)

    def _connect(self) -> None:
        self._door.opened.connect(self.show_project)
        self._door.busy_changed.connect(self._start.show_busy)
        self._door.progressed.connect(self._start.show_progress)
        self._start.open_requested.connect(lambda path: self._door.open(path, window=self))
        self._start.resume_requested.connect(lambda path, item: self._door.open(path, window=self, interview_id=item))
        self._start.command_requested.connect(lambda key: self.menu.actions[key].trigger())
        self._desk.jobs.failed.connect(self._on_jobs_failed)
        self._noting.timeout.connect(self._note_counts)
        self.recovery.resume_requested.connect(self._on_recovery_resume_requested)
        self.status.problems_pressed.connect(self._go_to_next_problem)
        self.status.fault_pressed.connect(self.help.tell_fault)
        self.help.fault_known.connect(self.status.set_fault)
        self.status.warning_pressed.connect(self.banner.bring_back)
        self.banner.reminder_changed.connect(self.status.set_warning)
        self.status.backup_pressed.connect(self._back_up)
        self.status.file_pressed.connect(self._show_folder)
        self.status.language_pressed.connect(self._switch_language)
        self.status.text_size_pressed.connect(lambda: self._show_dialog("preferences", self))
        self._stop_listening = on_language_changed(self.retranslate)
