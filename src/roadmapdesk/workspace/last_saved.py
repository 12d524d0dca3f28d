"""The record that a form reads as the last one saved, so that a new interview can begin with what was said before."""

from roadmapdesk.storage.project import Project
from roadmapdesk.workspace.forms import definition_of, load_lists
from roadmapdesk.xforms.definition.form import FormDefinition
from roadmapdesk.xforms.definition.instances import LAST_SAVED
from roadmapdesk.xforms.session.session import FormSession


def last_saved(project: Project, definition: FormDefinition, interview_id: str) -> bytes | None:
    """The interview with this form, in any version of it, that was finished last; None where the form reads none.

    Args:
        project: the open project.
        definition: the form.
        interview_id: the interview that reads it, which is never its own predecessor.
    """
    if all(data.get("src") != LAST_SAVED for data in definition.data["instances"]):
        return None
    forms = {form.sha for form in project.forms.list() if form.form_id == definition.form_id}
    rows = [row for row in project.interviews.list() if row.state.counts and row.id != interview_id]
    heads = [found[-1] for row in rows if (found := project.revisions.heads(row.id))]
    heads = [revision for revision in heads if revision.body["form"] in forms]
    if not heads:
        return None
    latest = max(heads, key=lambda revision: (revision.created_at, revision.sha))
    form = definition_of(project.forms.get(latest.body["form"]))
    lists = load_lists(project, latest.body.get("lists", {}))
    return FormSession.restore(form, latest.answers, resources=lists).to_submission().xml
