"""One recording under way: takes what the microphone hears, measures it, and hands it on in parts."""

import array
import math
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QObject, QTimer, Signal

from roadmapdesk.desktop.media.sound import OpenMicrophone
from roadmapdesk.storage.recordings import SAMPLE_BYTES
from roadmapdesk.workspace.recordings import PART_SECONDS

TICK_MS = 100
SILENT_S = 5.0
STALLED_S = 3.0
_RANGE_DB = 50.0
_LOUDEST = 32_768


class RecorderState(Enum):
    """What the recorder does."""

    IDLE = auto()
    RECORDING = auto()
    PAUSED = auto()


@dataclass(frozen=True, slots=True)
class Take:
    """One recording, finished or under way.

    Attributes:
        ref: the question, empty for the interview as a whole.
        rate: samples a second.
        seconds: how much was heard.
    """

    id: str
    ref: str
    rate: int
    seconds: float


class Recorder(QObject):
    """Records from a microphone that somebody else opened; lives in the main thread.

    Args:
        clock: seconds that only go forward.

    Attributes:
        changed: state, time or level are others now.
        part_ready: (recording id, number, sound) — a part shall be stored.
        stalled: the microphone delivers nothing any more; the recording is paused.
    """

    changed = Signal()
    part_ready = Signal(str, int, bytes)
    stalled = Signal()

    def __init__(self, *, clock: Callable[[], float] = time.monotonic, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._microphone: OpenMicrophone | None = None
        self._reset("", "", 0)
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self.tick)

    def _reset(self, identifier: str, ref: str, rate: int) -> None:
        self.state = RecorderState.IDLE
        self._id, self.ref, self.rate = identifier, ref, rate
        self._waiting = bytearray()
        self._number = 0
        self._frames = 0
        self._quiet_since = self._heard_at = self._clock()
        self.level = 0.0

    @property
    def is_busy(self) -> bool:
        """Whether a recording is under way, paused or not."""
        return self.state is not RecorderState.IDLE

    @property
    def seconds(self) -> float:
        """How much was recorded."""
        return self._frames / self.rate if self.rate else 0.0

    @property
    def is_silent(self) -> bool:
        """Whether a running microphone has delivered nothing but silence for some seconds."""
        return self.state is RecorderState.RECORDING and self._clock() - self._quiet_since >= SILENT_S

    @property
    def take(self) -> Take:
        """The present recording."""
        return Take(self._id, self.ref, self.rate, self.seconds)

    def begin(self, microphone: OpenMicrophone, ref: str, rate: int) -> Take:
        """Begins a recording; the microphone is listening already.

        Raises:
            ValueError: one is under way.
        """
        if self.is_busy:
            msg = "only one recording at a time"
            raise ValueError(msg)
        self._reset(str(uuid.uuid4()), ref, rate)
        self._listen(microphone)
        return self.take

    def go_on(self, microphone: OpenMicrophone) -> None:
        """Continues after a pause."""
        if self.state is RecorderState.PAUSED:
            self._listen(microphone)

    def _listen(self, microphone: OpenMicrophone) -> None:
        self._microphone = microphone
        self._quiet_since = self._heard_at = self._clock()
        self.state = RecorderState.RECORDING
        self._timer.start()
        self.changed.emit()

    def pause(self) -> None:
        """Closes the microphone and hands on what was heard; nothing is heard in a pause."""
        if self.state is RecorderState.RECORDING:
            self._close()
            self.state = RecorderState.PAUSED
            self.changed.emit()

    def end(self) -> Take:
        """Ends the recording; all its parts were handed on when this returns."""
        if self.state is RecorderState.RECORDING:
            self._close()
        ended = self.take
        self.state = RecorderState.IDLE
        self.changed.emit()
        return ended

    def discard(self) -> Take:
        """Ends the recording without handing on what still waits."""
        if self._microphone is not None:
            self._microphone.close()
            self._microphone = None
        self._timer.stop()
        self._waiting.clear()
        ended = self.take
        self.state = RecorderState.IDLE
        self.changed.emit()
        return ended

    def tick(self) -> None:
        """Takes what was heard since the last time."""
        if self._microphone is None:
            return
        self._hear(self._microphone.take())
        if self._clock() - self._heard_at >= STALLED_S:
            self.pause()
            self.stalled.emit()
        else:
            self.changed.emit()

    def _hear(self, sound: bytes) -> None:
        now = self._clock()
        if sound:
            self._heard_at = now
            self._frames += len(sound) // SAMPLE_BYTES
            self._waiting += sound
        self.level = loudness(sound)
        if self.level > 0:
            self._quiet_since = now
        size = PART_SECONDS * self.rate * SAMPLE_BYTES
        while len(self._waiting) >= size:
            self._hand_on(size)

    def _hand_on(self, size: int) -> None:
        part = bytes(self._waiting[:size])
        del self._waiting[:size]
        self.part_ready.emit(self._id, self._number, part)
        self._number += 1

    def _close(self) -> None:
        self._timer.stop()
        if self._microphone is not None:
            self._microphone.close()
            self._hear(self._microphone.take())
            self._microphone = None
        if self._waiting:
            self._hand_on(len(self._waiting))
        self.level = 0.0


def loudness(sound: bytes) -> float:
    """How loud 16-bit samples are: 0 for silence, 1 for the loudest, in even steps to the ear over 50 dB."""
    samples = array.array("h", sound[: len(sound) // SAMPLE_BYTES * SAMPLE_BYTES])
    peak = max(max(samples, default=0), -min(samples, default=0))
    if peak <= 0:
        return 0.0
    return min(max(1 + 20 * math.log10(peak / _LOUDEST) / _RANGE_DB, 0.01), 1.0)
