"""Recording in one interview: allowed only with consent, stored in parts, kept when anything interrupts it."""

from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from roadmapdesk.desktop.jobs import Jobs, Pool
from roadmapdesk.desktop.media.recorder import Recorder, RecorderState, Take
from roadmapdesk.desktop.media.sound import NO_LIBRARY, NO_MICROPHONE, OpenMicrophone, Sound, SoundError
from roadmapdesk.desktop.media.strip import NO_SOUND, SoundState, SoundView
from roadmapdesk.desktop.media.words import lock_sentence
from roadmapdesk.errors import Message
from roadmapdesk.i18n import gettext as _
from roadmapdesk.storage.project import Project
from roadmapdesk.workspace.attachments import WHOLE_INTERVIEW
from roadmapdesk.workspace.recordings import (
    RATES,
    USUAL_RATE,
    RecordingLock,
    background_ref,
    finish_recording,
    recording_lock,
    recording_name,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from roadmapdesk.desktop.interview.conductor import Conductor


class MicrophoneDesk(QObject):
    """Carries the recordings of one interview, one at a time.

    Args:
        conductor: of the interview; parts are written through its queue, in order with the answers.
        jobs: the background work of the program.
        sound: the devices.
        short: gives the short name of a question.

    Attributes:
        changed: what `view` says is another now.
        stored: (ref, file name) — a recording is an attachment now, in the file.
        stopped: a lock ended a recording: its `Take`; call `keep` or `drop` with it.
        told: what gives a sentence for the person about a recording, in the language of that moment.
    """

    changed = Signal()
    stored = Signal(str, str)
    stopped = Signal(object)
    told = Signal(object)

    def __init__(
        self,
        *,
        conductor: "Conductor",
        jobs: Jobs,
        sound: Sound,
        short: "Callable[[str], str]",
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._conductor = conductor
        self._jobs = jobs
        self._sound = sound
        self._short = short
        self._missing: Message | None = None
        self._is_probed = False
        self._starting: str | None = None
        self._storing: set[str] = set()
        self._began = datetime.now(UTC)
        self.recorder = Recorder(parent=self)
        self.recorder.changed.connect(self.changed)
        self.recorder.part_ready.connect(self._on_recorder_part_ready)
        self.recorder.stalled.connect(self._on_recorder_stalled)

    @property
    def lock(self) -> RecordingLock | None:
        """What stands against recording in this interview now."""
        return recording_lock(self._conductor.desk)

    def lock_words(self) -> str:
        """The same in words, or that this installation cannot record; empty where nothing stands against it."""
        lock = self.lock
        if lock is not None:
            return lock_sentence(lock.kind, self._short(lock.ref) if lock.ref else "")
        return NO_LIBRARY.text() if self._missing is NO_LIBRARY else ""

    def probe(self) -> None:
        """Finds out in the background whether there is a microphone, once."""
        if not self._is_probed:
            self._is_probed = True
            self._jobs.run(lambda _control: self._sound.missing(), done=self._on_probed, pool=Pool.CPU, owner=self)

    def _on_probed(self, missing: Message | None) -> None:
        self._missing = missing
        self.changed.emit()

    def view(self, ref: str) -> SoundView:
        """What a recorder for this place shows; an empty ref stands for the interview as a whole."""
        recorder = self.recorder
        if recorder.is_busy and recorder.ref == ref:
            is_running = recorder.state is RecorderState.RECORDING
            quiet = _("No sound arrives. Is the microphone switched off?") if recorder.is_silent else ""
            state = SoundState.RECORDING if is_running else SoundState.PAUSED
            return SoundView(state, quiet, recorder.seconds, recorder.level)
        if ref in self._storing:
            return SoundView(SoundState.STORING)
        if not self._conductor.desk.is_open:
            return NO_SOUND
        if self._starting == ref:
            return SoundView(SoundState.READY, _("The microphone is being opened …"))
        words = self.lock_words()
        if not words and (recorder.is_busy or self._starting is not None):
            words = _("Another recording is under way.")
        if not words and self._missing is NO_MICROPHONE:
            return SoundView(SoundState.READY, NO_MICROPHONE.text())  # one may be plugged in at any time
        return SoundView(SoundState.LOCKED if words else SoundState.READY, words)

    def record(self, ref: str, quality: str = "") -> None:
        """Begins a recording for a question, or for the interview as a whole; says so where that may not be."""
        if self.recorder.is_busy or self._starting is not None:
            return
        if self.lock is not None:
            self.told.emit(self.lock_words)
            return
        self._starting = ref
        rate = RATES.get(quality, USUAL_RATE)
        self._jobs.run(
            lambda _control: self._sound.listen(rate),
            done=lambda microphone: self._on_microphone_opened(microphone, ref, rate),
            failed=self._on_microphone_failed,
            pool=Pool.CPU,
            owner=self,
        )
        self.changed.emit()

    def _on_microphone_opened(self, microphone: OpenMicrophone, ref: str, rate: int) -> None:
        self._starting = None
        if self.lock is not None:  # the consent was taken back while the device was being opened
            microphone.close()
            self.changed.emit()
            return
        self._missing = None
        if self.recorder.state is RecorderState.PAUSED:
            self.recorder.go_on(microphone)
            return
        self._began = datetime.now(UTC)
        take = self.recorder.begin(microphone, ref, rate)
        self._conductor.queue.add_work(partial(_begin, self._conductor.interview_id, take))

    def _on_microphone_failed(self, error: Exception) -> None:
        self._starting = None
        if not isinstance(error, SoundError):
            raise error
        self._missing = error.message
        self.told.emit(lambda: error.sentence)
        self.changed.emit()

    def pause(self) -> None:
        """Pauses; the microphone is off."""
        self.recorder.pause()

    def go_on(self) -> None:
        """Continues after a pause."""
        if self.recorder.state is not RecorderState.PAUSED or self._starting is not None:
            return
        rate, self._starting = self.recorder.rate, self.recorder.ref
        self._jobs.run(
            lambda _control: self._sound.listen(rate),
            done=lambda microphone: self._on_microphone_opened(microphone, self.recorder.ref, rate),
            failed=self._on_microphone_failed,
            pool=Pool.CPU,
            owner=self,
        )

    def stop(self) -> None:
        """Ends the recording and keeps it."""
        if self.recorder.is_busy:
            self.keep(self.recorder.end())

    def discard(self) -> None:
        """Ends the recording and throws it away; the caller asked before."""
        if self.recorder.is_busy:
            self.drop(self.recorder.discard())

    def keep(self, take: Take) -> None:
        """Makes an attachment of an ended recording, and the answer of its question where it takes one."""
        conductor = self._conductor
        if take.seconds <= 0:
            self.drop(take)
            self.told.emit(lambda: _("No sound arrived from the microphone, so nothing was stored."))
            return
        name = recording_name(self._began, conductor.file_names())
        conductor.note_file_name(name)
        self._storing.add(take.ref)
        conductor.queue.add_work(partial(_finish, conductor.interview_id, take.id, name))
        field = take.ref or background_ref(conductor.desk)
        if field and not conductor.desk.refusal(field):
            conductor.answer(field, name)
        conductor.queue.when_empty(lambda: self._on_stored(take.ref, name))
        self.changed.emit()

    def _on_stored(self, ref: str, name: str) -> None:
        self._storing.discard(ref)
        self.changed.emit()
        self.stored.emit(ref, name)

    def drop(self, take: Take) -> None:
        """Deletes the parts of an ended recording; it never was an attachment and leaves no trace."""
        self._conductor.queue.add_work(partial(_drop, take.id))
        self.changed.emit()

    def watch(self) -> None:
        """Ends the recording when it may not go on: consent taken back, interview closed."""
        if self.recorder.is_busy and self.lock is not None:
            take = self.recorder.end()
            self.stopped.emit(take)
        self.changed.emit()

    def _on_recorder_part_ready(self, recording_id: str, number: int, sound: bytes) -> None:
        self._conductor.queue.add_work(partial(_keep_part, recording_id, number, sound))

    def _on_recorder_stalled(self) -> None:
        self.told.emit(
            lambda: _("The microphone delivers nothing any more. The recording is paused; what was recorded is safe.")
        )


def _begin(interview_id: str, take: Take, project: Project) -> None:
    ref = take.ref or WHOLE_INTERVIEW
    project.recordings.begin(interview_id, ref, rate=take.rate, recording_id=take.id)


def _keep_part(recording_id: str, number: int, sound: bytes, project: Project) -> None:
    project.recordings.keep_part(recording_id, number, sound)


def _finish(interview_id: str, recording_id: str, name: str, project: Project) -> datetime | None:
    """Makes the attachment; a second try after a failure finds the parts, or that all was done."""
    found = (each for each in project.recordings.list(interview_id) if each.id == recording_id)
    recording = next(found, None)
    if recording is None:
        return None
    finish_recording(project, recording, name)
    return datetime.now(UTC)


def _drop(recording_id: str, project: Project) -> None:
    project.recordings.drop(recording_id)
