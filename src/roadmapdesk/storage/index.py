"""The answer index: typed rows for questions over many interviews, projected from drafts and revisions.

Nothing reads truth from here; it can be dropped and rebuilt at any time.
"""

from collections.abc import Iterable, Mapping

from roadmapdesk.storage.connections import Statements
from roadmapdesk.storage.content import as_day, as_number, split_ref
from roadmapdesk.storage.context import Context

IndexRow = tuple[str, str, str, float | None, str | None]

UPSERT = (
    "INSERT INTO answer (question_id, interview_no, keys, text, number, day) VALUES (?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (question_id, interview_no, keys) DO UPDATE SET text = excluded.text, number = excluded.number,"
    " day = excluded.day"
)
DELETE = "DELETE FROM answer WHERE question_id = ? AND interview_no = ? AND keys = ?"


def project_answers(answers: Mapping[str, str]) -> set[IndexRow]:
    """The index rows of a set of answers: (template, keys, text, number, day). Empty texts have none."""
    rows: set[IndexRow] = set()
    for ref, text in answers.items():
        if text:
            place = split_ref(ref)
            rows.add((place.template, place.keys, text, as_number(text), as_day(text)))
    return rows


def question_id(connection: Statements, context: Context, template: str) -> int:
    """The number of a question in the index; makes one when it is new."""
    known = context.question_ids.get(template)
    if known is not None:
        return known
    row = connection.exec_driver_sql("SELECT id FROM question WHERE template = ?", (template,)).fetchone()
    if row is not None:
        return int(row[0])
    result = connection.exec_driver_sql(
        "INSERT INTO question (template, name) VALUES (?, ?)", (template, template.rpartition("/")[2])
    )
    return int(result.lastrowid)


def load_questions(connection: Statements, context: Context) -> None:
    """Remembers the numbers that are committed."""
    context.question_ids = {row[0]: row[1] for row in connection.exec_driver_sql("SELECT template, id FROM question")}


def index_answer(connection: Statements, context: Context, no: int, ref: str, text: str | None) -> None:
    """Brings the index row of one answer up to date."""
    place = split_ref(ref)
    number = question_id(connection, context, place.template)
    if text:
        connection.exec_driver_sql(UPSERT, (number, no, place.keys, text, as_number(text), as_day(text)))
    else:
        connection.exec_driver_sql(DELETE, (number, no, place.keys))


def index_interview(connection: Statements, context: Context, no: int, answers: Mapping[str, str]) -> None:
    """Replaces all index rows of one interview."""
    clear_interview(connection, no)
    insert_rows(connection, context, no, project_answers(answers))


def clear_interview(connection: Statements, no: int) -> None:
    """Drops the index rows of one interview: one seek for each question, no scan."""
    connection.exec_driver_sql(
        "DELETE FROM answer WHERE question_id IN (SELECT id FROM question) AND interview_no = ?", (no,)
    )


def insert_rows(connection: Statements, context: Context, no: int, rows: Iterable[IndexRow]) -> None:
    """Adds index rows of one interview."""
    numbers: dict[str, int] = {}
    values = []
    for template, keys, text, number, day in rows:
        if template not in numbers:
            numbers[template] = question_id(connection, context, template)
        values.append((numbers[template], no, keys, text, number, day))
    if values:
        connection.exec_driver_sql(UPSERT, values)


def rebuild(connection: Statements, context: Context) -> int:
    """Drops the whole index and projects it again from drafts and revisions; returns the number of interviews."""
    from roadmapdesk.storage.draft_rows import read_draft  # noqa: PLC0415 — drafts keep the index up to date

    connection.exec_driver_sql("DELETE FROM answer")
    connection.exec_driver_sql("DELETE FROM question")
    context.question_ids = {}
    interviews = connection.exec_driver_sql("SELECT no, id FROM interview").fetchall()
    for no, identifier in interviews:
        insert_rows(connection, context, no, project_answers(read_draft(connection, no, identifier).answers))
    return len(interviews)
