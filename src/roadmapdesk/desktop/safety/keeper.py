"""The safety of the open project for the main window: passphrase, keys remembered on this computer, contact list."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from roadmapdesk.desktop import settings as keys
from roadmapdesk.desktop.jobs import Control
from roadmapdesk.desktop.pages import Desk
from roadmapdesk.errors import RoadmapDeskError
from roadmapdesk.i18n import gettext as _

if TYPE_CHECKING:
    from roadmapdesk.storage import Project


class Keeper(QObject):
    """Carries the steps that belong to the key of a project.

    Args:
        desk: jobs and prompts.
        window: parent of the dialogs.
    """

    def __init__(self, *, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window

    def show_recovery_key(self, project: "Project", then: Callable[[], object] = lambda: None) -> None:
        """Shows the recovery key of an encrypted project, has a part typed again, and goes on with `then`."""
        key = project.recovery_key
        if key is None:
            then()
            return
        from roadmapdesk.desktop.safety.recovery_key import (  # noqa: PLC0415 — rarely shown
            RecoveryKeyDialog,
            words_of_project,
        )

        dialog = RecoveryKeyDialog(
            key=key,
            words=words_of_project(project.name),
            theme=self._desk.theme,
            prompts=self._desk.prompts,
            parent=self._window,
        )
        dialog.finished.connect(lambda _result: then())
        self._desk.prompts.show(dialog)

    def ask_passphrase_change(self, project: "Project") -> None:
        """Asks for a new passphrase and gives the project and all backups a new key."""
        if project.is_read_only:
            self._desk.prompts.tell(
                self._window,
                title=_("The passphrase cannot be changed now"),
                text=_("The project is open for reading only."),
            )
            return
        from roadmapdesk.desktop.safety.passphrase_dialog import ChangePassphraseDialog  # noqa: PLC0415 — rarely shown

        dialog = ChangePassphraseDialog.for_project(
            name=project.name, is_encrypted=project.is_encrypted, theme=self._desk.theme, parent=self._window
        )
        dialog.accepted.connect(lambda: self._change(project, dialog.passphrase))
        self._desk.prompts.show(dialog)

    def _change(self, project: "Project", passphrase: str) -> None:
        from roadmapdesk.workspace.safety import change_passphrase  # noqa: PLC0415 — only with an open project

        place = self._desk.settings.get(keys.BACKUP_FOLDER)

        def work(_control: Control) -> str:
            return change_passphrase(project, passphrase, place)

        self._desk.jobs.run(
            work,
            done=lambda left: self._on_changed(project, left),
            failed=self._on_change_failed,
            owner=self,
        )

    def _on_changed(self, project: "Project", left: str) -> None:
        def tell() -> None:
            self._desk.prompts.tell(
                self._window,
                title=_("Old copies of backups are left"),
                text=_(
                    "Copies of backups at “{place}” could not be reached. They do not have the new passphrase: "
                    "delete them by hand."
                ).format(place=left),
            )

        self.show_recovery_key(project, then=tell if left else lambda: None)

    def _on_change_failed(self, error: Exception) -> None:
        if not isinstance(error, RoadmapDeskError):
            raise error
        self._desk.prompts.tell(self._window, title=_("The passphrase was not changed"), text=error.sentence)

    def remember(self, project: "Project") -> None:
        """Keeps the key in the system's own key store, because a person asked for it; says where there is none."""
        from roadmapdesk.workspace.safety import remember_key  # noqa: PLC0415 — only with an open project

        if not remember_key(project):
            self._desk.prompts.tell(
                self._window,
                title=_("The passphrase is not remembered"),
                text=_(
                    "This computer has no key store that the program can use. It asks for the passphrase each time; "
                    "it is never kept in a file instead."
                ),
            )

    def forget(self, folder: Path) -> None:
        """Removes what was remembered for a project folder."""
        from roadmapdesk.workspace.safety import forget_key  # noqa: PLC0415 — only with an open project

        forget_key(folder)
