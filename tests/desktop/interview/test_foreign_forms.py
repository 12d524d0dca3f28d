"""Forms from elsewhere: every page of each opens, and every question can be given the focus."""

from pathlib import Path

import pytest

from roadmapdesk.desktop.interview.page import InterviewPage
from roadmapdesk.errors import RoadmapDeskError
from roadmapdesk.workspace.forms import add_form
from roadmapdesk.workspace.interviewing import start_interview
from roadmapdesk.xforms.problems import FormError

FORMS = Path(__file__).resolve().parents[4] / "shared" / "forms"
QUICK = ("XLSForm-widgets.xls", "getodk-all-question-types-v2024091201-3.xlsx")
FILES = sorted(path.name for path in FORMS.glob("*.xls*")) if FORMS.is_dir() else []


@pytest.mark.skipif(not FILES, reason="the shared forms (../shared/forms) are not on this machine")
@pytest.mark.parametrize(
    "name", [name if name in QUICK else pytest.param(name, marks=pytest.mark.slow) for name in FILES] or ["none"]
)
def test_every_page_of_a_form_opens_and_names_its_inputs(name, project, look, qtbot):
    try:
        form = add_form(project, FORMS / name)
    except (RoadmapDeskError, FormError) as refusal:
        pytest.skip(f"refused by the form check: {type(refusal).__name__}")
    page = InterviewPage(project=project, interview_id=start_interview(project, form_sha=form.sha), desk=look)
    qtbot.addWidget(page)
    page.show()
    for section in page.interview.pages.sections:
        if section.refs:
            page.travel.choose(section.key)
            for row in page.questions.rows():
                page.questions.focus_question(row.ref)
                assert all(widget.accessibleName() for widget in row.control.inputs()), row.ref
    page.conductor.flush()
    look.jobs.finish()
    assert page.conductor.queue.error is None
