"""Erasure at the request of a person: what it hits, the erasure itself, and what people must still clean."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path

from roadmapdesk.storage.erasure import ErasurePlan
from roadmapdesk.storage.project import Project
from roadmapdesk.storage.values import Export
from roadmapdesk.workspace import late_notes
from roadmapdesk.workspace.backups import refresh_second_place
from roadmapdesk.workspace.entity_registers import lists_without
from roadmapdesk.workspace.interviews import InterviewLine, list_interviews
from roadmapdesk.workspace.measures import planned


@dataclass(frozen=True, slots=True)
class ErasureView:
    """What erasing a code would hit, as people speak of it.

    Attributes:
        plan: to be handed back to `erase_code`.
        lines: the interviews.
        measures: titles of adopted measures that rest on them; they stay, and a person looks at their wording.
    """

    plan: ErasurePlan
    lines: tuple[InterviewLine, ...]
    measures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ErasureOutcome:
    """What was done.

    Attributes:
        interviews: number of erased interviews.
        backups: number of backups that were rewritten or removed.
        places: exports and bundles that a person must still clean.
        measures: titles of adopted measures that rested on them, whose wording a person must still look at.
        second_place: the second place of backups where it still holds the interviews; empty when it is clean.
    """

    code: str
    interviews: int
    backups: int
    places: tuple[Export, ...]
    measures: tuple[str, ...]
    second_place: str


def plan_erasure(project: Project, code: str) -> ErasureView:
    """What erasing all interviews with this code would hit; erases nothing."""
    late_notes.take_over(project)  # what another window wrote while this project could not note it
    plan = project.erasures.plan(code.strip())
    ids = {row.id for row in plan.interviews}
    lines = tuple(line for line in list_interviews(project) if line.row.id in ids)
    return ErasureView(plan, lines, _titles(project, plan.measures))


def erase_code(project: Project, plan: ErasurePlan, *, reason: str, second_place: str = "") -> ErasureOutcome:
    """Erases what the plan lists, from the project, its backups and the second place of backups.

    Args:
        project: the open project.
        plan: from `plan_erasure`, after a person agreed.
        reason: why; kept with the tombstone.
        second_place: where copies of backups lie; empty for none.

    Raises:
        ValueError: the plan hits nothing, or there is no reason.
        StorageError: the project is as before.
    """
    measures = _titles(project, plan.measures)
    lists = lists_without(project, [row.id for row in plan.interviews])
    result = project.erasures.erase(plan, reason=reason, lists=lists)
    _count_anew(project, plan.measures)
    is_clean = not second_place or refresh_second_place(project, Path(second_place))
    return ErasureOutcome(
        code=plan.code,
        interviews=result.erased,
        backups=result.backups_cleaned + result.backups_removed,
        places=result.places,
        measures=measures,
        second_place="" if is_clean else second_place,
    )


def _titles(project: Project, measures: Collection[str]) -> tuple[str, ...]:
    return tuple(measure.title for measure in planned(project) if measure.key in measures)


def _count_anew(project: Project, measures: Collection[str]) -> None:
    """Counts the organisations behind the measures without those that were erased."""
    actors = {row.id: row.actor_key or row.id for row in project.interviews.list()}
    for measure in planned(project):
        count = len({actors[identifier] for identifier in measure.interviews if identifier in actors})
        if measure.key in measures and count != measure.organisations:
            project.measures.save(replace(measure, organisations=count).to_record(), measure_id=measure.key)
