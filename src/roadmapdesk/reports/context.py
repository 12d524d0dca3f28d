"""What every section writes with: facts, words, the look of figures, the numbers of figures and tables."""

from dataclasses import dataclass

from roadmapdesk.figures.display_list import DataTable, Figure, Scene
from roadmapdesk.figures.look import Look
from roadmapdesk.reports.document import Cell, FigureBlock, Table
from roadmapdesk.reports.facts import ReportFacts
from roadmapdesk.reports.hyphens import softener
from roadmapdesk.reports.wording import SOURCE_LANGUAGE, Words

FIGURE_WIDTH = 481.8
"""Width of a figure in the column of an A4 page, in points."""
_SHORT = 20
"""Letters of a text that keeps its column as wide as itself."""


@dataclass(frozen=True, slots=True)
class AnnexTable:
    """One data table of the annex: target of links, label, title and content."""

    key: str
    label: str
    title: str
    table: DataTable


class Context:
    """One report in the making; sections ask it for figures in reading order, so that numbers rise."""

    def __init__(self, facts: ReportFacts) -> None:
        self.facts = facts
        self.words = Words(facts)
        self.language = facts.language
        self.look = Look(facts.language, soften=softener(facts.language.code))
        self.annex: list[AnnexTable] = []
        self._figures = 0

    def gettext(self, text: str) -> str:
        """The text in the report's language."""
        return self.language.gettext(text)

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        """The plural form in the report's language."""
        return self.language.ngettext(singular, plural, n)

    @property
    def source(self) -> str:
        """The source line of figures that show answers of this wave."""
        _ = self.gettext
        name = self.facts.text(self.facts.wave.name)
        text = _("Source: structured interviews, {wave}").format(wave=name)
        return f"{text} · {_('Sample data')}" if self.facts.is_sample else text

    @property
    def spoken(self) -> str:
        """The code of the interviews' language where it is not the report's, else empty."""
        return "" if self.language.code == SOURCE_LANGUAGE else SOURCE_LANGUAGE

    @property
    def basis(self) -> str:
        """How many organisations stand behind the whole wave."""
        count = self.facts.scorecard.sample.n_organisations
        if count is None:
            return self.gettext("fewer than three organisations")
        return self.ngettext("n = {n} organisation", "n = {n} organisations", count).format(n=count)

    def figure(
        self,
        key: str,
        title: str,
        scene: Scene,
        table: DataTable,
        *,
        chart: str,
        shows: str,
        basis: str = "",
        source: str = "",
        shared_table: str = "",
        table_title: str = "",
    ) -> FigureBlock:
        """A numbered figure; its table is put into the annex once.

        Args:
            key: unique key of the figure.
            title: the main message as a statement.
            scene: the picture.
            table: the data behind it.
            chart: type of chart in words, for the alternative text.
            shows: what is shown, for the alternative text.
            basis: n in words; the whole wave's by default.
            source: the source line; the interviews' by default.
            shared_table: key of an annex table that several figures share; their own by default.
            table_title: title of that shared table.
        """
        _ = self.gettext
        self._figures += 1
        own_title = _("Data of figure {number}: {shows}").format(number=self._figures, shows=shows)
        annex = self._annex_table(shared_table or key, table_title or own_title, table)
        alternative = _("{chart}: {shows}. Main message: {title}. The data stand in {table}.").format(
            chart=chart, shows=shows, title=title, table=annex.label
        )
        figure = Figure(key, title, basis or self.basis, source or self.source, alternative, scene, table)
        label = _("Figure {number}").format(number=self._figures)
        return FigureBlock(figure, label, annex.key, annex.label)

    def share_table(self, key: str, title: str, table: DataTable) -> None:
        """Puts a table into the annex that several figures will link to."""
        self._annex_table(key, title, table)

    def _annex_table(self, key: str, title: str, table: DataTable) -> AnnexTable:
        full_key = f"table:{key}"
        for known in self.annex:
            if known.key == full_key:
                return known
        label = self.gettext("Table A{number}").format(number=len(self.annex) + 1)
        self.annex.append(AnnexTable(full_key, label, title, table))
        return self.annex[-1]


def filled_table(header: tuple[str, ...], rows: tuple[tuple[str, ...], ...], numeric: frozenset[int]) -> DataTable:
    """A table without the columns in which no row says anything at this level; the first column stays."""
    kept = [
        column for column in range(len(header)) if column == 0 or not rows or any(row[column] != "–" for row in rows)
    ]
    return DataTable(
        tuple(header[column] for column in kept),
        tuple(tuple(row[column] for column in kept) for row in rows),
        frozenset(place for place, column in enumerate(kept) if column in numeric),
    )


def printed_table(entry: AnnexTable, spoken: str) -> Table:
    """A data table as a table of the document; short columns keep their content's width.

    Args:
        entry: the table of the annex.
        spoken: as `Context.spoken`.
    """
    columns = range(len(entry.table.header))
    longest = [max((len(row[column]) for row in entry.table.rows), default=0) for column in columns]
    weights = tuple(
        0.0
        if column in entry.table.numeric or longest[column] <= _SHORT
        else float(max(14, min(longest[column], 46)))
        for column in columns
    )
    languages = [spoken if column in entry.table.spoken else "" for column in columns]
    rows = tuple(
        tuple(Cell(text, language=language) for text, language in zip(row, languages, strict=True))
        for row in entry.table.rows
    )
    return Table(entry.table.header, rows, weights, entry.table.numeric, entry.key, entry.label, entry.title)
