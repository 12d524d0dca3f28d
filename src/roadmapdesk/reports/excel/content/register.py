"""The public register of organisations: who they are and where our own mapping places them. No ratings.

Nothing here depends on who was interviewed: the sheet is the same before the first interview and after the last.
"""

from roadmapdesk.domain.actors import Actor, StageRole
from roadmapdesk.i18n import N_
from roadmapdesk.reports.excel.content.names import Content, SheetName
from roadmapdesk.reports.excel.sheets import Column, Kind, Row, Sheet, Table
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
    rows = [_row(content, actor) for actor in actors]
    return Sheet(
        NAME.text(content.language.code),
        _("Organisations of the value chain"),
        _("Public register. It does not tell who was interviewed. Places in stages are our own mapping."),
        (Table("actors", _columns(content), rows, len(rows)),),
        frozen_columns=2,
    )


def _columns(content: Content) -> tuple[Column, ...]:
    _ = content.gettext
    name = Column("name", _("Organisation"), Kind.TEXT, _("Name of the organisation."), 38)
    kind = Column("type_name", _("Type"), Kind.TEXT, _("Type of organisation."), 24)
    role = Column("role", _("Task in the chain"), Kind.TEXT, _("What the organisation does in the chain."), 40)
    mapping = _("own mapping")
    return (
        content.code_column("actor", _("Code"), _("Key of the organisation."), width=16),
        name,
        kind,
        Column("place", _("Place"), Kind.TEXT, _("Place; empty where the sources do not state it."), 18),
        Column(
            "core",
            _("Core role in"),
            Kind.TEXT,
            _("Codes of the stages in which our own mapping gives it a core role."),
            14,
            mapping,
        ),
        Column(
            "support",
            _("Supporting role in"),
            Kind.TEXT,
            _("Codes of the stages in which our own mapping gives it a supporting role."),
            16,
            mapping,
        ),
        Column("founder", _("Founder of nukliD"), Kind.TEXT, _("Founding member of the cluster nukliD."), 12),
        role,
        Column("origin", _("Entry from"), Kind.TEXT, _("Where the entry comes from."), 20),
        Column("marks", _("Sources"), Kind.TEXT, _("Marks of the references for place and facts."), 16),
        content.code_column("type", _("Type code"), _("Key of the type."), width=12).unprinted(),
        *content.other_columns(name, kind, role),
        *(
            Column(
                f"stage_{stage.key}",
                f"{stage.key.upper()} {mapping}",
                Kind.CODE,
                _("Role in this stage by our own mapping: core or support."),
                11,
                is_printed=False,
            )
            for stage in content.facts.catalog.stages
        ),
    )


def _row(content: Content, actor: Actor) -> Row:
    _ = content.gettext
    language, other = content.language.code, content.other.code
    own = content.facts.type_names.get(actor.type.value)
    kind = content.pair(own) if own else content.said(TYPE_NAMES[actor.type.value])
    stages = {key: role for key, role in actor.stages.items() if role in _MAPPED}
    marks = dict.fromkeys(mark for mark in (actor.place_source, *(fact.source for fact in actor.facts)) if mark)
    return (
        actor.key,
        actor.name(language),
        kind[0],
        actor.place,
        content.listed(sorted(key for key, role in stages.items() if role is StageRole.CORE)),
        content.listed(sorted(key for key, role in stages.items() if role is StageRole.SUPPORT)),
        _("yes") if actor.is_founder else _("no"),
        actor.role_text(language),
        content.words.said(_SOURCES.get(actor.source, actor.source)),
        content.listed(marks),
        actor.type.value,
        actor.name(other),
        kind[1],
        actor.role_text(other),
        *(stages[stage.key].value if stage.key in stages else None for stage in content.facts.catalog.stages),
    )
