"""What holds for the whole project and needs a person: reading only, little space, a cloud folder."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.notices import MessageBar
from roadmapdesk.i18n import gettext as _

if TYPE_CHECKING:
    from roadmapdesk.storage import Project

LEAST_SPACE = 200_000_000
"""Bytes below which a person is warned: room for some thousand answers and one backup."""


class ProjectBanner(MessageBar):
    """A strip above the pages; the most serious thing is said, and it can be put away.

    Attributes:
        reminder_changed: few words on what a person put away and still holds; empty where nothing does.
    """

    reminder_changed = Signal(str)

    def __init__(self, *, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme=theme, can_close=True, parent=parent)
        self.setObjectName("project_banner")
        self._finding = ""
        self._is_away = False
        self.closed.connect(self._on_closed)

    def show_project(self, project: "Project") -> None:
        """Looks at a project that was opened."""
        if project.is_damaged:
            self._finding = "damaged"
        elif project.is_read_only:
            self._finding = "read_only"
        elif project.free_bytes < LEAST_SPACE:
            self._finding = "space"
        elif project.is_in_cloud_folder:
            self._finding = "cloud"
        else:
            self._finding = ""
        self._is_away = False
        self._show()

    def bring_back(self) -> None:
        """Says again what was put away."""
        self._is_away = False
        self._show()

    @property
    def short(self) -> str:
        """What holds, in few words."""
        words = {
            "damaged": _("Damaged"),
            "read_only": _("Read only"),
            "space": _("Little space"),
            "cloud": _("Cloud folder"),
        }
        return words.get(self._finding, "")

    def retranslate(self) -> None:
        """Says it again in the present language."""
        super().retranslate()
        self.reminder_changed.emit(self.short if self._is_away else "")

    def _show(self) -> None:
        self.reminder_changed.emit(self.short if self._is_away else "")
        if self._is_away:
            self.hide()
        elif self._finding == "damaged":
            self.say(
                "error",
                lambda: _("This project is damaged: nothing more is written to the damaged file."),
                lambda: _(
                    "What an interview shows can be saved as a copy. Restore a backup, or salvage what is readable."
                ),
            )
        elif self._finding == "read_only":
            self.say(
                "warning",
                lambda: _("Open for reading only: nothing can be saved."),
                lambda: _(
                    "Close it where it is being written, or copy the folder to a place of your own. Files that you "
                    "export now do not stand in the log of exports."
                ),
                icon="lock",
            )
        elif self._finding == "space":
            self.say(
                "warning",
                lambda: _("Less than 200 MB are free on the disk of this project."),
                lambda: _("Everything shown as saved is safe. Free some space before the next interview."),
            )
        elif self._finding == "cloud":
            self.say(
                "warning",
                lambda: _("The project lies in a folder that a cloud service synchronises."),
                lambda: _(
                    "The service may replace the file while it is open. Move the folder out of it, and use backups."
                ),
                icon="cloud",
            )
        else:
            self.hide()

    @Slot()
    def _on_closed(self) -> None:
        self._is_away = True
        self.reminder_changed.emit(self.short)
