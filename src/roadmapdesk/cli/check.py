"""``roadmapdesk check PROJECT``: finds any changed bit in an answer, and makes the answer index anew."""

import argparse

from roadmapdesk.cli import options as shared
from roadmapdesk.cli.subcommands import Subcommands
from roadmapdesk.i18n import gettext as _
from roadmapdesk.i18n import ngettext
from roadmapdesk.storage.checks import CheckReport


def add_parser(commands: Subcommands) -> argparse.ArgumentParser:
    """Adds the command."""
    parser = commands.add_parser("check", help=_("check every answer of a project against its check sums"))
    shared.add_project(parser)
    parser.add_argument("--rebuild", action="store_true", help=_("make the answer index anew first"))
    return parser


def run(options: argparse.Namespace) -> int:
    """Prints every finding: 0 for a sound project, 1 where something was found."""
    with shared.opened(options, read_only=not options.rebuild) as project:
        report = project.check(rebuild_index=options.rebuild)
        lost = project.settings.lost_at_salvage
    print_report(report)
    if lost:
        print(
            _("This project was salvaged from a damaged one, where these tables could not be read: {tables}.").format(
                tables=", ".join(lost)
            )
        )
    return 0 if report.is_sound else 1


def print_report(report: CheckReport) -> None:
    """Every finding on its line, then the counts."""
    for problem in report.problems:
        print(problem.sentence)
    for file in report.loose:
        place = file.interview_id or _("unknown")
        print(
            _("Kept, but no answer refers to it: {name} ({size} bytes, {sha}), interview {interview}.").format(
                name=file.name or _("unknown"), size=file.size, sha=file.sha[:12], interview=place
            )
        )
    if report.rebuilt:
        print(_("The answer index was made anew."))
    interviews = ngettext("{n} interview", "{n} interviews", report.interviews).format(n=report.interviews)
    revisions = ngettext("{n} revision", "{n} revisions", report.revisions).format(n=report.revisions)
    counts = _("Checked: {interviews}, {revisions}.").format(interviews=interviews, revisions=revisions)
    if report.is_sound:
        verdict = _("All check sums match.")
    else:
        count = len(report.problems)
        verdict = ngettext("{n} finding.", "{n} findings.", count).format(n=count)
    print(f"{counts} {verdict}")
