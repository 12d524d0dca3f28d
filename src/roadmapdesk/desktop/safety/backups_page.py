"""The page of backups: make one, look into each, compare it with the present, restore it, and name a second place."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from roadmapdesk.desktop import settings as keys
from roadmapdesk.desktop.jobs import Pool
from roadmapdesk.desktop.pages import Desk, Page
from roadmapdesk.desktop.safety.backup_table import BackupLine, BackupTable
from roadmapdesk.desktop.safety.comparison import ComparisonTable
from roadmapdesk.desktop.safety.rescue import Rescue
from roadmapdesk.desktop.safety.saved_copies import SavedCopies
from roadmapdesk.desktop.widgets.buttons import Button
from roadmapdesk.desktop.widgets.labels import ElidedLabel
from roadmapdesk.desktop.widgets.notices import EmptyState, MessageBar, ProgressStrip
from roadmapdesk.desktop.widgets.panel import Panel
from roadmapdesk.desktop.widgets.scrolled import bare_area
from roadmapdesk.desktop.widgets.table_view import FIRST_INSET
from roadmapdesk.errors import RoadmapDeskError
from roadmapdesk.i18n import gettext as _
from roadmapdesk.i18n import ngettext
from roadmapdesk.paths import documents_folder
from roadmapdesk.storage import Project
from roadmapdesk.storage.secrets import Secret
from roadmapdesk.workspace.backups import BackupResult, back_up
from roadmapdesk.workspace.safety import BackupComparison, BackupState, compare_backup


class BackupsPage(Page):
    """Backups of the open project."""

    key = "backups"

    def __init__(self, *, project: Project, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._project = project
        self._desk = desk
        theme = desk.theme
        self._create = Button(theme=theme, variant="primary", icon="history")
        self._create.setObjectName("create_backup")
        self._message = MessageBar(theme=theme, can_close=True, parent=self)
        self._empty = EmptyState(theme=theme, parent=self)
        self._table = BackupTable(
            folder=project.folder, key=lambda _backup: project.file_key, theme=theme, jobs=desk.jobs, parent=self
        )
        self._compare = Button(theme=theme, icon="git-merge", parent=self)
        self._compare.setObjectName("compare_backup")
        self._restore = Button(theme=theme, icon="rotate-ccw", parent=self)
        self._restore.setObjectName("restore_backup")
        self._elsewhere = Button(theme=theme, variant="compact", parent=self)
        self._elsewhere.setObjectName("restore_elsewhere")
        self._salvage = Button(theme=theme, variant="flat", parent=self)
        self._salvage.setObjectName("salvage")
        self._take_in = Button(theme=theme, variant="flat", parent=self)
        self._take_in.setObjectName("take_in")
        self._copies = SavedCopies(project=project, desk=desk, page=self)
        self._progress = ProgressStrip(theme=theme, can_cancel=False, parent=self)
        self._comparison = ComparisonTable(theme=theme, parent=self)
        self._place = ElidedLabel(parent=self)
        self._choose = Button(theme=theme, variant="compact", parent=self)
        self._choose.setObjectName("choose_place")
        self._none = Button(theme=theme, variant="compact", parent=self)
        self._rescue = Rescue(desk=desk, parent=self)
        self._had_focus = False
        self._build()
        self._connect()
        self.retranslate()

    @override
    def title(self) -> str:
        return _("Backups")

    @override
    def context(self) -> str:
        count = len(self._table.lines)
        made = ngettext("{n} backup", "{n} backups", count).format(n=count)
        return made + " · " + _("every ten minutes while something changes")

    @override
    def actions_right(self) -> Sequence[QWidget]:
        return (self._create,)

    @override
    def refresh(self) -> None:
        self._table.refresh()
        self._table.setVisible(bool(self._table.lines))
        self._empty.setVisible(not self._table.lines)
        self._comparison.hide()
        self._show_place()
        self.header_changed.emit()

    @override
    def retranslate(self) -> None:
        self._create.setText(_("Back up now"))
        self._compare.setText(_("Compare with the present"))
        self._restore.setText(_("Restore to a new project …"))
        self._elsewhere.setText(_("Restore from elsewhere …"))
        self._salvage.setText(_("Salvage what is readable …"))
        self._take_in.setText(_("Take in saved answers …"))
        self._choose.setText(_("Choose …"))
        self._none.setText(_("None"))
        self._panel.set_title(_("In the project folder"))
        self._second.set_title(_("Second place"))
        self._table.retranslate()
        self._empty.set_texts(_("Backups will be listed here, the newest first."))
        self._comparison.retranslate()
        self._show_place()

    def _show_place(self) -> None:
        place = self._desk.settings.get(keys.BACKUP_FOLDER)
        self._place.setText(place or _("None chosen. A folder on another disk survives the loss of this computer."))
        self._none.setVisible(bool(place))

    @Slot()
    def _on_create_clicked(self) -> None:
        project, place = self._project, self._desk.settings.get(keys.BACKUP_FOLDER)
        self._had_focus = self._create.hasFocus()
        self._create.setEnabled(False)
        self._progress.begin(_("The backup is being made and checked …"))
        self._desk.jobs.run(
            lambda _control: back_up(project, place),
            done=self._on_created,
            failed=self._on_failed,
            pool=Pool.CPU,
            owner=self,
        )

    def _on_created(self, result: BackupResult) -> None:
        self._allow_create()
        self._progress.end()
        self.refresh()
        self.backed_up.emit(result.at)
        if result.failed_place:
            self._message.say(
                "warning",
                lambda: _("The backup lies in the project folder only"),
                lambda: _("The second place “{place}” could not be written; is the disk connected?").format(
                    place=result.failed_place
                ),
            )
        else:
            self._message.say("ok", lambda: _("The backup was made and checked."))

    def _allow_create(self) -> None:
        """The button works again, and has the focus again that it lost while it did not."""
        self._create.setEnabled(True)
        if self._had_focus:
            self._create.setFocus(Qt.FocusReason.OtherFocusReason)
        self._had_focus = False

    def _on_failed(self, error: Exception) -> None:
        self._allow_create()
        self._progress.end()
        if not isinstance(error, RoadmapDeskError):
            raise error
        self._message.say("error", lambda: _("That did not work"), lambda: error.sentence)

    @Slot()
    def _on_compare_clicked(self) -> None:
        line = self._table.current
        if line is None:
            return
        project, path = self._project, line.backup.path
        self._progress.begin(_("The backup is being compared …"))

        def compared(found: BackupComparison) -> None:
            self._progress.end()
            self._comparison.show_comparison(line.backup, found)

        self._desk.jobs.run(
            lambda _control: compare_backup(project, path), done=compared, failed=self._on_failed, owner=self
        )

    @Slot()
    def _on_restore_clicked(self) -> None:
        line = self._table.current
        if line is not None:
            project = self._project
            self._rescue.restore(line.backup, project.folder, secrets=self._secrets(), project_key=project.file_key)

    def _secrets(self) -> tuple[Secret, ...]:
        """What opens the backups of the project; a kept one may have another passphrase, which is asked for then."""
        key = self._project.recovery_key
        return () if key is None else (Secret(recovery_key=key),)

    @Slot()
    def _on_elsewhere_clicked(self) -> None:
        project = self._project
        self._rescue.ask_file(project.folder, secrets=self._secrets(), project_key=project.file_key)

    @Slot()
    def _on_taken_in(self) -> None:
        self.refresh()
        self.data_changed.emit()

    @Slot()
    def _on_salvage_clicked(self) -> None:
        self._rescue.ask_salvage(self._project.folder, is_encrypted=self._project.is_encrypted)

    @Slot(object)
    def _on_table_selected(self, line: BackupLine | None) -> None:
        state = BackupState.DAMAGED if line is None else line.state
        self._compare.setEnabled(state in {None, BackupState.VERIFIED})
        self._restore.setEnabled(state is not BackupState.DAMAGED)
        if not self._comparison.is_about(line.backup if line is not None else None):
            self._comparison.hide()

    @Slot()
    def _on_choose_clicked(self) -> None:
        present = self._desk.settings.get(keys.BACKUP_FOLDER)
        self._desk.prompts.open_folder(
            self,
            title=_("Where shall copies of the backups lie?"),
            folder=Path(present) if present else documents_folder(),
            chosen=self._set_place,
        )

    def _set_place(self, folder: Path) -> None:
        if self._project.folder.resolve() in (folder.resolve(), *folder.resolve().parents):
            self._message.say(
                "error",
                lambda: _("The second place must lie outside the project folder"),
                lambda: _(
                    "A copy beside the original is lost with it. Please choose another disk or a network folder."
                ),
            )
            return
        self._desk.settings.set(keys.BACKUP_FOLDER, str(folder))
        self._message.hide()
        self._show_place()

    @Slot()
    def _on_none_clicked(self) -> None:
        self._desk.settings.set(keys.BACKUP_FOLDER, "")
        self._show_place()

    def _build(self) -> None:
        theme = self._desk.theme
        self._panel = Panel(theme=theme, has_padding=False, parent=self)
        self._panel.add(self._table, 1)
        self._panel.add(self._empty, 1)
        self._buttons = buttons = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        side = theme.space("m") + FIRST_INSET
        buttons.setContentsMargins(side, theme.space("s"), side, theme.space("s"))
        buttons.setSpacing(theme.space("s"))
        buttons.addWidget(self._compare)
        buttons.addWidget(self._restore)
        buttons.addStretch(1)
        buttons.addWidget(self._take_in)
        buttons.addWidget(self._salvage)
        self._panel.add_layout(buttons)
        self._second = Panel(theme=theme, parent=self)
        row = QHBoxLayout()
        row.setSpacing(theme.space("s"))
        row.addWidget(self._place, 1)
        row.addWidget(self._choose)
        row.addWidget(self._none)
        row.addWidget(self._elsewhere)
        self._second.add_layout(row)
        margin = theme.space("page_margin")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(margin, 0, margin, theme.space("m"))
        layout.setSpacing(theme.space("m"))
        layout.addWidget(self._message)
        layout.addWidget(self._progress)
        layout.addWidget(self._build_panels(), 1)
        self.begin_with(self._table)
        self._fit()

    def _build_panels(self) -> QScrollArea:
        """What lies below each other; it scrolls where large text needs more than the window has."""
        ground = QFrame(self)
        ground.setProperty("panel", "ground")
        panels = QVBoxLayout(ground)
        panels.setContentsMargins(0, 0, 0, 0)
        panels.setSpacing(self._desk.theme.space("m"))
        panels.addWidget(self._panel, 3)
        panels.addWidget(self._comparison, 2)
        panels.addWidget(self._second)
        return bare_area(ground, self)

    def _fit(self) -> None:
        """In large text the buttons stand one below the other."""
        is_wide = self._desk.theme.is_wide_text
        direction = QBoxLayout.Direction.TopToBottom if is_wide else QBoxLayout.Direction.LeftToRight
        self._buttons.setDirection(direction)

    def _connect(self) -> None:
        self._desk.theme.changed.connect(self._fit)
        self._create.clicked.connect(self._on_create_clicked)
        self._compare.clicked.connect(self._on_compare_clicked)
        self._restore.clicked.connect(self._on_restore_clicked)
        self._elsewhere.clicked.connect(self._on_elsewhere_clicked)
        self._salvage.clicked.connect(self._on_salvage_clicked)
        self._take_in.clicked.connect(self._copies.ask)
        self._copies.taken_in.connect(self._on_taken_in)
        self._choose.clicked.connect(self._on_choose_clicked)
        self._none.clicked.connect(self._on_none_clicked)
        self._table.selected.connect(self._on_table_selected)
