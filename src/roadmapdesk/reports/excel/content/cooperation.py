"""Cooperation: who works with whom. Names stand here only by consent; otherwise the type of organisation."""

from roadmapdesk.domain.catalog import Bilingual
from roadmapdesk.domain.levels import Level
from roadmapdesk.i18n import N_
from roadmapdesk.reports.excel.content.names import Content, SheetName
from roadmapdesk.reports.excel.sheets import Column, Kind, Row, Sheet, Table
from roadmapdesk.reports.wording import TYPE_NAMES
from roadmapdesk.scoring.disclosed import DisclosedEdge, NetworkNode

NAME = SheetName("14_Netzwerk", "14_Network")
_UNNAMED = N_("{type}, not named")


def sheet(content: Content) -> Sheet | None:
    """One row per tie or group of ties; None when no tie was stated."""
    _ = content.gettext
    edges = content.facts.scorecard.network.edges
    if not edges:
        return None
    rows = [_row(content, edge) for edge in edges]
    if content.is_internal:
        explanation = _("Ties as stated in the interviews, both directions together.")
    else:
        explanation = _(
            "Organisations are named only where they agreed; ties of others are put together by type. "
            "Answers stand here only where enough organisations gave them."
        )
    return Sheet(
        NAME.text(content.language.code),
        _("Cooperation network"),
        explanation,
        (Table("network", _columns(content), rows, len(rows)),),
    )


def _columns(content: Content) -> tuple[Column, ...]:
    _ = content.gettext
    partner, kinds = content.source("tie.partner"), content.source("tie.kinds")
    first = Column("first", _("One end"), Kind.TEXT, _("One end of the tie: name by consent, else the type."), 38)
    second = Column(
        "second",
        _("Other end"),
        Kind.TEXT,
        _("The other end of the tie: name by consent, else the type."),
        38,
        source=partner,
    )
    kind_names = Column("kind_names", _("Kinds"), Kind.TEXT, _("Kinds of cooperation."), 40, source=kinds)
    return (
        first,
        second,
        Column("count", _("Ties"), Kind.INTEGER, _("Number of ties put together; withheld where it is 1 or 2."), 8),
        Column(
            "intensity",
            _("Intensity"),
            Kind.POINTS,
            _("Mean of the stated intensity."),
            10,
            _("scale of the form"),
            _("highest of both statements per tie, then mean over ties"),
            content.source("tie_strength"),
        ),
        kind_names,
        Column(
            "stages",
            _("Stage codes"),
            Kind.TEXT,
            _("Stages in which the cooperation takes place."),
            12,
            source=content.source("tie.stage"),
        ),
        content.note_column(),
        Column("first_code", _("One end, code"), Kind.CODE, _("Key of a named organisation."), 16).unprinted(),
        Column("first_type", _("One end, type code"), Kind.CODE, _("Key of the type."), 14).unprinted(),
        Column("second_code", _("Other end, code"), Kind.CODE, _("Key of a named organisation."), 16).unprinted(),
        Column("second_type", _("Other end, type code"), Kind.CODE, _("Key of the type."), 14).unprinted(),
        Column("kinds", _("Kind codes"), Kind.TEXT, _("Codes of the kinds in the form."), 24).unprinted(),
        *content.other_columns(first, second, kind_names),
    )


def _row(content: Content, edge: DisclosedEdge) -> Row:
    first, second = _node(content, edge.first), _node(content, edge.second)
    names = [content.facts.kind_names.get(kind, Bilingual(kind, kind)) for kind in edge.kinds]
    note = _note(content, edge)
    return (
        first[0],
        second[0],
        edge.count,
        edge.intensity,
        content.listed(content.pair(name)[0] for name in names),
        content.listed(edge.stages),
        note,
        edge.first.key,
        edge.first.type,
        edge.second.key,
        edge.second.type,
        content.listed(edge.kinds),
        first[1],
        second[1],
        content.listed(content.pair(name)[1] for name in names),
    )


def _note(content: Content, edge: DisclosedEdge) -> str | None:
    _ = content.gettext
    if edge.count is not None:
        return None
    if not edge.is_named:
        return _("not told: very few ties")
    if content.facts.level is Level.HANDOFF:
        return _("one tie, named with the consent of both")
    return _("named with the consent of both, without details")


def _node(content: Content, node: NetworkNode) -> tuple[str, str]:
    if node.key is not None:
        found = [actor for actor in content.facts.actors if actor.key == node.key]
        return (
            (found[0].name(content.language.code), found[0].name(content.other.code))
            if found
            else (node.key, node.key)
        )
    own = content.facts.type_names.get(node.type)
    first, second = content.pair(own) if own else content.said(TYPE_NAMES.get(node.type, node.type))
    return (
        content.language.gettext(_UNNAMED).format(type=first),
        content.other.gettext(_UNNAMED).format(type=second),
    )
