"""Problems of the sheets ``roles`` and ``scoring``, each where it stands in the file."""

from roadmapdesk.workspace.sheet_problems import compiled_problems
from roadmapdesk.xforms.xlsform.compiler import CompiledForm
from roadmapdesk.xforms.xlsform.tables import FormTables, Row, Sheet

SURVEY = Sheet("survey", ("type", "name"), (Row(2, {"type": "integer", "name": "rating"}),))


def _form(*sheets: Sheet) -> CompiledForm:
    tables = FormTables((SURVEY, *sheets))
    return CompiledForm(b"", tables.extra_sheets(), (), "", tables=tables)


def test_a_form_without_the_sheets_lacks_nothing() -> None:
    assert compiled_problems(_form()) == ()


def test_rows_are_numbered_as_in_the_file_when_blank_ones_stand_between() -> None:
    roles = Sheet("roles", ("role", "question"), (Row(2, {}), Row(4, {"question": "rating"})))
    rating = {"question": "rating", "stage": "s1", "dimension": "d1", "measure": "performance"}
    scoring = Sheet(
        "scoring", tuple(rating), (Row(3, rating), Row(4, {}), Row(6, {**rating, "measure": "importnce"}))
    )
    found = [one for one in compiled_problems(_form(roles, scoring)) if one.row]
    assert [(one.sheet, one.row, one.column, one.code) for one in found] == [
        ("roles", 4, "role", "sheet.no_role"),
        ("scoring", 6, "measure", "scoring.unknown_measure"),
    ]
    assert "importnce" in found[1].sentence


def test_questions_are_sought_in_the_survey_while_the_form_has_errors() -> None:
    scoring = Sheet("scoring", ("question",), (Row(2, {"question": "rating"}), Row(3, {"question": "ratings"})))
    unknown = [one for one in compiled_problems(_form(scoring)) if one.code == "sheet.no_such_question"]
    assert [(one.row, one.parameters["name"]) for one in unknown] == [(3, "ratings")]
