"""Counts of multiple choice questions: bottlenecks by stage, then the cross themes."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from roadmapdesk.reports.disclosure import DisclosedCounts, disclosed_bottlenecks, disclosed_topic
from roadmapdesk.reports.excel.content.names import Content, SheetName
from roadmapdesk.reports.excel.sheets import Column, Formula, Kind, Row, Sheet, Table
from roadmapdesk.reports.facts import OptionCount, TopicCounts

if TYPE_CHECKING:
    from roadmapdesk.domain.catalog import Bilingual

BOTTLENECKS = SheetName("06_Engpaesse", "06_Bottlenecks")


@dataclass(frozen=True, slots=True)
class _Theme:
    """One sheet of themes: its name, the name of its table, the words of the form's roles that it takes."""

    name: SheetName
    table: str
    keys: frozenset[str]


THEMES = (
    _Theme(SheetName("07_Fachkraefte", "07_Workforce"), "workforce", frozenset({"workforce"})),
    _Theme(
        SheetName("08_Infrastruktur_Nuklide", "08_Infrastructure_Nuclides"),
        "infrastructure",
        frozenset({"infrastructure", "nuclides"}),
    ),
    _Theme(SheetName("09_Regulatorik", "09_Regulation"), "regulation", frozenset({"regulation"})),
    _Theme(SheetName("10_Finanzierung", "10_Finance"), "finance", frozenset({"finance", "market"})),
    _Theme(SheetName("11_Transfer", "11_Transfer"), "transfer", frozenset({"transfer"})),
    _Theme(
        SheetName("12_International", "12_International"),
        "international",
        frozenset({"international", "reference", "tasks"}),
    ),
    _Theme(SheetName("13_Akzeptanz", "13_Acceptance"), "acceptance", frozenset({"public_acceptance"})),
)
CHANGE_KEYS = frozenset({"change", "own_change"})
"""Words of topics that belong to the sheet of changes."""

_FURTHER = _Theme(SheetName("13b_Weitere_Themen", "13b_Further_topics"), "further_topics", frozenset())
_KNOWN = CHANGE_KEYS | {"bottleneck"} | frozenset(key for theme in THEMES for key in theme.keys)


def sheets(content: Content) -> Iterator[Sheet]:
    """Bottlenecks and all themes that the form asks about, in their order."""
    bottlenecks = _bottlenecks(content)
    if bottlenecks is not None:
        yield bottlenecks
    for theme in THEMES:
        found = [topic for topic in content.facts.topics if topic.theme_key in theme.keys]
        if found:
            yield _theme_sheet(content, theme, found)
    further = [topic for topic in content.facts.topics if topic.theme_key not in _KNOWN]
    if further:
        yield _theme_sheet(content, _FURTHER, further)


def topic_table(content: Content, name: str, topics: list[TopicCounts], title: str = "") -> Table:
    """All answers of several questions, one row per answer."""
    columns = _topic_columns(content, topics)
    rows = [row for topic in topics for row in _topic_rows(content, topic)]
    return Table(name, columns, rows, len(rows), title)


def topic_table_below(content: Content, name: str, topics: list[TopicCounts], title: str) -> Table:
    """The same with codes before labels, so that it fits below a table of cells.

    Labels of the other language stand in columns there that are narrow above.
    """
    table = topic_table(content, name, topics, title)
    names = [column.name for column in table.columns]
    order = [names.index(first) for first in ("question", "wording", "code", "answer")]
    order += [index for index in range(len(names)) if index not in order]
    widths = (18, 30, 18, 25)
    columns = tuple(
        replace(table.columns[index], width=width, is_printed=True)
        for index, width in zip(order, widths, strict=False)
    ) + tuple(
        replace(table.columns[index], width=min(table.columns[index].width, 22)) for index in order[len(widths) :]
    )
    return replace(table, columns=columns, rows=[tuple(row[index] for index in order) for row in table.rows])


def hidden_rows(content: Content) -> int:
    """Answers of all questions that are not told at this level."""
    counts = [disclosed_topic(topic, content.facts) for topic in content.facts.topics]
    options = [topic.options for topic in content.facts.topics]
    counts += [disclosed_bottlenecks(entry, content.facts) for entry in content.facts.bottlenecks]
    options += [entry.options for entry in content.facts.bottlenecks]
    if content.is_internal:
        return 0
    told = sum(1 for entry in counts for option in entry.options if option.count is not None)
    return sum(len(entry) for entry in options) - told


