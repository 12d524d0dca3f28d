"""What a session that did not end properly left behind, told once in full, with the way back to it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.notices import MessageBar
from roadmapdesk.desktop.wording import when
from roadmapdesk.i18n import gettext as _
from roadmapdesk.i18n import ngettext

if TYPE_CHECKING:
    from roadmapdesk.storage import Project
    from roadmapdesk.storage.values import RecoveredDraft


class RecoveryBar(MessageBar):
    """A strip above the pages of a project opened after a crash; it goes when a person resumes or puts it away.

    Attributes:
        resume_requested: with the id of the interview to go on with.
    """

    resume_requested = Signal(str)

    def __init__(self, *, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme=theme, can_close=True, parent=parent)
        self.setObjectName("recovery_bar")
        self._found: tuple[RecoveredDraft, ...] = ()
        self._files: tuple[str, ...] = ()
        self._had_journal = False
        self._shown = ""
        self.closed.connect(self._forget)
        self.action_requested.connect(self._on_action_requested)

    def show_project(self, project: "Project", *, shown: str = "", is_told: bool = False) -> None:
        """Looks at what the opening found.

        Args:
            project: the project that was opened.
            shown: id of an interview that the window shows at once.
            is_told: whether the start page has said everything about that interview.
        """
        self._forget()
        self._shown = shown
        recovery = project.recovery
        if recovery is not None:
            from roadmapdesk.desktop.media.found import cut_off_files  # noqa: PLC0415 — rarely needed, and heavy

            told = shown if is_told else ""
            self._found = tuple(draft for draft in recovery.drafts if draft.interview_id != told)
            self._files = cut_off_files(project)
            self._had_journal = recovery.had_journal
        self._show()

    def note_interview(self, interview_id: str) -> None:
        """An interview, or with an empty id another page, is shown now: of that interview nothing is left to tell."""
        self._shown = interview_id
        self._found = tuple(found for found in self._found if found.interview_id != interview_id)
        if not self.isHidden():
            self._show()

    def _show(self) -> None:
        if self._found or self._files:
            action = (lambda: _("Go on where it stopped")) if self._next else ""
            self.say(
                "warning",
                lambda: _("The last session did not end properly"),
                self._account,
                action=action,
                icon="history",
            )
        else:
            self.hide()

    def _account(self) -> str:
        lines = [_("Every answer that was shown as saved is there.")]
        if self._had_journal:
            lines.append(_("One change that was not yet confirmed was taken back."))
        if self._files:
            lines.append(self._files_sentence())
        return "\n".join([*map(_line, self._found), " ".join(lines)])

    def _files_sentence(self) -> str:
        template = _(
            "Files or recordings were cut off in {interviews}. They are kept; open the interview to attach them."
        )
        return template.format(interviews=", ".join(name or _("Interview without a code") for name in self._files))

    @property
    def _next(self) -> str:
        """The id of the interview to go on with: the latest that is not shown already; empty without one."""
        found = (found.interview_id for found in self._found)
        return next((interview_id for interview_id in found if interview_id != self._shown), "")

    @Slot()
    def _forget(self) -> None:
        self._found, self._files, self._had_journal = (), (), False

    @Slot()
    def _on_action_requested(self) -> None:
        self.resume_requested.emit(self._next)


def _line(draft: "RecoveredDraft") -> str:
    """An interview in words."""
    answers = ngettext("{n} answer", "{n} answers", draft.answers).format(n=draft.answers)
    template = _("{code}: {answers}, last saved {when}; questionnaire {form}, version {version}.")
    return template.format(
        code=draft.code or _("Interview without a code"),
        answers=answers,
        when=when(draft.saved_at),
        form=draft.form_title,
        version=draft.form_version or "–",
    )
