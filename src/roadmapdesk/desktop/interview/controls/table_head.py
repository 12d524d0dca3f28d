"""The head of a table of selects: the appearance ``label``."""

from typing import ClassVar

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from roadmapdesk.desktop.interview.controls.base import Control
from roadmapdesk.desktop.interview.controls.keys import is_missing
from roadmapdesk.desktop.interview.controls.option_face import Cell, OptionFace, cell_head_height, paint_cell_head
from roadmapdesk.desktop.interview.controls.option_list import EDGE
from roadmapdesk.desktop.interview.controls.table_options import cell_width, face_texts, row_width
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.labels import WRAPPING
from roadmapdesk.workspace.wording import plain


class TableHead(Control):
    """The wordings of the choices above the columns below; empty where the rows are too narrow for columns."""

    stands_beside: ClassVar[bool] = True

    def __init__(self, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme=theme, parent=parent)
        self._faces: tuple[OptionFace, ...] = ()
        self.setSizePolicy(WRAPPING)
        theme.changed.connect(self.updateGeometry)

    @override
    def _repaint_view(self) -> None:
        others = {c.value: plain(c.label) for c in self._second.choices} if self._second is not None else {}
        faces = []
        for choice in sorted(self.view.choices, key=is_missing):
            text, other = plain(choice.label), others.get(choice.value, "")
            second = other if other != text else ""
            faces.append(OptionFace(text, second, is_missing=is_missing(choice), cell=Cell.HEADED))
        if tuple(faces) != self._faces:
            self._faces = tuple(faces)
            self.setAccessibleName(", ".join(face.text for face in faces))
            self.updateGeometry()
            self.update()

    def _texts(self) -> tuple[str, ...]:
        return face_texts(self._faces)

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        if not self._faces or width < row_width(self._theme, self._texts()):
            return 0
        each = cell_width(self._theme, self._texts())
        return max(cell_head_height(self._theme, face, each) for face in self._faces)

    @override
    def sizeHint(self) -> QSize:
        width = row_width(self._theme, self._texts())
        return QSize(width, self.heightForWidth(width))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(120), 0)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self.heightForWidth(self.width()) == 0:
            return
        each = cell_width(self._theme, self._texts())
        painter = QPainter(self)
        for place, face in enumerate(self._faces):
            paint_cell_head(painter, self._theme, face, QRect(EDGE + place * each, 0, each, self.height()))
        painter.end()
