"""Holding an interview without a screen: open, answer, undo, check, finalise, reopen.

The desktop page, the sample generator and tests fill interviews through `InterviewDesk`. The desk holds the live
form session and says after each step what to repaint (`Step.changes`) and what to store (`Step.save`); the caller
writes the saves in their order, on whatever thread owns the database. Nothing here waits and nothing here needs Qt.
"""

from collections.abc import Callable
from datetime import datetime

from roadmapdesk.domain.interviews import InterviewState
from roadmapdesk.domain.question_roles import Role
from roadmapdesk.i18n import gettext as _
from roadmapdesk.storage.project import Project
from roadmapdesk.storage.values import AuditEvent
from roadmapdesk.workspace.interview_cards import lost_cards, title_of
from roadmapdesk.workspace.interview_cases import (
    Closing,
    Material,
    load_interview,
    move_interview,
    next_states,
    reopen_interview,
    start_interview,
)
from roadmapdesk.workspace.interview_history import Done, History
from roadmapdesk.workspace.interview_pages import InterviewPages
from roadmapdesk.workspace.interview_sections import answers_on_screen, is_asked, walk
from roadmapdesk.workspace.interview_stages import StageCards
from roadmapdesk.workspace.interview_steps import (
    Check,
    Save,
    Step,
    loss_sentence,
    lost_lines,
)
from roadmapdesk.workspace.live_form import LiveForm
from roadmapdesk.workspace.saved_answers import SavedAnswers
from roadmapdesk.workspace.wording import Wording
from roadmapdesk.xforms.audit import AUDIT_FILE, audit_settings
from roadmapdesk.xforms.session.live import LimitError
from roadmapdesk.xforms.session.session import FormSession, local_time
from roadmapdesk.xforms.session.view import Changes, NodeView, Violation

__all__ = [
    "Check", "Closing", "InterviewDesk", "Material", "load_interview",
    "loss_sentence", "lost_lines", "move_interview", "next_states", "open_interview", "reopen_interview",
    "start_interview",
]  # fmt: skip
OPEN_STATES = frozenset({InterviewState.PLANNED, InterviewState.DRAFT})


def open_interview(
    project: Project,
    interview_id: str,
    *,
    clock: Callable[[], datetime] | None = None,
    language: str | None = None,
) -> tuple["InterviewDesk", Save | None]:
    """Opens an interview for filling; the save holds what opening changed and is still to be written."""
    desk = InterviewDesk(load_interview(project, interview_id), clock=clock, language=language)
    return desk, desk.first_save


