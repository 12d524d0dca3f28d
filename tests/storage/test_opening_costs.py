"""What opening a project costs: connections and syncs, counted and not timed; and what a large file is spared."""

from collections import Counter
from pathlib import Path
from types import SimpleNamespace

import pytest

from roadmapdesk.storage import create_project, file_format, open_project, tables
from roadmapdesk.storage import engine as engine_module
from roadmapdesk.storage.errors import Damaged

from .conftest import answer, raw


@pytest.fixture
def folder(project, interview) -> Path:
    """A closed project with one answer."""
    answer(project, interview, "/data/a", "1")
    project.close()
    return project.folder


@pytest.fixture
def connections(monkeypatch) -> Counter[str]:
    """How often which file was connected to since."""
    seen: Counter[str] = Counter()
    real = engine_module.driver_for

    def counted(key):
        driver = real(key)

        def connect(place: str, **options):
            seen[Path(place.partition("?")[0]).name] += 1
            return driver.connect(place, **options)

        return SimpleNamespace(**{**vars(driver), "connect": connect})

    monkeypatch.setattr(engine_module, "driver_for", counted)
    return seen


@pytest.fixture
def large(monkeypatch):
    """Pretends that every file is too large to be looked at from end to end before the first write."""
    monkeypatch.setattr(engine_module, "_SMALL", 0)


@pytest.mark.parametrize("read_only", [False, True])
def test_opening_and_closing_take_one_connection_to_each_file(folder, engine, connections, read_only):
    engine.open(folder, read_only=read_only).close()
    assert connections == {"project.sqlite": 1, "media.sqlite": 1}


def test_a_large_file_is_looked_at_through_the_same_connection(folder, engine, connections, large):
    engine.open(folder).close()
    assert connections == {"project.sqlite": 1, "media.sqlite": 1}


def test_work_goes_on_with_the_connection_of_the_opening(folder, engine, connections):
    with engine.open(folder) as project:
        interview = project.interviews.list()[0].id
        project.drafts.save_answer(interview, "/data/a", "a", "1", "2", position="")
        assert project.drafts.load(interview).answers == {"/data/a": "2"}
        assert connections == {"project.sqlite": 1, "media.sqlite": 1}
        assert project.context.store.path.with_name("project.sqlite-journal").stat().st_size == 0


def test_the_connection_of_the_opening_is_as_safe_as_any_other(folder, engine):
    with engine.open(folder) as project, project.context.store.read() as connection:
        asked = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        }
    assert asked == {"journal_mode": "truncate", "synchronous": 3, "foreign_keys": 1, "secure_delete": 1}


def test_a_transaction_that_fails_leaves_nothing(folder, engine):
    def forget(project) -> None:
        with project.context.store.write() as connection:
            connection.exec_driver_sql("DELETE FROM draft_answer")
            raise KeyError

    with engine.open(folder) as project:
        with pytest.raises(KeyError):
            forget(project)
        assert project.drafts.load(project.interviews.list()[0].id).answers == {"/data/a": "1"}


def test_the_names_of_the_tables_are_those_that_files_have():
    """Opening goes by the names alone, without what describes the tables."""
    assert tuple(tables.media_tables.tables) == file_format.MEDIA_TABLES


def _plain(tmp_path: Path) -> Path:
    """A project on plain SQLite with free pages in its file."""
    with create_project(tmp_path / "Plan", title="P", language="de", device="laptop-a") as project:
        for number in range(60):
            project.settings.set(f"k{number}", "x" * 4000)
        for number in range(60):
            project.settings.set(f"k{number}", None)
    return project.folder


def _number(content: bytes, at: int) -> int:
    return int.from_bytes(content[at : at + 4], "big")


def _with_fewer_pages(content: bytearray) -> None:
    """The header tells of ten pages less than there are: SQLite would lay new rows over those."""
    content[28:32] = (_number(content, 28) - 10).to_bytes(4, "big")


def _with_a_free_page_beyond_the_end(content: bytearray) -> None:
    trunk = (_number(content, 32) - 1) * 4096
    content[trunk + 8 : trunk + 12] = (99_999).to_bytes(4, "big")


def _with_a_page_that_is_free_twice(content: bytearray) -> None:
    trunk = (_number(content, 32) - 1) * 4096
    content[trunk + 8 : trunk + 12] = content[trunk + 12 : trunk + 16]


@pytest.mark.parametrize(
    "spoil", [_with_fewer_pages, _with_a_free_page_beyond_the_end, _with_a_page_that_is_free_twice]
)
def test_a_large_file_that_would_grow_over_its_own_rows_stays_unwritten(tmp_path, large, spoil):
    folder = _plain(tmp_path)
    path = folder / "project.sqlite"
    content = bytearray(path.read_bytes())
    assert _number(content, 36) > 2, "there are free pages"
    spoil(content)
    path.write_bytes(content)

    with open_project(folder, device="laptop-a") as project:
        assert project.is_damaged
        assert project.is_read_only
        with pytest.raises(Damaged):
            project.settings.title = "other"
    assert path.read_bytes() == content


def test_a_large_sound_file_is_written_to(tmp_path, large):
    folder = _plain(tmp_path)
    with open_project(folder, device="laptop-a") as project:
        assert not project.is_damaged
        project.settings.title = "other"
    connection = raw(folder / "project.sqlite")
    assert connection.execute("SELECT count(*) FROM session WHERE ended_at IS NULL").fetchone() == (0,)
    connection.close()
