"""A point on the map typed as latitude and longitude, with a check of both."""

import re

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget
from typing_extensions import override

from roadmapdesk.desktop.interview.controls.base import Control
from roadmapdesk.desktop.interview.controls.line import AnswerLine, clean_typed
from roadmapdesk.desktop.interview.controls.numbers import Typed, read_decimal, show_number
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.i18n import current_language
from roadmapdesk.i18n import gettext as _
from roadmapdesk.workspace.wording import plain

_PAIR = re.compile(r"\s*(-?\d{1,3}(?:\.\d+)?)\s*[,;\s]\s*(-?\d{1,3}(?:\.\d+)?)\s*")


def split_pair(pasted: str) -> tuple[str, str] | None:
    """Latitude and longitude of a pasted pair such as ``51.05, 13.74``; None where it is no pair."""
    match = _PAIR.fullmatch(pasted)
    return (match.group(1), match.group(2)) if match else None


def join_point(latitude: str, longitude: str, altitude: str, accuracy: str) -> str:
    """The stored point; missing altitude and accuracy are 0, as ODK writes them."""
    return f"{latitude} {longitude} {altitude or '0'} {accuracy or '0'}"


class GeopointLines(Control):
    """Latitude, longitude and, where known, altitude and accuracy in metres. A pasted pair fills both."""

    def __init__(self, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme=theme, parent=parent)
        self._lines = tuple(AnswerLine(self) for _number in range(4))
        self._labels = tuple(QLabel(self) for _number in range(4))
        self._reported = ""
        grid = QGridLayout(self)
        grid.setContentsMargins(3, 3, 3, 3)
        grid.setHorizontalSpacing(8)
        for column, (label, line) in enumerate(zip(self._labels, self._lines, strict=True)):
            label.setProperty("type", "caption")
            label.setProperty("tone", "muted")
            label.setBuddy(line)
            line.setFixedWidth(theme.px(124))
            line.left.connect(self.commit)
            line.textEdited.connect(self._on_line_edited)
            grid.addWidget(label, 0, column)
            grid.addWidget(line, 1, column)
        grid.setColumnStretch(4, 1)

    @override
    def _repaint_view(self) -> None:
        names = (_("Latitude"), _("Longitude"), _("Altitude in m"), _("Accuracy in m"))
        for label, name in zip(self._labels, names, strict=True):
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
        answer = self._read()
        is_between = not answer.problem or any(line.hasFocus() for line in self._lines)
        self.input_refused.emit("" if is_between else answer.problem)
        if not answer.problem and answer.stored != self._reported:
            self._reported = answer.stored
            self.answer_chosen.emit(answer.stored)

    def _read(self) -> Typed:
        parts = [read_decimal(clean_typed(line.text()), current_language()) for line in self._lines]
        problem = next((part.problem for part in parts if part.problem), "")
        if problem:
            return Typed(problem=problem)
        latitude, longitude, altitude, accuracy = (part.stored for part in parts)
        if not latitude and not longitude:
            return Typed()
        if not latitude or not longitude:
            return Typed(problem=_("A point needs latitude and longitude."))
        if abs(float(latitude)) > 90 or abs(float(longitude)) > 180:
            return Typed(problem=_("Latitude is between −90 and 90, longitude between −180 and 180."))
        return Typed(stored=join_point(latitude, longitude, altitude, accuracy))

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
        pair = split_pair(text)
        if pair is not None:
            for line, part in zip(self._lines, pair, strict=False):
                line.setText(show_number(part, current_language()))
            self.commit()
