"""Measures of the roadmap: what interviews propose, and what a person made of it.

A proposal is one instance of the form's measure repeat. Proposals with the same wording are suggested as one measure;
only a person adopts them. An adopted measure is a record of the project that keeps links to its proposals.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Self

from roadmapdesk.domain.catalog import Bilingual
from roadmapdesk.domain.question_roles import QuestionRoles, Role
from roadmapdesk.storage.project import Project
from roadmapdesk.workspace.assessment import Assessment, InterviewRecord
from roadmapdesk.workspace.records import Record

WHOLE = "*"
PROPOSED, PLANNED, STARTED, DONE, DROPPED = "proposed", "planned", "started", "done", "dropped"
STATUSES = (PROPOSED, PLANNED, STARTED, DONE, DROPPED)
STATUS_NAMES: Mapping[str, Bilingual] = {
    PROPOSED: Bilingual("vorgeschlagen", "proposed"),
    PLANNED: Bilingual("geplant", "planned"),
    STARTED: Bilingual("begonnen", "started"),
    DONE: Bilingual("erledigt", "done"),
    DROPPED: Bilingual("verworfen", "dropped"),
}


@dataclass(frozen=True, slots=True)
class MeasureProposal:
    """One proposal of one interview, in the codes of its form.

    Attributes:
        interview: id of the interview.
        stage: stage key, ``"*"`` for the whole chain, empty when not stated; the same holds for `dimension`.
        priority: 1 to 5, None when not stated.
    """

    interview: str
    organisation: str
    wave: str
    title: str
    stage: str
    dimension: str
    layer: str
    horizon: str
    lead: str
    priority: int | None


@dataclass(frozen=True, slots=True)
class PlannedMeasure:
    """One measure of the roadmap.

    Attributes:
        key: id in the project, empty before it is adopted.
        layer: code of the roadmap's layer in the form's list; `horizon` and `lead` likewise.
        priority: 1 to 5, None when not set.
        status: one of `STATUSES`.
        requires: keys of measures that must come first.
        interviews: ids of the interviews that proposed it.
        organisations: number of organisations among them.
    """

    key: str
    title: str
    stage: str
    dimension: str
    layer: str
    horizon: str
    lead: str
    priority: int | None
    status: str = PROPOSED
    next_step: str = ""
    requires: tuple[str, ...] = ()
    interviews: tuple[str, ...] = ()
    organisations: int = 0

    def to_record(self) -> dict[str, Any]:
        """A JSON-ready record without the key."""
        return {
            "title": self.title,
            "stage": self.stage,
            "dimension": self.dimension,
            "layer": self.layer,
            "horizon": self.horizon,
            "lead": self.lead,
            "priority": self.priority,
            "status": self.status,
            "next_step": self.next_step,
            "requires": list(self.requires),
            "interviews": list(self.interviews),
            "organisations": self.organisations,
        }

    @classmethod
    def from_record(cls, key: str, record: Mapping[str, Any]) -> Self:
        """The measure of a stored record."""
        fields = {name: record[name] for name in record if name not in {"requires", "interviews"}}
        return cls(
            key=key,
            requires=tuple(record.get("requires", ())),
            interviews=tuple(record.get("interviews", ())),
            **fields,
        )


def proposals(assessment: Assessment, wave: str) -> tuple[MeasureProposal, ...]:
    """All proposals of a wave's counted interviews, in the order of the interviews."""
    return proposals_in(assessment.counted(wave))


def proposals_in(interviews: Iterable[InterviewRecord]) -> tuple[MeasureProposal, ...]:
    """All proposals of these interviews, in their order."""
    return tuple(
        _proposal(interview, instance)
        for interview in interviews
        for instance in interview.record.instances(interview.roles.question(Role.MEASURE_REPEAT))
        if instance.get(interview.roles.question(Role.MEASURE_TITLE)).strip()
    )


def suggested(found: Sequence[MeasureProposal]) -> tuple[PlannedMeasure, ...]:
    """Proposals put together by equal wording (case and blanks aside), the most often named first.

    Where proposals differ in a field the most frequent statement stands, on a tie the first; the priority is the
    rounded mean of those stated.
    """
    groups: dict[str, list[MeasureProposal]] = {}
    for proposal in found:
        groups.setdefault(plain_title(proposal.title), []).append(proposal)
    merged = [_merge(group) for group in groups.values()]
    return tuple(sorted(merged, key=lambda measure: (-measure.organisations, -(measure.priority or 0))))


def plain_title(title: str) -> str:
    """The wording by which measures are told to be the same: case and blanks aside."""
    return " ".join(title.casefold().split())


def adopt(project: Project, measure: PlannedMeasure, *, status: str = PLANNED) -> PlannedMeasure:
    """Keeps a suggested measure in the project and returns it with its key."""
    adopted = replace(measure, status=status)
    return replace(adopted, key=project.measures.save(adopted.to_record()).id)


def planned(project: Project) -> tuple[PlannedMeasure, ...]:
    """The project's measures in the order of the plan."""
    return tuple(PlannedMeasure.from_record(entry.id, entry.record) for entry in project.measures.list())


def _proposal(interview: InterviewRecord, instance: Record) -> MeasureProposal:
    roles = interview.roles

    def code(role: Role) -> str:
        value = instance.get(roles.question(role))
        return "" if value in roles.missing_codes else value

    priority = code(Role.MEASURE_PRIORITY)
    return MeasureProposal(
        interview=interview.row.id,
        organisation=interview.record.get(roles.question(Role.ACTOR)) or interview.row.id,
        wave=interview.row.wave,
        title=instance.get(roles.question(Role.MEASURE_TITLE)).strip(),
        stage=_place(code(Role.MEASURE_STAGE), roles),
        dimension=_place(code(Role.MEASURE_DIMENSION), roles),
        layer=code(Role.MEASURE_LAYER),
        horizon=code(Role.MEASURE_HORIZON),
        lead=code(Role.MEASURE_LEAD),
        priority=int(priority) if priority.isdecimal() else None,
    )


def _place(code: str, roles: QuestionRoles) -> str:
    return WHOLE if code and code == roles.code(Role.CODE_ALL) else code


def _merge(group: Sequence[MeasureProposal]) -> PlannedMeasure:
    def common(values: Sequence[str]) -> str:
        stated = [value for value in values if value]
        return max(stated, key=stated.count) if stated else ""

    priorities = [proposal.priority for proposal in group if proposal.priority is not None]
    return PlannedMeasure(
        key="",
        title=group[0].title,
        stage=common([proposal.stage for proposal in group]),
        dimension=common([proposal.dimension for proposal in group]),
        layer=common([proposal.layer for proposal in group]),
        horizon=common([proposal.horizon for proposal in group]),
        lead=common([proposal.lead for proposal in group]),
        priority=round(sum(priorities) / len(priorities)) if priorities else None,
        interviews=tuple(dict.fromkeys(proposal.interview for proposal in group)),
        organisations=len({proposal.organisation for proposal in group}),
    )
