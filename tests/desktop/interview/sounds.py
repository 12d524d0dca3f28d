"""A microphone that reads what a test says, and a loudspeaker that plays by hand."""

import array
import math

from roadmapdesk.desktop.media.sound import SoundError
from roadmapdesk.errors import Message


def tone(seconds: float, rate: int = 16_000, height: float = 440.0, loud: float = 0.5) -> bytes:
    """A sine as 16-bit samples."""
    count = int(seconds * rate)
    samples = (int(32_767 * loud * math.sin(2 * math.pi * height * n / rate)) for n in range(count))
    return array.array("h", samples).tobytes()


class FakeMicrophone:
    """Hears what it is given."""

    def __init__(self, rate: int) -> None:
        self.rate = rate
        self.heard = bytearray()
        self.is_open = True

    def take(self) -> bytes:
        sound = bytes(self.heard)
        self.heard.clear()
        return sound

    def close(self) -> None:
        self.is_open = False


class FakePlaying:
    """Plays as far as the test says."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.seconds = 0.0
        self.length = 4.0
        self.is_over = False
        self.is_stopped = False

    def stop(self) -> None:
        self.is_stopped = True


class FakeSound:
    """A computer with the devices that the test wants."""

    def __init__(self, trouble: Message | None = None) -> None:
        self.trouble = trouble
        self.microphones: list[FakeMicrophone] = []
        self.played: list[FakePlaying] = []

    @property
    def microphone(self) -> FakeMicrophone:
        return self.microphones[-1]

    def missing(self) -> Message | None:
        return self.trouble

    def listen(self, rate: int) -> FakeMicrophone:
        if self.trouble is not None:
            raise SoundError(self.trouble)
        self.microphones.append(FakeMicrophone(rate))
        return self.microphone

    def play(self, data: bytes) -> FakePlaying:
        if self.trouble is not None:
            raise SoundError(self.trouble)
        self.played.append(FakePlaying(data))
        return self.played[-1]
