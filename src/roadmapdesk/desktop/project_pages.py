"""Which pages an open project has. A page that is not built is not listed here, and so it is not shown.

The modules of a page are loaded when it is built: the overview must not wait for the others.
"""

# ruff: noqa: PLC0415 — see above
from typing import TYPE_CHECKING

from roadmapdesk.desktop.pages import Desk, Page, PageEntry
from roadmapdesk.desktop.workbench import Workbench
from roadmapdesk.i18n import gettext as _

if TYPE_CHECKING:
    from roadmapdesk.desktop.finding import GoTo
    from roadmapdesk.desktop.pages import SearchEntry
    from roadmapdesk.storage import Project
    from roadmapdesk.workspace.assessment import Assessment

SOON_NEEDED = (
    "workspace.assessment",
    "xforms.xpath",
    "xforms.definition",
    "xforms.session",
    "workspace.interviewing",
    "desktop.overview.page",
    "scoring.disclosed",
    "reports.facts",
    "reports.sections",
    "reports.summary",
    "workspace.exporting",
    "workspace.papers",
    "desktop.interviews.page",
    "desktop.interview.controls.registry",
    "desktop.interview.page",
    "desktop.actors.page",
    "desktop.assessment.page",
    "desktop.reports.page",
    "desktop.forms.page",
    "desktop.planning.page",
)
"""What people turn to next, in pieces that load in a moment each."""


def build_workbench(project: "Project", *, desk: Desk) -> Workbench:
    """The workbench of a project with all its pages; a page is built when it is shown first.

    The assessment is shared by the pages that read it, and used on the database thread only.
    """
    from roadmapdesk.workspace.assessment import Assessment

    pages = _Pages(project, Assessment(project), desk)
    entries = (
        PageEntry("overview", "layout-dashboard", lambda: _("Overview"), pages.overview),
        PageEntry("actors", "users", lambda: _("Actors"), pages.actors),
        PageEntry("interviews", "messages-square", lambda: _("Interviews"), pages.interviews),
        PageEntry("assessment", "grid-3x3", lambda: _("Assessment"), pages.assessment),
        PageEntry("reports", "file-text", lambda: _("Reports"), pages.reports),
        PageEntry("forms", "clipboard-list", lambda: _("Forms"), pages.forms),
    )
    sub_pages = {
        "planning": pages.planning,
        "interview": pages.interview,
        "versions": pages.versions,
        "erasure": pages.erasure,
        "backups": lambda _item: pages.backups(),
        "exports": lambda _item: pages.exports(),
    }
    return Workbench(entries, sub_pages=sub_pages, theme=desk.theme, find_more=pages.find)


def page_shortcuts() -> list[tuple[str, str, str]]:
    """Shortcuts that hold inside pages, as (page, words, keys)."""
    from roadmapdesk.desktop.interview.commands import shortcut_table

    return shortcut_table()


class _Pages:
    """Builds the pages of one project."""

    def __init__(self, project: "Project", assessment: "Assessment", desk: Desk) -> None:
        self._project = project
        self._assessment = assessment
        self._desk = desk

    def find(self, go_to: "GoTo") -> "list[SearchEntry]":
        """What the search over everything finds in the project."""
        from roadmapdesk.desktop.finding import project_entries

        return project_entries(self._project, go_to)

    def overview(self) -> Page:
        from roadmapdesk.desktop.overview.page import OverviewPage

        return OverviewPage(project=self._project, assessment=self._assessment, desk=self._desk)

    def actors(self) -> Page:
        from roadmapdesk.desktop.actors.page import ActorsPage

        return ActorsPage(project=self._project, assessment=self._assessment, desk=self._desk)

    def interviews(self) -> Page:
        from roadmapdesk.desktop.interviews.page import InterviewsPage

        return InterviewsPage(project=self._project, desk=self._desk)

    def assessment(self) -> Page:
        from roadmapdesk.desktop.assessment.page import AssessmentPage

        return AssessmentPage(project=self._project, assessment=self._assessment, desk=self._desk)

    def reports(self) -> Page:
        from roadmapdesk.desktop.reports.page import ReportsPage

        return ReportsPage(project=self._project, assessment=self._assessment, desk=self._desk)

    def forms(self) -> Page:
        from roadmapdesk.desktop.forms.page import FormsPage

        return FormsPage(project=self._project, desk=self._desk)

    def planning(self, item: str) -> Page:
        from roadmapdesk.desktop.planning.page import PlanningPage

        return PlanningPage(project=self._project, assessment=self._assessment, item=item, desk=self._desk)

    def interview(self, item: str) -> Page:
        """An interview named by its id, or by ``id#ref`` to begin with one of its questions."""
        from roadmapdesk.desktop.interview.page import InterviewPage

        interview_id, _mark, ref = item.partition("#")
        return InterviewPage(project=self._project, interview_id=interview_id, at=ref, desk=self._desk)

    def versions(self, interview_id: str) -> Page:
        from roadmapdesk.desktop.safety.versions_page import VersionsPage

        return VersionsPage(project=self._project, interview_id=interview_id, desk=self._desk)

    def erasure(self, code: str) -> Page:
        from roadmapdesk.desktop.safety.erasure_page import ErasurePage

        return ErasurePage(project=self._project, code=code, desk=self._desk)

    def backups(self) -> Page:
        from roadmapdesk.desktop.safety.backups_page import BackupsPage

        return BackupsPage(project=self._project, desk=self._desk)

    def exports(self) -> Page:
        from roadmapdesk.desktop.safety.exports_page import ExportsPage

        return ExportsPage(project=self._project, desk=self._desk)