def _theme_sheet(content: Content, theme: _Theme, topics: list[TopicCounts]) -> Sheet:
    titles = dict.fromkeys(content.facts.text(topic.theme) for topic in topics)
    return Sheet(
        theme.name.text(content.language.code),
        " · ".join(titles),
        _explanation(content),
        (topic_table(content, theme.table, topics),),
        frozen_columns=0,
    )


def _explanation(content: Content) -> str:
    _ = content.gettext
    if content.is_internal:
        return _("Several answers per organisation were possible; each organisation counts once per answer.")
    return _(
        "Several answers per organisation were possible. Answers without a count were given by no, very few or "
        "almost all organisations."
    )


def _counting_columns(content: Content) -> tuple[Column, ...]:
    _ = content.gettext
    return (
        Column("count", _("Organisations"), Kind.INTEGER, _("Organisations that gave the answer."), 14),
        Column("n", _("n"), Kind.INTEGER, _("Organisations that answered the question."), 7),
        Column(
            "share",
            _("Share"),
            Kind.SHARE,
            _("Share of the organisations that answered."),
            9,
            "%",
            _("organisations ÷ n, as a formula"),
        ),
        content.note_column(),
    )


def _topic_columns(content: Content, topics: list[TopicCounts]) -> tuple[Column, ...]:
    _ = content.gettext
    question = Column("wording", _("Question"), Kind.TEXT, _("Wording of the question."), 44)
    answer = Column("answer", _("Answer"), Kind.TEXT, _("Label of the answer."), 44)
    names = dict.fromkeys(topic.question for topic in topics)
    return (
        question,
        answer,
        *_counting_columns(content),
        Column(
            "question",
            _("Question code"),
            Kind.CODE,
            _("Name of the question in the form."),
            20,
            source=" ".join(names),
            is_printed=False,
        ),
        Column("code", _("Answer code"), Kind.CODE, _("Code of the answer in the form."), 20, is_printed=False),
        *content.other_columns(question, answer),
    )


def _topic_rows(content: Content, topic: TopicCounts) -> Iterator[Row]:
    counts = disclosed_topic(topic, content.facts)
    question = content.pair(topic.label)
    for option, values in _options(content, topic.options, counts):
        answer = content.pair(option.label)
        yield (question[0], answer[0], *values, topic.question, option.code, question[1], answer[1])


def _options(
    content: Content, options: tuple[OptionCount, ...], counts: DisclosedCounts
) -> Iterator[tuple[OptionCount, Row]]:
    """Told answers by frequency, then all others in the order of the form; nobody sees which of them were given."""
    _ = content.gettext
    told = [entry for entry in counts.options if entry.count is not None]
    for entry in told:
        share = Formula("{count}/{n}", entry.count / counts.n) if entry.count is not None and counts.n else None
        yield entry.option, (entry.count, counts.n, share, None)
    shown = {entry.option.code for entry in told}
    for option in options:
        if option.code in shown:
            continue
        if content.is_internal:
            share = Formula("{count}/{n}", 0) if counts.n else None
            yield option, (0, counts.n, share, None)
        elif counts.n is None:
            yield option, (None, None, None, _("suppressed: too few organisations"))
        else:
            yield option, (None, counts.n, None, _("not told"))


def _bottlenecks(content: Content) -> Sheet | None:
    _ = content.gettext
    if not content.facts.bottlenecks:
        return None
    stage = content.stage_columns()
    answer = Column("answer", _("Bottleneck"), Kind.TEXT, _("Label of the answer."), 44)
    columns = (
        *stage,
        answer,
        *_counting_columns(content),
        Column(
            "code",
            _("Answer code"),
            Kind.CODE,
            _("Code of the answer in the form."),
            20,
            source=content.source("bottleneck"),
            is_printed=False,
        ),
        *content.other_columns(stage[1], answer),
    )
    rows: list[Row] = []
    for entry in content.facts.bottlenecks:
        name = content.stage(entry.stage)
        for option, values in _options(content, entry.options, disclosed_bottlenecks(entry, content.facts)):
            label: Bilingual = option.label
            first, second = content.pair(label)
            rows.append((entry.stage, name[0], first, *values, option.code, name[1], second))
    return Sheet(
        BOTTLENECKS.text(content.language.code),
        _("Bottlenecks by stage"),
        _explanation(content),
        (Table("bottlenecks", columns, rows, len(rows)),),
        frozen_columns=2,
    )
