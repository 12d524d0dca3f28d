"""Settings, forms, lists, registers, notes, attachments, measures, logs, codes."""

import shutil
from pathlib import Path

import pytest

from roadmapdesk.domain.actors import Actor, ActorType
from roadmapdesk.domain.catalog import load_catalog
from roadmapdesk.domain.interviews import InterviewState
from roadmapdesk.storage import open_project
from roadmapdesk.storage.registers import name_key
from roadmapdesk.storage.values import Summary

from .conftest import answer


def test_settings_keep_json_values(project):
    project.settings.set("scoring_profile", {"weights": {"d1": 2}})
    project.settings.title = "Neuer Titel"

    assert project.settings.scoring_profile == {"weights": {"d1": 2}}
    assert (project.settings.title, project.settings.language) == ("Neuer Titel", "de")
    assert len(project.settings.project_id) == 36
    project.settings.set("scoring_profile", None)
    assert project.settings.scoring_profile == {}


def test_the_same_form_is_kept_once(project, form, interview):
    again = project.forms.add(
        project.forms.get(form).xml, form_id="site", version="1", title="x", extra={"roles": [["code", "a1"]]}
    )

    assert again == form
    assert [(entry.sha, entry.interviews) for entry in project.forms.list()] == [(form, 1)]
    assert project.forms.get(form).extra == {"roles": [["code", "a1"]]}
    with pytest.raises(KeyError):
        project.forms.get("0" * 64)


def test_lists_are_found_by_their_hash(project):
    sha = project.lists.add("actors.csv", b"name,label\r\na,A\r\n")

    assert project.lists.add("actors.csv", b"name,label\r\na,A\r\n") == sha
    assert project.lists.get(sha) == b"name,label\r\na,A\r\n"


def test_the_catalogue_goes_through_the_register_unchanged(project):
    catalog = load_catalog()
    project.actors.save_all(catalog.actors)
    project.networks.save_all(catalog.networks)

    assert set(map(repr, project.actors.list())) == set(map(repr, catalog.actors))
    assert set(map(repr, project.networks.list())) == set(map(repr, catalog.networks))
    assert project.check().is_sound


def test_actors_are_sorted_and_found_without_accents(project):
    for key, name in (("b", "Öko GmbH"), ("a", "Zeta"), ("c", "Ohm AG")):
        project.actors.save(Actor(key, {"de": name}, ActorType.COMPANY))

    assert [actor.key for actor in project.actors.list()] == ["c", "b", "a"]
    assert [actor.key for actor in project.actors.find("OKO")] == ["b"]
    assert name_key("Äpfel & Öl ß") == "apfel & ol ss"


def test_a_changed_actor_has_a_history(project):
    project.actors.save(Actor("a", {"de": "Alt"}, ActorType.COMPANY))
    project.actors.save(Actor("a", {"de": "Neu"}, ActorType.COMPANY))
    project.actors.save(Actor("a", {"de": "Neu"}, ActorType.COMPANY))

    assert project.actors.get("a").name("de") == "Neu"
    assert len(project.revisions.history("a", "actor")) == 2
    project.actors.remove("a")
    with pytest.raises(KeyError):
        project.actors.get("a")
    assert len(project.revisions.history("a", "actor")) == 3


def test_interviews_are_listed_by_state_and_wave(project, form):
    ids = [
        project.interviews.create(form, summary=Summary(code=f"A{number}", wave="w1" if number < 3 else "w2"))
        for number in range(5)
    ]
    project.interviews.set_state(ids[0], InterviewState.FINALISED)

    assert {row.id for row in project.interviews.list(wave="w1")} == set(ids[:3])
    assert [row.id for row in project.interviews.list(states=[InterviewState.FINALISED])] == [ids[0]]
    assert project.interviews.count_by_state() == {InterviewState.DRAFT: 4, InterviewState.FINALISED: 1}
    assert project.interviews.count(wave="w2") == 2
    assert project.interviews.waves() == ("w1", "w2")
    assert len(project.interviews.list(limit=2, offset=4)) == 1
    assert project.audit.list(ids[0])[-1].new == "finalised"


def test_a_summary_changes_only_what_it_names(project, interview):
    project.interviews.update_summary(interview, Summary(wave="w2", details={"consent": "yes"}))

    row = project.interviews.get(interview)
    assert (row.code, row.wave, row.detail) == ("A01", "w2", {"consent": "yes"})
    assert project.check().is_sound


