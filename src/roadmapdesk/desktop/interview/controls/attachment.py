"""A file, image or video as an answer: chosen, pasted or dropped; kept by the project as bytes, never as a path."""

import mimetypes
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QImageReader,
    QKeyEvent,
    QKeySequence,
    QPixmap,
)
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from roadmapdesk.desktop.interview.controls.base import Control
from roadmapdesk.desktop.interview.controls.images import png_of, scale_down
from roadmapdesk.desktop.media.shown_file import ShownFile
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.buttons import Button
from roadmapdesk.desktop.widgets.flow import FlowLayout
from roadmapdesk.desktop.widgets.labels import ElidedLabel, IconLabel, Text
from roadmapdesk.i18n import gettext as _
from roadmapdesk.workspace.wording import plain

LARGEST = 50 * 1024 * 1024
_SIGNATURES = {
    "audio": (b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf1", b"OggS", b"RIFF", b"fLaC", b"\x1aE\xdf\xa3", b"#!AMR"),
}


def wanted_kind(mediatype: str) -> str:
    """``image``, ``audio``, ``video`` or ``file`` from the control's media type."""
    kind = mediatype.partition("/")[0]
    return kind if kind in {"image", "audio", "video"} else "file"


def problem_of(data: bytes, kind: str) -> str:
    """Why a file is not taken; empty where it is.

    An image is read for its size, so that a renamed or damaged file is noticed now and not in the report.
    """
    if not data:
        return _("This file is empty. Nothing was attached.")
    if len(data) > LARGEST:
        return _("This file is larger than {limit} MB. Nothing was attached.").format(limit=LARGEST // (1024 * 1024))
    if kind == "image" and not _is_image(data):
        return _("This file is not an image that can be read. Nothing was attached.")
    is_sound = data.startswith(_SIGNATURES["audio"]) or data[4:8] == b"ftyp"
    if kind == "audio" and not is_sound:
        return _("This file is not a sound recording that is known. Nothing was attached.")
    return ""


def _is_image(data: bytes) -> bool:
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    return QImageReader(buffer).size().isValid()


class AttachmentField(Control):
    """One attached file with its name, size and, for images, a small picture.

    Attributes:
        file_offered: a person chose, pasted or dropped a file: name, bytes, media type.
        file_wanted: the button to choose a file was pressed; the page opens the dialog and calls `offer`.
        media_wanted: ``show``, ``open`` or ``copy`` — something is wanted of the stored file.
    """

    file_offered = Signal(str, bytes, str)
    file_wanted = Signal()
    media_wanted = Signal(str)

    def __init__(self, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme=theme, parent=parent)
        self.setAcceptDrops(True)
        self._shown: ShownFile | None = None
        self._asked = ""
        self._was_removed = False
        self._scaling = ""
        self._picture = QLabel(self)
        self._picture.hide()
        self._icon = IconLabel("file", theme=theme, parent=self)
        self._name = ElidedLabel("", type_style="strong", parent=self)
        self._caption = Text("", type_style="caption", tone="muted", wraps=False, parent=self)
        self._problem = Text("", type_style="strong", tone="error", parent=self)
        self.choose = Button("", theme=theme, icon="paperclip", parent=self)
        self.open = Button("", theme=theme, icon="eye", parent=self)
        self.copy = Button("", theme=theme, icon="download", parent=self)
        self.remove = Button("", theme=theme, variant="flat", icon="trash-2", parent=self)
        self._help = Text("", type_style="caption", tone="muted", parent=self)
        self._build()
        self.choose.clicked.connect(self.file_wanted)
        self.open.clicked.connect(lambda: self.media_wanted.emit("open"))
        self.copy.clicked.connect(lambda: self.media_wanted.emit("copy"))
        self.remove.clicked.connect(self.clear_answer)

    def _build(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._icon)
        line.addWidget(self._name, 1)
        line.addWidget(self._caption)
        self._buttons = FlowLayout(gap=8)
        for button in self._all_buttons():
            self._buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3, 3, 3, 3)
        layout.setSpacing(6)
        layout.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addLayout(line)
        layout.addWidget(self._problem)
        layout.addLayout(self._buttons)
        layout.addWidget(self._help)

    def _all_buttons(self) -> tuple[Button, ...]:
        """Every button, in visual order."""
        return (self.choose, self.open, self.copy, self.remove)

    @property
    def kind(self) -> str:
        """What the question asks for: ``image``, ``audio``, ``video`` or ``file``."""
        return wanted_kind(self.view.parameters.get("mediatype", ""))

    @property
    def shown(self) -> ShownFile | None:
        """The stored file that is shown, None while there is none or it is being read."""
        return self._shown

    @override
    def _repaint_view(self) -> None:
        view = self.view
        if view.text != self._asked:
            self._was_removed = bool(self._asked) and not view.text
            self._asked = view.text
            self._shown = None
            self._scaling = self._scaling if view.text else ""
            if view.text:
                self.media_wanted.emit("show")
        self.choose.setText(_("Choose a file …") if not view.text else _("Replace …"))
        self.open.setText(_("Open"))
        self.copy.setText(_("Save a copy …"))
        self.remove.setText(_("Remove"))
        self.choose.setEnabled(not view.is_readonly)
        self.remove.setEnabled(not view.is_readonly)
        self._name.setText(view.text or _("No file attached"))
        if self._was_removed:
            self._help.setText(_("The file was removed from this answer; Ctrl+Z brings it back."))
        elif self._scaling:
            self._help.setText(self._scaling)
        else:
            self._help.setText(_("A file can also be dropped here or pasted with Ctrl+V."))
        self._help.setVisible(not view.is_readonly and (not view.text or bool(self._scaling)))
        self._show_shown()

    def show_file(self, shown: ShownFile, data: bytes | None) -> None:
        """Shows the stored file that the answer names, or why it cannot be shown."""
        if shown.name != self.view.text:
            return  # another answer came meanwhile
        self._shown = shown
        self._show_shown()
        if data is not None:
            self.show_bytes(data)

    def show_bytes(self, data: bytes) -> None:
        """Gets the bytes of the stored file; for controls that show more of them than a small picture."""

    def _show_shown(self) -> None:
        """Brings picture, caption, problem and buttons in line with the file."""
        shown = self._shown
        is_sound = shown is not None and not shown.problem
        picture = shown.picture if shown is not None else None
        self._picture.setVisible(picture is not None)
        if picture is not None:
            self._picture.setPixmap(QPixmap.fromImage(picture))
            self._picture.setAccessibleName(_("Attached image"))
        self._icon.setVisible(bool(self.view.text))
        self._icon.set_icon({"image": "image", "audio": "mic"}.get(self.kind, "file"))
        self._caption.setText(shown.caption if shown is not None else "")
        self._problem.setText(shown.problem if shown is not None else "")
        self._problem.setVisible(bool(shown is not None and shown.problem))
        self.open.setVisible(is_sound and not (shown is not None and shown.is_sound))
        self.copy.setVisible(shown is not None and bool(shown.caption))
        self.remove.setVisible(bool(self.view.text))
        self._name_inputs()

    def offer(self, path: Path) -> None:
        """Takes a file from the disk, or says why not."""
        try:
            size = path.stat().st_size
            data = path.read_bytes() if size <= LARGEST else b"\0" * (LARGEST + 1)
        except OSError:
            self.input_refused.emit(_("This file cannot be read. Nothing was attached."))
            return
        if size <= LARGEST and len(data) != size:
            self.input_refused.emit(_("This file changed while it was being read. Nothing was attached; try again."))
            return
        self.offer_bytes(path.name, data)

    def offer_bytes(self, name: str, data: bytes) -> None:
        """Takes a file from memory, or says why not."""
        problem = problem_of(data, self.kind)
        self.input_refused.emit(problem)
        if not problem:
            name, data = self._fitted(name, data)
            before = self.view.text
            self.file_offered.emit(name, data, mimetypes.guess_type(name)[0] or "application/octet-stream")
            if self.view.text != before:
                self.show_bytes(data)

    def _fitted(self, name: str, data: bytes) -> tuple[str, bytes]:
        """A picture made as small as the form asks with ``max-pixels``; every other file as it is."""
        limit = self.view.parameters.get("max-pixels", "")
        is_limited = self.kind == "image" and limit.isdigit() and int(limit) > 0
        scaled = scale_down(data, int(limit)) if is_limited else None
        if scaled is None:
            self._scaling = ""
            return name, data
        self._scaling = _(
            "As the form asks, the picture was made smaller: {after} instead of {before} pixels."
        ).format(
            after=f"{scaled.after.width()} × {scaled.after.height()}",
            before=f"{scaled.before.width()} × {scaled.before.height()}",
        )
        is_named = Path(name).suffix.casefold() in ({".jpg", ".jpeg"} if scaled.suffix == ".jpg" else {scaled.suffix})
        return name if is_named else Path(name).stem + scaled.suffix, scaled.data

    @override
    def describe(self, description: str) -> None:
        self._description = description
        self._name_inputs()

    def refuse(self, sentence: str) -> None:
        """Says below the control why a file was not taken."""
        self.input_refused.emit(sentence)

    @override
    def inputs(self) -> tuple[QWidget, ...]:
        return self._all_buttons()

    @override
    def take_focus(self) -> None:
        for button in self._all_buttons():
            if button.isEnabled() and not button.isHidden():
                button.setFocus(Qt.FocusReason.TabFocusReason)
                return

    @override
    def accessible_value(self) -> str:
        parts = (self.view.text, self._caption.text(), self._problem.text())
        return ", ".join(part for part in parts if part)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste) and self._is_open():
            self._take(QGuiApplication.clipboard().mimeData())
            event.accept()
            return
        if event.key() == Qt.Key.Key_Backspace:
            event.ignore()
            return
        super().keyPressEvent(event)

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        data = event.mimeData()
        if (data.hasUrls() or data.hasImage()) and self._is_open():
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        if self._is_open():
            event.acceptProposedAction()
            self._take(event.mimeData())

    @override
    def _name_inputs(self) -> None:
        question = plain(self.view.label) or self.view.name
        description = ". ".join(part for part in (self._problem.text(), self._description) if part)
        for button in self._all_buttons():
            button.setAccessibleName(f"{question}: {button.text()}")
            button.setAccessibleDescription(description)

    def _take(self, data: QMimeData) -> None:
        """Takes what was pasted or dropped: one file of this computer, or an image."""
        local = [url.toLocalFile() for url in data.urls() if url.isLocalFile()]
        if len(local) > 1:
            self.input_refused.emit(_("An answer takes one file: please give one at a time. Nothing was attached."))
        elif local:
            self.offer(Path(local[0]))
        elif data.hasImage():
            self.offer_bytes("image.png", png_of(QImage(data.imageData())))
        elif data.hasUrls():
            self.input_refused.emit(_("Only files on this computer can be attached. Nothing was attached."))
        else:
            self.input_refused.emit(_("The clipboard holds neither a file nor an image."))
