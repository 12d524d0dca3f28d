"""Speed and memory of the form engine against its peers in the same session: ``python dev.py bench engine``.

Needs the folder ``../shared`` (forms, recorded interviews, `peers/javarosa.sh`) and Java 17, and for the rows against
Web Forms Node 20 with its package installer; without them a row says so. The engines take turns, several times;
medians are compared. JavaRosa is warm: one machine does many runs.
"""

from __future__ import annotations

import gc
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from measure import Row, compared, row

from roadmapdesk.xforms.definition.form import FormDefinition
from roadmapdesk.xforms.session.session import FormSession

SHARED = Path(__file__).resolve().parents[2] / "shared"
TRACES = SHARED / "conformance/traces"
JAVAROSA = "JavaRosa 5.1.0, warm"
JAVAROSA_WALK = "JavaRosa 5.1.0, warm: its answers and its steps between the questions"
ROUNDS = 3
OWN_RUNS = 5
PASSES = 3
WEB_FORMS = "Web Forms engine 0.22.0"
Result = TypeVar("Result")


class Cell(NamedTuple):
    """One form and one question of it, with two answers in turn."""

    form: str
    ref: str
    answers: tuple[str, str]
    times: int = 20
    listed: str = ""
    java_runs: int = 12
    web_times: int = 0


CELLS = (
    Cell("WHO", "/data/respondent_backgr/Id10013", ("yes", "no"), web_times=10),
    Cell("fan1000", "/data/q0", ("3", "7"), web_times=3),
    Cell("chain1000", "/data/q0", ("3", "7"), web_times=3),
    Cell("choices10000", "/data/region", ("r1", "r2"), listed="/data/town", web_times=6),
)
INSIDE = Cell("repeat1000", "/data/line[500]/qty", ("3", "7"), java_runs=5)
BY_ALL = Cell("repeat1000", "/data/rate", ("3", "7"), times=6, java_runs=5)


def rows() -> list[Row]:
    """The figures of the engine."""
    if not SHARED.is_dir() or shutil.which("javac") is None:
        return [row("engine", "", 0, aim="needs the folder ../shared and Java 17", ok=False)]
    with tempfile.TemporaryDirectory() as folder:
        forms = _forms(Path(folder))
        found = list(_interview_rows(Path(folder)))
        web_forms = _web_forms_folder()
        for cell in CELLS:
            found += _form_rows(forms[cell.form], cell, web_forms)
        found += _repeat_rows(forms)
        found += list(_growth_rows(forms))
        found += _memory_and_cache_rows(forms["WHO"])
    return found


def _forms(folder: Path) -> dict[str, Path]:
    """The WHO form, and the stress forms made by the peers' own script; one with half of the repeat instances."""
    subprocess.run(
        [sys.executable, str(SHARED / "peers/synthetic_forms.py"), str(folder)], check=True, capture_output=True
    )
    forms = {path.stem: path for path in folder.glob("*.xml")}
    forms["WHO"] = TRACES / "xml/getodk-whova_form.xml"
    forms["repeat500"] = folder / "repeat500.xml"
    forms["repeat500"].write_text(forms["repeat1000"].read_text("utf-8").replace("1000", "500"), "utf-8")
    return forms


def _java(form: Path, cell: Cell) -> dict[str, float]:
    """JavaRosa's medians on a form, in milliseconds: ``parse``, ``init``, ``walk``, ``answer``."""
    options = f"-Dopts={cell.listed}" if cell.listed else ""
    done = subprocess.run(
        [
            "bash", str(SHARED / "peers/javarosa.sh"), "bench", str(form), str(form.parent), cell.ref, *cell.answers,
            str(cell.times), str(cell.java_runs),
        ],
        env={**os.environ, "PYTHON": sys.executable, "JAVA_TOOL_OPTIONS": options},
        capture_output=True, text=True, check=True, timeout=900,
    )  # fmt: skip
    found = json.loads(done.stdout.splitlines()[-1])
    return {name: float(found[f"{name}_ms_median"]) for name in ("parse", "init", "walk", "answer")}


def _web_forms_folder() -> Path | str:
    """The peers' driver of Web Forms with its package, installed once beside other caches; else what is missing."""
    if shutil.which("npm") is None or shutil.which("node") is None:
        return "left out: needs Node 20 and its package installer"
    folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "web-forms-peer"
    folder.mkdir(parents=True, exist_ok=True)
    for source in (SHARED / "peers/web-forms").iterdir():
        if source.is_file():
            shutil.copy(source, folder)
    if not (folder / "node_modules/@getodk/xforms-engine").is_dir():
        command = ["npm", "install", "--no-audit", "--no-fund", "--fetch-retries=1"]
        try:
            subprocess.run(command, cwd=folder, capture_output=True, check=True, timeout=120)
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
            return "left out: the package of Web Forms could not be fetched"
    return folder


