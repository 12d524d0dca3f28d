"""The open project: one folder and its repositories."""

import contextlib
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

from roadmapdesk.storage import errors, keys, lock, rekeying, row_sums
from roadmapdesk.storage.answers import Answers
from roadmapdesk.storage.attachments import Attachments
from roadmapdesk.storage.backups import Backups
from roadmapdesk.storage.checks import CheckReport, check_file
from roadmapdesk.storage.content import clean_text, now_utc, to_stamp
from roadmapdesk.storage.context import Context
from roadmapdesk.storage.drafts import Drafts
from roadmapdesk.storage.erasure import Erasures
from roadmapdesk.storage.forms import ExternalLists, Forms
from roadmapdesk.storage.identities import Codes, Pseudonyms
from roadmapdesk.storage.index import load_questions, rebuild
from roadmapdesk.storage.interviews import Interviews
from roadmapdesk.storage.keys import FileKey
from roadmapdesk.storage.media_deletion import MediaDeletions
from roadmapdesk.storage.recordings import Recordings
from roadmapdesk.storage.registers import Measures, actors_register, networks_register
from roadmapdesk.storage.revisions import Revisions
from roadmapdesk.storage.settings import Settings
from roadmapdesk.storage.thinning import Backup
from roadmapdesk.storage.trail import Audit, ExportLog, Notes
from roadmapdesk.storage.values import LooseFile, Recovery

SUFFIX = ".roadmapdesk"
PROJECT_FILE = "project.sqlite"
MEDIA_FILE = "media.sqlite"
_CLOUD_FOLDERS = ("onedrive", "dropbox", "google drive", "googledrive", "icloud", "nextcloud", "owncloud", "sciebo")


