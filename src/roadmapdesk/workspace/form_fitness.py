"""What a questionnaire lacks for an assessment, in words: roles, and the sheet that says what feeds which cell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from roadmapdesk.domain.catalog import load_catalog
from roadmapdesk.domain.question_roles import ASSESSMENT_NEEDS, QuestionRoles, Role, RoleProblem
from roadmapdesk.i18n import N_
from roadmapdesk.i18n import gettext as _
from roadmapdesk.scoring.inputs import CELL_MEASURES, Item
from roadmapdesk.scoring.items import read_items
from roadmapdesk.storage.values import StoredForm
from roadmapdesk.workspace.forms import definition_of, roles_of, scoring_rows
from roadmapdesk.workspace.interview_stages import paths_by_name

_NEEDS = {
    Role.INTERVIEW_CODE: N_("the interview code"),
    Role.INTERVIEW_DATE: N_("the date of the interview"),
    Role.INTERVIEW_WAVE: N_("the wave"),
    Role.CONSENT_PARTICIPATE: N_("the consent to take part"),
    Role.ACTOR: N_("the organisation"),
    Role.STAGE_REPEAT: N_("the repeat with one card for each stage"),
    Role.STAGE_KEY: N_("the stage of a card"),
    Role.STAGE_ROLE: N_("the role of the organisation in a stage"),
}
_ROLE_PROBLEMS = {
    "unknown_role": N_("Sheet “roles”, row {row}: the role “{role}” is unknown and was left out."),
    "no_question": N_("Sheet “roles”, row {row}: the role “{role}” names no question."),
    "no_value": N_("Sheet “roles”, row {row}: the role “{role}” needs a value."),
    "given_twice": N_("Sheet “roles”, row {row}: the role “{role}” is given twice; the first one counts."),
}


@dataclass(frozen=True, slots=True)
class Fitness:
    """What an assessment can do with a form.

    Attributes:
        lacks: sentences on what stands against any assessment; empty where interviews can be scored.
        remarks: sentences on rows that were left out.
        cells: how many cells of the grid the form asks about at least once.
        grid: cells of the whole grid.
    """

    lacks: tuple[str, ...]
    remarks: tuple[str, ...]
    cells: int
    grid: int

    @property
    def can_be_scored(self) -> bool:
        """Whether interviews with this form can be scored."""
        return not self.lacks


def fitness_of(form: StoredForm) -> Fitness:
    """What an assessment can do with a form of the project, in the current language."""
    names = frozenset(paths_by_name(definition_of(form)))
    return _examine(names, roles_of(form), scoring_rows(form))


def _examine(names: frozenset[str], roles: QuestionRoles, rows: Sequence[Mapping[str, str]]) -> Fitness:
    catalog = load_catalog()
    stages = [stage.key for stage in catalog.stages]
    dimensions = [dimension.key for dimension in catalog.dimensions]
    items, problems = read_items(rows, stages, dimensions)
    lacks = [
        _("No question has the role “{role}”: {meaning}.").format(role=role.value, meaning=_(_NEEDS[role]))
        for role in roles.missing(ASSESSMENT_NEEDS)
    ]
    if not items:
        lacks.append(_("The sheet “scoring” is missing or empty: nothing says which answer rates which cell."))
    remarks = [_role_sentence(problem) for problem in roles.problems]
    remarks += [problem.text for problem in problems]
    remarks += _unknown_questions(names, roles, [item.question for item in items])
    return Fitness(tuple(lacks), tuple(remarks), _cells(items, stages, dimensions), len(stages) * len(dimensions))


def _role_sentence(problem: RoleProblem) -> str:
    return _(_ROLE_PROBLEMS[problem.code]).format(row=problem.row, role=problem.role)


def _unknown_questions(names: frozenset[str], roles: QuestionRoles, scored: Sequence[str]) -> list[str]:
    wanted = {entry.question for entry in roles.entries if entry.question} | set(scored)
    sentence = _("“{name}” stands in a sheet but names no question of this form.")
    return [sentence.format(name=name) for name in sorted(wanted - names)]


def _cells(items: Sequence[Item], stages: Sequence[str], dimensions: Sequence[str]) -> int:
    """Cells that at least one item rates; an item whose stage stands in the card counts for every stage."""
    found = {
        (stage, dimension)
        for item in items
        if item.measure in CELL_MEASURES
        for dimension in ([item.dimension] if item.dimension in dimensions else dimensions)
        for stage in ([item.stage] if item.stage in stages else stages)
    }
    return len(found)
