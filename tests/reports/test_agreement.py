"""PDF and workbook say the same at every level: the same cells, numbers and words, and each n by its name."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from roadmapdesk.domain.catalog import Bilingual
from roadmapdesk.domain.levels import Level
from roadmapdesk.figures.display_list import DataTable, Text
from roadmapdesk.reports.changes import no_panel_sentence
from roadmapdesk.reports.context import Context, filled_table
from roadmapdesk.reports.disclosure import disclosed_counts, leading
from roadmapdesk.reports.document import FigureBlock, KeyFigures, Paragraph, Section, plain
from roadmapdesk.reports.excel.workbook import write_workbook
from roadmapdesk.reports.facts import OptionCount, ReportFacts
from roadmapdesk.reports.sections import change as change_part
from roadmapdesk.reports.sections import profile as profile_part
from roadmapdesk.reports.sections.heatmap import cells_table
from roadmapdesk.reports.summary import build_summary
from roadmapdesk.scoring.disclosed import DisclosedChange

Facts = Callable[..., ReportFacts]
LEVELS = list(Level)


def _without_panel(facts: ReportFacts) -> ReportFacts:
    """The same facts as at a level that may tell no change of the panel."""
    assert facts.change is not None
    cells = {
        key: replace(
            entry,
            n_panel=None,
            panel_change=None,
            composition_effect=None,
            interval=None,
            improved=None,
            same=None,
            declined=None,
            status=None,
        )
        for key, entry in facts.change.cells.items()
    }
    change = DisclosedChange(facts.level, facts.change.first_wave, facts.change.second_wave, cells, 0, 0.0)
    return replace(facts, change=change)


def _pdf_changes(facts: ReportFacts) -> tuple[Section, DataTable]:
    context = Context(facts)
    section = change_part.section(context)
    assert section is not None
    return section, context.annex[-1].table


def _workbook(facts: ReportFacts, folder: Path, number: str) -> list[list[object]]:
    write_workbook(facts, folder / "book.xlsx")
    book = CalamineWorkbook.from_path(folder / "book.xlsx")
    name = next(name for name in book.sheet_names if name.startswith(number))
    return book.get_sheet_by_name(name).to_python()


def _columns(rows: list[list[object]], wanted: dict[str, str]) -> dict[str, dict[str, object]]:
    """Mapping cell code → wanted name → value, from the first table that has these heads."""
    heads = [[str(cell).partition(" (")[0] for cell in row] for row in rows]
    start = next(place for place, head in enumerate(heads) if set(wanted.values()) <= set(head))
    head = heads[start]
    found: dict[str, dict[str, object]] = {}
    for row in rows[start + 1 :]:
        if len(str(row[0])) != 2:
            break
        code = f"{row[0]}·{row[2]}".upper()
        found[code] = {name: row[head.index(title)] for name, title in wanted.items()}
    return found


def _as_printed(facts: ReportFacts, value: object, *, sign: bool) -> str:
    words = Context(facts).words
    if value == "" or value is None:
        return "–"
    assert isinstance(value, (int, float))
    return words.change(value) if sign else words.value(value)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("has_panel", [True, False])
def test_changes_stand_in_pdf_and_workbook_with_the_same_numbers(
    facts_at: Facts, level: Level, has_panel: bool, tmp_path: Path
) -> None:
    facts = facts_at(level) if has_panel else _without_panel(facts_at(level))
    _section, table = _pdf_changes(facts)
    wanted = {"Vorher": "Vorher", "Jetzt": "Jetzt", "Gesamt": "Gesamtänderung", "Panel": "Panel-Änderung"}
    book = _columns(_workbook(facts, tmp_path, "16_"), wanted)
    printed = {row[0]: dict(zip(table.header, row, strict=True)) for row in table.rows}
    assert printed
    for code, values in book.items():
        for name, value in values.items():
            said = _as_printed(facts, value, sign=name in {"Gesamt", "Panel"})
            assert printed.get(code, {}).get(name, "–") == said, (code, name)


@pytest.mark.parametrize("level", LEVELS)
def test_without_a_panel_both_say_so_and_explain_no_missing_numbers(
    facts_at: Facts, level: Level, tmp_path: Path
) -> None:
    facts = _without_panel(facts_at(level))
    section, _table = _pdf_changes(facts)
    texts = [plain(block.text) for block in section.blocks if isinstance(block, Paragraph)]
    sentence = no_panel_sentence(facts.language)
    assert texts[0] == sentence
    assert not [block for block in section.blocks if isinstance(block, FigureBlock)]
    assert not [text for text in texts if "0 Zellen" in text or "Zeile" in text]
    said = " ".join(str(cell) for row in _workbook(facts, tmp_path, "16_") for cell in row)
    assert sentence in said
    assert "0 Zellen" not in said


@pytest.mark.parametrize("level", LEVELS)
def test_n_of_performance_and_of_the_class_are_told_apart_alike(
    facts_at: Facts, level: Level, tmp_path: Path
) -> None:
    facts = facts_at(level)
    table = cells_table(Context(facts))
    book = _columns(_workbook(facts, tmp_path, "03_"), {"Leistung": "n Leist.", "Einordnung": "n Einordn."})
    for row in table.rows:
        printed = dict(zip(table.header, row, strict=True))
        told = book[row[0]]
        for name, head in (("Leistung", "n Leist."), ("Einordnung", "n Einordn.")):
            value = told[name]
            said = f"{value:.0f}" if isinstance(value, float) else str(value) or "–"
            assert printed[head] == said, (row[0], head)
    assert any(values["Leistung"] != values["Einordnung"] for values in book.values())


@pytest.mark.parametrize("level", LEVELS)
def test_the_chain_index_says_from_how_many_stages_it_comes(facts_at: Facts, level: Level, tmp_path: Path) -> None:
    facts = facts_at(level)
    basis = Context(facts).words.chain_basis(facts.scorecard)
    tiles = [block for block in build_summary(facts).blocks() if isinstance(block, KeyFigures)]
    assert basis in {figure.basis for figure in tiles[0].items}
    said = [" ".join(map(str, row)) for row in _workbook(facts, tmp_path, "01_")]
    assert any(basis in line for line in said)


def test_series_without_a_value_are_drawn_nowhere(facts_at: Facts) -> None:
    facts = facts_at()
    card = facts.scorecard
    bare = {key: replace(result, outlook=None) for key, result in card.dimension_results.items()}
    wave = replace(facts.wave, scorecard=replace(card, dimension_results=bare))
    context = Context(replace(facts, waves=(*facts.waves[:-1], wave)))
    section = profile_part.section(context)
    figure = next(block.figure for block in section.blocks if isinstance(block, FigureBlock))
    drawn = {item.text for item in figure.scene.items if isinstance(item, Text)}
    assert "Leistung heute" in drawn
    assert "Ausblick 2030" not in drawn
    assert "Ausblick 2030" not in figure.table.header
    assert "Drift" not in figure.table.header


def test_columns_without_a_value_are_left_out_and_numbers_stay_right() -> None:
    table = filled_table(("a", "b", "c"), (("x", "–", "1"), ("y", "–", "–")), frozenset({1, 2}))
    assert table == DataTable(("a", "c"), (("x", "1"), ("y", "–")), frozenset({1}))


def test_answers_that_share_the_first_place_are_all_leading(facts_at: Facts) -> None:
    options = tuple(OptionCount(code, Bilingual(code, code), count) for code, count in (("a", 4), ("b", 3), ("c", 4)))
    counts = disclosed_counts(options, 9, facts_at())
    assert [entry.option.code for entry in leading(counts)] == ["a", "c"]


@pytest.mark.parametrize(("language", "count"), [("de", 0), ("en", 1)])
def test_a_translated_report_says_once_that_statements_are_not(facts_at: Facts, language: str, count: int) -> None:
    blocks = build_summary(facts_at(language=language)).blocks()
    texts = [plain(block.text) for block in blocks if isinstance(block, Paragraph)]
    assert sum("language of the interview" in text for text in texts) == count
