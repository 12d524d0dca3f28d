"""A point on the map typed as latitude and longitude, with a check of both."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget
from typing_extensions import override

from roadmapdesk.desktop.interview.controls.base import Control
from roadmapdesk.desktop.interview.controls.coordinates import join_point, read_fields, split_point
from roadmapdesk.desktop.interview.controls.line import AnswerLine
from roadmapdesk.desktop.interview.controls.numbers import Typed, show_number
from roadmapdesk.desktop.interview.controls.point_model import field_names
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.i18n import current_language
from roadmapdesk.workspace.wording import plain

_PASTED = 4  # signs at once: nobody types that fast


class GeopointLines(Control):
    """Latitude, longitude and, where known, altitude and accuracy in metres. A pasted pair fills both."""

    def __init__(self, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme=theme, parent=parent)
        self._lines = tuple(AnswerLine(self) for _number in range(4))
        self._labels = tuple(QLabel(self) for _number in range(4))
        self._reported = ""
        self._length = 0
        grid = QGridLayout(self)
        grid.setContentsMargins(3, 3, 3, 3)
        grid.setHorizontalSpacing(8)
        for column, (label, line) in enumerate(zip(self._labels, self._lines, strict=True)):
            label.setProperty("type", "caption")
            label.setProperty("tone", "muted")
            label.setBuddy(line)
            line.left.connect(self.commit)
            line.textEdited.connect(self._on_line_edited)
            grid.addWidget(label, 0, column)
            grid.addWidget(line, 1, column)
        grid.setColumnStretch(4, 1)
        theme.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        for line in self._lines:
            line.setFixedWidth(self._theme.px(124))

    @override
    def _repaint_view(self) -> None:
        for label, name in zip(self._labels, field_names(), strict=True):
            label.setText(name)
        for line in self._lines:
            line.setReadOnly(self.view.is_readonly)
        stored = self.view.text
        if stored == self._reported and any(line.text() for line in self._lines):
            return
        self._reported = stored
        parts = [*stored.split(), "", "", "", ""][:4]
        for line, part in zip(self._lines, parts, strict=True):
            line.setText(show_number(part, current_language()))

    @override
    def inputs(self) -> tuple[QWidget, ...]:
        return self._lines

    @override
    def clear_answer(self) -> None:
        for line in self._lines:
            line.clear()
        self.commit()

    @override
    def commit(self) -> None:
        if self._view is None or self.view.is_readonly:
            return
        self._split(self._lines[0].text())
        answer = self._read()
        is_between = not answer.problem or any(line.hasFocus() for line in self._lines)
        self.input_refused.emit("" if is_between else answer.problem)
        if not answer.problem and answer.stored != self._reported:
            self._reported = answer.stored
            self.answer_chosen.emit(answer.stored)

    def _read(self) -> Typed:
        fields, problem = read_fields(tuple(line.text() for line in self._lines), current_language())
        if problem or not any(fields):
            return Typed(problem=problem)
        return Typed(stored=join_point(*fields))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            event.ignore()

    @override
    def _name_inputs(self) -> None:
        question = plain(self.view.label) or self.view.name
        for label, line in zip(self._labels, self._lines, strict=True):
            line.setAccessibleName(f"{question}: {label.text()}")
            line.setAccessibleDescription(self._description)

    def _on_line_edited(self, text: str) -> None:
        is_pasted = len(text) - self._length >= _PASTED
        self._length = len(text)
        if is_pasted and self._split(text):
            self.commit()

    def _split(self, text: str) -> bool:
        """Spreads a pair that stands in one line over all lines."""
        point = split_point(text)
        if point is None:
            return False
        for line, part in zip(self._lines, point, strict=True):
            line.setText(show_number(part, current_language()))
        self._length = 0
        return True