class InterviewDesk:
    """One interview being held; used from one thread.

    Args:
        material: what `load_interview` read.
        clock: what the form takes as now; the system's local time by default.
        language: the form's language to begin with.
        is_locked: no answer is taken, because the project is open for reading only.

    Attributes:
        pages: the form's pages with their counts.
        position: ref of the question where the interviewer stands, empty at the beginning.
        first_save: what opening changed (defaults of a new interview), None where nothing did.
    """

    def __init__(
        self,
        material: Material,
        *,
        clock: Callable[[], datetime] | None = None,
        language: str | None = None,
        is_locked: bool = False,
    ) -> None:
        self._is_locked = is_locked
        self.interview_id = material.row.id
        self.state = material.row.state
        self.definition = material.definition
        self.roles = material.roles
        self._saved = SavedAnswers(material, self.roles)
        self._history = History()
        self.position = material.position
        self._live = LiveForm(material, clock=clock or local_time, language=language)
        self._stages = StageCards(self.definition, self.roles)
        self._stages.learn(self._saved.texts)
        self.pages = InterviewPages(self.root)
        opening = self._save(AuditEvent.OPENED, "") if self.is_open else None
        self.first_save = self._with_progress(opening) if opening is not None else None

    @property
    def session(self) -> FormSession:
        """The live form; read it, and change it through the desk only."""
        return self._live.session

    @property
    def root(self) -> NodeView:
        """The form itself."""
        return self._live.session.root

    @property
    def is_open(self) -> bool:
        """Whether answers are taken: not when the interview is finalised or withdrawn, or the project read-only."""
        return self.state in OPEN_STATES and not self._is_locked

    @property
    def is_refused(self) -> bool:
        """Whether the respondent refused to take part, so that nothing further is stored."""
        answer = self.role_text(Role.CONSENT_PARTICIPATE)
        return bool(answer) and not self.roles.says_yes(Role.CONSENT_PARTICIPATE, answer)

    def role_text(self, role: Role) -> str:
        """The stored answer of the question with this role outside of repeats; empty where there is none."""
        return self._saved.text(self._saved.path(role))

    def path_of(self, name: str) -> str:
        """The ref of the question with this name outside of repeats; empty where there is none."""
        path = self._saved.path_by_name(name)
        field = self.definition.field(path) if path else None
        return path if field is not None and field.scope_depth == 0 else ""

    def is_stage_card(self, key: str) -> bool:
        """Whether a ref is an instance of the stage repeat."""
        return self._stages.is_known and key.startswith(self._stages.repeat + "[") and key.endswith("]")

    def card_text(self, card: str, role: Role) -> str:
        """The stored text that a card holds for a role."""
        path = self._saved.path(role)
        repeat = card.partition("[")[0]
        return self._saved.text(card + path.removeprefix(repeat)) if path.startswith(repeat + "/") else ""

    def view(self, ref: str) -> NodeView:
        """The node with this ref."""
        return self.session.node(ref)

    def answers(self) -> dict[str, str]:
        """All answers as they will be stored."""
        return dict(self._saved.texts)

    def title(self, key: str) -> Wording:
        """Code and title of a page; a stage card carries the code of its stage."""
        view = self.session.node(key)
        title = title_of(view)
        if self._stages.is_known and key.startswith(self._stages.repeat + "["):
            code = self._saved.text(self._stages.key_of(key))
            return Wording(code.upper() or title.code, title.text)
        return title

    @property
    def can_undo(self) -> bool:
        """Whether there is an answer to take back."""
        return self._history.can_undo and self.is_open

    @property
    def can_redo(self) -> bool:
        """Whether there is an answer to bring back."""
        return self._history.can_redo and self.is_open

    def answer(self, ref: str, text: str, *, is_typing: bool = False, accepts_loss: bool = False) -> Step:
        """Takes an answer.

        Args:
            ref: the question.
            text: the stored text, empty to clear the answer.
            is_typing: further typing in the same question counts as the same answer for undo.
            accepts_loss: a person agreed that the cards in `Step.lost` disappear.
        """
        refusal = self.refusal(ref)
        if refusal:
            return Step(notice=refusal)
        given = frozenset() if accepts_loss or not self._is_consent(ref) else answers_on_screen(self.root)
        try:
            changes = self.session.answer(ref, text)
        except LimitError as error:  # a count of cards beyond what an interview holds
            self._live.start_over(self._saved.texts)
            self.pages.rebuild(self.root)
            return Step(notice=error.sentence, changes=Changes(changed=frozenset({ref})), is_rebuilt=True)
        if changes.refused is not None:
            return Step(notice=changes.refused.message)
        hidden = len(given - answers_on_screen(self.root) - {ref}) if given else 0
        if hidden and not self.roles.says_yes(Role.CONSENT_PARTICIPATE, text):
            self._live.take_back(ref, self._saved.texts, self._stages)
            self.pages.rebuild(self.root)
            return Step(ending=hidden, changes=Changes(changed=frozenset({ref})), is_rebuilt=True)
        has_moved = self._selection_changed() and self._live.align(self._stages)
        gone = () if accepts_loss else self.pages.gone_cards(self.root, changes, has_moved=has_moved)
        if self._saved.has_texts_in(gone):
            was_rebuilt = self._live.take_back(ref, self._saved.texts, self._stages)
            lost = lost_cards(self.session.node, gone)
            if lost:
                self.pages.rebuild(self.root)
                return Step(lost=lost, changes=Changes(changed=frozenset({ref})), is_rebuilt=True)
            changes = self.session.answer(ref, text)
            has_moved = self._live.align(self._stages) or was_rebuilt
        return self._finish(ref, changes, AuditEvent.ANSWER, is_typing=is_typing, is_rebuilt=has_moved)

    def add_card(self, ref: str) -> Step:
        """Adds an instance to the repeat `ref`."""
        refusal = self.refusal(ref)
        if refusal:
            return Step(notice=refusal)
        changes = self.session.add_repeat(ref)
        return self._finish(ref, changes, AuditEvent.REPEAT_ADDED)

    def remove_card(self, ref: str, *, accepts_loss: bool = False) -> Step:
        """Removes the repeat instance `ref`; asks first where it holds answers."""
        refusal = self.refusal(ref)
        if refusal:
            return Step(notice=refusal)
        lost = () if accepts_loss else lost_cards(self.session.node, (ref,))
        if lost:
            return Step(lost=lost)
        changes = self.session.remove_repeat(ref)
        return self._finish(ref, changes, AuditEvent.REPEAT_REMOVED)

    def leave(self, ref: str) -> frozenset[str]:
        """Says that the interviewer left a question; returns the pages whose counts may have changed."""
        self._history.end_typing()
        return self.pages.leave(ref)

    def set_language(self, code: str) -> Changes:
        """Switches the language of the questions; nothing is stored by it."""
        changes = self.session.set_language(code)
        self.pages.refresh(self.root, changes)
        return changes

    def _is_consent(self, ref: str) -> bool:
        return ref == self._saved.path(Role.CONSENT_PARTICIPATE)

    def refusal(self, ref: str) -> str:
        """Why answers are not taken now; empty where they are."""
        if not self.is_open:
            return _("This interview is closed. Reopen it with a reason to change answers.")
        if self.is_refused and not self._is_consent(ref):
            return _("No consent: nothing further is stored. Correct the consent first if it was entered by mistake.")
        return ""

    def _finish(
        self, ref: str, changes: Changes, event: AuditEvent, *, is_typing: bool = False, is_rebuilt: bool = False
    ) -> Step:
        self.pages.attention.answered.add(ref)
        save = self._save(event, ref)
        if save is not None:
            if is_rebuilt or ref.startswith(self._stages.repeat + "["):
                self._stages.learn(self._saved.texts)
            self._history.add(ref, save.changes, is_typing=is_typing)
        if is_rebuilt:
            self.pages.rebuild(self.root)
        else:
            self.pages.refresh(self.root, changes)
        if save is not None:
            save = self._with_progress(save)
        return Step(changes=changes, save=save, is_rebuilt=is_rebuilt)

    def undo(self) -> tuple[Step, str]:
        """Takes the last answer back; also gives the ref of its question."""
        return self._travel(self._history.undo, AuditEvent.UNDO)

    def redo(self) -> tuple[Step, str]:
        """Brings back the answer that was taken back last; also gives the ref of its question."""
        return self._travel(self._history.redo, AuditEvent.REDO)

    def _travel(self, turn: Callable[[], Done | None], event: AuditEvent) -> tuple[Step, str]:
        done = turn() if self.is_open else None
        if done is None:
            return Step(), ""
        wanted = dict(self._saved.texts)
        for change in done.changes:
            if change.new is None:
                wanted.pop(change.ref, None)
            else:
                wanted[change.ref] = change.new
        changes, is_rebuilt = self._live.reach(wanted, done)
        save = self._save(event, done.ref)
        if is_rebuilt:
            self.pages.rebuild(self.root)
        else:
            self.pages.refresh(self.root, changes)
        return Step(
            changes=changes, save=self._with_progress(save) if save else None, is_rebuilt=is_rebuilt
        ), done.ref

    def check(self) -> Check:
        """All problems of the interview; from now on open required questions count as problems."""
        violations = self.session.validate()
        self.pages.mark_checked(self.root)
        hidden = sum(1 for view in walk(self.root) if view.text and is_asked(view) and not view.is_relevant)
        return Check(violations, self.session.notices, hidden)

    def finalise(self, reason: str = "") -> Closing | tuple[Violation, ...]:
        """Closes the interview; the problems that stand against it, where there are any.

        A refused consent needs no complete form: the interview is closed as withdrawn.
        """
        if self.is_refused:
            self.state = InterviewState.WITHDRAWN
            return Closing(self.interview_id, None, self.state, reason or "no consent")
        violations = self.session.finalise()
        if violations:
            self.pages.mark_checked(self.root)
            return violations
        log = audit_settings(self.definition)
        if log is not None:
            self.session.answer(log.path, AUDIT_FILE, by_program=True)
        save = self._save(AuditEvent.SAVED, "")
        self.state = InterviewState.FINALISED
        self._history.clear()
        return Closing(self.interview_id, self._with_progress(save) if save else None, self.state, reason)

    def _save(self, event: AuditEvent, ref: str) -> Save | None:
        """What differs from the last save; None where nothing does."""
        return self._saved.next_save(self.session.answers(), ref, event, self.position)

    def _with_progress(self, save: Save) -> Save:
        total = self.pages.total
        return Save(
            save.interview_id, save.changes, save.sequence, self.position, save.event,
            (total.answered, total.asked), save.summary, save.reason,
        )  # fmt: skip

    def _selection_changed(self) -> bool:
        """Whether the last step changed which stages are rated, or in which order."""
        if not self._stages.is_known:
            return False
        return self.session.node(self._stages.rated).text != self._saved.text(self._stages.rated)
