"""A report that cannot be written says why in the reader's language, never in the system's words."""

import os
from pathlib import Path

import pytest

from roadmapdesk.errors import Message
from roadmapdesk.reports.errors import TargetNotWritable
from roadmapdesk.reports.targets import write_whole


def _refused(target: Path) -> TargetNotWritable:
    with pytest.raises(TargetNotWritable) as caught:
        write_whole(target, b"report")
    return caught.value


def _said(error: TargetNotWritable, message: Message) -> bool:
    return error.message is message


def test_a_name_that_is_too_long_is_called_so_and_leaves_nothing_behind(tmp_path: Path) -> None:
    error = _refused(tmp_path / ("ä" * 300 + ".pdf"))
    assert _said(error, TargetNotWritable.BAD_NAME)
    assert not list(tmp_path.iterdir())


def test_a_folder_that_takes_no_files_is_refused_without_the_systems_words() -> None:
    if not Path("/proc/self").is_dir():
        pytest.skip("needs a folder of the kernel, in which nobody can create a file")
    error = _refused(Path("/proc/report.pdf"))
    assert _said(error, TargetNotWritable.NOT_ALLOWED)
    assert os.strerror(2) not in str(error)


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    assert _said(_refused(tmp_path / "nowhere" / "a.pdf"), TargetNotWritable.MISSING_FOLDER)
