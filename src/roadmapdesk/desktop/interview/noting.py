"""Writing notes beside the questions, and going back to where the interviewer was."""

from typing import TYPE_CHECKING

from roadmapdesk.desktop.interview.notes_panel import NotesPanel
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.i18n import gettext as _

if TYPE_CHECKING:
    from roadmapdesk.desktop.interview.page import InterviewPage


class Noting:
    """Joins the notes panel with its page.

    Args:
        page: the page; its columns exist when the first note is shown.
        theme: the look.

    Attributes:
        panel: the right column.
    """

    def __init__(self, page: "InterviewPage", *, theme: Theme) -> None:
        self._page = page
        self.panel = NotesPanel(theme=theme, parent=page)
        conductor = page.conductor
        conductor.notes_changed.connect(self.show)
        self.panel.note_written.connect(conductor.write_note)
        self.panel.note_removed.connect(conductor.remove_note)
        self.panel.question_wanted.connect(page.go_to)
        self.panel.return_wanted.connect(self.return_to_question)

    def show(self) -> None:
        """Shows the notes as they are now, and how many there are where they are folded away."""
        page = self._page
        notes = page.places.notes(page.conductor.notes)
        self.panel.show_notes(notes, is_open=page.interview.is_open)
        page.columns.notes_button.setText(_("Notes ({n})").format(n=len(notes)))

    def begin(self) -> None:
        """Puts the cursor into a new note on the present question."""
        page = self._page
        page.columns.show_notes()
        self.panel.show_question(page.questions.current, page.places.short(page.questions.current))
        self.panel.take_focus()

    def return_to_question(self) -> None:
        """Goes back to the question; where room is short, the notes fold away."""
        page = self._page
        page.columns.hide_notes()
        page.questions.focus_question(page.questions.current)
