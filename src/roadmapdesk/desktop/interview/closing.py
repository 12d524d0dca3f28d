"""Checking, finalising and reopening an interview, and the strip that says in which state it is."""

from typing import TYPE_CHECKING

from roadmapdesk.desktop.interview.problems_panel import ShownProblem
from roadmapdesk.desktop.pages import Desk
from roadmapdesk.desktop.widgets.notices import Said
from roadmapdesk.desktop.widgets.reason_dialog import reopen_dialog
from roadmapdesk.desktop.words import state_word
from roadmapdesk.i18n import gettext as _
from roadmapdesk.i18n import ngettext
from roadmapdesk.storage.project import Project
from roadmapdesk.workspace.entity_registers import entity_notices
from roadmapdesk.workspace.interviewing import Check

if TYPE_CHECKING:
    from collections.abc import Callable

    from roadmapdesk.desktop.interview.conductor import Conductor
    from roadmapdesk.desktop.interview.page import InterviewPage


class ClosingFlow:
    """The end of an interview, step by step.

    Args:
        page: the page it belongs to.
        conductor: carries the interview.
        desk: theme and prompts.
    """

    def __init__(self, *, page: "InterviewPage", conductor: "Conductor", desk: Desk) -> None:
        self._page = page
        self._conductor = conductor
        self._desk = desk
        self._message_action: Callable[[], None] | None = None
        self._list_words: tuple[str, ...] = ()
        self._listed: tuple[str, ...] = ()

    def check(self) -> bool:
        """Checks the whole interview and lists what stands against finalising; True where nothing does."""
        page = self._page
        page.questions.commit()
        self._conductor.flush()
        outcome = page.interview.check()
        self._show_problems(outcome)
        page.show_counts()
        if not outcome.violations:
            page.message.say("ok", lambda: _("Nothing is missing. The interview can be finalised."))
            self._message_action = None
        return not outcome.violations

    def follow_problems(self) -> None:
        """Brings the open list of problems up to date when one was solved or came up."""
        page = self._page
        if not page.problems.isHidden() and page.interview.pages.problems() != self._listed:
            self._show_problems(page.interview.check())

    def _show_problems(self, outcome: Check) -> None:
        page = self._page
        self._listed = page.interview.pages.problems()
        remarks = []
        if outcome.hidden:
            template = ngettext(
                "{n} answer is hidden because its question is not asked any more",
                "{n} answers are hidden because their questions are not asked any more",
                outcome.hidden,
            )
            remarks.append(template.format(n=outcome.hidden))
        remarks.extend(dict.fromkeys(notice.message for notice in outcome.notices))
        shown = [
            ShownProblem(violation.ref, page.places.long(violation.ref), violation.message)
            for violation in outcome.violations
        ]
        page.problems.show_problems(shown, remarks=remarks)

    def finalise(self) -> None:
        """Checks, asks, and closes the interview; with problems it leads to the first one."""
        page = self._page
        if not page.interview.is_open:
            return
        page.questions.commit()
        self._conductor.flush()
        if page.interview.is_refused:
            self._ask_end()
            return
        if not self.check():
            page.go_to_next_problem()
            return
        self._desk.prompts.ask(
            page,
            question=_("Finalise this interview?"),
            consequence=_("Its answers are locked and enter the assessment. It can be reopened with a reason."),
            confirm=_("Finalise"),
            confirmed=self._close,
            refuse=_("Go on with the interview"),
        )

    def _ask_end(self) -> None:
        self._desk.prompts.ask(
            self._page,
            question=_("End this interview without consent?"),
            consequence=_("It is closed as withdrawn. Nothing further is stored."),
            confirm=_("End interview"),
            confirmed=self._close,
            refuse=_("Go back"),
        )

    def _close(self) -> None:
        if self._conductor.finalise():
            self._page.problems.hide()
        else:
            self.check()

    def reopen(self) -> None:
        """Asks for the reason and takes the interview back to draft."""
        if self._page.interview.is_open:
            return
        dialog = reopen_dialog(self._page.title(), theme=self._desk.theme, parent=self._page)
        dialog.accepted.connect(lambda: self._conductor.reopen(dialog.reason))
        self._desk.prompts.show(dialog)

    def show_message(self) -> None:
        """Says what holds for the whole interview: refused, closed, or nothing."""
        page = self._page
        interview = page.interview
        if not interview.is_open:
            page.message.say(
                "info",
                lambda: _("{state}: the answers are locked.").format(state=state_word(interview.state)),
                " ".join(self._list_words),
                icon="lock",
            )
            self._message_action = None
        elif interview.is_refused:
            page.message.say(
                "warning",
                lambda: _("No consent: please end the interview here."),
                lambda: _("Nothing further is stored."),
                action=lambda: _("End interview"),
            )
            self._message_action = self.finalise
        elif page.message.isVisible() and page.message.property("holds") == "state":
            page.message.hide()
        if not interview.is_open or interview.is_refused:
            page.message.setProperty("holds", "state")
        elif page.message.property("holds") == "state":
            page.message.setProperty("holds", "")

    def look_at_lists(self, project: Project) -> None:
        """Says in the strip of a closed interview what became of the entries that it made or changed in lists."""
        page = self._page
        if page.interview.is_open:
            self._list_words = ()
            return

        def tell(words: tuple[str, ...]) -> None:
            if words != self._list_words:
                self._list_words = words
                self.show_message()

        chosen = page.item_id
        self._desk.jobs.run(lambda _control: entity_notices(project, chosen), done=tell, owner=page)

    def say_notice(self, sentence: str) -> None:
        """Says why an answer was not taken."""
        interview = self._page.interview
        if interview.is_refused or not interview.is_open:
            self.show_message()
            return
        self._message_action = None
        self._page.message.say("warning", sentence)

    def say_remark(self, sentence: Said, *, go_to: str = "", icon: str = "lock") -> None:
        """Says something about the question being shown; it goes with the next question.

        Args:
            sentence: the remark.
            go_to: ref of a question that the strip offers to show.
            icon: its icon.
        """
        page = self._page
        if not page.interview.is_open or page.interview.is_refused:
            return
        self._message_action = (lambda: page.go_to(go_to)) if go_to else None
        page.message.say("info", sentence, action=_go_there if go_to else "", icon=icon)
        page.message.setProperty("holds", "remark")

    def say_media(
        self,
        kind: str,
        sentence: Said,
        *,
        action: Said = "",
        run: "Callable[[], None] | None" = None,
        go_to: str = "",
        icon: str | None = None,
    ) -> None:
        """Says something about files or sound of the interview.

        Args:
            kind: ``info``, ``ok`` or ``warning``.
            sentence: what it says.
            action: verb of the button.
            run: what the button does.
            go_to: instead of both, ref of a question that the strip offers to show.
            icon: another icon than the kind's own.
        """
        page = self._page
        self._message_action = (lambda: page.go_to(go_to)) if go_to else run
        page.message.say(kind, sentence, action=_go_there if go_to else action, icon=icon)

    def drop_remark(self) -> None:
        """Takes a remark about the question before away."""
        if self._page.message.property("holds") == "remark":
            self._page.message.hide()
            self._page.message.setProperty("holds", "")

    def say_end(self) -> None:
        """Says that no question follows, and offers the check."""
        if self._page.interview.is_open and not self._page.interview.is_refused:
            self._page.message.say("info", lambda: _("This was the last question."), action=lambda: _("Check"))
            self._message_action = self._offer_check

    def _offer_check(self) -> None:
        self.check()

    def say_resumed(self, project: Project) -> None:
        """A word at the question where the program was interrupted; what was found is told where a person resumes.

        It goes with the next question, and is not said again once the interviewer stands elsewhere.
        """
        recovery, page = project.recovery, self._page
        found = recovery.drafts if recovery is not None else ()
        if (page.item_id, page.interview.position) in {(draft.interview_id, draft.position) for draft in found}:
            self.say_remark(lambda: _("Resumed where the program was interrupted."), icon="history")

    def run_message_action(self) -> None:
        """Does what the button of the strip says."""
        if self._message_action is not None:
            self._message_action()


def _go_there() -> str:
    return _("Go there")
