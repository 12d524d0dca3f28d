"""Asks before tried settings become the project's own, and before the published method is used again."""

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from roadmapdesk.desktop.assessment.loader import Loader
from roadmapdesk.desktop.assessment.profile_dialog import ProfileDialog
from roadmapdesk.desktop.assessment.what_if_strip import WhatIfStrip
from roadmapdesk.desktop.pages import Desk
from roadmapdesk.i18n import gettext as _
from roadmapdesk.scoring.profile import DEFAULT
from roadmapdesk.storage import Project
from roadmapdesk.workspace.evidence import renamed


class ProfileFlow(QObject):
    """Leads from the strip of sliders to the settings that the project is scored with."""

    def __init__(self, *, project: Project, loader: Loader, strip: WhatIfStrip, desk: Desk, page: QWidget) -> None:
        super().__init__(page)
        self._project = project
        self._loader = loader
        self._strip = strip
        self._desk = desk
        self._page = page
        strip.profile_tried.connect(loader.try_profile)
        strip.save_requested.connect(self._on_strip_save_requested)
        strip.reset_requested.connect(self._on_strip_reset_requested)

    @Slot()
    def _on_strip_save_requested(self) -> None:
        tried = self._strip.tried
        if tried is None:
            return
        if self._project.is_read_only:
            self._desk.prompts.tell(
                self._page,
                title=_("This project can only be read"),
                text=_("The settings stay as they are. Open the project for writing to store a profile."),
            )
            return
        dialog = ProfileDialog(theme=self._desk.theme, parent=self._page)
        dialog.accepted.connect(lambda: self._loader.keep(renamed(tried, dialog.name)))
        self._desk.prompts.show(dialog)

    @Slot()
    def _on_strip_reset_requested(self) -> None:
        self._desk.prompts.ask(
            self._page,
            question=_("Go back to the published method?"),
            consequence=_(
                "The profile “{name}” is no longer used; reports show the published settings again."
            ).format(name=self._loader.stored.name),
            confirm=_("Back to the published method"),
            confirmed=lambda: self._loader.keep(DEFAULT),
        )
