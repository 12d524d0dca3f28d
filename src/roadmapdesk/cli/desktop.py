"""``roadmapdesk desktop``: opens the window."""

import argparse

from roadmapdesk.cli.subcommands import Subcommands
from roadmapdesk.i18n import gettext as _


def add_parser(commands: Subcommands) -> argparse.ArgumentParser:
    """Adds the command."""
    parser = commands.add_parser("desktop", help=_("open the window"))
    parser.add_argument("project", nargs="?", help=_("project folder to open"))
    parser.add_argument(
        "--sample", action="store_true", help=_("open the sample project, building it first if needed")
    )
    return parser


def run(options: argparse.Namespace) -> int:
    """Opens the window with what was asked for."""
    from roadmapdesk.desktop.app import run as run_desktop  # noqa: PLC0415 — Qt is loaded only for the window

    arguments = ["--sample"] if options.sample else []
    return run_desktop([*arguments, *([options.project] if options.project else [])])
