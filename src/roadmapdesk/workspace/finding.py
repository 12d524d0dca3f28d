"""What the search over everything finds in the data of a project: proposed measures, and questions of the form."""

from dataclasses import dataclass

from roadmapdesk.domain.catalog import Bilingual
from roadmapdesk.domain.question_roles import Role
from roadmapdesk.storage.project import Project
from roadmapdesk.workspace.codebook import codebook_of
from roadmapdesk.workspace.forms import current_form, roles_of


@dataclass(frozen=True, slots=True)
class FoundMeasure:
    """A measure that an interview proposes.

    Attributes:
        code: code of the interview, empty where it has none.
    """

    interview_id: str
    code: str
    title: str


@dataclass(frozen=True, slots=True)
class FoundQuestion:
    """A question of the form that new interviews use.

    Attributes:
        form_sha: the form.
        path: of the question, without repeat keys.
        number: the code that its wording begins with, may be empty.
    """

    form_sha: str
    path: str
    number: str
    label: Bilingual
    section: Bilingual


def find_measures(project: Project) -> tuple[FoundMeasure, ...]:
    """The measures of all interviews, by interview; reads the index only."""
    names = {
        name
        for summary in project.forms.list()
        for name in [roles_of(project.forms.get(summary.sha)).question(Role.MEASURE_TITLE)]
        if name
    }
    if not names:
        return ()
    codes = {row.id: row.code for row in project.interviews.list()}
    rows = project.answers.values(tuple(sorted(names)))
    return tuple(FoundMeasure(row.interview_id, codes.get(row.interview_id, ""), row.text) for row in rows)


def find_questions(project: Project) -> tuple[FoundQuestion, ...]:
    """Every question of the form that new interviews use, in its order."""
    summary = current_form(project)
    if summary is None:
        return ()
    book = codebook_of(project.forms.get(summary.sha))
    return tuple(
        FoundQuestion(summary.sha, entry.path, entry.number, entry.label, entry.section)
        for entry in book.entries.values()
        if entry.control and (entry.label.de or entry.label.en)
    )


def ref_of_answer(project: Project, interview_id: str, text: str, role: Role) -> str:
    """The ref of the question of this role that an interview answered with `text`; empty where none does."""
    row = project.interviews.get(interview_id)
    name = roles_of(project.forms.get(row.form_sha)).question(role)
    answers = project.drafts.load(interview_id).answers
    return next((ref for ref, found in answers.items() if found == text and ref.rpartition("/")[2] == name), "")
