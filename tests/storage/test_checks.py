"""A check finds what changed behind the program's back, a backup is verified, a damaged project is salvaged."""

import os
import time
from pathlib import Path

import pytest

from roadmapdesk.domain.actors import Actor, ActorType
from roadmapdesk.storage import mending, row_sums, tables
from roadmapdesk.storage.checks import ProblemKind, check_file
from roadmapdesk.storage.errors import BackupFailed, Damaged, ProjectExists
from roadmapdesk.storage.halves import half_of
from roadmapdesk.storage.restoring import compare_with_backup, restore_backup
from roadmapdesk.storage.salvage import salvage
from roadmapdesk.storage.values import RevisionKind

from .conftest import answer, unguard


@pytest.fixture
def filled(project, form, interview):
    for number in range(20):
        answer(project, interview, f"/data/q{number}", f"Antwort {number}")
    other = project.interviews.create(form)
    answer(project, other, "/data/q1", "fertig")
    project.revisions.cut(other, RevisionKind.FINALISE)
    project.actors.save(Actor("a", {"de": "Beispiel GmbH"}, ActorType.COMPANY))
    project.notes.set(interview, "/data/q1", "Notiz")
    project.attachments.add(interview, "/data/q2", b"Bild", name="b.png", mime="image/png")
    project.export_log.add(kind="pdf", level="internal", language="de", target="x.pdf", sha="0" * 64)
    return project


TAMPER = {
    "UPDATE draft_answer SET text = 'Antwort 9x' WHERE path = '/data/q9'": ProblemKind.DRAFT,
    "DELETE FROM draft_answer WHERE path = '/data/q9'": ProblemKind.DRAFT,
    "UPDATE draft SET position = '/data/x'": ProblemKind.DRAFT,
    "UPDATE draft SET sequence = sequence + 1": ProblemKind.DRAFT,
    "UPDATE revision SET document = replace(document, 'fertig', 'fertik')": ProblemKind.REVISION,
    "UPDATE revision SET entity_id = 'x' WHERE entity_kind = 'interview'": ProblemKind.REVISION,
    "DELETE FROM revision_parent": None,
    "UPDATE audit SET new_text = 'anders' WHERE path = '/data/q3'": ProblemKind.AUDIT,
    "UPDATE audit SET at = '2020-01-01T00:00:00.000Z' WHERE id = 3": ProblemKind.AUDIT,
    "UPDATE answer SET text = 'anders'": ProblemKind.INDEX,
    "DELETE FROM answer WHERE text = 'Antwort 4'": ProblemKind.INDEX,
    "UPDATE question SET template = '/data/other' WHERE name = 'q4'": ProblemKind.INDEX,
    "UPDATE interview SET state = 'approved'": ProblemKind.ROW,
    "UPDATE setting SET value = '\"x\"' WHERE key = 'title'": ProblemKind.ROW,
    "UPDATE register SET record = replace(record, 'Beispiel', 'Beispeil')": ProblemKind.ROW,
    "UPDATE note SET text = 'x'": ProblemKind.ROW,
    "UPDATE export_log SET target = 'y.pdf'": ProblemKind.ROW,
    "UPDATE form SET xml = x'00'": ProblemKind.FORM,
    "UPDATE attachment_link SET sha = 'f'": ProblemKind.ATTACHMENT,
}


def test_a_sound_project_has_no_findings(filled):
    report = filled.check()
    assert report.problems == ()
    assert (report.interviews, report.revisions) == (2, 2)


@pytest.mark.parametrize("statement", [key for key, kind in TAMPER.items() if kind])
def test_each_change_behind_the_back_is_found(filled, statement):
    with filled.context.store.write() as connection:
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        unguard(connection)
        connection.exec_driver_sql(statement)

    kinds = {problem.kind for problem in filled.check().problems}

    assert TAMPER[statement] in kinds
    assert all(problem.sentence for problem in filled.check().problems)


def test_the_index_is_rebuilt_from_drafts_and_revisions(filled, interview):
    with filled.context.store.write() as connection:
        connection.exec_driver_sql("DELETE FROM answer")
        connection.exec_driver_sql("DELETE FROM question")
    assert not filled.check().is_sound

    report = filled.check(rebuild_index=True)

    assert report.is_sound
    assert report.rebuilt
    assert filled.answers.frequency("q1") == {"Antwort 1": 1, "fertig": 1}
    answer(filled, interview, "/data/q1", "neu")
    assert filled.check().is_sound


