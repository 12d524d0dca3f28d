"""The annex: codes, glossary, abbreviations, privacy note, imprint, data behind the figures, questionnaire."""

from collections.abc import Iterable
from itertools import zip_longest

from roadmapdesk.domain.levels import Level
from roadmapdesk.figures.palette import load_palette
from roadmapdesk.reports.abbreviations import explained
from roadmapdesk.reports.context import Context, printed_table
from roadmapdesk.reports.document import Block, Cell, Definitions, Heading, Paragraph, Section, Table
from roadmapdesk.reports.sections import questions
from roadmapdesk.reports.wording import LEVEL_NAMES


def section(context: Context, before: Iterable[Section]) -> Section:
    """The annex of a report; the sections `before` it say which abbreviations need a word.

    All data tables stand in the order of their labels, as many as there are.
    """
    _ = context.gettext
    blocks: list[Block] = [Heading(2, _("Codes of stages and dimensions")), _codes(context)]
    blocks += [Heading(2, _("Glossary")), Definitions(_glossary(context))]
    tables = [printed_table(entry, context.spoken) for entry in context.annex]
    asked = questions.blocks(context)
    if abbreviations := explained((tuple(before), tuple(tables), tuple(asked)), context.language):
        blocks += [Heading(2, _("Abbreviations")), Definitions(abbreviations)]
    blocks += [Heading(2, _("Privacy")), Paragraph(_privacy(context))]
    blocks += [Heading(2, _("Imprint")), Definitions(_imprint(context))]
    blocks += [Heading(2, _("Data behind the figures")), *tables]
    return Section("annex", _("Annex"), (*blocks, *asked))


def _imprint(context: Context) -> tuple[tuple[str, str], ...]:
    """Who answers for the report, and what it is; what the project does not know is said openly."""
    _ = context.gettext
    facts = context.facts
    missing = _("not named in the project")
    return (
        (_("Report"), f"{facts.project}, {facts.text(facts.wave.name)}"),
        (_("Responsible"), facts.controller or missing),
        (_("Contact"), facts.contact or missing),
        (_("Edition"), f"{context.words.said(LEVEL_NAMES[facts.level])} · {context.words.status}"),
        (_("Created"), facts.language.date_time(facts.created)),
        (_("Written with"), f"RoadmapDesk {facts.app_version}"),
    )


def _codes(context: Context) -> Table:
    """Stages and dimensions side by side with their codes."""
    _ = context.gettext
    facts = context.facts
    stages = [(Cell(key.upper(), is_strong=True), Cell(facts.stage_name(key))) for key in facts.scorecard.stages]
    dimensions = [
        (Cell(key.upper(), is_strong=True), Cell(facts.dimension_name(key))) for key in facts.scorecard.dimensions
    ]
    nothing = (Cell(""), Cell(""))
    rows = tuple((*stage, *dimension) for stage, dimension in zip_longest(stages, dimensions, fillvalue=nothing))
    return Table((_("Code"), _("Stage"), _("Code"), _("Dimension")), rows, (0, 1, 0, 1))


def _glossary(context: Context) -> tuple[tuple[str, str], ...]:
    _ = context.gettext
    palette, code = load_palette(), context.language.code
    grades = ", ".join(f"{key}: {style.meanings[code]}" for key, style in palette.grades.items())
    return (
        (_("Stage"), _("one of the steps of the value chain, from plant engineering to waste management")),
        (_("Dimension"), _("an aspect under which every stage is rated, for example workforce or regulation")),
        (_("Cell"), _("one stage in one dimension")),
        (_("Performance"), _("how well the site does in a cell today, 0 to 100")),
        (_("Importance"), _("how important the cell is for the site until 2030, 0 to 100")),
        (_("Outlook 2030"), _("expected performance in 2030 under decisions already taken")),
        (_("Gap"), _("importance − performance, in points")),
        (_("Class"), _("conclusion from importance and performance by fixed borders")),
        (_("Grade"), grades),
        (
            _("n"),
            _(
                "number of organisations with a valid rating, each counted once. Beside performance and its grade: "
                "those that rated performance; beside class, gap and priority (n class): the smaller number of "
                "those that rated performance and those that rated importance"
            ),
        ),
        (_("Coverage"), _("share of organisations concerned that gave a valid rating")),
        (_("Interval"), _("range in which the mean would lie in nine of ten comparable samples")),
        (
            _("Chain index"),
            _("mean over all stages; a chain does not compensate, so the weakest link stands beside it"),
        ),
        (_("Panel"), _("organisations asked in both waves")),
        (
            _("TRL"),
            _("technology readiness level, 1 (basic principle) to 9 (on the market); never part of performance"),
        ),
    )


def _privacy(context: Context) -> str:
    _ = context.gettext
    general = _(
        "Taking part was voluntary and based on consent, given separately for each use. Names of persons were not "
        "recorded. Quotations appear only after approval of their wording. Consent can be withdrawn at any time; the "
        "answers are then erased and later reports no longer contain them."
    )
    specific = {
        Level.INTERNAL: _(
            "This internal version may point to single organisations. It is to be stored encrypted and deleted "
            "when the work that it serves is done."
        ),
        Level.HANDOFF: _(
            "Values with fewer than three organisations are not contained. Recipients undertake not to draw "
            "conclusions about individual respondents."
        ),
        Level.PUBLIC: _(
            "Values are rounded and shown from five organisations only; no single rating can be told from them. "
            "Organisations are named only beside quotations and in the network, and only where they agreed."
        ),
    }[context.facts.level]
    return f"{general} {specific}"
