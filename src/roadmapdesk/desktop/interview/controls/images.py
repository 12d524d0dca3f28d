"""Images to bytes and back."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage, QImageWriter


def read_image(data: bytes) -> QImage:
    """The image in a file's bytes; a null image where it cannot be read."""
    return QImage.fromData(QByteArray(data))


def png_of(image: QImage) -> bytes:
    """The image as a PNG file."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)  # QImage.save refuses its format as bytes in PySide6 6.11
    return bytes(buffer.data().data())
