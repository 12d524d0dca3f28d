"""Loose bytes, deletion for good, and recordings under way."""

import os
import signal
import subprocess
import sys

import pytest

from roadmapdesk.storage.checks import ProblemKind
from roadmapdesk.storage.errors import Damaged, Erased
from roadmapdesk.storage.restoring import restore_backup
from roadmapdesk.storage.salvage import salvage
from roadmapdesk.storage.values import Summary

PLANTED = b"the recorded voice of a respondent " * 40
PART = bytes(range(256)) * 125  # one second at 16 kHz


@pytest.fixture
def recorded(project, interview):
    """An interview with a recording and a photo, and a backup of both."""
    sound = project.attachments.add(interview, "/data/sound", PLANTED, name="a.flac", mime="audio/flac")
    photo = project.attachments.add(interview, "/data/photo", b"\x89PNG photo", name="a.png", mime="image/png")
    project.backup()
    return project, sound.sha, photo.sha


def every_byte(folder):
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def killed(engine, folder, script: str, *arguments: str) -> None:
    """Runs a script that opens the project and kills itself."""
    code = (
        "import os, signal, sys\n"
        "from roadmapdesk.storage import keys, open_project\n"
        "keys.COST = keys.Cost(passes=1, memory_kib=64, lanes=1)\n"
        f"project = open_project(__import__('pathlib').Path(sys.argv[1]), passphrase={engine.passphrase!r})\n"
        f"{script}\nos.kill(os.getpid(), signal.SIGKILL)\n"
    )
    ended = subprocess.run([sys.executable, "-c", code, str(folder), *arguments], env=os.environ, check=False)
    assert ended.returncode == -signal.SIGKILL


def test_bytes_whose_link_was_cut_off_are_found_with_their_place(project, interview, engine):
    folder = project.folder
    project.close()

    killed(
        engine,
        folder,
        "project.attachments.keep(sys.argv[2], '/data/p', b'photo', name='p.png', mime='image/png')",
        interview,
    )

    with engine.open(folder) as again:
        (loose,) = again.attachments.loose()
        assert (loose.interview_id, loose.ref, loose.name, loose.size) == (interview, "/data/p", "p.png", 5)
        assert again.attachments.get(loose.sha) == b"photo"
        report = again.check()
        assert (report.is_sound, report.loose) == (True, (loose,))
        again.attachments.link(interview, "/data/p", loose.sha, name="p.png", mime="image/png", size=5)
        assert again.attachments.loose() == ()
        again.attachments.remove(interview, "/data/p", loose.sha)
        assert again.attachments.loose() == ()


def test_bytes_of_which_nobody_knows_the_place_are_loose_too(project, interview):
    added = project.attachments.add(interview, "/data/p", b"photo", name="p.png", mime="image/png")
    with project.context.media.write() as connection:
        connection.exec_driver_sql("DELETE FROM arrival")
    assert project.attachments.loose() == ()
    with project.context.store.write() as connection:
        connection.exec_driver_sql("DELETE FROM attachment_link")

    (loose,) = project.attachments.loose()

    assert (loose.sha, loose.interview_id, loose.name) == (added.sha, "", "")


def test_a_deleted_recording_is_nowhere_on_the_disk_and_leaves_a_tombstone(recorded, engine):
    project, sound, photo = recorded
    if not engine.is_encrypted:
        assert PLANTED in every_byte(project.folder)

    assert project.media_deletions.delete([sound], reason="Protokoll freigegeben") == 1

    (stone,) = project.erasures.tombstones()
    assert (stone.kind, stone.entity_hash, stone.reason) == ("attachment", sound, "Protokoll freigegeben")
    assert project.erasures.is_erased(sound, "attachment")
    with pytest.raises(Erased):
        project.attachments.get(sound)
    assert project.attachments.get(photo)
    assert {item.sha for item in project.attachments.list()} == {sound, photo}
    assert project.check().is_sound
    assert project.attachments.loose() == ()
    (event,) = [row for row in project.audit.list() if row.event == "delete attachment"]
    assert (event.ref, event.old, event.reason) == ("/data/sound", sound, "Protokoll freigegeben")
    project.close()
    if not engine.is_encrypted:
        assert PLANTED[:60] not in every_byte(project.folder)


