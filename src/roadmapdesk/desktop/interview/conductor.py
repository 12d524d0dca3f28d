"""Between the page and the desk of one interview: answers go in, saves go out in order, questions come back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from roadmapdesk.desktop.interview.saving import TYPING_PAUSE_MS, SavingQueue, TypingPause
from roadmapdesk.desktop.jobs import Jobs
from roadmapdesk.domain.interviews import InterviewState
from roadmapdesk.storage.content import sha256_bytes
from roadmapdesk.storage.project import Project
from roadmapdesk.workspace.attachments import free_name, read_file, refusal_of
from roadmapdesk.workspace.interview_notes import QuestionNote, load_notes, new_key, write_note
from roadmapdesk.workspace.interview_steps import Step
from roadmapdesk.workspace.interviewing import Closing, InterviewDesk, load_interview, reopen_interview
from roadmapdesk.xforms.session.view import NodeView


class Conductor(QObject):
    """Carries one interview.

    Args:
        project: the open project.
        interview_id: which interview.
        jobs: the background work of the program.

    Attributes:
        stepped: a step was taken; carries its `Step`.
        answer_declined: (ref, why) — the engine did not take an answer; with empty words it took one.
        loss_asked: (step, go ahead) — answers would disappear; call the second to agree.
        question_restored: undo or redo changed this question.
        notes_changed: the notes are others now.
        state_changed: the interview is in another state, in the file.
        desk_changed: the interview was read anew from the file.
    """

    stepped = Signal(object)
    answer_declined = Signal(str, str)
    loss_asked = Signal(object, object)
    question_restored = Signal(str)
    notes_changed = Signal()
    state_changed = Signal()
    desk_changed = Signal()

    def __init__(self, *, project: Project, interview_id: str, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._project = project
        self.interview_id = interview_id
        self.project_id = project.settings.project_id  # now, because later the file may not be readable
        self.queue = SavingQueue(project=project, jobs=jobs, parent=self)
        self._file_names: dict[str, str] = {}
        self._typing = TypingPause(self._take_typed, parent=self)
        self._resting = QTimer(self)
        self._resting.setSingleShot(True)
        self._resting.setInterval(TYPING_PAUSE_MS)
        self._resting.timeout.connect(self.keep_position)
        self.desk = self._open(None)
        self._kept = self.desk.position
        self.notes: tuple[QuestionNote, ...] = load_notes(project, interview_id)

    @property
    def author(self) -> str:
        """Who works."""
        return self._project.author

    def view(self, ref: str) -> NodeView:
        """The question with this ref in the live interview."""
        return self.desk.view(ref)

    def _open(self, language: str | None) -> InterviewDesk:
        """Reads the interview; reading is short and free beside the thread that writes."""
        is_locked = self._project.is_read_only
        desk = InterviewDesk(load_interview(self._project, self.interview_id), language=language, is_locked=is_locked)
        if desk.state is InterviewState.PLANNED and not is_locked:
            desk.state = InterviewState.DRAFT
            self.queue.add_work(partial(_set_state, self.interview_id, InterviewState.DRAFT))
        if desk.first_save is not None:
            self.queue.add(desk.first_save)
        return desk

    @property
    def is_encrypted(self) -> bool:
        """Whether answers lie encrypted in the file."""
        return self._project.is_encrypted

    def answer(self, ref: str, text: str) -> None:
        """Takes a complete answer."""
        self._typing.drop(ref)
        self._typing.flush()
        self._take(ref, text, is_typing=False)

    def type(self, ref: str, text: str) -> None:
        """Takes an answer that is being typed; it counts when the keys rest."""
        self._typing.hold(ref, text)

    def flush(self) -> None:
        """Takes what is typed now."""
        self._typing.flush()

    def _take_typed(self, ref: str, text: str) -> None:
        self._take(ref, text, is_typing=True)

    def _take(self, ref: str, text: str, *, is_typing: bool, accepts_loss: bool = False) -> None:
        step = self.desk.answer(ref, text, is_typing=is_typing, accepts_loss=accepts_loss)
        if step.lost or step.ending:
            self._ask(step, lambda: self._take(ref, text, is_typing=is_typing, accepts_loss=True))
        is_taking = self.desk.is_open and not self.desk.is_refused
        declined = step.notice if is_taking and step.save is None else ""
        self._finish(replace(step, notice="") if declined else step)
        self.answer_declined.emit(ref, declined)  # after that: the step may have built the page anew

    def add_card(self, ref: str) -> None:
        """Adds an instance to a repeat."""
        self.flush()
        self._finish(self.desk.add_card(ref))

    def remove_card(self, ref: str, *, accepts_loss: bool = False) -> None:
        """Removes an instance; a person is asked first where it holds answers."""
        self.flush()
        step = self.desk.remove_card(ref, accepts_loss=accepts_loss)
        if step.lost:
            self._ask(step, lambda: self.remove_card(ref, accepts_loss=True))
        self._finish(step)

    def _ask(self, step: Step, agree: Callable[[], None]) -> None:
        self.loss_asked.emit(step, agree)

    def undo(self) -> None:
        """Takes the last answer back."""
        self.flush()
        step, ref = self.desk.undo()
        self._finish(step)
        if ref:
            self.question_restored.emit(ref)

    def redo(self) -> None:
        """Brings back the answer that was taken back last."""
        self.flush()
        step, ref = self.desk.redo()
        self._finish(step)
        if ref:
            self.question_restored.emit(ref)

    def _finish(self, step: Step) -> None:
        if step.save is not None:
            self._kept = step.save.position
            self.queue.add(step.save)
        self.stepped.emit(step)

    def attach(self, ref: str, name: str, data: bytes, mime: str) -> str:
        """Keeps a file with the answer: first the bytes, then the answer that names them.

        Returns:
            Why these bytes are not taken; empty where they are.
        """
        refusal = refusal_of(self._project, data)
        if refusal or self.desk.refusal(ref):
            self.answer(ref, self.desk.view(ref).text)  # says why no answer is taken, where none is
            return refusal
        sha = sha256_bytes(data)
        name = free_name(name, self.file_names(but=sha))
        self.note_file_name(name, sha)
        self.queue.add_work(partial(_attach, self.interview_id, ref, data, name, mime))
        self.answer(ref, name)
        return ""

    def attached_bytes(self, ref: str) -> bytes | None:
        """The bytes of the file that a question holds; None where the project has none of that name."""
        return read_file(self._project, self.interview_id, ref, self.desk.view(ref).text).data

    def file_names(self, *, but: str = "") -> set[str]:
        """The names that files of this interview have, those included that are still being written.

        Args:
            but: hash of a file that may bear its own name again.
        """
        known = {item.name: item.sha for item in self._project.attachments.list(self.interview_id)} | self._file_names
        return {name for name, sha in known.items() if sha != but or not sha}

    def note_file_name(self, name: str, sha: str = "") -> None:
        """Reserves a name for a file that is about to be written."""
        self._file_names[name] = sha

    def write_note(self, ref: str, text: str) -> None:
        """Keeps a note beside a question."""
        at = datetime.now(UTC)
        key = new_key(ref, at, [note.key for note in self.notes])
        self.notes = (*self.notes, QuestionNote(key, ref, text, self._project.author, at))
        self.queue.add_work(partial(_write_note, self.interview_id, key, text))
        self.notes_changed.emit()

    def remove_note(self, key: str) -> None:
        """Takes a note away."""
        self.notes = tuple(note for note in self.notes if note.key != key)
        self.queue.add_work(partial(_write_note, self.interview_id, key, ""))
        self.notes_changed.emit()

    def note_position(self) -> None:
        """Stores where the interviewer stands once the focus rests there, so that a crash does not lose the place."""
        if self.desk.is_open:
            self._resting.start()

    def keep_position(self) -> None:
        """Stores where the interviewer stands, so that the interview goes on there."""
        self._resting.stop()
        if self.desk.is_open and self.desk.position and self.desk.position != self._kept:
            self._kept = self.desk.position
            self.queue.add_work(partial(_set_position, self.interview_id, self.desk.position))

    def finalise(self) -> bool:
        """Closes the interview once everything is in the file; False where problems stand against it."""
        self.flush()
        outcome = self.desk.finalise()
        if not isinstance(outcome, Closing):
            return False
        self.queue.add_work(partial(_close, outcome))
        self.queue.when_empty(self.state_changed.emit)
        return True

    def reopen(self, reason: str) -> None:
        """Takes the interview back to draft, with the reason in its history."""
        self.queue.add_work(partial(_reopen, self.interview_id, reason))
        self.queue.when_empty(self.read_anew)

    def read_anew(self) -> None:
        """Reads the interview from the file again; what was not saved is the caller's affair."""
        self.desk = self._open(self.desk.session.language or None)
        self._kept = self.desk.position
        self.desk_changed.emit()
        self.state_changed.emit()


def _set_state(interview_id: str, state: InterviewState, project: Project) -> None:
    project.interviews.set_state(interview_id, state)


def _attach(interview_id: str, ref: str, data: bytes, name: str, mime: str, project: Project) -> None:
    project.attachments.add(interview_id, ref, data, name=name, mime=mime)


def _write_note(interview_id: str, key: str, text: str, project: Project) -> datetime:
    write_note(project, interview_id, key, text)
    return datetime.now(UTC)


def _set_position(interview_id: str, position: str, project: Project) -> None:
    project.drafts.set_position(interview_id, position)


def _close(closing: Closing, project: Project) -> datetime:
    closing.write(project)
    return datetime.now(UTC)


def _reopen(interview_id: str, reason: str, project: Project) -> None:
    reopen_interview(project, interview_id, reason)
