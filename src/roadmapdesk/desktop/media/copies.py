"""Files that leave the project at a person's word: a saved copy, or one that another program opens."""

import contextlib
import tempfile
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from roadmapdesk.desktop.media.picture_dialog import PictureDialog
from roadmapdesk.desktop.media.words import state_sentence
from roadmapdesk.desktop.pages import Desk
from roadmapdesk.errors import RoadmapDeskError
from roadmapdesk.files import replace_whole
from roadmapdesk.i18n import gettext as _
from roadmapdesk.paths import documents_folder
from roadmapdesk.storage.project import Project
from roadmapdesk.workspace.attachments import FileContent
from roadmapdesk.workspace.outgoing import Outgoing, note_outgoing
from roadmapdesk.workspace.places import PlaceTaken, refuse_project_place

Read = Callable[[], FileContent]
"""Reads one stored file; runs on the database thread."""


class Copies:
    """Opens and saves the files of one interview.

    Args:
        page: the page that is served; also the parent of dialogs.
        project: the open project.
        desk: jobs, prompts and theme.
        interview: gives the id of the interview, empty for files that belong to none.
    """

    def __init__(
        self, *, page: QWidget, project: Project, desk: Desk, interview: Callable[[], str] = lambda: ""
    ) -> None:
        self._page = page
        self._project = project
        self._desk = desk
        self._interview = interview
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    def open(self, read: Read, parent: QWidget | None = None) -> None:
        """Shows an image here; gives anything else to the program that knows it, as a passing copy."""
        window = parent or self._page

        def show(content: FileContent) -> None:
            if content.mime.startswith("image/") and content.data is not None:
                self._desk.prompts.show(
                    PictureDialog(content.data, content.name, theme=self._desk.theme, parent=window)
                )
            elif not self._project.is_encrypted:
                self._open_outside(content, window)
            else:
                self._desk.prompts.ask(
                    window,
                    question=_("Open an unencrypted copy?"),
                    consequence=_(
                        "The other program needs the file unencrypted on the disk. "
                        "The copy is deleted when you leave this interview."
                    ),
                    confirm=_("Open the copy"),
                    confirmed=lambda: self._open_outside(content, window),
                )

        self._read(read, window, show)

    def save(self, read: Read, parent: QWidget | None = None) -> None:
        """Lets a person choose where a copy goes; the log of exports names it."""
        window = parent or self._page
        is_secret = self._project.is_encrypted

        def ask(content: FileContent) -> None:
            self._desk.prompts.save_file(
                window,
                title=_("Save a copy that is not encrypted") if is_secret else _("Save a copy"),
                suggestion=documents_folder() / content.name,
                kinds=(),
                chosen=lambda path: self._write_out(path, content, window),
            )

        self._read(read, window, ask)

    def close(self) -> None:
        """Deletes the copies that were opened elsewhere."""
        folder, self._folder = self._folder, None
        if folder is not None:
            with contextlib.suppress(OSError):  # the other program may hold its copy; the system clears the rest
                folder.cleanup()

    def _read(self, read: Read, window: QWidget, then: Callable[[FileContent], object]) -> None:
        def done(content: FileContent) -> None:
            if content.data is None:
                self._desk.prompts.tell(window, title=content.name, text=state_sentence(content.state))
            else:
                then(content)

        self._desk.jobs.run(lambda _control: read(), done=done, owner=self._page)

    def _open_outside(self, content: FileContent, window: QWidget) -> None:
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="roadmapdesk-", ignore_cleanup_errors=True)
        path = Path(self._folder.name) / Path(content.name).name
        if self._write(path, content, window) and not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self._desk.prompts.tell(
                window,
                title=content.name,
                text=_("No program of this computer opens this kind of file. It is unchanged."),
            )

    def _write_out(self, path: Path, content: FileContent, window: QWidget) -> None:
        """Writes a copy that stays, and notes that it left the project."""
        try:
            refuse_project_place(path)
        except PlaceTaken as error:
            self._desk.prompts.tell(window, title=_("The copy was not written"), text=error.sentence)
            return
        interview = self._interview()
        if self._write(path, content, window) and interview:
            self._desk.jobs.run(
                lambda _control: note_outgoing(
                    self._project, path, kind=Outgoing.FILE.value, sha=content.sha, interviews=(interview,)
                ),
                failed=lambda error: self._on_not_noted(error, path, window),
                owner=self._page,
            )

    def _on_not_noted(self, error: Exception, path: Path, window: QWidget) -> None:
        if not isinstance(error, RoadmapDeskError):
            raise error
        self._desk.prompts.tell(
            window,
            title=_("“{name}” is written, but not in the log of exports").format(name=path.name),
            text=error.sentence,
        )

    def _write(self, path: Path, content: FileContent, window: QWidget) -> bool:
        try:
            replace_whole(path, content.data or b"")
        except OSError:
            self._desk.prompts.tell(
                window,
                title=_("The copy was not written"),
                text=_("This place cannot be written to. Choose another one."),
            )
            return False
        return True
