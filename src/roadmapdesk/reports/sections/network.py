"""The cooperation network: who works with whom, by name only with consent, and how closely."""

from roadmapdesk.domain.levels import Level
from roadmapdesk.figures.display_list import DataTable
from roadmapdesk.figures.network import RingNode, RingTie, RingWords, draw_ring
from roadmapdesk.reports.context import FIGURE_WIDTH, Context, filled_table
from roadmapdesk.reports.document import Paragraph, Section, Tone
from roadmapdesk.scoring.disclosed import DisclosedEdge, NetworkNode


def section(context: Context) -> Section | None:
    """The ring with what may be said of it; None where no tie was stated."""
    _ = context.gettext
    network = context.facts.scorecard.network
    if not network.edges:
        return None
    nodes = _nodes(network.edges)
    ring = tuple(
        RingNode(f"{node.key or ''}/{node.type}", _name(context, node), node.key is not None, _name(context, node))
        for node in nodes
    )
    ties = tuple(
        RingTie(nodes.index(edge.first), nodes.index(edge.second), _strength(context, edge)) for edge in network.edges
    )
    figure = context.figure(
        "network",
        _statement(context),
        draw_ring(ring, ties, _legend(context), context.look, width=FIGURE_WIDTH),
        _table(context),
        chart=_("Network drawn as a ring"),
        shows=_("who works with whom, with intensity where it may be told"),
    )
    blocks = (Paragraph(_intro(context), Tone.NOTE, leads_on=True), figure)
    return Section("network", _("Cooperation network"), blocks, starts_page=True)


def _nodes(edges: tuple[DisclosedEdge, ...]) -> list[NetworkNode]:
    """All ends of ties: named ones by key, then types."""
    found = dict.fromkeys(end for edge in edges for end in (edge.first, edge.second))
    return sorted(found, key=lambda node: (node.key is None, node.key or "", node.type))


def _name(context: Context, node: NetworkNode) -> str:
    if node.key is None:
        return context.gettext("{type}, not named").format(type=context.words.type_name(node.type))
    found = [actor for actor in context.facts.actors if actor.key == node.key]
    return found[0].name(context.language.code) if found else node.key


def _strength(context: Context, edge: DisclosedEdge) -> float | None:
    """Where the intensity lies on the scale of the form, 0 to 1."""
    if edge.intensity is None or context.facts.tie_scale is None:
        return None
    low, high = context.facts.tie_scale
    return min(1.0, max(0.0, (edge.intensity - low) / (high - low)))


def _legend(context: Context) -> RingWords:
    _ = context.gettext
    return RingWords(
        named=_("organisation"),
        merged=_("organisations of a type, not named"),
        weak=_("weak tie"),
        strong=_("strong tie"),
        untold=_("intensity not told"),
    )


def _intro(context: Context) -> str:
    _ = context.gettext
    network, percent = context.facts.scorecard.network, context.words.percent
    parts = [_("Ties as stated in the interviews, both directions together.")]
    if context.facts.level is not Level.INTERNAL:
        parts.append(_("Organisations are named only where they agreed; all others are put together by type."))
    if network.density is not None:
        text = _("Of all possible ties between those asked, {share} were stated.")
        parts.append(text.format(share=percent(network.density)))
    return " ".join(parts)


def _statement(context: Context) -> str:
    """The organisation with most partners where that may be told; else whether anybody is named."""
    _ = context.gettext
    network = context.facts.scorecard.network
    if network.degree:
        most = max(network.degree.values())
        keys = [key for key, count in network.degree.items() if count == most]
        if len(keys) <= 2:
            names = context.words.listed([_name(context, NetworkNode(key, "")) for key in keys])
            text = context.ngettext("Most partners: {names} ({n})", "Most partners: {names} ({n} each)", len(keys))
            return text.format(names=names, n=most)
    if any(edge.is_named for edge in network.edges):
        return _("Ties by name where both ends agreed, all others by type")
    return _("Ties between types of organisation; no pair agreed to be named")


def _table(context: Context) -> DataTable:
    _ = context.gettext
    facts = context.facts
    number = facts.language.number
    rows = tuple(
        (
            _name(context, edge.first),
            _name(context, edge.second),
            "–" if edge.count is None else str(edge.count),
            number(edge.intensity, 1),
            ", ".join(stage.upper() for stage in edge.stages) or "–",
        )
        for edge in facts.scorecard.network.edges
    )
    header = (_("One end"), _("Other end"), _("Ties"), _("Intensity"), _("Stages"))
    return filled_table(header, rows, frozenset({2, 3}))
