"""A list of options that flows into one or more columns, with the answers without a rating set apart at its end."""

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QSizePolicy, QWidget
from typing_extensions import override

from roadmapdesk.desktop.commands import native
from roadmapdesk.desktop.interview.controls.images import read_image
from roadmapdesk.desktop.interview.controls.keys import OptionKeys, is_missing, option_keys
from roadmapdesk.desktop.interview.controls.option_face import Cell, OptionFace
from roadmapdesk.desktop.interview.controls.options import CheckOption, Option, RadioOption
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.workspace.wording import plain
from roadmapdesk.xforms.session.view import Choice

_COLUMN = 300
_LONG = 7
PACKED = -1
_PICTURE = 288  # pixels of the longer side, enough at 200 % text on a fine screen


class OptionList(QWidget):
    """Options in columns. It keeps its buttons while the choices stay the same, so focus and scroll place stay too.

    Args:
        exclusive: radio buttons instead of check boxes.
        theme: the look.
    """

    def __init__(self, *, exclusive: bool, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._exclusive = exclusive
        self._theme = theme
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(3, 3, 3, 3)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(6)
        self._group = QButtonGroup(self) if exclusive else None
        self._options: dict[str, Option] = {}
        self._order: tuple[tuple[str, bool], ...] = ()
        self._wanted_columns = 0
        self._shown_columns = 0
        self._is_marked = True
        self._pictures: dict[str, QPixmap | None] = {}
        self.keys: OptionKeys = option_keys(())
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self._on_theme_changed)

    @property
    def options(self) -> dict[str, Option]:
        """The buttons by code, in visual order."""
        return self._options

    def set_columns(self, columns: int) -> None:
        """Fixes the number of columns; 0 lets the width decide, `PACKED` takes as many as fit."""
        self._wanted_columns = columns

    def set_marked(self, *, is_marked: bool) -> None:
        """Shows or hides the circles and boxes; without them the ground alone shows what is chosen."""
        self._is_marked = is_marked

    def show_choices(
        self,
        choices: Sequence[Choice],
        second: Sequence[Choice],
        *,
        chosen: Sequence[str],
        is_locked: bool,
        find: Callable[[str], bytes | None],
    ) -> bool:
        """Shows the choices; True when the buttons are new ones and have to be connected.

        Args:
            choices: in the language of the page.
            second: in the other language, where both stand side by side.
            chosen: the codes that are chosen.
            is_locked: whether nothing can be chosen now.
            find: gives a picture that came with the form, by its name.
        """
        ordered = sorted(choices, key=is_missing)
        others = {choice.value: plain(choice.label) for choice in second}
        self.keys = option_keys(choices)
        order = tuple((choice.value, is_missing(choice)) for choice in ordered)
        is_new = order != self._order
        faces = {choice.value: self._face(choice, others.get(choice.value, ""), find) for choice in ordered}
        if is_new:
            self._build(faces)
            self._order = order
        for code, option in self._options.items():
            option.show_face(faces[code])
            option.setEnabled(not is_locked)
        self._check(chosen)
        if is_new or self._columns_for(self.width()) != self._shown_columns:
            self._place(self._columns_for(self.width()))
        return is_new

    def _face(self, choice: Choice, other: str, find: Callable[[str], bytes | None]) -> OptionFace:
        """What the option of a choice shows."""
        text = plain(choice.label)
        return OptionFace(
            text, other if other != text else "", native(self.keys.hint(choice.value)), is_missing(choice),
            self._picture(choice, find), self._is_marked, self._cell(),
        )  # fmt: skip

    def _cell(self) -> Cell:
        """How the options stand in a table; here they stand in none."""
        return Cell.NONE

    def _picture(self, choice: Choice, find: Callable[[str], bytes | None]) -> QPixmap | None:
        """The picture of a choice; each is read once."""
        name = choice.media.get("image", "")
        if not name:
            return None
        if name not in self._pictures:
            image = read_image(find(name) or b"")
            side = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            small = image if image.isNull() else image.scaled(_PICTURE, _PICTURE, *side)
            self._pictures[name] = None if image.isNull() else QPixmap.fromImage(small)
        return self._pictures[name]

    def _check(self, chosen: Sequence[str]) -> None:
        if self._group is not None:
            self._group.setExclusive(False)
        for code, option in self._options.items():
            if option.isChecked() != (code in chosen):
                option.setChecked(code in chosen)
        if self._group is not None:
            self._group.setExclusive(True)

    def _build(self, faces: Mapping[str, OptionFace]) -> None:
        for old in self._options.values():
            self._grid.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._options = {}
        kind = RadioOption if self._exclusive else CheckOption
        for code, face in faces.items():
            option = kind(face, theme=self._theme, parent=self)
            option.setObjectName(f"option_{code}")
            self._options[code] = option
            if self._group is not None:
                self._group.addButton(option)

    def _columns_for(self, width: int) -> int:
        rated = [option for code, option in self._options.items() if not option.face.is_missing]
        if self._wanted_columns > 0:
            return min(self._wanted_columns, max(len(rated), 1))
        if not rated or width <= 0:
            return 1
        widest = max(option.sizeHint().width() for option in rated)
        if self._wanted_columns == PACKED:
            return min(max((width - 6 + 8) // (widest + 8), 1), len(rated))
        fitting = max((width + 8) // (min(widest, self._theme.px(_COLUMN)) + 8), 1)
        if len(rated) <= 4 and widest <= self._theme.px(190):
            return min(fitting, len(rated))
        return min(fitting, 3 if len(rated) > 3 * _LONG else 2) if len(rated) >= _LONG else 1

    def _place(self, columns: int) -> None:
        """Puts the rated options column by column, so that reading down follows the form, and the rest in one row."""
        self._shown_columns = columns
        options = list(self._options.values())
        for option in options:
            self._grid.removeWidget(option)
        rated = [option for option in options if not option.face.is_missing]
        missing = [option for option in options if option.face.is_missing]
        rows = -(-len(rated) // columns) if rated else 0
        across = columns > 1 and rows == 1
        for column in range(max(self._grid.columnCount(), columns + 1)):
            is_wide = column < columns and not across
            self._grid.setColumnStretch(column, 1 if is_wide or (across and column == columns) else 0)
            self._grid.setColumnMinimumWidth(column, self._theme.px(120) if across and column < columns else 0)
        for place, option in enumerate(rated):
            row, column = (place // columns, place % columns) if across else (place % rows, place // rows)
            self._grid.addWidget(option, row, column)
        if rated and missing:
            self._grid.setRowMinimumHeight(rows, 2)
        for place, option in enumerate(missing):
            self._grid.addWidget(option, rows + 1 + place // columns, place % columns)
        self._chain_tabs(options)

    def _chain_tabs(self, options: Sequence[Option]) -> None:
        for before, after in pairwise(options):
            QWidget.setTabOrder(before, after)

    def _on_theme_changed(self) -> None:
        for option in self._options.values():
            option.updateGeometry()
        self._place(self._columns_for(self.width()))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        columns = self._columns_for(event.size().width())
        if columns != self._shown_columns:
            self._place(columns)

    @override
    def heightForWidth(self, width: int) -> int:
        columns = self._columns_for(width)
        if columns == self._shown_columns:
            return self._grid.totalHeightForWidth(width)
        return self._height_in(columns, width)

    def _height_in(self, columns: int, width: int) -> int:
        """The height that the list will need once it stands in this many columns."""
        column_width = (width - 6 - 8 * (columns - 1)) // columns
        rated = [option for option in self._options.values() if not option.face.is_missing]
        missing = [option for option in self._options.values() if option.face.is_missing]
        rows = -(-len(rated) // columns) if rated else 0
        height = 6
        for row in range(rows):
            line = rated[row::rows] if rows else []
            height += max((option.heightForWidth(column_width) for option in line), default=0) + 6
        for start in range(0, len(missing), columns):
            height += max(option.heightForWidth(column_width) for option in missing[start : start + columns]) + 6
        return height + (8 if missing and rated else 0)

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(_COLUMN), self.heightForWidth(max(self.width(), self._theme.px(_COLUMN))))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(120), self._theme.px(30))
