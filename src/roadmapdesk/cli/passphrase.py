"""``roadmapdesk passphrase FILE``: a new passphrase for a project or a contact list, and the new recovery key."""

import argparse
import getpass
import secrets
import sys

from roadmapdesk.cli import options as shared
from roadmapdesk.cli.subcommands import Subcommands
from roadmapdesk.errors import Message, UsageError
from roadmapdesk.i18n import N_
from roadmapdesk.i18n import gettext as _
from roadmapdesk.storage.contacts import SUFFIX, ContactList
from roadmapdesk.workspace.passphrases import SHORTEST, Strength, strength
from roadmapdesk.workspace.safety import change_passphrase

NO_NEW_ONE = Message("passphrase.missing", N_("Say which passphrase it shall get: --new-passphrase-file FILE."))
TOO_SHORT = Message("passphrase.too_short", N_("The new passphrase is too short: it needs {n} characters at least."))
DIFFERENT = Message("passphrase.different", N_("The new passphrases differ. Nothing was changed."))
_TRIES = 3


def add_parser(commands: Subcommands) -> argparse.ArgumentParser:
    """Adds the command."""
    parser = commands.add_parser(
        "passphrase", help=_("give a project or a contact list a new passphrase and print its recovery key")
    )
    shared.add_project(parser)
    parser.add_argument(
        "--new-passphrase-file",
        metavar=_("FILE|-"),
        help=_("file whose first line is the new passphrase, or - for standard input; without it the program asks"),
    )
    parser.add_argument(
        "--copies-in",
        default="",
        metavar=_("FOLDER"),
        help=_("second place of backups, whose copies get the new passphrase as well"),
    )
    return parser


def run(options: argparse.Namespace) -> int:
    """Changes the passphrase and prints the recovery key; 1 where copies of backups keep the old one."""
    if options.project.suffix == SUFFIX:
        return _change_list(options)
    with shared.opened(options, read_only=False) as project:
        left = change_passphrase(project, _new_passphrase(options), options.copies_in)
        key = project.recovery_key or ""
    print(_("The project and its backups have a new passphrase. The contact list keeps its own."))
    _hand_over(key)
    if left:
        print(_("Copies of backups in “{place}” could not be reached: delete them by hand.").format(place=left))
    elif not options.copies_in:
        print(_("Copies of backups that lie elsewhere keep the old passphrase."))
    return 1 if left else 0


def _change_list(options: argparse.Namespace) -> int:
    with shared.asking(
        options, lambda secret: ContactList(options.project, secret.passphrase, recovery_key=secret.recovery_key)
    ) as contacts:
        key = contacts.change_passphrase(_new_passphrase(options))
    print(_("The contact list has a new passphrase. Copies of it that lie elsewhere keep the old one."))
    _hand_over(key)
    return 0


def _new_passphrase(options: argparse.Namespace) -> str:
    """What was given, or typed twice on a terminal.

    Raises:
        UsageError: none was given, it is too short, or it was typed differently; nothing was changed.
    """
    if options.new_passphrase_file:
        text = shared.first_line(options.new_passphrase_file)
    elif sys.stdin.isatty():
        text = getpass.getpass(_("New passphrase: "))
        if text != getpass.getpass(_("New passphrase again: ")):
            raise UsageError(DIFFERENT)
    else:
        raise UsageError(NO_NEW_ONE)
    if strength(text) is Strength.TOO_SHORT:
        raise UsageError(TOO_SHORT, n=SHORTEST)
    return text


def _hand_over(key: str) -> None:
    """Prints the recovery key and has a group of it typed again where a person sits at the terminal."""
    print(_("Recovery key: write it down and keep it apart from this computer."))
    print(key)
    groups = key.split("-")
    asked = secrets.randbelow(len(groups))
    if not sys.stdin.isatty():
        return
    for _attempt in range(_TRIES):
        typed = input(_("Type group {n} of the key again: ").format(n=asked + 1))
        if typed.strip().upper() == groups[asked]:
            return
    print(_("That was not the group. The key above is right: make sure that you have it."))
