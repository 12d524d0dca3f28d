"""What a questionnaire lacks for an assessment, in words: roles, and the sheet that says what feeds which cell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from roadmapdesk.domain.catalog import load_catalog
from roadmapdesk.domain.question_roles import QuestionRoles
from roadmapdesk.i18n import gettext as _
from roadmapdesk.scoring.inputs import CELL_MEASURES, Item
from roadmapdesk.storage.values import StoredForm
from roadmapdesk.workspace.forms import definition_of, roles_of, scoring_rows
from roadmapdesk.workspace.interview_stages import paths_by_name
from roadmapdesk.workspace.sheet_problems import read_sheets


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
    sheets = read_sheets(names, roles, rows)
    lacks = [problem.sentence for problem in sheets.missing]
    if not sheets.items:
        lacks.append(_("The sheet “scoring” is missing or empty: nothing says which answer rates which cell."))
    remarks = [f"{problem.place[:1].upper()}{problem.place[1:]}: {problem.sentence}" for problem in sheets.problems]
    cells = _cells(sheets.items, stages, dimensions)
    return Fitness(tuple(lacks), tuple(remarks), cells, len(stages) * len(dimensions))


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
