"""Power cuts, simulated: what our store really sends is replayed over a disk that forgets what was not synced.

1. A scripted interview runs through the real store; every statement and pragma that reaches the driver is
   recorded, with a mark after each confirmed answer.
2. The recording is replayed once through a file system shim that notes every write, truncate, sync and delete.
3. For each cut, the disk is rebuilt up to a random one of these steps: synced bytes are there; of the later writes
   each 512-byte sector survives with probability one half, and so does each unsynced truncate or delete. The file
   is opened again, and every answer confirmed before the cut must be in draft, index and audit trail.

Two models of metadata: ``ordered``, like ext4, NTFS and APFS, where an earlier delete is durable once a later sync
returned; and ``strict``, where only a sync of the directory makes it so.
"""

import itertools
import random
import shutil
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import apsw
from common import Row, new_project, next_answer, reopen, save, work_folder

from roadmapdesk.storage import engine, opening, schema

_SECTOR = 512
_ANSWERS = 24
_DATABASE = "project.sqlite"

Step = tuple[Any, ...]


def rows(count: int) -> list[Row]:
    """One row for each model of metadata; the control replays the same recording as WAL with NORMAL."""
    with work_folder(fast=True) as folder:
        recording = record(folder / "recorded")
        ours = replay(recording, folder / "ours")
        control = replay([_as_wal(step) for step in recording], folder / "wal")
        return [_cut_often(folder, ours, control, model, count) for model in ("ordered", "strict")]


def record(folder: Path, passphrase: str | None = None) -> list[Step]:
    """Everything that the store sends while a scripted interview is held: ("sql", text) and ("saved", ref, text).

    The simulated disk replays the recording of the plain engine; `test_faults` shows that the encrypted one sends the
    same.
    """
    recorder = _Recorder()
    real = engine.driver_for

    def driver_recorded(key: Any) -> Any:
        driver = real(key)

        def connect_recorded(path: str, **options: Any) -> Any:
            connection = driver.connect(path, **options)
            if _DATABASE in str(path):
                recorder.listen(connection)
            return connection

        return SimpleNamespace(**{**vars(driver), "connect": connect_recorded})

    for module in (engine, schema, opening):
        module.driver_for = driver_recorded  # type: ignore[assignment]  # — the recording stands in
    try:
        chance = random.Random("power")
        project_folder, interview = new_project(folder, passphrase)
        recorder.mark("begin")
        with reopen(project_folder, passphrase) as project:
            for sequence in range(1, _ANSWERS + 1):
                ref, text = next_answer(sequence, chance)
                save(project, interview, ref, text, sequence)
                recorder.mark("saved", ref, text)
    finally:
        for module in (engine, schema, opening):
            module.driver_for = real
    return recorder.writing()


class _Recorder:
    """Notes which connection sends what.

    One connection replays the recording, so what a connection sent that may only read is left out; the disk sees
    nothing of it.
    """

    def __init__(self) -> None:
        self._steps: list[tuple[int, Step]] = []
        self._numbers = itertools.count(1)
        self._reading: set[int] = set()

    def listen(self, connection: Any) -> None:
        number = next(self._numbers)

        def note(statement: str) -> None:
            self._steps.append((number, ("sql", statement)))
            if statement == engine.READ_ONLY_PRAGMAS[0]:
                self._reading.add(number)

        connection.set_trace_callback(note)

    def mark(self, *step: str) -> None:
        self._steps.append((0, step))

    def writing(self) -> list[Step]:
        return [step for number, step in self._steps if number not in self._reading]


def _as_wal(step: Step) -> Step:
    if step[0] != "sql":
        return step
    text = step[1].replace("journal_mode = TRUNCATE", "journal_mode = WAL")
    return ("sql", text.replace("synchronous = EXTRA", "synchronous = NORMAL"))


@dataclass
class Disk:
    """What is on the platter, and what is still under way."""

    ordered: bool
    durable: dict[str, bytearray] = field(default_factory=dict)
    pending: dict[str, list[Step]] = field(default_factory=lambda: defaultdict(list))

    def apply(self, step: Step) -> None:
        kind, name = step[0], step[1]
        if kind == "sync":
            self._sync(name)
        elif kind == "delete" and step[2]:
            self.durable.pop(name, None)
            self.pending.pop(name, None)
        else:
            self.pending[name].append(step)

    def _sync(self, name: str) -> None:
        image = self.durable.get(name, bytearray())
        for step in self.pending.pop(name, []):
            image = _change(image, step)
        self.durable[name] = image
        if not self.ordered:
            return
        for other, steps in list(self.pending.items()):
            deletes = [index for index, step in enumerate(steps) if step[0] == "delete"]
            if deletes:
                self.durable.pop(other, None)
                self.pending[other] = steps[deletes[-1] + 1 :]

    def crash(self, folder: Path, chance: random.Random) -> None:
        """Writes what a restart would find."""
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for name in self.durable.keys() | self.pending.keys():
            if name.endswith("-shm"):
                continue
            image, is_gone = bytearray(self.durable.get(name, b"")), False
            for step in self.pending.get(name, ()):
                if step[0] == "delete":
                    if chance.random() >= 0.5:
                        break  # the old name stays; writes to the new file are not reachable
                    is_gone, image = True, bytearray()
                else:
                    is_gone, image = False, _change(image, step, chance)
            if not is_gone and (name in self.durable or image):
                (folder / name).write_bytes(image)


