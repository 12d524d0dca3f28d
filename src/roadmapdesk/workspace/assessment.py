"""From the interviews of a project to scorecards: one input for all waves, scored on demand and never stored."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from roadmapdesk.domain.actors import StageRole
from roadmapdesk.domain.catalog import load_catalog
from roadmapdesk.domain.levels import Level
from roadmapdesk.domain.question_roles import QuestionRoles, Role
from roadmapdesk.scoring.collect import Answer, Fields, collect_responses
from roadmapdesk.scoring.inputs import (
    BenchmarkAnswer,
    Interview,
    Item,
    Organisation,
    Proposal,
    ResponseKey,
    ScoringInput,
    Tie,
)
from roadmapdesk.scoring.items import read_items
from roadmapdesk.scoring.model import compare_waves, coverage, disclose, disclose_change, score
from roadmapdesk.scoring.profile import DEFAULT, Profile
from roadmapdesk.storage.project import Project
from roadmapdesk.storage.values import InterviewRow, StoredForm
from roadmapdesk.workspace.codebook import Codebook, codebook_of
from roadmapdesk.workspace.forms import definition_of, load_lists, roles_of, scoring_rows
from roadmapdesk.workspace.records import Record

if TYPE_CHECKING:
    from roadmapdesk.scoring.disclosed import DisclosedChange, DisclosedScorecard
    from roadmapdesk.scoring.scorecard import Scorecard, WaveComparison

_ROLES = {
    Role.STAGE_ROLE_CORE: StageRole.CORE,
    Role.STAGE_ROLE_SUPPORT: StageRole.SUPPORT,
    Role.STAGE_ROLE_OBSERVER: StageRole.OBSERVER,
}


@dataclass(frozen=True, slots=True)
class InterviewRecord:
    """One counted or left-out interview with what its form means.

    Attributes:
        record: relevant answers of its latest revision; empty for an interview without one.
        revision: hash of that revision, empty without one.
        has_conflict: whether two revisions wait for a decision.
    """

    row: InterviewRow
    form: StoredForm
    roles: QuestionRoles
    codebook: Codebook
    record: Record
    revision: str
    has_conflict: bool


def load_reader(project: Project) -> None:
    """Loads the form engine on the calling thread if there are interviews to read.

    Called by the thread that opens a project, before pages load their modules: Python does not let two threads load
    parts of one package in different orders.
    """
    if any(count for state, count in project.interviews.count_by_state().items() if state.counts):
        import roadmapdesk.xforms.session.session  # noqa: F401, PLC0415 — see above


def _read_answers(
    form: StoredForm, answers: Mapping[str, str], lists: Mapping[str, bytes], repeats: frozenset[str]
) -> Record:
    """The relevant answers of an interview; the form engine loads with the first one."""
    from roadmapdesk.workspace.records import read_record  # noqa: PLC0415 — see above
    from roadmapdesk.xforms.session.session import FormSession  # noqa: PLC0415 — see above

    session = FormSession.restore(definition_of(form), answers, resources=lists)
    return read_record(session.to_submission().xml, repeats)


@dataclass(frozen=True, slots=True)
class _Read:
    """What a revision holds: kept, because a revision never changes."""

    form: str
    record: Record


class Assessment:
    """The assessment of one project: records and scorecards, kept in memory as long as the interviews are the same.

    Everything is read when first asked for; `refresh` forgets what has changed. Not for use from two threads at once.

    Args:
        project: the open project.
        profile: settings of the scoring model; the project's own, or the published ones by default.
    """

    def __init__(self, project: Project, profile: Profile | None = None) -> None:
        self._project = project
        stored = project.settings.scoring_profile
        self.profile = profile or (Profile.from_record(stored) if stored else DEFAULT)
        self._records: dict[str, _Read] = {}
        self._forms: dict[str, StoredForm] = {}
        self._roles: dict[str, QuestionRoles] = {}
        self._interviews: tuple[InterviewRecord, ...] | None = None
        self._inputs: ScoringInput | None = None
        self._cards: dict[str, Scorecard] = {}

    def refresh(self) -> None:
        """Forgets results; records of unchanged revisions stay."""
        self._interviews = None
        self._inputs = None
        self._cards.clear()

    def interviews(self, progress: Callable[[int, int], None] | None = None) -> tuple[InterviewRecord, ...]:
        """All interviews with their records, in the order of the list of interviews."""
        if self._interviews is None:
            rows = self._project.interviews.list()
            heads = self._heads(rows)
            self._read_missing([hashes[-1] for hashes in heads.values()], progress)
            found = [self._interview(row, heads.get(row.id, ())) for row in rows]
            self._interviews = tuple(found)
        return self._interviews

    def counted(self, wave: str) -> tuple[InterviewRecord, ...]:
        """The interviews of a wave that enter its scorecard."""
        left_out = {key for exclusion in self.scorecard(wave).exclusions for key in exclusion.interviews}
        return tuple(
            interview
            for interview in self.interviews()
            if interview.row.wave == wave and interview.row.id not in left_out
        )

    @property
    def waves(self) -> tuple[str, ...]:
        """Codes of the waves that have a counted state, in the order of the form's list of waves."""
        inputs = self.inputs()
        present = {
            interview.wave
            for interview in inputs.interviews
            if interview.state.counts and interview.wave not in inputs.pretest_waves
        }
        order: list[str] = []
        for interview in self.interviews():
            entry = interview.codebook.get(interview.roles.question(Role.INTERVIEW_WAVE))
            order += [choice.code for choice in entry.choices] if entry else []
        ranks = {code: rank for rank, code in reversed(list(enumerate(order)))}
        return tuple(sorted(present, key=lambda wave: (ranks.get(wave, len(order)), wave)))

    def inputs(self) -> ScoringInput:
        """What the scoring model reads, for all waves together; the wave field holds the last one."""
        if self._inputs is None:
            self._inputs = self._build()
        return self._inputs

    def scorecard(self, wave: str) -> "Scorecard":
        """The complete scorecard of a wave, for the internal level."""
        if wave not in self._cards:
            self._cards[wave] = score(self.inputs().for_wave(wave), self.profile)
        return self._cards[wave]

    def coverage(self, wave: str) -> dict[tuple[str, str], int]:
        """Organisations that judge each (stage, dimension) in a wave; all zero without counted interviews."""
        return coverage(self.inputs().for_wave(wave), self.profile)

    def disclosed(self, wave: str, level: Level) -> "DisclosedScorecard":
        """The scorecard of a wave as readers of a level may see it."""
        return disclose(self.scorecard(wave), level)

    def comparison(self, first: str, second: str) -> "WaveComparison":
        """Changes from one wave to a later one."""
        return compare_waves(self.scorecard(first), self.scorecard(second))

    def disclosed_change(self, first: str, second: str, level: Level) -> "DisclosedChange":
        """The same as readers of a level may see it, who may hold the reports of all waves side by side."""
        cards = [self.scorecard(wave) for wave in self.waves]
        return disclose_change(self.comparison(first, second), cards, level)

    def what_if(self, profile: Profile) -> "Assessment":
        """The same interviews under other settings; nothing is stored."""
        other = Assessment(self._project, profile)
        other._records = self._records
        other._forms = self._forms
        other._interviews = self._interviews
        other._inputs = self._inputs
        return other

    def _heads(self, rows: Sequence[InterviewRow]) -> dict[str, tuple[str, ...]]:
        """The heads of the interviews that count; one query for all."""
        counting = {row.id for row in rows if row.state.counts}
        if not counting:
            return {}
        return {key: hashes for key, hashes in self._project.revisions.all_heads().items() if key in counting}

    def _read_missing(self, hashes: Sequence[str], progress: Callable[[int, int], None] | None) -> None:
        """Reads the revisions that are not known yet."""
        missing = [sha for sha in hashes if sha not in self._records]
        lists: dict[tuple[tuple[str, str], ...], Mapping[str, bytes]] = {}
        for number, revision in enumerate(self._project.revisions.each(missing) if missing else (), start=1):
            form = self._form(revision.body["form"])
            wanted = revision.body.get("lists", {})
            key = tuple(sorted(wanted.items()))
            if key not in lists:
                lists[key] = load_lists(self._project, wanted)
            answers = _read_answers(form, revision.answers, lists[key], codebook_of(form).repeats)
            self._records[revision.sha] = _Read(form.sha, answers)
            if progress is not None:
                progress(number, len(missing))

    def _interview(self, row: InterviewRow, heads: Sequence[str]) -> InterviewRecord:
        read = self._records[heads[-1]] if heads else _Read(row.form_sha, Record({}, {}))
        form = self._form(read.form)
        return InterviewRecord(
            row=row,
            form=form,
            roles=self._roles_of(form),
            codebook=codebook_of(form),
            record=read.record,
            revision=heads[-1] if heads else "",
            has_conflict=len(heads) > 1,
        )

    def _form(self, sha: str) -> StoredForm:
        if sha not in self._forms:
            self._forms[sha] = self._project.forms.get(sha)
        return self._forms[sha]

    def _roles_of(self, form: StoredForm) -> QuestionRoles:
        if form.sha not in self._roles:
            self._roles[form.sha] = roles_of(form)
        return self._roles[form.sha]

    def _used_forms(self) -> tuple[StoredForm, ...]:
        used = {interview.form.sha: interview.form for interview in self.interviews()}
        if not used:
            used = {summary.sha: self._form(summary.sha) for summary in self._project.forms.list()[:1]}
        return tuple(used.values())

    def _items(self, form: StoredForm) -> tuple[Item, ...]:
        catalog = load_catalog()
        return read_items(
            scoring_rows(form),
            [stage.key for stage in catalog.stages],
            [dimension.key for dimension in catalog.dimensions],
            wordings=codebook_of(form).wordings(),
        )[0]

    def _build(self) -> ScoringInput:
        catalog = load_catalog()
        forms = self._used_forms()
        items = {form.sha: self._items(form) for form in forms}
        heads: list[Interview] = []
        responses: dict[ResponseKey, str | None] = {}
        ties: list[Tie] = []
        benchmarks: list[BenchmarkAnswer] = []
        proposals: list[Proposal] = []
        pretests: set[str] = set()
        for interview in self.interviews():
            pretests.update(interview.roles.values(Role.WAVE_EXCLUDED))
            heads.append(_head(interview))
            found = collect_responses(
                interview.row.id, _answers(interview), items[interview.form.sha], _fields(interview.roles)
            )
            responses.update(found.responses)
            ties += found.ties
            benchmarks += found.benchmarks
            proposals += found.proposals
        newest = items[forms[0].sha] if forms else ()
        return ScoringInput(
            wave="",
            stages=tuple(stage.key for stage in catalog.stages),
            dimensions=tuple(dimension.key for dimension in catalog.dimensions),
            items=newest,
            organisations=tuple(self._organisations()),
            interviews=tuple(heads),
            responses=responses,
            ties=tuple(ties),
            benchmarks=tuple(benchmarks),
            proposals=tuple(proposals),
            pretest_waves=frozenset(pretests) or frozenset({"pretest"}),
        )

    def _organisations(self) -> Iterator[Organisation]:
        for actor in self._project.actors.list():
            known = (stage for stage, role in actor.stages.items() if role is not StageRole.OBSERVER)
            yield Organisation(
                key=actor.key,
                type=actor.type.value,
                place=actor.place,
                is_known_in=frozenset(known),
                is_interviewed=actor.is_interviewed,
            )


