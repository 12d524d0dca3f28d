"""Handing interviews to other ODK programs: records as submissions with their files, in one archive.

Each record is a folder with ``submission.xml`` and its media, as ODK Briefcase lays them out. A form with a public
key gives encrypted records that only the owner of the private key can read.
"""

import hashlib
import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from roadmapdesk.errors import Message, RoadmapDeskError
from roadmapdesk.i18n import N_
from roadmapdesk.reports.targets import write_whole
from roadmapdesk.storage.project import Project
from roadmapdesk.storage.values import InterviewRow
from roadmapdesk.workspace.attachments import FileState, FileUse, InterviewFile, free_name, read_listed
from roadmapdesk.workspace.forms import definition_of, load_lists
from roadmapdesk.workspace.outgoing import note_outgoing
from roadmapdesk.workspace.places import refuse_project_place
from roadmapdesk.xforms.encryption import RECORD_FILE, encrypt_submission, public_key_of
from roadmapdesk.xforms.session.session import FormSession

KIND = "submissions"
NOT_FINISHED = Message(
    "submissions.not_finished",
    N_("“{code}” is not finalised. Only finalised interviews can be saved as submissions."),
)
NONE_FINISHED = Message(
    "submissions.none_finished", N_("No interview is finalised yet, so there is nothing to save as a submission.")
)


class SubmissionError(RoadmapDeskError):
    """There is nothing that could be handed over."""


@dataclass(frozen=True, slots=True)
class WrittenSubmissions:
    """One archive of records.

    Attributes:
        interviews: ids of the interviews inside.
        encrypted: how many records are encrypted.
        missing: names of files that the answers name and the project does not hold any more.
        sha: SHA-256 of the archive.
    """

    target: Path
    interviews: tuple[str, ...]
    encrypted: int
    missing: tuple[str, ...]
    sha: str


def finished(project: Project, *, wave: str = "") -> tuple[str, ...]:
    """Ids of the interviews that count, of one wave or of all.

    Raises:
        SubmissionError: there is none.
    """
    found = tuple(row.id for row in project.interviews.list(wave=wave or None) if row.state.counts)
    if not found:
        raise SubmissionError(NONE_FINISHED)
    return found


def refuse_unfinished(row: InterviewRow) -> None:
    """Refuses an interview that is not finalised.

    Raises:
        SubmissionError: it is a draft, or withdrawn.
    """
    if not row.state.counts:
        raise SubmissionError(NOT_FINISHED, code=row.code)


def archive_name(project: Project, code: str = "") -> str:
    """A name that says what is inside: project or interview, and that these are submissions."""
    cleaned = "".join(sign if sign.isalnum() or sign in "-_" else "-" for sign in code or project.name).strip("-")
    return f"{cleaned[:80] or 'roadmapdesk'}_odk.zip"


def save_submissions(
    project: Project,
    interviews: Sequence[str],
    target: Path,
    *,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> WrittenSubmissions:
    """Writes the records of finalised interviews, and notes in the project's log that they left it.

    Args:
        project: the open project; a read-only one is read without an entry in its log.
        interviews: their ids.
        target: archive to write; an existing one is replaced in one step.
        progress: told records done and records in all.

    Raises:
        SubmissionError: an interview is not finalised.
        EncryptionError: a form's public key cannot be used.
        PlaceTaken: the place belongs to a project.
        TargetNotWritable: the place cannot be written; an older file is untouched.
    """
    refuse_project_place(target)
    content = io.BytesIO()
    missing: list[str] = []
    encrypted = 0
    folders: list[str] = []
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for done, interview_id in enumerate(interviews, start=1):
            name, files, is_encrypted, lost = _record(project, interview_id)
            folders.append(free_name(name, folders))
            for file, data in files.items():
                archive.writestr(f"{folders[-1]}/{file}", data)
            encrypted += is_encrypted
            missing += lost
            progress(done, len(interviews))
    data = content.getvalue()
    write_whole(target, data)
    written = WrittenSubmissions(
        target, tuple(interviews), encrypted, tuple(missing), hashlib.sha256(data).hexdigest()
    )
    _log(project, written)
    return written


def _record(project: Project, interview_id: str) -> tuple[str, Mapping[str, bytes], bool, list[str]]:
    """Name of the record's folder, its files, whether they are encrypted, and names of files that are gone."""
    row = project.interviews.get(interview_id)
    refuse_unfinished(row)
    revision = project.revisions.heads(interview_id)[-1]
    definition = definition_of(project.forms.get(revision.body["form"]))
    lists = load_lists(project, revision.body.get("lists", {}))
    record = FormSession.restore(definition, revision.answers, resources=lists).to_submission()
    media = {name: data for name in record.media if (data := _media(project, interview_id, name)) is not None}
    lost = [name for name in record.media if name not in media]
    record = replace(record, media=tuple(media))
    folder = (record.instance_id or row.code or interview_id).replace(":", "")
    if not public_key_of(definition):
        return folder, {RECORD_FILE: record.xml, **media}, False, lost
    sealed = encrypt_submission(definition, record, media)
    return folder, {RECORD_FILE: sealed.manifest, **sealed.files}, True, lost


def _media(project: Project, interview_id: str, name: str) -> bytes | None:
    """The bytes of a file that an answer names; None where it is gone, deleted or damaged."""
    for found in reversed(project.attachments.list(interview_id)):
        if found.name == name:
            file = InterviewFile(found.sha, found.ref, name, found.mime, found.size, FileUse.ANSWER)
            content = read_listed(project, file)
            return content.data if content.state is FileState.SOUND else None
    return None


def _log(project: Project, written: WrittenSubmissions) -> None:
    note_outgoing(
        project,
        written.target,
        kind=KIND,
        sha=written.sha,
        interviews=written.interviews,
        details={"encrypted": written.encrypted},
    )
