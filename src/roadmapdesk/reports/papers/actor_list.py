"""The list of organisations: public facts only, each with its source."""

import re
from collections.abc import Iterable

from roadmapdesk.domain.actors import Actor, ActorType
from roadmapdesk.domain.levels import Level
from roadmapdesk.i18n import Language
from roadmapdesk.reports.document import (
    Block,
    Bullets,
    Definitions,
    Document,
    Heading,
    Paragraph,
    Section,
    Span,
    Tone,
)
from roadmapdesk.reports.papers.facts import ActorListFacts, PaperFrame
from roadmapdesk.reports.papers.frame import paper
from roadmapdesk.reports.wording import ROLE_NAMES, TYPE_NAMES

_MARK = re.compile(r"[A-Z]\d{1,3}")


def build_actor_list(frame: PaperFrame, facts: ActorListFacts) -> Document:
    """Organisations by kind, then the sources that their marks stand for."""
    language = frame.language
    _ = language.gettext
    sections = [
        Section(kind.value, language.gettext(TYPE_NAMES[kind.value]), tuple(_entries(found, facts, language)))
        for kind in ActorType
        if (found := [actor for actor in facts.actors if actor.type is kind])
    ]
    used = _used_marks(facts.actors)
    known = tuple((mark, facts.sources[mark]) for mark in used if mark in facts.sources)
    if known:
        sections.append(Section("sources", _("Sources"), (Definitions(known),)))
    if not sections:
        sections.append(Section("none", _("Organisations"), (Paragraph(_("The register is empty.")),)))
    count = len(facts.actors)
    return paper(
        frame,
        title=_("Organisations of the value chain"),
        subtitle=language.ngettext("{n} organisation", "{n} organisations", count).format(n=count),
        marking=_("Public facts"),
        notice=_(
            "Public facts about organisations with their sources; nothing from interviews and nothing about persons. "
            "Which stage an organisation belongs to is the study's own reading."
        ),
        sections=tuple(sections),
        level=Level.PUBLIC,
    )


def _entries(actors: Iterable[Actor], facts: ActorListFacts, language: Language) -> list[Block]:
    blocks: list[Block] = []
    for actor in sorted(actors, key=lambda entry: entry.name(language.code).casefold()):
        blocks.append(Heading(2, actor.name(language.code)))
        line = _about(actor, language)
        if line:
            blocks.append(Paragraph(line, Tone.NOTE))
        role = actor.role_text(language.code)
        if role:
            blocks.append(Paragraph(role))
        stages = _stages(actor, facts, language)
        if stages:
            blocks.append(Paragraph((Span(language.gettext("Stages") + ": ", is_strong=True), Span(stages))))
        statements = tuple(
            f"{fact.in_language(language.code)} [{fact.source}]" if fact.source else fact.in_language(language.code)
            for fact in actor.facts
        )
        if statements:
            blocks.append(Bullets(statements))
        note = actor.note_text(language.code)
        if note:
            blocks.append(Paragraph(note, Tone.NOTE))
    return blocks


def _about(actor: Actor, language: Language) -> str:
    _ = language.gettext
    place = f"{actor.place} [{actor.place_source}]" if actor.place and actor.place_source else actor.place
    founder = _("founding member of the cluster") if actor.is_founder else ""
    conducts = "" if actor.is_interviewed else _("conducts the study and is not interviewed")
    return " · ".join(part for part in (place, founder, conducts) if part)


def _stages(actor: Actor, facts: ActorListFacts, language: Language) -> str:
    parts = [
        f"{key.upper()} {facts.stage_names.get(key, '')}".strip() + f" ({language.gettext(ROLE_NAMES[role.value])})"
        for key, role in sorted(actor.stages.items())
    ]
    return ", ".join(parts)


def _used_marks(actors: Iterable[Actor]) -> list[str]:
    """Marks of sources in their own order: S0, S1, then P1, P2 and so on."""
    found: set[str] = set()
    for actor in actors:
        for text in (actor.place_source, *(fact.source for fact in actor.facts)):
            found.update(_MARK.findall(text))
    return sorted(found, key=lambda mark: (mark[0] != "S", mark[0], int(mark[1:])))
