"""The one exception family that reaches a user, and the messages it carries.

A failure of the environment (file missing, disk full, newer schema) is raised as a subclass of
`RoadmapDeskError` in the layer that met it. It holds a `Message` (a code and one English sentence with named
parameters) and the parameters; ``desktop`` and ``cli`` only translate and fill in, so both say the same.
Outcomes such as an invalid answer are returned values, never exceptions; bugs are `AssertionError`/`ValueError`.
"""

from dataclasses import dataclass

from roadmapdesk.i18n import gettext


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
