"""Questionnaires of a project: adding them, what they mean, and the lists that the register writes for them."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from roadmapdesk.domain.external_lists import EXTRA_SHEET, external_files
from roadmapdesk.domain.question_roles import QuestionRoles
from roadmapdesk.paths import cache_folder, forms_folder
from roadmapdesk.storage.project import Project
from roadmapdesk.storage.values import FormSummary, StoredForm
from roadmapdesk.workspace.form_files import keep_form_files, read_form_files

if TYPE_CHECKING:
    from roadmapdesk.xforms.definition.form import FormDefinition
    from roadmapdesk.xforms.xlsform.compiler import CompiledForm

ROLES_SHEET = "roles"
SCORING_SHEET = "scoring"
_CURRENT = "current_form"


def shipped_form() -> Path:
    """The questionnaire that new projects offer."""
    return forms_folder() / "site_assessment.md"


def add_form(project: Project, path: Path) -> FormSummary:
    """Compiles a form file and keeps it in the project with the files of its media folder.

    Adding the same content again changes nothing.

    Raises:
        FormFileError: when the file is missing, hostile, or has errors; the sentence holds the first one.
        FormError: when the compiled form cannot be run.
    """
    from roadmapdesk.xforms.xlsform.compiler import compile_form  # noqa: PLC0415 — only when a form comes in

    summary = store_form(project, compile_form(path), source=path.read_bytes(), source_name=path.name)
    keep_form_files(project, summary.sha, read_form_files(path))
    return summary


def store_form(project: Project, compiled: "CompiledForm", *, source: bytes, source_name: str) -> FormSummary:
    """Keeps a form that was compiled already, with the file it came from.

    Raises:
        FormFileError: when it has errors; the sentence holds the first one.
        FormError: when the compiled form cannot be run.
    """
    from roadmapdesk.xforms.definition.form import FormDefinition  # noqa: PLC0415 — only when a form comes in
    from roadmapdesk.xforms.session.session import FormSession  # noqa: PLC0415 — see above

    definition = FormDefinition.from_xml(compiled.require_usable(source_name).xform_xml)
    FormSession(definition)  # what cannot begin now could not begin with a respondent at the table either
    sha = project.forms.add(
        compiled.xform_xml,
        form_id=definition.form_id,
        version=definition.version,
        title=definition.title,
        extra={name: [dict(row) for row in rows] for name, rows in compiled.extra_sheets.items()},
        source=source,
        source_name=source_name,
    )
    return next(summary for summary in project.forms.list() if summary.sha == sha)


def current_form(project: Project) -> FormSummary | None:
    """The form that new interviews use: the chosen one, else the one added last; None in a project without forms."""
    forms = project.forms.list()
    chosen = project.settings.get(_CURRENT)
    return next((form for form in forms if form.sha == chosen), forms[0] if forms else None)


def set_current_form(project: Project, sha: str) -> None:
    """Has new interviews use this form from now on; running interviews keep theirs.

    Raises:
        KeyError: when the project does not hold it.
    """
    project.forms.get(sha)
    project.settings.set(_CURRENT, sha)


def definition_of(form: StoredForm) -> "FormDefinition":
    """The form ready to run; kept in memory by its hash, because it is immutable and shared by all sessions."""
    return _definition(form.sha, form.xml)


@lru_cache(maxsize=8)
def _definition(_sha: str, xml: bytes) -> "FormDefinition":
    from roadmapdesk.xforms.definition.cache import cached_definition  # noqa: PLC0415 — the list needs no form engine

    return cached_definition(xml, cache_folder())


def roles_of(form: StoredForm) -> QuestionRoles:
    """What the form's questions mean; empty for a form without the sheet."""
    return QuestionRoles.from_rows(form.extra.get(ROLES_SHEET, ()))


def scoring_rows(form: StoredForm) -> tuple[Mapping[str, str], ...]:
    """The rows of the form's scoring sheet; empty for a form without one."""
    return tuple(form.extra.get(SCORING_SHEET, ()))


def register_lists(project: Project, form: StoredForm) -> dict[str, bytes]:
    """The lists ``actors.csv`` and ``references.csv`` as the register stands now, file name → CSV.

    The organisation that conducts the study is no choice. The form's own special entries (another organisation, none,
    don't know) stand in its sheet ``external_rows`` and come last.
    """
    return external_files(
        (actor for actor in project.actors.list() if actor.is_interviewed),
        project.networks.list(),
        languages=definition_of(form).languages,
        extra_rows=form.extra.get(EXTRA_SHEET, ()),
    )


def store_lists(project: Project, lists: Mapping[str, bytes]) -> dict[str, str]:
    """Keeps lists by hash and returns list name → hash, as an interview refers to them."""
    return {name: project.lists.add(name, content) for name, content in lists.items()}


def load_lists(project: Project, lists: Mapping[str, str]) -> dict[str, bytes]:
    """The lists that an interview was made with, list name → content."""
    return {name: project.lists.get(sha) for name, sha in lists.items()}
