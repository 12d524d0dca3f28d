"""Encrypted projects: the key scheme, wrong passphrases, the recovery key, a change of passphrase, no fallback."""

import sys

import pytest

from roadmapdesk.storage import create_project, keys, open_project, rekeying
from roadmapdesk.storage.checks import check_file
from roadmapdesk.storage.contacts import Contact, ContactList
from roadmapdesk.storage.errors import (
    DISK_FULL,
    DiskFull,
    Foreign,
    KeyRefused,
    ProjectExists,
    ProjectNotFound,
    WriteFailed,
)

from .conftest import FORM, answer

PLANTED = "Geheimer Satz aus dem Interview"


@pytest.fixture
def secret(tmp_path):
    """An encrypted project with one planted answer and one attachment; returns (folder, interview, recovery key)."""
    with create_project(tmp_path / "Geheim", title="T", language="de", passphrase="Kranich") as project:
        form = project.forms.add(FORM, form_id="f", version="1", title="F")
        interview = project.interviews.create(form)
        answer(project, interview, "/data/a", PLANTED)
        project.attachments.add(interview, "/data/p", PLANTED.encode() * 300, name="x", mime="text/plain")
        project.backup()
        return project.folder, interview, project.recovery_key


def every_byte(folder):
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_nothing_readable_is_on_the_disk(secret):
    content = every_byte(secret[0])

    assert PLANTED.encode() not in content
    assert b"SQLite format 3" not in content
    assert b"CREATE TABLE" not in content


def test_the_salt_of_the_key_is_the_beginning_of_the_file(secret):
    path = secret[0] / "project.sqlite"
    key = keys.derive("Kranich", path.read_bytes()[:16])

    with open_project(secret[0], key=key) as project:
        assert project.drafts.load(secret[1]).answers == {"/data/a": PLANTED}


@pytest.mark.parametrize("options", [{"passphrase": "Kranisch"}, {"recovery_key": keys.to_recovery_key(b"x" * 32)}])
def test_a_wrong_key_is_told_and_opens_nothing(secret, options):
    with pytest.raises(KeyRefused) as caught:
        open_project(secret[0], **options)
    assert caught.value.code == "storage.unreadable"


def test_a_missing_passphrase_is_asked_for(secret):
    with pytest.raises(KeyRefused) as caught:
        open_project(secret[0])
    assert caught.value.code == "storage.passphrase_needed"


def test_a_passphrase_for_an_open_project_is_refused(tmp_path):
    folder = tmp_path / "Offen"
    create_project(folder, title="T", language="de").close()
    with pytest.raises(KeyRefused) as caught:
        open_project(folder.with_suffix(".roadmapdesk"), passphrase="x")
    assert caught.value.code == "storage.not_encrypted"


def test_the_recovery_key_opens_as_it_was_typed(secret):
    typed = secret[2].lower().replace("-", " ")

    with open_project(secret[0], recovery_key=typed) as project:
        assert project.drafts.load(secret[1]).answers == {"/data/a": PLANTED}


def test_a_recovery_key_with_a_typing_error_is_noticed():
    good = keys.to_recovery_key(bytes(range(32)))
    assert len(good.split("-")) == 14
    assert keys.from_recovery_key(good) == bytes(range(32))
    for position, letter in enumerate(good):
        if letter != "-":
            other = "A" if letter != "A" else "B"
            with pytest.raises(KeyRefused):
                keys.from_recovery_key(good[:position] + other + good[position + 1 :])
    with pytest.raises(KeyRefused):
        keys.from_recovery_key(good[:-1])


def test_composed_and_decomposed_letters_are_the_same_passphrase():
    assert keys.derive("Ärger", b"s" * 16).key == keys.derive("A\u0308rger", b"s" * 16).key


def test_the_shipped_cost_never_changes(monkeypatch):
    monkeypatch.setattr(keys, "COST", keys.Cost())
    assert keys.derive("Kranich", bytes(16)).key.hex() == (
        "e3e4faf81cdf647545888d02449887346c4b98effd440edc9d19b67a8243a0e8"
    )


def test_without_sqlcipher_nothing_is_created_in_plain(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "sqlcipher3", None)

    with pytest.raises(KeyRefused) as caught:
        create_project(tmp_path / "Neu", title="T", language="de", passphrase="x")

    assert caught.value.code == "storage.no_cipher"
    assert list(tmp_path.glob("*Neu*")) == []


def test_a_new_passphrase_replaces_the_old_one_everywhere(secret):
    folder, interview, old_recovery = secret
    with open_project(folder, passphrase="Kranich") as project:
        fresh = project.change_passphrase("Graureiher")
        answer(project, interview, "/data/b", "danach")
        assert project.check().is_sound
    assert fresh != old_recovery

    for options in ({"passphrase": "Kranich"}, {"recovery_key": old_recovery}):
        with pytest.raises(KeyRefused):
            open_project(folder, **options)
    with open_project(folder, passphrase="Graureiher") as project:
        assert project.drafts.load(interview).answers == {"/data/a": PLANTED, "/data/b": "danach"}
        assert [item.size for item in project.attachments.list()] == [len(PLANTED.encode()) * 300]
        for backup in project.backups.list():
            assert backup.path.read_bytes()[:16] == (folder / "project.sqlite").read_bytes()[:16]
    assert not list(folder.rglob("*.rekeyed"))


