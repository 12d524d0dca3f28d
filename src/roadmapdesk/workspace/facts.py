"""What a report needs, read from a project: disclosed scorecards, counts, released statements, measures."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime

from roadmapdesk import __version__
from roadmapdesk.domain.actors import Actor
from roadmapdesk.domain.catalog import Bilingual, load_catalog
from roadmapdesk.domain.levels import Level
from roadmapdesk.domain.question_roles import Role
from roadmapdesk.errors import Message, RoadmapDeskError, UsageError
from roadmapdesk.i18n import N_, Language
from roadmapdesk.reports.facts import (
    FormFacts,
    Horizon,
    MeasureFacts,
    OptionCount,
    Quote,
    ReportFacts,
    StageBottlenecks,
    TopicCounts,
    WaveFacts,
)
from roadmapdesk.scoring.inputs import Measure
from roadmapdesk.storage.project import Project
from roadmapdesk.workspace import measures as planning
from roadmapdesk.workspace.assessment import Assessment, InterviewRecord
from roadmapdesk.workspace.codebook import CodebookEntry
from roadmapdesk.workspace.paper_forms import blank_form
from roadmapdesk.workspace.records import Record
from roadmapdesk.workspace.releasing import released_at
from roadmapdesk.workspace.study_details import privacy_details

NO_INTERVIEWS = Message(
    "report.no_interviews",
    N_("There is no finished interview yet, so there is nothing to report. Finalise at least one interview first."),
)
UNKNOWN_WAVE = Message(
    "report.unknown_wave", N_("There is no wave “{wave}” with finished interviews. Known: {known}.")
)

_NOTHING = Bilingual("", "")
_RANGE = re.compile(r"(?<=\d)-(?=\d)")


def report_facts(
    project: Project,
    assessment: Assessment,
    *,
    level: Level,
    language: Language,
    wave: str | None = None,
    created: datetime | None = None,
) -> ReportFacts:
    """All facts behind one report.

    Args:
        project: the open project.
        assessment: its assessment; the scorecards are taken from here.
        level: who will read it.
        language: language of the report.
        wave: code of the reported wave, the last one by default; earlier waves are used for the comparison.
        created: moment of the export; now by default.

    Raises:
        UsageError: the wave has no finished interview.
        RoadmapDeskError: no interview is finished at all.
    """
    upto = _waves_upto(assessment, wave)
    reported = upto[-1]
    counted = assessment.counted(reported)
    details = privacy_details(project)
    change = assessment.disclosed_change(upto[-2], reported, level) if len(upto) > 1 else None
    facts = ReportFacts(
        language=language,
        level=level,
        project=project.settings.title,
        catalog=load_catalog(),
        waves=tuple(_wave(assessment, code, level) for code in upto),
        actors=project.actors.list(),
        form=_form(counted),
        app_version=__version__,
        created=created or datetime.now().astimezone(),
        change=change,
        profile=assessment.profile,
        networks=project.networks.list(),
        topics=tuple(_topics(counted)),
        bottlenecks=tuple(_bottlenecks(counted)),
        quotes=tuple(_quotes(counted, project.actors.list(), language)),
        measures=tuple(_measures(project, assessment, reported, level, counted)),
        layers=tuple(choice.label for choice in _choices(counted, Role.MEASURE_LAYER)),
        horizons=tuple(_horizons(counted)),
        type_names={choice.code: choice.label for choice in _choices(counted, Role.ACTOR_TYPE)},
        tie_scale=_tie_scale(assessment),
        kind_names={choice.code: choice.label for choice in _choices(counted, Role.TIE_KINDS)},
        questions=_question_names(assessment, counted),
        contact=details.contact,
        controller=details.controller,
        questionnaire=blank_form(counted[0].form, {}, language),
        is_sample=project.settings.is_sample,
    )
    return replace(facts, released=released_at(project, facts))


def _waves_upto(assessment: Assessment, wave: str | None) -> tuple[str, ...]:
    """The codes of the waves up to the reported one, which comes last."""
    waves = assessment.waves
    if not waves:
        raise RoadmapDeskError(NO_INTERVIEWS)
    reported = wave or waves[-1]
    if reported not in waves:
        raise UsageError(UNKNOWN_WAVE, wave=reported, known=", ".join(waves))
    return waves[: waves.index(reported) + 1]


def wave_name(assessment: Assessment, code: str) -> Bilingual:
    """The name of a wave as the form's own list gives it; the code itself where it does not."""
    for interview in assessment.interviews():
        entry = interview.codebook.get(interview.roles.question(Role.INTERVIEW_WAVE))
        if entry is not None:
            return entry.choice_label(code)
    return Bilingual(code, code)


