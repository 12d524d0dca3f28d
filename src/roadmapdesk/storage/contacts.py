"""The contact list: who stands behind a code, with the signed forms of consent.

An encrypted file of its own, outside the project folder; no export carries it. It has its own
passphrase and its own recovery key: no key of a project opens it (docs/adr/0016).
"""

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from roadmapdesk.storage import errors, keys, rekeying
from roadmapdesk.storage.backups import sync_folder
from roadmapdesk.storage.content import clean_text, from_stamp, now_utc, to_stamp
from roadmapdesk.storage.engine import connect, driver_for
from roadmapdesk.storage.failures import Primary, Probe, classify, file_identity, primary_code
from roadmapdesk.storage.file_format import CONTACTS_APPLICATION_ID

SUFFIX = ".contacts"
_TABLE = (
    "CREATE TABLE contact (code TEXT PRIMARY KEY NOT NULL, name TEXT NOT NULL, organisation TEXT NOT NULL,"
    " email TEXT NOT NULL, phone TEXT NOT NULL, remark TEXT NOT NULL)"
)
_FORMS = (
    "CREATE TABLE IF NOT EXISTS consent_form (id INTEGER PRIMARY KEY, code TEXT NOT NULL, name TEXT NOT NULL,"
    " added_at TEXT NOT NULL, body BLOB NOT NULL)"
)
LARGEST_FORM = 25 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Contact:
    """The person behind an interview code."""

    code: str
    name: str
    organisation: str = ""
    email: str = ""
    phone: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class ConsentForm:
    """A signed form of consent as it was scanned; its bytes are asked for by `id`."""

    id: int
    code: str
    name: str
    size: int
    added_at: datetime


