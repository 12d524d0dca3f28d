"""The workbook of the sample project, read by two readers that know nothing of the writer."""

import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from roadmapdesk.domain.levels import Level
from roadmapdesk.reports.errors import ReportCancelled, TargetNotWritable
from roadmapdesk.reports.excel.workbook import check_workbook, write_workbook
from roadmapdesk.reports.facts import ReportFacts
from roadmapdesk.scoring.scorecard import CellKey

ALL = [(level, language) for level in Level for language in ("de", "en")]
GERMAN = [
    "00_Lesehinweis",
    "01_Kennzahlen",
    "02_Akteure",
    "03_Stufe_Dimension",
    "04_Stufen",
    "05_Dimensionen",
    "06_Engpaesse",
    "07_Fachkraefte",
    "08_Infrastruktur_Nuklide",
    "09_Regulatorik",
    "10_Finanzierung",
    "11_Transfer",
    "12_International",
    "13_Akzeptanz",
    "14_Netzwerk",
    "15_Massnahmen",
    "16_Veraenderung",
    "17_Robustheit",
    "19_Datenwoerterbuch",
    "20_Protokoll",
]
WorkbookAt = Callable[[Level, str], Path]
SampleFacts = Callable[[Level, str], ReportFacts]


@pytest.mark.parametrize(("level", "language"), ALL)
def test_every_workbook_passes_its_own_check(
    level: Level, language: str, workbook_at: WorkbookAt, sample_facts: SampleFacts
) -> None:
    assert check_workbook(workbook_at(level, language), sample_facts(level, language))


@pytest.mark.parametrize("level", list(Level))
def test_sheets_stand_in_their_order_in_both_languages(level: Level, workbook_at: WorkbookAt) -> None:
    german = CalamineWorkbook.from_path(workbook_at(level, "de")).sheet_names
    english = CalamineWorkbook.from_path(workbook_at(level, "en")).sheet_names
    assert german == GERMAN
    assert [name.partition("_")[0] for name in english] == [name.partition("_")[0] for name in german]
    assert "03_Stage_Dimension" in english


@pytest.mark.parametrize(("level", "language"), ALL)
def test_invented_data_and_the_level_are_marked_on_every_sheet(
    level: Level, language: str, workbook_at: WorkbookAt
) -> None:
    sample = {"de": "Beispieldaten", "en": "Sample data"}[language]
    marking = {
        Level.INTERNAL: {"de": "Intern – nicht weitergeben", "en": "Internal – do not pass on"},
        Level.HANDOFF: {"de": "Übergabe – vertraulich", "en": "Hand-off – confidential"},
        Level.PUBLIC: {"de": "Öffentlich", "en": "Public"},
    }[level][language]
    book = openpyxl.load_workbook(workbook_at(level, language))
    for sheet in book:
        assert sample in sheet["A2"].value
        assert marking in sheet["A2"].value
        assert sample in sheet.oddHeader.right.text


def test_real_data_carry_no_mark_of_invented_ones(tmp_path: Path, sample_facts: SampleFacts) -> None:
    facts = replace(sample_facts(Level.HANDOFF, "de"), is_sample=False)
    write_workbook(facts, tmp_path / "real.xlsx")
    book = openpyxl.load_workbook(tmp_path / "real.xlsx")
    assert all("Beispieldaten" not in str(sheet["A2"].value) for sheet in book)
    assert check_workbook(tmp_path / "real.xlsx", facts)


@pytest.mark.parametrize(("level", "language"), ALL)
def test_tables_have_unique_names_and_their_heads_are_the_cells_above_them(
    level: Level, language: str, workbook_at: WorkbookAt
) -> None:
    book = openpyxl.load_workbook(workbook_at(level, language))
    names = []
    for sheet in book:
        for table in sheet.tables.values():
            names.append(table.displayName)
            head = [cell.value for cell in sheet[table.ref][0]]
            assert head == [column.name for column in table.tableColumns]
            assert len(set(head)) == len(head)
            assert all(isinstance(text, str) and text for text in head)
    assert len(set(names)) == len(names)
    assert {"cells", "stages", "dimensions", "actors", "measures", "network", "dictionary", "checksums"} <= set(names)
    assert not [name for name in names if re.fullmatch(r"[A-Za-z]{1,3}\d+", name)]


