"""kill -9 at random moments while answers are saved; the same file is killed again and again.

An answer counts as confirmed when `save_answer` has returned and the child has said so on a pipe.
"""

import json
import multiprocessing
import random
import time
from multiprocessing.connection import Connection
from pathlib import Path

from common import ENGINES, Row, cheap_passphrases, new_project, next_answer, reopen, save, work_folder

_MOST_S = 0.3


def rows(count: int) -> list[Row]:
    """One row for each engine, `count` kills each, both with the same control."""
    cheap_passphrases()
    control = max(5, count // 8)
    with work_folder() as folder:
        control_lost = _naive(folder / "answers.json", control)
        return [_ours(folder, name, passphrase, count, control_lost) for name, passphrase in ENGINES]


def _ours(folder: Path, name: str, passphrase: str | None, count: int, control_lost: int) -> Row:
    project_folder, interview = new_project(folder / name, passphrase)
    chance = random.Random(f"kill {name}")
    confirmed: dict[str, str] = {}
    total = lost = unsound = journals = recovered = 0
    for _ in range(count):
        for ref, text in _kill(_write, (str(project_folder), passphrase, interview, chance.random()), chance):
            confirmed[ref] = text
            total += 1
        journal = project_folder / "project.sqlite-journal"
        journals += journal.exists() and journal.stat().st_size > 0
        with reopen(project_folder, passphrase) as project:
            answers = project.drafts.load(interview).answers
            recovered += project.recovery is not None
            # One answer may be stored and not yet confirmed; it may have replaced a confirmed one.
            missing = [ref for ref, text in confirmed.items() if _number(answers.get(ref, "-1")) < _number(text)]
            lost += len(missing)
            confirmed = dict(answers)
            unsound += not project.check().is_sound
    note = (
        f"control: one JSON file rewritten in place; {journals} cut transactions rolled back,"
        f" {recovered} recoveries told, {unsound} unsound files"
    )
    return Row(f"kill -9, {name}", count, total, lost + unsound, control_lost, note)


def _number(text: str) -> int:
    return int(text.split(maxsplit=1)[0])


def _kill(target, arguments: tuple[object, ...], chance: random.Random) -> list[tuple[str, str]]:
    """Starts the child, kills it after a while, and returns what it had confirmed."""
    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("fork" if "fork" in methods else "spawn")
    reading, writing = context.Pipe(duplex=False)
    child = context.Process(target=target, args=(writing, *arguments))
    child.start()
    writing.close()
    said: list[tuple[str, str]] = []
    reading.recv()
    said.append(reading.recv())  # on a busy machine the first answer may take longer than the time until the kill
    end = time.monotonic() + chance.uniform(0, _MOST_S)
    while (left := end - time.monotonic()) > 0:
        if reading.poll(left):
            said.append(reading.recv())
    child.kill()
    child.join()
    try:
        while True:
            said.append(reading.recv())
    except (EOFError, OSError):
        reading.close()
    return said


def _write(pipe: Connection, folder: str, passphrase: str | None, interview: str, seed: float) -> None:
    chance = random.Random(seed)
    project = reopen(Path(folder), passphrase)
    sequence = project.drafts.load(interview).sequence
    pipe.send("ready")
    while True:
        sequence += 1
        ref, text = next_answer(sequence, chance)
        save(project, interview, ref, text, sequence)
        pipe.send((ref, text))


def _naive(path: Path, count: int) -> int:
    """The control: every answer rewrites one JSON file in place; goes on until something is lost."""
    chance = random.Random("naive")
    lost = 0
    for number in range(count * 10):
        if number >= count and lost:
            break
        said = _kill(_write_naively, (str(path),), chance)
        try:
            have = json.loads(path.read_text("utf-8"))
        except ValueError:
            have = {}
        lost += sum(ref not in have for ref, _ in said)
    return lost


def _write_naively(pipe: Connection, name: str) -> None:
    path = Path(name)
    try:
        answers = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        answers = {}
    pipe.send("ready")
    number = len(answers)
    while True:
        number += 1
        answers[str(number)] = "x" * (number * 97 % 700)
        path.write_text(json.dumps(answers), "utf-8")
        pipe.send((str(number), ""))