class Project:
    """One open project folder; a context manager. Use it from one thread for writing; reading is free.

    Attributes:
        folder: the project folder.
        context: what the repositories share; for functions of this package only.
        recovery: what a crashed session left behind, None after a proper end.
        settings: title, language, scoring profile.
        forms: questionnaires by hash.
        lists: external lists by hash.
        actors: register of organisations.
        networks: register of reference networks.
        measures: measures of the roadmap.
        interviews: rows of the list of interviews.
        drafts: present answers, saved one by one.
        revisions: immutable history.
        answers: counts and values over interviews.
        audit: who changed what and when.
        notes: remarks beside questions.
        attachments: files that belong to answers.
        recordings: sound that is being recorded, before it becomes an attachment.
        export_log: what went out.
        backups: verified copies in the folder, and their list.
        erasures: erasure at the request of a person.
        media_deletions: deletion of single attachments for good.
        codes: interview codes from this device's block.
        pseudonyms: names for codes below the internal level.
    """

    def __init__(self, folder: Path, context: Context, held: lock.ProjectLock | None, found: Recovery | None) -> None:
        self.folder = folder
        self.recovery = found
        self.context = context
        self._lock = held
        self.settings = Settings(context)
        self.forms = Forms(context)
        self.lists = ExternalLists(context)
        self.actors = actors_register(context)
        self.networks = networks_register(context)
        self.measures = Measures(context)
        self.interviews = Interviews(context)
        self.drafts = Drafts(context)
        self.revisions = Revisions(context)
        self.answers = Answers(context)
        self.audit = Audit(context)
        self.notes = Notes(context)
        self.attachments = Attachments(context)
        self.recordings = Recordings(context)
        self.export_log = ExportLog(context)
        self.backups = Backups(folder, context.store)
        self.erasures = Erasures(context, self.backups)
        self.media_deletions = MediaDeletions(context, self.backups)
        self.codes = Codes(context)
        self.pseudonyms = Pseudonyms(context)

    @property
    def name(self) -> str:
        """The folder's name without its ending."""
        return self.folder.stem

    @property
    def is_read_only(self) -> bool:
        """True when no answer can be saved: opened for reading, or found damaged meanwhile."""
        return self.context.store.read_only or self.context.store.is_damaged

    @property
    def is_damaged(self) -> bool:
        """True when a part of one of the files was found damaged; nothing is written to that file any more."""
        return self.context.store.is_damaged or self.context.media.is_damaged

    @property
    def is_encrypted(self) -> bool:
        """True when both files are encrypted."""
        return self.context.store.key is not None

    @property
    def author(self) -> str:
        """Who works in this session."""
        return self.context.author

    @property
    def device(self) -> str:
        """Id of this computer's installation."""
        return self.context.device

    @property
    def free_bytes(self) -> int:
        """Free space on the project's disk; warn below 200 MB."""
        return shutil.disk_usage(self.folder).free

    @property
    def file_key(self) -> FileKey | None:
        """What opens the files; None when they are not encrypted. Never shown, except as `recovery_key`."""
        return self.context.store.key

    @property
    def recovery_key(self) -> str | None:
        """The key for paper, to be printed and partly typed again; None when the project is not encrypted."""
        key = self.context.store.key
        return None if key is None else keys.to_recovery_key(key.key)

    def change_passphrase(self, passphrase: str) -> str:
        """Gives the files and all backups a new key, or encrypts them for the first time; returns the recovery key.

        Raises:
            StorageError: nothing was changed.
        """
        if self.is_read_only:
            raise errors.ProjectReadOnly(errors.READ_ONLY, name=self.name)
        context = self.context
        with self.backups.guard:
            context.store.close()
            context.media.close()
            key = rekeying.change_key(self.folder, context.store.key, passphrase, self.backups)
            context.store.adopt(key)
            context.media.adopt(key)
        return keys.to_recovery_key(key.key)

    def introduce(self, author: str) -> None:
        """Says who works, where nobody did when the project was opened; a known author stays.

        Raises:
            StorageError: it is not noted.
        """
        context, author = self.context, clean_text(author)
        if context.author or not author or self.is_read_only:
            return
        with context.store.write() as connection:
            row_sums.change(connection, "session", {"author": author}, "id = ?", (context.session_id,))
        context.author = author

    def verify(
        self,
        *,
        is_stopped: Callable[[], bool] = lambda: False,
        progress: Callable[[int, int], None] = lambda _done, _total: None,
    ) -> None:
        """Looks at every page of both files, which opening leaves out; may run beside the thread that saves.

        Args:
            is_stopped: asked between tables; the rest is left out then.
            progress: told tables done and tables in all, of one file after the other.

        Raises:
            Damaged: from now on nothing is written to the damaged file.
            StorageError: a file could not be read just now.
        """
        self.context.store.verify(is_stopped, progress)
        try:
            self.context.media.verify(is_stopped, progress)
        except errors.Damaged as error:
            raise errors.Damaged(errors.MEDIA_DAMAGED, path=self.context.media.path) from error

    def check(self, *, rebuild_index: bool = False) -> CheckReport:
        """Computes every hash again and compares the answer index with the answers.

        Args:
            rebuild_index: makes the index anew first; answers themselves are never touched.
        """
        context = self.context
        if rebuild_index:
            with context.store.write() as connection:
                rebuild(connection, context)
            with context.store.read() as connection:
                load_questions(connection, context)
        report = check_file(context.store.path, context.store.key, media=context.media.path)
        loose: tuple[LooseFile, ...] = ()
        with contextlib.suppress(errors.StorageError):  # a file that cannot be read is a finding already
            loose = self.attachments.loose()
        return replace(report, rebuilt=rebuild_index, loose=loose)

    def backup(self, reason: str = "manual") -> Backup:
        """Makes a verified backup now; see `Backups.create`. May run beside the thread that saves."""
        had_changed, self.context.has_changed = self.context.has_changed, False
        try:
            return self.backups.create(reason)
        except errors.StorageError:
            self.context.has_changed |= had_changed
            raise

    def backup_if_due(self) -> Backup | None:
        """Makes a backup when something changed and the last one is ten minutes ago; called by a timer."""
        if self.is_read_only or not (self.context.has_changed and self.backups.is_due):
            return None
        return self.backup("timer")

    @property
    def is_in_cloud_folder(self) -> bool:
        """True when the path looks like a synchronised folder, whose service may swap files while they are open."""
        parts = [part.casefold() for part in self.folder.resolve().parts]
        return any(part.startswith(_CLOUD_FOLDERS) for part in parts)

    def close(self) -> None:
        """Ends the session properly and gives the lock back; closing twice is fine."""
        if self.context.session_id and not self.is_read_only:
            with contextlib.suppress(errors.StorageError), self.context.store.write() as connection:
                ended = {"ended_at": to_stamp(now_utc())}
                row_sums.change(connection, "session", ended, "id = ?", (self.context.session_id,))
            self.context.session_id = 0
        self.context.store.close()
        self.context.media.close()
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
