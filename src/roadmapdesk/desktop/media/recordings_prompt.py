"""After the minutes were approved: shall the recordings go? Nothing is deleted without a yes."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from roadmapdesk.desktop.pages import Desk
from roadmapdesk.i18n import gettext as _
from roadmapdesk.storage.project import Project
from roadmapdesk.workspace.attachments import InterviewFile, delete_files, recordings_of


def offer_deletion(
    project: Project, interview_id: str, *, desk: Desk, parent: QWidget, deleted: Callable[[], object]
) -> None:
    """Asks whether the recordings of an interview are deleted for good; says nothing where there are none.

    Args:
        project: the open project.
        interview_id: whose minutes were approved.
        desk: jobs and prompts.
        parent: the window that asks.
        deleted: called when they are gone.
    """

    def ask(recordings: Sequence[InterviewFile]) -> None:
        if not recordings or project.is_read_only:
            return
        consequence = _(
            "{names}: they were made for the minutes only. They go from the project and from all backups; their "
            "names, who deleted them, when and why stay. This cannot be undone."
        )
        desk.prompts.ask(
            parent,
            question=_("The minutes are approved. Delete the recordings?"),
            consequence=consequence.format(names=", ".join(file.name for file in recordings)),
            confirm=_("Delete the recordings"),
            confirmed=lambda: delete([file.sha for file in recordings]),
            refuse=_("Keep them for now"),
        )

    def delete(shas: list[str]) -> None:
        reason = _("Minutes approved")
        desk.jobs.run(
            lambda _control: delete_files(project, shas, reason), done=lambda _count: deleted(), owner=parent
        )

    desk.jobs.run(lambda _control: recordings_of(project, interview_id), done=ask, owner=parent)
