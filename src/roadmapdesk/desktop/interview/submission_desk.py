"""Saves the open interview as an ODK submission, beside its questions."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from roadmapdesk.desktop import settings as keys
from roadmapdesk.desktop.interview.saving import sentence_of
from roadmapdesk.desktop.pages import Desk
from roadmapdesk.desktop.prompts import FileKind
from roadmapdesk.errors import RoadmapDeskError
from roadmapdesk.i18n import gettext as _
from roadmapdesk.paths import documents_folder
from roadmapdesk.storage import Project
from roadmapdesk.workspace.submissions import (
    WrittenSubmissions,
    archive_name,
    refuse_unfinished,
    save_submissions,
)

if TYPE_CHECKING:
    from roadmapdesk.desktop.interview.page import InterviewPage


class SubmissionDesk(QObject):
    """Asks where to, writes in the background, and says what was written.

    Args:
        page: the page whose interview is saved.
        project: the open project.
        desk: jobs, prompts and settings.
    """

    def __init__(self, *, page: "InterviewPage", project: Project, desk: Desk) -> None:
        super().__init__(page)
        self._page = page
        self._project = project
        self._desk = desk

    def save(self) -> None:
        """Saves the interview as it was finalised; a draft is refused with the reason."""
        row = self._project.interviews.get(self._page.item_id)
        try:
            refuse_unfinished(row)
        except RoadmapDeskError as error:
            self._page.closing.say_media("info", partial(sentence_of, error))
            return
        folder = Path(self._desk.settings.get(keys.EXPORT_FOLDER) or documents_folder())
        self._desk.prompts.save_file(
            self._page,
            title=_("Save as ODK submission"),
            suggestion=folder / archive_name(self._project, row.code),
            kinds=(FileKind("ZIP", ("*.zip",)),),
            chosen=self._write,
        )

    def _write(self, target: Path) -> None:
        self._desk.settings.set(keys.EXPORT_FOLDER, str(target.parent))
        project, chosen = self._project, (self._page.item_id,)
        self._desk.jobs.run(
            lambda _control: save_submissions(project, chosen, target),
            done=self._on_written,
            failed=self._on_failed,
            owner=self,
        )

    def _on_written(self, written: WrittenSubmissions) -> None:
        self._page.closing.say_media("warning" if written.missing else "ok", lambda: _written_words(written))
        self._page.data_changed.emit()

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, RoadmapDeskError):
            self._desk.jobs.failed.emit(error)
            return
        self._page.closing.say_media(
            "warning", partial(sentence_of, error), action=lambda: _("Choose another name …"), run=self.save
        )


def _written_words(written: WrittenSubmissions) -> str:
    plain, sealed = _("“{name}” is written."), _("“{name}” is written; the record is encrypted.")
    words = (sealed if written.encrypted else plain).format(name=written.target.name)
    if written.missing:
        lost = _("These files are not held any more and are missing in it: {names}.")
        words = f"{words} {lost.format(names=', '.join(written.missing))}"
    return words
