"""A problem below a field goes as soon as what it speaks of is mended."""

from pathlib import Path

from PySide6.QtWidgets import QComboBox, QLineEdit

from roadmapdesk.desktop.projects.dialogs import NewProjectDialog
from roadmapdesk.desktop.safety.passphrase_fields import PassphraseFields
from roadmapdesk.desktop.widgets.form_row import FormRow


def test_a_problem_goes_with_the_title_or_the_folder_that_it_speaks_of(
    program, prompts, settle, tmp_path: Path
) -> None:
    program.window.menu.actions["new_project"].trigger()
    settle()
    dialog = prompts.dialogs[-1]
    assert isinstance(dialog, NewProjectDialog)
    dialog._folder.setText(str(tmp_path))
    dialog.accept()
    assert dialog._title_row.error

    dialog._title.setText("Studie")
    assert dialog._title_row.error == ""
    dialog._title.clear()
    assert dialog._title_row.error == ""  # nobody is interrupted while typing

    (tmp_path / "Studie.roadmapdesk").mkdir()
    dialog._title.setText("Studie")
    dialog.accept()
    assert "schon ein Projekt" in dialog._title_row.error
    dialog._folder.setText(str(tmp_path / "anderswo"))
    assert dialog._title_row.error == ""
    dialog.close()


def test_a_wrong_entry_is_checked_with_each_key(theme, qtbot) -> None:
    entry = QLineEdit()
    row = FormRow("Code", entry, theme=theme, check=lambda: "" if entry.text().isdigit() else "kein Code")
    qtbot.addWidget(row)

    assert not row.validate()
    entry.setText("x")
    assert row.error == "kein Code"
    entry.setText("7")
    assert row.error == ""


def test_a_problem_without_a_check_goes_with_another_choice(theme, qtbot) -> None:
    box = QComboBox()
    box.addItems(["a", "b"])
    row = FormRow("Auswahl", box, theme=theme)
    qtbot.addWidget(row)
    row.set_error("passt nicht")
    box.setCurrentIndex(1)

    assert row.error == ""


def test_the_repeated_passphrase_is_compared_again_when_the_first_changes(theme, qtbot) -> None:
    fields = PassphraseFields(theme=theme)
    qtbot.addWidget(fields)
    fields.first.setText("eine lange Passphrase")
    fields._second.setText("eine lange Passphrase!")
    assert not fields.check()
    qtbot.keyClicks(fields.first, "!")

    assert fields._second_row.error == ""
    assert fields.check()


def test_a_dialog_grows_with_its_problems_and_wastes_no_room(program, prompts, settle) -> None:
    program.window.menu.actions["new_project"].trigger()
    settle()
    dialog = prompts.dialogs[-1]
    before = dialog.height()
    title, folder = dialog._title_row, dialog._folder_row
    assert folder.y() - title.geometry().bottom() <= dialog.content.spacing() + 1
    assert title.height() <= title.sizeHint().height()
    dialog.accept()
    settle()

    assert dialog.height() > before
    assert dialog._body.verticalScrollBar().maximum() == 0
    dialog.close()
