"""What can go wrong with a project file, one class and one message each, said with what is safe and what to do."""

from roadmapdesk.errors import Message, RoadmapDeskError
from roadmapdesk.i18n import N_

DISK_FULL = Message(
    "storage.disk_full",
    N_(
        "The disk is full. The last entry is NOT saved; everything shown as saved is safe. "
        "Free some space and try again, or save a copy of the entry elsewhere."
    ),
)
QUOTA = Message(
    "storage.quota",
    N_(
        "The project file may not grow: a quota or a limit on file size is reached. The last entry is NOT saved; "
        "everything shown as saved is safe. Raise the limit or move the project, then try again."
    ),
)
WRITE_FAILED = Message(
    "storage.write_failed",
    N_(
        "The disk reported an error while writing. It is not certain that the last entry is saved; everything shown "
        "as saved before is safe. Try again; if it happens again, save a copy elsewhere and check the disk."
    ),
)
READ_FAILED = Message(
    "storage.read_failed",
    N_(
        "The disk reported an error while reading the project. Nothing was changed. Try again; if it happens again, "
        "copy the project folder to another disk and check this one."
    ),
)
READ_ONLY = Message(
    "storage.read_only",
    N_(
        "The project “{name}” is write-protected. It can be read, but nothing can be saved. "
        "Remove the write protection or copy the project to a folder of your own."
    ),
)
MOVED = Message(
    "storage.moved",
    N_(
        "The file of the project “{name}” was moved, deleted or replaced while it was open, perhaps by a cloud "
        "service. The last entry is NOT saved. Save a copy elsewhere, then open the project at its new place."
    ),
)
CANNOT_OPEN = Message(
    "storage.cannot_open",
    N_("The project “{name}” cannot be opened: no permission for the folder, or a part of the path is missing."),
)
MISSING = Message("storage.missing", N_("There is no project at “{path}”. Was it moved or renamed?"))
BUSY = Message(
    "storage.busy",
    N_(
        "Another program holds the project “{name}” and did not let go in time. The last entry is NOT saved. "
        "Close the other program (backup, cloud service, database viewer) and try again."
    ),
)
LOCKED = Message(
    "storage.locked",
    N_(
        "The project “{name}” is already open in {program} on the computer “{host}” (process {pid}, since {since}). "
        "Close it there first; until then it can be opened for reading only."
    ),
)
DAMAGED = Message(
    "storage.damaged",
    N_(
        "A part of the project “{name}” is damaged. Nothing more is written to it. Copy the project folder aside, "
        "then restore the last verified backup or salvage what is readable."
    ),
)
DAMAGED_ENTRY = Message(
    "storage.damaged_entry",
    N_(
        "An entry of the project ({place}) no longer matches its check sum: the disk or another program changed it. "
        "It is not shown, and nothing is written over it. Check the project, then restore a backup or salvage it."
    ),
)
UNREADABLE = Message(
    "storage.unreadable",
    N_(
        "The project “{name}” cannot be decrypted: the passphrase or recovery key is wrong, or the beginning of the "
        "file is damaged. Nothing was changed."
    ),
)
CONTACTS_UNREADABLE = Message(
    "storage.contacts_unreadable",
    N_(
        "The contact list “{name}” cannot be decrypted: the passphrase or recovery key is wrong, or the beginning of "
        "the file is damaged. Nothing was changed."
    ),
)
CONTACTS_FOREIGN = Message(
    "storage.contacts_foreign", N_("“{name}” is not a contact list of this program. Nothing was changed.")
)
PASSPHRASE_NEEDED = Message(
    "storage.passphrase_needed", N_("The project “{name}” is encrypted and needs its passphrase.")
)
ERASURES_LOCKED = Message(
    "storage.erasures_locked",
    N_(
        "The project “{name}” has another passphrase than this backup. It knows which interviews were erased, and "
        "they must not come back: give the present passphrase of the project as well. Nothing was restored."
    ),
)
NOT_ENCRYPTED = Message(
    "storage.not_encrypted",
    N_("The project “{name}” is not encrypted, although a passphrase was given. Open it without one."),
)
NO_CIPHER = Message(
    "storage.no_cipher",
    N_(
        "This installation cannot read encrypted projects, because the library SQLCipher is missing. "
        "Nothing was opened and nothing is stored unencrypted in its place."
    ),
)
BAD_RECOVERY_KEY = Message(
    "storage.bad_recovery_key",
    N_("This is not a recovery key: it has 14 groups of four letters or digits. Please check for typing errors."),
)
EMPTY_FILE = Message(
    "storage.empty_file",
    N_(
        "The file of the project “{name}” is empty or was cut off, as happens when a copy or a synchronisation was "
        "interrupted. Nothing was changed. Restore a backup."
    ),
)
NOTHING_READABLE = Message(
    "storage.nothing_readable",
    N_(
        "Nothing could be read from the project “{name}”: no interview, no answer, no entry. No new project was "
        "made. Restore a backup."
    ),
)
MEDIA_MISSING = Message(
    "storage.media_missing",
    N_(
        "The file with the attachments, “{path}”, is missing. The answers were left untouched. Put the file back "
        "or restore a backup."
    ),
)
MEDIA_DAMAGED = Message(
    "storage.media_damaged",
    N_(
        "The file with the attachments, “{path}”, is damaged or belongs to another program. The answers were left "
        "untouched. Restore a backup, or salvage what is readable."
    ),
)
FOREIGN = Message(
    "storage.foreign",
    N_(
        "“{name}” is not a project of this program, or the beginning of its file is damaged. Nothing was changed. "
        "If it was a project, restore a backup."
    ),
)
TOO_NEW = Message(
    "storage.too_new",
    N_(
        "The project “{name}” was made with a newer version of the program (data format {found}, this program knows "
        "up to {known}). Please install the newer version. Nothing was changed."
    ),
)
MIGRATION_FAILED = Message(
    "storage.migration_failed",
    N_(
        "The project “{name}” could not be converted to this version of the program. It was left as it was; "
        "a verified backup lies at “{backup}”. Please go on with the earlier version and report the fault."
    ),
)
EXISTS = Message("storage.exists", N_("“{path}” exists already. Please choose another name."))
FORM_LOST = Message(
    "storage.form_lost",
    N_(
        "The questionnaire “{title}”, version {version}, was not readable when this project was salvaged. "
        "Its answers are there. Import the same questionnaire again, then its interviews can be opened."
    ),
)
ERASED = Message(
    "storage.erased",
    N_("This interview was erased at the request of the person concerned. It cannot be brought back."),
)
MEDIA_DELETED = Message(
    "storage.media_deleted",
    N_("This file was deleted from the project for good and is not taken in again. Nothing was attached."),
)
ERASURE_UNFINISHED = Message(
    "storage.erasure_unfinished",
    N_(
        "The interviews are erased from the project, but not yet from all backups. Free some space if the disk is "
        "full, then close the project and open it again: the program goes on by itself."
    ),
)
BACKUP_FAILED = Message(
    "storage.backup_failed",
    N_("The backup could not be verified and was thrown away; earlier backups are kept. The project is unchanged."),
)
REJECTED = Message(
    "storage.rejected",
    N_(
        "The entry was refused by the project's own rules and is NOT saved. "
        "This is a fault of the program: please report it."
    ),
)


