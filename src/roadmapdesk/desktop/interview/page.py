"""The page of one interview: sections left, questions in the middle, notes right."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from roadmapdesk.desktop.interview.closing import ClosingFlow
from roadmapdesk.desktop.interview.columns import Columns
from roadmapdesk.desktop.interview.commands import InterviewActions, handlers_of
from roadmapdesk.desktop.interview.conductor import Conductor
from roadmapdesk.desktop.interview.context_bar import ContextBar
from roadmapdesk.desktop.interview.failure_bar import FailureBar
from roadmapdesk.desktop.interview.form_watch import FormWatch
from roadmapdesk.desktop.interview.header_controls import HeaderControls, step_text_size
from roadmapdesk.desktop.interview.noting import Noting
from roadmapdesk.desktop.interview.outline import OutlineModel, OutlineView
from roadmapdesk.desktop.interview.places import Places
from roadmapdesk.desktop.interview.problems_panel import ProblemsPanel
from roadmapdesk.desktop.interview.protocol_desk import ProtocolDesk
from roadmapdesk.desktop.interview.safety import Safety
from roadmapdesk.desktop.interview.section_page import TOP_ROOM, SectionPage
from roadmapdesk.desktop.interview.section_slots import PageLook, shares_rows
from roadmapdesk.desktop.interview.speech import Speech
from roadmapdesk.desktop.interview.submission_desk import SubmissionDesk
from roadmapdesk.desktop.interview.travel import Travel
from roadmapdesk.desktop.media.devices import Devices
from roadmapdesk.desktop.media.media_desk import MediaDesk
from roadmapdesk.desktop.media.sound import Sound
from roadmapdesk.desktop.pages import Desk, Page, SearchEntry
from roadmapdesk.desktop.widgets.notices import MessageBar
from roadmapdesk.desktop.widgets.panel import rule
from roadmapdesk.i18n import gettext as _
from roadmapdesk.storage import Project
from roadmapdesk.workspace.interview_steps import Step
from roadmapdesk.workspace.interviewing import InterviewDesk


class InterviewPage(Page):
    """One interview being held, read or reopened.

    Args:
        project: the open project.
        interview_id: which interview.
        desk: theme, jobs, prompts, settings.
        at: ref of a question to begin with; empty for where the interviewer stood.
        sound: microphone and loudspeaker; the computer's own by default.

    Attributes:
        section: key of the section that is shown.
    """

    key = "interview"
    navigation_key = "interviews"
    has_search = False

    def __init__(
        self,
        *,
        project: Project,
        interview_id: str,
        desk: Desk,
        at: str = "",
        sound: Sound | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._at = at
        self.item_id = interview_id
        self._project = project
        self._look = desk
        self.section = ""
        self._shown: tuple[str, ...] = ()
        self.travel = Travel(self)
        self.conductor = Conductor(project=project, interview_id=interview_id, jobs=desk.jobs, parent=self)
        self.places = Places(lambda: self.interview)
        self.speech = Speech(lambda: self.interview, parent=self, theme=desk.theme, settings=desk.settings)
        self.closing = ClosingFlow(page=self, conductor=self.conductor, desk=desk)
        self.media = MediaDesk(page=self, project=project, desk=desk, sound=sound or Devices())
        theme = desk.theme
        self.papers = ProtocolDesk(project=project, interview_id=interview_id, desk=desk, parent=self)
        self.submissions = SubmissionDesk(page=self, project=project, desk=desk)
        self.actions_by_key = InterviewActions(self, handlers=handlers_of(self, desk))
        self.controls = HeaderControls(
            self.interview.definition.languages, actions=self.actions_by_key, theme=theme, parent=self
        )
        self._model = OutlineModel(lambda section: self.interview.title(section.key), self)
        self.outline = OutlineView(self._model, theme=theme, parent=self)
        self.bar = ContextBar(theme=theme, parent=self)
        self.bar.add_control(self.controls.record_below)
        self.failure = FailureBar(theme=theme, parent=self)
        self.message = MessageBar(theme=theme, can_close=True, parent=self)
        self.questions = SectionPage(theme=theme, find=self.conductor.view, parent=self)
        self.problems = ProblemsPanel(theme=theme, parent=self)
        self.noting = Noting(self, theme=theme)
        self.notes = self.noting.panel
        self.safety = Safety(page=self, conductor=self.conductor, prompts=desk.prompts)
        self.form_watch = FormWatch(page=self, project=project)
        self.controls.show_language(self.speech.shown)
        self._build()
        self._connect()
        self._show_all()

    @property
    def interview(self) -> InterviewDesk:
        """The live interview."""
        return self.conductor.desk

    @override
    def title(self) -> str:
        return self.places.code() or _("New interview")

    @override
    def context(self) -> str:
        return self.places.context()

    @override
    def badges(self) -> Sequence[QWidget]:
        return (self.controls.chip,)

    @override
    def actions_right(self) -> Sequence[QWidget]:
        return self.controls.widgets()

    @override
    def menu_actions(self) -> Mapping[str, Sequence[QAction]]:
        return self.actions_by_key.menus()

    @override
    def search_entries(self) -> Sequence[SearchEntry]:
        return self.places.search_entries(self.go_to)

    @override
    def go_to_next_problem(self) -> None:
        self.travel.to_problem(1)

    @override
    def refresh(self) -> None:
        self._resume()

    @override
    def retranslate(self) -> None:
        self.actions_by_key.retranslate()
        self.controls.retranslate()
        self.papers.retranslate()
        self.notes.retranslate()
        self.media.strip.retranslate()
        self.outline.retranslate()
        self.failure.retranslate()
        self._show_all()

    @override
    def can_leave(self, leave: Callable[[], None]) -> None:
        self.questions.commit()
        self.conductor.flush()
        self.conductor.keep_position()
        self.media.leave()
        self.safety.leave(leave)

    @override
    def close_page(self) -> None:
        self.speech.close_reading()
        self.media.close()

    def _build(self) -> None:
        above = (self.failure, self.message, self.papers, self.media.strip)
        self.columns = Columns(
            sections=self.outline,
            middle=(*above, self.bar, rule(), self.questions, self.problems),
            questions=self.questions,
            notes=self.notes,
            theme=self._look.theme,
            settings=self._look.settings,
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(rule(parent=self))
        layout.addWidget(self.columns, 1)

    def _connect(self) -> None:
        conductor, questions = self.conductor, self.questions
        questions.answer_chosen.connect(conductor.answer)
        questions.answer_typed.connect(conductor.type)
        questions.question_entered.connect(self._on_question_entered)
        questions.question_left.connect(self._on_question_left)
        questions.answer_due.connect(conductor.flush)
        questions.card_wanted.connect(conductor.add_card)
        questions.card_removal_wanted.connect(conductor.remove_card)
        self.media.serve(questions)
        questions.end_passed.connect(self.travel.pass_end)
        questions.row_made.connect(self.travel.greet)
        conductor.answer_declined.connect(self.travel.decline)
        conductor.stepped.connect(self._on_stepped)
        conductor.question_restored.connect(self.go_to)
        conductor.state_changed.connect(self._on_state_changed)
        conductor.desk_changed.connect(self._show_all)
        conductor.queue.saved.connect(self._on_saved)
        self.outline.section_chosen.connect(self.travel.choose)
        self.bar.step_wanted.connect(self.travel.step)
        self.problems.question_wanted.connect(self.go_to)
        self.message.action_requested.connect(self.closing.run_message_action)
        self.controls.language_selected.connect(self.select_language)
        self.controls.text_size_wanted.connect(lambda: step_text_size(self._look))

    def _show_all(self) -> None:
        """Shows everything anew and returns to the same question."""
        interview = self.interview
        current = self.questions.current
        had_focus = self.questions.isAncestorOf(self.focusWidget()) if self.focusWidget() is not None else False
        self._model.show_pages(interview.pages)
        keys_shown = {section.key for section in interview.pages.sections}
        if self.section not in keys_shown:
            self.section = next((s.key for s in interview.pages.sections if s.refs), "")
        self.show_section(self.section)
        if current and self.questions.row(current) is not None and had_focus:
            self.questions.focus_question(current)
        self.noting.show()
        self._show_state()

    def page_look(self) -> PageLook:
        """How the questions are shown now."""
        is_guided = self.actions_by_key.by_key["guidance"].isChecked()
        is_grid = shares_rows(self.interview.definition.style)
        return PageLook(self.speech.second, is_guided, self.interview.is_open, is_grid)

    def show_section(self, key: str, *, at: str = "", y: int = TOP_ROOM) -> None:
        """Shows a section from its top, or beginning with the question `at`."""
        pages = self.interview.pages
        self.section = key
        section = pages.section(key)
        self._shown = section.refs if section is not None else ()
        due = frozenset(pages.tally(key).problems)
        self.questions.show_section(pages.views(key), self.page_look(), due, at=at, y=y)
        self._show_place()

    def _show_place(self) -> None:
        pages = self.interview.pages
        place, title = self.places.bar(self.section)
        self.bar.show_place(place, title)
        tally = pages.tally(self.section)
        self.bar.show_progress(tally.answered, tally.asked)
        self.bar.show_steps(
            next_text=self.travel.next_words(), has_previous=self.travel.has(-1), has_next=self.travel.has(1)
        )
        self.outline.show_current(self.section)
        self.travel.tell_problems()

    def show_counts(self) -> None:
        """Brings counts, badges and open questions up to date after a check."""
        pages = self.interview.pages
        self.questions.repaint_refs((), frozenset(pages.tally(self.section).problems))
        self._model.update_pages()
        self._show_place()

    def _show_state(self) -> None:
        interview = self.interview
        self.controls.show_state(interview.state, is_open=interview.is_open, is_refused=interview.is_refused)
        self.actions_by_key.by_key["undo"].setEnabled(interview.can_undo)
        self.actions_by_key.by_key["redo"].setEnabled(interview.can_redo)
        self.actions_by_key.by_key["reopen"].setEnabled(not interview.is_open)
        for key in ("finalise", "note"):
            self.actions_by_key.by_key[key].setEnabled(interview.is_open)
        self.closing.show_message()
        self.media.microphone.watch()
        self.header_changed.emit()

    def _resume(self) -> None:
        """Goes to the question where the interviewer stood, with a word if the program was interrupted there."""
        position, self._at = self._at or self.interview.position, ""
        if position and self.interview.pages.page_of(position):
            self.go_to(position)
        else:
            self.questions.focus_first()
        self.closing.say_resumed(self._project)
        self._show_state()
        self.media.look_around()
        self.closing.look_at_lists(self._project)

    def _on_stepped(self, step: Step) -> None:
        pages = self.interview.pages
        if step.notice:
            self.closing.say_notice(step.notice)
        if step.is_rebuilt or step.changes.added or step.changes.removed:
            self._model.show_pages(pages)
        changed = (*step.changes.added, *step.changes.removed)
        if step.is_rebuilt or self._is_on_page(changed) or self._shows_others():
            self._show_again()
        if not step.is_rebuilt:
            due = frozenset(pages.tally(self.section).problems)
            self.questions.repaint_refs(step.changes.changed, due)
            self._model.update_pages(step.changes.changed)
        if step.changes or step.is_rebuilt:
            self._show_place()
            self._show_state()
            self.speech.show_reading(self.questions.current)

    def _shows_others(self) -> bool:
        """Whether the page has other questions now, because a run of loose ones was parted or joined."""
        section = self.interview.pages.section(self.section)
        return section is None or section.refs != self._shown

    def _is_on_page(self, refs: Sequence[str]) -> bool:
        tops = tuple(view.ref for view in self.interview.pages.views(self.section))
        return any(ref.startswith(top) for ref in refs for top in tops)

    def _show_again(self) -> None:
        """Builds the page anew at the same place."""
        current, height = self.questions.current, self.questions.height_of_current()
        if self.interview.pages.section(self.section) is None:
            self.section = next((s.key for s in self.interview.pages.sections if s.refs), "")
        self.show_section(self.section, at=current, y=height)
        if not (current and self.questions.focus_question(current)):
            self.questions.focus_first()

    def _on_question_entered(self, ref: str) -> None:
        self.travel.arrive(ref)
        self.notes.show_question(ref, self.places.short(ref))
        self.place_changed.emit(self.places.status(ref))
        self.speech.show_reading(self.questions.current)

    def _on_question_left(self, ref: str) -> None:
        self.conductor.flush()
        touched = self.interview.leave(ref)
        if touched:
            self.questions.repaint_refs((), frozenset(self.interview.pages.tally(self.section).problems))
            self._model.update_pages(())
            self.travel.tell_problems()

    def go_to(self, ref: str) -> None:
        """Shows a question and puts the focus into it, on whatever page it stands."""
        self.travel.go_to(ref)

    def undo(self) -> None:
        """Takes the last answer back, what is being typed included."""
        self.questions.commit()
        self.conductor.undo()

    def clear_answer(self) -> None:
        """Takes the answer of the question being asked away."""
        row = self.questions.row(self.questions.current)
        if row is not None:
            row.control.clear_answer()

    def begin_note(self) -> None:
        """Puts the focus where a note to the question being asked is written."""
        self.noting.begin()

    def select_language(self, name: str) -> None:
        """Shows the questions in a language of the form, or in both side by side; nothing for an empty name."""
        if not name:
            return
        self.conductor.flush()
        self.speech.select(name)
        self.controls.show_language(name)
        self.questions.set_look(self.page_look())
        self._model.update_pages()
        self._show_place()
        self.noting.show()
        self.speech.show_reading(self.questions.current)
        self.header_changed.emit()

    def _on_saved(self, moment: object) -> None:
        self.saved.emit(moment)
        self.data_changed.emit()

    def _on_state_changed(self) -> None:
        self._show_all()
        self.conductor.queue.when_empty(lambda: self.closing.look_at_lists(self._project))
        self.data_changed.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            self.questions.step(1)
            event.accept()
        else:
            super().keyPressEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.columns.fit_anew()
