"""What the search over everything offers beyond the pages: measures of the interviews, questions of the form."""

from collections.abc import Callable
from functools import partial

from roadmapdesk.desktop.pages import SearchEntry
from roadmapdesk.domain.question_roles import Role
from roadmapdesk.i18n import current_language
from roadmapdesk.i18n import gettext as _
from roadmapdesk.storage import Project
from roadmapdesk.workspace.finding import find_measures, find_questions, ref_of_answer

GoTo = Callable[[str, str], None]


def project_entries(project: Project, go_to: GoTo) -> list[SearchEntry]:
    """The entries of a project.

    Args:
        project: the open project.
        go_to: shows one thing on a page, by page key and id.
    """
    language = current_language().code
    entries = [
        SearchEntry(
            found.title,
            _("Measure"),
            "route",
            partial(_show_measure, project, found.interview_id, found.title, go_to),
            found.code,
        )
        for found in find_measures(project)
    ]
    entries += [
        SearchEntry(
            f"{found.number} {found.label.text(language)}".strip(),
            _("Question in the questionnaire"),
            "clipboard-list",
            partial(go_to, "forms", f"{found.form_sha}#{found.path}"),
            found.section.text(language),
        )
        for found in find_questions(project)
    ]
    return entries


def _show_measure(project: Project, interview_id: str, title: str, go_to: GoTo) -> None:
    ref = ref_of_answer(project, interview_id, title, Role.MEASURE_TITLE)
    go_to("interview", f"{interview_id}#{ref}")