class ContactList:
    """An open contact list; a context manager. There is no unencrypted form of it."""

    def __init__(
        self, path: Path, passphrase: str | None = None, *, recovery_key: str | None = None, create: bool = False
    ) -> None:
        """Opens or creates the file.

        Args:
            path: the file.
            passphrase: its own one.
            recovery_key: instead of the passphrase, of an existing file.
            create: makes a new file.

        Raises:
            ProjectExists: `create` for a file that exists.
            ProjectNotFound: no such file.
            KeyRefused: neither passphrase nor recovery key opens it.
            Foreign: it is another kind of file.
        """
        self.path = path
        if create == path.exists():
            raise (
                errors.ProjectExists(errors.EXISTS, path=path)
                if create
                else errors.ProjectNotFound(errors.MISSING, path=path)
            )
        if not create:
            rekeying.drop_copy(path)
        salt = keys.new_salt() if create else keys.file_salt(path).ljust(keys.SALT_BYTES)
        if recovery_key is not None:
            key = keys.FileKey(keys.from_recovery_key(recovery_key), salt)
        else:
            key = keys.derive(passphrase or "", salt)
        self._driver = driver_for(key)
        self._key = key
        self._identity = None if create else file_identity(path)
        self._connection = self._open(create=create)
        self._identity = file_identity(path)

    def _open(self, *, create: bool) -> Any:  # noqa: ANN401 — a DB-API connection
        try:
            connection = connect(self.path, self._key, mode="rwc" if create else "rw")
            if create:
                connection.execute(f"PRAGMA application_id = {CONTACTS_APPLICATION_ID}")
                connection.execute(_TABLE)
            if connection.execute("PRAGMA application_id").fetchone()[0] != CONTACTS_APPLICATION_ID:
                connection.close()
                raise errors.Foreign(errors.CONTACTS_FOREIGN, name=self.path.name)
            connection.execute(_FORMS)
        except self._driver.Error as error:
            if primary_code(error) == Primary.NOTADB:
                raise errors.KeyRefused(errors.CONTACTS_UNREADABLE, name=self.path.name) from error
            raise self._failure(error) from error
        return connection

    @property
    def recovery_key(self) -> str:
        """The key for paper, which opens the list when its passphrase is lost."""
        return keys.to_recovery_key(self._key.key)

    def change_passphrase(self, passphrase: str) -> str:
        """Gives the file a new key; returns the new recovery key. The old passphrase and key open nothing any more.

        The new file is written beside the old one, looked through and then takes its place in one step: whatever
        happens in between, the list opens with one of the two passphrases.

        Raises:
            StorageError: nothing was changed; the list is open as before.
        """
        new = keys.derive(passphrase, keys.new_salt())
        self._run("BEGIN IMMEDIATE")  # nobody adds a contact that the copy would not have
        try:
            fresh = rekeying.write_copy(self.path, self._key, new, self.path.name)
        except OSError as error:
            rekeying.drop_copy(self.path)
            raise errors.WriteFailed(errors.WRITE_FAILED) from error
        except errors.StorageError:
            rekeying.drop_copy(self.path)
            raise
        finally:
            self._run("ROLLBACK")
        self._connection.close()  # Windows exchanges no open file
        try:
            fresh.replace(self.path)
            self._key = new
            with contextlib.suppress(OSError):
                sync_folder(self.path.parent)
        except OSError as error:
            raise errors.WriteFailed(errors.WRITE_FAILED) from error
        finally:
            rekeying.drop_copy(self.path)
            self._identity = None
            self._connection = self._open(create=False)
            self._identity = file_identity(self.path)
        return self.recovery_key

    def save(self, contact: Contact) -> None:
        """Stores a new or changed contact durably."""
        values = (contact.code, contact.name, contact.organisation, contact.email, contact.phone, contact.remark)
        self._run("INSERT OR REPLACE INTO contact VALUES (?, ?, ?, ?, ?, ?)", tuple(map(clean_text, values)))

    def list(self) -> tuple[Contact, ...]:
        """All contacts in order of their codes."""
        query = "SELECT code, name, organisation, email, phone, remark FROM contact ORDER BY code"
        return tuple(Contact(*row) for row in self._run(query))

    def remove(self, code: str) -> None:
        """Deletes a contact with its forms of consent and overwrites the place where they stood."""
        self._run("BEGIN IMMEDIATE")
        self._run("DELETE FROM contact WHERE code = ?", (code,))
        self._run("DELETE FROM consent_form WHERE code = ?", (code,))
        self._run("COMMIT")
        self._run("VACUUM")

    def add_form(self, code: str, name: str, body: bytes) -> None:
        """Keeps a scanned form of consent durably.

        Raises:
            ValueError: it is larger than `LARGEST_FORM`.
        """
        if len(body) > LARGEST_FORM:
            msg = "the file is too large for a form of consent"
            raise ValueError(msg)
        values = (code, clean_text(name), to_stamp(now_utc()), body)
        self._run("INSERT INTO consent_form (code, name, added_at, body) VALUES (?, ?, ?, ?)", values)

    def forms(self, code: str | None = None) -> tuple[ConsentForm, ...]:
        """The forms of one contact, or all, in order of code and time."""
        query = "SELECT id, code, name, length(body), added_at FROM consent_form"
        rows = self._run(f"{query} WHERE ? IS NULL OR code = ? ORDER BY code, id", (code, code))
        return tuple(ConsentForm(row[0], row[1], row[2], row[3], from_stamp(row[4])) for row in rows)

    def form_body(self, form_id: int) -> bytes:
        """The bytes of a form.

        Raises:
            KeyError: there is none with this id.
        """
        rows = self._run("SELECT body FROM consent_form WHERE id = ?", (form_id,))
        if not rows:
            raise KeyError(form_id)
        return bytes(rows[0][0])

    def close(self) -> None:
        """Closes the file."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _run(self, statement: str, values: tuple[object, ...] = ()) -> Sequence[Any]:
        try:
            with contextlib.closing(self._connection.execute(statement, values)) as cursor:
                return tuple(cursor.fetchall())
        except self._driver.Error as error:
            raise self._failure(error) from error

    def _failure(self, error: Exception) -> errors.StorageError:
        return classify(error, Probe(self.path, self.path.name, self._identity, self._key), writing=True)
