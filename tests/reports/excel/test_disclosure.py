"""No workbook tells more than its level: searched in all its text, not only where values are expected."""

import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from roadmapdesk.domain.levels import Level
from roadmapdesk.reports.disclosure import disclosed_topic
from roadmapdesk.reports.excel.workbook import write_workbook
from roadmapdesk.reports.facts import ReportFacts
from roadmapdesk.scoring.scorecard import Scorecard

LIMITED = [(level, language) for level in (Level.HANDOFF, Level.PUBLIC) for language in ("de", "en")]


def _numbers(path: Path) -> set[float]:
    book = CalamineWorkbook.from_path(path)
    rows = [row for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python()]
    return {round(value, 6) for row in rows for value in row if isinstance(value, float)}


def _rows(path: Path, number: str) -> list[list[object]]:
    book = CalamineWorkbook.from_path(path)
    name = next(name for name in book.sheet_names if name.startswith(number))
    return book.get_sheet_by_name(name).to_python()


@pytest.mark.parametrize(("level", "language"), LIMITED)
def test_no_mean_of_too_few_organisations_stands_anywhere(
    level: Level,
    language: str,
    facts_at: Callable[..., ReportFacts],
    full_scorecards: tuple[Scorecard, Scorecard],
    tmp_path: Path,
) -> None:
    facts = facts_at(level, language)
    write_workbook(facts, tmp_path / "book.xlsx")
    told = _numbers(tmp_path / "book.xlsx")
    settings = facts.profile.disclosure
    smallest = settings.handoff_n_value if level is Level.HANDOFF else settings.public_n_value
    hidden = {
        round(cell.performance.mean, 6)
        for card in full_scorecards
        for cell in card.cells.values()
        if cell.performance.mean is not None and cell.performance.n_valid < smallest
    }
    visible = {
        round(value, 6)
        for wave in facts.waves
        for cell in wave.scorecard.cells.values()
        for figure in (cell.performance, cell.importance, cell.outlook)
        if figure is not None
        for value in (figure.mean, *(figure.interval or ()))
    }
    # Values on the coarse grid of a few answers occur by chance elsewhere; the rest can only come from the cell.
    telling = {value for value in hidden - visible if (value * 8) % 1}
    assert telling, "the study holds values that would give a leak away"
    assert not telling & told


@pytest.mark.parametrize(("level", "language"), LIMITED)
def test_the_network_names_only_who_agreed(
    level: Level,
    language: str,
    workbook_at: Callable[[Level, str], Path],
    sample_facts: Callable[[Level, str], ReportFacts],
) -> None:
    facts = sample_facts(level, language)
    agreed = {
        node.key
        for edge in facts.scorecard.network.edges
        for node in (edge.first, edge.second)
        if node.key is not None
    }
    others = {actor.key: actor for actor in facts.actors if actor.key not in agreed}
    assert others, "some organisations of the sample did not agree"
    text = {str(value) for row in _rows(workbook_at(level, language), "14_") for value in row}
    for key, actor in others.items():
        assert key not in text
        assert not text & {actor.name("de"), actor.name("en")}


@pytest.mark.parametrize(("level", "language"), LIMITED)
def test_organisations_stand_in_the_register_and_the_network_alone(
    level: Level,
    language: str,
    workbook_at: Callable[[Level, str], Path],
    sample_facts: Callable[[Level, str], ReportFacts],
) -> None:
    facts = sample_facts(level, language)
    names = {actor.name(code) for actor in facts.actors for code in ("de", "en")}
    book = CalamineWorkbook.from_path(workbook_at(level, language))
    for sheet in book.sheet_names:
        if sheet[:2] in {"02", "14"}:
            continue
        text = " ".join(str(value) for row in book.get_sheet_by_name(sheet).to_python() for value in row)
        assert not [name for name in names if name in text], sheet


def test_the_register_is_the_same_whoever_was_interviewed(
    facts_at: Callable[..., ReportFacts], tmp_path: Path
) -> None:
    sheets = []
    for number, waves in enumerate((1, 2)):
        target = tmp_path / f"{number}.xlsx"
        write_workbook(facts_at(Level.HANDOFF, "de", waves=waves), target)
        sheets.append(_rows(target, "02_")[4:])
    assert sheets[0] == sheets[1]
    assert "eigene Zuordnung" in str(sheets[0][0])


@pytest.mark.parametrize(("level", "language"), LIMITED)
def test_counts_that_may_not_be_told_look_like_no_answer(
    level: Level, language: str, facts_at: Callable[..., ReportFacts], tmp_path: Path
) -> None:
    facts = facts_at(level, language)
    write_workbook(facts, tmp_path / "book.xlsx")
    topic = next(topic for topic in facts.topics if topic.theme_key == "regulation")
    disclosed = disclosed_topic(topic, facts)
    told = {option.option.code: option.count for option in disclosed.options if option.count is not None}
    rows = {row[7]: row for row in _rows(tmp_path / "book.xlsx", "09_") if row[6] == topic.question}
    assert set(rows) == {option.code for option in topic.options}
    silent = [rows[option.code] for option in topic.options if option.code not in told]
    never = next(option for option in topic.options if option.count == 0)
    assert len(silent) > 1, "hidden counts beside an answer that nobody gave"
    assert never.code not in told
    assert len({tuple(row[2:6]) for row in silent}) == 1, "nothing tells them apart"
    assert all(rows[code][2] == count for code, count in told.items())


def test_the_public_workbook_says_bands_instead_of_n(workbook_at: Callable[[Level, str], Path]) -> None:
    rows = _rows(workbook_at(Level.PUBLIC, "de"), "03_")
    head = next(row for row in rows if "n Einordn." in row)
    columns = [head.index("n Leist."), head.index("n Einordn.")]
    shown = {str(row[column]) for row in rows if re.fullmatch(r"s\d", str(row[0])) for column in columns}
    assert shown <= {"", "≥\u00a05", "3–4"}
    assert len(shown) == 3


@pytest.mark.parametrize("language", ["de", "en"])
def test_withheld_values_are_listed_by_count(
    language: str, workbook_at: Callable[[Level, str], Path], sample_facts: Callable[[Level, str], ReportFacts]
) -> None:
    card = sample_facts(Level.HANDOFF, language).scorecard
    path = workbook_at(Level.HANDOFF, language)
    sheet = openpyxl.load_workbook(path)[{"de": "20_Protokoll", "en": "20_Protocol"}[language]]
    counts = [row[1].value for row in sheet[sheet.tables["withheld"].ref][1:]]
    assert counts[:2] == [len(card.suppressed), len(card.class_only)]
    assert counts[0] > 0
