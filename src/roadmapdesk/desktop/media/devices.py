"""Microphone and loudspeaker through miniaudio (docs/adr/0013); the library is loaded when it is needed first."""

import os
import sys
from collections import deque
from collections.abc import Generator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from roadmapdesk.desktop.media.sound import (
    NO_LIBRARY,
    NO_LOUDSPEAKER,
    NO_MICROPHONE,
    OpenMicrophone,
    Playing,
    SoundError,
)
from roadmapdesk.errors import Message
from roadmapdesk.storage.recordings import SAMPLE_BYTES
from roadmapdesk.workspace.recordings import has_encoder

if TYPE_CHECKING:
    import array

    import miniaudio

_BUFFER_MS = 100


class Devices:
    """The computer's own sound.

    Args:
        backends: which systems of sound to try, by miniaudio's names; the system's own order by default.
    """

    def __init__(self, backends: tuple[str, ...] = ()) -> None:
        self._backends = backends

    def missing(self) -> Message | None:
        """See `Sound.missing`."""
        if find_spec("miniaudio") is None or not has_encoder():
            return NO_LIBRARY
        if not self._backends and sys.platform == "linux" and not _linux_has_sound():
            return NO_MICROPHONE
        import miniaudio  # noqa: PLC0415 — heavy library, loaded on first use

        try:
            found = miniaudio.Devices(self._chosen()).get_captures()
        except miniaudio.MiniaudioError:
            return NO_MICROPHONE
        return None if found else NO_MICROPHONE

    def listen(self, rate: int) -> OpenMicrophone:
        """See `Sound.listen`."""
        missing = self.missing()
        if missing is not None:
            raise SoundError(missing)
        import miniaudio  # noqa: PLC0415 — heavy library, loaded on first use

        try:
            return _Microphone(rate, self._chosen())
        except miniaudio.MiniaudioError as error:
            raise SoundError(NO_MICROPHONE) from error

    def play(self, data: bytes) -> Playing:
        """See `Sound.play`."""
        if find_spec("miniaudio") is None:
            raise SoundError(NO_LIBRARY)
        if not self._backends and sys.platform == "linux" and not _linux_has_sound():
            raise SoundError(NO_LOUDSPEAKER)
        import miniaudio  # noqa: PLC0415 — heavy library, loaded on first use

        try:
            return _Loudspeaker(data, self._chosen())
        except miniaudio.MiniaudioError as error:
            raise SoundError(NO_LOUDSPEAKER) from error

    def _chosen(self) -> "list[miniaudio.Backend] | None":
        import miniaudio  # noqa: PLC0415 — heavy library, loaded on first use

        return [miniaudio.Backend[name] for name in self._backends] or None


def _linux_has_sound() -> bool:
    """Whether there is a sound server or a sound card; without both, ALSA would only complain on the terminal."""
    if os.environ.get("PULSE_SERVER"):
        return True
    runtime = Path(os.environ.get("XDG_RUNTIME_DIR") or f"/run/user/{os.getuid()}")
    return (runtime / "pulse" / "native").exists() or any(Path("/dev/snd").glob("pcmC*"))


class _Microphone:
    def __init__(self, rate: int, backends: "list[miniaudio.Backend] | None") -> None:
        import miniaudio  # noqa: PLC0415 — heavy library, loaded on first use

        self._heard: deque[bytes] = deque()
        self._device = miniaudio.CaptureDevice(
            input_format=miniaudio.SampleFormat.SIGNED16,
            nchannels=1,
            sample_rate=rate,
            buffersize_msec=_BUFFER_MS,
            backends=backends,
            app_name="RoadmapDesk",
        )
        hear = self._hear()
        next(hear)
        self._device.start(hear)

    def _hear(self) -> Generator[None, bytes, None]:
        """Runs on the device's thread."""
        while True:
            self._heard.append(bytes((yield)))

    def take(self) -> bytes:
        return b"".join(self._heard.popleft() for _ in range(len(self._heard)))

    def close(self) -> None:
        self._device.close()


class _Loudspeaker:
    """Plays a file from memory; it is decoded piece by piece, because an hour of sound would fill the memory."""

    def __init__(self, data: bytes, backends: "list[miniaudio.Backend] | None") -> None:
        import miniaudio  # noqa: PLC0415 — heavy library, loaded on first use

        rate, self.length = _rate_and_length(data)
        self._rate = rate
        self._frames = 0
        self._is_read = False
        stream = miniaudio.stream_memory(
            data, output_format=miniaudio.SampleFormat.SIGNED16, nchannels=1, sample_rate=rate
        )
        self._waiting = bytearray(next(stream).tobytes())
        self._device = miniaudio.PlaybackDevice(
            output_format=miniaudio.SampleFormat.SIGNED16,
            nchannels=1,
            sample_rate=rate,
            buffersize_msec=_BUFFER_MS,
            backends=backends,
            app_name="RoadmapDesk",
        )
        speak = self._speak(stream)
        next(speak)
        self._device.start(speak)

    def _speak(self, stream: "Generator[array.array[int], int, None]") -> Generator[bytes, int, None]:
        """Runs on the device's thread."""
        wanted = yield b""
        while True:
            size = SAMPLE_BYTES * wanted
            while len(self._waiting) < size and not self._is_read:
                try:
                    self._waiting += stream.send(wanted).tobytes()
                except StopIteration:
                    self._is_read = True
            sound = bytes(self._waiting[:size])
            del self._waiting[:size]
            self._frames += len(sound) // SAMPLE_BYTES
            wanted = yield sound.ljust(size, b"\0")

    @property
    def seconds(self) -> float:
        return self._frames / self._rate

    @property
    def is_over(self) -> bool:
        return self._is_read and not self._waiting

    def stop(self) -> None:
        self._device.close()


def _rate_and_length(data: bytes) -> tuple[int, float]:
    """Samples a second and length in seconds of a sound file; its length is 0 where it does not tell.

    Raises:
        miniaudio.MiniaudioError: the format is not known.
    """
    import miniaudio  # noqa: PLC0415 — heavy library, loaded on first use

    for look in (miniaudio.flac_get_info, miniaudio.wav_get_info, miniaudio.vorbis_get_info, miniaudio.mp3_get_info):
        try:
            info = look(data)
        except miniaudio.MiniaudioError:
            continue
        return int(info.sample_rate), float(info.duration)
    msg = "no format that is known"
    raise miniaudio.DecodeError(msg)
