"""A range as an upright slider, the highest value on top."""

from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout
from typing_extensions import override

from roadmapdesk.desktop.interview.controls.range_slider import RangeSlider


class VerticalRange(RangeSlider):
    """The appearance ``vertical``; Up and Down move the handle."""

    orientation: ClassVar[Qt.Orientation] = Qt.Orientation.Vertical

    @override
    def _place(self) -> None:
        layout = QGridLayout(self)
        layout.setContentsMargins(3, 3, 3, 3)
        layout.setHorizontalSpacing(8)
        layout.addWidget(self._slider, 0, 0, 3, 1)
        layout.addWidget(self._high, 0, 1, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._line, 1, 1, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self._low, 2, 1, Qt.AlignmentFlag.AlignBottom)
        layout.setColumnStretch(2, 1)