def _wave(assessment: Assessment, code: str, level: Level) -> WaveFacts:
    days = sorted(day for interview in assessment.counted(code) if (day := _day(interview)) is not None)
    return WaveFacts(
        code=code,
        name=wave_name(assessment, code),
        first_day=days[0] if days else None,
        last_day=days[-1] if days else None,
        scorecard=assessment.disclosed(code, level),
    )


def _day(interview: InterviewRecord) -> date | None:
    text = interview.record.get(interview.roles.question(Role.INTERVIEW_DATE)) or interview.row.conducted_on
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _form(counted: Sequence[InterviewRecord]) -> FormFacts:
    form = counted[0].form
    return FormFacts(Bilingual(form.title, form.title), form.version, form.sha)


def _entry(counted: Sequence[InterviewRecord], role: Role) -> CodebookEntry | None:
    interview = counted[0]
    return interview.codebook.get(interview.roles.question(role))


def _choices(counted: Sequence[InterviewRecord], role: Role) -> Iterable[OptionCount]:
    entry = _entry(counted, role)
    return [OptionCount(choice.code, choice.label, 0) for choice in entry.choices] if entry else []


_NAMED_SOURCES = (
    Role.TIE_PARTNER,
    Role.TIE_KINDS,
    Role.TIE_STAGE,
    Role.MEASURE_TITLE,
    Role.MEASURE_LAYER,
    Role.MEASURE_HORIZON,
    Role.MEASURE_LEAD,
    Role.MEASURE_PRIORITY,
)


def _question_names(assessment: Assessment, counted: Sequence[InterviewRecord]) -> dict[str, tuple[str, ...]]:
    """Names of the form's questions by what they measure or mean, for the data dictionary."""
    names: dict[str, list[str]] = {}
    for item in assessment.inputs().items:
        names.setdefault(item.measure.value, []).append(item.question)
    roles = counted[0].roles
    for role in _NAMED_SOURCES:
        if question := roles.question(role):
            names[role.value] = [question]
    if question := roles.question(Role.STAGE_BOTTLENECKS):
        names["bottleneck"] = [question]
    return {key: tuple(dict.fromkeys(found)) for key, found in names.items()}


def _tie_scale(assessment: Assessment) -> tuple[float, float] | None:
    scales = [(item.minimum, item.maximum) for item in assessment.inputs().items_of(Measure.TIE_STRENGTH)]
    return scales[0] if scales and scales[0][0] < scales[0][1] else None


def _organisation(interview: InterviewRecord) -> str:
    return interview.record.get(interview.roles.question(Role.ACTOR)) or interview.row.id


def _counts(entry: CodebookEntry, chosen: dict[str, set[str]], missing: frozenset[str]) -> tuple[OptionCount, ...]:
    """How many organisations chose each code; `chosen` maps organisation → its codes."""
    return tuple(
        OptionCount(choice.code, choice.label, sum(choice.code in codes for codes in chosen.values()))
        for choice in entry.choices
        if choice.code not in missing
    )


def _topics(counted: Sequence[InterviewRecord]) -> Iterator[TopicCounts]:
    newest = counted[0]
    for topic in newest.roles.topics:
        for question in topic.counts:
            entry = newest.codebook.get(question)
            if entry is None or entry.repeat:
                continue
            missing = newest.roles.missing_codes
            chosen: dict[str, set[str]] = {}
            for interview in counted:
                codes = set(interview.record.codes(question)) - missing
                if codes:
                    chosen.setdefault(_organisation(interview), set()).update(codes)
            yield TopicCounts(
                question=question,
                theme_key=topic.key,
                theme=entry.section,
                label=entry.label,
                n=len(chosen),
                options=_counts(entry, chosen, missing),
            )


