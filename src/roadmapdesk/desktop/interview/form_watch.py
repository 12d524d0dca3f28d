"""A questionnaire that changes under an open interview: nothing is lost, and the interviewer is told."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from roadmapdesk.errors import RoadmapDeskError
from roadmapdesk.i18n import gettext as _
from roadmapdesk.i18n import ngettext
from roadmapdesk.storage.project import Project
from roadmapdesk.workspace.interview_steps import Save

if TYPE_CHECKING:
    from roadmapdesk.desktop.interview.page import InterviewPage

_RESTING_MS = 1_500


class FormWatch(QObject):
    """Looks after each rest in saving whether the project has a newer version of the interview's questionnaire.

    An interview stays with the version that it began with. When somebody moves it to another version while its page
    is open, the next save is refused; then the interview is read anew, and what was not saved is entered again.

    Args:
        page: the interview's page.
        project: the open project.
    """

    def __init__(self, *, page: "InterviewPage", project: Project) -> None:
        super().__init__(page)
        self._page = page
        self._project = project
        self._told: set[str] = set()
        self._form = project.interviews.get(page.item_id).form_sha
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_RESTING_MS)
        self._timer.timeout.connect(self.look)
        queue = page.conductor.queue
        queue.saved.connect(lambda _at: self._timer.start())
        queue.failed.connect(self._on_queue_failed)

    def look(self) -> None:
        """Says once that a newer version is there."""
        try:
            forms = {form.sha: form for form in self._project.forms.list()}
        except RoadmapDeskError:
            return  # the next save tells what is wrong with the file
        own = forms.get(self._form)
        if own is None or not self._page.interview.is_open:
            return
        newer = [form for form in forms.values() if form.form_id == own.form_id and form.added_at > own.added_at]
        latest = max(newer, key=lambda form: form.added_at, default=None)
        if latest is None or latest.sha in self._told:
            return
        self._told.add(latest.sha)
        new_version, own_version = latest.version or "–", own.version or "–"
        self._page.closing.say_media(
            "info",
            lambda: _(
                "The project has a newer version of the questionnaire ({new}). This interview goes on with version "
                "{own}; nothing changes for it. It can be moved under Forms."
            ).format(new=new_version, own=own_version),
        )

    def _on_queue_failed(self, error: Exception) -> None:
        """Goes on in the other version where the interview was moved to one; other failures are not ours."""
        if not isinstance(error, ValueError):
            return
        form = self._project.interviews.get(self._page.item_id).form_sha
        if form != self._form:
            self._form = form
            self._told.add(form)
            self._go_on()

    def _go_on(self) -> None:
        page = self._page
        conductor = page.conductor
        works = conductor.queue.abandon()
        unsaved: dict[str, str] = {}
        for work in works:
            owner = getattr(work, "__self__", None)
            if isinstance(owner, Save):
                unsaved.update({change.ref: change.new or "" for change in owner.changes})
            else:
                conductor.queue.add_work(work)
        page.failure.hide()
        conductor.read_anew()
        kept = [ref for ref, text in unsaved.items() if self._enter(ref, text)]
        lost = {ref: text for ref, text in unsaved.items() if ref not in kept and self._is_answer(ref, text)}
        for ref, text in lost.items():
            conductor.write_note(page.interview.position, f"{ref.rpartition('/')[2]}: {text}")
        self._tell(len(lost))

    def _is_answer(self, ref: str, text: str) -> bool:
        """Whether a person said this, and the present version has no place for it."""
        interview = self._page.interview
        if not text or "/meta/" in ref or ref.endswith("]"):
            return False
        try:
            interview.view(ref)
        except KeyError:
            return True
        return False

    def _enter(self, ref: str, text: str) -> bool:
        """Gives an answer again; False where the present version has no such question for a person."""
        interview = self._page.interview
        try:
            view = interview.view(ref)
        except KeyError:
            return False
        if view.control and not view.has_calculation and view.text != text and not interview.refusal(ref):
            self._page.conductor.answer(ref, text)
        return True

    def _tell(self, lost: int) -> None:
        self._page.closing.say_media("warning", lambda: _moved_words(lost))


def _moved_words(lost: int) -> str:
    """That the interview goes on in another version; `lost` answers have no place there."""
    words = _(
        "This interview was moved to another version of the questionnaire while it was open. "
        "It goes on there; your last answers were entered again."
    )
    if not lost:
        return words
    rest = ngettext(
        "{n} answer has no place in it and is kept as a note.",
        "{n} answers have no place in it and are kept as notes.",
        lost,
    )
    return f"{words} {rest.format(n=lost)}"
