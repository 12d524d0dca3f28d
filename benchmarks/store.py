"""Speed of the store beside bare SQLite on the same file and in the same run.

``python benchmarks/store.py --json OUT`` writes the rows; `rows` returns them. The reference does what the row says
with the driver alone: no SQLAlchemy, no classification of failures, no values of our own.
"""

import argparse
import json
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from measure import Row, alternate, compared, row

from roadmapdesk.domain.interviews import InterviewState
from roadmapdesk.storage import Project, create_project, open_project
from roadmapdesk.storage.content import answer_term, canonical_json, row_digest
from roadmapdesk.storage.engine import PRAGMAS
from roadmapdesk.storage.interviews import COLUMNS
from roadmapdesk.storage.values import Summary

INTERVIEWS = 100_000
QUESTIONS = 20
ROUNDS = 21
FORM = b"<h:html xmlns:h='http://www.w3.org/1999/xhtml'/>"


def rows(interviews: int = INTERVIEWS) -> list[Row]:
    """All rows of this benchmark."""
    with tempfile.TemporaryDirectory(prefix="bench-store-") as name:
        folder = Path(name)
        return [*_answers(folder), *_many(folder, interviews), _memory(folder)]


def _answers(folder: Path) -> list[Row]:
    """One answer saved durably, in an interview that holds 150 answers already."""
    found = []
    for name, passphrase in (("SQLite", None), ("SQLCipher", "Kranich")):
        with create_project(folder / f"one {name}", title="B", language="en", passphrase=passphrase) as project:
            interview = _filled_interview(project, 150)
            ours, reference = alternate(_Saving(project, interview), _BareSaving(project, interview), rounds=300)
        beside = f"the same five statements in one transaction of the bare {name} driver, same pragmas"
        found.append(
            compared(f"one answer saved durably, {name}", ours, reference, reference_name=beside, at_most=1.3)
        )
    return found


def _filled_interview(project: Project, count: int) -> str:
    form = project.forms.add(FORM, form_id="f", version="1", title="F")
    answers = {f"/data/group/question_{number}": f"answer {number}" for number in range(count)}
    return project.interviews.create(form, answers=answers, summary=Summary(code="A01"))


class _Saving:
    """Saves one answer through the store."""

    def __init__(self, project: Project, interview: str) -> None:
        self._project = project
        self._interview = interview
        self._number = 0

    def __call__(self) -> None:
        self._number += 1
        name = f"question_{self._number % 150}"
        self._project.drafts.save_answer(
            self._interview, f"/data/group/{name}", name, "before", f"answer {self._number}", position=name
        )


class _BareSaving:
    """The same rows, written with the driver alone, into a copy of the same tables."""

    def __init__(self, project: Project, interview: str) -> None:
        store = project.context.store
        copy = project.folder.parent / f"bare {project.name}.sqlite"
        self._connection = store.driver.connect(str(copy), isolation_level=None)
        if store.key is not None:
            self._connection.execute(store.key.pragma)
        for pragma in PRAGMAS:
            self._connection.execute(pragma)
        source = store.driver.connect(str(store.path), isolation_level=None)
        if store.key is not None:
            source.execute(store.key.pragma)
        source.backup(self._connection)
        source.close()
        self._no = self._connection.execute("SELECT no FROM interview WHERE id = ?", (interview,)).fetchone()[0]
        self._number = 0

    def __call__(self) -> None:
        self._number += 1
        run = self._connection.execute
        path, text, stamp = (
            f"/data/group/question_{self._number % 150}",
            f"answer {self._number}",
            "2026-01-01T00:00:00Z",
        )
        total = f"{answer_term(path, text):064x}"
        digest = row_digest(1, self._no, self._number, path, text, stamp)
        run("BEGIN IMMEDIATE")
        run("INSERT OR REPLACE INTO draft_answer VALUES (?, ?, ?)", (self._no, path, text))
        run(
            "INSERT OR REPLACE INTO answer"
            " VALUES ((SELECT id FROM question WHERE template = ?), ?, '', ?, NULL, NULL)",
            (path, self._no, text),
        )
        run(
            "INSERT INTO audit (session_id, interview_no, sequence, event, path, old_text, new_text, reason, at,"
            " elapsed_ms, digest) VALUES (1, ?, ?, 'question', ?, 'before', ?, '', ?, 0, ?)",
            (self._no, self._number, path, text, stamp, digest),
        )
        run(
            "UPDATE draft SET position = ?, sequence = ?, updated_at = ?, answers = 150, total = ?, digest = ?"
            " WHERE interview_no = ?",
            (path, self._number, stamp, total, digest, self._no),
        )
        run("UPDATE interview SET updated_at = ? WHERE no = ?", (stamp, self._no))
        run("COMMIT")