def test_a_backup_is_a_complete_sound_copy(filled):
    backup = filled.backup("import")

    assert check_file(backup.path, filled.file_key).is_sound
    assert filled.backups.list() == (backup,)
    assert not list(backup.path.parent.glob("*.part*"))


def test_a_damaged_project_makes_no_backup_and_keeps_the_good_ones(filled):
    good = filled.backup()
    with filled.context.store.write() as connection:
        connection.exec_driver_sql("UPDATE draft_answer SET text = 'x' WHERE path = '/data/q9'")

    with pytest.raises(BackupFailed):
        filled.backup()
    assert filled.backups.list() == (good,)


def left_behind(folder: Path, monkeypatch, pid: int) -> Path:
    """What a process leaves that was ended while it built a folder."""
    with monkeypatch.context() as patch:
        patch.setattr("roadmapdesk.storage.halves.os.getpid", lambda: pid)
        half = half_of(folder)
    half.mkdir(parents=True)
    (half / "project.sqlite").write_bytes(b"planted")
    return half


GONE = 2**31 - 5


def test_copies_that_an_ended_program_left_are_removed_at_the_next_opening(filled, engine, tmp_path, monkeypatch):
    filled.close()
    backups = filled.folder / "backups"
    gone = [
        left_behind(place / "Kopie.roadmapdesk", monkeypatch, GONE) for place in (tmp_path, filled.folder, backups)
    ]
    alive = left_behind(tmp_path / "Andere.roadmapdesk", monkeypatch, os.getpid())
    with monkeypatch.context() as patch:
        patch.setattr("roadmapdesk.storage.halves.socket.gethostname", lambda: "anderer-rechner")
        foreign = left_behind(tmp_path / "Fremde.roadmapdesk", monkeypatch, GONE)
    (tmp_path / "persönlich.half").mkdir()

    engine.open(filled.folder, read_only=True).close()
    assert all(half.exists() for half in gone)
    engine.open(filled.folder).close()

    assert not any(half.exists() for half in gone)
    assert alive.exists()
    assert foreign.exists()
    assert (tmp_path / "persönlich.half").exists()


def test_a_comparison_lies_beside_the_backups_while_it_runs_and_is_gone_afterwards(filled, monkeypatch):
    backup = filled.backup()
    seen: list[Path] = []

    def look(first, second):
        seen.append(second.folder)
        raise KeyboardInterrupt

    monkeypatch.setattr("roadmapdesk.storage.restoring.compare_projects", look)
    with pytest.raises(KeyboardInterrupt):
        compare_with_backup(filled, backup.path)

    assert filled.backups.folder in seen[0].parents
    assert list(filled.backups.folder.glob(".*")) == []
    assert filled.backups.list() == (backup,)


def test_a_backup_is_restored_to_a_new_folder_and_compared(filled, interview, engine, tmp_path):
    backup = filled.backup()
    answer(filled, interview, "/data/q1", "später geändert")
    added = filled.interviews.create(filled.forms.list()[0].sha)

    difference = compare_with_backup(filled, backup.path)
    assert [row.id for row in difference.only_first] == [added]
    assert [(row.id, count) for row, count in difference.changed] == [(interview, 1)]
    assert difference.same == 1

    restored = restore_backup(backup.path, tmp_path / "Zurück", key=filled.file_key)
    with engine.open(restored) as earlier:
        assert earlier.drafts.load(interview).answers["/data/q1"] == "Antwort 1"
        assert earlier.attachments.get(earlier.attachments.list()[0].sha) == b"Bild"
        assert earlier.check().is_sound
    with pytest.raises(ProjectExists):
        restore_backup(backup.path, filled.folder, key=filled.file_key)


