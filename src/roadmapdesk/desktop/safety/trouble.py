"""When a project does not open: what happened, what is safe, and every way on that there is."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from roadmapdesk.desktop.jobs import Jobs
from roadmapdesk.desktop.pages import Desk
from roadmapdesk.desktop.safety.rescue import Rescue
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.buttons import Button
from roadmapdesk.desktop.widgets.dialog import WIDE, Dialog
from roadmapdesk.desktop.widgets.flow import FlowLayout
from roadmapdesk.desktop.widgets.labels import Text
from roadmapdesk.i18n import gettext as _

if TYPE_CHECKING:
    from roadmapdesk.desktop.safety.backup_table import BackupLine, BackupTable
    from roadmapdesk.storage.keys import FileKey
    from roadmapdesk.storage.secrets import Secret

RESCUABLE = frozenset(
    {
        "storage.damaged",
        "storage.damaged_entry",
        "storage.empty_file",
        "storage.foreign",
        "storage.media_damaged",
        "storage.media_missing",
    }
)
"""Codes after which a backup or salvaging can help."""


class LockedDialog(Dialog):
    """Another program has the project open: read only, or take it over after a second question.

    Args:
        sentence: who holds it, where and since when.
        read: opens for reading.
        take_over: opens although the lock is there.
        desk: theme and prompts.
    """

    def __init__(
        self,
        *,
        sentence: str,
        read: Callable[[], object],
        take_over: Callable[[], object],
        desk: Desk,
        parent: QWidget,
    ) -> None:
        super().__init__(
            title=_("Open the project for reading only?"),
            consequence=sentence,
            confirm=_("Open for reading"),
            refuse=_("Cancel"),
            theme=desk.theme,
            width=WIDE,
            parent=parent,
        )
        self.setObjectName("locked_dialog")
        self._desk = desk
        self._take_over = take_over
        take = Button(_("Take over …"), theme=desk.theme, variant="flat", parent=self)
        take.setObjectName("take_over")
        take.clicked.connect(self._on_take_clicked)
        self.buttons.insertWidget(0, take)
        self.content.addStretch(1)
        self.refuse.setDefault(True)
        self.accepted.connect(read)

    def _on_take_clicked(self) -> None:
        self._desk.prompts.ask(
            self,
            question=_("Is the other program really closed?"),
            consequence=_(
                "Take the project over only if that computer was switched off or its program crashed. If both write "
                "at the same time, answers are lost."
            ),
            confirm=_("Take over"),
            confirmed=self._go,
            refuse=_("Back"),
        )

    def _go(self) -> None:
        self.reject()
        self._take_over()


class RescueDialog(Dialog):
    """The project is damaged: its backups, each looked into, and salvaging.

    Args:
        folder: the project folder.
        sentence: what happened and what is safe.
        passphrase: what was typed for it; None where nothing was.
        recovery_key: the same.
        desk: jobs, theme and prompts.
    """

    def __init__(
        self,
        *,
        folder: Path,
        sentence: str,
        passphrase: str | None,
        recovery_key: str | None,
        desk: Desk,
        parent: QWidget,
    ) -> None:
        super().__init__(
            title=_("Restore a backup of “{name}”?").format(name=folder.stem),
            consequence=sentence,
            confirm=_("Restore to a new project …"),
            refuse=_("Close"),
            theme=desk.theme,
            width=WIDE,
            parent=parent,
        )
        self.setObjectName("rescue_dialog")
        self._folder = folder
        self._passphrase = passphrase
        self._recovery_key = recovery_key
        self._keys: dict[bytes, FileKey | None] = {}
        self.rescue = Rescue(desk=desk, parent=self)
        self.table = self._build(desk.theme, desk.jobs)
        self.table.refresh()
        self._none.setVisible(not self.table.lines)
        self.table.setVisible(bool(self.table.lines))

    def _build(self, theme: Theme, jobs: Jobs) -> "BackupTable":
        from roadmapdesk.desktop.safety.backup_table import BackupTable  # noqa: PLC0415 — loads the database

        table = BackupTable(folder=self._folder, key=self._key, theme=theme, jobs=jobs, parent=self)
        table.setMinimumHeight(theme.px(220))
        self._none = Text(
            _("There is no backup in the project folder. Choose one in the second place or on another disk."),
            parent=self,
        )
        self.content.addWidget(table)
        self.content.addWidget(self._none)
        salvage = Button(_("Salvage what is readable …"), theme=theme, variant="flat", parent=self)
        salvage.setObjectName("salvage")
        salvage.clicked.connect(self._on_salvage_clicked)
        elsewhere = Button(_("Restore from elsewhere …"), theme=theme, variant="flat", parent=self)
        elsewhere.setObjectName("restore_elsewhere")
        elsewhere.clicked.connect(self._on_elsewhere_clicked)
        others = FlowLayout(gap=theme.space("s"))  # beside the two of every dialog they would have no room
        others.addWidget(elsewhere)
        others.addWidget(salvage)
        self.content.addLayout(others)
        table.selected.connect(self._on_table_selected)
        self.confirm.clicked.disconnect()
        self.confirm.clicked.connect(self._on_restore_clicked)
        self.confirm.setEnabled(False)
        self.refuse.setDefault(True)
        return table

    @property
    def _secrets(self) -> "tuple[Secret, ...]":
        """What was typed for the project; a kept backup may have another passphrase, which is asked for then."""
        from roadmapdesk.storage.secrets import Secret  # noqa: PLC0415 — see above

        secret = Secret(self._passphrase, self._recovery_key)
        return () if secret.is_empty else (secret,)

    def _key(self, backup: Path) -> "FileKey | None":
        """What opens a backup; looked for once for all that begin alike, because it takes a quarter of a second."""
        from roadmapdesk.storage.keys import file_salt  # noqa: PLC0415 — see above
        from roadmapdesk.workspace.restoring import key_of_backup  # noqa: PLC0415 — see above

        salt = file_salt(backup)
        if salt not in self._keys:
            self._keys[salt] = key_of_backup(backup, self._secrets)
        return self._keys[salt]

    def _on_table_selected(self, line: "BackupLine | None") -> None:
        from roadmapdesk.workspace.safety import BackupState  # noqa: PLC0415 — see above

        self.confirm.setEnabled(line is not None and line.state in {BackupState.VERIFIED, BackupState.LOCKED})

    def _on_restore_clicked(self) -> None:
        line = self.table.current
        if line is not None:
            self.rescue.restore(line.backup, self._folder, secrets=self._secrets)

    def _on_elsewhere_clicked(self) -> None:
        self.rescue.ask_file(self._folder, secrets=self._secrets)

    def _on_salvage_clicked(self) -> None:
        secrets = self._secrets
        self.rescue.ask_salvage(self._folder, is_encrypted=bool(secrets), secret=secrets[0] if secrets else None)
