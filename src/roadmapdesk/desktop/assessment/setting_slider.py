"""One setting as a slider with its name before and its value behind it; deaf to the wheel until focused."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QSlider, QWidget
from typing_extensions import override

from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.labels import ElidedLabel, Text


class _Slider(QSlider):
    """A horizontal slider that scrolls the page and not itself while it has no focus."""

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class SettingSlider(QWidget):
    """A name, a slider, a value.

    Args:
        key: which setting it is.
        low: smallest value.
        high: largest value.
        step: distance of two values.

    Attributes:
        value_changed: a person or the program moved it.
    """

    value_changed = Signal()

    def __init__(
        self, key: str, low: float, high: float, step: float, *, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.key = key
        self._step = step
        self._label = ElidedLabel("", type_style="caption", parent=self)
        self._label.setFixedWidth(theme.px(112))
        self._slider = _Slider(Qt.Orientation.Horizontal, self)
        self._slider.setObjectName(f"slider_{key}")
        self._slider.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._slider.setRange(round(low / step), round(high / step))
        self._slider.setPageStep(max(1, round(5 / step)))
        self._slider.setMinimumWidth(theme.px(104))
        self._number = Text("", type_style="caption", wraps=False, parent=self)
        self._number.setFixedWidth(theme.px(42))
        self._number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.space("s"))
        layout.addWidget(self._label)
        layout.addWidget(self._slider, 1)
        layout.addWidget(self._number)
        self._slider.valueChanged.connect(lambda _value: self.value_changed.emit())

    @property
    def value(self) -> float:
        """The chosen value."""
        return self._slider.value() * self._step

    def set_value(self, value: float) -> None:
        """Moves the slider without telling anybody; the nearest step is taken."""
        self._slider.blockSignals(True)
        self._slider.setValue(round(value / self._step))
        self._slider.blockSignals(False)

    def say(self, name: str, number: str) -> None:
        """Shows name and value, for the eye and the screen reader."""
        self._label.setText(name)
        self._number.setText(number)
        self._slider.setAccessibleName(name)
        self._slider.setAccessibleDescription(number)
        self._slider.setToolTip(f"{name}: {number}")