def test_an_open_project_can_be_encrypted_later(tmp_path):
    with create_project(tmp_path / "Spaeter", title="T", language="de") as project:
        interview = project.interviews.create(project.forms.add(FORM, form_id="f", version="1", title="F"))
        answer(project, interview, "/data/a", PLANTED)
        project.backup()
        project.change_passphrase("Kranich")
        assert project.is_encrypted
        answer(project, interview, "/data/b", "2")
        folder = project.folder

    assert PLANTED.encode() not in every_byte(folder)
    with open_project(folder, passphrase="Kranich") as project:
        assert project.drafts.load(interview).answers == {"/data/a": PLANTED, "/data/b": "2"}
        assert project.check().is_sound


@pytest.mark.parametrize("renames", [0, 1])
def test_a_change_of_passphrase_survives_a_crash_between_its_steps(secret, monkeypatch, renames):
    folder = secret[0]
    real = rekeying.finish
    done = []

    def cut_off(where):
        for file in rekeying._NAMES[:renames]:
            (where / (file + rekeying._ENDING)).replace(where / file)
        done.append(True)
        raise KeyboardInterrupt

    monkeypatch.setattr(rekeying, "finish", cut_off)
    monkeypatch.setattr(rekeying.Path, "unlink", lambda *_, **__: None)
    project = open_project(folder, passphrase="Kranich")
    with pytest.raises(KeyboardInterrupt):
        project.change_passphrase("Graureiher")
    monkeypatch.undo()
    project._lock.release()
    assert done
    assert rekeying.finish is real
    monkeypatch.setattr(keys, "COST", keys.Cost(passes=1, memory_kib=64, lanes=1))

    with open_project(folder, passphrase="Graureiher" if renames else "Kranich") as again:
        assert again.drafts.load(secret[1]).answers == {"/data/a": PLANTED}
        assert again.check().is_sound
    assert not list(folder.glob("*.rekeyed"))


def test_the_contact_list_is_an_encrypted_file_of_its_own(tmp_path):
    path = tmp_path / "Kontakte.contacts"
    contact = Contact("A01", "Rolle Leitung Entwicklung", "Beispiel GmbH", "kontakt@example.org", "", "")
    with ContactList(path, "Storch", create=True) as contacts:
        contacts.save(contact)
        contacts.save(Contact("A02", "Andere Rolle"))
    assert b"example.org" not in path.read_bytes()

    with ContactList(path, "Storch") as contacts:
        assert contacts.list()[0] == contact
        contacts.remove("A01")
        assert [entry.code for entry in contacts.list()] == ["A02"]
    with pytest.raises(KeyRefused):
        ContactList(path, "falsch")
    with pytest.raises(ProjectExists):
        ContactList(path, "Storch", create=True)
    with pytest.raises(ProjectNotFound):
        ContactList(tmp_path / "nichts", "Storch")


@pytest.fixture
def contact_list(tmp_path):
    path = tmp_path / "Kontakte.contacts"
    with ContactList(path, "Storch", create=True) as contacts:
        contacts.save(Contact("A01", "Rolle Leitung Entwicklung"))
        contacts.add_form("A01", "blatt.pdf", b"%PDF" * 5000)
    return path


def test_the_recovery_key_opens_the_contact_list_when_its_passphrase_is_lost(contact_list, secret):
    with ContactList(contact_list, "Storch") as contacts:
        key = contacts.recovery_key
    with open_project(secret[0], passphrase="Kranich") as project:
        of_project = project.recovery_key

    with ContactList(contact_list, recovery_key=key.lower().replace("-", " ")) as again:
        assert [entry.code for entry in again.list()] == ["A01"]
        assert again.recovery_key == key
    for wrong in (of_project, "ABCD", ""):
        with pytest.raises(KeyRefused):
            ContactList(contact_list, recovery_key=wrong)
    with pytest.raises(KeyRefused):
        ContactList(contact_list)


def test_a_new_passphrase_of_the_contact_list_ends_the_old_one_and_its_recovery_key(contact_list):
    contacts = ContactList(contact_list, "Storch")
    old = contacts.recovery_key
    new = contacts.change_passphrase("Graureiher")
    contacts.save(Contact("A02", "Andere Rolle"))
    contacts.close()

    for options in ({"passphrase": "Storch"}, {"recovery_key": old}):
        with pytest.raises(KeyRefused):
            ContactList(contact_list, **options)
    for options in ({"passphrase": "Graureiher"}, {"recovery_key": new}):
        with ContactList(contact_list, **options) as again:
            assert [entry.code for entry in again.list()] == ["A01", "A02"]
            assert again.form_body(again.forms("A01")[0].id) == b"%PDF" * 5000
    assert not list(contact_list.parent.glob("*.rekeyed*"))


