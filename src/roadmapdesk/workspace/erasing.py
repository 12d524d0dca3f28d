"""Erasure at the request of a person: what it hits, the erasure itself, and what people must still clean."""

from dataclasses import dataclass
from pathlib import Path

from roadmapdesk.storage.erasure import ErasurePlan
from roadmapdesk.storage.project import Project
from roadmapdesk.storage.values import Export
from roadmapdesk.workspace.backups import refresh_second_place
from roadmapdesk.workspace.interviews import InterviewLine, list_interviews


@dataclass(frozen=True, slots=True)
class ErasureView:
    """What erasing a code would hit, as people speak of it.

    Attributes:
        plan: to be handed back to `erase_code`.
        lines: the interviews.
    """

    plan: ErasurePlan
    lines: tuple[InterviewLine, ...]


@dataclass(frozen=True, slots=True)
class ErasureOutcome:
    """What was done.

    Attributes:
        interviews: number of erased interviews.
        backups: number of backups that were rewritten or removed.
        places: exports and bundles that a person must still clean.
        second_place: the second place of backups where it still holds the interviews; empty when it is clean.
    """

    code: str
    interviews: int
    backups: int
    places: tuple[Export, ...]
    second_place: str


def plan_erasure(project: Project, code: str) -> ErasureView:
    """What erasing all interviews with this code would hit. Changes nothing."""
    plan = project.erasures.plan(code.strip())
    ids = {row.id for row in plan.interviews}
    return ErasureView(plan, tuple(line for line in list_interviews(project) if line.row.id in ids))


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
    result = project.erasures.erase(plan, reason=reason)
    is_clean = not second_place or refresh_second_place(project, Path(second_place))
    return ErasureOutcome(
        code=plan.code,
        interviews=result.erased,
        backups=result.backups_cleaned + result.backups_removed,
        places=result.places,
        second_place="" if is_clean else second_place,
    )
