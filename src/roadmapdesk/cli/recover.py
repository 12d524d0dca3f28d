"""``roadmapdesk recover PROJECT FILE …``: answers that were saved as a copy go back into their interview."""

import argparse
from pathlib import Path

from roadmapdesk.cli import options as shared
from roadmapdesk.cli.subcommands import Subcommands
from roadmapdesk.i18n import gettext as _
from roadmapdesk.i18n import ngettext
from roadmapdesk.workspace.saved_copies import TakingIn, plan_taking_in, read_copy, take_in


def add_parser(commands: Subcommands) -> argparse.ArgumentParser:
    """Adds the command."""
    parser = commands.add_parser("recover", help=_("take saved copies of answers back into their interviews"))
    shared.add_project(parser)
    parser.add_argument(
        "copies", type=Path, nargs="+", metavar=_("FILE"), help=_("copy of all answers, saved when writing failed")
    )
    return parser


def run(options: argparse.Namespace) -> int:
    """Takes each copy in and prints what came; a copy that is in already changes nothing."""
    copies = [read_copy(path) for path in options.copies]
    with shared.opened(options, read_only=False) as project:
        for copy in copies:
            plan = plan_taking_in(project, copy)
            _print(plan, take_in(project, plan))
    return 0


def _print(plan: TakingIn, code: str) -> None:
    added = ngettext("{n} answer added", "{n} answers added", len(plan.added)).format(n=len(plan.added))
    count = len(plan.replaced)
    replaced = ngettext("{n} answer replaced", "{n} answers replaced", count).format(n=count)
    interview = code or plan.copy.interview_id
    print(
        _("{file}, interview {interview}: {added}, {replaced}.").format(
            file=plan.copy.name, interview=interview, added=added, replaced=replaced
        )
    )
    if plan.unknown:
        unknown = ngettext(
            "{n} answer belongs to no question of this questionnaire and stays in the copy.",
            "{n} answers belong to no question of this questionnaire and stay in the copy.",
            plan.unknown,
        )
        print(unknown.format(n=plan.unknown))
