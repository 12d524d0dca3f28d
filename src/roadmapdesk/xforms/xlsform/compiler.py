"""Compiles a form file: pyxform runs in a child process with limits, results are cached by content hash."""

import hashlib
import json
import logging
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import roadmapdesk
from roadmapdesk.paths import cache_folder
from roadmapdesk.xforms.xlsform import problems as says
from roadmapdesk.xforms.xlsform.problems import FormFileError, Problem, Severity
from roadmapdesk.xforms.xlsform.tables import FormTables, Row, Sheet

_log = logging.getLogger(__name__)
KINDS = (".xlsx", ".xlsm", ".xls", ".csv", ".md", ".xml")
DEFAULT_TIMEOUT_S = 60.0
MEMORY_MB = 2_048
MAX_FILE_MB = 50
CHILD_OPTION = "--form-compiler"
"""First argument with which a built program becomes the compiler's child; no command a person would call."""
_CACHE_VERSION = 5
_CACHED_FORMS = 40
_GLANCE_S = 0.2


@dataclass(frozen=True, slots=True)
class CompiledForm:
    """One compiled form.

    Attributes:
        xform_xml: the XForm as UTF-8; empty where errors stopped the compiler.
        extra_sheets: mapping lower-case sheet name → filled rows as mappings column → text, for sheets that are
            not XLSForm's own, for example ``scoring`` and ``roles``.
        problems: everything found, errors and warnings, in the order of the file.
        sha256: hash of the file's bytes, hexadecimal.
        itemsets_csv: the external choices as CSV, empty where the form has none.
        tables: all sheets as read; empty for a form written as XForm XML.
    """

    xform_xml: bytes
    extra_sheets: Mapping[str, tuple[Mapping[str, str], ...]]
    problems: tuple[Problem, ...]
    sha256: str
    itemsets_csv: bytes = b""
    tables: FormTables = field(default_factory=lambda: FormTables(()))

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that stop the form."""
        return tuple(problem for problem in self.problems if problem.severity is Severity.ERROR)

    def require_usable(self, name: str) -> "CompiledForm":
        """This form.

        Raises:
            FormFileError: the compiler produced no form; the sentence holds the first error.
        """
        if self.xform_xml:
            return self
        first = self.errors[0] if self.errors else Problem("form.damaged_file")
        text = f"{first.place}: {first.sentence}" if first.place else first.sentence
        raise FormFileError(says.HAS_PROBLEMS, name=name, first=text)


def compile_form(
    source: Path | bytes,
    *,
    name: str | None = None,
    kind: str | None = None,
    timeout_s: float = DEFAULT_TIMEOUT_S,
    memory_mb: int = MEMORY_MB,
    use_cache: bool = True,
    is_cancelled: Callable[[], bool] | None = None,
) -> CompiledForm:
    """The compiled form of a file or of its bytes, from the cache where its content was compiled before.

    Args:
        source: path of the file, or its bytes; bytes need `kind`.
        name: fallback for the form's id, as the file's name without extension; taken from the path by default.
        kind: extension with its dot; taken from the path by default.
        timeout_s: wall-clock limit for the child process, in seconds.
        memory_mb: memory limit for the child process, where the system can set one.
        use_cache: whether an earlier result for the same content may be taken and this one kept.
        is_cancelled: asked a few times a second while the child works; True ends the child.

    Raises:
        FormFileError: missing, of no known kind, too large, cancelled, or beyond the compiler's limits. Errors inside
            the form are returned as problems, all of them at once.
    """
    data, label, name, kind = _load(source, name, kind)
    digest = hashlib.sha256(data).hexdigest()
    entry = _cache_entry(digest, name, kind)
    record = _read_cache(entry) if use_cache else None
    if record is None:
        limits = [kind, name, str(memory_mb), str(max(1, round(timeout_s) + 1))]
        record = _run_child(data, label, limits=limits, timeout_s=timeout_s, is_cancelled=is_cancelled)
        if use_cache and record["xform"]:
            _write_cache(entry, record)
    return _from_record(record, digest)


def _load(source: Path | bytes, name: str | None, kind: str | None) -> tuple[bytes, str, str, str]:
    if isinstance(source, bytes):
        label, data = name or "", source
    else:
        label = source.name
        kind = kind or source.suffix
        name = name or source.stem
        data = _read_file(source)
    kind = (kind or "").lower()
    if kind not in KINDS:
        raise FormFileError(says.UNKNOWN_KIND, name=label)
    if len(data) > MAX_FILE_MB << 20:
        raise FormFileError(says.TOO_LARGE, name=label, limit=MAX_FILE_MB)
    return data, label, name or "data", kind


def _read_file(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read((MAX_FILE_MB << 20) + 1)
    except OSError as error:
        raise FormFileError(says.MISSING_FILE, name=path) from error


def _run_child(
    data: bytes, label: str, *, limits: list[str], timeout_s: float, is_cancelled: Callable[[], bool] | None
) -> dict[str, Any]:
    package_parent = str(Path(roadmapdesk.__file__).resolve().parent.parent)
    environment = {**os.environ, "PYTHONPATH": package_parent, "PYTHONUTF8": "1"}
    with subprocess.Popen(
        [*_child_command(), *limits],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    ) as child:
        try:
            answer, complaint = _talk(child, data, label, timeout_s, is_cancelled)
        except BaseException:
            child.kill()
            raise
    if child.returncode != 0:
        _log.warning(
            "form compiler ended with %s: %s", child.returncode, complaint[-1000:].decode("utf-8", "replace")
        )
        raise FormFileError(says.COMPILER_DIED, name=label)
    record: dict[str, Any] = json.loads(answer)
    return record


def _talk(
    child: "subprocess.Popen[bytes]",
    data: bytes,
    label: str,
    timeout_s: float,
    is_cancelled: Callable[[], bool] | None,
) -> tuple[bytes, bytes]:
    """Hands the form over and waits for the answer; looks now and then whether a person gave up."""
    ends = time.monotonic() + timeout_s
    form: bytes | None = data
    while True:
        left = ends - time.monotonic()
        try:
            return child.communicate(form, timeout=max(0.0, min(left, _GLANCE_S) if is_cancelled else left))
        except subprocess.TimeoutExpired as error:
            form = None
            if is_cancelled is not None and is_cancelled():
                raise FormFileError(says.CANCELLED, name=label) from error
            if time.monotonic() >= ends:
                raise FormFileError(says.OUT_OF_TIME, name=label, limit=f"{timeout_s:g}") from error


def _child_command() -> list[str]:
    """What starts the child: this Python, or this program once more where it was built without a Python."""
    if getattr(sys, "frozen", False):
        return [sys.executable, CHILD_OPTION]
    return [sys.executable, "-P", "-m", "roadmapdesk.xforms.xlsform.child"]


def _from_record(record: Mapping[str, Any], digest: str) -> CompiledForm:
    tables = FormTables(
        tuple(
            Sheet(
                entry["name"], tuple(entry["columns"]), tuple(Row(number, cells) for number, cells in entry["rows"])
            )
            for entry in record["tables"]
        )
    )
    return CompiledForm(
        xform_xml=(record["xform"] or "").encode("utf-8"),
        extra_sheets={name: tuple(rows) for name, rows in record["extra_sheets"].items()},
        problems=tuple(Problem.from_record(entry) for entry in record["problems"]),
        sha256=digest,
        itemsets_csv=(record["itemsets"] or "").encode("utf-8"),
        tables=tables,
    )


def _cache_entry(digest: str, name: str, kind: str) -> Path:
    from importlib.metadata import version  # noqa: PLC0415 — reads the disk

    made_by = f"{_CACHE_VERSION}\0{version('pyxform')}\0{roadmapdesk.__version__}\0{name}\0{kind}\0{digest}"
    return cache_folder() / "forms" / f"{hashlib.sha256(made_by.encode('utf-8')).hexdigest()}.json"


def _read_cache(entry: Path) -> dict[str, Any] | None:
    """The cached record, None where there is none or where it was damaged."""
    try:
        head, body = entry.read_bytes().split(b"\n", 1)
    except (OSError, ValueError):
        return None
    if hashlib.sha256(body).hexdigest().encode("ascii") != head:
        return None
    record: dict[str, Any] = json.loads(body)
    return record


def _write_cache(entry: Path, record: Mapping[str, Any]) -> None:
    """Stores a record beside the others; a full or read-only disk only means that the next call compiles again."""
    body = json.dumps(record, ensure_ascii=False).encode("utf-8")
    with suppress(OSError):
        entry.parent.mkdir(parents=True, exist_ok=True)
        descriptor, beside = tempfile.mkstemp(dir=entry.parent, suffix=".part")
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(hashlib.sha256(body).hexdigest().encode("ascii") + b"\n" + body)
        Path(beside).replace(entry)
        _prune(entry.parent)


def _prune(folder: Path) -> None:
    entries = sorted(folder.glob("*.json"), key=lambda path: path.stat().st_mtime, reverse=True)
    for old in entries[_CACHED_FORMS:]:
        old.unlink(missing_ok=True)
