"""Which pages an open project has. A page that is not built is not listed here, and so it is not shown."""

from roadmapdesk.desktop.actors.page import ActorsPage
from roadmapdesk.desktop.assessment.page import AssessmentPage
from roadmapdesk.desktop.finding import project_entries
from roadmapdesk.desktop.forms.page import FormsPage
from roadmapdesk.desktop.interview.commands import shortcut_table
from roadmapdesk.desktop.interview.page import InterviewPage
from roadmapdesk.desktop.interviews.page import InterviewsPage
from roadmapdesk.desktop.overview.page import OverviewPage
from roadmapdesk.desktop.pages import Desk, PageEntry
from roadmapdesk.desktop.planning.page import PlanningPage
from roadmapdesk.desktop.reports.page import ReportsPage
from roadmapdesk.desktop.safety.backups_page import BackupsPage
from roadmapdesk.desktop.safety.erasure_page import ErasurePage
from roadmapdesk.desktop.safety.exports_page import ExportsPage
from roadmapdesk.desktop.safety.versions_page import VersionsPage
from roadmapdesk.desktop.workbench import Workbench
from roadmapdesk.i18n import gettext as _
from roadmapdesk.storage import Project
from roadmapdesk.workspace.assessment import Assessment


def build_workbench(project: Project, *, desk: Desk) -> Workbench:
    """The workbench of a project with all its pages; a page is built when it is shown first.

    The assessment is shared by the pages that read it, and used on the database thread only.
    """
    assessment = Assessment(project)
    entries = (
        PageEntry(
            "overview",
            "layout-dashboard",
            lambda: _("Overview"),
            lambda: OverviewPage(project=project, assessment=assessment, desk=desk),
        ),
        PageEntry(
            "actors",
            "users",
            lambda: _("Actors"),
            lambda: ActorsPage(project=project, assessment=assessment, desk=desk),
        ),
        PageEntry(
            "interviews",
            "messages-square",
            lambda: _("Interviews"),
            lambda: InterviewsPage(project=project, desk=desk),
        ),
        PageEntry(
            "assessment",
            "grid-3x3",
            lambda: _("Assessment"),
            lambda: AssessmentPage(project=project, assessment=assessment, desk=desk),
        ),
        PageEntry(
            "reports",
            "file-text",
            lambda: _("Reports"),
            lambda: ReportsPage(project=project, assessment=assessment, desk=desk),
        ),
        PageEntry("forms", "clipboard-list", lambda: _("Forms"), lambda: FormsPage(project=project, desk=desk)),
    )
    sub_pages = {
        "planning": lambda item: PlanningPage(project=project, assessment=assessment, item=item, desk=desk),
        "interview": lambda item: _interview_page(project, item, desk),
        "versions": lambda interview_id: VersionsPage(project=project, interview_id=interview_id, desk=desk),
        "erasure": lambda code: ErasurePage(project=project, code=code, desk=desk),
        "backups": lambda _item: BackupsPage(project=project, desk=desk),
        "exports": lambda _item: ExportsPage(project=project, desk=desk),
    }
    return Workbench(
        entries, sub_pages=sub_pages, theme=desk.theme, find_more=lambda go_to: project_entries(project, go_to)
    )


def _interview_page(project: Project, item: str, desk: Desk) -> InterviewPage:
    """An interview named by its id, or by ``id#ref`` to begin with one of its questions."""
    interview_id, _mark, ref = item.partition("#")
    return InterviewPage(project=project, interview_id=interview_id, at=ref, desk=desk)


def page_shortcuts() -> list[tuple[str, str, str]]:
    """Shortcuts that hold inside pages, as (page, words, keys)."""
    return shortcut_table()