def test_what_earlier_versions_left_half_made_goes_when_nobody_writes_to_it(filled, engine):
    filled.close()
    place, now = filled.folder.parent, time.time()
    for name, age in (
        (".A.roadmapdesk.restored", 4000),
        (".B.roadmapdesk.77.new", 4000),
        (".C.roadmapdesk.78.new", 5),
    ):
        (place / name).mkdir()
        (place / name / "project.sqlite").write_bytes(b"planted")
        for path in (place / name / "project.sqlite", place / name):
            os.utime(path, (now - age, now - age))
    foreign = place / ".D.roadmapdesk.restored"
    foreign.mkdir()
    (foreign / "letter.txt").write_bytes(b"mine")
    for path in (foreign / "letter.txt", foreign):
        os.utime(path, (now - 4000, now - 4000))

    engine.open(filled.folder).close()

    left = {path.name for path in place.iterdir() if path.name.startswith(".")}
    assert left == {".C.roadmapdesk.78.new", ".D.roadmapdesk.restored"}


def test_a_timed_backup_needs_a_change_and_ten_minutes(filled, monkeypatch):
    assert filled.backup_if_due() is None
    clock = filled.backups._last
    monkeypatch.setattr("roadmapdesk.storage.backups.time.monotonic", lambda: clock + 601)
    assert filled.backup_if_due() is not None
    monkeypatch.setattr("roadmapdesk.storage.backups.time.monotonic", lambda: clock + 1300)
    assert filled.backup_if_due() is None


