"""The appointments as a file for a calendar program: where to, writing it, what came of it."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from roadmapdesk.desktop import settings as keys
from roadmapdesk.desktop.pages import Desk
from roadmapdesk.desktop.prompts import FileKind
from roadmapdesk.desktop.widgets.notices import MessageBar
from roadmapdesk.errors import RoadmapDeskError
from roadmapdesk.i18n import current_language, ngettext
from roadmapdesk.i18n import gettext as _
from roadmapdesk.paths import documents_folder
from roadmapdesk.storage import Project
from roadmapdesk.workspace.appointment_calendar import export_calendar

Action = Callable[[], None]


class CalendarFile(QObject):
    """Writes the file on the database thread and says on the page what came of it.

    Args:
        project: the open project.
        desk: what every screen works with.
        message: where the result is said.
        parent: the page.
    """

    def __init__(self, *, project: Project, desk: Desk, message: MessageBar, parent: QWidget) -> None:
        super().__init__(parent)
        self._project = project
        self._desk = desk
        self._message = message
        self._page = parent
        self._action: Action = lambda: None
        message.action_requested.connect(self._on_message_action_requested)

    @Slot()
    def ask(self) -> None:
        """Asks where to and writes the appointments."""
        folder = Path(self._desk.settings.get(keys.EXPORT_FOLDER) or documents_folder())
        self._desk.prompts.save_file(
            self._page,
            title=_("Calendar file"),
            suggestion=folder / f"{_('appointments')}.ics",
            kinds=(FileKind(_("Calendar"), ("*.ics",)),),
            chosen=self.write,
        )

    def write(self, target: Path) -> None:
        """Writes the appointments to `target`."""
        project, language = self._project, current_language()
        self._desk.jobs.run(
            lambda _control: export_calendar(project, target, language),
            done=lambda count: self._say_done(target, count),
            failed=self._on_failed,
            owner=self,
        )

    def _say_done(self, target: Path, count: int) -> None:
        self._action = partial(_open_folder, target.parent)
        self._message.say(
            "ok",
            lambda: _("“{name}” is written").format(name=target.name),
            lambda: ngettext("{n} appointment in {folder}", "{n} appointments in {folder}", count).format(
                n=count, folder=target.parent
            ),
            action=lambda: _("Show in folder"),
        )

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, RoadmapDeskError):
            self._desk.jobs.failed.emit(error)
            return
        self._action = self.ask
        self._message.say(
            "error",
            lambda: _("The file could not be written"),
            lambda: error.sentence,
            action=lambda: _("Choose another name …"),
        )

    @Slot()
    def _on_message_action_requested(self) -> None:
        self._action()


def _open_folder(folder: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
