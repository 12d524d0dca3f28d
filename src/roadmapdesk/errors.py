"""The one exception family that reaches a user, and the messages it carries.

A failure of the environment (file missing, disk full, newer schema) is raised as a subclass of
`RoadmapDeskError` in the layer that met it. It holds a `Message` (a code and one English sentence with named
parameters) and the parameters; ``desktop`` and ``cli`` only translate and fill in, so both say the same.
Outcomes such as an invalid answer are returned values, never exceptions; bugs are `AssertionError`/`ValueError`.
"""

import errno
import traceback
from dataclasses import dataclass
from pathlib import Path

from roadmapdesk.i18n import N_, gettext


@dataclass(frozen=True, slots=True)
class Message:
    """One thing the program can say, known by its code.

    Attributes:
        code: stable, dotted, lower case, for example ``storage.too_new``.
        template: one English sentence, marked with ``N_()``, with named ``{parameters}``.
    """

    code: str
    template: str

    def text(self, **parameters: object) -> str:
        """The sentence in the current language with the parameters filled in."""
        return gettext(self.template).format(**parameters)


class RoadmapDeskError(Exception):
    """A failure of the environment that a person must be told about.

    Args:
        message: what happened, what is safe and what to do, as one or two sentences.
        **parameters: values for the template; never answer texts or personal data.
    """

    def __init__(self, message: Message, **parameters: object) -> None:
        super().__init__(message.code)
        self.message = message
        self.parameters = parameters

    @property
    def code(self) -> str:
        """The message's stable code."""
        return self.message.code

    @property
    def sentence(self) -> str:
        """The message in the current language."""
        return self.message.text(**self.parameters)

    def __str__(self) -> str:
        return f"{self.code}: {self.sentence}"


class UsageError(RoadmapDeskError):
    """The caller asked for something that does not exist: unknown level, language, form (exit code 2)."""


_REASONS: dict[str, str] = {
    "ENOENT": N_("it or its folder is not there"),
    "ENOTDIR": N_("a part of its path is no folder"),
    "EISDIR": N_("it is a folder"),
    "EEXIST": N_("it exists already"),
    "EACCES": N_("permission is missing"),
    "EPERM": N_("permission is missing"),
    "EROFS": N_("the medium is write-protected"),
    "EBUSY": N_("another program holds it"),
    "ETXTBSY": N_("another program holds it"),
    "EAGAIN": N_("another program holds it"),
    "ENOSPC": N_("the disk is full"),
    "EDQUOT": N_("a quota or a limit on file size is reached"),
    "EFBIG": N_("a quota or a limit on file size is reached"),
    "EIO": N_("the disk reports a fault"),
    "ENAMETOOLONG": N_("its name is too long"),
    "EINVAL": N_("its name has a character that is not allowed"),
    "EILSEQ": N_("its name has a character that is not allowed"),
    "ELOOP": N_("its path leads in a circle"),
    "EMFILE": N_("too many files are open"),
    "ENFILE": N_("too many files are open"),
    "ENODEV": N_("the drive is not connected"),
    "ENXIO": N_("the drive is not connected"),
    "ESTALE": N_("the connection to the drive is lost"),
    "ETIMEDOUT": N_("the connection to the drive is lost"),
    "ECONNRESET": N_("the connection to the drive is lost"),
    "ENETUNREACH": N_("the connection to the drive is lost"),
    "EHOSTUNREACH": N_("the connection to the drive is lost"),
    "ENOMEM": N_("the memory of this computer is used up"),
}
"""What the system's error numbers mean for a file, by their names, because not every system knows all of them."""
_OTHER_REASON = N_("the system reports error {number}")


def reason_of(error: OSError) -> str:
    """Why the system refused a file, as a part of a sentence in the current language; never the system's own text."""
    reason = _REASONS.get(errno.errorcode.get(error.errno or 0, ""))
    return gettext(reason) if reason else gettext(_OTHER_REASON).format(number=error.errno or 0)


def places_of(error: BaseException) -> str:
    """Class and places of an exception, a line each; its own text is left out, because it may quote an answer."""
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
    return "\n".join([f"{type(error).__module__}.{type(error).__qualname__}", *places])
