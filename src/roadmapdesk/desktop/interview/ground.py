"""What the questions of a page stand on while they scroll."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFrame
from typing_extensions import override


class Ground(QFrame):
    """Holds what scrolls. It asks for no height of its own beyond what its contents need at their width.

    Qt would make a page at least as high as all its texts broken into their shortest lines: the page would scroll on
    into empty room below its last question.
    """

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), 0)
