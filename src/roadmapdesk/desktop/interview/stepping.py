"""The keys that lead from question to question."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_DIRECTIONS = {Qt.KeyboardModifier.NoModifier: 1, Qt.KeyboardModifier.ShiftModifier: -1}


def direction_of(event: QKeyEvent) -> int:
    """1 where the key leads to the next question, -1 to the one before, 0 where it leads to none."""
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if event.key() in _ENTER:
        return _DIRECTIONS.get(modifiers, 0)
    if modifiers == Qt.KeyboardModifier.ControlModifier:
        return {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
    return 0
