"""Cross themes: answers that concern the whole site, ranked, each with its n."""

from roadmapdesk.figures.bars import BarRow, draw_bars
from roadmapdesk.figures.display_list import DataTable
from roadmapdesk.reports.context import FIGURE_WIDTH, Context
from roadmapdesk.reports.disclosure import DisclosedCounts, chosen_quotes, disclosed_topic, leading
from roadmapdesk.reports.document import Block, Heading, Paragraph, Section, Tone
from roadmapdesk.reports.facts import TopicCounts

_MOST = 8
_MOST_QUOTES = 6


def section(context: Context) -> Section | None:
    """One ranking per question; None without multiple choice questions."""
    _ = context.gettext
    blocks: list[Block] = []
    theme = ""
    for topic in context.facts.topics:
        counts = disclosed_topic(topic, context.facts)
        name = context.facts.text(topic.theme)
        if name != theme:
            blocks.append(Heading(2, name))
            theme = name
        blocks += _topic(context, topic, counts)
    quotes = chosen_quotes(context.facts, "", _MOST_QUOTES)
    if quotes:
        blocks.append(Heading(2, _("In the words of those asked")))
        for quote in quotes:
            text = _("“{quote}” – {speaker}")
            speaker = quote.speaker or _("an organisation")
            said = text.format(quote=quote.text.strip(), speaker=speaker)
            blocks.append(Paragraph(said, Tone.QUOTE, language=context.spoken))
    if not blocks:
        return None
    return Section("themes", _("Cross themes"), tuple(blocks), starts_page=True)


def _topic(context: Context, topic: TopicCounts, counts: DisclosedCounts) -> list[Block]:
    _ = context.gettext
    facts = context.facts
    label = facts.text(topic.label)
    shown = [option for option in counts.options if option.count is not None]
    if counts.n is None or not shown:
        text = _("{question} – too few answers to be counted at this level.").format(question=label)
        return [Paragraph(text, Tone.NOTE)]
    rows = tuple(
        BarRow(
            f"{topic.question}/{option.option.code}",
            facts.text(option.option.label),
            option.share,
            f"{option.count} / {counts.n}",
        )
        for option in shown[:_MOST]
    )
    first = [facts.text(option.option.label) for option in leading(counts)]
    texts = {
        1: _("Most frequent answer: {answers} ({count} of {n})"),
        2: _("Most frequent answers: {answers} ({count} of {n} each)"),
    }
    text = texts.get(len(first), _("Among the most frequent answers: {answers} ({count} of {n})"))
    answers = context.words.listed(first) if len(first) in texts else first[0]
    title = text.format(answers=answers, count=shown[0].count, n=counts.n)
    figure = context.figure(
        f"topic-{topic.question}",
        title,
        draw_bars(rows, context.look, width=FIGURE_WIDTH),
        _table(context, counts),
        chart=_("Bar chart"),
        shows=label,
        basis=_basis(context, counts),
    )
    return [Heading(3, label), figure]


def _table(context: Context, counts: DisclosedCounts) -> DataTable:
    """All answers that may be counted."""
    _ = context.gettext
    return DataTable(
        (_("Answer"), _("Organisations"), _("of"), _("Share")),
        tuple(
            (
                context.facts.text(option.option.label),
                str(option.count),
                str(counts.n),
                context.words.percent(option.share),
            )
            for option in counts.options
            if option.count is not None
        ),
        frozenset({1, 2, 3}),
    )


def _basis(context: Context, counts: DisclosedCounts) -> str:
    text = f"n\u00a0{counts.n}"
    if counts.hidden:
        more = context.ngettext("{n} further answer withheld", "{n} further answers withheld", counts.hidden).format(
            n=counts.hidden
        )
        return f"{text}, {more}"
    return text
