"""All sheets that have content at a level, in their order."""

from roadmapdesk.reports.excel.content import (
    cells,
    change,
    cooperation,
    dictionary,
    indices,
    overview,
    plan,
    protocol,
    records,
    register,
    robustness,
    topics,
)
from roadmapdesk.reports.excel.content.names import Content
from roadmapdesk.reports.excel.package import Written
from roadmapdesk.reports.excel.sheets import Book, Sheet
from roadmapdesk.reports.facts import ReportFacts
from roadmapdesk.reports.wording import LEVEL_NAMES


def build_book(facts: ReportFacts, written: Written) -> Book:
    """The workbook of a report; the protocol on its last sheet reads `written` while it is streamed."""
    content = Content(facts)
    _ = content.gettext
    sheets = _sheets(content)
    sheets.append(dictionary.sheet(content, sheets))
    # A sheet that reads about others is made after them and put before or behind them.
    closing = protocol.sheet(content, [overview.read_me_sheet(content, ()), *sheets], written)
    first = overview.read_me_sheet(content, [*sheets, closing])
    return Book(
        (first, *sheets, closing),
        title=_("{title}, {wave}").format(title=facts.project, wave=facts.text(facts.wave.name)),
        subject=_("Hand-off workbook, {level}").format(level=content.words.said(LEVEL_NAMES[facts.level])),
        marking=marking(content),
        author=f"RoadmapDesk {facts.app_version}",
        language=facts.language.code,
        created=facts.created,
        page=_("Page &P of &N"),
        shortened=_(" … [{n} further characters]"),
    )


def _sheets(content: Content) -> list[Sheet]:
    found: list[Sheet | None] = [
        overview.key_figures_sheet(content),
        register.sheet(content),
        cells.sheet(content),
        indices.stages_sheet(content),
        indices.dimensions_sheet(content),
        *topics.sheets(content),
        cooperation.sheet(content),
        plan.sheet(content),
        change.sheet(content),
        robustness.sheet(content),
        records.sheet(content),
    ]
    return [sheet for sheet in found if sheet is not None]


def marking(content: Content) -> str:
    """The second line of every sheet: invented data, level, draft, project, wave."""
    _ = content.gettext
    facts = content.facts
    parts = [_("Sample data")] if facts.is_sample else []
    parts += [content.words.marking, facts.project, facts.text(facts.wave.name)]
    return " · ".join(parts)
