"""Real project folders, each on plain SQLite and on SQLCipher."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from roadmapdesk.storage import Project, create_project, keys, open_project
from roadmapdesk.storage.values import Summary

FORM = b"<h:html xmlns:h='http://www.w3.org/1999/xhtml'/>"


@dataclass(frozen=True)
class Engine:
    """One kind of file: with a passphrase or without."""

    passphrase: str | None

    @property
    def is_encrypted(self) -> bool:
        return self.passphrase is not None

    def create(self, folder: Path, **options: str) -> Project:
        return create_project(
            folder, title="Standort", language="de", passphrase=self.passphrase, device="laptop-a", **options
        )

    def open(self, folder: Path, **options: object) -> Project:
        return open_project(folder, passphrase=self.passphrase, device="laptop-a", **options)


@pytest.fixture(autouse=True)
def _private_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "user"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "user"))


@pytest.fixture(autouse=True)
def _cheap_passphrases(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "COST", keys.Cost(passes=1, memory_kib=64, lanes=1))


@pytest.fixture(params=["plain", "cipher"])
def engine(request: pytest.FixtureRequest) -> Engine:
    return Engine("Kraniche über Rossendorf" if request.param == "cipher" else None)


@pytest.fixture
def project(engine: Engine, tmp_path: Path) -> Iterator[Project]:
    with engine.create(tmp_path / "Standort") as opened:
        yield opened


@pytest.fixture
def form(project: Project) -> str:
    return project.forms.add(FORM, form_id="site", version="1", title="Standort", extra={"roles": [["code", "a1"]]})


@pytest.fixture
def interview(project: Project, form: str) -> str:
    return project.interviews.create(form, summary=Summary(code="A01", wave="w1", actor_key="hzdr"))


def answer(project: Project, interview: str, ref: str, text: str | None, **options: object) -> None:
    """Saves one answer as a screen would."""
    question = ref.rpartition("/")[2]
    old = project.drafts.load(interview).answers.get(ref)
    project.drafts.save_answer(interview, ref, question, old, text, position=ref, **options)


def raw(path: Path) -> sqlite3.Connection:
    """A bare connection to a plain file, to look at or to spoil it."""
    return sqlite3.connect(path, isolation_level=None)


def unguard(connection) -> None:
    """Takes away the guards of the file, as somebody who wants to forge would."""
    for (name,) in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.exec_driver_sql(f"DROP TRIGGER {name}")