def test_readable_answers_come_out_of_a_damaged_project(filled, interview, engine, tmp_path):
    """Each page in turn is spoilt: what comes out is sound, and what is lost is told."""
    folder, key = filled.folder, filled.file_key
    answers = filled.drafts.load(interview).answers
    filled.close()
    path = folder / "project.sqlite"
    good = path.read_bytes()
    complete = 0
    for page in range(1, len(good) // 4096, 3):
        path.write_bytes(good[: page * 4096] + b"\xa5" * 4096 + good[(page + 1) * 4096 :])
        with engine.create(tmp_path / f"Gerettet {page}") as target:
            report = salvage(folder, target, key=key)
            assert target.check().is_sound
            found = {row.id for row in target.interviews.list()}
            if interview in found and interview not in report.doubtful:
                assert target.drafts.load(interview).answers == answers
                complete += 1
            else:
                assert report.unreadable or interview in report.doubtful
    assert complete >= len(range(1, len(good) // 4096, 3)) * 0.85


def test_salvage_of_a_sound_project_brings_everything(filled, interview, engine, tmp_path):
    folder, answers = filled.folder, filled.drafts.load(interview).answers
    filled.close()

    with engine.create(tmp_path / "Gerettet") as target:
        report = salvage(folder, target, key=filled.file_key)
        assert (report.forms, report.revisions, report.drafts, report.doubtful, report.attachments) == (
            1,
            2,
            1,
            (),
            1,
        )
        assert target.drafts.load(interview).answers == answers
        assert [actor.key for actor in target.actors.list()] == ["a"]
        assert len(target.attachments.list()) == 1
        assert [note.text for note in target.notes.list()] == ["Notiz"]
        assert len(target.audit.list(interview)) >= 20
        assert target.check().is_sound


@pytest.mark.parametrize(
    ("statement", "read"),
    [
        ("UPDATE draft_answer SET text = 'x' WHERE path = '/data/q9'", "draft"),
        ("UPDATE draft SET lists = '{' WHERE 1", "draft"),
        ("UPDATE draft_answer SET text = CAST(x'fffe' AS TEXT) WHERE path = '/data/q9'", "draft"),
        ("UPDATE revision SET document = document || ' '", "revision"),
    ],
)
def test_changed_answers_are_never_shown_as_if_nothing_were(filled, interview, statement, read):
    sha = next(row.sha for other in filled.interviews.list() for row in filled.revisions.heads(other.id))
    with filled.context.store.write() as connection:
        unguard(connection)
        connection.exec_driver_sql(statement)

    with pytest.raises(Damaged):
        filled.drafts.load(interview) if read == "draft" else filled.revisions.get(sha)


def test_a_damaged_table_of_contents_is_mended(filled, interview, engine, tmp_path):
    folder, key, answers = filled.folder, filled.file_key, filled.drafts.load(interview).answers
    filled.close()
    path, copy = folder / "project.sqlite", tmp_path / "trial.sqlite"
    good = path.read_bytes()
    broken = 0
    for page in range(1, len(good) // mending.PAGE):
        spoilt = good[: page * mending.PAGE] + b"\xa5" * mending.PAGE + good[(page + 1) * mending.PAGE :]
        copy.write_bytes(spoilt)
        if not mending._has_contents(copy, key):
            broken += 1
            path.write_bytes(spoilt)
            with engine.create(tmp_path / f"Gerettet {page}") as target:
                assert salvage(folder, target, key=key).doubtful == ()
                assert target.drafts.load(interview).answers == answers
    assert broken >= 2


SPOILT = (
    ("project", "session", "author", "'somebody else'"),
    ("project", "form", "title", "'Another title'"),
    ("project", "form", "source", "x'00'"),
    ("project", "external_list", "name", "'other.csv'"),
    ("project", "attachment_link", "name", "'other.jpg'"),
    ("project", "attachment_link", "size", "size + 1"),
    ("project", "code_block", '"next"', '"next" - 1'),
    ("project", "pseudonym", "pseudonym", "'ABCDE'"),
    ("project", "question", "name", "'other'"),
    ("project", "register", "updated_at", "'2020-01-01T00:00:00.000Z'"),
    ("project", "register", "updated_at", "'not a moment'"),
    ("project", "register", "name_key", "'other'"),
    ("project", "register", "record", "replace(record, 'hzdr', 'hzdx')"),
    ("media", "arrival", "path", "'/data/other'"),
    ("media", "arrival", "at", "'not a moment'"),
    ("media", "arrival", "interview_id", "'other'"),
    ("media", "recording", "rate", "8000"),
)


@pytest.fixture
def full(project, interview):
    """A project with a row in every table that got its check sums later."""
    answer(project, interview, "/data/photo", "photo.jpg")
    project.introduce("Auswertung")
    project.lists.add("actors.csv", b"name\nA\n")
    project.attachments.add(interview, "/data/photo", b"bytes", name="photo.jpg", mime="image/jpeg")
    project.recordings.begin(interview, "/data/sound", rate=16_000)
    project.codes.next()
    project.pseudonyms.of("actor", ["hzdr"])
    project.actors.save(Actor("hzdr", {"en": "", "de": "Zentrum hzdr"}, ActorType.COMPANY))
    assert project.check().is_sound
    return project


@pytest.mark.parametrize(("file", "table", "column", "value"), SPOILT)
def test_a_row_changed_outside_the_program_is_named(full, file, table, column, value):
    store = full.context.store if file == "project" else full.context.media
    with store.write() as connection:
        connection.exec_driver_sql(f"UPDATE {table} SET {column} = {value}")

    (problem,) = full.check().problems

    assert problem.kind is ProblemKind.ROW
    assert problem.place == ("register actor hzdr" if table == "register" else f"{table} 1")


def test_bytes_that_nobody_knows_are_found_whatever_stands_beside_them(full):
    with full.context.media.write() as connection:
        connection.exec_driver_sql("DELETE FROM arrival")
        connection.exec_driver_sql("UPDATE attachment SET added_at = 'not a moment', mime = 'other'")
    with full.context.store.write() as connection:
        connection.exec_driver_sql("DELETE FROM attachment_link")

    (file,) = full.check().loose

    assert (file.interview_id, file.mime, file.added_at, file.size) == ("", "", None, 5)


def test_using_a_changed_row_does_not_hide_that_it_was_changed(full, engine):
    with full.context.store.write() as connection:
        connection.exec_driver_sql('UPDATE code_block SET "next" = "next" + 3')
        connection.exec_driver_sql("UPDATE session SET host = 'other'")

    full.codes.next()
    full.close()

    with engine.open(full.folder) as again:
        assert {problem.place for problem in again.check().problems} == {"code_block 1", "session 1"}


def test_every_table_is_covered_by_some_check_sum_or_derived():
    covered = set(row_sums.SUMMED) | {"setting", "register", "interview", "draft", "audit", "note", "tombstone"}
    covered |= {"export_log", "revision", "attachment", "recording_part"}
    derived = {"draft_answer", "question", "answer", "revision_parent", "alembic_version"}

    assert covered | derived == {*tables.project_tables.tables, *tables.media_tables.tables}
