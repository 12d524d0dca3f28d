"""Where the study stands: interviews by state, response by kind of actor, coverage of cells, whom to ask next."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from roadmapdesk.domain.actors import Actor, ActorType, StageRole
from roadmapdesk.domain.interviews import InterviewState
from roadmapdesk.storage.project import Project
from roadmapdesk.storage.values import InterviewRow

MINIMUM_HANDOFF = 3
"""Organisations that a cell needs before it may be handed over (scoring model, disclosure)."""
MINIMUM_PUBLIC = 5
"""Organisations that a cell needs before it may be published."""
_RECENT_EVENTS = 2000


@dataclass(frozen=True, slots=True)
class Response:
    """One kind of actor: how many of them have a finished interview."""

    kind: ActorType
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """An actor without a finished interview in this wave.

    Attributes:
        lifts: cells below the minimum for publication in the stages that it can judge.
        open_interview: its planned or begun interview, None while there is none.
    """

    actor: Actor
    stages: tuple[str, ...]
    lifts: int
    open_interview: InterviewRow | None


@dataclass(frozen=True, slots=True)
class News:
    """One thing that happened since the last visit.

    Attributes:
        code: of the interview; empty for a cell.
        cell: stage and dimension; empty for an interview.
        n: organisations that the cell has now.
    """

    at: datetime
    state: InterviewState | None = None
    code: str = ""
    actor_key: str = ""
    cell: tuple[str, str] = ("", "")
    n: int = 0


@dataclass(frozen=True, slots=True)
class Progress:
    """Interviews of a wave against the plan.

    Attributes:
        by_state: interviews in each state.
        untouched: organisations that the study wants to interview and that have no interview in this wave.
    """

    wave: str
    by_state: Mapping[InterviewState, int]
    untouched: int

    @property
    def finished(self) -> int:
        """Interviews that count."""
        return sum(number for state, number in self.by_state.items() if state.counts)

    @property
    def planned(self) -> int:
        """Everything that was planned: all interviews and the organisations still untouched."""
        return sum(self.by_state.values()) + self.untouched


Coverage = Mapping[tuple[str, str], int]
"""(stage, dimension) → organisations with a valid rating of performance."""


def progress_of(project: Project, wave: str) -> Progress:
    """Interviews by state in one wave."""
    rows = project.interviews.list(wave=wave)
    touched = {row.actor_key for row in rows}
    untouched = sum(actor.is_interviewed and actor.key not in touched for actor in project.actors.list())
    return Progress(wave, Counter(row.state for row in rows), untouched)


def response_of(project: Project, wave: str) -> tuple[Response, ...]:
    """Response by kind of actor, the most numerous kinds first."""
    done = {row.actor_key for row in project.interviews.list(wave=wave) if row.state.counts}
    kinds: dict[ActorType, list[bool]] = defaultdict(list)
    for actor in project.actors.list():
        if actor.is_interviewed:
            kinds[actor.type].append(actor.key in done)
    found = (Response(kind, sum(flags), len(flags)) for kind, flags in kinds.items())
    return tuple(sorted(found, key=lambda response: (-response.total, response.kind.value)))


def candidates(project: Project, wave: str, covered: Coverage) -> tuple[Candidate, ...]:
    """Whom to ask next: actors without a finished interview, by how many thin cells their stages hold."""
    rows: dict[str, list[InterviewRow]] = defaultdict(list)
    for row in project.interviews.list(wave=wave):
        rows[row.actor_key].append(row)
    thin = Counter(stage for (stage, _dimension), n in covered.items() if n < MINIMUM_PUBLIC)
    found = []
    for actor in project.actors.list():
        own = rows[actor.key]
        if not actor.is_interviewed or any(row.state.counts or row.state is InterviewState.WITHDRAWN for row in own):
            continue
        stages = tuple(sorted(key for key, role in actor.stages.items() if role is not StageRole.OBSERVER))
        lifts = sum(thin[stage] for stage in stages)
        found.append(Candidate(actor, stages, lifts, own[0] if own else None))
    return tuple(sorted(found, key=lambda candidate: (-candidate.lifts, candidate.actor.name("de").casefold())))


def news_since(project: Project, since: datetime, before: Coverage, now: Coverage, at: datetime) -> tuple[News, ...]:
    """What changed since the last visit, the latest first.

    Args:
        project: the open project.
        since: the last visit.
        before: coverage at the last visit; empty when it is not known.
        now: coverage now.
        at: moment that is given to changed cells.
    """
    rows = {row.id: row for row in project.interviews.list()}
    found: dict[str, News] = {}
    for event in project.audit.list(limit=_RECENT_EVENTS):
        row = rows.get(event.interview_id or "")
        if event.event == "state" and event.at > since and row is not None and event.new:
            found[row.id] = News(event.at, InterviewState(event.new), row.code, row.actor_key)
    cells = [
        News(at, cell=cell, n=n)
        for cell, n in now.items()
        for border in (MINIMUM_HANDOFF, MINIMUM_PUBLIC)
        if before and before.get(cell, 0) < border <= n and (n < MINIMUM_PUBLIC or border == MINIMUM_PUBLIC)
    ]
    return tuple(sorted([*found.values(), *cells], key=lambda news: news.at, reverse=True))
