"""A range as a slider with its number beside it."""

from typing import ClassVar

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QWidget
from typing_extensions import override

from roadmapdesk.desktop.interview.controls.answer_slider import BAND, AnswerSlider
from roadmapdesk.desktop.interview.controls.base import Control
from roadmapdesk.desktop.interview.controls.line import AnswerLine
from roadmapdesk.desktop.interview.controls.numbers import read_decimal, show_number
from roadmapdesk.desktop.interview.controls.range_steps import RangeSteps
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.i18n import current_language
from roadmapdesk.i18n import gettext as _
from roadmapdesk.workspace.wording import plain

_MOST_TICKS = 100
_NOWHERE = Qt.AlignmentFlag(0)


class RangeSlider(Control):
    """A slider and a line for the number; without an answer the line is empty and the slider is pale.

    It has a tick for every step, or for every ``tick_interval``, unless the form says ``no-ticks``.
    """

    orientation: ClassVar[Qt.Orientation] = Qt.Orientation.Horizontal

    def __init__(self, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme=theme, parent=parent)
        self._steps = RangeSteps({})
        self._slider = AnswerSlider(self.orientation, self, theme=theme)
        self._slider.valueChanged.connect(self._on_slider_changed)
        self._slider.let_go.connect(self._answer)
        self._low = QLabel(self)
        self._high = QLabel(self)
        for label in (self._low, self._high):
            label.setProperty("type", "caption")
            label.setProperty("tone", "muted")
        self._line = AnswerLine(self)
        self._line.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._line.left.connect(self.commit)
        theme.changed.connect(self._fit)
        self._place()
        self._fit()

    def _place(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(3, 3, 3, 3)
        layout.setSpacing(8)
        for widget, stretch in ((self._low, 0), (self._slider, 1), (self._high, 0), (self._line, 0)):
            layout.addWidget(widget, stretch, Qt.AlignmentFlag.AlignTop if widget is not self._slider else _NOWHERE)

    def _fit(self) -> None:
        self._line.setFixedWidth(self._theme.px(96))
        if self.orientation is Qt.Orientation.Horizontal:
            for label in (self._low, self._high):
                label.setFixedHeight(self._theme.px(BAND))  # its middle is at the groove, whatever stands below that

    @override
    def _repaint_view(self) -> None:
        view = self.view
        self._steps = RangeSteps(dict(view.parameters))
        language = current_language()
        self._low.setText(show_number(self._steps.text(0), language))
        self._high.setText(show_number(self._steps.text(self._steps.count), language))
        place = self._steps.place(view.text)
        self._slider.words_of = lambda at: show_number(self._steps.text(at), language)
        with QSignalBlocker(self._slider):
            self._slider.setRange(0, self._steps.count)
            self._slider.setValue(place if place is not None else self._steps.resting)
            self._slider.setTickInterval(self._steps.ticks)
            has_ticks = "no-ticks" not in view.appearances and self._steps.count // self._steps.ticks <= _MOST_TICKS
            self._slider.setTickPosition(
                QSlider.TickPosition.TicksBelow if has_ticks else QSlider.TickPosition.NoTicks
            )
        self._slider.set_labels(self._labels())
        self._slider.is_answered = bool(view.text)
        self._slider.update()
        self._slider.setEnabled(not view.is_readonly)
        self._line.setReadOnly(view.is_readonly)
        if not self._line.hasFocus():
            self._line.setText(show_number(view.text, language))
        self._line.setPlaceholderText("–")

    def _labels(self) -> dict[int, str]:
        """The labels of values by place, with those of the other language where both stand side by side."""
        labels = self._steps.labels(self.view.choices)
        others = self._steps.labels(self._second.choices) if self._second is not None else {}
        return {
            place: text if others.get(place, text) == text else f"{text} / {others[place]}"
            for place, text in labels.items()
        }

    @override
    def accessible_value(self) -> str:
        place = self._steps.place(self.view.text)
        label = self._labels().get(place, "") if place is not None else ""
        return ", ".join(part for part in (show_number(self.view.text, current_language()), label) if part)

    @override
    def inputs(self) -> tuple[QWidget, ...]:
        return (self._slider, self._line)

    @override
    def choose_digit(self, digit: int, *, is_held: bool) -> bool:
        if is_held or self._steps.place(str(digit)) is None or self._line.hasFocus() or self._steps.count > 9:
            return False
        self.answer_chosen.emit(str(digit))
        return True

    @override
    def commit(self) -> None:
        if self._view is None or self.view.is_readonly:
            return
        answer = read_decimal(self._line.text(), current_language())
        if answer.problem:
            self.input_refused.emit(answer.problem)
            return
        place = self._steps.place(answer.stored) if answer.stored else 0
        if place is None:
            language = current_language()
            self.input_refused.emit(
                _("Valid are {first} to {last} in steps of {step}.").format(
                    first=show_number(self._steps.text(0), language),
                    last=show_number(self._steps.text(self._steps.count), language),
                    step=show_number(format(abs(self._steps.step), "f"), language),
                )
            )
            return
        self.input_refused.emit("")
        stored = self._steps.text(place) if answer.stored else ""
        if stored != self.view.text:
            self.answer_chosen.emit(stored)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._slider.hasFocus() and event.key() == Qt.Key.Key_Space and not self.view.text and self._is_open():
            self._answer(self._slider.value())
            event.accept()
            return
        if self._line.hasFocus():
            event.ignore()
            return
        super().keyPressEvent(event)

    @override
    def _name_inputs(self) -> None:
        question = plain(self.view.label) or self.view.name
        self._slider.setAccessibleName(_("{question}: slider").format(question=question))
        self._line.setAccessibleName(_("{question}: number").format(question=question))
        for widget in self.inputs():
            widget.setAccessibleDescription(self._description)

    def _on_slider_changed(self, place: int) -> None:
        self._line.setText(show_number(self._steps.text(place), current_language()))
        if not self._slider.is_pointed_at:
            self._answer(place)

    def _answer(self, place: int) -> None:
        stored = self._steps.text(place)
        self._line.setText(show_number(stored, current_language()))
        self.input_refused.emit("")
        self.answer_chosen.emit(stored)
