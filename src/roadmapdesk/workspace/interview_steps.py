"""What one step of an interview gives back: what to repaint, what to save, what to ask first."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from roadmapdesk.i18n import gettext as _
from roadmapdesk.i18n import ngettext
from roadmapdesk.storage.project import Project
from roadmapdesk.storage.values import AuditEvent, Change, Summary
from roadmapdesk.xforms.session.view import Changes, Notice, Violation


@dataclass(frozen=True, slots=True)
class Save:
    """One durable change of a draft, ready to be written on any thread, in the order of `sequence`.

    Attributes:
        changes: the answered question first, then everything that changed along with it.
        sequence: number of the change; writing it again changes nothing.
        progress: answered and asked questions of the whole interview.
        summary: columns of the list of interviews that changed, or None.
    """

    interview_id: str
    changes: tuple[Change, ...]
    sequence: int
    position: str
    event: AuditEvent
    progress: tuple[int, int]
    summary: Summary | None = None
    reason: str = ""

    def write(self, project: Project) -> datetime:
        """Stores the change and returns when; after that it survives a crash.

        Raises:
            NotSaved: nothing was stored, or that is not certain; call again with the same object.
            Erased: the interview was erased meanwhile.
        """
        at = project.drafts.save_changes(
            self.interview_id,
            self.changes,
            position=self.position,
            event=self.event,
            sequence=self.sequence,
            reason=self.reason,
            progress=self.progress,
        )
        if self.summary is not None:
            project.interviews.update_summary(self.interview_id, self.summary)
        return at


@dataclass(frozen=True, slots=True)
class LostCard:
    """A repeat instance that would disappear.

    Attributes:
        title: what people call it.
        answers: how many answers it holds.
    """

    ref: str
    title: str
    answers: int


@dataclass(frozen=True, slots=True)
class Step:
    """The outcome of one step.

    Attributes:
        changes: nodes to repaint.
        save: what to store, None where nothing changed.
        lost: cards with answers that would disappear; nothing was changed, and a person has to be asked first.
        ending: how many answers would disappear because the consent was refused; asked about like `lost`.
        notice: one sentence that a person should read, for example why an answer was not taken.
        is_rebuilt: the whole session was rebuilt; every page has to be shown anew.
    """

    changes: Changes = field(default_factory=Changes)
    save: Save | None = None
    lost: tuple[LostCard, ...] = ()
    ending: int = 0
    notice: str = ""
    is_rebuilt: bool = False


@dataclass(frozen=True, slots=True)
class Check:
    """The outcome of checking a whole interview.

    Attributes:
        violations: all problems in the order of the form; none means that it can be finalised.
        notices: choices put aside because they are no longer offered, and the like.
        hidden: answers to questions that are not asked any more; kept, never exported.
    """

    violations: tuple[Violation, ...]
    notices: tuple[Notice, ...]
    hidden: int


_NAMED = 8
"""How many lost cards the sentence names; a count that falls may take hundreds, which are listed below it."""


def loss_sentence(lost: Sequence[LostCard]) -> str:
    """What would disappear, in one sentence for the question before it."""
    answers = sum(card.answers for card in lost)
    if len(lost) > _NAMED:
        sentence = _("{n} cards with {answers} in all would disappear from the interview and from every export:")
        return sentence.format(n=len(lost), answers=_answers(answers))
    names = ", ".join(_("“{title}”").format(title=card.title) for card in lost)
    template = ngettext(
        "{names} with {answers} would disappear from the interview and from every export.",
        "{names} with {answers} in all would disappear from the interview and from every export.",
        len(lost),
    )
    return template.format(names=names, answers=_answers(answers))


def lost_lines(lost: Sequence[LostCard]) -> tuple[str, ...]:
    """Each card that would disappear on a line of its own, where the sentence cannot name them all."""
    if len(lost) <= _NAMED:
        return ()
    return tuple(
        _("“{title}” with {answers}").format(title=card.title, answers=_answers(card.answers)) for card in lost
    )


def ending_sentence(answers: int) -> str:
    """What a refused consent means after answers were given."""
    template = ngettext(
        "The interview ends here and nothing further is stored. {answers} would disappear from the interview and "
        "from every export.",
        "The interview ends here and nothing further is stored. In all, {answers} would disappear from the interview "
        "and from every export.",
        answers,
    )
    return template.format(answers=_answers(answers))


def _answers(count: int) -> str:
    return ngettext("{n} answer", "{n} answers", count).format(n=count)
