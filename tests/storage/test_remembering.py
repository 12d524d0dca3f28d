"""A key is remembered only by the system's key store, and its absence is no failure."""

import sys

import pytest

pytest.importorskip("keyring", reason="the extra “keyring” is not installed")

import keyring
import keyring.errors
from keyring.backend import KeyringBackend
from keyring.backends import fail

from roadmapdesk.storage import create_project, open_project, remembering
from roadmapdesk.storage.keys import FileKey


class MemoryKeyring(KeyringBackend):
    """A working key store for the time of a test."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.kept.pop((service, username), None) is None:
            raise keyring.errors.PasswordDeleteError


@pytest.fixture
def key_store():
    before = keyring.get_keyring()
    store = MemoryKeyring()
    keyring.set_keyring(store)
    yield store
    keyring.set_keyring(before)


def test_a_remembered_key_opens_the_project(key_store, tmp_path):
    with create_project(tmp_path / "G", title="T", language="de", passphrase="x") as project:
        folder, identifier = project.folder, project.settings.project_id
        assert remembering.remember(identifier, project.file_key)

    with open_project(folder, recovery_key=remembering.recall(identifier)) as project:
        assert project.settings.project_id == identifier
    remembering.forget(identifier)
    remembering.forget(identifier)
    assert remembering.recall(identifier) is None


def test_a_spoilt_entry_counts_as_none(key_store):
    key_store.set_password("RoadmapDesk", "p", "not a key")
    assert remembering.recall("p") is None


def test_without_a_key_store_the_program_asks_each_time(key_store):
    keyring.set_keyring(fail.Keyring())
    assert not remembering.remember("p", FileKey(b"k" * 32, b"s" * 16))
    assert remembering.recall("p") is None
    remembering.forget("p")


def test_without_the_extra_the_program_asks_each_time(monkeypatch):
    monkeypatch.setitem(sys.modules, "keyring", None)
    assert not remembering.remember("p", FileKey(b"k" * 32, b"s" * 16))
    assert remembering.recall("p") is None
    remembering.forget("p")


@pytest.mark.parametrize(("name", "expected"), [("OneDrive - Verein", True), ("Dokumente", False)])
def test_a_synchronised_folder_is_recognised(tmp_path, name, expected):
    with create_project(tmp_path / name / "P", title="T", language="de") as project:
        assert project.is_in_cloud_folder is expected
