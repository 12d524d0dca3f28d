"""``roadmapdesk interview export PROJECT TARGET``: finalised interviews as ODK submissions in one archive."""

import argparse
from pathlib import Path

from roadmapdesk.cli import options as shared
from roadmapdesk.cli.subcommands import Subcommands
from roadmapdesk.errors import Message, UsageError
from roadmapdesk.i18n import N_, ngettext
from roadmapdesk.i18n import gettext as _
from roadmapdesk.reports.targets import refuse_place
from roadmapdesk.workspace.papers import UNKNOWN_WAVE, interview_with_code
from roadmapdesk.workspace.places import refuse_project_place
from roadmapdesk.workspace.submissions import finished, save_submissions

NOT_ZIP = Message("interview.not_zip", N_("“{name}” is no archive: its name must end in .zip."))


def add_parser(commands: Subcommands) -> argparse.ArgumentParser:
    """Adds the command and its action."""
    parser = commands.add_parser("interview", help=_("save interviews as ODK submissions"))
    actions = parser.add_subparsers(dest="action", required=True, metavar=_("ACTION"))
    export = actions.add_parser(
        "export", help=_("write finalised interviews with their files as submissions; encrypted where the form asks")
    )
    shared.add_project(export)
    export.add_argument("target", type=Path, metavar=_("TARGET"), help=_("archive to write, ending in .zip"))
    export.add_argument("--interview", default="", metavar=_("CODE"), help=_("only the interview with this code"))
    export.add_argument("--wave", default="", metavar=_("CODE"), help=_("only this wave; default: all"))
    return parser


def run(options: argparse.Namespace) -> int:
    """Writes the archive and prints its path; 1 where files that the answers name are gone."""
    if options.target.suffix.lower() != ".zip":
        raise UsageError(NOT_ZIP, name=options.target.name)
    refuse_project_place(options.target)
    refuse_place(options.target)
    with shared.opened(options, read_only=False) as project:
        waves = project.interviews.waves()
        if options.wave and options.wave not in waves:
            raise UsageError(UNKNOWN_WAVE, wave=options.wave, known=", ".join(waves) or "–")
        chosen = (
            (interview_with_code(project, options.interview, options.wave),)
            if options.interview
            else finished(project, wave=options.wave)
        )
        written = save_submissions(
            project, chosen, options.target.absolute(), progress=shared.progress_line(_("Records"))
        )
    print(written.target)
    count = len(written.interviews)
    print(ngettext("{n} submission", "{n} submissions", count).format(n=count))
    if written.missing:
        print(_("Not in the archive, because the project does not hold them any more:"), *written.missing, sep="\n")
    return 1 if written.missing else 0
