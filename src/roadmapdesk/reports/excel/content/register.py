"""The public register of organisations: who they are and where our own mapping places them. No ratings.

Nothing here depends on who was interviewed: the sheet is the same before the first interview and after the last.
"""

from roadmapdesk.domain.actors import Actor, StageRole
from roadmapdesk.i18n import N_
from roadmapdesk.reports.excel.content.names import Content, SheetName
from roadmapdesk.reports.excel.sheets import Column, Kind, Sheet, Table, Value, named_row
from roadmapdesk.reports.wording import TYPE_NAMES

NAME = SheetName("02_Akteure", "02_Actors")

_SOURCES = {
    "catalogue": N_("shipped catalogue"),
    "own": N_("entered in the project"),
    "sample": N_("invented for the sample project"),
}
_MAPPED = (StageRole.CORE, StageRole.SUPPORT)


def sheet(content: Content) -> Sheet | None:
    """One row per organisation of the register, by name; None for an empty register."""
    _ = content.gettext
    actors = sorted(content.facts.actors, key=lambda actor: (actor.name(content.language.code).casefold(), actor.key))
    if not actors:
        return None
    columns = (*_printed(content), *_unprinted(content))
    rows = [named_row(columns, _values(content, actor)) for actor in actors]
    return Sheet(
        NAME.text(content.language.code),
        _("Organisations of the value chain"),
        _("Public register. It does not tell who was interviewed. Places in stages are our own mapping."),
        (Table("actors", columns, rows, len(rows)),),
        frozen_columns=2,
    )


def _printed(content: Content) -> tuple[Column, ...]:
    _ = content.gettext
    mapping = _("own mapping")
    core = _("Codes of the stages in which our own mapping gives it a core role.")
    support = _("Codes of the stages in which our own mapping gives it a supporting role.")
    place = _("Place; empty where the sources do not state it.")
    return (
        content.code_column("actor", _("Code"), _("Key of the organisation."), width=16),
        _name(content),
        _type(content),
        Column("place", _("Place"), Kind.TEXT, place, 18),
        Column("core", _("Core role in"), Kind.TEXT, core, 14, mapping),
        Column("support", _("Supporting role in"), Kind.TEXT, support, 16, mapping),
        Column("founder", _("Founder of nukliD"), Kind.TEXT, _("Founding member of the cluster nukliD."), 12),
        _task(content),
        Column("origin", _("Entry from"), Kind.TEXT, _("Where the entry comes from."), 20),
        Column("marks", _("Sources"), Kind.TEXT, _("Marks of the references for place and facts."), 16),
    )


def _unprinted(content: Content) -> tuple[Column, ...]:
    """Beside the printed area: the code of the type, labels in the other language, the role in each stage."""
    _ = content.gettext
    mapping = _("own mapping")
    meaning = _("Role in this stage by our own mapping: core or support.")
    columns = (
        content.code_column("type", _("Type code"), _("Key of the type."), width=12),
        *content.other_columns(_name(content), _type(content), _task(content)),
        *(
            Column(f"stage_{stage.key}", f"{stage.key.upper()} {mapping}", Kind.CODE, meaning, 11)
            for stage in content.facts.catalog.stages
        ),
    )
    return tuple(column.unprinted() for column in columns)


def _name(content: Content) -> Column:
    _ = content.gettext
    return Column("name", _("Organisation"), Kind.TEXT, _("Name of the organisation."), 38)


def _type(content: Content) -> Column:
    _ = content.gettext
    return Column("type_name", _("Type"), Kind.TEXT, _("Type of organisation."), 24)


def _task(content: Content) -> Column:
    _ = content.gettext
    return Column("role", _("Task in the chain"), Kind.TEXT, _("What the organisation does in the chain."), 40)


def _values(content: Content, actor: Actor) -> dict[str, Value]:
    _ = content.gettext
    language, other = content.language.code, content.other.code
    own = content.facts.type_names.get(actor.type.value)
    stages = {key: role for key, role in actor.stages.items() if role in _MAPPED}
    marks = dict.fromkeys(mark for mark in (actor.place_source, *(fact.source for fact in actor.facts)) if mark)
    return {
        "actor": actor.key,
        **content.in_both("name", (actor.name(language), actor.name(other))),
        **content.in_both("type_name", content.pair(own) if own else content.said(TYPE_NAMES[actor.type.value])),
        **content.in_both("role", (actor.role_text(language), actor.role_text(other))),
        "type": actor.type.value,
        "place": actor.place,
        "core": content.listed(sorted(key for key, role in stages.items() if role is StageRole.CORE)),
        "support": content.listed(sorted(key for key, role in stages.items() if role is StageRole.SUPPORT)),
        "founder": _("yes") if actor.is_founder else _("no"),
        "origin": content.words.said(_SOURCES.get(actor.source, actor.source)),
        "marks": content.listed(marks),
        **{
            f"stage_{stage.key}": stages[stage.key].value if stage.key in stages else None
            for stage in content.facts.catalog.stages
        },
    }
