"""A list of options that flows into one or more columns, with the answers without a rating set apart at its end."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QWidget
from typing_extensions import override

from roadmapdesk.desktop.commands import native
from roadmapdesk.desktop.interview.controls.images import read_image
from roadmapdesk.desktop.interview.controls.keys import OptionKeys, is_missing, option_keys
from roadmapdesk.desktop.interview.controls.option_face import Cell, OptionFace
from roadmapdesk.desktop.interview.controls.options import CheckOption, Option, RadioOption
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.labels import WRAPPING
from roadmapdesk.workspace.wording import plain
from roadmapdesk.xforms.session.view import Choice

EDGE = 3  # room for the focus ring
_BESIDE = 8
_BELOW = 6
_APART = 8  # between the points of a scale and the answers without a rating, beside the usual distance
_NARROWEST = 120
_COLUMN = 300
_NO_KEYS = option_keys(())
_LONG = 7
PACKED = -1
_PICTURE = 288  # pixels of the longer side, enough at 200 % text on a fine screen


@dataclass(frozen=True, slots=True)
class Arranged:
    """Where options stand in one width.

    Attributes:
        places: each shown option with its rectangle in pixels.
        height: of all together.
    """

    places: tuple[tuple[Option, QRect], ...]
    height: int


class OptionList(QWidget):
    """Options in columns. It keeps its buttons while the choices stay the same, so focus and scroll place stay too.

    It arranges the buttons itself: a layout of Qt would ask each of them for its sizes again and again.

    Args:
        exclusive: radio buttons instead of check boxes.
        theme: the look.

    Attributes:
        option_clicked: with the code of the button that was pressed.
    """

    option_clicked = Signal(str)

    def __init__(self, *, exclusive: bool, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._exclusive = exclusive
        self._theme = theme
        self._group = QButtonGroup(self)
        self._group.setExclusive(exclusive)
        self._group.buttonClicked.connect(self._on_group_button_clicked)
        self._options: dict[str, Option] = {}
        self._order: tuple[tuple[str, bool], ...] = ()
        self._wanted_columns = 0
        self._shown_columns = 0
        self._is_marked = True
        self._pictures: dict[str, QPixmap | None] = {}
        self._known: dict[int, Arranged] = {}
        self.keys: OptionKeys = _NO_KEYS
        self.setSizePolicy(WRAPPING)

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
        """Shows the choices; True when the buttons are new ones.

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
            is_new = option.show_face(faces[code]) or is_new
            option.setEnabled(not is_locked)
        self._check(chosen)
        if is_new:
            self.arrange()
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
        wrong = [option for code, option in self._options.items() if option.isChecked() != (code in chosen)]
        if not wrong:
            return
        self._group.setExclusive(False)
        for option in wrong:
            option.setChecked(not option.isChecked())
        self._group.setExclusive(self._exclusive)

    def _build(self, faces: Mapping[str, OptionFace]) -> None:
        for old in self._options.values():
            old.hide()
            old.deleteLater()
        self._options = {}
        kind = RadioOption if self._exclusive else CheckOption
        before: Option | None = None
        for code, face in faces.items():
            option = kind(face, theme=self._theme, parent=self)
            option.setObjectName(f"option_{code}")
            self._options[code] = option
            self._group.addButton(option)
            if before is not None:
                QWidget.setTabOrder(before, option)
            before = option
            if self.isVisible():
                option.show()

    def _columns_for(self, width: int) -> int:
        rated = [option for code, option in self._options.items() if not option.face.is_missing]
        if self._wanted_columns > 0:
            return min(self._wanted_columns, max(len(rated), 1))
        if not rated or width <= 0:
            return 1
        widest = max(option.sizeHint().width() for option in rated)
        if self._wanted_columns == PACKED:
            return min(max((width - 2 * EDGE + _BESIDE) // (widest + _BESIDE), 1), len(rated))
        fitting = max((width + _BESIDE) // (min(widest, self._theme.px(_COLUMN)) + _BESIDE), 1)
        if len(rated) <= 4 and widest <= self._theme.px(190):
            return min(fitting, len(rated))
        return min(fitting, 3 if len(rated) > 3 * _LONG else 2) if len(rated) >= _LONG else 1

    def arrange(self) -> None:
        """Puts the options into their places anew: what they show, or which of them are shown, has changed."""
        self._known.clear()
        self._put()
        self.updateGeometry()

    def _put(self) -> None:
        if not self.testAttribute(Qt.WidgetAttribute.WA_Resized):
            return  # the width is not known yet; being given one comes back here
        columns = self._columns_for(self.width())
        if columns != self._shown_columns:
            self._shown_columns = columns
            self._follow_columns()
        for option, place in self._arranged(self.width()).places:
            option.setGeometry(place)

    def _follow_columns(self) -> None:
        """Has the options look as they should in the columns shown now; here they look the same in any."""

    def _arranged(self, width: int) -> Arranged:
        if width not in self._known:
            self._known[width] = self._arrange_in(width)
        return self._known[width]

    def _arrange_in(self, width: int) -> Arranged:
        """Where the options stand in a width.

        The rated ones stand column by column, so that reading down follows the form, and the rest in rows below.
        """
        shown = [option for option in self._options.values() if not option.isHidden()]
        rated = [option for option in shown if not option.face.is_missing]
        missing = [option for option in shown if option.face.is_missing]
        columns = self._columns_for(width)
        deep = -(-len(rated) // columns)
        lines = [rated[row::deep] for row in range(deep)]
        below = [missing[start : start + columns] for start in range(0, len(missing), columns)]
        room = width - 2 * EDGE - _BESIDE * (columns - 1)
        widths = [room // columns + (column < room % columns) for column in range(columns)]
        if 1 < columns >= sum(not option.face.is_missing for option in self._options.values()):
            widths = self._own_widths([*lines, *below], room, columns)
        places: list[tuple[Option, QRect]] = []
        y = _stack(lines, widths, EDGE, places)
        y = _stack(below, widths, y + _APART if lines and below else y, places)
        return Arranged(tuple(places), y - (_BELOW if places else 0) + EDGE)

    def _own_widths(self, lines: Sequence[Sequence[Option]], room: int, columns: int) -> list[int]:
        """The widths of short options side by side: each column as wide as its wordings need."""
        widths = [self._theme.px(_NARROWEST)] * columns
        for line in lines:
            for column, option in enumerate(line):
                widths[column] = max(widths[column], option.sizeHint().width())
        return widths if sum(widths) <= room else [room // columns] * columns

    def follow_theme(self) -> None:
        """Fits the options to another text size."""
        self.arrange()

    @Slot("QAbstractButton*")
    def _on_group_button_clicked(self, button: QAbstractButton) -> None:
        code = next((code for code, option in self._options.items() if option is button), None)
        if code is not None:
            self.option_clicked.emit(code)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._put()

    @override
    def heightForWidth(self, width: int) -> int:
        return self._arranged(width).height

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(_COLUMN), self.heightForWidth(max(self.width(), self._theme.px(_COLUMN))))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(120), self._theme.px(30))


def _stack(
    lines: Sequence[Sequence[Option]], widths: Sequence[int], y: int, places: list[tuple[Option, QRect]]
) -> int:
    """Adds the places of lines of options from `y` on; where the next line would begin."""
    for line in lines:
        height = max(option.heightForWidth(width) for option, width in zip(line, widths, strict=False))
        x = EDGE
        for option, width in zip(line, widths, strict=False):
            places.append((option, QRect(x, y, width, height)))
            x += width + _BESIDE
        y += height + _BELOW
    return y