def _web_forms(folder: Path, form: Path, cell: Cell) -> float | str:
    """The median milliseconds that Web Forms takes for one answer; where a list hangs on it, until it is read.

    Where it does not get through the form, a text says so.
    """
    command = ["node", "bench.mjs", str(form), cell.ref, *cell.answers, str(cell.web_times)]
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True, timeout=180)
    except subprocess.CalledProcessError:
        return "left out: Web Forms broke off"
    except subprocess.TimeoutExpired:
        return "left out: Web Forms took more than three minutes"
    found = json.loads(done.stdout.splitlines()[-1])
    return float(found["answer_plus_read_all_ms_median" if cell.listed else "answer_ms_median"])


class Own(NamedTuple):
    """Our medians on a form, in milliseconds."""

    from_xml: float
    from_cache: float
    session: float
    answer: float


def _own(form: Path, cell: Cell, runs: int = OWN_RUNS) -> Own:
    xml = form.read_bytes()
    times: dict[str, list[float]] = {name: [] for name in ("xml", "cache", "session", "answer")}
    for _ in range(runs):
        gc.collect()
        definition = _timed(times["xml"], partial(FormDefinition.from_xml, xml))
        stored = definition.to_json()
        definition = _timed(times["cache"], partial(FormDefinition.from_json, stored))
        session = _timed(times["session"], partial(_opened, definition, cell))
        ref = session.node(cell.ref).ref
        for number in range(cell.times):
            value = cell.answers[number % 2]
            _timed(times["answer"], partial(_answer, session, ref, value, cell))
    medians = {name: statistics.median(found) for name, found in times.items()}
    return Own(medians["xml"], medians["cache"], medians["session"], medians["answer"])


def _opened(definition: FormDefinition, cell: Cell) -> FormSession:
    """A session; where a list is asked for later, it is made now, because JavaRosa makes all lists while it loads."""
    session = FormSession(definition)
    if cell.listed:
        _answer(session, cell.ref, cell.answers[1], cell)
    return session


def _answer(session: FormSession, ref: str, value: str, cell: Cell) -> None:
    """One answer until the screen may repaint: where a list hangs on it, the list too."""
    session.answer(ref, value)
    if cell.listed:
        assert session.node(cell.listed).choices


def _timed(
    times: list[float], function: Callable[[], Result], clock: Callable[[], float] = time.perf_counter
) -> Result:
    started = clock()
    result = function()
    ended = clock()
    times.append((ended - started) * 1000)
    return result


def _in_turns(form: Path, cell: Cell) -> tuple[Own, dict[str, float]]:
    """Medians over several turns of both engines."""
    ours: list[Own] = []
    theirs: list[dict[str, float]] = []
    for _ in range(ROUNDS):
        ours.append(_own(form, cell))
        theirs.append(_java(form, cell))
    own = Own(*(statistics.median(getattr(each, name) for each in ours) for name in Own._fields))
    return own, {name: statistics.median(each[name] for each in theirs) for name in theirs[0]}


def _against(name: str, ours: float, theirs: float, at_most: float = 1) -> Row:
    return compared(name, ours, theirs, reference_name=JAVAROSA, at_most=at_most)


def _form_rows(form: Path, cell: Cell, web_forms: Path | str) -> list[Row]:
    own, java = _in_turns(form, cell)
    load = java["parse"] + java["init"]
    name = f"{cell.form}: one answer, against Web Forms"
    theirs = web_forms if isinstance(web_forms, str) else _web_forms(web_forms, form, cell)
    if isinstance(theirs, str):
        web_row = row(name, "ms", own.answer, aim=f"ratio <= 0.1; {theirs}", ok=False)
    else:
        web_row = compared(name, own.answer, theirs, reference_name=WEB_FORMS, at_most=0.1)
    return [
        web_row,
        _against(f"{cell.form}: load from the cache until the first answer", own.from_cache + own.session, load),
        _against(f"{cell.form}: load from XForm XML until the first answer", own.from_xml + own.session, load),
        _against(f"{cell.form}: one answer", own.answer, java["answer"]),
    ]


def _repeat_rows(forms: dict[str, Path]) -> list[Row]:
    inside, java_inside = _in_turns(forms["repeat1000"], INSIDE)
    by_all, java_by_all = _in_turns(forms["repeat1000"], BY_ALL)
    return [
        _against("repeat1000: make 1,000 instances", inside.session, java_inside["walk"] + java_inside["init"], 0.1),
        _against("repeat1000: edit inside one", inside.answer, java_inside["answer"]),
        _against("repeat1000: an answer used by all", by_all.answer, java_by_all["answer"], 0.5),
    ]


