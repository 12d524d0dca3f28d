"""An attached image, as large as the screen allows."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from roadmapdesk.desktop.media.shown_file import small_picture
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.dialog import Dialog
from roadmapdesk.i18n import gettext as _

_SHARE = 0.75


class PictureDialog(Dialog):
    """Shows an image scaled to the screen, never enlarged.

    Args:
        data: the bytes of the image.
        name: its file name, the title.
        theme: the look.
    """

    def __init__(self, data: bytes, name: str, *, theme: Theme, parent: QWidget) -> None:
        super().__init__(title=name, refuse=_("Close"), theme=theme, parent=parent)
        self.setObjectName("picture_dialog")
        room = self.screen().availableSize() * _SHARE
        ratio = self.devicePixelRatioF()
        image, size = small_picture(data, round(min(room.width(), room.height()) * ratio))
        self.picture = QLabel(self)
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture.setAccessibleName(_("Attached image"))
        if image is None:
            self.picture.setText(_("This image cannot be shown here; its bytes are unchanged."))
        else:
            pixmap = QPixmap.fromImage(image)
            pixmap.setDevicePixelRatio(ratio)
            self.picture.setPixmap(pixmap)
            self.picture.setMinimumSize(QSize(round(pixmap.width() / ratio), round(pixmap.height() / ratio)))
            self.picture.setAccessibleDescription(f"{size.width()} × {size.height()}")
        self.content.addWidget(self.picture)
