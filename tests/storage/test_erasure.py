"""Erasure leaves nothing but a tombstone, in the project and in every backup."""

import pytest

from roadmapdesk.storage import erasure, rewriting
from roadmapdesk.storage.checks import check_file
from roadmapdesk.storage.errors import DISK_FULL, DiskFull, Erased, ErasureUnfinished
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

    backups = project.backups.list()
    assert backups
    for number, backup in enumerate(backups):
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
        result = laptop.erasures.apply(project.erasures.tombstones())
        assert (result.erased, result.backups_cleaned, result.backups_removed) == (1, 2, 0)
        assert [export.target for export in result.places] == ["daten.xlsx"]
        assert [backup.reason for backup in laptop.backups.list()] == ["erasure", "manual"]
        (told,) = [row for row in laptop.audit.list() if row.event == "erase"]
        assert (told.new, told.reason) == ("1", "Widerruf")
        again = laptop.erasures.apply(project.erasures.tombstones())
        assert (again.erased, again.places, len(laptop.backups.list())) == (0, (), 2)
        with pytest.raises(Erased):
            laptop.drafts.load(interview)
        assert laptop.drafts.load(other).answers == {"/data/a": "bleibt"}
        assert laptop.check().is_sound
    if not engine.is_encrypted:
        assert PLANTED.encode() not in every_byte(copy)


def test_measures_lose_their_link_to_an_erased_interview_in_their_history_and_in_backups_as_well(erasable, engine):
    project, interview, other = erasable
    first = project.measures.save({"title": "Messe", "interviews": [interview, other]})
    project.measures.save({"title": "Messe 2027", "interviews": [interview, other]}, measure_id=first.id)
    last = project.measures.save({"title": "Messe 2028", "interviews": [interview, other]}, measure_id=first.id)
    gone = project.measures.save({"title": "Tour", "interviews": [interview]})
    project.measures.remove(gone.id)
    untouched = project.measures.save({"title": "Register", "interviews": [other]})
    earlier = [revision.sha for revision in project.revisions.history(untouched.id, "measure")]
    project.backup()

    plan = project.erasures.plan("A01")
    assert plan.measures == (last.id,)
    project.erasures.erase(plan, reason="Widerruf")

    assert project.measures.get(first.id).record == {"title": "Messe 2028", "interviews": [other]}
    told = [revision.body["record"]["title"] for revision in project.revisions.history(first.id, "measure")]
    assert sorted(told) == ["Messe", "Messe 2027", "Messe 2028"]
    assert len(project.revisions.heads(first.id, "measure")) == 1
    assert [revision.sha for revision in project.revisions.history(untouched.id, "measure")] == earlier
    assert project.measures.save({"title": "Messe 2029"}, measure_id=first.id).record == {"title": "Messe 2029"}
    assert project.check().is_sound
    for backup in project.backups.list():
        assert check_file(backup.path, project.file_key).is_intact
    project.close()
    if not engine.is_encrypted:
        assert interview.encode() not in every_byte(project.folder)


def test_sound_that_comes_after_an_erasure_is_stored_nowhere(erasable, engine):
    project, interview, _ = erasable
    recording = project.recordings.begin(interview, "/data/s", rate=16_000)
    project.recordings.keep_part(recording, 1, b"before" * 100)
    project.erasures.erase(project.erasures.plan("A01"), reason="Widerruf")

    project.recordings.keep_part(recording, 2, b"after!" * 100)
    with pytest.raises(Erased):
        project.recordings.begin(interview, "/data/s", rate=16_000, recording_id=recording)
    with pytest.raises(Erased):
        project.attachments.add(interview, "/data/s", b"after!" * 100, name="x.wav", mime="audio/wav")

    assert project.recordings.list() == ()
    project.close()
    if not engine.is_encrypted:
        assert b"after!" not in every_byte(project.folder)


def test_what_was_open_while_an_interview_was_erased_does_not_bring_its_id_back(erasable):
    project, interview, other = erasable
    measure = project.measures.save(
        {"title": "Messe", "interviews": [interview, other], "more": {"ids": [interview]}}
    )
    project.erasures.erase(project.erasures.plan("A01"), reason="Widerruf")

    project.measures.save({"title": "Messe neu", "interviews": [interview, other]}, measure_id=measure.id)
    project.export_log.add(
        kind="pdf", level="internal", language="de", target="spät.pdf", sha="0" * 64, interviews=[interview, other]
    )

    assert project.measures.get(measure.id).record == {"title": "Messe neu", "interviews": [other]}
    late, early = project.export_log.list()
    assert (late.interviews, late.erased) == ((other,), 1)
    assert (early.target, early.interviews, early.erased) == ("daten.xlsx", (), 1)
    assert project.check().is_sound


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


