"""The roadmap summary: facts in, the format-neutral document out."""

from roadmapdesk.reports.context import Context
from roadmapdesk.reports.document import Document, Section, TitlePage
from roadmapdesk.reports.facts import ReportFacts
from roadmapdesk.reports.sections import (
    annex,
    change,
    comparison,
    heatmap,
    limits,
    measures,
    method,
    network,
    priorities,
    profile,
    sample,
    stages,
    summary_page,
    swot,
    themes,
    value_chain,
)
from roadmapdesk.reports.wording import LEVEL_NAMES, LEVEL_NOTICES


def build_summary(facts: ReportFacts) -> Document:
    """The whole report in the language and at the level of `facts`; the order of sections is fixed."""
    context = Context(facts)
    context.share_table(heatmap.CELLS_TABLE, context.gettext("All cells"), heatmap.cells_table(context))
    parts: list[Section | None] = [
        summary_page.section(context),
        method.section(context),
        sample.section(context),
        value_chain.section(context),
        heatmap.section(context),
        priorities.section(context),
        profile.section(context),
        *stages.sections(context),
        themes.section(context),
        network.section(context),
        comparison.section(context),
        swot.section(context),
        measures.table_section(context),
        measures.roadmap_section(context),
        change.section(context),
        limits.section(context),
    ]
    # Last, because the sections before hand their data tables to the annex.
    sections = tuple(part for part in parts if part is not None)
    return _document(context, (*sections, annex.section(context, sections)))


def _document(context: Context, sections: tuple[Section, ...]) -> Document:
    _ = context.gettext
    facts, words = context.facts, context.words
    title = facts.project
    sample_marking = _("Sample data") if facts.is_sample else ""
    return Document(
        title_page=TitlePage(
            title,
            _("Roadmap summary: strengths, gaps and measures along the value chain"),
            _title_facts(context),
            words.said(LEVEL_NOTICES[facts.level]),
        ),
        sections=sections,
        language=facts.language,
        level=facts.level,
        running_title=_("{title}, {wave}").format(title=title, wave=facts.text(facts.wave.name)),
        marking=words.marking,
        sample_marking=sample_marking,
        author=f"RoadmapDesk {facts.app_version}",
        subject=_("Roadmap summary, {level}").format(level=words.said(LEVEL_NAMES[facts.level])),
        created=facts.created,
    )


def _title_facts(context: Context) -> tuple[tuple[str, str], ...]:
    _ = context.gettext
    facts, words = context.facts, context.words
    entries = [
        (_("Wave"), facts.text(facts.wave.name)),
        (_("Period of interviews"), method.period(context)),
        (_("Basis"), context.basis),
        (_("Level"), words.said(LEVEL_NAMES[facts.level])),
        (_("Status"), words.status),
        (_("Created"), facts.language.date_time(facts.created)),
        (_("Questionnaire"), f"{facts.text(facts.form.title)}, {facts.form.version}"),
    ]
    if facts.contact:
        entries.append((_("Contact"), facts.contact))
    return tuple(entries)
