"""Checks of appearances: misspelt and unknown words, and known ones that the desktop passes over."""

from roadmapdesk.xforms.appearances import KNOWN, Following, following, is_known
from roadmapdesk.xforms.definition.nodes import appearance_words
from roadmapdesk.xforms.xlsform.checks_survey import column_named
from roadmapdesk.xforms.xlsform.problems import Problem, Repair, Severity
from roadmapdesk.xforms.xlsform.tables import Row, Sheet
from roadmapdesk.xforms.xlsform.vocabulary import Control, nearest, read_type

CODES = frozenset({"form.unknown_appearance", "form.unknown_appearance_guess", "form.appearance_passed_over"})
_KINDS = {
    "integer": "int", "int": "int", "decimal": "decimal", "date": "date", "time": "time", "datetime": "dateTime",
    "range": "range", "geopoint": "geopoint", "geotrace": "geotrace", "geoshape": "geoshape", "barcode": "barcode",
    "image": "upload", "photo": "upload", "audio": "upload", "video": "upload", "file": "upload",
}  # fmt: skip


def check_appearances(survey: Sheet) -> list[Problem]:
    """Warnings only: an appearance never keeps a question from being answered."""
    column = column_named(survey, "appearance")
    if column not in survey.headers:
        return []
    kind_column = column_named(survey, "type", "command")
    found: list[Problem] = []
    for row in survey.filled_rows():
        kind = _kind(read_type(row.get(kind_column)))
        for word in appearance_words(row.get(column)):
            problem = _judge(word, kind, survey, row, column)
            if problem is not None:
                found.append(problem)
    return found


def _judge(word: str, kind: str, survey: Sheet, row: Row, column: str) -> Problem | None:
    place = (Severity.WARNING, survey.name, row.number, column)
    if not is_known(word):
        guess = nearest(word, KNOWN)
        if not guess:
            return Problem("form.unknown_appearance", *place, {"appearance": word})
        text = " ".join(guess if each == word else each for each in appearance_words(row.get(column)))
        repair = Repair("cell", survey.name, row.number, column, text)
        return Problem("form.unknown_appearance_guess", *place, {"appearance": word, "guess": guess}, repair)
    if following(word, kind) is Following.PLAIN:
        return Problem("form.appearance_passed_over", *place, {"appearance": word})
    return None


def _kind(control: Control) -> str:
    """The kind of question, in the words of `appearances.following`."""
    if control.kind == "begin":
        return "group"
    if control.kind == "select":
        if control.word == "rank":
            return "rank"
        return "select" if "multiple" in control.word or "all that apply" in control.word else "select1"
    return _KINDS.get(control.word.lower(), "string")
