"""``roadmapdesk score PROJECT``: the scorecard of a wave, as a table or as JSON."""

import argparse
import json
import sys
from typing import Any

from roadmapdesk.cli import options as shared
from roadmapdesk.cli.subcommands import Subcommands
from roadmapdesk.domain.catalog import load_catalog
from roadmapdesk.errors import RoadmapDeskError, UsageError
from roadmapdesk.i18n import current_language
from roadmapdesk.i18n import gettext as _
from roadmapdesk.scoring.golden import to_golden
from roadmapdesk.scoring.scorecard import Scorecard
from roadmapdesk.workspace.assessment import Assessment
from roadmapdesk.workspace.facts import NO_INTERVIEWS, UNKNOWN_WAVE
from roadmapdesk.workspace.outgoing import Outgoing, note_printed


def add_parser(commands: Subcommands) -> argparse.ArgumentParser:
    """Adds the command."""
    parser = commands.add_parser("score", help=_("score a project's interviews"))
    shared.add_project(parser)
    parser.add_argument(
        "--json",
        action="store_true",
        help=_("complete scorecard as JSON, internal; without --wave all waves and the last change"),
    )
    parser.add_argument("--wave", default=None, metavar=_("CODE"), help=_("wave to score; default: the last one"))
    return parser


def run(options: argparse.Namespace) -> int:
    """Prints the scorecard; what goes into a file or to another program is noted in the log of exports."""
    with shared.opened(options) as project:
        assessment = Assessment(project)
        last = chosen_wave(assessment, options.wave)
        if options.json:
            text = json.dumps(golden_record(assessment, options.wave), ensure_ascii=False, indent=1)
        else:
            text = _table(assessment.scorecard(last))
        print(text)
        if not sys.stdout.isatty():
            waves = assessment.waves if options.json and options.wave is None else (last,)
            interviews = {one.row.id for wave in waves for one in assessment.counted(wave)}
            note_printed(project, text, kind=Outgoing.SCORES.value, interviews=sorted(interviews))
    return 0


def chosen_wave(assessment: Assessment, wave: str | None) -> str:
    """The wave that was asked for, or the last one with finished interviews.

    Raises:
        UsageError: there is no such wave.
        RoadmapDeskError: no interview is finished.
    """
    waves = assessment.waves
    if not waves:
        raise RoadmapDeskError(NO_INTERVIEWS)
    if wave is not None and wave not in waves:
        raise UsageError(UNKNOWN_WAVE, wave=wave, known=", ".join(waves))
    return wave or waves[-1]


def golden_record(assessment: Assessment, wave: str | None) -> dict[str, Any]:
    """The scorecard with the keys of the golden example.

    Args:
        assessment: of the open project.
        wave: one wave alone; None gives the last two waves as the golden example does: the record is the earlier
            one's, with its change to the later one, and ``waves`` holds the complete record of every wave by its
            code. With a single wave there is no change.
    """
    last = chosen_wave(assessment, wave)
    if wave is not None:
        return to_golden(assessment.scorecard(last))
    cards = {code: assessment.scorecard(code) for code in assessment.waves}
    complete = {"waves": {code: to_golden(card) for code, card in cards.items()}}
    if len(cards) == 1:
        return to_golden(cards[last]) | complete
    before = assessment.waves[-2]
    return to_golden(cards[before], cards[last], assessment.comparison(before, last)) | complete


def _table(card: Scorecard) -> str:
    language = current_language()
    catalog = load_catalog()
    lines = [[_("Stage"), *(dimension.key.upper() for dimension in catalog.dimensions), _("Index")]]
    for stage in catalog.stages:
        row = [f"{stage.key.upper()} {stage.name.text(language.code)}"[:44]]
        for dimension in catalog.dimensions:
            cell = card.cell(stage.key, dimension.key)
            value = language.number(cell.performance.mean, 0)
            row.append(f"{value} n{cell.performance.n_valid} {cell.grade.value}")
        row.append(language.number(card.stage_results[stage.key].performance, 0))
        lines.append(row)
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    text = "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines
    )
    summary = _("Wave {wave}: {interviews} interviews of {organisations} organisations, chain index {index}.").format(
        wave=card.wave,
        interviews=card.sample.n_interviews,
        organisations=card.sample.n_organisations,
        index=language.number(card.chain.performance, 1),
    )
    reading = _("Each cell: performance, n (organisations that rated performance), grade of support.")
    return f"{summary}\n{reading}\n\n{text}"
