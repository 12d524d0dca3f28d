"""Ratings of single organisations under a pseudonym, for those who agreed that their record is handed over.

What is handed over can be taken out of every published mean; what is left must tell about nobody. A cell's ratings
therefore go out only where, of every group whose mean is published (each measure, each role, those of the
neighbouring wave), either all agreed or at least three did not (scoring model, 5.12).
"""

from collections.abc import Iterable, Sequence

from roadmapdesk.domain.levels import Level
from roadmapdesk.domain.question_roles import Role
from roadmapdesk.errors import Message, RoadmapDeskError
from roadmapdesk.i18n import N_
from roadmapdesk.reports.facts import SingleRecord
from roadmapdesk.scoring.cell_values import CellKey
from roadmapdesk.scoring.disclosed import Visibility
from roadmapdesk.scoring.inputs import Measure
from roadmapdesk.scoring.scorecard import Scorecard
from roadmapdesk.storage.project import Project
from roadmapdesk.workspace.assessment import Assessment, InterviewRecord

LEAST = 3
"""Organisations that must have agreed before any single record goes out, and that must be left where some did not."""
_MEASURES = (Measure.PERFORMANCE, Measure.IMPORTANCE, Measure.OUTLOOK)

NO_RECORDS = Message(
    "report.no_records",
    N_(
        "No single record may be handed over: too few organisations agreed to it, or what is left of the means would "
        "tell about one of the others. Nothing was written; export without single records."
    ),
)


def single_records(project: Project, assessment: Assessment, wave: str) -> tuple[SingleRecord, ...]:
    """The ratings that may be handed over, in the order of the pseudonyms, which is nobody's order.

    Pseudonyms are made at the first call and kept in the project; no export tells which is whose.

    Raises:
        RoadmapDeskError: no record may be handed over.
        StorageError: the pseudonyms cannot be kept.
    """
    card = assessment.scorecard(wave)
    agreed = agreeing_organisations(assessment.counted(wave))
    disclosed = assessment.disclosed(wave, Level.HANDOFF)
    others = [assessment.scorecard(code) for code in _neighbours(assessment.waves, wave)]
    pairs = [
        (who, key)
        for key, cell in disclosed.cells.items()
        if cell.visibility is not Visibility.SUPPRESSED and _tells_of_nobody(card, others, key, agreed)
        for who in sorted(agreed & set().union(*(card.ratings(*key, measure) for measure in _MEASURES)))
    ]
    if len({who for who, _key in pairs}) < LEAST:
        raise RoadmapDeskError(NO_RECORDS)
    names = project.pseudonyms.of("actor", sorted({who for who, _key in pairs}))
    order = {stage: number for number, stage in enumerate(card.stages)}
    ranks = {dimension: number for number, dimension in enumerate(card.dimensions)}
    records = [_record(card, names[who], who, key) for who, key in pairs]
    return tuple(sorted(records, key=lambda one: (one.pseudonym, order[one.stage], ranks[one.dimension])))


def agreeing_organisations(interviews: Iterable[InterviewRecord]) -> frozenset[str]:
    """Organisations all of whose counted interviews say yes to the hand-over of single records."""
    agreed: dict[str, bool] = {}
    for interview in interviews:
        answer = interview.record.get(interview.roles.question(Role.CONSENT_HANDOFF))
        says_yes = interview.roles.says_yes(Role.CONSENT_HANDOFF, answer)
        key = interview.row.actor_key
        agreed[key] = agreed.get(key, True) and says_yes
    return frozenset(key for key, says_yes in agreed.items() if key and says_yes)


def _neighbours(waves: Sequence[str], wave: str) -> list[str]:
    """The waves whose change from or to this one is published."""
    place = waves.index(wave)
    return [*waves[max(place - 1, 0) : place], *waves[place + 1 : place + 2]]


def _tells_of_nobody(card: Scorecard, others: Sequence[Scorecard], key: CellKey, agreed: frozenset[str]) -> bool:
    """Whether no published group of the cell leaves one or two others when those who agreed are taken out."""
    rated = {measure: set(card.ratings(*key, measure)) for measure in _MEASURES}
    today = rated[Measure.PERFORMANCE]
    groups = [*rated.values()]
    for role in set(card.roles.values()):
        groups.append({who for who in today if card.roles.get((who, key.stage)) == role})
    groups += [today & set(other.ratings(*key, Measure.PERFORMANCE)) for other in others if key in other.cells]
    return all(not 0 < len(group - agreed) < LEAST for group in groups)


def _record(card: Scorecard, pseudonym: str, who: str, key: CellKey) -> SingleRecord:
    def score(measure: Measure) -> float | None:
        cell = card.actor_cells.get((who, key.stage, key.dimension, measure))
        return cell.score if cell is not None else None

    return SingleRecord(
        pseudonym=pseudonym,
        stage=key.stage,
        dimension=key.dimension,
        performance=score(Measure.PERFORMANCE),
        importance=score(Measure.IMPORTANCE),
        outlook=score(Measure.OUTLOOK),
    )
