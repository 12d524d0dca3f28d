"""Only forms that can be filled get into a project."""

import pytest

from roadmapdesk.storage import create_project
from roadmapdesk.workspace.forms import add_form
from roadmapdesk.xforms.problems import FormError

FOREIGN_FUNCTION = """
|survey|
||type|name|label|calculation|
||integer|first|First||
||calculate|mean||cht:extension-lib('average.js', ${first})|
"""


def test_a_form_with_a_function_of_another_program_is_refused_and_not_kept(tmp_path):
    path = tmp_path / "form.md"
    path.write_text(FOREIGN_FUNCTION, encoding="utf-8")
    with create_project(tmp_path / "study", title="Study", language="de") as project:
        with pytest.raises(FormError) as refusal:
            add_form(project, path)
        assert "cht:extension-lib" in refusal.value.sentence
        assert project.forms.list() == ()
