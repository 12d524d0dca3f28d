"""Lines, tables and pages: nothing is lost, nothing stands alone, nothing is wider than its column."""

from hypothesis import given, settings
from hypothesis import strategies as st

from roadmapdesk.figures.metrics import text_width
from roadmapdesk.reports.document import Cell, KeyFigure, KeyFigures, Span, Table
from roadmapdesk.reports.hyphens import dictionary, softener
from roadmapdesk.reports.pdf.pagination import SectionStart, paginate
from roadmapdesk.reports.pdf.panels import key_figures_print
from roadmapdesk.reports.pdf.styles import CONTENT_HEIGHT, CONTENT_WIDTH, PrintStyles
from roadmapdesk.reports.pdf.tables import TableBlock, column_widths, table_block
from roadmapdesk.reports.pdf.text_layout import SOFT_HYPHEN, set_lines

STYLES = PrintStyles()
_TEXT = st.text(alphabet="abcdefghijkl mnopqrstuvwxyzäöüß-/.,&<> \n", max_size=300)


def _joined(text: str, width: float) -> str:
    lines = set_lines(text, width, STYLES.body, dictionary("de"))
    return "".join("".join(run.text for run in line.runs) for line in lines).replace(SOFT_HYPHEN, "")


@given(_TEXT, st.floats(60, 480))
@settings(deadline=None)
def test_set_lines_lose_no_character_and_fit(text: str, width: float) -> None:
    assert "".join(_joined(text, width).split()) == "".join(text.split())
    for line in set_lines(text, width, STYLES.body, dictionary("de")):
        assert line.width <= width + 1e-6 or len("".join(run.text for run in line.runs)) <= 2


def test_a_long_word_is_divided_with_a_soft_hyphen() -> None:
    lines = set_lines("Wertschöpfungskettenuntersuchung", 90, STYLES.body, dictionary("de"))
    assert len(lines) > 1
    assert all(line.runs[-1].text.endswith(SOFT_HYPHEN) for line in lines[:-1])


def test_faces_change_inside_a_line() -> None:
    (line,) = set_lines((Span("fett", is_strong=True), Span(" und mager")), 400, STYLES.body)
    assert [run.text for run in line.runs] == ["fett", " und mager"]
    assert line.runs[1].x == text_width("fett", STYLES.body.size, line.runs[0].face)


def test_softened_words_keep_their_letters() -> None:
    softened = softener("de")("Infrastruktur, Kapazität & Versorgungssicherheit")
    assert SOFT_HYPHEN in softened
    assert softened.replace(SOFT_HYPHEN, "") == "Infrastruktur, Kapazität & Versorgungssicherheit"


def _table(rows: int, text: str = "Zeile") -> Table:
    return Table(("Nr.", "Text"), tuple((Cell(str(n)), Cell(text)) for n in range(rows)), (0, 1))


def _rows(block: TableBlock) -> list[str]:
    return [row[0].cell.text for row in block.rows]


def test_a_long_table_goes_on_with_its_head_and_keeps_every_row() -> None:
    block = table_block(_table(200), CONTENT_WIDTH, STYLES, dictionary("de"))
    pages = paginate([SectionStart("x"), block], CONTENT_HEIGHT)
    parts = [placed.block for page in pages for placed in page.blocks]
    assert len(pages) > 3
    assert [row for part in parts for row in _rows(part)] == [str(n) for n in range(200)]
    assert [part.is_continued for part in parts] == [False] + [True] * (len(parts) - 1)
    assert all(page.used <= CONTENT_HEIGHT + 0.1 for page in pages)


def test_no_page_begins_with_a_single_last_row() -> None:
    for rows in range(30, 60):
        block = table_block(_table(rows), CONTENT_WIDTH, STYLES, dictionary("de"))
        pages = paginate([SectionStart("x"), block], CONTENT_HEIGHT)
        assert all(len(_rows(placed.block)) > 1 for page in pages for placed in page.blocks)


def test_columns_share_the_width() -> None:
    widths = column_widths(_table(3), CONTENT_WIDTH, STYLES)
    assert abs(sum(widths) + 8.0 - CONTENT_WIDTH) < 0.01


def _lines(text: str, width: float) -> list[str]:
    return ["".join(run.text for run in line.runs) for line in set_lines(text, width, STYLES.body)]


def test_a_dot_or_slash_between_entries_ends_a_line_and_never_begins_one() -> None:
    text = "sehr schlecht · schlecht · mäßig · gut / sehr gut / weiß nicht · keine Angabe"
    for width in range(60, 260, 5):
        lines = _lines(text, width)
        assert not [line for line in lines if line.startswith(("·", "/"))], width
        assert " ".join(lines) == text


def test_a_headline_number_divides_no_word_that_a_line_can_hold() -> None:
    block = KeyFigures((KeyFigure("50", "Weakest dimension", "from 7 of 7 dimensions"),) * 5)
    (name, basis) = key_figures_print(block, STYLES, dictionary("en")).items[0][1:]
    said = ["".join(run.text for run in line.runs) for line in (*name, *basis)]
    assert said == ["Weakest", "dimension", "from 7 of 7", "dimensions"]


def test_a_headline_number_divides_a_word_that_no_line_can_hold() -> None:
    block = KeyFigures((KeyFigure("50", "Wertschöpfungskettenuntersuchung", ""),) * 5)
    name = key_figures_print(block, STYLES, dictionary("de")).items[0][1]
    assert len(name) > 1


def test_a_text_in_another_language_is_divided_by_its_own_rules() -> None:
    """English patterns would part ``Präpar-ate``."""
    table = Table(("", ""), ((Cell("1"), Cell("Präparate", language="de")),), (0, 1))
    (row,) = table_block(table, 62, STYLES, dictionary("en")).rows
    said = ["".join(run.text for run in line.runs).rstrip(SOFT_HYPHEN) for line in row[1].lines]
    assert "".join(said) == "Präparate"
    assert said[0] in {"Prä", "Präpa", "Präparate"}


def test_a_head_is_divided_only_where_a_word_does_not_fit() -> None:
    table = Table(("90\u00a0% interval", "n"), ((Cell("–"), Cell("5")),), (0, 0))
    block = table_block(table, CONTENT_WIDTH, STYLES, dictionary("en"))
    said = ["".join(run.text for run in line.runs) for line in block.head[0].lines]
    assert not [line for line in said if line.endswith(SOFT_HYPHEN)]


def test_a_row_that_names_the_rows_below_never_ends_a_page() -> None:
    for count in range(20, 60):
        rows = [(Cell(f"E{n}"), Cell("Frage"), Cell("wie oben")) for n in range(count)]
        rows.insert(count - 4, (Cell(""), Cell("Wichtigkeit", is_strong=True), Cell("")))
        block = table_block(
            Table(("Nr.", "Frage", "Antworten"), tuple(rows), (0, 1, 1)), CONTENT_WIDTH, STYLES, dictionary("de")
        )
        pages = paginate([SectionStart("x"), block], CONTENT_HEIGHT)
        ends = [placed.block.rows[-1][1].cell.text for page in pages for placed in page.blocks]
        assert "Wichtigkeit" not in ends, count
        assert sum(len(placed.block.rows) for page in pages for placed in page.blocks) == count + 1