def _head(interview: InterviewRecord) -> Interview:
    row, roles, record = interview.row, interview.roles, interview.record
    stage_key, stage_role = roles.question(Role.STAGE_KEY), roles.question(Role.STAGE_ROLE)
    meanings = {code: role for word, role in _ROLES.items() for code in roles.values(word)}
    by_stage = {
        instance.get(stage_key): meanings[instance.get(stage_role)]
        for instance in record.instances(roles.question(Role.STAGE_REPEAT))
        if instance.get(stage_key) and instance.get(stage_role) in meanings
    }
    consent = roles.question(Role.CONSENT_PARTICIPATE)
    return Interview(
        key=row.id,
        organisation=record.get(roles.question(Role.ACTOR)) or row.actor_key,
        wave=record.get(roles.question(Role.INTERVIEW_WAVE)) or row.wave,
        state=row.state,
        has_consent=consent is None or roles.says_yes(Role.CONSENT_PARTICIPATE, record.get(consent)),
        has_conflict=interview.has_conflict,
        may_be_named=roles.says_yes(Role.CONSENT_NETWORK, record.get(roles.question(Role.CONSENT_NETWORK))),
        roles=by_stage,
        form_hash=interview.form.sha,
    )


def _fields(roles: QuestionRoles) -> Fields:
    return Fields(
        partner=roles.question(Role.TIE_PARTNER) or "",
        tie_kinds=roles.question(Role.TIE_KINDS) or "",
        reference=roles.question(Role.REFERENCE) or "",
        measure=roles.question(Role.MEASURE_TITLE) or "",
    )


def _answers(interview: InterviewRecord) -> Iterator[Answer]:
    """All answers of an interview; a question of a repeat that was not asked in an instance is said to be so."""
    yield from _level(interview.record, "", (), interview.codebook)


def _level(record: Record, repeat: str, keys: tuple[str, ...], codebook: Codebook) -> Iterator[Answer]:
    for question, value in record.values.items():
        yield Answer(question, keys, value)
    if not record.values:
        return
    for entry in codebook.entries.values():
        if entry.repeat == repeat and entry.question not in record.values:
            yield Answer(entry.question, keys, "", is_relevant=False)
    for name, instances in record.repeats.items():
        for position, instance in enumerate(instances, start=1):
            yield from _level(instance, name, (*keys, str(position)), codebook)