def test_no_import_brings_a_deleted_attachment_back(recorded, interview):
    project, sound, _photo = recorded
    project.media_deletions.delete([sound], reason="x")

    for add in (project.attachments.add, project.attachments.keep):
        with pytest.raises(Erased) as refused:
            add(interview, "/data/again", PLANTED, name="b.flac", mime="audio/flac")
    assert refused.value.code == "storage.media_deleted"
    assert project.attachments.add(interview, "/data/new", b"another", name="c.flac", mime="audio/flac")


def test_no_backup_brings_a_deleted_attachment_back(recorded, engine, tmp_path):
    project, sound, photo = recorded
    project.media_deletions.delete([sound], reason="x")
    project.backup()

    for number, backup in enumerate(project.backups.list()):
        folder = restore_backup(backup.path, tmp_path / f"alt{number}", key=project.file_key)
        with engine.open(folder) as earlier:
            assert earlier.attachments.get(photo)
            with pytest.raises(Erased):
                earlier.attachments.get(sound)
            assert earlier.check().is_sound


def test_a_deletion_needs_a_reason_and_may_be_repeated(recorded):
    project, sound, _photo = recorded
    with pytest.raises(ValueError, match="reason"):
        project.media_deletions.delete([sound], reason=" ")
    assert project.attachments.get(sound)
    project.media_deletions.delete([sound], reason="first")
    project.media_deletions.delete([sound], reason="second")
    assert [stone.reason for stone in project.erasures.tombstones()] == ["first"]


def test_a_deletion_that_a_crash_cut_off_is_finished_at_opening(recorded, engine):
    project, sound, _photo = recorded
    folder = project.folder
    project.close()

    killed(engine, folder, "project.media_deletions._bury((sys.argv[2],), 'x')", sound)

    with engine.open(folder) as again, again.context.media.read() as connection:
        kept = [row[0] for row in connection.exec_driver_sql("SELECT sha FROM attachment")]
        assert sound not in kept
        assert len(kept) == 1


def test_tombstones_of_another_laptop_delete_the_attachment_here(recorded, engine, tmp_path):
    project, sound, photo = recorded
    copy = restore_backup(project.backups.list()[0].path, tmp_path / "Laptop B", key=project.file_key)
    project.media_deletions.delete([sound], reason="x")

    with engine.open(copy) as laptop:
        laptop.backup()
        assert laptop.attachments.get(sound) == PLANTED
        assert laptop.erasures.apply(project.erasures.tombstones()).erased == 0
        (told,) = [row for row in laptop.audit.list() if row.event == "delete attachment"]
        assert (told.old, told.reason) == (sound, "x")
        with pytest.raises(Erased):
            laptop.attachments.get(sound)
        assert laptop.attachments.get(photo)
        assert laptop.check().is_sound
        laptop.close()
        if not engine.is_encrypted:
            assert PLANTED[:60] not in every_byte(copy)


def test_salvage_takes_tombstones_along_and_leaves_deleted_bytes(recorded, engine, tmp_path):
    project, sound, photo = recorded
    project.media_deletions.delete([sound], reason="x")
    folder = project.folder
    project.close()

    with engine.create(tmp_path / "Gerettet") as target:
        salvage(folder, target, key=project.file_key)
        assert target.erasures.is_erased(sound, "attachment")
        assert target.attachments.get(photo)


def test_an_erased_interview_keeps_what_another_one_shares_in_backups_as_well(recorded, form, engine, tmp_path):
    project, _sound, photo = recorded
    other = project.interviews.create(form, summary=Summary(code="A02"))
    project.attachments.add(other, "/data/photo", b"\x89PNG photo", name="a.png", mime="image/png")
    project.attachments.keep(other, "/data/x", b"kept", name="x", mime="text/plain")
    project.backup()

    project.erasures.erase(project.erasures.plan("A01"), reason="Widerruf")

    folder = restore_backup(project.backups.list()[0].path, tmp_path / "alt", key=project.file_key)
    with engine.open(folder) as earlier:
        assert earlier.attachments.get(photo)
        assert earlier.check().is_sound


def test_erasing_an_interview_takes_its_loose_bytes_and_recordings_along(project, interview):
    project.attachments.keep(interview, "/data/p", PLANTED, name="p.png", mime="image/png")
    recording = project.recordings.begin(interview, "/data/sound", rate=16_000)
    project.recordings.keep_part(recording, 0, PART)

    project.erasures.erase(project.erasures.plan("A01"), reason="Widerruf")

    assert project.attachments.loose() == ()
    assert project.recordings.list() == ()
    with project.context.media.read() as connection:
        for table in ("attachment", "arrival", "recording", "recording_part"):
            assert connection.exec_driver_sql(f"SELECT count(*) FROM {table}").fetchone()[0] == 0


