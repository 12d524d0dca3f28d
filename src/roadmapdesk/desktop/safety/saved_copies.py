"""Taking in answers that were saved as a copy: choose the file, see what would change, agree."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from roadmapdesk.desktop.pages import Desk
from roadmapdesk.desktop.prompts import FileKind
from roadmapdesk.errors import RoadmapDeskError
from roadmapdesk.i18n import gettext as _
from roadmapdesk.i18n import ngettext
from roadmapdesk.paths import documents_folder
from roadmapdesk.storage import Project
from roadmapdesk.workspace.saved_copies import TakingIn, plan_taking_in, read_copy, take_in


class SavedCopies(QObject):
    """The way back of a saved copy.

    Args:
        project: the open project.
        desk: jobs and prompts.
        page: parent of the dialogs.

    Attributes:
        taken_in: answers came into the project.
    """

    taken_in = Signal()

    def __init__(self, *, project: Project, desk: Desk, page: QWidget) -> None:
        super().__init__(page)
        self._project = project
        self._desk = desk
        self._page = page

    @Slot()
    def ask(self) -> None:
        """Lets a person choose the file of a copy."""
        self._desk.prompts.open_file(
            self._page,
            title=_("Which copy shall be taken in?"),
            folder=documents_folder(),
            kinds=(FileKind(_("Answers"), ("*.json",)),),
            chosen=self._look,
        )

    def _look(self, path: Path) -> None:
        project = self._project
        self._desk.jobs.run(
            lambda _job: plan_taking_in(project, read_copy(path)),
            done=self._on_planned,
            failed=self._on_failed,
            owner=self,
        )

    def _on_planned(self, plan: TakingIn) -> None:
        if not plan.changes:
            self._tell(_("Nothing to take in"), _("Every answer of the copy is in the project already."))
            return
        self._desk.prompts.ask(
            self._page,
            question=_("Take these answers in?"),
            consequence=self._consequence(plan),
            confirm=_("Take in"),
            confirmed=lambda: self._take(plan),
            refuse=_("Cancel"),
        )

    def _consequence(self, plan: TakingIn) -> str:
        added, replaced = len(plan.added), len(plan.replaced)
        if plan.is_new:
            where = _("The project does not hold this interview; it is made anew.")
        else:
            where = _("Interview {code}.").format(code=plan.code or _("without a code"))
        lines = [
            where,
            ngettext("{n} answer is added.", "{n} answers are added.", added).format(n=added),
            ngettext(
                "{n} answer of the project is replaced by that of the copy.",
                "{n} answers of the project are replaced by those of the copy.",
                replaced,
            ).format(n=replaced),
        ]
        if plan.unknown:
            unknown = ngettext(
                "{n} answer belongs to no question of this questionnaire and stays in the copy.",
                "{n} answers belong to no question of this questionnaire and stay in the copy.",
                plan.unknown,
            )
            lines.append(unknown.format(n=plan.unknown))
        lines.append(_("A backup is made before, and the present answers stay as a version of the interview."))
        return " ".join(lines)

    def _take(self, plan: TakingIn) -> None:
        project = self._project
        self._desk.jobs.run(
            lambda _job: take_in(project, plan), done=self._on_taken, failed=self._on_failed, owner=self
        )

    def _on_taken(self, _code: str) -> None:
        self.taken_in.emit()
        self._tell(
            _("The answers are in the project"),
            _("Delete the copy if the project is encrypted: everyone can read it."),
        )

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, RoadmapDeskError):
            self._tell(_("Nothing was taken in"), error.sentence)
        elif isinstance(error, OSError):
            self._tell(_("Nothing was taken in"), _("The file cannot be read."))
        else:
            raise error

    def _tell(self, title: str, text: str) -> None:
        self._desk.prompts.tell(self._page, title=title, text=text)
