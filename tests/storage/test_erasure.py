"""Erasure leaves nothing but a tombstone, in the project and in every backup."""

import pytest

from roadmapdesk.storage.errors import Erased
from roadmapdesk.storage.values import RevisionKind, Summary

from .conftest import answer

PLANTED = "Planted sentence of a person who withdrew"


@pytest.fixture
def erasable(project, form, interview):
    """A project in which the interview A01 left traces everywhere; returns (project, interview, other)."""
    answer(project, interview, "/data/a", PLANTED)
    project.revisions.cut(interview, RevisionKind.EDIT)
    answer(project, interview, "/data/a", PLANTED + " twice")
    project.revisions.cut(interview, RevisionKind.FINALISE, "x")
    project.notes.set(interview, "/data/a", PLANTED)
    project.attachments.add(interview, "/data/p", PLANTED.encode() * 50, name=PLANTED, mime="text/plain")
    project.pseudonyms.of("interview", ["A01"])
    project.export_log.add(
        kind="xlsx", level="internal", language="de", target="daten.xlsx", sha="0" * 64, interviews=[interview]
    )
    other = project.interviews.create(form, summary=Summary(code="A02"))
    answer(project, other, "/data/a", "bleibt")
    project.backup()
    return project, interview, other


def every_byte(folder):
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_the_plan_lists_what_an_erasure_would_hit_and_changes_nothing(erasable):
    project, interview, _ = erasable

    plan = project.erasures.plan("A01")

    assert [row.id for row in plan.interviews] == [interview]
    assert (plan.revisions, plan.attachments, plan.backups) == (2, 1, 1)
    assert [place.target for place in plan.places] == ["daten.xlsx"]
    assert project.drafts.load(interview).answers
    assert project.erasures.plan("A99").interviews == ()


def test_nothing_of_an_erased_interview_is_left_on_the_disk(erasable, engine):
    project, interview, other = erasable
    if not engine.is_encrypted:
        assert PLANTED.encode() in every_byte(project.folder)

    result = project.erasures.erase(project.erasures.plan("A01"), reason="Widerruf")

    assert (result.erased, result.backups_cleaned, result.backups_removed) == (1, 2, 0)
    assert [place.target for place in result.places] == ["daten.xlsx"]
    with pytest.raises(Erased):
        project.drafts.load(interview)
    with pytest.raises(Erased):
        answer(project, interview, "/data/a", "x")
    assert project.drafts.load(other).answers == {"/data/a": "bleibt"}
    assert project.check().is_sound
    project.close()
    if not engine.is_encrypted:
        content = every_byte(project.folder)
        assert PLANTED.encode() not in content
        assert interview.encode() not in content


def test_backups_do_not_bring_an_erased_interview_back(erasable, engine, tmp_path):
    from roadmapdesk.storage.restoring import restore_backup

    project, _, other = erasable
    project.erasures.erase(project.erasures.plan("A01"), reason="Widerruf")

    for number, backup in enumerate(project.backups.list()):
        folder = restore_backup(backup.path, tmp_path / f"alt{number}", key=project.file_key)
        with engine.open(folder) as earlier:
            assert [row.id for row in earlier.interviews.list()] == [other]
            assert earlier.attachments.list() == ()
            assert earlier.check().is_sound


def test_an_import_cannot_bring_an_erased_interview_back(erasable, form):
    project, interview, _ = erasable
    project.erasures.erase(project.erasures.plan("A01"), reason="Widerruf")

    assert project.erasures.is_erased(interview)
    with pytest.raises(Erased):
        project.interviews.create(form, interview_id=interview)


def test_tombstones_of_another_laptop_erase_here_too(erasable, engine, tmp_path):
    from roadmapdesk.storage.restoring import restore_backup

    project, interview, other = erasable
    backup = project.backups.list()[0]
    copy = restore_backup(backup.path, tmp_path / "Laptop B", key=project.file_key)
    project.erasures.erase(project.erasures.plan("A01"), reason="Widerruf")

    with engine.open(copy) as laptop:
        laptop.backup()
        assert laptop.erasures.apply(project.erasures.tombstones()) == 1
        assert laptop.erasures.apply(project.erasures.tombstones()) == 0
        with pytest.raises(Erased):
            laptop.drafts.load(interview)
        assert laptop.drafts.load(other).answers == {"/data/a": "bleibt"}
        assert laptop.check().is_sound
    if not engine.is_encrypted:
        assert PLANTED.encode() not in every_byte(copy)


def test_an_erasure_needs_a_reason_and_something_to_erase(erasable):
    project = erasable[0]
    with pytest.raises(ValueError, match="reason"):
        project.erasures.erase(project.erasures.plan("A01"), reason=" ")
    with pytest.raises(ValueError, match="needs"):
        project.erasures.erase(project.erasures.plan("A99"), reason="x")


def test_the_pseudonym_of_an_organisation_goes_with_its_last_interview(erasable, form):
    project, _interview, _other = erasable
    later = project.interviews.create(form, summary=Summary(code="A03", wave="w2", actor_key="hzdr"))
    answer(project, later, "/data/a", "auch hier")
    name = project.pseudonyms.of("actor", ["hzdr"])["hzdr"]

    project.erasures.erase(project.erasures.plan("A01"), reason="Widerruf")
    assert project.pseudonyms.of("actor", ["hzdr"])["hzdr"] == name
    project.erasures.erase(project.erasures.plan("A03"), reason="Widerruf")
    assert project.pseudonyms.of("actor", ["hzdr"])["hzdr"] != name
