"""What a level withholds appears nowhere: not in texts, tables, pictures, tooltips or alternative texts."""

import re
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pytest

from roadmapdesk.domain.levels import Level
from roadmapdesk.figures.display_list import DataTable
from roadmapdesk.reports.context import Context
from roadmapdesk.reports.disclosure import disclosed_counts, varied_quotes
from roadmapdesk.reports.document import FigureBlock, KeyFigures, Paragraph, Table, plain
from roadmapdesk.reports.facts import OptionCount, Quote, ReportFacts
from roadmapdesk.reports.pdf.writer import pdf_bytes
from roadmapdesk.reports.sections import stages
from roadmapdesk.reports.sections.heatmap import cells_table
from roadmapdesk.reports.summary import build_summary
from roadmapdesk.scoring.inputs import CELL_MEASURES
from roadmapdesk.scoring.scorecard import CellKey, Scorecard

Facts = Callable[..., ReportFacts]
OUTSIDE = [Level.HANDOFF, Level.PUBLIC]


@pytest.fixture(scope="module")
def pdf_texts(facts_at: Facts) -> dict[tuple[Level, str], str]:
    """The text of the PDF per level and language, alternative texts included."""
    from pypdf import PdfReader

    texts: dict[tuple[Level, str], str] = {}
    for level in Level:
        for language in ("de", "en"):
            document = build_summary(facts_at(level, language))
            data = pdf_bytes(document, progress=lambda _done, _total: None, cancelled=lambda: False)
            pages = "\n".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages)
            alternatives = "\n".join(
                block.figure.alternative for block in document.blocks() if isinstance(block, FigureBlock)
            )
            texts[level, language] = f"{pages}\n{alternatives}"
    return texts


def _rows(table: DataTable) -> dict[str, tuple[str, ...]]:
    return {row[0]: row for row in table.rows}


@pytest.mark.parametrize("level", OUTSIDE)
def test_the_study_has_something_to_withhold(facts_at: Facts, level: Level) -> None:
    scorecard = facts_at(level).scorecard
    assert scorecard.suppressed
    assert scorecard.class_only


@pytest.mark.parametrize("level", OUTSIDE)
def test_rows_of_suppressed_cells_hold_dashes_only(facts_at: Facts, level: Level) -> None:
    facts = facts_at(level)
    rows = _rows(cells_table(Context(facts)))
    for key in facts.scorecard.suppressed:
        cell = facts.scorecard.cells[key]
        row = rows[f"{key.stage.upper()}·{key.dimension.upper()}"]
        if all(cell.of(measure) is None for measure in CELL_MEASURES):
            assert set(row[1:]) == {"–"}


@pytest.mark.parametrize("language", ["de", "en"])
def test_values_of_suppressed_cells_are_not_in_the_hand_off(
    facts_at: Facts,
    full_scorecards: tuple[Scorecard, Scorecard],
    pdf_texts: dict[tuple[Level, str], str],
    language: str,
) -> None:
    facts = facts_at(Level.HANDOFF, language)
    number = facts.language.number
    hidden = _values(
        full_scorecards[-1], [key for key, cell in facts.scorecard.cells.items() if cell.performance is None]
    )
    told = set(re.findall(r"\d+[.,]\d", "\n".join(_told(facts))))
    secret = {number(value, 1) for value in hidden} - told
    assert secret
    tokens = set(re.findall(r"\d+[.,]\d+", pdf_texts[Level.HANDOFF, language]))
    assert not secret & tokens


def _values(scorecard: Scorecard, keys: list[CellKey]) -> list[float]:
    return [mean for key in keys if (mean := scorecard.cells[key].performance.mean) is not None]


def _told(facts: ReportFacts) -> list[str]:
    """All numbers that the level tells, as printed by the tables of cells and changes and by the indices."""
    words = Context(facts).words
    told = [text for row in cells_table(Context(facts)).rows for text in row]
    for result in facts.scorecard.stage_results.values():
        told += [words.value(value) for value in (result.performance, result.importance, result.outlook)]
        told += [words.value(result.performance_geometric), words.value(result.weakest_value)]
    for dimension in facts.scorecard.dimension_results.values():
        told += [words.value(value) for value in (dimension.performance, dimension.importance, dimension.outlook)]
        told.append(words.value((dimension.importance or 0) - (dimension.performance or 0)))
        told.append(words.value((dimension.outlook or 0) - (dimension.performance or 0)))
    if facts.change is not None:
        for entry in facts.change.cells.values():
            told += [
                words.value(value) for value in (entry.first, entry.second, entry.panel_change, entry.total_change)
            ]
            told.append(words.interval(entry.interval))
    profile = facts.profile
    told += [
        words.value(value) for value in (profile.thresholds.importance_high, profile.thresholds.gap_strength_max)
    ]
    return told


def test_public_values_are_multiples_of_five_and_carry_no_exact_n(facts_at: Facts) -> None:
    table = cells_table(Context(facts_at(Level.PUBLIC)))
    scores = [table.header.index(name) for name in ("Leist.", "Wicht.", "Lücke", "Prio.")]
    values = [row[column] for row in table.rows for column in scores if row[column] != "–"]
    assert values
    assert all(int(text.replace("−", "-")) % 5 == 0 for text in values)
    counts = [table.header.index(name) for name in ("n Leist.", "n Einordn.")]
    assert {row[column] for row in table.rows for column in counts} <= {"≥\u00a05", "3–4", "–"}


