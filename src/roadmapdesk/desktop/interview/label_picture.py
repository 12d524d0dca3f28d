"""The picture that a form gives to the wording of a question."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from roadmapdesk.desktop.interview.controls.images import read_image
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.labels import WRAPPING
from roadmapdesk.workspace.wording import plain
from roadmapdesk.xforms.session.view import NodeView

_LARGEST = QSize(480, 280)
_FINEST = 960  # pixels of the longer side that are kept, enough at 200 % text
_FORMS = ("image", "big-image")


class LabelPicture(QWidget):
    """Painted as large as the room allows, never enlarged beyond its own size.

    Args:
        theme: the look.
    """

    def __init__(self, *, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._name = ""
        self._pixmap = QPixmap()
        self.setSizePolicy(WRAPPING)
        theme.changed.connect(self.updateGeometry)

    def show_view(self, view: NodeView) -> bool:
        """Shows the question's picture; whether there is one that can be shown."""
        name = picture_name(view)
        if name != self._name:
            self._name = name
            image = read_image(view.resource(name) or b"") if name else read_image(b"")
            if max(image.width(), image.height()) > _FINEST:
                keep, fine = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
                image = image.scaled(_FINEST, _FINEST, keep, fine)
            self._pixmap = QPixmap() if image.isNull() else QPixmap.fromImage(image)
            self.updateGeometry()
            self.update()
        self.setAccessibleName(plain(view.label) or view.name)
        return not self._pixmap.isNull()

    def _shown_in(self, width: int) -> QSize:
        room = QSize(self._theme.px(_LARGEST.width()), self._theme.px(_LARGEST.height()))
        room = room.boundedTo(QSize(max(width, 1), room.height()))
        natural = QSize(self._theme.px(self._pixmap.width()), self._theme.px(self._pixmap.height()))
        if natural.width() <= room.width() and natural.height() <= room.height():
            return natural
        return natural.scaled(room, Qt.AspectRatioMode.KeepAspectRatio)

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        return self._shown_in(width).height() + 4

    @override
    def sizeHint(self) -> QSize:
        shown = self._shown_in(self._theme.px(_LARGEST.width()))
        return QSize(shown.width(), shown.height() + 4)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        shown = self._shown_in(self.width())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(QRect(0, 4, shown.width(), shown.height()), self._pixmap)
        painter.end()


def picture_name(view: NodeView) -> str:
    """The name of the picture of a question's wording; empty where it has none."""
    return next((view.media[form] for form in _FORMS if view.media.get(form)), "")
