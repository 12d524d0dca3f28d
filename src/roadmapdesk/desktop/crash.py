"""When something breaks: a log without answers, a report for the next start, and a window that stays usable."""

import faulthandler
import json
import logging
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import TextIO

from roadmapdesk import __version__
from roadmapdesk.errors import places_of

_log = logging.getLogger(__name__)
_REPORT = "crash.json"
_FAULTS = "faults.log"


@dataclass(frozen=True, slots=True)
class CrashReport:
    """What is known of a crash: where in the program, never what was typed.

    Attributes:
        at: ISO moment.
        text: version, system, exception class and the places in our code.
    """

    at: str
    text: str


class CrashKeeper:
    """Keeps the log and the reports in one folder.

    Args:
        folder: the user's log folder.
        notify: told about each crash at once, on the thread that crashed.
    """

    def __init__(self, folder: Path, *, notify: Callable[[CrashReport], None] | None = None) -> None:
        self._folder = folder
        self._notify = notify
        self._faults: TextIO | None = None

    def install(self) -> None:
        """Starts the log and takes over unhandled exceptions of every thread."""
        self._folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            self._folder / "roadmapdesk.log", maxBytes=500_000, backupCount=3, encoding="utf-8"
        )
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
        logging.getLogger("roadmapdesk").addHandler(handler)
        logging.getLogger("roadmapdesk").setLevel(logging.INFO)
        self._faults = (self._folder / _FAULTS).open("a", encoding="utf-8")
        faulthandler.enable(self._faults)
        sys.excepthook = self._on_exception
        threading.excepthook = lambda args: self._on_exception(args.exc_type, args.exc_value, args.exc_traceback)

    def uninstall(self) -> None:
        """Gives everything back, at the proper end of the program."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__
        if self._faults is not None:
            faulthandler.disable()
            self._faults.close()
            self._faults = None
        logger = logging.getLogger("roadmapdesk")
        for handler in list(logger.handlers):
            if isinstance(handler, RotatingFileHandler) and Path(handler.baseFilename).parent == self._folder:
                logger.removeHandler(handler)
                handler.close()

    def take_report(self) -> CrashReport | None:
        """The report of the last session's crash, once; None when it ended properly."""
        path = self._folder / _REPORT
        report = None
        try:
            stored = json.loads(path.read_text(encoding="utf-8"))
            report = CrashReport(str(stored["at"]), str(stored["text"]))
            path.unlink()
        except (OSError, ValueError, KeyError, TypeError):
            report = None
        return report or self._take_fault()

    def record(self, error: BaseException) -> CrashReport:
        """Writes a report about an exception and returns it."""
        report = CrashReport(datetime.now(UTC).isoformat(timespec="seconds"), f"{_environment()}\n{places_of(error)}")
        _log.error("unexpected: %s", report.text)
        content = json.dumps({"at": report.at, "text": report.text}, ensure_ascii=False)
        try:
            (self._folder / _REPORT).write_text(content, encoding="utf-8")
        except OSError:
            _log.warning("the crash report could not be written")
        return report

    def _take_fault(self) -> CrashReport | None:
        """What faulthandler wrote when the process itself was killed by a fault."""
        path = self._folder / _FAULTS
        try:
            text = path.read_text(encoding="utf-8", errors="replace").strip()
            if not text:
                return None
            at = datetime.fromtimestamp(path.stat().st_mtime, UTC).isoformat(timespec="seconds")
            path.write_text("", encoding="utf-8")
        except OSError:
            return None
        return CrashReport(at, f"{_environment()}\n{text}")

    def _on_exception(
        self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error or kind(), trace)
            return
        report = self.record((error or kind()).with_traceback(trace))
        if self._notify is not None:
            self._notify(report)


def _environment() -> str:
    import platform  # noqa: PLC0415 — only when something broke

    return f"RoadmapDesk {__version__}, Python {platform.python_version()}, {platform.platform()}"
