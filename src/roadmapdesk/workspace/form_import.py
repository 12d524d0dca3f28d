"""Bringing a questionnaire into a project: read, list what is wrong, repair on request, try, keep, export again."""

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from roadmapdesk.errors import Message, RoadmapDeskError, reason_of
from roadmapdesk.files import replace_whole
from roadmapdesk.i18n import N_
from roadmapdesk.storage.content import now_utc
from roadmapdesk.storage.project import Project
from roadmapdesk.storage.values import FormSummary, StoredForm
from roadmapdesk.workspace.backups import back_up_before
from roadmapdesk.workspace.codebook import codebook_of
from roadmapdesk.workspace.form_files import keep_form_files, read_form_files
from roadmapdesk.workspace.form_fitness import Fitness, fitness_of
from roadmapdesk.workspace.forms import current_form, set_current_form, store_form
from roadmapdesk.workspace.places import refuse_project_place
from roadmapdesk.xforms.definition.form import FormDefinition
from roadmapdesk.xforms.problems import FormError
from roadmapdesk.xforms.safe_xml import XmlError
from roadmapdesk.xforms.xlsform import problems as says
from roadmapdesk.xforms.xlsform.compiler import CompiledForm, compile_form
from roadmapdesk.xforms.xlsform.problems import FormFileError, Problem, Severity
from roadmapdesk.xforms.xlsform.repairs import repair_tables
from roadmapdesk.xforms.xlsform.workbook import write_workbook

PATTERNS = ("*.xlsx", "*.xlsm", "*.xls", "*.csv", "*.md", "*.xml")
"""What a file dialog offers."""
NO_TABLES = Message(
    "form.no_tables",
    N_("“{name}” was written as an XForm; only forms that came from tables can be exported as a workbook."),
)
NOT_COPIED = Message("form.not_copied", N_("“{name}” cannot be written: {reason}. Is it open in another program?"))
Cancelled = Callable[[], bool]


class FormExportError(RoadmapDeskError):
    """The form cannot be exported."""


@dataclass(frozen=True)
class Candidate:
    """A form file that was read and is not in the project yet.

    Attributes:
        source: its bytes, after repairs those of the repaired workbook.
        name: its file name.
        compiled: what the compiler made of it, with all problems.
        repairs: how many repairs were carried out so far.
        files: what lay in the media folder beside it, by name.
    """

    source: bytes
    name: str
    compiled: CompiledForm
    repairs: int = 0
    files: Mapping[str, bytes] = field(default_factory=dict)

    @cached_property
    def form(self) -> StoredForm | None:
        """The form as the project would hold it; None while errors stand against it."""
        if not self.compiled.xform_xml:
            return None
        try:
            definition = FormDefinition.from_xml(self.compiled.xform_xml)
        except (FormError, XmlError):
            return None
        extra = {name: [dict(row) for row in rows] for name, rows in self.compiled.extra_sheets.items()}
        return StoredForm(
            sha=self.compiled.sha256,
            form_id=definition.form_id,
            version=definition.version,
            title=definition.title,
            xml=self.compiled.xform_xml,
            extra=extra,
            source=self.source,
            source_name=self.name,
            added_at=now_utc(),
        )

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything found in the file, in its order."""
        return self.compiled.problems

    @property
    def errors(self) -> int:
        """How many of them stop the form."""
        return sum(problem.severity is Severity.ERROR for problem in self.problems)

    @property
    def offered(self) -> int:
        """How many repairs the program can carry out by itself."""
        return len(repair_tables(self.compiled.tables, self.problems)[1]) if self.compiled.tables.sheets else 0

    @property
    def fitness(self) -> Fitness | None:
        """What an assessment can do with it; None while errors stand against it."""
        return fitness_of(self.form) if self.form is not None else None

    @property
    def questions(self) -> int:
        """How many questions it asks; 0 while errors stand against it."""
        return sum(bool(one.control) for one in codebook_of(self.form).entries.values()) if self.form else 0


def read_candidate(path: Path, *, is_cancelled: Cancelled | None = None) -> Candidate:
    """Reads and compiles a form file; for a background thread.

    Raises:
        FormFileError: missing, of no known kind, too large, cancelled, or beyond the compiler's limits.
    """
    try:
        source = path.read_bytes()
    except OSError as error:
        raise FormFileError(says.MISSING_FILE, name=path.name) from error
    return replace(_compile(source, path.name, 0, is_cancelled), files=read_form_files(path))


def repair_candidate(candidate: Candidate, *, is_cancelled: Cancelled | None = None) -> Candidate:
    """The same form with every offered repair carried out, compiled again; later rows keep their numbers.

    Raises:
        FormFileError: as for `read_candidate`.
    """
    tables, done = repair_tables(candidate.compiled.tables, candidate.problems)
    with tempfile.TemporaryDirectory() as folder:
        beside = Path(folder) / "repaired.xlsx"
        write_workbook(tables, beside)
        source = beside.read_bytes()
    name = f"{candidate.name.rpartition('.')[0] or candidate.name}.xlsx"
    repaired = _compile(source, name, 0, is_cancelled)
    return replace(repaired, repairs=candidate.repairs + len(done), files=candidate.files)


def _compile(source: bytes, name: str, repairs: int, is_cancelled: Cancelled | None) -> Candidate:
    stem, _dot, kind = name.rpartition(".")
    compiled = compile_form(source, name=stem or name, kind=f".{kind}", is_cancelled=is_cancelled)
    return Candidate(source, name, compiled, repairs)


def keep_candidate(project: Project, candidate: Candidate, *, is_current: bool) -> FormSummary:
    """Adds the form to the project after a verified backup; the same content again adds nothing.

    Args:
        project: the open project.
        candidate: a form without errors.
        is_current: whether new interviews use it from now on; else they keep using what they used.

    Raises:
        FormFileError: the form has errors.
        StorageError: no backup could be made, or the form not be stored; the project is as before.
    """
    before = current_form(project)
    back_up_before(project, "import")
    summary = store_form(project, candidate.compiled, source=candidate.source, source_name=candidate.name)
    keep_form_files(project, summary.sha, candidate.files)
    if is_current or before is None:
        set_current_form(project, summary.sha)
    else:
        set_current_form(project, before.sha)
    return summary


def export_workbook(form: StoredForm, target: Path) -> None:
    """Writes the form as a workbook for editing: the file itself where it was one, else its tables.

    A form holds nothing of an interview, so the log of exports does not name it.

    Raises:
        FormExportError: the form came without tables, or the target cannot be written.
        WorkbookError: the target cannot be written.
        FormFileError: the stored file cannot be read any more.
        PlaceTaken: the target belongs to a project.
    """
    refuse_project_place(target)
    kind = Path(form.source_name).suffix.lower()
    if kind == ".xlsx" and form.source:
        try:
            replace_whole(target, form.source)
        except OSError as error:
            raise FormExportError(NOT_COPIED, name=target.name, reason=reason_of(error)) from error
        return
    if kind == ".xml" or not form.source:
        raise FormExportError(NO_TABLES, name=form.title or form.source_name)
    compiled = compile_form(form.source, name=Path(form.source_name).stem, kind=kind)
    write_workbook(compiled.tables, target)
