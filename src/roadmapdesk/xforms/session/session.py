"""One form being filled: answers in, changes out."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Protocol, TypedDict

from typing_extensions import Unpack

from roadmapdesk.xforms.audit import AuditEventName
from roadmapdesk.xforms.entities import EntityAction, entity_actions
from roadmapdesk.xforms.limits import Limits
from roadmapdesk.xforms.pausing import collector_paused
from roadmapdesk.xforms.problems import UNSUPPORTED, FormError
from roadmapdesk.xforms.session.answering import Answering
from roadmapdesk.xforms.session.answers import read_answers, write_answers
from roadmapdesk.xforms.session.auditing import Auditing
from roadmapdesk.xforms.session.core import Core
from roadmapdesk.xforms.session.elements import LiveElement, LiveNode, RepeatRange, Scope
from roadmapdesk.xforms.session.events import LOAD
from roadmapdesk.xforms.session.host import SessionHost
from roadmapdesk.xforms.session.live import Live
from roadmapdesk.xforms.session.locating import find
from roadmapdesk.xforms.session.notices import CHOICE_DROPPED, notice_of_problem
from roadmapdesk.xforms.session.view import Changes, NodeView
from roadmapdesk.xforms.submission import Submission, read_submission, write_submission

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from roadmapdesk.xforms.audit import AuditLog
    from roadmapdesk.xforms.codecs import TypedValue
    from roadmapdesk.xforms.definition.form import FormDefinition
    from roadmapdesk.xforms.session.view import Notice, Violation


class Clock(Protocol):
    """Tells the time; tests hand in one that stands still."""

    def __call__(self) -> datetime:
        """Now, with a time zone."""
        ...


def local_time() -> datetime:
    """The system's time in its own zone."""
    return datetime.now().astimezone()


class SessionOptions(TypedDict, total=False):
    """The further arguments of a session, see `FormSession`."""

    clock: Clock
    language: str | None
    resources: Mapping[str, bytes] | None
    device: Mapping[str, str] | None
    limits: Limits | None
    last_saved: bytes | None
    audit: AuditLog | None