def _growth_rows(forms: dict[str, Path]) -> Iterator[Row]:
    small = Cell("repeat500", "/data/line[250]/qty", INSIDE.answers)
    for name, half, whole, at_most in (
        ("an answer used by all instances grows with them", Cell("", BY_ALL.ref, BY_ALL.answers, 6), BY_ALL, 2.5),
        ("an edit inside one instance, whose sum reads all", small, INSIDE, 2.5),
    ):
        times = [
            (_own(forms["repeat500"], half).answer, _own(forms["repeat1000"], whole).answer) for _ in range(ROUNDS)
        ]
        less, more = (statistics.median(each[place] for each in times) for place in (0, 1))
        yield compared(f"{name}: 1,000 against 500", more, less, reference_name="500 instances", at_most=at_most)


def _interview_rows(folder: Path) -> Iterator[Row]:
    """All answers of the recorded interviews in their order, and the slowest of them."""
    interviews = [(path, json.loads(path.read_text("utf-8"))) for path in sorted(TRACES.glob("*.json"))]
    given = folder / "interviews.jsonl"
    with given.open("w", encoding="utf-8") as lines:
        for path, trace in interviews:
            form = (path.parent / trace["xform"]).read_text("utf-8")
            lines.write(json.dumps({"id": trace["id"], "form_xml": form, "steps": trace["steps"]}) + "\n")
    theirs = _java_interviews(given, folder)
    walked = [(path, trace) for path, trace in interviews if trace["id"] in theirs]
    for _ in range(PASSES):
        times = {trace["id"]: _replayed(path, trace) for path, trace in walked}
    name = f"{len(walked)} recorded interviews: all answers, and making the instances of repeats"
    ours = sum(map(sum, times.values()))
    yield compared(name, ours, sum(theirs.values()), reference_name=JAVAROSA_WALK, at_most=1)
    answers = sorted(time for each in times.values() for time in each)
    slow = answers[len(answers) * 99 // 100]
    yield row("recorded interviews: p99 of single answers", "ms", slow, aim="<= 16 ms", ok=slow <= 16)


def _java_interviews(given: Path, folder: Path) -> dict[str, float]:
    """The milliseconds that JavaRosa, once warm, takes for each interview; those that it cannot walk are left out.

    The steps between the questions count, too: in them JavaRosa makes the instances that ours makes in the answer.
    """
    import pyxform  # noqa: PLC0415 — heavy library, and its wheel holds the jar

    jar = Path(pyxform.__file__).parent / "validators/odk_validate/bin/ODK_Validate.jar"
    sources = [str(SHARED / "peers/JrTrace.java"), str(Path(__file__).with_name("InterviewTimes.java"))]
    subprocess.run(
        ["javac", "-nowarn", "-d", str(folder), "-cp", str(jar), *sources], check=True, capture_output=True
    )
    done = subprocess.run(
        ["java", "-cp", f"{folder}:{jar}", "InterviewTimes", str(given), str(PASSES)],
        check=True, capture_output=True, text=True, timeout=900,
    )  # fmt: skip
    found = (line.split("\t") for line in done.stdout.splitlines())
    return {identity: float(time) for identity, time in found if time != "failed"}


def _replayed(path: Path, trace: dict[str, Any]) -> list[float]:
    """The processor times that the answers, the refused answers and the new instances of one interview take.

    What the records and earlier interviews left in memory is kept from the garbage collector, which would otherwise
    look through it in whichever answer comes next. JavaRosa's figures hold no collection at all.
    """
    gc.collect()
    gc.freeze()
    session = FormSession(FormDefinition.from_xml((path.parent / trace["xform"]).read_bytes(), client_lists=False))
    takes: dict[str, Callable[[str, str], object]] = {"answer": session.answer, "try_answer": session.probe}
    times: list[float] = []
    for step in trace["steps"]:
        take = takes.get(step["op"])
        try:
            if take is not None:
                ref = session.node(step["ref"]).ref
                _timed(times, partial(take, ref, step["value"] or ""), time.thread_time)
            elif step["op"] == "new_repeat":
                ref = step["ref"].rpartition("[")[0] if step["ref"].endswith("]") else step["ref"]
                _timed(times, partial(session.add_repeat, ref), time.thread_time)
        except KeyError:
            continue  # an instance that only JavaRosa keeps
    return times


def _memory_and_cache_rows(form: Path) -> list[Row]:
    definition = FormDefinition.from_xml(form.read_bytes())
    FormSession(definition)
    gc.collect()
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    sessions = [FormSession(definition) for _ in range(3)]
    gc.collect()
    each = (tracemalloc.get_traced_memory()[0] - before) / len(sessions) / 1024
    tracemalloc.stop()
    own = _own(form, CELLS[0])
    return [
        row("WHO: memory of one session", "KiB", each, aim="stated", ok=True),
        row("WHO: definition from the cache", "ms", own.from_cache, aim="<= 50 ms", ok=own.from_cache <= 50),
    ]