def _many(folder: Path, interviews: int) -> list[Row]:
    """A project with many interviews: open, list, count, frequency, cross-tabulation."""
    project_folder = _fill(folder / "many", interviews)
    path = project_folder / "project.sqlite"
    found = []
    ours, reference = alternate(lambda: open_project(project_folder).close(), lambda: _bare_open(path), rounds=15)
    bare = "bare driver: connect, pragmas, version, a durable mark of the session and of its end"
    name = f"open a project of {interviews:,} interviews"
    found.append(compared(name, ours, reference, reference_name=bare, at_most=1.5))
    with open_project(project_folder, read_only=True) as project, closing(sqlite3.connect(path)) as bare_connection:
        bare_connection.execute("PRAGMA cache_size = -16384")

        def sql(query: str) -> Callable[[], object]:
            return lambda: bare_connection.execute(query).fetchall()

        counted = "state IN ('finalised', 'in_review', 'approved')"
        states = [state for state in InterviewState if state.counts]
        one = "(SELECT id FROM question WHERE name = 'q3')"
        two = "(SELECT id FROM question WHERE name = 'q7')"
        cases: list[tuple[str, Callable[[], object], Callable[[], object]]] = [
            (
                "list all interviews",
                project.interviews.list,
                sql(f"SELECT {COLUMNS} FROM interview ORDER BY updated_at DESC, no DESC"),
            ),
            (
                "count by state",
                project.interviews.count_by_state,
                sql("SELECT state, count(*) FROM interview GROUP BY state"),
            ),
            (
                "frequency of one question",
                lambda: project.answers.frequency("q3"),
                sql(f"SELECT text, count(*) FROM answer WHERE question_id = {one} GROUP BY text ORDER BY text"),
            ),
            (
                "frequency in counted interviews",
                lambda: project.answers.frequency("q3", states=states),
                sql(
                    "SELECT a.text, count(*) FROM answer a JOIN interview i ON i.no = a.interview_no"
                    f" WHERE a.question_id = {one} AND i.{counted} GROUP BY a.text ORDER BY a.text"
                ),
            ),
            (
                "cross-tabulation of two questions",
                lambda: project.answers.cross_tab("q3", "q7"),
                sql(
                    "SELECT a.text, b.text, count(*) FROM answer a JOIN answer b ON b.interview_no = a.interview_no"
                    f" AND b.keys = a.keys WHERE a.question_id = {one} AND b.question_id = {two} GROUP BY 1, 2"
                    " ORDER BY 1, 2"
                ),
            ),
        ]
        for name, work, bare_work in cases:
            # Reading from pages that are in memory waits for nothing, so processor time is what is compared.
            ours, reference = alternate(work, bare_work, rounds=ROUNDS, clock=time.thread_time)
            title = f"{name}, {interviews:,} interviews"
            found.append(compared(title, ours, reference, reference_name="the same query, bare driver", at_most=1.5))
    return found


def _fill(folder: Path, interviews: int) -> Path:
    chance = random.Random(7)
    states = list(InterviewState)
    with create_project(folder, title="B", language="en") as project:
        form = project.forms.add(FORM, form_id="f", version="1", title="F")
        with project.context.store.write() as connection:
            names = [(f"/data/q{number}", f"q{number}") for number in range(QUESTIONS)]
            connection.exec_driver_sql("INSERT INTO question (template, name) VALUES (?, ?)", names)
            for start in range(0, interviews, 10_000):
                listed, answers = [], []
                for no in range(start + 1, min(start + 10_000, interviews) + 1):
                    state = states[no % len(states)].value
                    stamp = f"2026-0{chance.randrange(1, 10)}-{chance.randrange(10, 28)}T10:00:00.000Z"
                    values = (str(no), f"A{no}", state, form, f"actor{no % 28}", f"w{no % 3}", "team", "2026-01-01")
                    more = (15, QUESTIONS, canonical_json({}), stamp, stamp, "")
                    listed.append((no, *values, *more))
                    for question in range(QUESTIONS):
                        text = str(chance.randrange(1, 6))
                        answers.append((question + 1, no, "", text, float(text), None))
                connection.exec_driver_sql(
                    f"INSERT INTO interview (no, {COLUMNS}, digest) VALUES ({', '.join('?' * 15)})", listed
                )
                connection.exec_driver_sql("INSERT INTO answer VALUES (?, ?, ?, ?, ?, ?)", answers)
        return project.folder


def _bare_open(path: Path) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in PRAGMAS:
        connection.execute(pragma)
    connection.execute("SELECT version_num FROM alembic_version").fetchall()
    connection.execute("SELECT template, id FROM question").fetchall()
    connection.execute(
        "INSERT INTO session (started_at, author, device, host, pid, program) VALUES ('t', 'a', 'd', 'h', 1, 'p')"
    )
    connection.execute("UPDATE session SET ended_at = 't' WHERE id = (SELECT max(id) FROM session)")
    connection.close()


_MEMORY = """
import sys
from pathlib import Path
from roadmapdesk.storage import open_project
def resident():
    with open("/proc/self/statm") as stream:
        return int(stream.read().split()[1]) * 4096 / 1e6
before = resident()
with open_project(Path(sys.argv[1])) as project:
    listed = project.interviews.list()
    drafts = [project.drafts.load(row.id) for row in listed]
    print(resident() - before)
"""


def _memory(folder: Path) -> Row:
    """What opening a project of 200 interviews adds, all its answers loaded."""
    with create_project(folder / "small", title="B", language="en") as project:
        for _ in range(200):
            _filled_interview(project, 150)
        place = project.folder
    shown = subprocess.run([sys.executable, "-c", _MEMORY, place], capture_output=True, text=True, check=True)
    megabytes = float(shown.stdout)
    return row("memory of an open project of 200 interviews", "MB", megabytes, aim="<= 60 MB", ok=megabytes <= 60)


def main() -> None:
    """Prints a table, and writes the rows as JSON where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, default=None)
    parser.add_argument("--interviews", type=int, default=INTERVIEWS)
    options = parser.parse_args()
    found = rows(options.interviews)
    for entry in found:
        ratio = "" if entry["ratio"] is None else f"{entry['ratio']:.2f}×"
        mark = "ok  " if entry["ok"] else "MISS"
        print(f"{mark} {entry['name']}: {entry['ours']:.2f} {entry['unit']} {ratio} ({entry['aim']})")
    if options.json is not None:
        options.json.write_text(json.dumps(found, indent=2, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
