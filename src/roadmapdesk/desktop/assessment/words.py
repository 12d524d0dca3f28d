"""Words of the assessment page: measures, levels, and a cell in one sentence."""

from enum import StrEnum

from roadmapdesk.domain.levels import Level
from roadmapdesk.figures.palette import load_palette
from roadmapdesk.i18n import N_, ngettext
from roadmapdesk.i18n import gettext as _
from roadmapdesk.reports.wording import Words
from roadmapdesk.scoring.disclosed import DisclosedCell, Visibility
from roadmapdesk.scoring.scorecard import CellKey
from roadmapdesk.workspace.evidence import Assessed

ROLE_WORDS = {"core": N_("core"), "support": N_("supp."), "observer": N_("outside")}
"""Roles in a stage, short enough for a column."""


class Shown(StrEnum):
    """What the cells of the heatmap show."""

    PERFORMANCE = "performance"
    IMPORTANCE = "importance"
    OUTLOOK = "outlook"
    GAP = "gap"


_SHOWN = {
    Shown.PERFORMANCE: N_("Performance today"),
    Shown.IMPORTANCE: N_("Importance"),
    Shown.OUTLOOK: N_("Outlook 2030"),
    Shown.GAP: N_("Gap"),
}


def shown_word(shown: Shown) -> str:
    """The name of what the heatmap shows."""
    return _(_SHOWN[shown])


def level_words(assessed: Assessed | None) -> list[str]:
    """The three levels with their minimum numbers, in the order of `Level`."""
    settings = assessed.profile.disclosure if assessed is not None else None
    handoff = settings.handoff_n_value if settings else 3
    public = settings.public_n_value if settings else 5
    return [
        _("Internal"),
        _("Hand-off n ≥ {n}").format(n=handoff),
        _("Public n ≥ {n}").format(n=public),
    ]


def level_line(level: Level) -> str:
    """What the status bar says about the level."""
    return {
        Level.INTERNAL: _("Level Internal: do not pass on"),
        Level.HANDOFF: _("Preview of the level Hand-off"),
        Level.PUBLIC: _("Preview of the level Public"),
    }[level]


def figure_value(cell: DisclosedCell, shown: Shown) -> float | None:
    """The number of a cell for what the heatmap shows."""
    if shown is Shown.GAP:
        return cell.gap
    figure = {Shown.PERFORMANCE: cell.performance, Shown.IMPORTANCE: cell.importance, Shown.OUTLOOK: cell.outlook}
    found = figure[shown]
    return None if found is None else found.mean


def figure_n(cell: DisclosedCell, shown: Shown) -> int | None:
    """How many organisations stand behind that number."""
    if shown is Shown.GAP:
        return cell.n
    figure = {Shown.PERFORMANCE: cell.performance, Shown.IMPORTANCE: cell.importance, Shown.OUTLOOK: cell.outlook}
    found = figure[shown]
    return None if found is None else found.n


def cell_code(key: CellKey) -> str:
    """``S3·D2``."""
    return f"{key.stage.upper()}·{key.dimension.upper()}"


def cell_sentence(assessed: Assessed, cell: DisclosedCell) -> str:
    """The whole cell in one sentence: place, values, n, grade, class."""
    facts, words = assessed.facts, Words(assessed.facts)
    stage = facts.stage_name(cell.key.stage)
    place = f"{cell.key.stage.upper()} {stage}, {facts.dimension_name(cell.key.dimension)}"
    parts = []
    if cell.performance is not None:
        parts.append(_("performance {value}").format(value=words.value(cell.performance.mean)))
    if cell.importance is not None:
        parts.append(_("importance {value}").format(value=words.value(cell.importance.mean)))
    count = cell.performance.n if cell.performance is not None else cell.n
    if count is not None:
        parts.append(words.with_n(count))
    if cell.grade is not None and cell.performance is not None:
        parts.append(_("grade {grade}").format(grade=cell.grade.value))
    if cell.cell_class is not None:
        name = words.class_name(cell.cell_class.value)
        is_bare = cell.visibility is Visibility.CLASS_ONLY and cell.performance is None
        parts.append(_("class only: {name}").format(name=name) if is_bare else name)
    if not parts:
        parts.append(hidden_word(assessed.level))
    return f"{place}: {'; '.join(parts)}"


def hidden_word(level: Level) -> str:
    """Why a cell shows nothing."""
    return _("no rating") if level is Level.INTERNAL else _("suppressed")


def class_word(key: str, code: str) -> str:
    """The name of a class in a language."""
    return load_palette().classes[key].names[code]


def short_class_word(key: str, code: str) -> str:
    """The short name of a class in a language."""
    return load_palette().classes[key].short_names[code]


def grade_word(grade: str, code: str) -> str:
    """What a grade says, in a language."""
    return load_palette().grades[grade].meanings[code]


def context_line(assessed: Assessed) -> str:
    """How much stands behind the wave, and below the internal level how much of it is shown."""
    sample = assessed.scorecard.sample
    parts = []
    if sample.n_interviews is not None:
        parts.append(ngettext("{n} interview", "{n} interviews", sample.n_interviews).format(n=sample.n_interviews))
    if sample.n_organisations is not None:
        count = sample.n_organisations
        parts.append(ngettext("{n} organisation", "{n} organisations", count).format(n=count))
    parts.append(assessed.facts.text(assessed.wave_name(assessed.wave)))
    if assessed.level is not Level.INTERNAL:
        parts.append(visible_counts(assessed))
    return " · ".join(parts)


def visible_counts(assessed: Assessed) -> str:
    """How many cells the level shows, by class alone, and not at all."""
    cells = assessed.scorecard.cells.values()
    visible = sum(cell.performance is not None for cell in cells)
    bare = sum(cell.performance is None and cell.cell_class is not None for cell in cells)
    return _("{values} values · {classes} class only · {hidden} suppressed").format(
        values=visible, classes=bare, hidden=len(cells) - visible - bare
    )