def test_a_changed_attachment_is_refused_and_named_by_the_check(recorded, interview):
    project, sound, _photo = recorded
    with project.context.media.write() as connection:
        connection.exec_driver_sql("UPDATE attachment SET body = x'00' WHERE sha = ?", (sound,))

    with pytest.raises(Damaged):
        project.attachments.get(sound)
    (problem,) = project.check().problems
    assert problem.kind is ProblemKind.ATTACHMENT
    assert sound[:12] in problem.sentence
    assert interview in problem.sentence

    project.attachments.add(interview, "/data/sound", PLANTED, name="a.flac", mime="audio/flac")
    assert project.attachments.get(sound) == PLANTED
    assert project.check().is_sound


def test_a_media_file_of_an_earlier_version_gets_the_missing_tables(recorded, interview, engine):
    project, sound, _photo = recorded
    folder = project.folder
    with project.context.media.write() as connection:
        for table in ("arrival", "recording", "recording_part"):
            connection.exec_driver_sql(f"DROP TABLE {table}")
    project.close()

    with engine.open(folder, read_only=True) as reader:
        assert reader.attachments.get(sound) == PLANTED
        assert (reader.attachments.loose(), reader.recordings.list()) == ((), ())
        assert reader.check().is_sound
    with engine.open(folder) as again:
        assert again.attachments.get(sound) == PLANTED
        again.recordings.keep_part(again.recordings.begin(interview, "", rate=16_000), 0, PART)
        assert again.recordings.list()[0].seconds == 1


def test_a_media_file_of_an_earlier_version_gets_check_sums(recorded, interview, engine):
    project, _sound, _photo = recorded
    folder = project.folder
    project.recordings.begin(interview, "", rate=16_000)
    with project.context.media.write() as connection:
        for table in ("arrival", "recording"):
            connection.exec_driver_sql(f"ALTER TABLE {table} DROP COLUMN digest")
    project.close()

    with engine.open(folder, read_only=True) as reader:
        assert reader.check().is_sound
    with engine.open(folder) as again:
        assert again.check().is_sound
        with again.context.media.write() as connection:
            connection.exec_driver_sql("UPDATE recording SET rate = 8000")
        assert [problem.place for problem in again.check().problems] == ["recording 1"]


def test_a_crash_in_a_recording_loses_no_part_that_was_stored(project, interview, engine):
    folder = project.folder
    project.close()

    killed(
        engine,
        folder,
        "recording = project.recordings.begin(sys.argv[2], '/data/sound', rate=16000)\n"
        "for number in range(3): project.recordings.keep_part(recording, number, bytes(range(256)) * 125)",
        interview,
    )

    with engine.open(folder) as again:
        (found,) = again.recordings.list(interview)
        assert (found.ref, found.parts, found.seconds, found.rate) == ("/data/sound", 3, 3.0, 16_000)
        assert list(again.recordings.parts(found.id)) == [PART] * 3
        assert again.check().is_sound
    if engine.is_encrypted:
        assert PART[:200] not in every_byte(folder)


def test_parts_are_kept_once_and_a_changed_one_is_told(project, interview):
    recording = project.recordings.begin(interview, "", rate=16_000)
    assert project.recordings.begin(interview, "", rate=16_000, recording_id=recording) == recording
    project.recordings.keep_part(recording, 0, PART)
    project.recordings.keep_part(recording, 0, PART)
    project.recordings.keep_part(recording, 1, PART)
    with project.context.media.write() as connection:
        connection.exec_driver_sql("UPDATE recording_part SET body = x'0000' WHERE number = 0")

    assert list(project.recordings.parts(recording)) == [None, PART]
    assert [problem.kind for problem in project.check().problems] == [ProblemKind.ATTACHMENT]

    project.recordings.drop(recording)
    assert project.recordings.list() == ()
    assert list(project.recordings.parts(recording)) == []


def test_nothing_is_recorded_for_an_interview_that_is_not_there(project, interview):
    with pytest.raises(KeyError):
        project.recordings.begin("nobody", "", rate=16_000)
    project.erasures.erase(project.erasures.plan("A01"), reason="x")
    with pytest.raises(Erased):
        project.recordings.begin(interview, "", rate=16_000)
