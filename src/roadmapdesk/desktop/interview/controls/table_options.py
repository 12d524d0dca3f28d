"""Options as the cells of one row of a table: equally wide columns, so that rows with the same choices line up."""

from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from roadmapdesk.desktop.interview.controls.option_face import CELL_PAD, Cell, OptionFace, height_for
from roadmapdesk.desktop.interview.controls.option_list import EDGE, Arranged, OptionList
from roadmapdesk.desktop.theme import Theme

_NARROWEST = 60
_WIDEST = 140
_LINES = 3


def cell_width(theme: Theme, texts: Iterable[str]) -> int:
    """The width of every column of a table: room for the longest word, and for the longest wording in three lines."""
    words, lines = 0, 0
    for text in texts:
        words = max([words, *(theme.text_width("caption", word) for word in text.split())])
        lines = max(lines, theme.text_width("caption", text) // _LINES + theme.px(12))
    wanted = max(theme.px(_NARROWEST), min(lines, theme.px(_WIDEST)) + 2 * CELL_PAD)
    return max(wanted, words + 2 * CELL_PAD + 4)


def row_width(theme: Theme, texts: tuple[str, ...]) -> int:
    """The width of all columns together."""
    return len(texts) * cell_width(theme, texts) + 2 * EDGE


def face_texts(faces: Iterable[OptionFace]) -> tuple[str, ...]:
    """What has to find room in the columns: of each choice the longer of its wordings."""
    return tuple(max(face.text, face.second, key=len) for face in faces)


class TableOptions(OptionList):
    """Options side by side in cells; where the width is too small for all of them an ordinary list with wordings."""

    def __init__(self, *, exclusive: bool, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(exclusive=exclusive, theme=theme, parent=parent)
        self._is_headed = False
        self._is_table = True

    def set_headed(self, *, is_headed: bool) -> None:
        """Shows the wordings above the marks; without them a row above the table says what the columns mean."""
        self._is_headed = is_headed

    def _texts(self) -> tuple[str, ...]:
        return face_texts(option.face for option in self._options.values())

    def _fits(self, width: int) -> bool:
        is_measured = self.testAttribute(Qt.WidgetAttribute.WA_Resized)
        return not is_measured or width >= row_width(self._theme, self._texts())

    @override
    def _cell(self) -> Cell:
        if not self._is_table:
            return Cell.NONE
        return Cell.HEADED if self._is_headed else Cell.BARE

    @override
    def _columns_for(self, width: int) -> int:
        if not self._options or not self._fits(width):
            return super()._columns_for(width)
        return -len(self._options)  # below zero: as a table, so that a change to a list of as many columns is noticed

    @override
    def _follow_columns(self) -> None:
        self._is_table = self._shown_columns < 0
        for option in self._options.values():
            option.show_face(replace(option.face, cell=self._cell()))
        self._known.clear()
        self.updateGeometry()

    @override
    def _arrange_in(self, width: int) -> Arranged:
        if not self._options or not self._fits(width):
            return super()._arrange_in(width)
        cell = Cell.HEADED if self._is_headed else Cell.BARE
        each = cell_width(self._theme, self._texts())
        faces = [replace(option.face, cell=cell) for option in self._options.values()]
        height = max(height_for(self._theme, face, each) for face in faces)
        options = self._options.values()
        places = tuple((option, QRect(EDGE + n * each, EDGE, each, height)) for n, option in enumerate(options))
        return Arranged(places, height + 2 * EDGE)

    @override
    def sizeHint(self) -> QSize:
        width = row_width(self._theme, self._texts())
        return QSize(width, self.heightForWidth(width if self._is_table else self.width()))
