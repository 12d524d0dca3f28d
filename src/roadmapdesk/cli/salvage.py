"""``roadmapdesk salvage PROJECT TARGET``: what is readable in a damaged project goes into a new one."""

import argparse
from pathlib import Path
from typing import Any

from roadmapdesk.cli import options as shared
from roadmapdesk.i18n import gettext as _
from roadmapdesk.i18n import ngettext
from roadmapdesk.workspace.salvaging import Salvaged, salvage_project


def add_parser(commands: Any) -> argparse.ArgumentParser:  # noqa: ANN401 — argparse's type is private
    """Adds the command."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "salvage", help=_("bring what is readable in a damaged project into a new one")
    )
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
        lambda passphrase: salvage_project(
            options.project, options.target.absolute(), passphrase=passphrase, form=options.form
        ),
    )
    _print(salvaged)
    return 0 if salvaged.is_complete else 1


def _print(salvaged: Salvaged) -> None:
    report, count = salvaged.report, salvaged.interviews
    text = ngettext(
        "{n} interview brought out, {revisions} revisions, {attachments} attachments.",
        "{n} interviews brought out, {revisions} revisions, {attachments} attachments.",
        count,
    )
    print(text.format(n=count, revisions=report.revisions, attachments=report.attachments))
    print(
        _("Beside them: {events} events, {exports} exports, {erasures} signs of erasure, {names} pseudonyms.").format(
            events=report.events, exports=report.exports, erasures=report.tombstones, names=report.pseudonyms
        )
    )
    for name in salvaged.missing_forms:
        print(_("The questionnaire “{name}” was unreadable; import the same one again.").format(name=name))
    for identifier in report.doubtful:
        print(_("Interview {id}: its check sum does not match; look through its answers.").format(id=identifier))
    for table in report.unreadable:
        print(_("The table “{table}” could not be read to its end.").format(table=table))
    print(salvaged.folder)
