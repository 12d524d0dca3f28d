"""The shipped catalogue is complete, keeps its sources, and survives its own records."""

import re

from roadmapdesk.domain.actors import Actor, ReferenceNetwork
from roadmapdesk.domain.catalog import load_catalog


def test_catalogue_holds_the_whole_chain_and_every_known_actor_and_network() -> None:
    catalog = load_catalog()

    assert [stage.key for stage in catalog.stages] == [f"s{number}" for number in range(1, 10)]
    assert [dimension.key for dimension in catalog.dimensions] == [f"d{number}" for number in range(1, 8)]
    assert len(catalog.stage_edges) == 17
    assert len(catalog.actors) == 28
    assert len(catalog.networks) == 13
    assert sum(actor.is_founder for actor in catalog.actors) >= 9


def test_every_fact_names_a_source_that_the_catalogue_explains() -> None:
    catalog = load_catalog()

    for entry in (*catalog.actors, *catalog.networks):
        for fact in entry.facts:
            marks = re.findall(r"[SP]\d+", fact.source)
            assert marks, entry.key
            assert all(mark in catalog.sources for mark in marks), entry.key


def test_every_catalogue_text_exists_in_both_languages() -> None:
    catalog = load_catalog()

    for entry in (*catalog.actors, *catalog.networks):
        assert entry.names["de"]
        assert entry.names["en"]
        for fact in entry.facts:
            assert fact.text
            assert fact.text_de
            assert fact.in_language("de") != fact.in_language("en")
    for actor in catalog.actors:
        assert actor.role_text("de")
        assert actor.role_text("en")
        assert bool(actor.note_text("de")) == bool(actor.note_text("en"))


def test_edges_and_roles_name_stages_of_the_chain() -> None:
    catalog = load_catalog()
    stages = {stage.key for stage in catalog.stages}

    assert {key for edge in catalog.stage_edges for key in edge} <= stages
    assert {key for actor in catalog.actors for key in actor.stages} <= stages


def test_the_organisation_that_conducts_the_study_is_not_interviewed() -> None:
    assert [actor.key for actor in load_catalog().actors if not actor.is_interviewed] == ["hzdr_mt"]


def test_actor_and_network_survive_their_records() -> None:
    catalog = load_catalog()

    for actor in catalog.actors:
        assert Actor.from_record(actor.to_record()) == actor
    for network in catalog.networks:
        assert ReferenceNetwork.from_record(network.to_record()) == network
