"""How the site stands beside the clusters and networks that those asked would compare it with."""

from roadmapdesk.figures.display_list import DataTable
from roadmapdesk.figures.dots import DotRow, draw_dots
from roadmapdesk.i18n import half_up
from roadmapdesk.reports.context import FIGURE_WIDTH, Context
from roadmapdesk.reports.document import Paragraph, Section, Tone
from roadmapdesk.scoring.disclosed import DisclosedMean

_PAR = 50.0


def section(context: Context) -> Section | None:
    """One dot per network, the furthest ahead first; None where no comparison may be told."""
    _ = context.gettext
    words = context.words
    found = sorted(context.facts.scorecard.benchmarks.items(), key=lambda entry: (-entry[1].mean, entry[0]))
    if not found:
        return None
    rows = tuple(
        DotRow(
            key,
            _name(context, key),
            mean.mean,
            words.value(mean.mean),
            words.with_n(mean.n),
            _tip(context, key, mean),
        )
        for key, mean in found
    )
    table = DataTable(
        (_("Cluster or network"), _("Position"), _("n")),
        tuple((_name(context, key), words.value(mean.mean), words.n(mean.n)) for key, mean in found),
        frozenset({1, 2}),
    )
    figure = context.figure(
        "comparison",
        _statement(context, found),
        draw_dots(rows, (_("site far behind"), _("on a par"), _("site far ahead")), context.look, width=FIGURE_WIDTH),
        table,
        chart=_("Dot plot"),
        shows=_("position of the site beside each network that it was compared with"),
    )
    text = _(
        "Each organisation named the cluster or network that the site should mainly be compared with, and where the "
        "site stands beside it. 50 means on a par. Perceptions of those asked, not a measurement of the others; what "
        "can be learned from them stands among the cross themes."
    )
    return Section(
        "comparison", _("Comparison with reference clusters"), (Paragraph(text, Tone.NOTE, leads_on=True), figure)
    )


def _name(context: Context, key: str) -> str:
    found = [network for network in context.facts.networks if network.key == key]
    return found[0].name(context.language.code) if found else key


def _tip(context: Context, key: str, mean: DisclosedMean) -> str:
    words = context.words
    return f"{_name(context, key)}: {words.value(mean.mean)}; {words.with_n(mean.n)}"


def _statement(context: Context, found: list[tuple[str, DisclosedMean]]) -> str:
    _ = context.gettext
    ahead = [_name(context, key) for key, mean in found if half_up(mean.mean, 1) > _PAR]
    behind = [_name(context, key) for key, mean in found if half_up(mean.mean, 1) < _PAR]
    listed = context.words.listed
    if ahead and behind:
        return _("Rated ahead of {ahead}, behind {behind}").format(ahead=listed(ahead), behind=listed(behind))
    if ahead:
        return _("Rated ahead of {ahead}").format(ahead=listed(ahead))
    if behind:
        return _("Rated behind {behind}").format(behind=listed(behind))
    return _("Rated on a par with those compared")