def test_frequencies_and_cross_tables_follow_repeats_and_states(project, form):
    for number, (outer, inner) in enumerate([("a", {"k1": "1", "k2": "2"}), ("b", {"k1": "1"})]):
        interview = project.interviews.create(form, summary=Summary(code=str(number)))
        answer(project, interview, "/d/org", outer)
        answer(project, interview, "/d/many", "x y" if number else "x")
        for key, text in inner.items():
            answer(project, interview, f"/d/r[{key}]/perf", text)
            answer(project, interview, f"/d/r[{key}]/imp", key)
    project.interviews.set_state(interview, InterviewState.FINALISED)

    assert project.answers.frequency("perf") == {"1": 2, "2": 1}
    assert project.answers.frequency("many", multiple=True) == {"x": 2, "y": 1}
    assert project.answers.cross_tab("perf", "imp") == {("1", "k1"): 2, ("2", "k2"): 1}
    assert project.answers.cross_tab("org", "perf") == {("a", "1"): 1, ("a", "2"): 1, ("b", "1"): 1}
    assert project.answers.frequency("perf", states=[InterviewState.FINALISED]) == {"1": 1}
    assert project.answers.frequency("unknown") == {}
    assert len(project.answers.values(["/d/r/perf", "org"])) == 5


def test_notes_are_kept_beside_answers(project, interview):
    project.notes.set(interview, "/data/a", "nachfragen")
    project.notes.set(interview, "/data/b", "x")
    project.notes.set(interview, "/data/b", " ")

    assert [(note.ref, note.text) for note in project.notes.list(interview)] == [("/data/a", "nachfragen")]
    assert project.drafts.load(interview).answers == {}


def test_attachments_are_found_by_hash_and_go_with_their_last_link(project, interview, form):
    other = project.interviews.create(form)
    one = project.attachments.add(interview, "/data/photo", b"\x89PNG", name="a.png", mime="image/png")
    project.attachments.add(other, "/data/photo", b"\x89PNG", name="a.png", mime="image/png")

    assert project.attachments.get(one.sha) == b"\x89PNG"
    assert [item.sha for item in project.attachments.list(interview)] == [one.sha]
    project.attachments.remove(interview, "/data/photo", one.sha)
    assert project.attachments.get(one.sha) == b"\x89PNG"
    project.attachments.remove(other, "/data/photo", one.sha)
    with pytest.raises(KeyError):
        project.attachments.get(one.sha)


def test_measures_keep_the_order_of_the_plan(project):
    first = project.measures.save({"title": "Fachkräfte"})
    second = project.measures.save({"title": "Logistik"})
    project.measures.save({"title": "Fachkräfte II"}, measure_id=first.id)

    assert [measure.record["title"] for measure in project.measures.list()] == ["Fachkräfte II", "Logistik"]
    project.measures.reorder([second.id, first.id])
    assert [measure.id for measure in project.measures.list()] == [second.id, first.id]
    project.measures.remove(second.id)
    assert [measure.id for measure in project.measures.list()] == [first.id]


def test_exports_are_logged(project, interview):
    project.export_log.add(
        kind="pdf", level="public", language="de", target="bericht.pdf", sha="0" * 64, interviews=[interview]
    )

    entry = project.export_log.list()[0]
    assert (entry.kind, entry.level, entry.interviews) == ("pdf", "public", (interview,))


def test_codes_of_two_devices_never_meet(project, engine):
    mine = [project.codes.next("A{number:03d}") for _ in range(3)]
    project.codes.reserve(200, 299, device="laptop-b")

    assert mine == ["A001", "A002", "A003"]
    with pytest.raises(ValueError, match="overlaps"):
        project.codes.reserve(250, 350, device="laptop-c")
    with project.context.store.write() as connection:
        connection.exec_driver_sql('UPDATE code_block SET "next" = 101 WHERE device = ?', ("laptop-a",))
    assert project.codes.next() == "300"


def test_copies_of_one_project_give_different_codes_without_knowing_of_each_other(project, engine, tmp_path):
    """Two laptops get the project folder on a stick, before either of them has a block."""
    assert project.codes.next("RP-{number:04d}") == "RP-0001"
    project.close()
    given: list[str] = []
    for device in ("laptop-b", "laptop-c", "laptop-d"):
        copy = Path(shutil.copytree(project.folder, tmp_path / f"{device}.roadmapdesk"))
        with open_project(copy, passphrase=engine.passphrase, device=device) as other:
            given += [other.codes.next("RP-{number:04d}") for _ in range(150)]
            assert [block[0] for block in other.codes.blocks()].count(device) == 2
    assert len(set(given)) == len(given)
    assert all(len(code) == 7 for code in given)


def test_a_form_with_few_numbers_gets_the_next_block(project, engine):
    project.codes.next("{number:02d}")
    project.close()
    with open_project(project.folder, passphrase=engine.passphrase, device="laptop-b") as other:
        assert other.codes.next("{number:02d}") == "101"


def test_pseudonyms_stay_the_same_and_differ(project):
    first = project.pseudonyms.of("interview", ["A01", "A02"])
    again = project.pseudonyms.of("interview", ["A02", "A03"])

    assert first["A02"] == again["A02"]
    assert len({*first.values(), *again.values()}) == 3
    assert not set(first.values()) & {"A01", "A02"}
