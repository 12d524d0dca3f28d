"""What the assessment page shows: one wave as readers of one level may see it, and the evidence behind each cell."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from weakref import WeakKeyDictionary

from roadmapdesk.domain.catalog import Bilingual
from roadmapdesk.domain.levels import Level
from roadmapdesk.i18n import Language
from roadmapdesk.reports.disclosure import DisclosedCounts, disclosed_bottlenecks, disclosed_quotes
from roadmapdesk.reports.facts import MeasureFacts, Quote, ReportFacts
from roadmapdesk.scoring.disclosed import DisclosedCell, DisclosedCellChange, DisclosedChange, DisclosedScorecard
from roadmapdesk.scoring.inputs import Measure
from roadmapdesk.scoring.profile import DEFAULT, Profile
from roadmapdesk.scoring.scorecard import CellKey
from roadmapdesk.storage.project import Project
from roadmapdesk.workspace.assessment import Assessment
from roadmapdesk.workspace.facts import report_facts, wave_name
from roadmapdesk.workspace.measures import WHOLE

_stamps: WeakKeyDictionary[Assessment, object] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class Assessed:
    """One wave at one level, complete for every view of the page.

    Attributes:
        facts: what a report of this wave and level reads.
        waves: pairs (code, name) of all waves that have an assessment, in order of time.
        roles: mapping (organisation, stage) → role; empty below the internal level.
        change: comparison with the wave before, for the first wave with the next one; None with a single wave.
    """

    facts: ReportFacts
    waves: tuple[tuple[str, Bilingual], ...]
    roles: Mapping[tuple[str, str], str]
    change: DisclosedChange | None

    @property
    def scorecard(self) -> DisclosedScorecard:
        """The assessment of the wave."""
        return self.facts.scorecard

    @property
    def level(self) -> Level:
        """Who may see this."""
        return self.facts.level

    @property
    def profile(self) -> Profile:
        """The settings behind it."""
        return self.facts.profile

    @property
    def wave(self) -> str:
        """Code of the wave."""
        return self.facts.wave.code

    def wave_name(self, code: str) -> Bilingual:
        """The name of a wave; the code itself for an unknown one."""
        return dict(self.waves).get(code, Bilingual(code, code))


@dataclass(frozen=True, slots=True)
class Rating:
    """How one organisation rated a cell; internal level only.

    Attributes:
        role: code of its role in the stage, empty where unknown.
        performance: points 0–100, None when it gave no valid rating; so is `importance`.
    """

    key: str
    name: str
    role: str
    performance: float | None
    importance: float | None


@dataclass(frozen=True, slots=True)
class CellEvidence:
    """What stands behind one cell, as its level shows it.

    Attributes:
        ratings: organisations with a valid rating, those inside the stage first; empty below the internal level.
        bottlenecks: counts of the stage; None when nobody named any.
        quotes: statements on the stage that this level may read; `hidden_quotes` more are not released.
        measures: for the cell, its whole stage or its whole dimension.
        change: of the cell between `first_wave` and `second_wave`; None with a single wave.
    """

    cell: DisclosedCell
    ratings: tuple[Rating, ...]
    bottlenecks: DisclosedCounts | None
    quotes: tuple[Quote, ...]
    hidden_quotes: int
    measures: tuple[MeasureFacts, ...]
    change: DisclosedCellChange | None


def assess(
    project: Project, assessment: Assessment, *, level: Level, language: Language, wave: str = ""
) -> Assessed | None:
    """One wave as this level shows it; None while no interview is finished. For the database thread.

    Args:
        project: the open project.
        assessment: its assessment, or what it would be under other settings.
        level: who reads.
        language: language of names and sentences.
        wave: code of the wave; the last one where it is empty or unknown.
    """
    waves = assessment.waves
    if not waves:
        return None
    shown = wave if wave in waves else waves[-1]
    facts = report_facts(project, assessment, level=level, language=language, wave=shown)
    change = facts.change
    if change is None and len(waves) > 1:
        change = assessment.disclosed_change(shown, waves[1], level)
    roles = assessment.scorecard(shown).roles if level is Level.INTERNAL else {}
    names = tuple((code, wave_name(assessment, code)) for code in waves)
    return Assessed(facts, names, MappingProxyType(dict(roles)), change)


def refresh_if_changed(project: Project, assessment: Assessment) -> None:
    """Forgets results only where interviews, organisations or settings changed since this was last asked."""
    stamp = (project.interviews.list(), project.actors.list(), project.settings.get("scoring_profile"))
    if _stamps.get(assessment) != stamp:
        assessment.refresh()
        _stamps[assessment] = stamp


def cell_evidence(assessed: Assessed, key: CellKey) -> CellEvidence:
    """Everything behind one cell; KeyError for an unknown one."""
    facts = assessed.facts
    cell = assessed.scorecard.cells[key]
    counts = next((entry for entry in facts.bottlenecks if entry.stage == key.stage), None)
    quotes = disclosed_quotes(facts, key.stage)
    given = sum(quote.stage == key.stage for quote in facts.quotes)
    return CellEvidence(
        cell=cell,
        ratings=_ratings(assessed, key),
        bottlenecks=None if counts is None else disclosed_bottlenecks(counts, facts),
        quotes=quotes,
        hidden_quotes=given - len(quotes),
        measures=tuple(measure for measure in facts.measures if _answers(measure, key)),
        change=None if assessed.change is None else assessed.change.cells.get(key),
    )


def keep_profile(project: Project, assessment: Assessment, profile: Profile) -> None:
    """Makes `profile` the project's own: desktop, command line and reports score with it from now on.

    Raises:
        StorageError: the project cannot be written; nothing changes then.
    """
    project.settings.scoring_profile = {} if profile == DEFAULT else profile.to_record()
    assessment.profile = profile
    assessment.refresh()


def renamed(profile: Profile, name: str) -> Profile:
    """The same settings under a name that a person gave."""
    return replace(profile, name=name)


def _answers(measure: MeasureFacts, key: CellKey) -> bool:
    """Whether a measure is meant for this cell; one for everything is meant for no cell in particular."""
    if measure.stage == WHOLE and measure.dimension == WHOLE:
        return False
    return measure.stage in {key.stage, WHOLE} and measure.dimension in {key.dimension, WHOLE}


def _ratings(assessed: Assessed, key: CellKey) -> tuple[Rating, ...]:
    cells = assessed.scorecard.actor_cells
    if cells is None:
        return ()
    names = {actor.key: actor.name(assessed.facts.language.code) for actor in assessed.facts.actors}
    found: dict[str, dict[Measure, float]] = {}
    for (organisation, stage, dimension, measure), rating in cells.items():
        if (stage, dimension) == key and rating.score is not None:
            found.setdefault(organisation, {})[measure] = rating.score
    ratings = [
        Rating(
            organisation,
            names.get(organisation, organisation),
            assessed.roles.get((organisation, key.stage), ""),
            scores.get(Measure.PERFORMANCE),
            scores.get(Measure.IMPORTANCE),
        )
        for organisation, scores in found.items()
    ]
    ranks = {"core": 0, "support": 1, "observer": 2}
    return tuple(sorted(ratings, key=lambda rating: (ranks.get(rating.role, 3), rating.name.casefold())))
