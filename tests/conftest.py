"""What every test gets: a home of its own, German texts, and the shared test data where they exist."""

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from roadmapdesk import i18n
from roadmapdesk.workspace.sample import build_sample

ROOT = Path(__file__).resolve().parent.parent
MEMORY = Path("/dev/shm")
ROOM = 2 << 30
"""Bytes that must be free in memory; a whole run of all tests fills a fifth of it."""


def pytest_configure(config: pytest.Config) -> None:
    """Puts the temporary folders into memory where there is room: a run waits for thousands of syncs otherwise.

    What a disk does with a sync is tested by the fault runners, which ask for a real one.
    """
    if config.option.basetemp is None and MEMORY.is_dir() and shutil.disk_usage(MEMORY).free >= ROOM:
        patch = pytest.MonkeyPatch()
        config.add_cleanup(patch.undo)
        patch.setenv("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


def _whole_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The temporary folder that all workers of a run share."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


def _live_in(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable, folder in (
        ("HOME", home),
        ("XDG_DATA_HOME", home / "data"),
        ("XDG_CONFIG_HOME", home / "config"),
        ("XDG_STATE_HOME", home / "state"),
    ):
        monkeypatch.setenv(variable, str(folder))


@pytest.fixture(scope="session", autouse=True)
def _home_of_the_run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A home for what is made once for a run; all workers find the same compiled forms, by content alone."""
    with pytest.MonkeyPatch.context() as patch:
        _live_in(tmp_path_factory.mktemp("home_of_the_run"), patch)
        patch.setenv("XDG_CACHE_HOME", str(_whole_run(tmp_path_factory) / "compiled_forms"))
        yield


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keeps settings and data of the tests away from the user's and from each other."""
    _live_in(tmp_path_factory.mktemp("home"), monkeypatch)


@pytest.fixture(autouse=True)
def _german() -> Iterator[None]:
    """Starts each test in German and leaves no other language behind."""
    i18n.set_language("de")
    yield
    i18n.set_language("de")


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The closed sample project, built once for a run; tests that write take a copy."""
    kept = _whole_run(tmp_path_factory) / "sample"
    if not kept.exists():
        built = tmp_path_factory.mktemp("sample")
        build_sample(built / "Beispiel.roadmapdesk").close()
        with suppress(OSError):  # another worker was first
            built.rename(kept)
    return kept / "Beispiel.roadmapdesk"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with conformance cases, real forms and golden numbers; skips where it is missing."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the shared test data (../shared) are not on this machine")
    return folder
