"""The state of each recent project in words, with its icon and tone."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from roadmapdesk.desktop.settings import RecentProject
from roadmapdesk.desktop.wording import when
from roadmapdesk.i18n import gettext as _
from roadmapdesk.i18n import ngettext
from roadmapdesk.workspace.recent import exists, is_in_cloud


@dataclass(frozen=True, slots=True)
class ProjectLine:
    """One row of the start page.

    Attributes:
        is_there: whether the folder was found.
        is_in_cloud: whether it lies in a synchronised folder.
    """

    project: RecentProject
    is_there: bool
    is_in_cloud: bool

    @property
    def icon(self) -> str:
        """Lucide name of the state."""
        if not self.is_there:
            return "circle-alert"
        if self.is_in_cloud:
            return "cloud"
        return "circle-check" if self.project.backed_up_at else "info"

    @property
    def tone(self) -> str:
        """Colour token of the state."""
        if not self.is_there:
            return "error"
        if self.is_in_cloud:
            return "warning"
        return "ok" if self.project.backed_up_at else "text_muted"

    @property
    def state(self) -> str:
        """The state in words."""
        if not self.is_there:
            return _("File not found")
        if self.is_in_cloud:
            return _("lies in a cloud folder")
        if self.project.backed_up_at:
            return _("backed up {when}").format(when=when(datetime.fromisoformat(self.project.backed_up_at)))
        return _("no backup yet")

    @property
    def extent(self) -> str:
        """How many interviews, in words."""
        project = self.project
        if project.planned > project.interviews + project.drafts:
            return _("{done} of {all} interviews").format(done=project.interviews, all=project.planned)
        if project.interviews == 0 and project.drafts:
            return ngettext("{n} draft", "{n} drafts", project.drafts).format(n=project.drafts)
        return ngettext("{n} interview", "{n} interviews", project.interviews).format(n=project.interviews)

    @property
    def last_used(self) -> str:
        """When it was open last."""
        return when(datetime.fromisoformat(self.project.opened_at)) if self.project.opened_at else ""


def look_at(projects: tuple[RecentProject, ...]) -> tuple[ProjectLine, ...]:
    """Looks at the folders; may take long on a network drive, so it runs in the background."""
    return tuple(ProjectLine(entry, exists(Path(entry.path)), is_in_cloud(Path(entry.path))) for entry in projects)
