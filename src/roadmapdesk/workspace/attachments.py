"""Files of interviews: which file an answer names, in what condition it is, and deleting files for good."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath

from roadmapdesk.storage.attachments import WHOLE_INTERVIEW
from roadmapdesk.storage.content import sha256_bytes
from roadmapdesk.storage.context import ATTACHMENT
from roadmapdesk.storage.errors import MEDIA_DELETED, Damaged, Erased, StorageError
from roadmapdesk.storage.project import Project
from roadmapdesk.storage.values import Attachment

LONGEST_NAME = 100
_ODD_LETTERS = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
__all__ = ["WHOLE_INTERVIEW"]


class FileState(StrEnum):
    """In what condition a stored file is."""

    SOUND = "sound"
    MISSING = "missing"
    DAMAGED = "damaged"
    DELETED = "deleted"


class FileUse(StrEnum):
    """What an interview has to do with a file of its own."""

    ANSWER = "answer"
    INTERVIEW = "interview"
    EARLIER = "earlier"
    LOOSE = "loose"


@dataclass(frozen=True, slots=True)
class FileContent:
    """The file that an answer names.

    Attributes:
        name: as the answer has it.
        state: anything but `SOUND` comes without data.
        size: in bytes, as it was attached; 0 where the project does not know the file.
    """

    name: str
    state: FileState
    size: int = 0
    mime: str = ""
    sha: str = ""
    data: bytes | None = None


@dataclass(frozen=True, slots=True)
class InterviewFile:
    """One file of an interview, for a list of all of them.

    Attributes:
        ref: the question, empty for the interview as a whole.
        use: ``answer`` where the present answer names it, ``interview`` for one of the interview as a whole,
            ``earlier`` where the answer names another file or none by now, ``loose`` where an interruption came
            between the file and its answer.
        is_deleted: it was deleted for good; only its name is left.
    """

    sha: str
    ref: str
    name: str
    mime: str
    size: int
    use: FileUse
    is_deleted: bool = False

    @property
    def is_sound(self) -> bool:
        """Whether it is a recording."""
        return self.mime.startswith("audio/")


def find_attachment(project: Project, interview_id: str, ref: str, name: str) -> Attachment | None:
    """The attachment that an answer names; the latest where an earlier program gave a name twice."""
    found = (item for item in reversed(project.attachments.list(interview_id)) if item.ref == ref)
    return next((item for item in found if item.name == name), None)


def read_file(project: Project, interview_id: str, ref: str, name: str) -> FileContent:
    """Reads the file that an answer names; every failure is a state, never an exception."""
    try:
        found = find_attachment(project, interview_id, ref, name)
    except StorageError as error:
        return FileContent(name, _state_of(error))
    if found is None:
        return FileContent(name, FileState.MISSING)
    return read_listed(project, InterviewFile(found.sha, ref, name, found.mime, found.size, FileUse.ANSWER))


def read_listed(project: Project, file: InterviewFile) -> FileContent:
    """Reads a file of the list by its hash, loose ones included; every failure is a state, never an exception."""
    known = (file.size, file.mime, file.sha)
    try:
        return FileContent(file.name, FileState.SOUND, *known, project.attachments.get(file.sha))
    except KeyError:
        return FileContent(file.name, FileState.MISSING, *known)
    except StorageError as error:
        return FileContent(file.name, _state_of(error), *known)


def _state_of(error: StorageError) -> FileState:
    if isinstance(error, Erased):
        return FileState.DELETED
    return FileState.DAMAGED if isinstance(error, Damaged) else FileState.MISSING


def refusal_of(project: Project, data: bytes) -> str:
    """Why these bytes are not taken: they were deleted for good. Empty where nothing speaks against them."""
    if not any(stone.kind == ATTACHMENT for stone in project.erasures.tombstones()):
        return ""
    is_deleted = project.erasures.is_erased(sha256_bytes(data), ATTACHMENT)
    return MEDIA_DELETED.text() if is_deleted else ""


def free_name(wanted: str, taken: Iterable[str]) -> str:
    """A file name that every system can store and that no other file of the interview has: ``photo-2.png``."""
    text = _ODD_LETTERS.sub("_", unicodedata.normalize("NFC", PurePosixPath(wanted).name))
    text = "".join(letter for letter in text if unicodedata.category(letter) not in {"Cf", "Cs", "Co"}).strip(" .")
    path = PurePosixPath(text or "file")
    stem, ending = path.stem[: LONGEST_NAME - 10], path.suffix[:10]
    used = {name.casefold() for name in taken}
    name, number = f"{stem}{ending}", 1
    while name.casefold() in used:
        number += 1
        name = f"{stem}-{number}{ending}"
    return name


def interview_files(project: Project, interview_id: str) -> tuple[InterviewFile, ...]:
    """All files that were ever attached to an interview and not removed with it, in the order in which they came."""
    answers = project.drafts.load(interview_id).answers
    named = {row.new for row in project.audit.list(interview_id) if row.new} | set(answers.values())
    deleted = {stone.entity_hash for stone in project.erasures.tombstones() if stone.kind == ATTACHMENT}
    latest = {(item.ref, item.name): item.sha for item in project.attachments.list(interview_id)}
    files = []
    for item in project.attachments.list(interview_id):
        if item.ref == WHOLE_INTERVIEW:
            use = FileUse.INTERVIEW
        elif answers.get(item.ref) == item.name and latest[item.ref, item.name] == item.sha:
            use = FileUse.ANSWER
        else:
            use = FileUse.EARLIER if item.name in named else FileUse.LOOSE
        files.append(
            InterviewFile(item.sha, item.ref, item.name, item.mime, item.size, use, is_deleted=item.sha in deleted)
        )
    loose = (item for item in project.attachments.loose() if item.interview_id == interview_id)
    files += [InterviewFile(item.sha, item.ref, item.name, item.mime, item.size, FileUse.LOOSE) for item in loose]
    return tuple(files)


def recordings_of(project: Project, interview_id: str) -> tuple[InterviewFile, ...]:
    """The sound recordings of an interview that are still there."""
    return tuple(file for file in interview_files(project, interview_id) if file.is_sound and not file.is_deleted)


def delete_files(project: Project, shas: Iterable[str], reason: str) -> int:
    """Deletes files for good, from backups as well; a tombstone keeps hash, who, when and reason.

    Raises:
        ValueError: without a reason.
        StorageError: as usual; doing it again goes on where it stopped.
    """
    return project.media_deletions.delete(shas, reason=reason)


def adopt_file(project: Project, interview_id: str, file: InterviewFile) -> None:
    """Gives a loose file its place among the interview's files, before the answer that names it is written."""
    project.attachments.link(
        interview_id, file.ref, file.sha, name=file.name or file.sha[:12], mime=file.mime, size=file.size
    )
