"""Images to bytes and back."""

from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QImageWriter


def read_image(data: bytes) -> QImage:
    """The image in a file's bytes; a null image where it cannot be read."""
    return QImage.fromData(QByteArray(data))


@dataclass(frozen=True, slots=True)
class Scaled:
    """A picture that was made smaller.

    Attributes:
        data: the file.
        suffix: of its name, with the dot.
        before: its size in pixels as it came.
        after: its size now.
    """

    data: bytes
    suffix: str
    before: QSize
    after: QSize


def scale_down(data: bytes, longest: int) -> Scaled | None:
    """The picture with its longer side no longer than so many pixels; None where it is small enough or unreadable.

    A JPEG stays one, everything else becomes a PNG; a photograph is turned upright as its camera noted it.
    """
    source = QBuffer()
    source.setData(QByteArray(data))
    source.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(source)
    before = reader.size()
    if not before.isValid() or max(before.width(), before.height()) <= longest:
        return None
    is_jpeg = bytes(reader.format().data()) == b"jpeg"
    reader.setAutoTransform(True)
    reader.setScaledSize(before.scaled(longest, longest, Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1)))
    image = reader.read()
    if image.isNull():
        return None
    written = jpeg_of(image) if is_jpeg else png_of(image)
    turned = before.transposed() if (before.width() > before.height()) != (image.width() > image.height()) else before
    return Scaled(written, ".jpg" if is_jpeg else ".png", turned, image.size())


def jpeg_of(image: QImage) -> bytes:
    """The image as a JPEG file of high quality."""
    return _written(image, b"jpeg", 92)


def png_of(image: QImage) -> bytes:
    """The image as a PNG file."""
    return _written(image, b"png", -1)


def _written(image: QImage, kind: bytes, quality: int) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(kind))  # QImage.save refuses its format as bytes in PySide6 6.11
    writer.setQuality(quality)
    writer.write(image)
    return bytes(buffer.data().data())
