import logging
import sys
from pathlib import Path

from roadmapdesk.desktop.crash import CrashKeeper, CrashReport

SECRET = "what the respondent said"


def crash_with_an_answer() -> ValueError:
    try:
        raise ValueError(SECRET)
    except ValueError as error:
        return error


def test_a_crash_is_told_at_the_next_start_and_only_once(tmp_path: Path) -> None:
    CrashKeeper(tmp_path).record(crash_with_an_answer())

    keeper = CrashKeeper(tmp_path)
    report = keeper.take_report()

    assert isinstance(report, CrashReport)
    assert "ValueError" in report.text
    assert "test_crash.py" in report.text
    assert keeper.take_report() is None


def test_neither_report_nor_log_holds_an_answer(tmp_path: Path) -> None:
    keeper = CrashKeeper(tmp_path)
    keeper.install()
    try:
        keeper.record(crash_with_an_answer())
    finally:
        keeper.uninstall()

    assert [path for path in tmp_path.iterdir() if SECRET in path.read_text(encoding="utf-8")] == []
    assert "unexpected" in (tmp_path / "roadmapdesk.log").read_text(encoding="utf-8")


def test_the_hook_is_told_and_given_back(tmp_path: Path) -> None:
    told: list[CrashReport] = []
    keeper = CrashKeeper(tmp_path, notify=told.append)
    before = sys.excepthook
    keeper.install()
    try:
        error = crash_with_an_answer()
        sys.excepthook(type(error), error, error.__traceback__)
    finally:
        keeper.uninstall()

    assert len(told) == 1
    assert sys.excepthook in {before, sys.__excepthook__}
    assert not any(isinstance(handler, logging.FileHandler) for handler in logging.getLogger("roadmapdesk").handlers)


def test_what_faulthandler_wrote_is_offered(tmp_path: Path) -> None:
    (tmp_path / "faults.log").write_text("Fatal Python error: Segmentation fault\n", encoding="utf-8")

    report = CrashKeeper(tmp_path).take_report()

    assert report is not None
    assert "Segmentation fault" in report.text
    assert CrashKeeper(tmp_path).take_report() is None


def test_a_damaged_report_is_no_crash(tmp_path: Path) -> None:
    (tmp_path / "crash.json").write_text("{", encoding="utf-8")

    assert CrashKeeper(tmp_path).take_report() is None
