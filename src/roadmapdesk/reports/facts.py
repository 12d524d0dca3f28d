"""Everything a report needs, as plain values; `workspace` fills them, nothing here reads a file or a database.

Scores come disclosed for the report's level. All other answers (counts, quotations, measures) come complete and are
held back in `reports.disclosure`, in one place for every writer.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from roadmapdesk.domain.actors import Actor, ReferenceNetwork
from roadmapdesk.domain.catalog import Bilingual, Catalog
from roadmapdesk.domain.levels import Level
from roadmapdesk.i18n import Language
from roadmapdesk.reports.papers.facts import BlankForm
from roadmapdesk.scoring.disclosed import DisclosedChange, DisclosedScorecard
from roadmapdesk.scoring.profile import DEFAULT, Profile


@dataclass(frozen=True, slots=True)
class WaveFacts:
    """One wave of interviews.

    Attributes:
        code: code of the wave in the form.
        first_day: date of its first counted interview; None without a dated one.
        last_day: date of its last counted interview.
        scorecard: the assessment as this level shows it.
    """

    code: str
    name: Bilingual
    first_day: date | None
    last_day: date | None
    scorecard: DisclosedScorecard


@dataclass(frozen=True, slots=True)
class OptionCount:
    """How many organisations chose one answer of a multiple choice question."""

    code: str
    label: Bilingual
    count: int


@dataclass(frozen=True, slots=True)
class TopicCounts:
    """One multiple choice question, counted over organisations (an organisation counts once).

    Attributes:
        question: name of the question in the form, for the data dictionary.
        theme_key: word of the form's ``roles`` sheet that groups questions: ``workforce``, ``nuclides`` …
        theme: heading that it stands under, from the form's group label.
        label: the question's wording.
        n: organisations that answered it, codes for missing answers left out.
        options: in the order of the form; codes for "none" are options, missing codes are not.
    """

    question: str
    theme_key: str
    theme: Bilingual
    label: Bilingual
    n: int
    options: tuple[OptionCount, ...]


@dataclass(frozen=True, slots=True)
class StageBottlenecks:
    """Named bottlenecks of one stage, counted over the `n` organisations that rated it."""

    stage: str
    n: int
    options: tuple[OptionCount, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """A verbatim statement whose use was agreed to.

    Attributes:
        stage: stage key, empty for the whole site.
        speaker: how the speaker may be named; empty for "an organisation".
        is_public: whether the agreement covers publication, not only the working group.
    """

    text: str
    stage: str
    speaker: str = ""
    is_public: bool = False


@dataclass(frozen=True, slots=True)
class SingleRecord:
    """One organisation's ratings of one cell, under a pseudonym; points 0–100, None where it gave none.

    Attributes:
        stage: stage key.
        dimension: dimension key.
    """

    pseudonym: str
    stage: str
    dimension: str
    performance: float | None
    importance: float | None
    outlook: float | None


@dataclass(frozen=True, slots=True)
class MeasureFacts:
    """One measure of the roadmap.

    Attributes:
        key: unique key, the target of `requires`.
        number: printed number, ``M03``.
        stage: stage key, ``"*"`` for the whole chain; the same holds for `dimension`.
        layer: layer of the roadmap, in words.
        horizon: index into `ReportFacts.horizons`.
        lead: who leads, in words, never a person.
        priority: 1 to 5, None when not set.
        requires: keys of measures that must come first.
    """

    key: str
    number: str
    title: str
    stage: str
    dimension: str
    layer: Bilingual
    horizon: int
    lead: Bilingual
    priority: int | None
    status: Bilingual
    next_step: str = ""
    requires: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Horizon:
    """One column of the roadmap: name (``kurzfristig``) and years (``2026–2027``)."""

    name: Bilingual
    years: Bilingual


@dataclass(frozen=True, slots=True)
class FormFacts:
    """The questionnaire: title, version and content hash as stored with each interview."""

    title: Bilingual
    version: str
    content_hash: str


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """All facts behind one report.

    Attributes:
        language: language of the report, independent of the window's.
        level: confidentiality; equals the level of every scorecard.
        project: name of the project as its owner gave it.
        waves: in order of time, the reported one last; at least one.
        change: comparison of the last two waves, None with a single wave.
        profile: the settings that the scores were computed with.
        actors: the project's register.
        layers: layers of the roadmap in the order of its lanes.
        tie_scale: lowest and highest value of the question on the intensity of a tie; None without one.
        kind_names: mapping code of a kind of cooperation → its name in the form.
        questions: mapping measure or topic word of the form's sheets → names of the questions behind it.
        records: single ratings under pseudonyms; only on request and at the hand-off level.
        contact: function of the contact, never a person; empty when not set.
        controller: the body that answers for the study, with its address; empty when not set.
        questionnaire: the questions of the reported wave in the language of the report; None leaves them out.
        released: when this result was released; None for a draft.
        is_sample: whether the data are invented; every page and sheet says so then.
        created: moment of the export, with its time zone.
    """

    language: Language
    level: Level
    project: str
    catalog: Catalog
    waves: tuple[WaveFacts, ...]
    actors: tuple[Actor, ...]
    form: FormFacts
    app_version: str
    created: datetime
    change: DisclosedChange | None = None
    profile: Profile = DEFAULT
    networks: tuple[ReferenceNetwork, ...] = ()
    topics: tuple[TopicCounts, ...] = ()
    bottlenecks: tuple[StageBottlenecks, ...] = ()
    quotes: tuple[Quote, ...] = ()
    measures: tuple[MeasureFacts, ...] = ()
    layers: tuple[Bilingual, ...] = ()
    horizons: tuple[Horizon, ...] = ()
    type_names: Mapping[str, Bilingual] = field(default_factory=dict)
    tie_scale: tuple[float, float] | None = None
    kind_names: Mapping[str, Bilingual] = field(default_factory=dict)
    questions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    records: tuple[SingleRecord, ...] = ()
    contact: str = ""
    controller: str = ""
    questionnaire: BlankForm | None = None
    released: datetime | None = None
    is_sample: bool = False

    def __post_init__(self) -> None:
        if not self.waves:
            msg = "a report needs at least one wave"
            raise ValueError(msg)
        if any(wave.scorecard.level is not self.level for wave in self.waves):
            msg = "a scorecard was disclosed for another level than the report's"
            raise ValueError(msg)
        if self.records and self.level is not Level.HANDOFF:
            msg = "single records are for the hand-off alone"
            raise ValueError(msg)

    @property
    def wave(self) -> WaveFacts:
        """The reported wave."""
        return self.waves[-1]

    @property
    def scorecard(self) -> DisclosedScorecard:
        """The assessment of the reported wave."""
        return self.waves[-1].scorecard

    def text(self, bilingual: Bilingual) -> str:
        """The text in the report's language."""
        return bilingual.text(self.language.code)

    def stage_name(self, key: str) -> str:
        """The name of a stage; the key itself for a stage outside the catalogue."""
        found = [stage for stage in self.catalog.stages if stage.key == key]
        return self.text(found[0].name) if found else key

    def dimension_name(self, key: str) -> str:
        """The name of a dimension; the key itself for one outside the catalogue."""
        found = [dimension for dimension in self.catalog.dimensions if dimension.key == key]
        return self.text(found[0].name) if found else key
