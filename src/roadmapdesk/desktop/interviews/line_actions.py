"""The row of buttons below the table: what may be done with the chosen interview, by its state."""

from collections.abc import Callable

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from roadmapdesk.desktop.interviews.columns import actor_text
from roadmapdesk.desktop.jobs import Control
from roadmapdesk.desktop.media.recordings_prompt import offer_deletion
from roadmapdesk.desktop.pages import Desk
from roadmapdesk.desktop.widgets.buttons import Button
from roadmapdesk.desktop.widgets.reason_dialog import ReasonDialog, reopen_dialog
from roadmapdesk.desktop.widgets.table_view import FIRST_INSET
from roadmapdesk.domain.interviews import InterviewState
from roadmapdesk.i18n import gettext as _
from roadmapdesk.storage import Project
from roadmapdesk.workspace import interviews as cases
from roadmapdesk.workspace.interviewing import reopen_interview
from roadmapdesk.workspace.interviews import InterviewLine


class LineActions(QWidget):
    """Opens an interview, moves it from state to state, and leads to its versions and its erasure.

    Attributes:
        navigation_requested: page and item that belong to the chosen interview.
        stored: a step was taken; the table is to be read again.
    """

    navigation_requested = Signal(str, str)
    stored = Signal()

    def __init__(self, *, project: Project, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._project = project
        self._desk = desk
        self._line: InterviewLine | None = None
        theme = desk.theme
        self._open = Button(theme=theme, parent=self)
        self._versions = Button(theme=theme, icon="history", parent=self)
        self._versions.setObjectName("show_versions")
        self._review = Button(theme=theme, parent=self)
        self._approve = Button(theme=theme, icon="circle-check", parent=self)
        self._approve.setObjectName("approve")
        self._reopen = Button(theme=theme, parent=self)
        self._withdraw = Button(theme=theme, variant="flat", parent=self)
        self._drop = Button(theme=theme, variant="flat", icon="trash-2", parent=self)
        self._erase = Button(theme=theme, variant="flat", icon="trash-2", parent=self)
        self._erase.setObjectName("erase_by_code")
        self._build()
        self._connect()
        self.retranslate()

    def show_line(self, line: InterviewLine | None) -> None:
        """Offers what may be done with this interview; None where none is chosen."""
        self._line = line
        following = line.next_states if line is not None else ()
        self._open.setEnabled(line is not None)
        self._versions.setEnabled(line is not None)
        self._review.setVisible(InterviewState.IN_REVIEW in following)
        self._approve.setVisible(InterviewState.APPROVED in following)
        self._reopen.setVisible(line is not None and line.row.state.counts)
        self._withdraw.setVisible(InterviewState.WITHDRAWN in following)
        self._drop.setVisible(line is not None and line.is_open)
        is_gone = line is not None and line.row.state is InterviewState.WITHDRAWN
        self._erase.setVisible(is_gone and bool(line and line.row.code))

    def retranslate(self) -> None:
        """Says everything again in the present language."""
        self._open.setText(_("Open"))
        self._versions.setText(_("Versions"))
        self._review.setText(_("Send to review"))
        self._approve.setText(_("Approve"))
        self._reopen.setText(_("Reopen …"))
        self._withdraw.setText(_("Withdraw …"))
        self._drop.setText(_("Delete draft …"))
        self._erase.setText(_("Erase …"))

    def _build(self) -> None:
        theme = self._desk.theme
        layout = QHBoxLayout(self)
        side = theme.space("m") + FIRST_INSET
        layout.setContentsMargins(side, theme.space("s"), side, theme.space("s"))
        layout.setSpacing(theme.space("s"))
        for button in (self._open, self._versions, self._review, self._approve, self._reopen):
            layout.addWidget(button)
        layout.addStretch(1)
        for button in (self._withdraw, self._drop, self._erase):
            layout.addWidget(button)

    def _connect(self) -> None:
        self._open.clicked.connect(self._on_open_clicked)
        self._versions.clicked.connect(self._on_versions_clicked)
        self._review.clicked.connect(lambda: self._move(InterviewState.IN_REVIEW))
        self._approve.clicked.connect(self._on_approve_clicked)
        self._reopen.clicked.connect(self._on_reopen_clicked)
        self._withdraw.clicked.connect(self._on_withdraw_clicked)
        self._drop.clicked.connect(self._on_drop_clicked)
        self._erase.clicked.connect(self._on_erase_clicked)

    def _store(self, work: Callable[[Control], None]) -> None:
        self._desk.jobs.run(work, done=lambda _nothing: self.stored.emit(), owner=self)

    def _move(self, state: InterviewState, reason: str = "") -> None:
        if self._line is not None:
            project, chosen = self._project, self._line.row.id
            self._store(lambda _control: cases.set_state(project, chosen, state, reason))

    @Slot()
    def _on_open_clicked(self) -> None:
        if self._line is not None:
            self.navigation_requested.emit("interview", self._line.row.id)

    @Slot()
    def _on_versions_clicked(self) -> None:
        if self._line is not None:
            self.navigation_requested.emit("versions", self._line.row.id)

    @Slot()
    def _on_erase_clicked(self) -> None:
        if self._line is not None:
            self.navigation_requested.emit("erasure", self._line.row.code)

    @Slot()
    def _on_approve_clicked(self) -> None:
        """Approves the minutes; the recordings that they were made of may go then."""
        line = self._line
        if line is not None:
            self._move(InterviewState.APPROVED)
            offer_deletion(self._project, line.row.id, desk=self._desk, parent=self, deleted=self.stored.emit)

    @Slot()
    def _on_reopen_clicked(self) -> None:
        line = self._line
        if line is None:
            return
        project, chosen = self._project, line.row.id
        dialog = reopen_dialog(_name(line), theme=self._desk.theme, parent=self)

        def accepted() -> None:
            reason = dialog.reason
            self._store(lambda _control: reopen_interview(project, chosen, reason))

        dialog.accepted.connect(accepted)
        self._desk.prompts.show(dialog)

    @Slot()
    def _on_withdraw_clicked(self) -> None:
        line = self._line
        if line is None:
            return
        dialog = ReasonDialog(
            title=_("Withdraw “{code}”?").format(code=_name(line)),
            consequence=_(
                "It leaves the assessment for good. Its answers stay until they are erased; “Erase …” does that for "
                "everything under this code."
            ),
            confirm=_("Withdraw"),
            theme=self._desk.theme,
            parent=self,
        )
        dialog.accepted.connect(lambda: self._move(InterviewState.WITHDRAWN, dialog.reason))
        self._desk.prompts.show(dialog)

    @Slot()
    def _on_drop_clicked(self) -> None:
        line = self._line
        if line is None:
            return
        project, chosen = self._project, line.row.id
        if not cases.can_drop(project, chosen):
            self._desk.prompts.tell(
                self,
                title=_("This draft holds answers"),
                text=_("Only empty drafts can be deleted. Withdraw it instead; its answers then no longer count."),
            )
            return
        self._desk.prompts.ask(
            self,
            question=_("Delete the empty draft “{code}”?").format(code=_name(line)),
            consequence=_("Nothing was answered in it. This cannot be undone."),
            confirm=_("Delete"),
            confirmed=lambda: self._store(lambda _control: cases.drop_empty(project, chosen)),
        )


def _name(line: InterviewLine) -> str:
    return line.row.code or actor_text(line)
