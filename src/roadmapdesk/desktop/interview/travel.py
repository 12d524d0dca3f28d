"""Moving through an interview: to a question, a section, the next problem, over the end of a page."""

from typing import TYPE_CHECKING

from roadmapdesk.desktop.interview.question_row import QuestionRow
from roadmapdesk.desktop.pages import Desk
from roadmapdesk.desktop.search_dialog import SearchDialog
from roadmapdesk.i18n import gettext as _
from roadmapdesk.i18n import ngettext
from roadmapdesk.workspace.interview_locks import deciding_question

if TYPE_CHECKING:
    from roadmapdesk.desktop.interview.page import InterviewPage


class Travel:
    """Carries the focus from place to place.

    Args:
        page: the page that shows the places.
    """

    def __init__(self, page: "InterviewPage") -> None:
        self._page = page

    def go_to(self, ref: str) -> None:
        """Shows a question and puts the focus into it, on whatever page it stands."""
        page = self._page
        key = page.interview.pages.page_of(ref)
        if key and key != page.section:
            page.conductor.flush()
            page.show_section(key, at=ref)
        if page.questions.focus_question(ref):
            self._explain_lock(ref)
        else:
            self._go_near(ref)

    def arrive(self, ref: str) -> None:
        """Notes that the interviewer stands at a question now."""
        page = self._page
        page.interview.position = ref
        page.conductor.note_position()
        page.closing.drop_remark()

    def lock_words(self, ref: str) -> str:
        """What a question says that takes no answer now, naming the question that locks it where that is known."""
        other = self._decider(ref) if self._page.interview.is_open else ""
        name = self._page.places.short(other) if other else ""
        return _("Locked by the answer to {other}").format(other=name) if name else ""

    def _explain_lock(self, ref: str) -> None:
        """Says why the question takes no answer, where it takes none."""
        page = self._page
        row = page.questions.row(ref)
        if row is None or not row.lock:
            return
        name, other = page.places.short(ref), self._decider(ref)
        if other:
            place = page.places.short(other)
            page.closing.say_remark(
                lambda: _("{question} is locked by the answer to {other}.").format(question=name, other=place),
                go_to=other,
            )
        else:
            page.closing.say_remark(lambda: _("{question} is locked by another answer.").format(question=name))

    def _go_near(self, ref: str) -> None:
        """Goes to the answer that hides a question, else back to where the interviewer stood, and says so."""
        page = self._page
        name, other = page.places.short(ref), self._decider(ref)
        current = page.questions.current
        is_at_other = bool(other) and self._reach(other)
        if not (is_at_other or (current and page.questions.focus_question(current))):
            page.questions.focus_first()
        if is_at_other:
            place = page.places.short(other)
            page.closing.say_remark(
                lambda: _("{question} is not asked because of the answer to {other}.").format(
                    question=name, other=place
                )
            )
        elif name:
            page.closing.say_remark(lambda: _("{question} is not asked at present.").format(question=name))

    def _reach(self, ref: str) -> bool:
        page = self._page
        key = page.interview.pages.page_of(ref)
        if key and key != page.section:
            page.show_section(key, at=ref)
        return page.questions.focus_question(ref)

    def _decider(self, ref: str) -> str:
        interview = self._page.interview
        try:
            return deciding_question(interview.definition, interview.session, ref)
        except KeyError:  # the card of the question is gone
            return ""

    def choose(self, key: str) -> None:
        """Shows a section; of a heading the first section below it."""
        page = self._page
        section = page.interview.pages.section(key)
        if section is None:
            return
        if not section.refs:
            below = next((s for s in page.interview.pages.sections if s.owner == key and s.refs), None)
            if below is None:
                return
            key = below.key
        page.conductor.flush()
        page.show_section(key)
        page.questions.focus_first()

    def step(self, direction: int, *, from_end: bool = False) -> None:
        """Shows the next (1) or previous (-1) section, at its first or last question."""
        page = self._page
        page.conductor.flush()  # what is typed now may add or remove the next page
        order = self._order()
        here = order.index(page.section) if page.section in order else 0
        if 0 <= here + direction < len(order):
            page.show_section(order[here + direction])
            page.questions.focus_first(from_end=from_end)
            page.conductor.keep_position()

    def pass_end(self, direction: int) -> None:
        """Goes on beyond the last or first question of a page; at the very end it offers the check."""
        page = self._page
        page.conductor.flush()
        order = self._order()
        if direction > 0 and order and page.section == order[-1]:
            page.closing.say_end()
        else:
            self.step(direction, from_end=direction < 0)

    def to_problem(self, direction: int) -> None:
        """Goes to the next (1) or previous (-1) problem, round the ends."""
        page = self._page
        problems = page.interview.pages.problems()
        if not problems:
            return
        here = page.questions.current
        if here in problems:
            place = (problems.index(here) + direction) % len(problems)
        else:
            place = 0 if direction > 0 else len(problems) - 1
        self.go_to(problems[place])

    def open_finder(self, desk: Desk, *, answers: bool) -> None:
        """Opens the list of questions; with the answers also answers and notes are searched."""
        page = self._page
        entries = list(page.places.search_entries(self.go_to, answers=answers))
        if answers:
            entries += page.places.note_entries(page.conductor.notes, self.go_to)
        dialog = SearchDialog(
            entries,
            theme=desk.theme,
            title=_("Find in questions and answers") if answers else _("Go to question"),
            prompt=_("Words of a question, an answer or a note") if answers else _("Code or words of a question"),
            parent=page,
        )
        desk.prompts.show(dialog)

    def decline(self, ref: str, why: str) -> None:
        """Says below a question why its answer was not taken; empty words take that away."""
        row = self._page.questions.row(ref)
        if row is not None:
            row.decline(why)

    def greet(self, row: QuestionRow) -> None:
        """Gives a row that appeared what only the page knows: who locks it."""
        row.explain_lock = self.lock_words

    def tell_problems(self) -> None:
        """Has the status bar count the problems, and the list of problems follow them where it is open."""
        page = self._page
        count = len(page.interview.pages.problems())
        sentence = ngettext("{n} problem (F8)", "{n} problems (F8)", count).format(n=count)
        page.problems_changed.emit(count, sentence)
        page.closing.follow_problems()

    def has(self, direction: int) -> bool:
        """Whether there is a next (1) or previous (-1) section."""
        return self._neighbour(direction) is not None

    def next_words(self) -> str:
        """What the button to the next section says."""
        key = self._neighbour(1)
        section = self._page.interview.pages.section(key) if key is not None else None
        if section is None or section.kind != "instance":
            return _("Next section")
        return _("Next stage") if self._page.places.is_stage(section.key) else _("Next card")

    def _neighbour(self, direction: int) -> str | None:
        order = self._order()
        if self._page.section not in order:
            return None
        place = order.index(self._page.section) + direction
        return order[place] if 0 <= place < len(order) else None

    def _order(self) -> list[str]:
        return [section.key for section in self._page.interview.pages.sections if section.refs]
