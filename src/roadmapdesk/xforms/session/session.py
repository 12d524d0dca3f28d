"""One form being filled: answers in, changes out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from roadmapdesk.xforms.definition.model import FormDefinition
    from roadmapdesk.xforms.limits import Limits
    from roadmapdesk.xforms.session.codecs import TypedValue
    from roadmapdesk.xforms.session.view import Changes, NodeView, Notice, Violation
    from roadmapdesk.xforms.submission import Submission


class Clock(Protocol):
    """Tells the time; tests hand in one that stands still."""

    def __call__(self) -> datetime:
        """Now, with a time zone."""
        ...


class FormSession:
    """One live instance of a form.

    Args:
        definition: the form, shared between sessions.
        clock: what ``now()`` and ``today()`` say; the system's local time by default.
        language: the form's language to begin with; its default language by default.
        resources: form files by base name (CSV, XML, GeoJSON, last-saved record) beside those that the definition holds.
        device: values for the metadata questions by preload name (``deviceid``, ``username``, ``email``, …).
        limits: caps on sizes and steps.

    Raises:
        FormError: where the form's own files are broken or a limit is passed.
    """

    def answer(self, ref: str, value: TypedValue) -> Changes:
        """Stores an answer and brings everything that depends on it up to date.

        Args:
            ref: the question, with repeat keys or with positions.
            value: a typed value, or the stored text; None or an empty text clears the answer.

        Returns:
            What changed. An answer that breaks the constraint is kept and shows as the node's violation; one that is
            no value of the type is not kept and stands in `Changes.refused`.

        Raises:
            KeyError: no such node.
        """
        raise NotImplementedError

    def probe(self, ref: str, value: TypedValue) -> Violation | None:
        """The violation that this answer would have, without storing it."""
        raise NotImplementedError

    def add_repeat(self, ref: str, *, before: str = "") -> Changes:
        """Adds an instance to the repeat `ref` at its end, or before the instance with the key `before`.

        The new instance's ref is ``changes.added[0]``.
        """
        raise NotImplementedError

    def remove_repeat(self, ref: str) -> Changes:
        """Removes the repeat instance `ref` with all its answers."""
        raise NotImplementedError

    def reorder_repeat(self, ref: str, keys: Sequence[str]) -> Changes:
        """Puts the instances of the repeat `ref` into the order of `keys`; each keeps its key and its answers.

        For a counted repeat `keys` may also name instances that are hidden because the count fell.
        """
        raise NotImplementedError

    def set_language(self, code: str) -> Changes:
        """Switches labels, hints, choices and messages to another language of the form."""
        raise NotImplementedError

    def validate(self) -> tuple[Violation, ...]:
        """All violations of the whole form, in the order of the body; empty where it is complete."""
        raise NotImplementedError

    def finalise(self) -> tuple[Violation, ...]:
        """Ends the interview: fires the closing events and drops put-aside choices for good.

        Returns:
            The violations that stand against it; where there is any, nothing was done.
        """
        raise NotImplementedError

    def node(self, ref: str) -> NodeView:
        """The node with this ref (keys or positions).

        Raises:
            KeyError: no such node.
        """
        raise NotImplementedError

    @property
    def root(self) -> NodeView:
        """The form itself; its children follow the body."""
        raise NotImplementedError

    @property
    def language(self) -> str:
        """The form language in use; empty where the form has only one."""
        raise NotImplementedError

    @property
    def notices(self) -> tuple[Notice, ...]:
        """What a person should know about this session: missing files, skipped features, choices put aside."""
        raise NotImplementedError

    def answers(self) -> dict[str, str]:
        """Everything needed to restore the session: ref → stored text, irrelevant answers included.

        A repeat's own ref maps to the keys of its instances, divided by blanks.
        """
        raise NotImplementedError

    @classmethod
    def restore(cls, definition: FormDefinition, answers: Mapping[str, str]) -> FormSession:
        """A session with these answers (from `answers`); the same further arguments as the constructor."""
        raise NotImplementedError

    def to_submission(self) -> Submission:
        """The record as an ODK submission: relevant nodes only, with its media list."""
        raise NotImplementedError

    @classmethod
    def from_submission(cls, definition: FormDefinition, xml: bytes) -> FormSession:
        """A session that edits an earlier submission; the same further arguments as the constructor."""
        raise NotImplementedError