@pytest.mark.parametrize("language", ["de", "en"])
def test_quotations_for_the_working_group_stay_inside(
    pdf_texts: dict[tuple[Level, str], str], secret_quote: str, language: str
) -> None:
    assert secret_quote in pdf_texts[Level.INTERNAL, language]
    assert all(secret_quote not in pdf_texts[level, language] for level in OUTSIDE)


def test_no_level_names_an_organisation_that_was_asked(
    facts_at: Facts, pdf_texts: dict[tuple[Level, str], str]
) -> None:
    names = [actor.name("de") for actor in facts_at().actors]
    assert not [name for name in names for text in pdf_texts.values() if name in text]


@pytest.mark.parametrize(
    ("level", "marking"),
    [(Level.INTERNAL, "Intern – nicht"), (Level.HANDOFF, "Übergabe – ver"), (Level.PUBLIC, "Öffentlich")],
)
def test_each_page_carries_the_level_and_the_sample_marking(facts_at: Facts, level: Level, marking: str) -> None:
    from pypdf import PdfReader

    data = pdf_bytes(build_summary(facts_at(level)), progress=lambda _done, _total: None, cancelled=lambda: False)
    for page in PdfReader(BytesIO(data)).pages:
        text = page.extract_text()
        assert marking in text
        assert "Beispieldaten" in text


def test_a_draft_says_so_on_each_page_and_a_released_report_on_none(facts_at: Facts) -> None:
    facts = facts_at(Level.PUBLIC)
    draft, released = build_summary(facts), build_summary(replace(facts, released=facts.created))
    assert (draft.marking, released.marking) == ("Öffentlich · Entwurf", "Öffentlich")
    assert ("Status", "Entwurf") in draft.title_page.facts
    assert ("Status", "Freigegeben am 03.05.2027") in released.title_page.facts


@pytest.mark.parametrize(
    ("level", "n", "count", "shown"),
    [
        (Level.INTERNAL, 9, 1, 1),
        (Level.HANDOFF, 9, 6, 6),
        (Level.HANDOFF, 9, 2, None),
        (Level.HANDOFF, 9, 8, None),
        (Level.HANDOFF, 9, 9, 9),
        (Level.PUBLIC, 9, 9, None),
        (Level.PUBLIC, 9, 6, 6),
    ],
)
def test_small_counts_and_small_rests_are_withheld(
    facts_at: Facts, level: Level, n: int, count: int, shown: int | None
) -> None:
    from roadmapdesk.domain.catalog import Bilingual

    option = OptionCount("a", Bilingual("a", "a"), count)
    assert [entry.count for entry in disclosed_counts((option,), n, facts_at(level)).options] == [shown]


@pytest.mark.parametrize(("level", "n"), [(Level.HANDOFF, 2), (Level.PUBLIC, 4)])
def test_questions_with_too_few_answers_are_withheld_as_a_whole(facts_at: Facts, level: Level, n: int) -> None:
    from roadmapdesk.domain.catalog import Bilingual

    counts = disclosed_counts((OptionCount("a", Bilingual("a", "a"), n),), n, facts_at(level))
    assert counts.n is None
    assert counts.options == ()


def test_quotations_come_from_different_speakers_first_and_once_each() -> None:
    quotes = tuple(Quote(text, "s1", speaker) for text, speaker in (("a", "X"), ("b", "X"), ("a", "Y"), ("c", "Z")))
    assert [(quote.text, quote.speaker) for quote in varied_quotes(quotes, 2)] == [("a", "X"), ("c", "Z")]
    assert [quote.text for quote in varied_quotes(quotes, 9)] == ["a", "c", "b"]


@pytest.mark.parametrize("level", list(Level))
def test_a_stage_shows_bars_only_where_it_has_values(facts_at: Facts, level: Level) -> None:
    facts = facts_at(level)
    for section in stages.sections(Context(facts)):
        key = section.key.removeprefix("stage-")
        cells = [cell for cell in facts.scorecard.cells.values() if cell.key.stage == key]
        figures = [block.figure.key for block in section.blocks if isinstance(block, FigureBlock)]
        tables = [block for block in section.blocks if isinstance(block, Table) and "n" in block.header[-1].split()]
        has_values = any(cell.performance is not None for cell in cells)
        has_classes = any(cell.cell_class is not None for cell in cells)
        assert (section.key in figures) == has_values
        assert bool(tables) == (has_classes and not has_values)
        values = [item.value for block in section.blocks if isinstance(block, KeyFigures) for item in block.items]
        assert "–" not in values


def test_a_stage_without_any_result_says_so_in_one_sentence(facts_at: Facts) -> None:
    facts = facts_at(Level.PUBLIC)
    hidden = {key.stage for key in facts.scorecard.suppressed} - {
        cell.key.stage for cell in facts.scorecard.cells.values() if cell.cell_class is not None
    }
    assert hidden, "the study holds such a stage"
    for section in stages.sections(Context(facts)):
        if section.key.removeprefix("stage-") in hidden:
            said = [plain(block.text) for block in section.blocks if isinstance(block, Paragraph)]
            assert "Zu wenige Einrichtungen haben diese Stufe bewertet; diese Ebene zeigt kein Ergebnis." in said
            assert not any(isinstance(block, FigureBlock) for block in section.blocks)
