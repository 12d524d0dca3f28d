"""Limits: what the numbers cannot say."""

from roadmapdesk.reports.context import Context
from roadmapdesk.reports.document import Bullets, Section


def section(context: Context) -> Section:
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
