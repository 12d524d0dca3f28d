"""``roadmapdesk passphrase``: a new passphrase by command, for a project and for the contact list."""

import sys

import pytest

from roadmapdesk.cli import passphrase as command
from roadmapdesk.storage import create_project, keys, open_project
from roadmapdesk.storage.contacts import Contact, ContactList
from roadmapdesk.storage.errors import KeyRefused

OLD, NEW = "alter Kranich im Moor", "neuer Reiher am Teich"


@pytest.fixture
def files(tmp_path):
    """The two passphrases as files, old and new, as options of the command."""
    for name, text in (("old", OLD), ("new", NEW)):
        (tmp_path / name).write_text(f"{text}\n", encoding="utf-8")
    return ["--passphrase-file", tmp_path / "old"], ["--new-passphrase-file", tmp_path / "new"]


def printed_key(said: str) -> str:
    return next(line for line in said.splitlines() if line.count("-") == 13)


@pytest.mark.parametrize("before", [None, OLD])
def test_a_project_gets_a_new_passphrase_and_a_new_recovery_key(call, tmp_path, files, before):
    with create_project(tmp_path / "Studie", title="S", language="de", passphrase=before) as project:
        folder = project.folder
        project.backup()

    outcome = call("passphrase", folder, *(files[0] if before else ()), *files[1])

    assert (outcome.code, outcome.error) == (0, "")
    assert "Die Kontaktliste behält ihre eigene" in outcome.out
    for options in ({"passphrase": NEW}, {"recovery_key": printed_key(outcome.out)}):
        with open_project(folder, **options) as again:
            assert again.check().is_sound
    with pytest.raises(KeyRefused):
        open_project(folder, passphrase=OLD)
    for file in folder.rglob("*.sqlite"):
        assert file.read_bytes()[:15] != b"SQLite format 3"


def test_copies_of_backups_get_the_new_passphrase_or_are_named(call, tmp_path, files):
    with create_project(tmp_path / "Studie", title="S", language="de", passphrase=OLD) as project:
        folder = project.folder
        project.backup()
    (tmp_path / "taken").write_text("")

    outcome = call("passphrase", folder, *files[0], *files[1], "--copies-in", tmp_path / "taken")

    assert outcome.code == 1
    assert str(tmp_path / "taken") in outcome.out


def test_a_contact_list_gets_a_new_passphrase_also_with_its_recovery_key(call, tmp_path, files):
    path = tmp_path / "leute.contacts"
    with ContactList(path, "vergessen und verloren", create=True) as contacts:
        contacts.save(Contact("A01", "Rolle"))
        (tmp_path / "old").write_text(contacts.recovery_key, encoding="utf-8")

    outcome = call("passphrase", path, *files[0], *files[1])

    assert outcome.code == 0
    for options in ({"passphrase": NEW}, {"recovery_key": printed_key(outcome.out)}):
        with ContactList(path, **options) as again:
            assert [one.code for one in again.list()] == ["A01"]
    with pytest.raises(KeyRefused):
        ContactList(path, "vergessen und verloren")


def test_without_a_good_new_passphrase_nothing_changes(call, tmp_path, files):
    with create_project(tmp_path / "Studie", title="S", language="de", passphrase=OLD) as project:
        folder = project.folder
    before = keys.file_salt(folder / "project.sqlite")
    (tmp_path / "short").write_text("kurz", encoding="utf-8")

    assert "--new-passphrase-file" in call("passphrase", folder, *files[0]).sentence
    short = call("passphrase", folder, *files[0], "--new-passphrase-file", tmp_path / "short")
    assert "mindestens 12 Zeichen" in short.sentence
    assert keys.file_salt(folder / "project.sqlite") == before


def test_at_a_terminal_the_new_passphrase_is_typed_twice_and_a_group_of_the_key_again(
    call, tmp_path, files, monkeypatch
):
    with create_project(tmp_path / "Studie", title="S", language="de", passphrase=OLD) as project:
        folder = project.folder
    typed, asked = [NEW, "anders", NEW, NEW], []

    def answer(question: str) -> str:
        asked.append(question)
        return "AAAA"

    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    monkeypatch.setattr(command.getpass, "getpass", lambda _question: typed.pop(0))
    monkeypatch.setattr("builtins.input", answer)

    assert "verschieden" in call("passphrase", folder, *files[0]).sentence
    outcome = call("passphrase", folder, *files[0])
    assert outcome.code == 0
    assert len(asked) == 3
    assert "nicht die Gruppe" in outcome.out
    with open_project(folder, passphrase=NEW):
        pass
