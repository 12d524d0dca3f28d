"""The frame of dialogs grows when a field says what is wrong, so that the sentence is never below the fold."""

from PySide6.QtWidgets import QLineEdit, QWidget

from roadmapdesk.desktop.safety.contacts import ChooseListDialog
from roadmapdesk.desktop.theme import Scheme, Theme
from roadmapdesk.desktop.widgets.dialog import Dialog
from roadmapdesk.desktop.widgets.form_row import FormRow
from roadmapdesk.i18n import set_language


def test_a_dialog_grows_for_the_sentence_below_a_field(qtbot):
    theme = Theme(scheme=Scheme.LIGHT)
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 700)
    window.show()
    dialog = Dialog(title="Title", confirm="Go", refuse="Stop", theme=theme, parent=window)
    row = FormRow("Field", QLineEdit(), theme=theme, parent=dialog)
    dialog.content.addWidget(row)
    dialog.show()
    qtbot.waitExposed(dialog)
    before = dialog.height()
    row.set_error("This is no code. Valid is for example I03.")
    qtbot.waitUntil(lambda: dialog.height() > before)
    grown = dialog.height()
    assert dialog._body.verticalScrollBar().maximum() == 0
    row.set_error("")
    assert dialog.height() == grown


def test_a_dialog_never_stands_with_its_buttons_below_the_screen(qtbot):
    theme = Theme(scheme=Scheme.LIGHT)
    window = QWidget()
    qtbot.addWidget(window)
    window.setGeometry(window.screen().availableGeometry())
    window.show()
    dialog = Dialog(title="Title", confirm="Go", refuse="Stop", theme=theme, parent=window)
    row = FormRow("Field", QLineEdit(), theme=theme, parent=dialog)
    dialog.content.addWidget(row)
    dialog.show()
    qtbot.waitExposed(dialog)
    bottom = window.screen().availableGeometry().bottom()
    dialog.move(dialog.x(), bottom - dialog.height())
    before = dialog.height()
    row.set_error("This is no code. Valid is for example I03.")
    qtbot.waitUntil(lambda: dialog.height() > before)
    assert dialog.frameGeometry().bottom() <= bottom
    dialog.move(dialog.x(), bottom)
    dialog.fit()
    assert dialog.frameGeometry().bottom() <= bottom


def test_a_dialog_does_not_scroll_because_of_its_own_scroll_bar(program, settle):
    """Beside the bar the hint needs one line more, and the bar was only needed for that line."""
    set_language("en")
    program.desk.theme.set_factor(2.0)
    program.window.resize(1366, 768)
    settle()
    dialog = ChooseListDialog(theme=program.desk.theme, parent=program.window)
    dialog.show()
    settle()
    assert dialog.height() < dialog._room().height()
    assert dialog._body.verticalScrollBar().maximum() == 0
    dialog.close()
