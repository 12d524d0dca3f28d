"""What can be wrong with a form: problems with their place, one sentence each, and an offered repair."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from roadmapdesk.errors import Message, RoadmapDeskError
from roadmapdesk.i18n import N_, gettext
from roadmapdesk.xforms.xlsform import messages


class Severity(StrEnum):
    """Errors stop the form, warnings do not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Repair:
    """A change of one cell or row that removes a problem.

    Attributes:
        kind: ``cell`` (set the cell), ``row`` (remove the row), ``header`` (rename the column) or ``file``
            (rename the form's file).
        column: column of the changed cell, or the old header; empty for a row or file.
        value: the new text, header or file extension; empty for a removed row.
    """

    kind: str
    sheet: str = ""
    row: int = 0
    column: str = ""
    value: str = ""

    @property
    def sentence(self) -> str:
        """What the repair does, in the current language."""
        return messages.REPAIRS[self.kind].text(sheet=self.sheet, row=self.row, column=self.column, value=self.value)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with a form.

    Attributes:
        code: stable, dotted, for example ``form.duplicate_choice``; the key of `messages.PROBLEMS`.
        sheet: name of the sheet, empty where the whole file is meant.
        row: 1-based row with the header as row 1; 0 where a whole sheet is meant.
        column: header of the column; empty where a whole row is meant.
        parameters: values for the sentence.
    """

    code: str
    severity: Severity = Severity.ERROR
    sheet: str = ""
    row: int = 0
    column: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict)
    repair: Repair | None = None

    @property
    def sentence(self) -> str:
        """What is wrong, in the current language."""
        return messages.PROBLEMS[self.code].text(**self.parameters)

    @property
    def place(self) -> str:
        """Sheet, row and column in the current language; empty where the whole file is meant."""
        parts = []
        if self.sheet:
            parts.append(gettext("sheet {sheet}").format(sheet=self.sheet))
        if self.row:
            parts.append(gettext("row {row}").format(row=self.row))
        if self.column:
            parts.append(gettext("column {column}").format(column=self.column))
        return ", ".join(parts)

    def to_record(self) -> dict[str, Any]:
        """A JSON-ready record; the inverse of `from_record`."""
        return asdict(self)

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> "Problem":
        """The problem of one JSON record."""
        repair = record["repair"]
        return cls(
            code=record["code"],
            severity=Severity(record["severity"]),
            sheet=record["sheet"],
            row=record["row"],
            column=record["column"],
            parameters=dict(record["parameters"]),
            repair=Repair(**repair) if repair else None,
        )


class FormFileError(RoadmapDeskError):
    """The form file cannot be read or compiled: missing, too large, or beyond the compiler's limits."""


MISSING_FILE = Message("form.file_missing", N_("The form {name} does not exist or cannot be read."))
UNKNOWN_KIND = Message(
    "form.file_kind", N_("{name} is not a form: only .xlsx, .xls, .csv, .md and .xml files can be opened.")
)
TOO_LARGE = Message("form.file_too_large", N_("The form {name} is larger than {limit} MB and was not opened."))
OUT_OF_TIME = Message("form.out_of_time", N_("Compiling {name} took longer than {limit} seconds and was stopped."))
COMPILER_DIED = Message(
    "form.compiler_died",
    N_("Compiling {name} needed more memory than allowed or ended unexpectedly; nothing was changed."),
)
CANCELLED = Message("form.cancelled", N_("Compiling {name} was stopped; nothing was changed."))
HAS_PROBLEMS = Message("form.has_problems", N_("The form {name} has errors: {first}"))
