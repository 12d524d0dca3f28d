"""The whole document: order, numbering, completeness of figures, both languages."""

import re
from collections.abc import Callable, Iterator

import pytest

from roadmapdesk.domain.levels import Level
from roadmapdesk.i18n import Language
from roadmapdesk.reports.document import (
    Block,
    Box,
    Bullets,
    Definitions,
    Document,
    FigureBlock,
    Heading,
    KeyFigures,
    Paragraph,
    Table,
    Tiles,
    plain,
)
from roadmapdesk.reports.facts import ReportFacts
from roadmapdesk.reports.sections import summary_page
from roadmapdesk.reports.summary import build_summary
from roadmapdesk.scoring.scorecard import CellClass

Facts = Callable[..., ReportFacts]

ORDER = [
    "summary",
    "method",
    "sample",
    "value_chain",
    "heatmap",
    "priorities",
    "profile",
    *(f"stage-s{number}" for number in range(1, 10)),
    "themes",
    "swot",
    "measures",
    "roadmap",
    "change",
    "limits",
    "annex",
]


def texts_of(block: Block) -> Iterator[str]:
    """Every text that a block prints or says."""
    match block:
        case Heading():
            yield block.text
        case Paragraph():
            yield plain(block.text)
        case Bullets():
            yield from (plain(item) for item in block.items)
        case Definitions():
            yield from (text for entry in block.entries for text in entry)
        case Table():
            yield from (block.label, block.title, block.note, *block.header)
            yield from (cell.text for row in block.rows for cell in row)
        case FigureBlock():
            figure = block.figure
            yield from (block.label, figure.title, figure.basis, figure.source, figure.alternative)
            yield from figure.scene.texts()
            yield from (item.tip for item in figure.scene.keyed())
            yield from figure.table.header
            yield from (text for row in figure.table.rows for text in row)
        case KeyFigures():
            yield from (text for item in block.items for text in (item.value, item.name, item.basis))
        case Tiles():
            for column in block.columns:
                yield from (column.title, column.empty)
                yield from (text for tile in column.tiles for text in (tile.title, tile.detail, tile.values))
        case Box():
            yield block.title
            for inner in block.content:
                yield from texts_of(inner)


def all_texts(document: Document) -> list[str]:
    """Every text of the document."""
    texts = [document.title_page.title, document.title_page.subtitle, document.title_page.notice]
    texts += [text for fact in document.title_page.facts for text in fact]
    for section in document.sections:
        texts.append(section.title)
        texts += [text for block in section.blocks for text in texts_of(block)]
    return texts


@pytest.mark.parametrize("level", list(Level))
def test_sections_stand_in_their_order_at_every_level(facts_at: Facts, level: Level) -> None:
    assert [section.key for section in build_summary(facts_at(level)).sections] == ORDER


def test_a_first_wave_has_no_change_section(facts_at: Facts) -> None:
    keys = [section.key for section in build_summary(facts_at(waves=1)).sections]
    assert keys == [key for key in ORDER if key != "change"]


@pytest.mark.parametrize("level", list(Level))
def test_figures_are_numbered_and_complete(facts_at: Facts, level: Level) -> None:
    document = build_summary(facts_at(level))
    figures = document.figures()
    tables = {block.key: block for block in document.blocks() if isinstance(block, Table) and block.key}
    assert [figure.label for figure in figures] == [f"Abbildung {n}" for n in range(1, len(figures) + 1)]
    assert len({figure.figure.key for figure in figures}) == len(figures)
    for block in figures:
        assert block.figure.title
        assert block.figure.basis
        assert "Interviews" in block.figure.source
        assert block.figure.title in block.figure.alternative
        assert block.table_label in block.figure.alternative
        assert tables[block.table_key].label == block.table_label


def test_annex_tables_are_numbered_without_gaps(facts_at: Facts) -> None:
    tables = [block for block in build_summary(facts_at()).blocks() if isinstance(block, Table) and block.key]
    assert [table.label for table in tables] == [f"Tabelle A{n}" for n in range(1, len(tables) + 1)]


def test_the_summary_shows_five_strengths_gaps_and_measures(facts_at: Facts) -> None:
    section = build_summary(facts_at()).sections[0]
    tiles = next(block for block in section.blocks if isinstance(block, Tiles))
    table = next(block for block in section.blocks if isinstance(block, Table))
    assert [len(column.tiles) for column in tiles.columns] == [5, 5]
    assert {tile.class_key for tile in tiles.columns[0].tiles} == {"strength"}
    assert {tile.class_key for tile in tiles.columns[1].tiles} == {"critical_gap"}
    assert [row[0].text for row in table.rows] == ["M01", "M02", "M03", "M04", "M05"]


def test_gaps_are_ranked_by_priority_and_thin_ones_come_last(facts_at: Facts) -> None:
    from roadmapdesk.reports.context import Context

    cells = summary_page.ranked(Context(facts_at()), CellClass.CRITICAL_GAP)
    thin = [cell.n is not None and cell.n < 3 for cell in cells]
    assert thin == sorted(thin)
    priorities = [cell.priority for cell in cells if cell.n is not None and cell.n >= 3]
    assert priorities == sorted(priorities, reverse=True)


def test_an_english_report_has_no_german_words_of_ours(facts_at: Facts) -> None:
    german = " ".join(all_texts(build_summary(facts_at(language="en"))))
    assert not re.search(
        r"\b(Stärke|Lücke|Einrichtungen|Abbildung|Maßnahme|unterdrückt|Leistung|Wichtigkeit)\b", german
    )


def test_a_german_report_has_translated_every_text(facts_at: Facts) -> None:
    if Language("de").gettext("Limits") == "Limits":
        pytest.skip("the German catalogue is not compiled: run dev.py locale")
    english = set(all_texts(build_summary(facts_at(language="en"))))
    shared = {text for text in all_texts(build_summary(facts_at(language="de"))) if text in english}
    words = {text for text in shared if re.search(r"\b(the|and|of|organisation|organisations|cells|with|no)\b", text)}
    assert words == set()


def test_numbers_follow_the_language(facts_at: Facts) -> None:
    german, english = (build_summary(facts_at(language=code)) for code in ("de", "en"))
    assert "62,5" in " ".join(all_texts(german))
    assert "62.5" not in " ".join(all_texts(german))
    assert "62.5" in " ".join(all_texts(english))


def test_sample_data_say_so_and_real_data_do_not(facts_at: Facts) -> None:
    sample, real = build_summary(facts_at(is_sample=True)), build_summary(facts_at(is_sample=False))
    assert sample.sample_marking == "Beispieldaten"
    assert all("Beispieldaten" in block.figure.source for block in sample.figures())
    assert real.sample_marking == ""
    assert not any("Beispieldaten" in text for text in all_texts(real))


def test_an_empty_register_and_no_measures_still_make_a_report(facts_at: Facts) -> None:
    from dataclasses import replace

    facts = replace(facts_at(), actors=(), measures=(), topics=(), bottlenecks=(), quotes=(), layers=(), horizons=())
    keys = [section.key for section in build_summary(facts).sections]
    assert "measures" not in keys
    assert "roadmap" not in keys
    assert "themes" not in keys
    assert "annex" in keys


def test_a_report_is_refused_for_a_scorecard_of_another_level(facts_at: Facts) -> None:
    from dataclasses import replace

    with pytest.raises(ValueError, match="another level"):
        replace(facts_at(Level.INTERNAL), level=Level.PUBLIC)