@pytest.mark.parametrize(("level", "language"), ALL)
def test_sheets_print_on_a4_with_repeated_heads_and_merge_nothing(
    level: Level, language: str, workbook_at: WorkbookAt
) -> None:
    book = openpyxl.load_workbook(workbook_at(level, language))
    for sheet in book:
        assert sheet.page_setup.paperSize == 9
        assert sheet.page_setup.fitToWidth == 1
        assert sheet.page_setup.fitToHeight == int(sheet.title.startswith(("00_", "01_")))
        assert sheet.print_title_rows
        assert sheet.print_area
        assert "&P" in sheet.oddFooter.right.text
        assert sheet.freeze_panes
        assert not sheet.merged_cells.ranges


@pytest.mark.parametrize(("level", "language"), ALL)
def test_workbooks_hold_no_macros_links_or_connections(level: Level, language: str, workbook_at: WorkbookAt) -> None:
    with zipfile.ZipFile(workbook_at(level, language)) as archive:
        names = archive.namelist()
        assert not [name for name in names if re.search(r"vba|external|connection|\.bin$|drawing", name)]
        assert b"openpyxl" not in b"".join(archive.read(name) for name in names)
        relations = b"".join(archive.read(name) for name in names if name.endswith(".rels"))
        assert b"TargetMode" not in relations


@pytest.mark.parametrize(("level", "language"), ALL)
def test_the_matrix_is_the_disclosed_scorecard(
    level: Level, language: str, workbook_at: WorkbookAt, sample_facts: SampleFacts
) -> None:
    card = sample_facts(level, language).scorecard
    name = {"de": "03_Stufe_Dimension", "en": "03_Stage_Dimension"}[language]
    rows = CalamineWorkbook.from_path(workbook_at(level, language)).get_sheet_by_name(name).to_python()
    records = [row for row in rows if row[0] in card.stages]
    assert len(records) == len(card.cells)
    for row in records:
        cell = card.cells[CellKey(row[0], row[2])]
        shown = [row[4], row[6], row[7], row[8]]
        figures = [cell.performance, cell.importance]
        expected = [figure.mean if figure else "" for figure in figures]
        expected += [value if value is not None else "" for value in (cell.gap, cell.priority)]
        assert shown == [pytest.approx(value) if value != "" else "" for value in expected]
        if cell.cell_class is None:
            assert row[9] == ""
        else:
            assert row[9][0] in "◆■▲□○", "a class is told by symbol and word"


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_dictionary_describes_every_column_of_every_table(language: str, workbook_at: WorkbookAt) -> None:
    book = openpyxl.load_workbook(workbook_at(Level.HANDOFF, language))
    name = {"de": "19_Datenwoerterbuch", "en": "19_Data_dictionary"}[language]
    area = book[name].tables["dictionary"].ref
    described = {(row[7].value, row[1].value): row for row in book[name][area][1:]}
    own = {"dictionary", "codes"}
    protocol = {"export_settings", "withheld", "left_out", "checksums", "model_settings"}
    for sheet in book:
        for table in sheet.tables.values():
            if table.displayName in own | protocol:
                continue
            for column in table.tableColumns:
                row = described[table.displayName, column.name]
                assert row[0].value == sheet.title
                assert str(row[2].value).strip()
    performance = next(
        row for row in described.values() if row[7].value == "cells" and row[10].value == "performance"
    )
    assert performance[5].value, "the question behind performance is named"


def test_the_check_notices_one_changed_number(
    workbook_at: WorkbookAt, sample_facts: SampleFacts, tmp_path: Path
) -> None:
    source, damaged = workbook_at(Level.HANDOFF, "de"), tmp_path / "damaged.xlsx"
    with zipfile.ZipFile(source) as archive, zipfile.ZipFile(damaged, "w") as target:
        for name in archive.namelist():
            content = archive.read(name)
            if name == "xl/worksheets/sheet5.xml":
                content, count = re.subn(
                    rb"<v>([1-9])", lambda found: b"<v>" + bytes([found[1][0] ^ 1]), content, count=1
                )
                assert count == 1
            target.writestr(name, content)
    assert not check_workbook(damaged, sample_facts(Level.HANDOFF, "de"))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 not a workbook", b"%PDF-1.4"])
