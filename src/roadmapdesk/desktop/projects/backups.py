"""Backups of the open project, made beside the thread that saves."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from roadmapdesk.desktop import settings as keys
from roadmapdesk.desktop.jobs import Control, Pool
from roadmapdesk.desktop.pages import Desk
from roadmapdesk.errors import RoadmapDeskError
from roadmapdesk.i18n import gettext as _

if TYPE_CHECKING:
    from roadmapdesk.storage import Project
    from roadmapdesk.workspace.backups import BackupResult


def last_backup(project: "Project") -> datetime | None:
    """When the newest backup of the project was made."""
    backups = project.backups.list()
    return backups[0].at if backups else None


class ProjectBackups(QObject):
    """Makes backups, on request and when one is due; lives in the main thread.

    Args:
        desk: jobs, prompts and settings, the second place for copies among them.
    """

    def __init__(self, *, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk

    def make(self, project: "Project", *, window: QWidget, done: Callable[[datetime], object]) -> None:
        """Makes a verified backup now and says when; a second place that failed is told."""
        place = self._desk.settings.get(keys.BACKUP_FOLDER)

        def made(result: "BackupResult") -> None:
            done(result.at)
            if result.failed_place:
                self._desk.prompts.tell(
                    window,
                    title=_("The second copy is missing"),
                    text=_(
                        "The backup lies in the project folder. The second place “{place}” could not be written; "
                        "is the disk connected?"
                    ).format(place=result.failed_place),
                )

        def run(_control: Control) -> "BackupResult":
            from roadmapdesk.workspace.backups import back_up  # noqa: PLC0415 — loads the database

            return back_up(project, place)

        self._desk.jobs.run(
            run,
            done=made,
            failed=lambda error: self._on_failed(error, window),
            pool=Pool.CPU,
            owner=self,
        )

    def make_if_due(self, project: "Project", done: Callable[[datetime], object]) -> None:
        """Makes a backup when something changed and the last one is old enough; quiet otherwise."""
        place = self._desk.settings.get(keys.BACKUP_FOLDER)

        def made(result: "BackupResult | None") -> None:
            if result is not None:
                done(result.at)

        def run(_control: Control) -> "BackupResult | None":
            from roadmapdesk.workspace.backups import back_up_if_due  # noqa: PLC0415 — loads the database

            return back_up_if_due(project, place)

        self._desk.jobs.run(run, done=made, pool=Pool.CPU, owner=self)

    def _on_failed(self, error: Exception, window: QWidget) -> None:
        if not isinstance(error, RoadmapDeskError):
            raise error
        self._desk.prompts.tell(window, title=_("No backup was made"), text=error.sentence)
