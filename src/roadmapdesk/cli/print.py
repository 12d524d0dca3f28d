"""``roadmapdesk print KIND PROJECT TARGET``: protocol, questionnaire, stage card, actor list, privacy papers."""

import argparse
from pathlib import Path

from roadmapdesk.cli import options as shared
from roadmapdesk.cli.subcommands import Subcommands
from roadmapdesk.errors import Message, UsageError
from roadmapdesk.i18n import N_, Language
from roadmapdesk.i18n import gettext as _
from roadmapdesk.workspace.papers import (
    NO_CODE,
    PaperKind,
    build_paper,
    interview_with_code,
    log_paper,
    write_paper,
)

UNKNOWN_PAPER = Message("print.unknown_kind", N_("There is no paper “{value}”. Papers: {known}."))
NOT_PDF = Message("print.not_pdf", N_("“{name}” is no PDF file: its name must end in .pdf."))


def add_parser(commands: Subcommands) -> argparse.ArgumentParser:
    """Adds the command."""
    parser = commands.add_parser(
        "print", help=_("write a protocol, questionnaire, stage card, actor list or privacy paper as PDF")
    )
    parser.add_argument("kind", metavar=_("KIND"), help=", ".join(PaperKind))
    shared.add_project(parser)
    parser.add_argument("target", type=Path, metavar=_("TARGET"), help=_("PDF file to write"))
    parser.add_argument("--lang", default="", help=_("de or en; default: the project's language"))
    parser.add_argument("--interview", default="", metavar=_("CODE"), help=_("code of the interview, for a protocol"))
    parser.add_argument("--wave", default="", metavar=_("CODE"), help=_("its wave; default: the last one"))
    return parser


def run(options: argparse.Namespace) -> int:
    """Writes the file and prints its path."""
    try:
        kind = PaperKind(options.kind)
    except ValueError as error:
        raise UsageError(UNKNOWN_PAPER, value=options.kind, known=", ".join(PaperKind)) from error
    shared.language_of(options, "de")
    if options.target.suffix.lower() != ".pdf":
        raise UsageError(NOT_PDF, name=options.target.name)
    is_protocol = kind is PaperKind.PROTOCOL
    if is_protocol and not options.interview:
        raise UsageError(NO_CODE)
    with shared.opened(options, read_only=not kind.tells_of_project) as project:
        language = Language(shared.language_of(options, project.settings.language))
        interview = interview_with_code(project, options.interview, options.wave) if is_protocol else ""
        document = build_paper(project, kind, language=language, interview_id=interview)
        written = write_paper(
            document,
            options.target.absolute(),
            kind=kind,
            interview_id=interview,
            progress=shared.progress_line(_("Pages")),
        )
        log_paper(project, written)
    print(written.target)
    return 0
