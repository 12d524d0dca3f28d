"""A result is a draft until somebody releases it, and again once it says something else."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from roadmapdesk.domain.interviews import InterviewState
from roadmapdesk.domain.levels import Level
from roadmapdesk.errors import RoadmapDeskError, UsageError
from roadmapdesk.i18n import Language
from roadmapdesk.reports.facts import ReportFacts
from roadmapdesk.reports.fingerprint import result_hash
from roadmapdesk.storage import Project, open_project
from roadmapdesk.workspace.assessment import Assessment
from roadmapdesk.workspace.facts import report_facts
from roadmapdesk.workspace.releasing import NOBODY, NOT_APPROVED, NOT_RELEASED, release, take_back

Read = Callable[..., ReportFacts]


def approve_all(project: Project) -> None:
    """Every finished interview is approved."""
    for row in project.interviews.list():
        if row.state in {InterviewState.FINALISED, InterviewState.IN_REVIEW}:
            project.interviews.set_state(row.id, InterviewState.APPROVED)


@pytest.fixture(scope="module")
def kept(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Project, Assessment]]:
    """A copy of the sample with all interviews approved, read once."""
    with open_project(shutil.copytree(sample, tmp_path_factory.mktemp("release") / "Beispiel.roadmapdesk")) as opened:
        approve_all(opened)
        assessment = Assessment(opened)
        yield opened, assessment


@pytest.fixture
def project(kept: tuple[Project, Assessment]) -> Iterator[Project]:
    """The project of this module; a release is taken back after each test."""
    opened, assessment = kept
    yield opened
    for level in Level:
        facts = report_facts(opened, assessment, level=level, language=Language("de"))
        if facts.released is not None:
            take_back(opened, facts, by="Test")


@pytest.fixture
def read(kept: tuple[Project, Assessment]) -> Read:
    """A function: level, language → the facts as a report reads them now."""
    opened, assessment = kept

    def facts(level: Level = Level.PUBLIC, language: str = "de", wave: str | None = None) -> ReportFacts:
        return report_facts(opened, assessment, level=level, language=Language(language), wave=wave)

    return facts


def test_a_result_is_a_draft_until_it_is_released(project: Project, read: Read) -> None:
    assert read().released is None
    release(project, read(), by="Leitung")

    released = read()
    assert released.released == project.export_log.list()[0].at
    line = project.export_log.list()[0]
    assert (line.kind, line.level, line.details["wave"], line.details["by"]) == ("release", "public", "w2", "Leitung")
    assert line.sha == result_hash(released)


def test_the_release_holds_in_both_languages_and_for_its_level_and_wave_alone(project: Project, read: Read) -> None:
    release(project, read(language="de"), by="Leitung")

    assert read(language="en").released is not None
    assert read(Level.HANDOFF).released is None
    assert read(Level.INTERNAL).released is None
    assert read(wave="w1").released is None


def test_a_later_decision_on_another_level_or_wave_leaves_a_release_alone(project: Project, read: Read) -> None:
    release(project, read(), by="Leitung")
    release(project, read(Level.HANDOFF), by="Leitung")
    take_back(project, read(Level.HANDOFF), by="Leitung")
    release(project, read(wave="w1"), by="Leitung")
    take_back(project, read(wave="w1"), by="Leitung")

    assert read().released is not None


def test_releasing_twice_is_one_decision(project: Project, read: Read) -> None:
    release(project, read(), by="Leitung")
    lines = len(project.export_log.list())
    release(project, read(), by="Leitung")
    assert len(project.export_log.list()) == lines


def test_a_release_can_be_taken_back_and_given_again(project: Project, read: Read) -> None:
    release(project, read(), by="Leitung")
    take_back(project, read(), by="Leitung")
    assert read().released is None
    with pytest.raises(RoadmapDeskError) as raised:
        take_back(project, read(), by="Leitung")
    assert raised.value.message is NOT_RELEASED
    release(project, read(), by="Leitung")
    assert read().released is not None


def test_whoever_decides_is_named(project: Project, read: Read) -> None:
    with pytest.raises(UsageError) as raised:
        release(project, read(), by="  ")
    assert raised.value.message is NOBODY


def test_a_changed_register_makes_a_draft_of_it_again(project: Project, read: Read) -> None:
    release(project, read(), by="Leitung")
    actor = project.actors.list()[0]
    project.actors.save(replace(actor, place="Anderswo"))
    assert read().released is None
    project.actors.save(actor)
    assert read().released is not None


def test_an_interview_that_is_not_approved_bars_the_release(sample: Path, tmp_path: Path) -> None:
    """Of the wave before as well, because the report compares both."""
    with open_project(shutil.copytree(sample, tmp_path / "Beispiel.roadmapdesk")) as opened:
        approve_all(opened)
        earlier = opened.interviews.list(wave="w1")[0]
        opened.interviews.set_state(earlier.id, InterviewState.FINALISED)
        facts = report_facts(opened, Assessment(opened), level=Level.PUBLIC, language=Language("de"))
        with pytest.raises(RoadmapDeskError) as raised:
            release(opened, facts, by="Leitung")
        assert raised.value.message is NOT_APPROVED
        assert raised.value.parameters == {"n": 1}
        assert not opened.export_log.list()


def test_the_hash_tells_results_apart_not_the_moment_of_writing(read: Read) -> None:
    facts = read()
    assert result_hash(replace(facts, created=facts.created + timedelta(days=9), app_version="9")) == result_hash(
        facts
    )
    changed = [
        replace(facts, measures=facts.measures[1:]),
        replace(facts, topics=facts.topics[1:]),
        replace(facts, bottlenecks=facts.bottlenecks[1:]),
        replace(facts, quotes=facts.quotes[1:]),
        replace(facts, actors=facts.actors[1:]),
        replace(facts, project="Other"),
        replace(facts, waves=facts.waves[:1]),
    ]
    assert len({result_hash(facts), *map(result_hash, changed)}) == len(changed) + 1
