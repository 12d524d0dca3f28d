"""What every sheet writes with: words in both languages, columns that many tables share, numbers of the level."""

from collections.abc import Iterable
from dataclasses import dataclass

from roadmapdesk.domain.catalog import Bilingual
from roadmapdesk.domain.levels import Level
from roadmapdesk.figures.palette import load_palette
from roadmapdesk.i18n import N_, Language
from roadmapdesk.reports.excel.sheets import Column, Kind, Look
from roadmapdesk.reports.facts import ReportFacts
from roadmapdesk.reports.wording import Words

SYMBOLS = {"critical_gap": "◆", "strength": "■", "develop": "▲", "reserve": "□", "watch": "○"}
"""The symbols of the classes as characters; they stand before the name, so no class is told by colour alone."""

WHOLE = frozenset({"*", ""})


@dataclass(frozen=True, slots=True)
class SheetName:
    """The number and name of a sheet in both languages; a name is an identifier that others rely on."""

    de: str
    en: str

    def text(self, language: str) -> str:
        """The name for ``de`` or ``en``."""
        return self.de if language == "de" else self.en


class Content:
    """One workbook in the making: facts, and the words and columns that its sheets share."""

    def __init__(self, facts: ReportFacts) -> None:
        self.facts = facts
        self.words = Words(facts)
        self.language = facts.language
        self.other = Language("en" if facts.language.code == "de" else "de")

    def gettext(self, text: str) -> str:
        """The text in the report's language."""
        return self.language.gettext(text)

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        """The plural form in the report's language."""
        return self.language.ngettext(singular, plural, n)

    @property
    def is_internal(self) -> bool:
        """Whether everything may be seen."""
        return self.facts.level is Level.INTERNAL

    @property
    def points(self) -> Kind:
        """Format of scores: one decimal, none in public, where values are rounded to 5 points."""
        return Kind.WHOLE_POINTS if self.facts.level is Level.PUBLIC else Kind.POINTS

    @property
    def signed(self) -> Kind:
        """Format of differences of scores."""
        return Kind.WHOLE_SIGNED if self.facts.level is Level.PUBLIC else Kind.SIGNED

    def n(self, count: int | None) -> int | str | None:
        """The number of organisations as a number, in public as its band."""
        if count is None:
            return None
        return self.words.n(count) if self.facts.level is Level.PUBLIC else count

    @property
    def n_kind(self) -> Kind:
        """Format of `n`."""
        return Kind.BAND if self.facts.level is Level.PUBLIC else Kind.INTEGER

    def share(self, value: float | None) -> float | None:
        """A fraction; in public to the full per cent, as everywhere else."""
        return value if value is None or self.facts.level is not Level.PUBLIC else round(value, 2)

    def pair(self, text: Bilingual) -> tuple[str, str]:
        """The text in the report's language, then in the other one."""
        return text.text(self.language.code), text.text(self.other.code)

    def said(self, constant: str) -> tuple[str, str]:
        """A marked constant in the report's language, then in the other one."""
        return self.language.gettext(constant), self.other.gettext(constant)

    def in_other(self, header: str) -> str:
        """The header of the column that holds the same in the other language."""
        _ = self.gettext
        name = _("German") if self.other.code == "de" else _("English")
        return f"{header}, {name}"

    def in_both(self, name: str, texts: tuple[str | None, str | None]) -> dict[str, str | None]:
        """The values of a column and of the one that `other_columns` makes of it."""
        return {name: texts[0], f"{name}_{self.other.code}": texts[1]}

    def stage(self, key: str) -> tuple[str, str]:
        """A stage in both languages; the whole chain for ``*``."""
        if key in WHOLE:
            return self.said(N_("Whole chain"))
        found = [stage.name for stage in self.facts.catalog.stages if stage.key == key]
        return self.pair(found[0]) if found else (key, key)

    def dimension(self, key: str) -> tuple[str, str]:
        """A dimension in both languages; all of them for ``*``."""
        if key in WHOLE:
            return self.said(N_("all dimensions"))
        found = [dimension.name for dimension in self.facts.catalog.dimensions if dimension.key == key]
        return self.pair(found[0]) if found else (key, key)

    def class_label(self, key: str) -> tuple[str, str]:
        """A class with its symbol in both languages."""
        names = load_palette().classes[key].names
        first, second = names[self.language.code], names[self.other.code]
        return f"{SYMBOLS[key]} {first}", f"{SYMBOLS[key]} {second}"

    def source(self, *keys: str) -> str:
        """Names of the questions behind measures and roles, separated by spaces."""
        found = [name for key in keys for name in self.facts.questions.get(key, ())]
        return " ".join(dict.fromkeys(found))

    def code_column(self, name: str, header: str, meaning: str, *, width: float = 7.0) -> Column:
        """A column of codes, the key for joining sheets."""
        return Column(name, header, Kind.CODE, meaning, width)

    def stage_columns(self) -> tuple[Column, Column]:
        """Code and name of the stage."""
        _ = self.gettext
        return (
            self.code_column("stage", _("Stage code"), _("Key of the stage, the same in all sheets and languages.")),
            Column("stage_name", _("Stage"), Kind.TEXT, _("Stage of the value chain."), 36),
        )

    def dimension_columns(self) -> tuple[Column, Column]:
        """Code and name of the dimension."""
        _ = self.gettext
        return (
            self.code_column(
                "dimension", _("Dim. code"), _("Key of the dimension, the same in all sheets and languages.")
            ),
            Column("dimension_name", _("Dimension"), Kind.TEXT, _("Aspect under which every stage is rated."), 25),
        )

    def other_columns(self, *columns: Column) -> tuple[Column, ...]:
        """Unprinted columns that hold the labels of `columns` in the other language."""
        _ = self.gettext
        meaning = _("The same label in the other language.")
        return tuple(
            Column(
                f"{column.name}_{self.other.code}",
                self.in_other(column.header),
                Kind.TEXT,
                meaning,
                column.width,
                look=column.look if column.look is Look.CLASS else Look.NONE,
                is_printed=False,
            )
            for column in columns
        )

    def note_column(self) -> Column:
        """Why a row is empty or incomplete."""
        _ = self.gettext
        return Column("note", _("Note"), Kind.TEXT, _("Why values of this row are missing."), 30)

    def listed(self, parts: Iterable[str]) -> str:
        """Codes or names in one cell."""
        return ", ".join(parts)
