"""What ties an organisation to the rest of the project: with whom it cooperates, and the measures it proposed."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from roadmapdesk.scoring.inputs import Interview, Tie
from roadmapdesk.storage.project import Project
from roadmapdesk.workspace.assessment import Assessment
from roadmapdesk.workspace.evidence import refresh_if_changed
from roadmapdesk.workspace.measures import PlannedMeasure, plain_title, planned, proposals_in, suggested


@dataclass(frozen=True, slots=True)
class ActorTie:
    """A cooperation of one organisation with another.

    Attributes:
        partner: key of the other organisation.
        stages: keys of the stages in which it takes place, in order; ``*`` for the whole chain.
        is_own: whether this organisation named it.
        is_returned: whether the other one named it.
    """

    partner: str
    stages: tuple[str, ...]
    is_own: bool
    is_returned: bool


@dataclass(frozen=True, slots=True)
class ActorLinks:
    """All ties of the last wave, by partner, and the measures that an organisation proposed in any wave.

    Attributes:
        outside: partners that the register does not know.
    """

    ties: tuple[ActorTie, ...] = ()
    outside: int = 0
    measures: tuple[PlannedMeasure, ...] = ()


def actor_links(project: Project, assessment: Assessment) -> Mapping[str, ActorLinks]:
    """Mapping key of an organisation → its links; organisations without any are left out. Database thread."""
    refresh_if_changed(project, assessment)
    known = {actor.key for actor in project.actors.list()}
    inputs = assessment.inputs()
    heads = {head.key: head for head in inputs.interviews if head.state.counts and head.has_consent}
    wave = assessment.waves[-1] if assessment.waves else ""
    ties = _ties([tie for tie in inputs.ties if tie.interview in heads and heads[tie.interview].wave == wave], heads)
    measures = _measures(project, assessment, heads)
    return {
        key: ActorLinks(
            tuple(tie for tie in ties[key] if tie.partner in known),
            sum(tie.partner not in known for tie in ties[key]),
            tuple(measures[key]),
        )
        for key in sorted({*ties, *measures} & known)
    }


def _ties(found: list[Tie], heads: Mapping[str, Interview]) -> dict[str, list[ActorTie]]:
    """Both directions of every tie together, for both of its ends."""
    own: dict[tuple[str, str], set[str]] = defaultdict(set)
    for tie in found:
        own[heads[tie.interview].organisation, tie.partner].add(tie.stage)
    ends: dict[str, list[ActorTie]] = defaultdict(list)
    pairs = {*own, *((second, first) for first, second in own)}
    for first, second in sorted(pairs):
        stages = {stage for pair in ((first, second), (second, first)) for stage in own.get(pair, ()) if stage}
        is_own, is_returned = (first, second) in own, (second, first) in own
        ends[first].append(ActorTie(second, tuple(sorted(stages)), is_own, is_returned))
    return ends


def _measures(
    project: Project, assessment: Assessment, heads: Mapping[str, Interview]
) -> dict[str, list[PlannedMeasure]]:
    """Adopted measures with their proposers, then proposals that nobody has taken up yet."""
    adopted = planned(project)
    taken = {plain_title(measure.title) for measure in adopted}
    counted = [interview for interview in assessment.interviews() if interview.row.id in heads]
    proposed = (entry for entry in suggested(proposals_in(counted)) if plain_title(entry.title) not in taken)
    found: dict[str, list[PlannedMeasure]] = defaultdict(list)
    for measure in (*adopted, *proposed):
        for key in {heads[interview].organisation for interview in measure.interviews if interview in heads}:
            found[key].append(measure)
    return found
