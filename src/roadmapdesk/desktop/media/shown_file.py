"""What a control shows of a stored file: its size in words, a small picture, or why it cannot be shown."""

from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader

from roadmapdesk.desktop.media.words import size_words, state_sentence
from roadmapdesk.i18n import gettext as _
from roadmapdesk.workspace.attachments import FileContent, FileState

PREVIEW = 160


@dataclass(frozen=True, slots=True)
class ShownFile:
    """One file, ready to be shown.

    Attributes:
        caption: its size, and for images how many pixels.
        problem: why it cannot be shown, empty where it can.
        picture: small, for images only.
        is_sound: whether it can be played.
    """

    name: str
    caption: str
    problem: str = ""
    picture: QImage | None = None
    is_sound: bool = False


def shown_file(content: FileContent, side: int) -> ShownFile:
    """Prepares a file for its control; may run on a worker thread.

    Args:
        content: as it was read.
        side: pixels of the longer side of the picture.
    """
    if content.data is None:
        return ShownFile(content.name, "", state_sentence(content.state) or state_sentence(FileState.MISSING))
    caption = size_words(len(content.data))
    picture, size = small_picture(content.data, side)
    if picture is not None:
        caption = _("{width} × {height} pixels, {size}").format(
            width=size.width(), height=size.height(), size=caption
        )
    is_sound = content.mime.startswith("audio/")
    problem = (
        ""
        if picture is not None or not content.mime.startswith("image/")
        else _("This image cannot be shown here; its bytes are unchanged. Save a copy to look at it.")
    )
    return ShownFile(content.name, caption, problem, picture, is_sound)


def small_picture(data: bytes, side: int) -> tuple[QImage | None, QSize]:
    """An image scaled down while it is read, and the size of the whole; None where the bytes are no image."""
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    size = reader.size()
    if not size.isValid():
        return None, QSize()
    if max(size.width(), size.height()) > side:
        reader.setScaledSize(size.scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    return (None if image.isNull() else image), size
