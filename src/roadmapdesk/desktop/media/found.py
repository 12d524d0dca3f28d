"""What an interruption left of an interview's files."""

from dataclasses import dataclass

from roadmapdesk.desktop.media.words import clock_words
from roadmapdesk.i18n import gettext as _
from roadmapdesk.i18n import ngettext
from roadmapdesk.storage.project import Project
from roadmapdesk.storage.values import Recording
from roadmapdesk.workspace.attachments import FileUse, interview_files
from roadmapdesk.workspace.recordings import StoredSound, rescue_recordings


@dataclass(frozen=True, slots=True)
class Found:
    """The outcome of a look at one interview.

    Attributes:
        rescued: recordings that became attachments now.
        loose: number of files that no answer ever named.
    """

    rescued: tuple[tuple[Recording, StoredSound], ...]
    loose: int


def cut_off_files(project: Project) -> tuple[str, ...]:
    """Codes of the interviews with files or recordings that an interruption cut off, in order; empty for no code.

    Raises:
        StorageError: the file with the attachments cannot be read.
    """
    hit = {file.interview_id for file in project.attachments.loose()}
    hit |= {recording.interview_id for recording in project.recordings.list()}
    rows = {row.id: row for row in project.interviews.list()}
    return tuple(sorted(rows[key].code for key in hit if key in rows))


def look_after_interruption(project: Project, interview_id: str) -> Found:
    """Rescues cut-off recordings and counts loose files; for the database thread."""
    rescued = rescue_recordings(project, interview_id)
    names = {sound.name for _recording, sound in rescued}
    files = interview_files(project, interview_id)
    loose = sum(file.use is FileUse.LOOSE and file.name not in names for file in files)
    return Found(rescued, loose)


def rescued_words(found: Found) -> str:
    """How much of the recordings was kept, and what of it is silent."""
    seconds = sum(sound.seconds for _recording, sound in found.rescued)
    words = _("A recording that was interrupted was kept: {time}.").format(time=clock_words(seconds))
    lost = sum(sound.lost for _recording, sound in found.rescued)
    if not lost:
        return words
    part = ngettext("{n} part of it was damaged and is silent.", "{n} parts of it were damaged and are silent.", lost)
    return f"{words} {part.format(n=lost)}"


def loose_words(found: Found) -> str:
    """How many files no answer ever named."""
    return ngettext(
        "{n} file of this interview belongs to no answer, because the program was interrupted.",
        "{n} files of this interview belong to no answer, because the program was interrupted.",
        found.loose,
    ).format(n=found.loose)
