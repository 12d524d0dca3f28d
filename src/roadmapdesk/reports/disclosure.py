"""What a level may see of answers beside the scores: counts, quotations, measures. Every writer reads only this.

Source: scoring model, 5.12: minimum n, and a count is hidden when it or its complement is 1 or 2.
"""

from dataclasses import dataclass

from roadmapdesk.domain.levels import Level
from roadmapdesk.reports.facts import OptionCount, Quote, ReportFacts, StageBottlenecks, TopicCounts
from roadmapdesk.scoring.disclosure_sample import is_small


@dataclass(frozen=True, slots=True)
class DisclosedOption:
    """One answer of a multiple choice question.

    Attributes:
        count: None when it may not be told at this level; `share` (0 to 1) likewise.
    """

    option: OptionCount
    count: int | None
    share: float | None


@dataclass(frozen=True, slots=True)
class DisclosedCounts:
    """The answers of one question, most frequent first, hidden ones last in the order of the form.

    Attributes:
        n: organisations that answered; None when too few did, `options` is empty then.
    """

    n: int | None
    options: tuple[DisclosedOption, ...]

    @property
    def hidden(self) -> int:
        """How many answers were given but may not be counted here."""
        return sum(1 for option in self.options if option.count is None)


def disclosed_topic(topic: TopicCounts, facts: ReportFacts) -> DisclosedCounts:
    """One multiple choice question as this report's level shows it."""
    return disclosed_counts(topic.options, topic.n, facts)


def disclosed_bottlenecks(bottlenecks: StageBottlenecks, facts: ReportFacts) -> DisclosedCounts:
    """The bottlenecks of one stage as this report's level shows them."""
    return disclosed_counts(bottlenecks.options, bottlenecks.n, facts)


def disclosed_counts(options: tuple[OptionCount, ...], n: int, facts: ReportFacts) -> DisclosedCounts:
    """Counts over `n` organisations; answers that nobody gave are left out.

    Worked number: 6 of 9 is told in the hand-off, 2 of 9 and 8 of 9 are not; in public 9 of 9 is not told either.
    """
    settings = facts.profile.disclosure
    if facts.level is Level.INTERNAL:
        shown = [DisclosedOption(option, option.count, option.count / n) for option in options if option.count and n]
        return DisclosedCounts(n, tuple(sorted(shown, key=lambda entry: -option_count(entry))))
    smallest = settings.handoff_n_value if facts.level is Level.HANDOFF else settings.public_n_value
    if n < smallest:
        return DisclosedCounts(None, ())
    entries: list[DisclosedOption] = []
    for option in options:
        is_hidden = is_small(option.count, n, settings.small_count)
        is_hidden |= facts.level is Level.PUBLIC and option.count == n
        if is_hidden:
            entries.append(DisclosedOption(option, None, None))
        elif option.count:
            entries.append(DisclosedOption(option, option.count, option.count / n))
    return DisclosedCounts(n, tuple(sorted(entries, key=lambda entry: -option_count(entry))))


def option_count(option: DisclosedOption) -> int:
    """The count for ranking; hidden ones come last."""
    return -1 if option.count is None else option.count


def leading(counts: DisclosedCounts) -> list[DisclosedOption]:
    """The answers that share the highest count told; empty where none is told."""
    told = [option for option in counts.options if option.count is not None]
    return [option for option in told if option.count == told[0].count]


def disclosed_quotes(facts: ReportFacts, stage: str) -> tuple[Quote, ...]:
    """Quotations on this stage (empty key: the whole site) that may be printed at this level, publishable ones first.

    Below the internal level a stage without any visible cell has none, because a statement on it would tell who was
    asked there; the same holds for the site where too few organisations took part.
    """
    found = sorted((quote for quote in facts.quotes if quote.stage == stage), key=lambda quote: not quote.is_public)
    if facts.level is Level.INTERNAL:
        return tuple(found)
    card = facts.scorecard
    may_quote = (
        any(cell.cell_class is not None for cell in card.cells.values() if cell.key.stage == stage)
        if stage
        else card.sample.n_organisations is not None
    )
    return tuple(quote for quote in found if quote.is_public) if may_quote else ()


def chosen_quotes(facts: ReportFacts, stage: str, most: int) -> tuple[Quote, ...]:
    """At most `most` of the quotations on this stage, chosen so that a wider level shows what a narrower one shows.

    Publishable ones take the places first, whatever the level; the others fill what is left.
    """
    quotes = disclosed_quotes(facts, stage)
    publishable = varied_quotes(tuple(quote for quote in quotes if quote.is_public), most)
    wordings = {quote.text.strip() for quote in quotes if quote.is_public}
    others = tuple(quote for quote in quotes if not quote.is_public and quote.text.strip() not in wordings)
    return publishable + varied_quotes(others, most - len(publishable))


def varied_quotes(quotes: tuple[Quote, ...], most: int) -> tuple[Quote, ...]:
    """At most `most` quotations: equal wordings once, and one per speaker before anybody speaks again."""
    by_wording: dict[str, Quote] = {}
    for quote in quotes:
        by_wording.setdefault(quote.text.strip(), quote)
    waiting = list(by_wording.values())
    chosen: list[Quote] = []
    while waiting and len(chosen) < most:
        heard: set[str] = set()
        for quote in tuple(waiting):
            if (not quote.speaker or quote.speaker not in heard) and len(chosen) < most:
                heard.add(quote.speaker)
                chosen.append(quote)
                waiting.remove(quote)
    return tuple(chosen)
