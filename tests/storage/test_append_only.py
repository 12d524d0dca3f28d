"""The file refuses to change what was recorded, also in projects that were made before it did."""

import contextlib
import shutil

import pytest

from roadmapdesk.storage import file_format, open_project, schema, tables
from roadmapdesk.storage.engine import connect
from roadmapdesk.storage.errors import MigrationFailed, Rejected
from roadmapdesk.storage.migrations import runner
from roadmapdesk.storage.project import PROJECT_FILE
from roadmapdesk.storage.restoring import compare_with_backup
from roadmapdesk.storage.salvage import salvage
from roadmapdesk.storage.values import RevisionKind

from .conftest import answer


@pytest.fixture
def filled(project, interview):
    """A project with rows in every table that the guards watch."""
    answer(project, interview, "/data/a", "1")
    project.revisions.cut(interview, RevisionKind.FINALISE)
    gone = project.interviews.create(project.forms.list()[0].sha, summary=_named("B02"))
    answer(project, gone, "/data/a", "2")
    project.erasures.erase(project.erasures.plan("B02"), reason="Widerruf")
    return project


def _named(code: str):
    from roadmapdesk.storage.values import Summary

    return Summary(code=code)


def as_first_version(folder, key) -> None:
    """Turns a closed project into a file of version 0001 with the same rows, made by the first step alone."""
    path, old = folder / PROJECT_FILE, folder / "old.sqlite"
    driver = schema.driver_for(key)
    runner.run(lambda: connect(old, key, mode="rwc", pragmas=()), driver, target="0001")
    with contextlib.closing(connect(path, key)) as source, contextlib.closing(connect(old, key)) as target:
        target.execute("PRAGMA foreign_keys = OFF")
        target.execute(f"PRAGMA application_id = {file_format.PROJECT_APPLICATION_ID}")
        for table in tables.project_tables.sorted_tables:
            if table.name == "alembic_version":
                continue
            known = [row[1] for row in target.execute(f'PRAGMA table_info("{table.name}")')]
            columns = ", ".join(f'"{name}"' for name in known)
            marks = ", ".join("?" * len(known))
            rows = source.execute(f'SELECT {columns} FROM "{table.name}"').fetchall()
            target.executemany(f'INSERT INTO "{table.name}" ({columns}) VALUES ({marks})', rows)
    old.replace(path)


@pytest.fixture
def first_version(filled):
    """The folder of a populated project of version 0001, closed."""
    key = filled.file_key
    filled.close()
    shutil.rmtree(filled.folder / "backups")
    as_first_version(filled.folder, key)
    return filled.folder


FORGED = (
    "UPDATE audit SET new_text = 'x'",
    "UPDATE audit SET reason = 'x' WHERE interview_no IS NULL",
    "DELETE FROM audit WHERE interview_no IS NOT NULL",
    "DELETE FROM audit WHERE interview_no IS NULL",
    "UPDATE revision SET document = '{}'",
    "UPDATE tombstone SET reason = 'x'",
    "DELETE FROM tombstone",
)


@pytest.mark.parametrize("statement", FORGED)
def test_no_statement_changes_what_was_recorded(filled, statement):
    before = (filled.audit.list(), filled.erasures.tombstones())

    with pytest.raises(Rejected), filled.context.store.write() as connection:
        connection.exec_driver_sql(statement)

    assert (filled.audit.list(), filled.erasures.tombstones()) == before
    assert before[0]
    assert before[1]


def test_an_erased_interview_takes_its_events_along(project, interview):
    answer(project, interview, "/data/a", "1")
    project.erasures.erase(project.erasures.plan("A01"), reason="Widerruf")

    with project.context.store.read() as connection:
        left = connection.exec_driver_sql("SELECT event FROM audit").fetchall()
    assert [event for (event,) in left] == ["erase"]


def test_a_populated_project_of_the_first_version_is_backed_up_and_converted(first_version, engine):
    with engine.open(first_version) as project:
        (backup,) = project.backups.list()
        (interview,) = project.interviews.list()
        assert backup.reason == "migration"
        assert project.drafts.load(interview.id).answers == {"/data/a": "1"}
        assert len(project.revisions.history(interview.id)) == 1
        assert len(project.erasures.tombstones()) == 1
        assert project.check().is_sound
        with pytest.raises(Rejected), project.context.store.write() as connection:
            connection.exec_driver_sql("DELETE FROM audit WHERE interview_no IS NOT NULL")


def test_a_project_of_the_first_version_can_be_read_without_a_conversion(first_version, engine):
    before = (first_version / PROJECT_FILE).read_bytes()

    with engine.open(first_version, read_only=True) as project:
        (interview,) = project.interviews.list()
        assert project.drafts.load(interview.id).answers == {"/data/a": "1"}

    assert (first_version / PROJECT_FILE).read_bytes() == before


def test_what_is_salvaged_from_the_first_version_gets_its_check_sums(first_version, filled, engine, tmp_path):
    with engine.create(tmp_path / "Gerettet") as target:
        report = salvage(first_version, target, key=filled.file_key)
        assert report.is_complete
        assert target.check().is_sound
        with target.context.store.read() as connection:
            for table in ("session", "form"):
                sums = connection.exec_driver_sql(f"SELECT digest FROM {table}").fetchall()
                assert all(len(digest) == 32 for (digest,) in sums)


def test_a_backup_of_the_first_version_can_be_compared_and_erased_from(first_version, engine, tmp_path):
    with engine.open(first_version) as project:
        (backup,) = project.backups.list()
        assert compare_with_backup(project, backup.path).is_same
        result = project.erasures.erase(project.erasures.plan("A01"), reason="Widerruf")
        assert (result.backups_cleaned, result.backups_removed) == (2, 0)


def test_a_conversion_that_fails_leaves_the_first_version_as_it_was(first_version, engine):
    key = None
    if engine.is_encrypted:
        from roadmapdesk.storage.opening import find_key

        key = find_key(first_version, engine.passphrase, None)
    with contextlib.closing(connect(first_version / PROJECT_FILE, key)) as connection:
        connection.execute("CREATE TRIGGER tombstone_stays BEFORE DELETE ON tombstone BEGIN SELECT 1; END")
    before = (first_version / PROJECT_FILE).read_bytes()

    with pytest.raises(MigrationFailed) as caught:
        engine.open(first_version)

    assert (first_version / PROJECT_FILE).read_bytes() == before
    with open_project(first_version, key=key, read_only=True) as project:
        assert len(project.interviews.list()) == 1
    assert caught.value.parameters["backup"].exists()
