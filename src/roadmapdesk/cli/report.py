"""``roadmapdesk report PROJECT TARGET``: one PDF summary or one workbook."""

import argparse
from pathlib import Path

from roadmapdesk.cli import options as shared
from roadmapdesk.cli.subcommands import Subcommands
from roadmapdesk.errors import Message, UsageError
from roadmapdesk.i18n import N_, Language
from roadmapdesk.i18n import gettext as _
from roadmapdesk.workspace.assessment import Assessment
from roadmapdesk.workspace.exporting import ReportKind, export
from roadmapdesk.workspace.facts import report_facts
from roadmapdesk.workspace.places import refuse_project_place
from roadmapdesk.workspace.releasing import release

UNKNOWN_KIND = Message(
    "report.unknown_kind", N_("“{name}” is neither a PDF nor an Excel file: it must end in .pdf or .xlsx.")
)


def add_parser(commands: Subcommands) -> argparse.ArgumentParser:
    """Adds the command."""
    parser = commands.add_parser("report", help=_("write the PDF summary or the Excel workbook of a project"))
    shared.add_project(parser)
    parser.add_argument(
        "target", type=Path, metavar=_("TARGET"), help=_("file to write; its ending .pdf or .xlsx says which")
    )
    shared.add_report(parser)
    parser.add_argument(
        "--records",
        action="store_true",
        help=_("add ratings of single organisations that agreed, under pseudonyms; hand-off workbook only"),
    )
    parser.add_argument(
        "--release",
        metavar=_("WHO"),
        help=_("release this result first, all of whose interviews are approved; WHO: function or code, no name"),
    )
    return parser


def run(options: argparse.Namespace) -> int:
    """Writes the file and prints its path."""
    level = shared.level_of(options)
    shared.language_of(options, "de")
    try:
        kind = ReportKind(options.target.suffix.lower().removeprefix("."))
    except ValueError as error:
        raise UsageError(UNKNOWN_KIND, name=options.target.name) from error
    refuse_project_place(options.target)  # before anything is released for it
    with shared.opened(options, read_only=False) as project:
        language = Language(shared.language_of(options, project.settings.language))
        assessment = Assessment(project)
        if options.release is not None:
            facts = report_facts(project, assessment, level=level, language=language, wave=options.wave)
            release(project, facts, by=options.release)
        exported = export(
            project,
            assessment,
            kind=kind,
            level=level,
            language=language,
            target=options.target.absolute(),
            wave=options.wave,
            with_records=options.records,
            progress=shared.progress_line(_("Parts")),
        )
    print(exported.target)
    return 0