class FormSession:
    """One live instance of a form.

    Args:
        definition: the form, shared between sessions.
        clock: what ``now()`` and ``today()`` say; the system's local time by default.
        language: the form's language to begin with; its default language by default.
        resources: form files by base name (CSV, XML, GeoJSON) beside those that the definition holds.
        device: values for the metadata questions by preload name (``deviceid``, ``username``, ``email``, …).
        limits: caps on sizes and steps.
        last_saved: the last saved record of this form as XML, for forms that read it.
        audit: the log that this session feeds, for forms that ask for one (`audit_settings`).

    Raises:
        FormError: an expression fails on a new interview; a stored one opens nevertheless, with a notice.
        LimitError: the interview would pass a limit.
    """

    def __init__(
        self,
        definition: FormDefinition,
        *,
        clock: Clock = local_time,
        language: str | None = None,
        resources: Mapping[str, bytes] | None = None,
        device: Mapping[str, str] | None = None,
        limits: Limits | None = None,
        last_saved: bytes | None = None,
        audit: AuditLog | None = None,
        _fill: Callable[[Core], None] | None = None,
    ) -> None:
        self.definition = definition
        caps = limits or Limits()
        host = SessionHost(
            definition, clock=clock, language=definition.default_language if language is None else language,
            resources=resources or {}, device=device or {}, limits=caps, last_saved=last_saved,
        )  # fmt: skip
        with collector_paused():
            self._live = Live(definition, host, caps)
            self._core = Core(self._live)
            self._answering = Answering(self._core)
            self._begin(_fill)
        if _fill is None and self._core.failures and not definition.is_preview:
            raise FormError(list(self._core.failures.values()))
        self._notices = list(self._live.take_changes().notices)
        self._auditing = Auditing(self._core, audit, is_new=_fill is None)

    def _begin(self, fill: Callable[[Core], None] | None) -> None:
        """Fills the instance, evaluates everything once and fires the events of loading."""
        if fill is not None:
            fill(self._core)
        else:
            self._core.events.note_given()
            self._core.events.preload()
        self._core.recalculation.queue_scope(self._live.root)
        self._core.events.step()
        self._core.recalculation.circles.end_restoring()
        if fill is None:
            self._core.events.first_load()
        self._core.events.fire(LOAD)

    def answer(self, ref: str, value: TypedValue, *, by_program: bool = False) -> Changes:
        """Stores an answer and brings everything that depends on it up to date.

        Args:
            ref: the question, with repeat keys or with positions.
            value: a typed value, or the stored text; None or an empty text clears the answer.
            by_program: a program fills the field, not a person; read-only fields take it too, and a code that a fixed
                list does not hold is kept, as in JavaRosa, which leaves both to the screens.

        Returns:
            What changed. An answer that breaks the constraint is kept and shows as the node's violation; one that is
            no value of the type is not kept and stands in `Changes.refused`.

        Raises:
            KeyError: no such node.
        """
        changes = self._answering.answer(self._field(ref), value, by_program=by_program)
        if changes.notices:
            self._notices += changes.notices
        return changes

    def probe(self, ref: str, value: TypedValue) -> Violation | None:
        """The violation that this answer would have, without storing it."""
        return self._answering.probe(self._field(ref), value)

    def add_repeat(self, ref: str, *, before: str = "") -> Changes:
        """Adds an instance to the repeat `ref` at its end, or before the instance with the key `before`.

        The new instance's ref is ``changes.added[0]``.
        """
        repeat = self._repeat(ref)
        index = len(repeat.instances)
        if before:
            index = [scope.key for scope in repeat.instances].index(before)
        scope = self._core.repeats.add(repeat, index)
        self._auditing.add(AuditEventName.ADD_REPEAT, scope.element)
        return self._settled()

    def remove_repeat(self, ref: str) -> Changes:
        """Removes the repeat instance `ref` with all its answers."""
        scope = self._instance(ref)
        self._auditing.add(AuditEventName.DELETE_REPEAT, scope.element)
        self._core.repeats.remove(scope)
        return self._settled()

    def reorder_repeat(self, ref: str, keys: Sequence[str]) -> Changes:
        """Puts the instances of the repeat `ref` into the order of `keys`; each keeps its key and its answers.

        For a counted repeat `keys` may also name instances that are hidden because the count fell.
        """
        self._core.repeats.reorder(self._repeat(ref), keys)
        return self._settled()

    def set_language(self, code: str) -> Changes:
        """Switches labels, hints, choices and messages to another language of the form."""
        self._core.speak(code)
        return self._settled()

    def validate(self) -> tuple[Violation, ...]:
        """All violations of the whole form, in the order of the body; empty where it is complete."""
        return self._core.validation.all()

    def finalise(self) -> tuple[Violation, ...]:
        """Ends the interview: fires the closing events and drops put-aside choices for good.

        Returns:
            The violations that stand against it; where there is any, nothing was done.
        """
        violations = self._core.validation.all()
        self._auditing.finish(violations)
        if violations:
            return violations
        self._core.drop_put_aside()
        self._core.events.close()
        self._notices += self._live.take_changes().notices
        return ()

    def look_at(self, ref: str) -> None:
        """Tells the audit log that a person looks at a question now; an empty ref says that nobody looks at any.

        Raises:
            KeyError: no such node.
        """
        if ref:
            self._auditing.look_at(self._field(ref))
        else:
            self._auditing.leave()

    @property
    def audit(self) -> AuditLog | None:
        """The log that this session feeds; a screen adds jumps, saving and leaving to it."""
        return self._auditing.log

    def entities(self) -> tuple[EntityAction, ...]:
        """What the record would create and update in lists of entities, as it stands now."""
        return entity_actions(self.definition, self.to_submission().xml)

    def node(self, ref: str) -> NodeView:
        """The node with this ref (keys or positions).

        Raises:
            KeyError: no such node.
        """
        found = find(self._core, ref)
        if isinstance(found, RepeatRange):
            return NodeView(self._core.range_screen(found))
        if isinstance(found, LiveElement) and found.model.is_repeat:
            return NodeView(self._core.instance_screen(found.scope))
        if isinstance(found, tuple):
            return NodeView(self._core.folder_screen(*found))
        return NodeView(self._core.screen(found))

    @property
    def root(self) -> NodeView:
        """The form itself; its children follow the body."""
        return NodeView(self._core.screen(self._live.root.element))

    @property
    def language(self) -> str:
        """The form language in use; empty where the form has only one."""
        return self._live.host.language

    @property
    def notices(self) -> tuple[Notice, ...]:
        """What a person should know about this session: missing files, skipped features, choices put aside."""
        skipped = (problem for problem in self.definition.problems if problem.message is UNSUPPORTED)
        told = (*self._notices, *self._live.notices, *map(notice_of_problem, (*self._live.host.problems, *skipped)))
        return tuple(each for each in dict.fromkeys(told) if self._still_holds(each))

    def _still_holds(self, told: Notice) -> bool:
        """Whether a notice is still true: a choice that was put aside may have come back."""
        if told.code != CHOICE_DROPPED.code:
            return True
        try:
            return self._field(told.ref).aside is not None
        except KeyError:
            return False

    def answers(self) -> dict[str, str]:
        """Everything needed to restore the session: ref → stored text, irrelevant answers included.

        A repeat's own ref maps to the keys of its instances, divided by blanks.
        """
        with collector_paused():
            return write_answers(self._live)

    @classmethod
    def restore(
        cls, definition: FormDefinition, answers: Mapping[str, str], **options: Unpack[SessionOptions]
    ) -> FormSession:
        """A session with these answers (from `answers`); the same further arguments as the constructor."""
        return cls(definition, _fill=lambda core: read_answers(core, answers), **options)

    def to_submission(self) -> Submission:
        """The record as an ODK submission: relevant nodes only, with its media list."""
        with collector_paused():
            return write_submission(self._core)

    @classmethod
    def from_submission(
        cls, definition: FormDefinition, xml: bytes, *, replaces: bool = False, **options: Unpack[SessionOptions]
    ) -> FormSession:
        """A session on an earlier submission; the same further arguments as the constructor.

        Args:
            definition: the form.
            xml: the submission.
            replaces: the session is a new record with an identity of its own, which names the one that it replaces.

        Raises:
            XmlError: broken or hostile XML.
            ValueError: a record of another form.
        """
        return cls(definition, _fill=lambda core: read_submission(core, xml, replaces=replaces), **options)

    def _settled(self) -> Changes:
        with collector_paused():
            self._core.events.step()
            changes = self._live.take_changes()
        self._notices += changes.notices
        return changes

    def _field(self, ref: str) -> LiveNode:
        found = find(self._core, ref)
        if isinstance(found, (RepeatRange, tuple)):
            raise KeyError(ref)
        return found

    def _repeat(self, ref: str) -> RepeatRange:
        found = find(self._core, ref)
        if isinstance(found, RepeatRange):
            return found
        if isinstance(found, LiveElement) and found.model.is_repeat and found.scope.range is not None:
            return found.scope.range
        raise KeyError(ref)

    def _instance(self, ref: str) -> Scope:
        found = find(self._core, ref)
        if isinstance(found, LiveElement) and found.model.is_repeat:
            return found.scope
        raise KeyError(ref)
