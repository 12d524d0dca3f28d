"""The installed Qt binding keeps its references: a broken build aborts the program after some minutes."""

import sys

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal from Python 3.12 on")
def test_qt_calls_without_a_result_keep_the_references_to_none(qtbot: QtBot) -> None:
    edit = QLineEdit()
    qtbot.addWidget(edit)
    edit.setText("")
    before = sys.getrefcount(None)

    for number in range(100):
        edit.setText(str(number))

    assert abs(sys.getrefcount(None) - before) < 50
