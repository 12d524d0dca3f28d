"""Sound recordings of interviews: when they are allowed, and from stored parts to one FLAC file (docs/adr/0013)."""

import contextlib
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from importlib.util import find_spec
from typing import TYPE_CHECKING

from roadmapdesk.domain.question_roles import Role
from roadmapdesk.storage.content import sha256_bytes
from roadmapdesk.storage.project import Project
from roadmapdesk.storage.recordings import SAMPLE_BYTES
from roadmapdesk.storage.values import Recording
from roadmapdesk.workspace.attachments import WHOLE_INTERVIEW, free_name

if TYPE_CHECKING:
    from roadmapdesk.workspace.interviewing import InterviewDesk

RATES = {"voice-only": 8_000, "low": 12_000, "normal": 16_000, "external": 16_000}
"""XLSForm's parameter ``quality`` → samples a second; speech needs no more than 16,000."""
USUAL_RATE = RATES["normal"]
PART_SECONDS = 2
"""How much sound a crash may cost: parts are stored as often as this."""
MIME = "audio/flac"


class LockKind(StrEnum):
    """Why sound may not be recorded."""

    CLOSED = "closed"
    REFUSED = "refused"
    NO_CONSENT = "no_consent"


@dataclass(frozen=True, slots=True)
class RecordingLock:
    """What stands against recording now.

    Attributes:
        ref: the question whose answer would change that, empty where none would.
    """

    kind: LockKind
    ref: str = ""


@dataclass(frozen=True, slots=True)
class StoredSound:
    """A finished recording.

    Attributes:
        seconds: how long it is.
        lost: parts that changed on the disk before they could be put together; silence stands in their place.
    """

    name: str
    seconds: float
    lost: int


def recording_lock(desk: "InterviewDesk") -> RecordingLock | None:
    """Why nothing may be recorded in this interview now; None where recording is allowed.

    A form that asks for consent to recording must have a yes; one without that question leaves it to the team.
    """
    if not desk.is_open:
        return RecordingLock(LockKind.CLOSED)
    if desk.is_refused:
        return RecordingLock(LockKind.REFUSED)
    name = desk.roles.question(Role.CONSENT_RECORDING)
    ref = desk.path_of(name or "")
    if not name or not ref:
        return None
    is_agreed = desk.roles.says_yes(Role.CONSENT_RECORDING, desk.role_text(Role.CONSENT_RECORDING))
    return None if is_agreed and desk.view(ref).is_relevant else RecordingLock(LockKind.NO_CONSENT, ref)


def background_ref(desk: "InterviewDesk") -> str:
    """The field that the form wants the whole conversation recorded in; empty where it names none."""
    actions = (action for action in desk.definition.actions if action.kind == "recordaudio")
    return next((action.target.path for action in actions if action.repeat is None), WHOLE_INTERVIEW)


def wants_recording(desk: "InterviewDesk") -> bool:
    """Whether the interview as a whole may be recorded: the form asks for consent to it, or for the recording."""
    return bool(desk.path_of(desk.roles.question(Role.CONSENT_RECORDING) or "")) or bool(background_ref(desk))


def recording_name(started: datetime, taken: Iterable[str]) -> str:
    """The file name of a recording: ``audio_20260312-101502.flac``, by the local time of its beginning."""
    return free_name(f"audio_{started.astimezone():%Y%m%d-%H%M%S}.flac", taken)


def has_encoder() -> bool:
    """Whether the library that writes FLAC files is installed."""
    return find_spec("soundfile") is not None


def encode(parts: Iterable[bytes | None], rate: int) -> tuple[bytes, float, int]:
    """The parts as one FLAC file, its length in seconds, and how many parts had to be replaced by silence."""
    import soundfile  # noqa: PLC0415 — heavy library, loaded when the first recording ends

    target = io.BytesIO()
    frames = lost = 0
    usual = b"\0" * (PART_SECONDS * rate * SAMPLE_BYTES)
    with soundfile.SoundFile(target, "w", rate, 1, "PCM_16", format="FLAC") as writer:
        for part in parts:
            sound = usual if part is None else part[: len(part) // SAMPLE_BYTES * SAMPLE_BYTES]
            lost += part is None
            frames += len(sound) // SAMPLE_BYTES
            writer.buffer_write(sound, "int16")
    return target.getvalue(), frames / rate, lost


def finish_recording(project: Project, recording: Recording, name: str) -> StoredSound:
    """Puts the stored parts together to an attachment and lets go of them; doing it again is harmless.

    Raises:
        StorageError: the parts are all still there; try again.
    """
    data, seconds, lost = encode(project.recordings.parts(recording.id), recording.rate)
    others = project.attachments.list(recording.interview_id)
    name = free_name(name, (item.name for item in others if item.sha != sha256_bytes(data)))
    project.attachments.add(recording.interview_id, recording.ref, data, name=name, mime=MIME)
    project.recordings.drop(recording.id)
    return StoredSound(name, seconds, lost)


def rescue_recordings(project: Project, interview_id: str) -> tuple[tuple[Recording, StoredSound], ...]:
    """Makes attachments of the recordings of an interview that a crash cut off; empty ones go without a trace."""
    rescued = []
    for recording in project.recordings.list(interview_id):
        if not recording.parts:
            project.recordings.drop(recording.id)
            continue
        name = recording_name(recording.started_at, ())
        with contextlib.suppress(ImportError):  # without the library the parts wait for a program that has it
            rescued.append((recording, finish_recording(project, recording, name)))
    return tuple(rescued)
