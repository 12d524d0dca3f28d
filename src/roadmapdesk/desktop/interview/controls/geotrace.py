"""A line on the map as a table of typed points, with its length and a sketch."""

from itertools import pairwise
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from roadmapdesk.desktop.interview.controls.base import Control
from roadmapdesk.desktop.interview.controls.coordinates import (
    MOST_POINTS,
    Fields,
    join_point,
    read_fields,
    read_points,
    split_stored,
)
from roadmapdesk.desktop.interview.controls.numbers import Typed
from roadmapdesk.desktop.interview.controls.point_model import PointModel
from roadmapdesk.desktop.interview.controls.point_table import PointTable
from roadmapdesk.desktop.interview.controls.shape_sketch import ShapeSketch, shown_length
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.buttons import Button, IconButton
from roadmapdesk.desktop.widgets.labels import Text
from roadmapdesk.i18n import current_language, ngettext
from roadmapdesk.i18n import gettext as _
from roadmapdesk.workspace.wording import plain
from roadmapdesk.xforms.geometry import Point, length_m


class GeotraceTable(Control):
    """Points in their order. What is typed is stored once every point is complete and there are enough of them."""

    fewest: ClassVar[int] = 2
    is_shape: ClassVar[bool] = False

    def __init__(self, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme=theme, parent=parent)
        self._model = PointModel(self)
        self._table = PointTable(self._model, theme=theme, parent=self)
        self._reported = ""
        self._pasted_problem = ""
        self._insert = Button("", theme=theme, variant="compact", icon="plus", parent=self)
        self._remove = Button("", theme=theme, variant="compact", icon="trash-2", parent=self)
        self._up = IconButton("arrow-up", theme=theme, variant="secondary", parent=self)
        self._down = IconButton("arrow-down", theme=theme, variant="secondary", parent=self)
        self._paste = Button("", theme=theme, variant="compact", icon="copy", parent=self)
        self._sketch = ShapeSketch(theme=theme, parent=self)
        self._summary = Text("", type_style="strong", parent=self)
        self._warning = Text("", type_style="strong", tone="warning", parent=self)
        self._help = Text("", type_style="caption", tone="muted", parent=self)
        self._build()
        self._connect()

    def _build(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self._insert, self._remove, self._up, self._down, self._paste):
            buttons.addWidget(button)
        buttons.addStretch(1)
        texts = QVBoxLayout()
        texts.setSpacing(4)
        for text in (self._summary, self._warning, self._help):
            texts.addWidget(text)
        texts.addStretch(1)
        below = QHBoxLayout()
        below.setSpacing(12)
        below.addWidget(self._sketch, 0, Qt.AlignmentFlag.AlignTop)
        below.addLayout(texts, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3, 3, 3, 3)
        layout.setSpacing(8)
        layout.addWidget(self._table)
        layout.addLayout(buttons)
        layout.addLayout(below)

    def _connect(self) -> None:
        self._model.edited.connect(self._on_model_edited)
        self._table.paste_wanted.connect(self.paste)
        self._table.selectionModel().currentChanged.connect(lambda now, _old: self._sketch.set_current(now.row()))
        self._insert.clicked.connect(self._table.insert_before)
        self._remove.clicked.connect(self._table.remove_current)
        self._up.clicked.connect(lambda: self._table.shift(-1))
        self._down.clicked.connect(lambda: self._table.shift(1))
        self._paste.clicked.connect(self.paste)

    @property
    def table(self) -> PointTable:
        """The input."""
        return self._table

    @override
    def _repaint_view(self) -> None:
        self._retranslate()
        view = self.view
        for button in (self._insert, self._remove, self._up, self._down, self._paste):
            button.setEnabled(not view.is_readonly)
        if view.text != self._reported or self._model.is_locked != view.is_readonly:
            self._reported = view.text
            points = split_stored(view.text)
            is_repeated = self.is_shape and len(points) > 1 and points[0][:2] == points[-1][:2]
            self._model.show_points(points[:-1] if is_repeated else points, locked=view.is_readonly)
        self._show_measures()

    def _retranslate(self) -> None:
        self._insert.setText(_("Insert a point"))
        self._insert.set_shortcut_hint(_("Insert a point before the current one"), "Ins")
        self._remove.setText(_("Remove"))
        self._remove.set_shortcut_hint(_("Remove the current point"), "Del")
        self._paste.setText(_("Paste a list"))
        self._paste.set_shortcut_hint(_("Paste a list of coordinates, one point on each line"), "Ctrl+V")
        self._help.setText(
            _(
                "Type latitude and longitude in degrees; Enter leads to the next field. "
                "Altitude and accuracy may stay empty."
            )
        )

    @override
    def inputs(self) -> tuple[QWidget, ...]:
        return (self._table, self._insert, self._remove, self._up, self._down, self._paste)

    @override
    def take_focus(self) -> None:
        if not self._table.currentIndex().isValid():
            self._table.go_to(0 if self._model.is_locked else self._model.count)
        self._table.setFocus(Qt.FocusReason.TabFocusReason)

    @override
    def clear_answer(self) -> None:
        if not self._model.is_locked:
            self._model.show_points((), locked=False)
            self._on_model_edited()

    def paste(self) -> None:
        """Takes the points of the clipboard in before the current one, or says why not."""
        if self._model.is_locked:
            return
        found = read_points(QGuiApplication.clipboard().text())
        problem = found.problem
        if not problem and self._model.count + len(found.points) > MOST_POINTS:
            sentence = _("At most {limit} points are taken. Nothing was taken over.")
            problem = sentence.format(limit=current_language().number(MOST_POINTS))
        self._pasted_problem = problem
        if problem:
            self.input_refused.emit(problem)
            return
        points = list(found.points)
        if self.is_shape and len(points) > self.fewest and points[0][:2] == points[-1][:2]:
            points.pop()  # the closing point is written by the program
        row = self._table.row
        self._model.insert(row, points)
        self._table.go_to(row + len(points))

    @override
    def commit(self) -> None:
        if self._view is None or self.view.is_readonly:
            return
        self._table.finish_editing()
        self._report(says_incomplete=not self.holds_focus())

    def _on_model_edited(self) -> None:
        self._pasted_problem = ""
        self._show_measures()
        self._report(says_incomplete=False)

    def _report(self, *, says_incomplete: bool) -> None:
        """Stores the points where all are complete; an open list is no mistake while it is being typed."""
        answer, is_open = self._read()
        problem = self._pasted_problem or ("" if is_open and not says_incomplete else answer.problem)
        self.input_refused.emit(problem)
        if not answer.problem and answer.stored != self._reported:
            self._reported = answer.stored
            self.answer_chosen.emit(answer.stored)

    def _read(self) -> tuple[Typed, bool]:
        """The stored text, or what is wrong, and whether it is only not finished yet."""
        language = current_language()
        points: list[Fields] = []
        for number, typed in enumerate(self._model.typed(), start=1):
            fields, problem = read_fields(typed, language)
            is_open = not (typed[0] and typed[1])
            if problem or is_open:
                reason = problem or _("A point needs latitude and longitude.")
                sentence = _("Point {number}: {reason} The points are stored when this is mended.")
                return Typed(problem=sentence.format(number=number, reason=reason)), is_open
            points.append(fields)
        if points and len(points) < self.fewest:
            return Typed(problem=self._too_few()), True
        if self.is_shape and points:
            points.append(points[0])
        return Typed(stored="; ".join(join_point(*point) for point in points)), False

    def _too_few(self) -> str:
        return _("A line needs at least two points.")

    def _points(self) -> list[Point]:
        """The points that are complete."""
        language = current_language()
        found = []
        for typed in self._model.typed():
            fields, problem = read_fields(typed, language)
            if not problem and fields[0]:
                found.append(Point(float(fields[0]), float(fields[1])))
        return found

    def _show_measures(self) -> None:
        points = self._points()
        count = ngettext("{n} point", "{n} points", len(points)).format(n=len(points))
        self._sketch.show_points(points, closed=self.is_shape)
        self._sketch.setVisible(bool(points))
        self._summary.setText(" · ".join((count, *self._measures(points))))
        warning = self._doubt(points)
        self._warning.setText(warning)
        self._warning.setVisible(bool(warning))

    def _measures(self, points: list[Point]) -> tuple[str, ...]:
        return (_("length {length}").format(length=shown_length(length_m(points))),) if len(points) > 1 else ()

    def _doubt(self, points: list[Point]) -> str:
        """What is possible and yet probably a slip."""
        if any(one == other for one, other in pairwise(points)):
            return _("The same point stands twice in a row.")
        return ""

    @override
    def accessible_value(self) -> str:
        return self._summary.text()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            event.accept()  # without a point in the table there is nothing to remove
        else:
            event.ignore()

    @override
    def _name_inputs(self) -> None:
        question = plain(self.view.label) or self.view.name
        self._table.setAccessibleName(_("{question}: table of points").format(question=question))
        self._up.set_name(_("Move the point up"), "Alt+Up")
        self._down.set_name(_("Move the point down"), "Alt+Down")
        for button in (self._insert, self._remove, self._paste):
            button.setAccessibleName(f"{question}: {button.text()}")
        self._sketch.setAccessibleName(_("{question}: sketch").format(question=question))
        for widget in self.inputs():
            widget.setAccessibleDescription(self._description)
