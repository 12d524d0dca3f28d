"""Words of the reports page: kinds of report, levels, and what each level shows and withholds."""

from roadmapdesk.domain.levels import Level
from roadmapdesk.i18n import gettext as _
from roadmapdesk.i18n import ngettext
from roadmapdesk.scoring.disclosed import DisclosedScorecard
from roadmapdesk.scoring.profile import DisclosureSettings
from roadmapdesk.workspace.exporting import ReportKind
from roadmapdesk.workspace.outgoing import PRINTED, Outgoing
from roadmapdesk.workspace.papers import PAPER_NAMES
from roadmapdesk.workspace.releasing import RELEASE, TAKEN_BACK

KIND_NAMES = {"pdf": "PDF", "xlsx": "Excel"}


def kind_word(kind: str, level: str = "") -> str:
    """What a kind of report or another file that left the project is called; other kinds stay as they are.

    Only at the hand-off level is a workbook the hand-off.
    """
    words = {
        ReportKind.SUMMARY.value: _("PDF summary"),
        ReportKind.WORKBOOK.value: _("Excel hand-off") if level == Level.HANDOFF.value else _("Excel workbook"),
        "submissions": _("Submissions"),
        Outgoing.CALENDAR.value: _("Calendar file"),
        Outgoing.FILE.value: _("Copy of an attachment"),
        Outgoing.ANSWERS.value: _("Copy of all answers"),
        Outgoing.SCORES.value: _("Scorecard"),
        RELEASE: _("Release"),
        TAKEN_BACK: _("Release taken back"),
    }
    return words.get(kind) or {paper.value: _(name) for paper, name in PAPER_NAMES.items()}.get(kind, kind)


def target_word(target: str) -> str:
    """The name of a file that went out; words for what a command printed."""
    return _("printed by a command") if target == PRINTED else target


def level_word(level: str) -> str:
    """The name of a level; the code itself for an unknown one."""
    return {
        Level.INTERNAL.value: _("Internal"),
        Level.HANDOFF.value: _("Hand-off"),
        Level.PUBLIC.value: _("Public"),
    }.get(level, level)


def shown_at(level: Level, settings: DisclosureSettings) -> tuple[str, ...]:
    """What readers of a level see."""
    if level is Level.INTERNAL:
        return (
            _("All values, also those that rest on one or two organisations"),
            _("All quotations, named only where the interview agreed to it"),
            _("Adopted measures, and proposals that nobody has taken up yet"),
        )
    if level is Level.HANDOFF:
        return (
            _("Values, class and grade from {n} organisations on").format(n=settings.handoff_n_value),
            _("Quotations released by the interview"),
            _("Adopted measures"),
        )
    return (
        _("Values from {n} organisations on, rounded to {step} points").format(
            n=settings.public_n_value, step=round(settings.public_round_to)
        ),
        _("The class alone for {low} to {high} organisations").format(
            low=settings.public_n_class, high=settings.public_n_value - 1
        ),
        _("Quotations released by the interview"),
        _("Adopted measures"),
    )


def hidden_at(level: Level, settings: DisclosureSettings) -> tuple[str, ...]:
    """What readers of a level do not see."""
    if level is Level.INTERNAL:
        return ()
    common = (
        _("Single organisations and their ratings"),
        _("Values on which all organisations agree"),
        _("Counts of 1 or 2, and those that would give them away"),
        _("Proposals and quotations without release"),
    )
    if level is Level.HANDOFF:
        return (_("Cells with fewer than {n} organisations").format(n=settings.handoff_n_value), *common)
    return (
        _("Cells with fewer than {n} organisations").format(n=settings.public_n_class),
        _("Lowest and highest values, spread"),
        *common,
    )


def unapproved_words(count: int) -> str:
    """How many interviews of the report nobody has approved."""
    return ngettext("{n} interview is not approved yet", "{n} interviews are not approved yet", count).format(n=count)


def cell_counts(card: DisclosedScorecard) -> str:
    """How many cells a level shows, by class alone, and not at all; internally nothing is held back."""
    values = sum(cell.performance is not None for cell in card.cells.values())
    if card.level is Level.INTERNAL:
        return _("In this wave: {values} values · {unrated} cells without rating").format(
            values=values, unrated=len(card.cells) - values
        )
    bare = sum(cell.performance is None and cell.cell_class is not None for cell in card.cells.values())
    return _("In this wave: {values} values · {classes} class only · {hidden} suppressed").format(
        values=values, classes=bare, hidden=len(card.cells) - values - bare
    )
