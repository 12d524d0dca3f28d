"""The command line: parses, runs one command, and turns failures into one sentence and an exit code."""

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn

from typing_extensions import override

from roadmapdesk import __version__
from roadmapdesk.cli import parser_words
from roadmapdesk.errors import Message, RoadmapDeskError, UsageError, places_of, reason_of
from roadmapdesk.i18n import LANGUAGES, N_, set_language
from roadmapdesk.i18n import gettext as _

# One module each, with add_parser(subparsers) and run(arguments) -> int; loaded for `--help` and for its own name.
COMMANDS = (
    "desktop",
    "demo",
    "score",
    "report",
    "print",
    "interview",
    "form",
    "check",
    "backup",
    "salvage",
    "recover",
    "passphrase",
)

DONE, FAILED, USAGE = 0, 1, 2
FILE_FAILED = Message("cli.file_failed", N_("The file “{name}” cannot be read or written: {reason}."))


class _Parser(argparse.ArgumentParser):
    """Says wrong usage in one sentence; argparse's own usage block only repeats the help."""

    @override
    def error(self, message: str) -> NoReturn:
        self.exit(USAGE, f"{self.prog}: {message}\n")


def run(arguments: Sequence[str]) -> int:
    """Runs the command line; without arguments opens the window.

    Returns:
        0 done, 1 the command failed, 2 wrong usage.
    """
    if _speak_as_asked(arguments):
        arguments = [*arguments, "desktop"]
    parser = build_parser(arguments)
    try:
        options = parser.parse_args(arguments)
        return int(options.run(options))
    except UsageError as error:
        print(error.sentence, file=sys.stderr)
        return USAGE
    except RoadmapDeskError as error:
        print(error.sentence, file=sys.stderr)
        return FAILED
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else USAGE
    except BrokenPipeError:
        return DONE
    except OSError as error:
        print(FILE_FAILED.text(name=error.filename or "", reason=reason_of(error)), file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        print(_("Stopped. Nothing that was confirmed is lost."), file=sys.stderr)
        return FAILED
    except Exception as error:  # a bug; Python's own traceback could quote an answer
        print(_("A fault of the program stopped the command. Nothing that was confirmed is lost."), file=sys.stderr)
        print(f"RoadmapDesk {__version__}", places_of(error), sep="\n", file=sys.stderr)
        return FAILED


def _speak_as_asked(arguments: Sequence[str]) -> bool:
    """Sets the language before help and wrong usage are put into words; a wrong value is the parser's to refuse.

    Returns:
        whether nothing was asked for but a language.
    """
    before_command = argparse.ArgumentParser(add_help=False)
    before_command.add_argument("--interface-language", nargs="?")
    before_command.add_argument("rest", nargs=argparse.REMAINDER)
    known, others = before_command.parse_known_args(arguments)
    if known.interface_language in LANGUAGES:
        set_language(known.interface_language)
    return not (known.rest or others) and (not arguments or known.interface_language in LANGUAGES)


def build_parser(arguments: Sequence[str]) -> argparse.ArgumentParser:
    """The parser with the called command, or with all of them for help and wrong usage."""
    parser_words.speak()
    parser = _Parser(
        prog="roadmapdesk",
        description=_("Structured interviews, scoring and roadmap reports. Without a command the window opens."),
    )
    parser.add_argument(
        "--version",
        action="version",
        version=f"RoadmapDesk {__version__}",
        help=_("show program's version number and exit"),
    )
    parser.add_argument(
        "--interface-language", choices=LANGUAGES, help=_("language of messages; default: the system's")
    )
    commands = parser.add_subparsers(metavar=_("COMMAND"), required=True, parser_class=_Parser)
    called = [name for name in COMMANDS if name in arguments[:3]]
    for name in called or COMMANDS:
        module = import_module(f"roadmapdesk.cli.{name}")
        module.add_parser(commands).set_defaults(run=module.run)
    return parser
