"""What every test gets: a home of its own, German texts, and the shared test data where they exist."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from roadmapdesk import i18n

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keeps settings, caches and data of the tests away from the user's."""
    home = tmp_path_factory.mktemp("home")
    for variable, folder in (
        ("HOME", home),
        ("XDG_DATA_HOME", home / "data"),
        ("XDG_CONFIG_HOME", home / "config"),
        ("XDG_STATE_HOME", home / "state"),
    ):
        monkeypatch.setenv(variable, str(folder))


@pytest.fixture(autouse=True)
def _german() -> Iterator[None]:
    """Starts each test in German and leaves no other language behind."""
    i18n.set_language("de")
    yield
    i18n.set_language("de")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with conformance cases, real forms and golden numbers; skips where it is missing."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the shared test data (../shared) are not on this machine")
    return folder
