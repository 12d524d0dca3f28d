"""Questions over many interviews, answered from the index."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import starmap
from typing import NamedTuple

from roadmapdesk.domain.interviews import InterviewState
from roadmapdesk.storage.connections import Statements
from roadmapdesk.storage.context import Context


class AnswerRow(NamedTuple):
    """One answer of one interview.

    Attributes:
        keys: repeat keys from outside in, joined by ``/``; empty outside repeats.
        number: the value of a plain number, else None.
    """

    interview_id: str
    question: str
    keys: str
    text: str
    number: float | None


class Answers:
    """Counts and values over interviews. Questions are named by their last step or by their whole path."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def frequency(
        self,
        question: str,
        *,
        states: Iterable[InterviewState] | None = None,
        wave: str | None = None,
        multiple: bool = False,
    ) -> Mapping[str, int]:
        """Answer text → how often it was given, in order of the texts.

        Args:
            question: name or path.
            states: only interviews in these states.
            wave: only this wave.
            multiple: splits answers of select-multiple questions into their codes.
        """
        condition, values = _condition(states, wave)
        with self._context.store.read() as connection:
            ids = _question_ids(connection, (question,))
            query = (
                f"SELECT a.text, count(*) FROM answer a{condition.join} WHERE a.question_id IN ({_marks(ids)})"  # noqa: S608 — constants and placeholders only
                f"{condition.where} GROUP BY a.text ORDER BY a.text"
            )
            rows = connection.exec_driver_sql(query, (*ids, *values)).fetchall() if ids else []
        if not multiple:
            return {row[0]: row[1] for row in rows}
        counts: Counter[str] = Counter()
        for text, number in rows:
            for code in text.split():
                counts[code] += number
        return dict(sorted(counts.items()))

    def cross_tab(
        self,
        row_question: str,
        column_question: str,
        *,
        states: Iterable[InterviewState] | None = None,
        wave: str | None = None,
    ) -> Mapping[tuple[str, str], int]:
        """(answer to the first, answer to the second) → how often both were given together.

        Within repeats the two answers must stand in the same instance; an answer outside repeats goes with every
        instance of the same interview.
        """
        condition, values = _condition(states, wave)
        with self._context.store.read() as connection:
            first, second = _question_ids(connection, (row_question,)), _question_ids(connection, (column_question,))
            if not (first and second):
                return {}
            query = (
                "SELECT a.text, b.text, count(*) FROM answer a JOIN answer b"  # noqa: S608 — constants and placeholders only
                " ON b.interview_no = a.interview_no AND (b.keys = a.keys OR a.keys = '' OR b.keys = '')"
                f"{condition.join} WHERE a.question_id IN ({_marks(first)}) AND b.question_id IN ({_marks(second)})"
                f"{condition.where} GROUP BY a.text, b.text ORDER BY a.text, b.text"
            )
            rows = connection.exec_driver_sql(query, (*first, *second, *values)).fetchall()
        return {(row[0], row[1]): row[2] for row in rows}

    def values(
        self,
        questions: Sequence[str] | None = None,
        *,
        states: Iterable[InterviewState] | None = None,
        wave: str | None = None,
    ) -> tuple[AnswerRow, ...]:
        """All answers to these questions, in order of question, interview and repeat instance.

        Args:
            questions: names or paths; None for every question.
            states: only interviews in these states.
            wave: only this wave.
        """
        condition, values = _condition(states, wave, always=True)
        with self._context.store.read() as connection:
            ids: tuple[int, ...] = ()
            chosen = ""
            if questions is not None:
                ids = _question_ids(connection, questions)
                if not ids:
                    return ()
                chosen = f" AND a.question_id IN ({_marks(ids)})"
            query = (
                "SELECT i.id, q.name, a.keys, a.text, a.number FROM answer a"  # noqa: S608 — constants and placeholders only
                f" JOIN question q ON q.id = a.question_id{condition.join}"
                f" WHERE 1{chosen}{condition.where} ORDER BY a.question_id, a.interview_no, a.keys"
            )
            rows = connection.exec_driver_sql(query, (*ids, *values)).fetchall()
        return tuple(starmap(AnswerRow, rows))


class _Condition(NamedTuple):
    join: str
    where: str


def _condition(
    states: Iterable[InterviewState] | None, wave: str | None, *, always: bool = False
) -> tuple[_Condition, tuple[str, ...]]:
    parts: list[str] = []
    values: list[str] = []
    if states is not None:
        wanted = [state.value for state in states]
        parts.append(f" AND i.state IN ({_marks(wanted)})")
        values.extend(wanted)
    if wave is not None:
        parts.append(" AND i.wave = ?")
        values.append(wave)
    join = " JOIN interview i ON i.no = a.interview_no" if parts or always else ""
    return _Condition(join, "".join(parts)), tuple(values)


def _question_ids(connection: Statements, questions: Sequence[str]) -> tuple[int, ...]:
    marks = _marks(questions)
    query = f"SELECT id FROM question WHERE name IN ({marks}) OR template IN ({marks}) ORDER BY id"  # noqa: S608 — placeholders only
    return tuple(row[0] for row in connection.exec_driver_sql(query, (*questions, *questions)))


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))
