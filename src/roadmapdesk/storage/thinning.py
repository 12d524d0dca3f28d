"""Which backups are kept: all of late, then fewer and fewer. A wrong clock never removes one.

Age is counted in days on which backups were made, in the order in which they were made; the present time is not
asked. A clock that jumps for years is thereby one more day, wherever it jumps to. Of several backups in a row that
bear the same day, week or month the last one is kept; those before and after a jump are not in a row.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

_NAME = re.compile(r"(\d{8}T\d{6}\d{3}Z)-([a-z]+)(?:-(\d{6,}))?\.sqlite\Z")
_NEWEST = 50
_DAYS_ALL = 3
_DAYS_DAILY = 33
_WEEKS = 26


@dataclass(frozen=True, slots=True)
class Backup:
    """One verified copy of ``project.sqlite``.

    Attributes:
        at: when it was made, as the clock said.
        number: its place in the order in which they were made; 0 for those of earlier versions, which came before.
    """

    path: Path
    at: datetime
    reason: str
    size: int
    number: int = 0


def file_name(at: datetime, reason: str, number: int) -> str:
    """What a backup is called."""
    return f"{at:%Y%m%dT%H%M%S}{at.microsecond // 1000:03d}Z-{reason}-{number:06d}.sqlite"


def list_backups_in(place: Path) -> tuple[Backup, ...]:
    """All backups that lie in one folder, such as a second place for copies, the last one made first."""
    paths = (path for path in (place.glob("*.sqlite") if place.is_dir() else ()) if _NAME.match(path.name))
    found = (backup_in(path) for path in paths)
    return tuple(sorted(found, key=lambda backup: (backup.number, backup.at), reverse=True))


def backup_in(path: Path) -> Backup:
    """The backup in a file; one that a person gave another name was made when it was written last."""
    status = path.stat()
    match = _NAME.match(path.name)
    if match is None:
        return Backup(path, datetime.fromtimestamp(status.st_mtime, UTC), "manual", status.st_size)
    at = datetime.strptime(match[1], "%Y%m%dT%H%M%S%fZ").replace(tzinfo=UTC)
    return Backup(path, at, match[2], status.st_size, int(match[3] or 0))


def thin(place: Path) -> tuple[Path, ...]:
    """Removes the backups in a folder that need not be kept; returns their paths."""
    removed = superfluous(list_backups_in(place))
    for backup in removed:
        backup.path.unlink(missing_ok=True)
    return tuple(backup.path for backup in removed)


def superfluous(backups: Sequence[Backup]) -> list[Backup]:
    """Those that need not be kept.

    Kept are the last 50 and all of the last three days; before them one a day for 30 days, one a week for 26 weeks,
    one a month for good.

    Args:
        backups: the last one made first.
    """
    days: set[str] = set()
    weeks: set[str] = set()
    last: str | None = None
    found = []
    for place, backup in enumerate(backups):
        day, week = f"{backup.at:%Y-%m-%d}", f"{backup.at:%G week %V}"
        days.add(day)
        if len(days) > _DAYS_DAILY:
            weeks.add(week)
        if place < _NEWEST or len(days) <= _DAYS_ALL:
            continue
        if not weeks:
            period = day
        elif len(weeks) <= _WEEKS:
            period = week
        else:
            period = f"{backup.at:%Y-%m}"
        if period == last:
            found.append(backup)
        last = period
    return found
