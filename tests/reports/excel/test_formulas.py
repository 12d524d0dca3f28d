"""What another program calculates from our formulas equals the values that we stored with them."""

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from roadmapdesk.domain.levels import Level

ALL = [(level, language) for level in Level for language in ("de", "en")]
LIVE = {"03": (6, 4, 7), "16": (5, 4, 6)}
"""Mapping start of a sheet's name → places of the columns: minuend, subtrahend and the formula."""


def _without_values(source: Path, target: Path) -> int:
    """The workbook with the stored value of every formula removed, so that a reader has to calculate it."""
    removed = 0
    with zipfile.ZipFile(source) as archive, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in archive.namelist():
            content, count = re.subn(rb"(</f>)<v>[^<]*</v>", rb"\1", archive.read(name))
            removed += count
            copy.writestr(name, content)
    return removed


@pytest.mark.parametrize(
    ("level", "language"),
    [pytest.param(*entry, marks=() if entry == (Level.HANDOFF, "de") else pytest.mark.slow) for entry in ALL],
)
def test_recalculated_numbers_equal_the_stored_ones(
    level: Level,
    language: str,
    workbook_at: Callable[[Level, str], Path],
    office: Callable[[Path, str], Path],
    tmp_path: Path,
) -> None:
    source, bare = workbook_at(level, language), tmp_path / "bare.xlsx"
    assert _without_values(source, bare) > 20
    formulas = openpyxl.load_workbook(source)
    stored = openpyxl.load_workbook(source, data_only=True)
    calculated = openpyxl.load_workbook(office(bare, "xlsx"), data_only=True)
    compared = 0
    for sheet in formulas:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type != "f":
                    continue
                ours = stored[sheet.title][cell.coordinate].value
                assert calculated[sheet.title][cell.coordinate].value == pytest.approx(ours, abs=1e-9), (
                    cell.coordinate
                )
                compared += 1
    assert compared > 20


@pytest.mark.parametrize(("level", "language"), ALL)
def test_gaps_and_changes_stand_once_and_follow_the_scores_of_their_row(
    level: Level, language: str, workbook_at: Callable[[Level, str], Path]
) -> None:
    stored = openpyxl.load_workbook(workbook_at(level, language), data_only=True)
    live = openpyxl.load_workbook(workbook_at(level, language))
    for name, (minuend, subtrahend, difference) in LIVE.items():
        sheet = next(sheet for sheet in stored if sheet.title.startswith(name))
        rows = list(sheet[next(area for key, area in sheet.tables.items() if key in {"cells", "changes"})])
        assert len({cell.value for cell in rows[0]}) == len(rows[0])
        told = [row for row in rows[1:] if row[minuend].value is not None and row[subtrahend].value is not None]
        assert told
        for row in told:
            assert live[sheet.title][row[difference].coordinate].data_type == "f"
            assert row[difference].value == pytest.approx(row[minuend].value - row[subtrahend].value)


@pytest.mark.slow
def test_the_workbook_prints(workbook_at: Callable[[Level, str], Path], office: Callable[[Path, str], Path]) -> None:
    printed = office(workbook_at(Level.HANDOFF, "de"), "pdf").read_bytes()
    assert printed.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", printed)) > 20
