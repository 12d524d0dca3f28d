"""Holding an interview without a screen: open, answer, undo, check, finalise, reopen.

The desktop page, the sample generator and tests fill interviews through `InterviewDesk`. The desk holds the live
form session and says after each step what to repaint (`Step.changes`) and what to store (`Step.save`); the caller
writes the saves in their order, on whatever thread owns the database. Nothing here waits and nothing here needs Qt.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from roadmapdesk.domain.interviews import InterviewState
from roadmapdesk.domain.question_roles import Role
from roadmapdesk.i18n import gettext as _
from roadmapdesk.storage.project import Project
from roadmapdesk.storage.values import AuditEvent, Change, Summary
from roadmapdesk.workspace.interview_cases import (
    SUMMARY_ROLES,
    Closing,
    Material,
    load_interview,
    move_interview,
    next_states,
    reopen_interview,
    start_interview,
    summary_of,
)
from roadmapdesk.workspace.interview_pages import (
    InterviewPages,
    answers_on_screen,
    is_asked,
    lost_cards,
    title_of,
    walk,
)
from roadmapdesk.workspace.interview_stages import StageCards, paths_by_name
from roadmapdesk.workspace.interview_steps import (
    Check,
    Done,
    Save,
    Step,
    inverse,
    join_changes,
    loss_sentence,
)
from roadmapdesk.workspace.wording import Wording
from roadmapdesk.xforms.audit import AUDIT_FILE, audit_settings
from roadmapdesk.xforms.session.session import FormSession, SessionOptions, local_time
from roadmapdesk.xforms.session.view import Changes, Kind, NodeView, Violation

_FEW = 6
__all__ = [
    "Check", "Closing", "InterviewDesk", "Material", "load_interview",
    "loss_sentence", "move_interview", "next_states", "open_interview", "reopen_interview",
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
        self._material = material
        self._clock: Callable[[], datetime] = clock or local_time
        self._sequence = material.sequence
        self._saved: dict[str, str] = dict(material.answers)
        self._names = paths_by_name(material.definition)
        self._undo: list[Done] = []
        self._redo: list[Done] = []
        self.position = material.position
        self._session = self._begin(material.answers, language)
        self._stages = StageCards(self.definition, self.roles)
        self._stages.learn(self._saved)
        self.pages = InterviewPages(self._session.root)
        self.first_save = self._save(AuditEvent.OPENED, "") if self.is_open else None

    def _begin(self, answers: Mapping[str, str], language: str | None) -> FormSession:
        """A session with the stored answers; a new interview runs the form's first events and is then pre-filled."""
        is_old = any(ref.endswith("/instanceID") for ref in answers)
        if is_old:
            return self._restored(answers, language)
        session = FormSession(self.definition, **self._options(language))
        for ref, text in answers.items():
            session.answer(ref, text)
        return session

    def _restored(self, answers: Mapping[str, str], language: str | None) -> FormSession:
        return FormSession.restore(self.definition, answers, **self._options(language))

    def _options(self, language: str | None) -> SessionOptions:
        material = self._material
        return {
            "resources": material.lists, "device": material.device, "last_saved": material.last_saved,
            "language": language, "clock": self._clock,
        }  # fmt: skip

    @property
    def session(self) -> FormSession:
        """The live form; read it, and change it through the desk only."""
        return self._session

    @property
    def root(self) -> NodeView:
        """The form itself."""
        return self._session.root

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
        name = self.roles.question(role)
        return self._saved.get(self._names.get(name or "", ""), "")

    def path_of(self, name: str) -> str:
        """The ref of the question with this name outside of repeats; empty where there is none."""
        path = self._names.get(name, "")
        field = self.definition.field(path) if path else None
        return path if field is not None and field.scope_depth == 0 else ""

    def is_stage_card(self, key: str) -> bool:
        """Whether a ref is an instance of the stage repeat."""
        return self._stages.is_known and key.startswith(self._stages.repeat + "[") and key.endswith("]")

    def card_text(self, card: str, role: Role) -> str:
        """The stored text that a card holds for a role."""
        path = self._names.get(self.roles.question(role) or "", "")
        repeat = card.partition("[")[0]
        return self._saved.get(card + path.removeprefix(repeat), "") if path.startswith(repeat + "/") else ""

    def view(self, ref: str) -> NodeView:
        """The node with this ref."""
        return self._session.node(ref)

    def answers(self) -> dict[str, str]:
        """All answers as they will be stored."""
        return dict(self._saved)

    def title(self, key: str) -> Wording:
        """Code and title of a page; a stage card carries the code of its stage."""
        view = self._session.node(key)
        title = title_of(view)
        if self._stages.is_known and key.startswith(self._stages.repeat + "["):
            code = self._saved.get(self._stages.key_of(key), "")
            return Wording(code.upper() or title.code, title.text)
        return title

    @property
    def can_undo(self) -> bool:
        """Whether there is an answer to take back."""
        return bool(self._undo) and self.is_open

    @property
    def can_redo(self) -> bool:
        """Whether there is an answer to bring back."""
        return bool(self._redo) and self.is_open

    # -- answering ---------------------------------------------------------------------------------------------

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
        before = self._session.node(ref).text
        given = frozenset() if accepts_loss or not self._is_consent(ref) else answers_on_screen(self.root)
        changes = self._session.answer(ref, text)
        if changes.refused is not None:
            return Step(notice=changes.refused.message)
        hidden = len(given - answers_on_screen(self.root) - {ref}) if given else 0
        if hidden and not self.roles.says_yes(Role.CONSENT_PARTICIPATE, text):
            self._session.answer(ref, before)
            return Step(ending=hidden, changes=Changes(changed=frozenset({ref})), is_rebuilt=True)
        has_moved = self._selection_changed() and self._align_stages()
        gone = () if accepts_loss else self.pages.gone_cards(self._session.root, changes, has_moved=has_moved)
        if gone:
            self._session.answer(ref, before)
            if has_moved:
                self._align_stages()
            lost = lost_cards(self._session.node, gone)
            if lost:
                self.pages.rebuild(self._session.root)
                return Step(lost=lost, changes=Changes(changed=frozenset({ref})), is_rebuilt=True)
            changes = self._session.answer(ref, text)
            has_moved = self._align_stages()
        return self._finish(ref, changes, AuditEvent.ANSWER, is_typing=is_typing, is_rebuilt=has_moved)

    def add_card(self, ref: str) -> Step:
        """Adds an instance to the repeat `ref`."""
        refusal = self.refusal(ref)
        if refusal:
            return Step(notice=refusal)
        changes = self._session.add_repeat(ref)
        return self._finish(ref, changes, AuditEvent.REPEAT_ADDED)

    def remove_card(self, ref: str, *, accepts_loss: bool = False) -> Step:
        """Removes the repeat instance `ref`; asks first where it holds answers."""
        refusal = self.refusal(ref)
        if refusal:
            return Step(notice=refusal)
        lost = () if accepts_loss else lost_cards(self._session.node, (ref,))
        if lost:
            return Step(lost=lost)
        changes = self._session.remove_repeat(ref)
        return self._finish(ref, changes, AuditEvent.REPEAT_REMOVED)

    def leave(self, ref: str) -> frozenset[str]:
        """Says that the interviewer left a question; returns the pages whose counts may have changed."""
        if self._undo:
            self._undo[-1].is_typing = False
        return self.pages.leave(ref)

    def set_language(self, code: str) -> Changes:
        """Switches the language of the questions; nothing is stored by it."""
        changes = self._session.set_language(code)
        self.pages.refresh(self._session.root, changes)
        return changes

    def _is_consent(self, ref: str) -> bool:
        return ref == self._names.get(self.roles.question(Role.CONSENT_PARTICIPATE) or "")

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
            self._redo.clear()
            if is_rebuilt or ref.startswith(self._stages.repeat + "["):
                self._stages.learn(self._saved)
            last = self._undo[-1] if self._undo else None
            if is_typing and last is not None and last.is_typing and last.ref == ref:
                last.changes = join_changes(last.changes, save.changes)
            else:
                self._undo.append(Done(ref, save.changes, is_typing))
        if is_rebuilt:
            self.pages.rebuild(self._session.root)
        else:
            self.pages.refresh(self._session.root, changes)
        if save is not None:
            save = self._with_progress(save)
        return Step(changes=changes, save=save, is_rebuilt=is_rebuilt)

    def undo(self) -> tuple[Step, str]:
        """Takes the last answer back; also gives the ref of its question."""
        return self._travel(self._undo, self._redo, AuditEvent.UNDO)

    def redo(self) -> tuple[Step, str]:
        """Brings back the answer that was taken back last; also gives the ref of its question."""
        return self._travel(self._redo, self._undo, AuditEvent.REDO)

    def _travel(self, source: list[Done], target: list[Done], event: AuditEvent) -> tuple[Step, str]:
        if not source or not self.is_open:
            return Step(), ""
        done = source.pop()
        back = inverse(done.changes)
        wanted = dict(self._saved)
        for change in back:
            if change.new is None:
                wanted.pop(change.ref, None)
            else:
                wanted[change.ref] = change.new
        changes, is_rebuilt = self._reach(wanted, done.ref, back)
        target.append(Done(done.ref, back))
        save = self._save(event, done.ref)
        if is_rebuilt:
            self.pages.rebuild(self._session.root)
        else:
            self.pages.refresh(self._session.root, changes)
        return Step(
            changes=changes, save=self._with_progress(save) if save else None, is_rebuilt=is_rebuilt
        ), done.ref

    def _reach(self, wanted: dict[str, str], ref: str, back: Sequence[Change]) -> tuple[Changes, bool]:
        """Brings the session to the wanted answers: by one answer where that is enough, else by building it anew."""
        refs = [ref, *(change.ref for change in back if change.ref != ref)]
        touched: set[str] = set()
        if len(refs) <= _FEW and all(self._is_question(each) for each in refs):
            for each in refs:
                if self._session.node(each).text == wanted.get(each, ""):
                    continue
                changes = self._session.answer(each, wanted.get(each, ""))
                if changes.refused is not None or changes.added or changes.removed:
                    break
                touched |= changes.changed
            else:
                if self._session.answers() == wanted:
                    return Changes(changed=frozenset(touched)), False
        self._session = self._restored(wanted, self._session.language or None)
        return Changes(), True

    def _is_question(self, ref: str) -> bool:
        """Whether a ref is there and is no repeat or card, whose stored text no answer can set."""
        try:
            return self._session.node(ref).kind not in {Kind.REPEAT, Kind.INSTANCE}
        except KeyError:
            return False

    # -- checking and closing ----------------------------------------------------------------------------------

    def check(self) -> Check:
        """All problems of the interview; from now on open required questions count as problems."""
        violations = self._session.validate()
        self.pages.mark_checked(self._session.root)
        hidden = sum(1 for view in walk(self._session.root) if view.text and is_asked(view) and not view.is_relevant)
        return Check(violations, self._session.notices, hidden)

    def finalise(self, reason: str = "") -> Closing | tuple[Violation, ...]:
        """Closes the interview; the problems that stand against it, where there are any.

        A refused consent needs no complete form: the interview is closed as withdrawn.
        """
        if self.is_refused:
            self.state = InterviewState.WITHDRAWN
            return Closing(self.interview_id, None, self.state, reason or "no consent")
        violations = self._session.finalise()
        if violations:
            self.pages.mark_checked(self._session.root)
            return violations
        log = audit_settings(self.definition)
        if log is not None:
            self._session.answer(log.path, AUDIT_FILE, by_program=True)
        save = self._save(AuditEvent.SAVED, "")
        self.state = InterviewState.FINALISED
        self._undo.clear()
        self._redo.clear()
        return Closing(self.interview_id, self._with_progress(save) if save else None, self.state, reason)

    # -- saving ------------------------------------------------------------------------------------------------

    def _save(self, event: AuditEvent, ref: str) -> Save | None:
        """What differs from the last save, the answered question first; None where nothing does."""
        present = self._session.answers()
        old = self._saved
        changed = [key for key, text in present.items() if old.get(key) != text]
        changed += [key for key in old if key not in present]
        if not changed:
            return None
        changed.sort(key=lambda key: key != ref)
        changes = tuple(Change(key, old.get(key), present.get(key)) for key in changed)
        self._saved = present
        self._sequence += 1
        return Save(
            self.interview_id, changes, self._sequence, self.position, event, (0, 0), summary=self._summary(changed)
        )

    def _with_progress(self, save: Save) -> Save:
        total = self.pages.total
        return Save(
            save.interview_id, save.changes, save.sequence, self.position, save.event,
            (total.answered, total.asked), save.summary, save.reason,
        )  # fmt: skip

    def _summary(self, changed: Sequence[str]) -> Summary | None:
        """The columns of the list that the changed answers fill."""
        fields: dict[str, str] = {}
        for role, column in SUMMARY_ROLES.items():
            path = self._names.get(self.roles.question(role) or "")
            if path in changed and path is not None:
                fields[column] = self._saved.get(path, "")
        return summary_of(fields) if fields else None

    def _selection_changed(self) -> bool:
        """Whether the last step changed which stages are rated, or in which order."""
        if not self._stages.is_known:
            return False
        return self._session.node(self._stages.rated).text != self._saved.get(self._stages.rated, "")

    def _align_stages(self) -> bool:
        """Puts the stage instances into the order of the selection; whether anything had to move."""
        answers = self._session.answers()
        order = self._stages.order(answers)
        if order is None:
            return False
        if set(order) <= set(self._stages.present(answers)):
            self._session.reorder_repeat(self._stages.repeat, order)
        else:
            moved = self._stages.reordered(answers, order)
            self._session = self._restored(moved, self._session.language or None)
        return True
