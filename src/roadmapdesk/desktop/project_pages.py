"""Which pages an open project has. A page that is not built is not listed here, and so it is not shown."""

from roadmapdesk.desktop.actors.page import ActorsPage
from roadmapdesk.desktop.pages import Desk, PageEntry
from roadmapdesk.desktop.workbench import Workbench
from roadmapdesk.i18n import gettext as _
from roadmapdesk.storage import Project


def build_workbench(project: Project, *, desk: Desk) -> Workbench:
    """The workbench of a project with all its pages; a page is built when it is shown first."""
    entries = (PageEntry("actors", "users", lambda: _("Actors"), lambda: ActorsPage(project=project, desk=desk)),)
    return Workbench(entries, sub_pages={}, theme=desk.theme)


def page_shortcuts() -> list[tuple[str, str, str]]:
    """Shortcuts that hold inside pages, as (page, words, keys)."""
    return []
