"""Limits, and the annex: data tables behind the figures, glossary, privacy note."""

from itertools import zip_longest

from roadmapdesk.domain.levels import Level
from roadmapdesk.figures.palette import load_palette
from roadmapdesk.reports.context import Context, printed_table
from roadmapdesk.reports.document import Block, Bullets, Cell, Definitions, Heading, Paragraph, Section, Table


def limits_section(context: Context) -> Section:
    """What the numbers cannot say."""
    _ = context.gettext
    facts = context.facts
    hidden = len(facts.scorecard.suppressed)
    items = [
        _(
            "Small numbers: most cells rest on few organisations. One answer more or less can move a value by "
            "several points; the interval and the grade say how much."
        ),
        _(
            "Perceptions: the ratings are views of those asked, not measurements. People inside a stage tend to "
            "rate it more kindly than people outside."
        ),
        _(
            "Missing groups: whoever did not take part is missing from every number. The sample shows which types of "
            "organisations are few."
        ),
        _(
            "Fixed borders: a cell just above and one just below a border differ little. Classes are a help for "
            "discussion, not a verdict."
        ),
        _("Importance and performance are different things; their difference is a rule of thumb."),
        _("Order of measures: priority was stated in the interviews, costs and effects were not calculated."),
    ]
    if hidden:
        items.append(
            context.ngettext(
                "{n} of {total} cells has no class at this level and enters no index shown here.",
                "{n} of {total} cells have no class at this level; withheld values enter no index shown here.",
                hidden,
            ).format(n=hidden, total=len(facts.scorecard.cells))
        )
    if facts.change is not None:
        items.append(
            _("Two waves show change only where wording and scale stayed the same and the panel is large enough.")
        )
    return Section("limits", _("Limits"), (Bullets(tuple(items)),))


def annex_section(context: Context) -> Section:
    """Codes, glossary and privacy note; then all data tables in the order of their labels, as many as there are."""
    _ = context.gettext
    blocks: list[Block] = [Heading(2, _("Codes of stages and dimensions")), _codes(context)]
    blocks += [Heading(2, _("Glossary")), Definitions(_glossary(context))]
    blocks += [Heading(2, _("Privacy")), Paragraph(_privacy(context))]
    if context.facts.contact:
        blocks.append(Paragraph(_("Contact: {contact}").format(contact=context.facts.contact)))
    blocks.append(Heading(2, _("Data behind the figures")))
    blocks += [printed_table(entry) for entry in context.annex]
    return Section("annex", _("Annex"), tuple(blocks))


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
            "Values are rounded and shown from five organisations only; no organisation can be recognised."
        ),
    }[context.facts.level]
    return f"{general} {specific}"