def _change(image: bytearray, step: Step, chance: random.Random | None = None) -> bytearray:
    """The image after a write, truncate or delete; with `chance`, sector by sector or not at all."""
    if step[0] == "delete":
        return bytearray()
    if step[0] == "truncate":
        if chance is None or chance.random() < 0.5:
            del image[step[2] :]
        return image
    _, _, offset, data = step
    for start in range(0, len(data), _SECTOR):
        if chance is None or chance.random() < 0.5:
            sector = data[start : start + _SECTOR]
            end = offset + start + len(sector)
            if len(image) < end:
                image.extend(b"\0" * (end - len(image)))
            image[offset + start : end] = sector
    return image


_LOG: list[Step] = []


class _File(apsw.VFSFile):
    def __init__(self, name: Any, flags: list[int]) -> None:
        self.short = Path(name.filename() if isinstance(name, apsw.URIFilename) else name or "passing").name
        super().__init__("", name, flags)

    def xWrite(self, data: Any, offset: int) -> None:  # noqa: N802 — a name of the SQLite interface
        super().xWrite(data, offset)
        _LOG.append(("write", self.short, offset, bytes(data)))

    def xTruncate(self, size: int) -> None:  # noqa: N802 — a name of the SQLite interface
        super().xTruncate(size)
        _LOG.append(("truncate", self.short, size))

    def xSync(self, flags: int) -> None:  # noqa: N802 — a name of the SQLite interface
        super().xSync(flags)
        _LOG.append(("sync", self.short))


class _Shim(apsw.VFS):
    def __init__(self) -> None:
        super().__init__("noting", "")

    def xOpen(self, name: Any, flags: list[int]) -> _File:  # noqa: N802 — a name of the SQLite interface
        return _File(name, flags)

    def xDelete(self, name: str, sync_directory: bool) -> None:  # noqa: N802 — a name of the SQLite interface
        super().xDelete(name, sync_directory)
        _LOG.append(("delete", Path(name).name, sync_directory))


def replay(recording: list[Step], folder: Path) -> list[Step]:
    """The steps of the file system behind a recording, with the marks of confirmed answers between them."""
    folder.mkdir()
    shim = _Shim()
    _LOG.clear()
    exclusive = any("= WAL" in step[1] for step in recording if step[0] == "sql")
    connection = apsw.Connection(str(folder / _DATABASE), vfs="noting")
    if exclusive:
        connection.execute("PRAGMA locking_mode = EXCLUSIVE").fetchall()
    for step in recording:
        if step[0] == "sql":
            connection.execute(step[1]).fetchall()
        else:
            _LOG.append(step)
    log = list(_LOG)
    connection.close()
    shim.unregister()
    return log


def _cut_often(folder: Path, ours: list[Step], control: list[Step], model: str, count: int) -> Row:
    confirmed = lost = unsound = control_lost = 0
    for number in range(count):
        told, missing, is_sound = _cut(ours, folder / "cut", random.Random(f"{model} {number}"), model)
        confirmed += told
        lost += missing
        unsound += not is_sound
        control_lost += _cut(control, folder / "cut", random.Random(f"{model} {number}"), model)[1]
    kinds = {kind: sum(step[0] == kind for step in ours) for kind in ("write", "sync")}
    note = (
        f"control: the same recording as WAL with NORMAL; {unsound} unsound files; {kinds['write']} writes and"
        f" {kinds['sync']} syncs for {_ANSWERS} answers"
    )
    return Row(f"power cut, {model} metadata", count, confirmed, lost + unsound, control_lost, note)


def _cut(log: list[Step], folder: Path, chance: random.Random, model: str) -> tuple[int, int, bool]:
    """One power cut: (answers confirmed before it, how many of them are missing, whether the file is sound)."""
    begin = log.index(("begin",))
    end = chance.randrange(begin + 1, len(log) + 1)
    disk = Disk(ordered=model == "ordered")
    saved: dict[str, str] = {}
    told = 0
    for step in log[:end]:
        if step[0] == "saved":
            saved[step[1]] = step[2]
            told += 1
        elif step[0] != "begin":
            disk.apply(step)
    disk.crash(folder, chance)
    try:
        connection = apsw.Connection(str(folder / _DATABASE))
        is_sound = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        drafts = dict(connection.execute("SELECT path, text FROM draft_answer").fetchall())
        texts = {text for (text,) in connection.execute("SELECT text FROM answer").fetchall()}
        trail = set(connection.execute("SELECT path, new_text FROM audit").fetchall())
        connection.close()
    except apsw.Error:
        return told, told, False
    later = {step[1]: step[2] for step in log[end:] if step[0] == "saved"}
    missing = 0
    for ref, text in saved.items():
        # An answer that was stored but not yet confirmed may already have replaced this one.
        is_there = drafts.get(ref) == text and text in texts
        is_replaced = drafts.get(ref) is not None and drafts.get(ref) == later.get(ref)
        missing += not ((is_there or is_replaced) and (ref, text) in trail)
    return told, missing, is_sound