class StorageError(RoadmapDeskError):
    """Any failure of the project folder; `code` says which one."""


class NotSaved(StorageError):
    """A write did not happen, or it is not certain that it did; the caller keeps the text and may try again."""


class DiskFull(NotSaved):
    """No space left, a quota, or a limit on file size."""


class WriteFailed(NotSaved):
    """The disk reported an error while writing."""


class ProjectReadOnly(NotSaved):
    """The file or medium is write-protected, or the project was opened for reading."""


class ProjectMoved(NotSaved):
    """The file was moved, deleted or replaced while open."""


class DatabaseBusy(NotSaved):
    """Another program holds the file."""


class Rejected(NotSaved):
    """A constraint refused the row: a bug, told to the user because the text must survive."""


class ReadFailed(StorageError):
    """The disk reported an error while reading."""


class ProjectLocked(StorageError):
    """Another instance has the project open."""


class ProjectNotFound(StorageError):
    """No project there, or no permission to look."""


class ProjectExists(StorageError):
    """The target of a new file exists."""


class Damaged(StorageError):
    """Pages cannot be read, or the file is empty or cut off."""


class Foreign(StorageError):
    """The file belongs to another program."""


class DatabaseTooNew(StorageError):
    """Written by a newer version of the program."""


class MigrationFailed(StorageError):
    """The conversion to the current schema failed; the file is as before."""


class KeyRefused(StorageError):
    """Passphrase or recovery key missing, wrong or not applicable."""


class Erased(StorageError):
    """The interview carries a tombstone."""


class ErasureUnfinished(StorageError):
    """The project is clean, a backup is not; the next opening goes on."""


class BackupFailed(StorageError):
    """A backup did not verify."""
