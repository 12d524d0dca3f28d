"""``roadmapdesk salvage PROJECT TARGET``: what is readable in a damaged project goes into a new one."""

import argparse
from pathlib import Path

from roadmapdesk.cli import options as shared
from roadmapdesk.cli.subcommands import Subcommands
from roadmapdesk.i18n import gettext as _
from roadmapdesk.i18n import ngettext
from roadmapdesk.workspace.salvaging import Salvaged, salvage_project


def add_parser(commands: Subcommands) -> argparse.ArgumentParser:
    """Adds the command."""
    parser = commands.add_parser("salvage", help=_("bring what is readable in a damaged project into a new one"))
    shared.add_project(parser)
    parser.add_argument(
        "target", type=Path, metavar=_("TARGET"), help=_("new project folder; nothing is ever overwritten")
    )
    parser.add_argument(
        "--form",
        type=Path,
        metavar=_("FILE"),
        help=_("questionnaire to use where the project's own copy cannot be read; the shipped one is tried anyway"),
    )
    return parser


def run(options: argparse.Namespace) -> int:
    """Prints what came out; 1 where a part of the project stayed behind."""
    salvaged = shared.asking(
        options,
        lambda secret: salvage_project(options.project, options.target.absolute(), secret=secret, form=options.form),
    )
    _print(salvaged)
    return 0 if salvaged.is_complete else 1


def _print(salvaged: Salvaged) -> None:
    report = salvaged.report
    counts = (
        ngettext("{n} interview", "{n} interviews", salvaged.interviews).format(n=salvaged.interviews),
        ngettext("{n} revision", "{n} revisions", report.revisions).format(n=report.revisions),
        ngettext("{n} attachment", "{n} attachments", report.attachments).format(n=report.attachments),
        ngettext("{n} event", "{n} events", report.events).format(n=report.events),
        ngettext("{n} logged export", "{n} logged exports", report.exports).format(n=report.exports),
        ngettext("{n} sign of erasure", "{n} signs of erasure", report.tombstones).format(n=report.tombstones),
        ngettext("{n} pseudonym", "{n} pseudonyms", report.pseudonyms).format(n=report.pseudonyms),
    )
    print(_("Brought out: {parts}.").format(parts=", ".join(counts)))
    if not salvaged.interviews and not salvaged.is_complete:
        print(_("No interview could be read. Restore a backup where there is one."))
    if salvaged.warning:
        print(salvaged.warning)
    for name in salvaged.missing_forms:
        print(_("The questionnaire “{name}” was unreadable; import the same one again.").format(name=name))
    for identifier in report.doubtful:
        print(_("Interview {id}: its check sum does not match; look through its answers.").format(id=identifier))
    for table in report.unreadable:
        print(_("The table “{table}” could not be read to its end.").format(table=table))
    print(salvaged.folder)
