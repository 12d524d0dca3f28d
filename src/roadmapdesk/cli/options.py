"""Options that several commands share, and what they mean."""

import argparse
import getpass
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from roadmapdesk.domain.levels import Level
from roadmapdesk.errors import Message, UsageError
from roadmapdesk.i18n import LANGUAGES, N_
from roadmapdesk.i18n import gettext as _
from roadmapdesk.storage import Project
from roadmapdesk.storage.errors import KeyRefused
from roadmapdesk.storage.secrets import Secret
from roadmapdesk.workspace.projects import open_project

_Result = TypeVar("_Result")

UNKNOWN_LEVEL = Message("cli.unknown_level", N_("There is no level “{value}”. Levels: {known}."))
UNKNOWN_LANGUAGE = Message("cli.unknown_language", N_("There is no language “{value}”. Languages: {known}."))
NO_PASSPHRASE_FILE = Message("cli.no_passphrase_file", N_("The passphrase file “{name}” cannot be read."))


def add_project(parser: argparse.ArgumentParser) -> None:
    """Adds the project folder and the way to its passphrase, which is never an argument itself."""
    parser.add_argument("project", type=Path, metavar=_("PROJECT"), help=_("project folder"))
    parser.add_argument(
        "--passphrase-file",
        metavar=_("FILE|-"),
        help=_(
            "file whose first line is the passphrase or recovery key, or - for standard input; without it the "
            "program asks"
        ),
    )


def add_report(parser: argparse.ArgumentParser) -> None:
    """Adds level, language and wave."""
    parser.add_argument("--level", default=Level.INTERNAL.value, help=_("internal, handoff or public"))
    parser.add_argument("--lang", default="", help=_("de or en; default: the project's language"))
    parser.add_argument("--wave", default=None, metavar=_("CODE"), help=_("wave to report; default: the last one"))


def level_of(options: argparse.Namespace) -> Level:
    """The level that was asked for.

    Raises:
        UsageError: there is no such level.
    """
    try:
        return Level(options.level)
    except ValueError as error:
        raise UsageError(UNKNOWN_LEVEL, value=options.level, known=", ".join(Level)) from error


def language_of(options: argparse.Namespace, default: str) -> str:
    """The language that was asked for, or `default`.

    Raises:
        UsageError: there is no such language.
    """
    code = options.lang or default
    if code not in LANGUAGES:
        raise UsageError(UNKNOWN_LANGUAGE, value=code, known=", ".join(LANGUAGES))
    return str(code)


def opened(options: argparse.Namespace, *, read_only: bool = True) -> Project:
    """The project, opened; asks for a passphrase where one is needed and none was given.

    A damaged file is never written to: before the first write every page is looked at.

    Raises:
        StorageError: it cannot be opened; the sentence says why.
    """
    return asking(
        options,
        lambda secret: open_project(
            options.project,
            passphrase=secret.passphrase,
            recovery_key=secret.recovery_key,
            read_only=read_only,
            verify=True,
        ),
    )


def asking(options: argparse.Namespace, use: Callable[[Secret], _Result]) -> _Result:
    """What `use` makes of passphrase or recovery key; a person is asked where one is needed and none was given.

    Raises:
        KeyRefused: it is wrong, or there is nobody to ask.
    """
    given = secret_of(options.passphrase_file)
    try:
        return use(given or Secret())
    except KeyRefused:
        if given is not None or not sys.stdin.isatty():
            raise
    return use(ask_secret(_("Passphrase or recovery key: ")))


def ask_secret(question: str) -> Secret:
    """What a person types unseen on the terminal."""
    return Secret.typed(getpass.getpass(question))


def secret_of(source: str | None) -> Secret | None:
    """The first line of a file, or the next one of standard input for ``-``; None where no file was named.

    Raises:
        UsageError: the file cannot be read.
    """
    return Secret.typed(first_line(source)) if source else None


def first_line(source: str) -> str:
    """The first line of a file, or the next one of standard input for ``-``.

    Raises:
        UsageError: the file cannot be read.
    """
    if source == "-":
        return sys.stdin.readline().rstrip("\r\n")
    try:
        return Path(source).read_text(encoding="utf-8").split("\n", 1)[0].rstrip("\r")
    except OSError as error:
        raise UsageError(NO_PASSPHRASE_FILE, name=source) from error


def progress_line(what: str) -> Callable[[int, int], None]:
    """A progress callback that redraws one line on a terminal and says nothing elsewhere."""

    def show(done: int, total: int) -> None:
        if sys.stderr.isatty():
            end = "\n" if done == total else "\r"
            print(f"{what} {done}/{total}", end=end, file=sys.stderr, flush=True)

    return show
