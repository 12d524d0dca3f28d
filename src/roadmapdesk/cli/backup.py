"""``roadmapdesk backup``: makes, lists and restores verified copies of a project."""

import argparse
import sys
from pathlib import Path

from roadmapdesk.cli import options as shared
from roadmapdesk.cli.check import print_report
from roadmapdesk.cli.subcommands import Subcommands
from roadmapdesk.errors import Message, RoadmapDeskError
from roadmapdesk.i18n import N_, current_language, ngettext
from roadmapdesk.i18n import gettext as _
from roadmapdesk.storage.backups import list_backups
from roadmapdesk.storage.errors import ERASURES_LOCKED, MISSING, PASSPHRASE_NEEDED, KeyRefused, ProjectNotFound
from roadmapdesk.storage.thinning import Backup, backup_in
from roadmapdesk.workspace.backup_words import reason_word
from roadmapdesk.workspace.backups import back_up
from roadmapdesk.workspace.restoring import BACKUP_LOCKED, Restored, restore

NO_BACKUP = Message("backup.none", N_("There is no backup in “{path}”."))
NO_SECOND_PLACE = Message(
    "backup.no_second_place",
    N_("The backup was made, but its copy could not be written to “{place}”."),
)


def add_parser(commands: Subcommands) -> argparse.ArgumentParser:
    """Adds the command and its three actions."""
    parser = commands.add_parser("backup", help=_("make, list or restore verified backups of a project"))
    actions = parser.add_subparsers(dest="action", required=True, metavar=_("ACTION"))
    create = actions.add_parser("create", help=_("make a verified backup now"))
    shared.add_project(create)
    create.add_argument("--copy-to", default="", metavar=_("FOLDER"), help=_("lay a copy in this folder as well"))
    listing = actions.add_parser("list", help=_("list all backups, the last one made first"))
    listing.add_argument("project", type=Path, help=_("project folder"))
    restore = actions.add_parser("restore", help=_("make a new project folder of a backup"))
    shared.add_project(restore)
    restore.add_argument(
        "target", type=Path, metavar=_("TARGET"), help=_("new project folder; nothing is ever overwritten")
    )
    restore.add_argument(
        "--backup",
        default="",
        metavar=_("NAME|FILE"),
        help=_("which backup, or a file kept elsewhere; default: the last one made"),
    )
    restore.add_argument(
        "--backup-passphrase-file",
        metavar=_("FILE|-"),
        help=_("the same for a backup with another passphrase than the project has by now"),
    )
    return parser


def run(options: argparse.Namespace) -> int:
    """Runs the action; 1 also where a restored backup does not match its check sums."""
    action = {"create": _create, "list": _list, "restore": _restore}[options.action]
    return action(options)


def _create(options: argparse.Namespace) -> int:
    with shared.opened(options, read_only=False) as project:
        result = back_up(project, options.copy_to)
        path = project.backups.list()[0].path
    print(path)
    if result.failed_place:
        raise RoadmapDeskError(NO_SECOND_PLACE, place=result.failed_place)
    return 0


def _list(options: argparse.Namespace) -> int:
    for backup in _backups(options.project):
        at = current_language().date_time(backup.at.astimezone())
        size = current_language().number(backup.size / 1e6, 1)
        print(f"{backup.path.name}  {at}  {size:>8} MB  {reason_word(backup.reason)}")
    return 0


def _restore(options: argparse.Namespace) -> int:
    backup = _chosen(options.project, options.backup)
    restored = _unlocked(options, backup)
    at = current_language().date_time(backup.at.astimezone())
    text = ngettext(
        "Restored the backup of {at} with {n} interview: {path}",
        "Restored the backup of {at} with {n} interviews: {path}",
        restored.report.interviews,
    )
    print(text.format(at=at, n=restored.report.interviews, path=restored.folder))
    for note in restored.notes:
        print(note)
    if not restored.report.is_sound:
        print_report(restored.report)
    return 0 if restored.report.is_sound else 1


def _unlocked(options: argparse.Namespace, backup: Backup) -> Restored:
    """Restores with what was given; on a terminal a person is asked for what is missing, once each."""
    given = (shared.secret_of(options.passphrase_file), shared.secret_of(options.backup_passphrase_file))
    secrets = [secret for secret in given if secret is not None]
    of_backup = _("Passphrase or recovery key of the backup: ")
    questions = {
        PASSPHRASE_NEEDED.code: of_backup,
        BACKUP_LOCKED.code: of_backup,
        ERASURES_LOCKED.code: _("Present passphrase or recovery key of the project: "),
    }
    while True:
        try:
            return restore(backup.path, options.target.absolute(), secrets=secrets, project=options.project)
        except KeyRefused as error:
            question = questions.pop(error.code, "")
            if not question or not sys.stdin.isatty():
                raise
            secrets.append(shared.ask_secret(question))


def _backups(folder: Path) -> tuple[Backup, ...]:
    if not folder.is_dir():
        raise ProjectNotFound(MISSING, path=folder)
    found = list_backups(folder)
    if not found:
        raise RoadmapDeskError(NO_BACKUP, path=folder)
    return found


def _chosen(folder: Path, name: str) -> Backup:
    if name and Path(name).is_file():
        return backup_in(Path(name))
    found = _backups(folder)
    if not name:
        return found[0]
    for backup in found:
        if backup.path.name == Path(name).name:
            return backup
    raise RoadmapDeskError(NO_BACKUP, path=folder / Path(name).name)
