"""No answer is lost unasked: the question before cards disappear, and what can be done when saving fails."""

import contextlib
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from roadmapdesk.desktop.interview.saving import sentence_of
from roadmapdesk.desktop.prompts import FileKind, Prompts
from roadmapdesk.i18n import gettext as _
from roadmapdesk.workspace.interview_steps import Step, ending_sentence
from roadmapdesk.workspace.interviewing import loss_sentence, lost_lines
from roadmapdesk.workspace.places import PlaceTaken, refuse_project_place
from roadmapdesk.workspace.saved_copies import keep_note_of_copy, note_copy, write_copy

if TYPE_CHECKING:
    from roadmapdesk.desktop.interview.conductor import Conductor
    from roadmapdesk.desktop.interview.page import InterviewPage


class Safety:
    """Watches the saving of one page.

    Args:
        page: the page with the red bar.
        conductor: carries the interview.
        prompts: the dialogs.
    """

    def __init__(self, *, page: "InterviewPage", conductor: "Conductor", prompts: Prompts) -> None:
        self._page = page
        self._conductor = conductor
        self._prompts = prompts
        self._copies: list[tuple[Path, str]] = []
        conductor.loss_asked.connect(self._on_loss_asked)
        conductor.queue.failed.connect(self._say_failure)
        conductor.queue.stuck.connect(self._say_failure)
        conductor.queue.emptied.connect(self._note_copies)
        page.failure.retry_wanted.connect(self._on_retry_wanted)
        page.failure.copy_wanted.connect(self._on_copy_wanted)
        page.failure.rescue_wanted.connect(lambda: page.navigation_requested.emit("backups", ""))

    def leave(self, leave: Callable[[], None]) -> None:
        """Calls `leave` once everything is in the file, or when a person gives the unsaved answers up.

        What a person does on the page while it waits counts too, so the page is asked again afterwards.
        """
        queue = self._conductor.queue
        if queue.is_empty:
            leave()
            return
        if queue.error is None:
            queue.when_empty(lambda: self._page.can_leave(leave))
            return
        self._prompts.ask(
            self._page,
            question=_("Leave although answers are not saved?"),
            consequence=sentence_of(queue.error),
            confirm=_("Leave and lose them"),
            confirmed=leave,
            refuse=_("Stay here"),
        )

    def _on_loss_asked(self, step: Step, agree: Callable[[], None]) -> None:
        if step.ending:
            self._prompts.ask(
                self._page,
                question=_("No consent: end this interview?"),
                consequence=ending_sentence(step.ending),
                confirm=_("No consent"),
                confirmed=agree,
                refuse=_("Keep everything"),
            )
            return
        self._prompts.ask(
            self._page,
            question=_("Let these answers disappear?"),
            consequence=loss_sentence(step.lost),
            details=lost_lines(step.lost),
            confirm=_("Let them disappear"),
            confirmed=agree,
            refuse=_("Keep everything"),
        )

    def _say_failure(self, error: Exception) -> None:
        self._page.failure.say(error, self._conductor.queue.waiting)

    def _on_retry_wanted(self) -> None:
        self._page.questions.focus_question(self._page.questions.current)  # before its own button vanishes
        self._page.failure.hide()
        self._conductor.queue.retry()

    def _on_copy_wanted(self) -> None:
        if not self._conductor.is_encrypted:
            self._choose_place()
            return
        self._prompts.ask(
            self._page,
            question=_("Save a copy that everyone can read?"),
            consequence=_(
                "The project is encrypted, the copy will not be. Choose a place of your own, and delete the copy "
                "once the answers are saved."
            ),
            confirm=_("Choose a place …"),
            confirmed=self._choose_place,
            refuse=_("Cancel"),
        )

    def _choose_place(self) -> None:
        self._prompts.save_file(
            self._page,
            title=_("Save a copy of all answers"),
            suggestion=Path.home() / f"{self._page.places.code() or 'interview'}.json",
            kinds=(FileKind(_("Answers"), ("*.json",)),),
            chosen=self._write_copy,
        )

    def _write_copy(self, path: Path) -> None:
        interview = self._conductor.desk
        form, answers = interview.definition, interview.answers()
        try:
            refuse_project_place(path)
            sha = write_copy(path, interview.interview_id, form.form_id, form.version, answers)
        except (OSError, PlaceTaken) as error:
            unwritable = _("This place cannot be written to. Choose another one.")
            sentence = error.sentence if isinstance(error, PlaceTaken) else unwritable
            self._prompts.tell(self._page, title=_("The copy was not written"), text=sentence)
            return
        self._copies.append((path, sha))
        with contextlib.suppress(OSError):  # then only this run of the program knows of the copy
            conductor = self._conductor
            keep_note_of_copy(conductor.project_id, path, sha, interview.interview_id, author=conductor.author)

    def _note_copies(self) -> None:
        """Notes in the log of exports, once it can be written again, which copies left the project."""
        copies, self._copies = self._copies, []
        interview = self._conductor.desk.interview_id
        for path, sha in copies:
            self._conductor.queue.add_work(partial(note_copy, path=path, sha=sha, interview_id=interview))