@pytest.mark.parametrize("step", ["sync_file", "replace"])
def test_a_change_of_the_lists_passphrase_that_the_disk_refuses_changes_nothing(contact_list, monkeypatch, step):
    def refuse(*_arguments):
        raise PermissionError(13, "The process cannot access the file")

    contacts = ContactList(contact_list, "Storch")
    key = contacts.recovery_key
    with monkeypatch.context() as patch:
        patch.setattr(rekeying if step == "sync_file" else rekeying.Path, step, refuse)
        with pytest.raises(WriteFailed):
            contacts.change_passphrase("Graureiher")
    contacts.save(Contact("A02", "geht weiter"))
    assert contacts.recovery_key == key
    contacts.close()

    with ContactList(contact_list, "Storch") as again:
        assert [entry.code for entry in again.list()] == ["A01", "A02"]
    assert not list(contact_list.parent.glob("*.rekeyed*"))


def test_a_change_of_the_lists_passphrase_that_a_crash_cut_off_leaves_the_old_one(contact_list):
    contacts = ContactList(contact_list, "Storch")
    rekeying.write_copy(contact_list, contacts._key, keys.derive("Graureiher", keys.new_salt()), "Kontakte")
    contacts.close()
    assert list(contact_list.parent.glob("*.rekeyed"))

    with ContactList(contact_list, "Storch") as again:
        assert [entry.code for entry in again.list()] == ["A01"]
    assert not list(contact_list.parent.glob("*.rekeyed*"))


def test_a_project_is_no_contact_list(secret):
    with pytest.raises((Foreign, KeyRefused)):
        ContactList(secret[0] / "project.sqlite", "Kranich")


@pytest.mark.parametrize("passphrase", [None, "Kranich"])
def test_a_change_of_passphrase_that_the_disk_refuses_changes_nothing(tmp_path, monkeypatch, passphrase):
    real = rekeying.Path.replace

    def refuse(path, target):
        if path.name == "project.sqlite.rekeyed":
            raise PermissionError(13, "in use")
        return real(path, target)

    with create_project(tmp_path / "P", title="T", language="de", passphrase=passphrase) as project:
        interview = project.interviews.create(project.forms.add(FORM, form_id="f", version="1", title="F"))
        photo = project.attachments.add(interview, "/data/p", PLANTED.encode(), name="x", mime="text/plain")
        project.backup()
        monkeypatch.setattr(rekeying.Path, "replace", refuse)
        with pytest.raises(WriteFailed):
            project.change_passphrase("Graureiher")
        monkeypatch.setattr(rekeying.Path, "replace", real)
        answer(project, interview, "/data/a", PLANTED)
        assert project.attachments.get(photo.sha) == PLANTED.encode()
        assert not [
            path.name for path in project.folder.rglob("*") if "rekeyed" in path.name or "before" in path.name
        ]

    with open_project(project.folder, passphrase=passphrase) as again:
        assert again.drafts.load(interview).answers == {"/data/a": PLANTED}
        assert again.check().is_sound


def test_a_disk_too_full_for_the_backups_changes_no_passphrase_and_costs_no_backup(secret, monkeypatch):
    folder = secret[0]
    real = rekeying.write_copy

    def full(path, *rest):
        if path.parent.name == "backups":
            raise DiskFull(DISK_FULL)
        real(path, *rest)

    monkeypatch.setattr(rekeying, "write_copy", full)
    with open_project(folder, passphrase="Kranich") as project:
        backups = project.backups.list()
        with pytest.raises(DiskFull):
            project.change_passphrase("Graureiher")
        assert project.backups.list() == backups
        assert project.check().is_sound

    with open_project(folder, passphrase="Kranich") as again:
        assert again.drafts.load(secret[1]).answers == {"/data/a": PLANTED}


def test_a_backup_that_is_in_use_gets_the_new_passphrase_at_the_next_opening(secret, monkeypatch):
    folder = secret[0]
    real = rekeying.Path.replace

    def refuse(path, target):
        if path.parent.name == "backups":
            raise PermissionError(13, "in use")
        return real(path, target)

    monkeypatch.setattr(rekeying.Path, "replace", refuse)
    with open_project(folder, passphrase="Kranich") as project:
        project.change_passphrase("Graureiher")
        answer(project, secret[1], "/data/b", "2")
    monkeypatch.setattr(rekeying.Path, "replace", real)

    with open_project(folder, passphrase="Graureiher") as again:
        for backup in again.backups.list():
            assert check_file(backup.path, again.file_key).is_sound
    assert not list(folder.rglob("*.rekeyed"))


def test_a_flipped_bit_in_an_unused_page_of_the_attachments_is_found_too(secret):
    media = secret[0] / "media.sqlite"
    key = keys.derive("Kranich", keys.file_salt(media))
    content = bytearray(media.read_bytes())
    for page in range(1, len(content) // 4096):
        changed = content.copy()
        changed[page * 4096 + 100] ^= 1
        media.write_bytes(changed)
        assert not check_file(secret[0] / "project.sqlite", key, media=media).is_sound
