"""A file, image or sound as an answer: chosen, pasted or dropped; kept by the project as bytes, never as a path."""

import mimetypes
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage, QImageReader, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from roadmapdesk.desktop.interview.controls.base import Control
from roadmapdesk.desktop.interview.controls.images import png_of
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.buttons import Button
from roadmapdesk.desktop.widgets.labels import ElidedLabel, Text
from roadmapdesk.i18n import gettext as _
from roadmapdesk.workspace.wording import plain

LARGEST = 50 * 1024 * 1024
_PREVIEW = 160
_SIGNATURES = {
    "image": (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"BM", b"II*\x00", b"MM\x00*"),
    "audio": (b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf1", b"OggS", b"RIFF", b"fLaC", b"\x1aE\xdf\xa3"),
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
    """One attached file with its name and, for images, a small picture.

    Attributes:
        file_offered: a person chose, pasted or dropped a file: name, bytes, media type.
        file_wanted: the button to choose a file was pressed; the page opens the dialog and calls `offer`.
    """

    file_offered = Signal(str, bytes, str)
    file_wanted = Signal()

    def __init__(self, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme=theme, parent=parent)
        self.setAcceptDrops(True)
        self._picture = QLabel(self)
        self._picture.hide()
        self._name = ElidedLabel("", type_style="strong", parent=self)
        self._choose = Button("", theme=theme, icon="paperclip", parent=self)
        self._choose.clicked.connect(self.file_wanted)
        self._remove = Button("", theme=theme, variant="flat", icon="trash-2", parent=self)
        self._remove.clicked.connect(self.clear_answer)
        self._help = Text("", type_style="caption", tone="muted", parent=self)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._choose)
        buttons.addWidget(self._remove)
        buttons.addWidget(self._name, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3, 3, 3, 3)
        layout.setSpacing(6)
        layout.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addLayout(buttons)
        layout.addWidget(self._help)

    @property
    def kind(self) -> str:
        """What the question asks for: ``image``, ``audio``, ``video`` or ``file``."""
        return wanted_kind(self.view.parameters.get("mediatype", ""))

    @override
    def _repaint_view(self) -> None:
        view = self.view
        self._choose.setText(_("Choose a file …") if not view.text else _("Choose another file …"))
        self._remove.setText(_("Remove"))
        self._remove.setVisible(bool(view.text))
        self._choose.setEnabled(not view.is_readonly)
        self._remove.setEnabled(not view.is_readonly)
        self._name.setText(view.text or _("No file attached"))
        self._help.setText(_("A file can also be dropped here or pasted with Ctrl+V."))
        if not view.text:
            self._picture.hide()

    def show_bytes(self, data: bytes) -> None:
        """Shows the attached image small; other files have their name only."""
        image = QImage.fromData(QByteArray(data)) if self.kind == "image" else QImage()
        self._picture.setVisible(not image.isNull())
        if not image.isNull():
            side = self._theme.px(_PREVIEW)
            from PySide6.QtGui import QPixmap  # noqa: PLC0415 — only where an image is attached

            scaled = image.scaled(
                side, side, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
            self._picture.setPixmap(QPixmap.fromImage(scaled))
            self._picture.setAccessibleName(_("Attached image"))

    def offer(self, path: Path) -> None:
        """Takes a file from the disk, or says why not."""
        try:
            size = path.stat().st_size
            data = path.read_bytes() if size <= LARGEST else b"\0" * (LARGEST + 1)
        except OSError:
            self.input_refused.emit(_("This file cannot be read. Nothing was attached."))
            return
        self.offer_bytes(path.name, data)

    def offer_bytes(self, name: str, data: bytes) -> None:
        """Takes a file from memory, or says why not."""
        problem = problem_of(data, self.kind)
        self.input_refused.emit(problem)
        if not problem:
            self.file_offered.emit(name, data, mimetypes.guess_type(name)[0] or "application/octet-stream")
            self.show_bytes(data)

    @override
    def inputs(self) -> tuple[QWidget, ...]:
        return (self._choose,) if self._remove.isHidden() else (self._choose, self._remove)

    @override
    def accessible_value(self) -> str:
        return self.view.text

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste) and self._is_open():
            self._paste()
            event.accept()
            return
        if event.key() == Qt.Key.Key_Backspace:
            event.ignore()
            return
        super().keyPressEvent(event)

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() and self._is_open():
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        local = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if local and self._is_open():
            event.acceptProposedAction()
            self.offer(Path(local[0]))

    @override
    def _name_inputs(self) -> None:
        question = plain(self.view.label) or self.view.name
        self._choose.setAccessibleName(f"{question}: {self._choose.text()}")
        self._remove.setAccessibleName(f"{question}: {self._remove.text()}")
        for widget in (self._choose, self._remove):
            widget.setAccessibleDescription(self._description)

    def _paste(self) -> None:
        data = QGuiApplication.clipboard().mimeData()
        local = [url.toLocalFile() for url in data.urls() if url.isLocalFile()]
        if local:
            self.offer(Path(local[0]))
        elif data.hasImage():
            self.offer_bytes("image.png", png_of(QGuiApplication.clipboard().image()))
        else:
            self.input_refused.emit(_("The clipboard holds neither a file nor an image."))