def _bottlenecks(counted: Sequence[InterviewRecord]) -> Iterator[StageBottlenecks]:
    newest = counted[0]
    entry = _entry(counted, Role.STAGE_BOTTLENECKS)
    if entry is None:
        return
    missing = newest.roles.missing_codes
    by_stage: dict[str, dict[str, set[str]]] = {}
    for interview in counted:
        for stage, instance in _stage_instances(interview):
            codes = set(instance.codes(interview.roles.question(Role.STAGE_BOTTLENECKS))) - missing
            if codes:
                by_stage.setdefault(stage, {}).setdefault(_organisation(interview), set()).update(codes)
    for place in load_catalog().stages:
        chosen = by_stage.get(place.key, {})
        if chosen:
            yield StageBottlenecks(place.key, len(chosen), _counts(entry, chosen, missing))


def _stage_instances(interview: InterviewRecord) -> Iterator[tuple[str, Record]]:
    roles = interview.roles
    for instance in interview.record.instances(roles.question(Role.STAGE_REPEAT)):
        stage = instance.get(roles.question(Role.STAGE_KEY))
        if stage:
            yield stage, instance


def _quotes(counted: Sequence[InterviewRecord], actors: Sequence[Actor], language: Language) -> Iterator[Quote]:
    """Statements as the consent to attribution allows: named ones may be published, others stay internal."""
    names = {actor.key: actor.name(language.code) for actor in actors}
    for interview in counted:
        roles = interview.roles
        attribution = interview.record.get(roles.question(Role.CONSENT_ATTRIBUTION))
        is_named = roles.says_yes(Role.CONSENT_ATTRIBUTION, attribution)
        speaker = names.get(_organisation(interview), "") if is_named else ""
        for question in roles.questions(Role.QUOTABLE):
            entry = interview.codebook.get(question)
            if entry is not None and entry.repeat:
                for stage, instance in _stage_instances(interview):
                    if instance.get(question):
                        yield Quote(instance.get(question), stage, speaker, is_public=is_named)
            elif interview.record.get(question):
                yield Quote(interview.record.get(question), "", speaker, is_public=is_named)


def _horizons(counted: Sequence[InterviewRecord]) -> Iterator[Horizon]:
    """Columns of the roadmap from the form's list; a bracket in the label holds the years."""
    for choice in _choices(counted, Role.MEASURE_HORIZON):
        german, _open, german_years = choice.label.de.partition(" (")
        english, _open, english_years = choice.label.en.partition(" (")
        years = (_RANGE.sub("–", text.rstrip(")")) for text in (german_years, english_years))
        yield Horizon(Bilingual(german, english), Bilingual(*years))


def _measures(
    project: Project, assessment: Assessment, wave: str, level: Level, counted: Sequence[InterviewRecord]
) -> Iterator[MeasureFacts]:
    """The adopted measures, and at the internal level the proposals that nobody has taken up yet.

    A proposal is the wording of one interview: it carries no agreement to hand it on.
    """
    adopted = planning.planned(project)
    taken = {planning.plain_title(measure.title) for measure in adopted}
    open_ones = [
        measure
        for measure in planning.suggested(planning.proposals(assessment, wave))
        if level is Level.INTERNAL and planning.plain_title(measure.title) not in taken
    ]
    horizons = [choice.code for choice in _choices(counted, Role.MEASURE_HORIZON)]
    for number, measure in enumerate((*adopted, *open_ones), start=1):
        yield MeasureFacts(
            key=measure.key or f"proposal-{number}",
            number=f"M{number:02d}",
            title=measure.title,
            stage=measure.stage or planning.WHOLE,
            dimension=measure.dimension or planning.WHOLE,
            layer=_label(counted, Role.MEASURE_LAYER, measure.layer),
            horizon=horizons.index(measure.horizon) if measure.horizon in horizons else max(0, len(horizons) - 1),
            lead=_label(counted, Role.MEASURE_LEAD, measure.lead),
            priority=measure.priority,
            status=planning.STATUS_NAMES.get(measure.status, _NOTHING),
            next_step=measure.next_step,
            requires=measure.requires,
        )


def _label(counted: Sequence[InterviewRecord], role: Role, code: str) -> Bilingual:
    entry = _entry(counted, role)
    return entry.choice_label(code) if entry is not None and code else Bilingual("offen", "open")
