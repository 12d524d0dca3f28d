"""What is wrong in a form's own sheets ``roles`` and ``scoring``, with sheet, row and column; pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from typing_extensions import override

from roadmapdesk.domain.catalog import load_catalog
from roadmapdesk.domain.question_roles import ASSESSMENT_NEEDS, QuestionRoles, Role
from roadmapdesk.errors import Message
from roadmapdesk.i18n import N_
from roadmapdesk.i18n import gettext as _
from roadmapdesk.scoring.inputs import Item
from roadmapdesk.scoring.items import read_items
from roadmapdesk.workspace.forms import ROLES_SHEET, SCORING_SHEET
from roadmapdesk.workspace.interview_stages import paths_by_name
from roadmapdesk.xforms.xlsform.problems import Problem, Severity

if TYPE_CHECKING:
    from roadmapdesk.xforms.xlsform.compiler import CompiledForm
    from roadmapdesk.xforms.xlsform.tables import FormTables

Rows = Sequence[Mapping[str, str]]

_ROLE_PROBLEMS: Final = {
    "no_role": ("role", N_("The role is missing; the row was left out.")),
    "unknown_role": ("role", N_("The role “{role}” is unknown and was left out.")),
    "no_question": ("question", N_("The role “{role}” names no question.")),
    "no_value": ("value", N_("The role “{role}” needs a value.")),
    "given_twice": ("role", N_("The role “{role}” is given twice; the first one counts.")),
}
_NO_SUCH_QUESTION: Final = Message("sheet.no_such_question", N_("“{name}” names no question of this form."))
_MISSING_ROLE: Final = Message("sheet.missing_role", N_("No question has the role “{role}”: {meaning}."))
NEEDED_ROLES: Final = {
    Role.INTERVIEW_CODE: N_("the interview code"),
    Role.INTERVIEW_DATE: N_("the date of the interview"),
    Role.INTERVIEW_WAVE: N_("the wave"),
    Role.CONSENT_PARTICIPATE: N_("the consent to take part"),
    Role.ACTOR: N_("the organisation"),
    Role.STAGE_REPEAT: N_("the repeat with one card for each stage"),
    Role.STAGE_KEY: N_("the stage of a card"),
    Role.STAGE_ROLE: N_("the role of the organisation in a stage"),
}
"""What each role of `ASSESSMENT_NEEDS` stands for."""


@dataclass(frozen=True, slots=True)
class SheetProblem(Problem):
    """A problem that the compiler cannot know; its sentence comes from `message`, filled with `parameters`."""

    message: Message = _NO_SUCH_QUESTION

    @property
    @override
    def sentence(self) -> str:
        return self.message.text(**self.parameters)


@dataclass(frozen=True, slots=True)
class ReadSheets:
    """Both sheets as read.

    Attributes:
        items: usable rows of the scoring sheet.
        problems: rows that were left out or say something impossible, in the order of sheet and row.
        missing: what stands against any assessment, as problems of the whole sheet.
    """

    items: tuple[Item, ...]
    problems: tuple[SheetProblem, ...]
    missing: tuple[SheetProblem, ...]


def compiled_problems(form: "CompiledForm") -> tuple[SheetProblem, ...]:
    """What the compiler did not find in the two sheets of a form file; nothing where it has neither of them."""
    names = _names(form)
    role_rows, scoring = _rows(form, ROLES_SHEET), _rows(form, SCORING_SHEET)
    if not role_rows and not scoring:
        return ()
    sheets = read_sheets(names, QuestionRoles.from_rows(role_rows), scoring)
    told = {(problem.sheet.lower(), problem.row, problem.column) for problem in form.problems}
    found = (problem for problem in sheets.problems if (problem.sheet, problem.row, problem.column) not in told)
    return (*found, *sheets.missing)


def read_sheets(names: frozenset[str], roles: QuestionRoles, scoring: Rows) -> ReadSheets:
    """Reads both sheets of a form.

    Args:
        names: names of all its fields.
        roles: its sheet ``roles`` as read.
        scoring: its sheet ``scoring``, the first row being row 2.
    """
    catalog = load_catalog()
    items, found = read_items(
        scoring, [stage.key for stage in catalog.stages], [dimension.key for dimension in catalog.dimensions]
    )
    problems = [
        *_role_problems(roles),
        *(
            _at(ROLES_SHEET, e.row, "question", _NO_SUCH_QUESTION, name=e.question)
            for e in roles.entries
            if e.question and e.question not in names
        ),
        *(_at(SCORING_SHEET, p.row, p.column, p.message, **p.parameters) for p in found),
        *_unknown_fields(names, scoring),
    ]
    missing = [
        _at(ROLES_SHEET, 0, "", _MISSING_ROLE, role=role.value, meaning=_(NEEDED_ROLES[role]))
        for role in roles.missing(ASSESSMENT_NEEDS)
    ]
    ordered = sorted(problems, key=lambda problem: (problem.sheet, problem.row))
    return ReadSheets(items, tuple(ordered), tuple(missing))


def _at(sheet: str, row: int, column: str, message: Message, **parameters: object) -> SheetProblem:
    texts = {name: str(value) for name, value in parameters.items()}
    return SheetProblem(message.code, Severity.ERROR, sheet, row, column, texts, None, message)


def _role_problems(roles: QuestionRoles) -> Iterator[SheetProblem]:
    for problem in roles.problems:
        column, sentence = _ROLE_PROBLEMS[problem.code]
        message = Message(f"sheet.{problem.code}", sentence)
        yield _at(ROLES_SHEET, problem.row, column, message, role=problem.role)


def _unknown_fields(names: frozenset[str], scoring: Rows) -> Iterator[SheetProblem]:
    """Questions, and the fields behind an ``@``, that the form does not have."""
    for number, row in enumerate(scoring, start=2):
        wanted = {"question": row.get("question", "").strip()}
        for column in ("stage", "dimension"):
            text = row.get(column, "").strip()
            if text.startswith("@"):
                wanted[column] = text[1:]
        for column, name in wanted.items():
            if name not in names and (name or column != "question"):
                yield _at(SCORING_SHEET, number, column, _NO_SUCH_QUESTION, name=name)


def _rows(form: "CompiledForm", name: str) -> Rows:
    """The rows of a sheet, blank ones included, so that their numbers stay those of the file."""
    sheet = form.tables.sheet(name)
    if sheet is None:
        return form.extra_sheets.get(name, ())
    cells = {row.number: row.cells for row in sheet.rows}
    return [cells.get(number, {}) for number in range(2, max(cells, default=1) + 1)]


def _names(form: "CompiledForm") -> frozenset[str]:
    """Names of all fields: of the running form, or of the survey's rows where errors stand against it."""
    from roadmapdesk.xforms.definition.form import FormDefinition  # noqa: PLC0415 — only when a form comes in
    from roadmapdesk.xforms.problems import FormError  # noqa: PLC0415 — see above
    from roadmapdesk.xforms.safe_xml import XmlError  # noqa: PLC0415 — see above

    if form.xform_xml:
        try:
            return frozenset(paths_by_name(FormDefinition.from_xml(form.xform_xml)))
        except (FormError, XmlError):
            pass
    return frozenset(_survey_names(form.tables))


def _survey_names(tables: "FormTables") -> Iterable[str]:
    survey = tables.sheet("survey")
    return (row.get("name").strip() for row in survey.filled_rows()) if survey else ()
