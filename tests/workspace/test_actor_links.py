"""Cooperation and measures of one organisation, from both ends and from the plan."""

import shutil
from pathlib import Path

import pytest

from roadmapdesk.workspace.actor_links import ActorLinks, actor_links
from roadmapdesk.workspace.assessment import Assessment
from roadmapdesk.workspace.measures import planned
from roadmapdesk.workspace.projects import open_project

Found = tuple[dict[str, ActorLinks], set[str], dict[str, set[str]]]


@pytest.fixture(scope="module")
def found(
    sample: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[dict[str, ActorLinks], set[str], dict[str, set[str]]]:
    """Links of the sample project, keys of its register, and key of an adopted measure → its proposers."""
    folder = Path(shutil.copytree(sample, tmp_path_factory.mktemp("links") / "Beispiel.roadmapdesk"))
    with open_project(folder) as project:
        assessment = Assessment(project)
        links = dict(actor_links(project, assessment))
        heads = {head.key: head.organisation for head in assessment.inputs().interviews}
        proposers = {measure.key: {heads[key] for key in measure.interviews} for measure in planned(project)}
        return links, {actor.key for actor in project.actors.list()}, proposers


def test_a_cooperation_stands_at_both_ends_with_who_named_it(found: Found) -> None:
    links, known, _proposers = found
    pairs = {(key, tie.partner): tie for key, entry in links.items() for tie in entry.ties}
    assert pairs
    for (first, second), tie in pairs.items():
        assert {first, second} <= known
        back = pairs[second, first]
        assert (back.is_own, back.is_returned) == (tie.is_returned, tie.is_own)
        assert back.stages == tie.stages
        assert tie.is_own or tie.is_returned


def test_adopted_measures_stand_at_all_that_proposed_them(found: Found) -> None:
    links, _known, proposers = found
    assert proposers
    for key, organisations in proposers.items():
        holders = {actor for actor, entry in links.items() if key in {measure.key for measure in entry.measures}}
        assert holders == organisations
