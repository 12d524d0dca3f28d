"""Cooperation: who works with whom. Names stand here only by consent; otherwise the type of organisation."""

from roadmapdesk.domain.catalog import Bilingual
from roadmapdesk.domain.levels import Level
from roadmapdesk.i18n import N_
from roadmapdesk.reports.excel.content.names import Content, SheetName
from roadmapdesk.reports.excel.sheets import Column, Kind, Sheet, Table, Value, named_row
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
    columns = (*_printed(content), *_unprinted(content))
    rows = [named_row(columns, _values(content, edge)) for edge in edges]
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
        (Table("network", columns, rows, len(rows)),),
    )


def _printed(content: Content) -> tuple[Column, ...]:
    _ = content.gettext
    together = _("Number of ties put together; withheld where it is 1 or 2.")
    intensity, unit = _("Mean of the stated intensity."), _("scale of the form")
    how, strength = _("highest of both statements per tie, then mean over ties"), content.source("tie_strength")
    place, stage = _("Stages in which the cooperation takes place."), content.source("tie.stage")
    return (
        *_ends(content),
        Column("count", _("Ties"), Kind.INTEGER, together, 8),
        Column("intensity", _("Intensity"), Kind.POINTS, intensity, 10, unit, how, strength),
        _kinds(content),
        Column("stages", _("Stage codes"), Kind.TEXT, place, 12, source=stage),
        content.note_column(),
    )


def _unprinted(content: Content) -> tuple[Column, ...]:
    """Beside the printed area: codes for joining sheets, then labels in the other language."""
    _ = content.gettext
    organisation, type_key = _("Key of a named organisation."), _("Key of the type.")
    columns = (
        Column("first_code", _("One end, code"), Kind.CODE, organisation, 16),
        Column("first_type", _("One end, type code"), Kind.CODE, type_key, 14),
        Column("second_code", _("Other end, code"), Kind.CODE, organisation, 16),
        Column("second_type", _("Other end, type code"), Kind.CODE, type_key, 14),
        Column("kinds", _("Kind codes"), Kind.TEXT, _("Codes of the kinds in the form."), 24),
        *content.other_columns(*_ends(content), _kinds(content)),
    )
    return tuple(column.unprinted() for column in columns)


def _ends(content: Content) -> tuple[Column, Column]:
    _ = content.gettext
    first = _("One end of the tie: name by consent, else the type.")
    second, source = _("The other end of the tie: name by consent, else the type."), content.source("tie.partner")
    return (
        Column("first", _("One end"), Kind.TEXT, first, 38),
        Column("second", _("Other end"), Kind.TEXT, second, 38, source=source),
    )


def _kinds(content: Content) -> Column:
    _ = content.gettext
    source = content.source("tie.kinds")
    return Column("kind_names", _("Kinds"), Kind.TEXT, _("Kinds of cooperation."), 40, source=source)


def _values(content: Content, edge: DisclosedEdge) -> dict[str, Value]:
    names = [content.pair(content.facts.kind_names.get(kind, Bilingual(kind, kind))) for kind in edge.kinds]
    kinds = content.listed(name for name, _other in names), content.listed(name for _own, name in names)
    return {
        **content.in_both("first", _node(content, edge.first)),
        **content.in_both("second", _node(content, edge.second)),
        **content.in_both("kind_names", kinds),
        "count": edge.count,
        "intensity": edge.intensity,
        "stages": content.listed(edge.stages),
        "note": _note(content, edge),
        "first_code": edge.first.key,
        "first_type": edge.first.type,
        "second_code": edge.second.key,
        "second_type": edge.second.type,
        "kinds": content.listed(edge.kinds),
    }


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
