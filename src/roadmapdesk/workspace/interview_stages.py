"""Ratings stay with their stage: which instance of the stage repeat belongs to which stage, and in which order.

The form gives instances by position, the people think in stages. When the selection of stages changes, the instances
are put into the order of the new selection, an instance that belongs to a stage keeps its key and its answers, and a
stage that is new gets an instance of its own. An instance whose stage left the selection is kept, hidden.
"""

import re
from collections.abc import Mapping, Sequence

from roadmapdesk.domain.question_roles import QuestionRoles, Role
from roadmapdesk.xforms.definition.form import FormDefinition
from roadmapdesk.xforms.session.answers import ASIDE

_KEYS = re.compile(r"\[[^\]]*\]")


def paths_by_name(definition: FormDefinition) -> dict[str, str]:
    """Name of each field → its path without keys; of fields with one name the first."""
    paths: dict[str, str] = {}
    for node in definition.model.nodes:
        paths.setdefault(node.local, node.path)
    return paths


class StageCards:
    """The instances of the stage repeat and the stages they belong to.

    Attributes:
        repeat: ref of the stage repeat.
        rated: ref of the list of rated stages, in order, divided by blanks.
    """

    def __init__(self, definition: FormDefinition, roles: QuestionRoles) -> None:
        paths = paths_by_name(definition)

        def path(role: Role) -> str:
            return paths.get(roles.question(role) or "", "")

        self.repeat = path(Role.STAGE_REPEAT)
        self.rated = path(Role.STAGES_RATED)
        self._key = path(Role.STAGE_KEY)
        self._marker = path(Role.STAGE_RATED_MARKER)
        self._asked = {
            control.model.path
            for control in definition.questions()
            if control.model is not None and not control.model.is_calculated
        }
        self._owner: dict[str, str] = {}

    @property
    def is_known(self) -> bool:
        """Whether the form's roles name everything that is needed."""
        return bool(self.repeat and self.rated and self._key)

    def key_of(self, instance: str) -> str:
        """The ref of the stage's key in an instance."""
        return instance + self._key.removeprefix(self.repeat)

    def learn(self, answers: Mapping[str, str]) -> None:
        """Notes which instance belongs to which stage now: its marker says so, else the stage it is shown for."""
        if not self.is_known:
            return
        stages: dict[str, str] = {}
        markers: dict[str, str] = {}
        filled: set[str] = set()
        start = self.repeat + "["
        for ref, text in answers.items():
            if not text or not ref.startswith(start):
                continue
            key, _bracket, _rest = ref[len(start) :].partition("]")
            template = _KEYS.sub("", ref)
            if template == self._marker:
                markers[key] = text
            elif template == self._key:
                stages[key] = text
            elif template in self._asked:
                filled.add(key)
        for key in filled | markers.keys():
            stage = markers.get(key) or self._owner.get(key) or stages.get(key)
            if stage:
                self._owner[key] = stage
        self._owner = {key: stage for key, stage in self._owner.items() if key in filled or key in markers}

    def order(self, answers: Mapping[str, str]) -> tuple[str, ...] | None:
        """The instance keys as the selection of stages in `answers` wants them; see `order_of`."""
        if not self.is_known:
            return None
        wanted = answers.get(self.rated, "").split()
        if not wanted or not self._owner:
            return None
        return order_of(wanted, self._owner, self.present(answers))

    def present(self, answers: Mapping[str, str]) -> tuple[str, ...]:
        """The keys of all instances in their order, the hidden ones last."""
        return (*answers.get(self.repeat, "").split(), *answers.get(self.repeat + ASIDE, "").split())

    def reordered(self, answers: Mapping[str, str], order: Sequence[str]) -> dict[str, str]:
        """The answers with the instances in this order; keys that are new stand for new instances."""
        count = len(answers.get(self.rated, "").split())
        moved = dict(answers)
        moved[self.repeat] = " ".join(order[:count])
        moved[self.repeat + ASIDE] = " ".join(order[count:])
        return moved


def order_of(wanted: Sequence[str], owner: Mapping[str, str], present: Sequence[str]) -> tuple[str, ...] | None:
    """The instance keys in the order of the wanted stages; None where they stand so already.

    Args:
        wanted: stage codes in the order of the selection.
        owner: instance key → stage that its ratings belong to; instances without ratings are left out.
        present: all instance keys in their present order, hidden ones included.

    Returns:
        Keys for the wanted stages first, then the others. An instance to be made has a key that is not among
        `present`.

    Example: ``order_of(["s3", "s7"], {"a": "s7"}, ["a", "b"])`` is ``("b", "a")``.
    """
    by_stage = {stage: key for key, stage in owner.items() if key in present}
    free = [key for key in present if key not in owner]
    order: list[str] = []
    for stage in wanted:
        key = by_stage.get(stage)
        if key is None:
            key = free.pop(0) if free else _fresh([*present, *order])
        order.append(key)
    full = (*order, *(key for key in present if key not in order))
    return None if full == tuple(present) else full


def _fresh(taken: Sequence[str]) -> str:
    """A key that no instance has."""
    number = len(taken) + 1
    while f"k{number}" in taken:
        number += 1
    return f"k{number}"
