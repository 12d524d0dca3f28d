"""The port to microphone and loudspeaker: what recording and playing need, and the messages where there is none.

The real devices are in `devices`; tests bring a microphone that reads a file.
"""

from typing import Protocol

from roadmapdesk.errors import Message, RoadmapDeskError
from roadmapdesk.i18n import N_

NO_LIBRARY = Message(
    "sound.no_library",
    N_("This installation cannot record or play sound: its part “recording” is missing. Attach a sound file."),
)
NO_MICROPHONE = Message(
    "sound.no_microphone", N_("No microphone was found. Connect one and try again, or attach a sound file.")
)
NO_LOUDSPEAKER = Message(
    "sound.no_loudspeaker",
    N_("The recording cannot be played here: no loudspeaker was found, or its format is unknown. Save a copy."),
)


class SoundError(RoadmapDeskError):
    """The computer cannot record or play now; `code` says why."""


class OpenMicrophone(Protocol):
    """A microphone that is listening."""

    def take(self) -> bytes:
        """What was heard since the last call: 16-bit samples of one channel; called on the main thread."""

    def close(self) -> None:
        """Stops listening; what was heard until then can still be taken."""


class Playing(Protocol):
    """Sound that is being played."""

    @property
    def seconds(self) -> float:
        """How far it is."""

    @property
    def length(self) -> float:
        """How long it is, in seconds."""

    @property
    def is_over(self) -> bool:
        """Whether it has come to its end."""

    def stop(self) -> None:
        """Stops playing."""


class Sound(Protocol):
    """Microphone and loudspeaker of a computer; every function may be called on a worker thread."""

    def missing(self) -> Message | None:
        """Why nothing can be recorded; None where a microphone seems to be there."""

    def listen(self, rate: int) -> OpenMicrophone:
        """Opens the microphone.

        Args:
            rate: samples a second.

        Raises:
            SoundError: there is none, or it is taken.
        """

    def play(self, data: bytes) -> Playing:
        """Plays a sound file from memory.

        Raises:
            SoundError: no loudspeaker, or a format that is not known.
        """