def test_a_project_restored_from_a_backup_refuses_an_erased_interview_too(erasable, form, engine, tmp_path):
    from roadmapdesk.storage.restoring import restore_backup

    project, interview, _ = erasable
    project.erasures.erase(project.erasures.plan("A01"), reason="Widerruf")

    folder = restore_backup(project.backups.list()[-1].path, tmp_path / "alt", key=project.file_key)
    with engine.open(folder) as earlier:
        assert earlier.erasures.is_erased(interview)
        with pytest.raises(Erased):
            earlier.interviews.create(form, interview_id=interview)


def test_an_old_backup_that_was_kept_elsewhere_does_not_bring_an_erased_interview_back(erasable, engine, tmp_path):
    from roadmapdesk.storage.restoring import restore_backup

    project, interview, other = erasable
    kept = project.backups.list()[0].path
    (tmp_path / "stick").write_bytes(kept.read_bytes())
    project.erasures.erase(project.erasures.plan("A01"), reason="Widerruf")
    kept.write_bytes((tmp_path / "stick").read_bytes())

    folder = restore_backup(kept, tmp_path / "alt", key=project.file_key)

    with engine.open(folder) as earlier:
        assert [row.id for row in earlier.interviews.list()] == [other]
        assert earlier.erasures.is_erased(interview)
        assert earlier.check().is_sound
    if not engine.is_encrypted:
        assert PLANTED.encode() not in every_byte(folder)
        assert interview.encode() not in every_byte(folder)


@pytest.mark.parametrize("step", ["compact", "rewrite_backups", "purge_backup_media"])
def test_an_erasure_that_was_cut_off_is_finished_at_the_next_opening(erasable, engine, monkeypatch, step):
    project, interview, other = erasable
    backups = len(project.backups.list())
    plan = project.erasures.plan("A01")

    def full(*_):
        raise DiskFull(DISK_FULL)

    real = getattr(erasure, step)
    monkeypatch.setattr(erasure, step, full)
    with pytest.raises(ErasureUnfinished):
        project.erasures.erase(plan, reason="Widerruf")
    folder = project.folder
    project.close()
    monkeypatch.setattr(erasure, step, real)

    with engine.open(folder) as again:
        assert [row.id for row in again.interviews.list()] == [other]
        assert len(again.backups.list()) == backups + 1
        assert again.check().is_sound
        content = every_byte(folder)
        assert PLANTED.encode() not in content
        assert interview.encode() not in content
        for backup in again.backups.list():
            assert check_file(backup.path, again.file_key).interviews == 1


def test_a_full_disk_costs_no_backup(erasable, monkeypatch):
    project = erasable[0]
    backups = project.backups.list()

    def full(*_, **__):
        raise DiskFull(DISK_FULL)

    monkeypatch.setattr(rewriting, "copy_database", full)
    with pytest.raises(DiskFull):
        project.media_deletions.delete([project.attachments.list()[0].sha], reason="Protokoll freigegeben")
    assert project.backups.list() == backups


def test_parts_of_copies_that_a_crash_left_go_at_the_next_opening(erasable, engine):
    project = erasable[0]
    left = project.backups.folder / "20260101T000000000Z-timer.part"
    left.write_bytes(PLANTED.encode())
    folder = project.folder
    project.close()

    with engine.open(folder):
        assert not left.exists()


def test_a_draft_with_a_note_or_a_file_is_no_empty_one(project, form):
    noted, shown, bare = (project.interviews.create(form, summary=Summary(code=code)) for code in ("B1", "B2", "B3"))
    project.notes.set(noted, "/data/a", "Rückruf am Montag")
    project.attachments.add(shown, "", b"Foto", name="foto.png", mime="image/png")

    for one in (noted, shown):
        with pytest.raises(ValueError, match="erased, not dropped"):
            project.erasures.drop_empty(one)
    project.erasures.drop_empty(bare)

    assert {row.id for row in project.interviews.list()} == {noted, shown}