def test_the_check_refuses_what_is_no_workbook(content: bytes, sample_facts: SampleFacts, tmp_path: Path) -> None:
    target = tmp_path / "no.xlsx"
    target.write_bytes(content)
    assert not check_workbook(target, sample_facts(Level.HANDOFF, "de"))
    assert not check_workbook(tmp_path / "missing.xlsx", sample_facts(Level.HANDOFF, "de"))


def test_the_check_refuses_the_workbook_of_another_level(workbook_at: WorkbookAt, sample_facts: SampleFacts) -> None:
    assert not check_workbook(workbook_at(Level.INTERNAL, "de"), sample_facts(Level.PUBLIC, "de"))


def test_the_same_facts_give_the_same_bytes(tmp_path: Path, sample_facts: SampleFacts) -> None:
    facts = sample_facts(Level.PUBLIC, "en")
    for name in ("a.xlsx", "b.xlsx"):
        write_workbook(facts, tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_progress_ends_at_all_and_cancelling_leaves_the_old_file(tmp_path: Path, sample_facts: SampleFacts) -> None:
    facts, target = sample_facts(Level.PUBLIC, "de"), tmp_path / "book.xlsx"
    seen: list[tuple[int, int]] = []
    write_workbook(facts, target, progress=lambda done, total: seen.append((done, total)))
    assert seen[0] == (0, 20)
    assert seen[-1] == (20, 20)
    before = target.read_bytes()
    with pytest.raises(ReportCancelled):
        write_workbook(facts, target, cancelled=lambda: True)
    assert target.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["book.xlsx"]


def test_a_missing_folder_is_said_before_anything_is_written(tmp_path: Path, sample_facts: SampleFacts) -> None:
    with pytest.raises(TargetNotWritable):
        write_workbook(sample_facts(Level.PUBLIC, "de"), tmp_path / "no" / "book.xlsx")


def test_one_wave_has_no_sheet_of_changes(tmp_path: Path, facts_at: Callable[..., ReportFacts]) -> None:
    facts = facts_at(Level.HANDOFF, "de", waves=1)
    write_workbook(facts, tmp_path / "one.xlsx")
    assert "16_Veraenderung" not in CalamineWorkbook.from_path(tmp_path / "one.xlsx").sheet_names
    assert check_workbook(tmp_path / "one.xlsx", facts)


def test_rows_of_a_sheet_are_alike_and_lines_run_under_empty_cells(workbook_at: WorkbookAt) -> None:
    book = openpyxl.load_workbook(workbook_at(Level.HANDOFF, "de"))
    for name in ("03_Stufe_Dimension", "06_Engpaesse"):
        sheet = book[name]
        rows = list(sheet[next(iter(sheet.tables.values())).ref])[1:]
        assert len({sheet.row_dimensions[row[0].row].height for row in rows}) == 1
        assert any(cell.value is None for row in rows for cell in row)
        assert all(cell.border.bottom.style == "thin" for row in rows for cell in row)


def test_the_name_of_the_weakest_link_is_read_whole(workbook_at: WorkbookAt, sample_facts: SampleFacts) -> None:
    sheet = openpyxl.load_workbook(workbook_at(Level.PUBLIC, "de"))["01_Kennzahlen"]
    (cell,) = [row[1] for row in sheet.iter_rows(max_col=2) if row[0].value == "Schwächstes Glied"]
    room = sheet.column_dimensions["B"].width
    assert len(cell.value) > room, "the sample's name is longer than the column"
    assert cell.alignment.wrap_text
    assert sheet.row_dimensions[cell.row].height >= 2 * 12.75


def test_labels_below_another_table_are_wrapped_not_cut(workbook_at: WorkbookAt) -> None:
    sheet = openpyxl.load_workbook(workbook_at(Level.HANDOFF, "de"))["16_Veraenderung"]
    area = sheet.tables["change_topics"].ref
    cut = [
        cell.coordinate
        for row in sheet[area][1:]
        for cell in row
        if isinstance(cell.value, str)
        and not cell.alignment.wrap_text
        and len(cell.value) > sheet.column_dimensions[cell.column_letter].width
    ]
    assert cut == []
