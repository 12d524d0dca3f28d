"""Trying a form out begins in the program's language where the form speaks it."""

import pytest
from PySide6.QtWidgets import QWidget

from roadmapdesk.desktop.forms.trial_window import TrialWindow
from roadmapdesk.i18n import set_language
from roadmapdesk.storage import create_project
from roadmapdesk.workspace.form_register import trial_material
from roadmapdesk.workspace.forms import add_form

FORM = """
|survey|
||type|name|label::Deutsch (de)|label::English (en)|
||text|first|Erste Frage|First question|
|settings|
||form_title|form_id|default_language|
||Probe|probe|Deutsch (de)|
"""


@pytest.mark.parametrize(("language", "shown"), [("en", "English (en)"), ("de", "Deutsch (de)")])
def test_a_trial_speaks_the_language_of_the_program(qtbot, desk, tmp_path, language, shown):
    set_language(language)
    path = tmp_path / "form.md"
    path.write_text(FORM, encoding="utf-8")
    with create_project(tmp_path / "study", title="Study", language="de") as project:
        above = QWidget()
        qtbot.addWidget(above)
        material = trial_material(project, project.forms.get(add_form(project, path).sha))
        window = TrialWindow(material, project=project, title="Probe", desk=desk, parent=above)
        assert window.interview.session.language == shown
        assert window.language.currentData() == shown
        window.close()
