"""The questionnaires of a project as a person looks at them: the list, the facts of one, and trying one out."""

from dataclasses import dataclass

from roadmapdesk.domain.interviews import InterviewState
from roadmapdesk.storage.content import now_utc, to_stamp
from roadmapdesk.storage.project import Project
from roadmapdesk.storage.values import FormSummary, InterviewRow, StoredForm
from roadmapdesk.workspace.codebook import codebook_of
from roadmapdesk.workspace.entity_registers import interview_lists
from roadmapdesk.workspace.form_fitness import Fitness, fitness_of
from roadmapdesk.workspace.form_moves import movable_interviews
from roadmapdesk.workspace.forms import current_form, definition_of, roles_of
from roadmapdesk.workspace.interview_cases import Material


@dataclass(frozen=True, slots=True)
class FormLine:
    """One line of the list.

    Attributes:
        is_current: whether new interviews use it.
    """

    summary: FormSummary
    is_current: bool

    @property
    def name(self) -> str:
        """What people call it: the title, else the name of the file."""
        return self.summary.title or self.summary.source_name or self.summary.form_id


@dataclass(frozen=True, slots=True)
class FormFacts:
    """What is known about one form.

    Attributes:
        languages: as the form names them; empty for a form without translations.
        questions: how many questions it asks, notes included.
        sections: how many sections its questions stand in.
        movable: unfinished interviews that use another version of it.
        others: other versions of the same form in the project.
    """

    form: StoredForm
    languages: tuple[str, ...]
    questions: int
    sections: int
    fitness: Fitness
    movable: tuple[InterviewRow, ...]
    others: int


def list_forms(project: Project) -> tuple[FormLine, ...]:
    """All forms of the project, the latest first."""
    current = current_form(project)
    sha = current.sha if current is not None else ""
    return tuple(FormLine(summary, summary.sha == sha) for summary in project.forms.list())


def describe_form(project: Project, sha: str) -> FormFacts:
    """Everything about one form; reads and parses it, for a background thread.

    Raises:
        KeyError: the project does not hold it.
    """
    form = project.forms.get(sha)
    book = codebook_of(form)
    asked = [entry for entry in book.entries.values() if entry.control]
    return FormFacts(
        form=form,
        languages=tuple(definition_of(form).languages),
        questions=len(asked),
        sections=len({entry.section for entry in asked}),
        fitness=fitness_of(form),
        movable=movable_interviews(project, sha),
        others=sum(one.form_id == form.form_id and one.sha != sha for one in project.forms.list()),
    )


def trial_material(project: Project, form: StoredForm) -> Material:
    """A new interview with this form that exists in memory only, with the lists as the register stands now."""
    stamp = to_stamp(now_utc())
    state = InterviewState.DRAFT.value
    row = InterviewRow("", "", state, form.sha, "", "", "", "", 0, 0, "{}", stamp, stamp)
    lists = interview_lists(project, form)
    return Material(row, definition_of(form), roles_of(form), lists, {}, "", 0)
