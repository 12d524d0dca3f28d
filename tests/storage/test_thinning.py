"""Backups grow fewer with age, and a clock that jumps removes none that would stay with a right clock."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from roadmapdesk.storage import backups as backups_module
from roadmapdesk.storage.thinning import Backup, file_name, list_backups_in, superfluous, thin

NOON = datetime(2026, 3, 12, 12, tzinfo=UTC)


def made(*moments: datetime) -> list[Backup]:
    """Backups in the order in which they were made, the last one first."""
    found = [Backup(Path(f"{number}"), at, "timer", 1, number) for number, at in enumerate(moments, 1)]
    return found[::-1]


def days(count: int, *, each: int, end: datetime = NOON) -> list[datetime]:
    """`each` moments on every one of the last `count` days before `end`, the earliest first."""
    step = timedelta(minutes=10)
    return [end - timedelta(days=day) + number * step for day in reversed(range(count)) for number in range(each)]


def kept(backups: list[Backup]) -> list[Backup]:
    gone = {backup.number for backup in superfluous(backups)}
    return [backup for backup in backups if backup.number not in gone]


def test_backups_grow_fewer_with_age():
    left = kept(made(*days(600, each=30)))

    ages = [(NOON.date() - backup.at.date()).days for backup in left]
    assert len([age for age in ages if age < 3]) == 90
    assert len([age for age in ages if 3 <= age < 33]) == 30
    assert 25 <= len([age for age in ages if 33 <= age < 33 + 182]) <= 27
    assert 12 <= len([age for age in ages if age >= 33 + 182]) <= 14
    assert superfluous(left) == []


def test_the_last_fifty_stay_however_old():
    moments = [NOON + timedelta(hours=number // 10) for number in range(50)]

    assert superfluous(made(*moments, NOON + timedelta(days=4000))) == []


@pytest.mark.parametrize("jump", [3650, -3650, -5, 400])
def test_a_jump_of_the_clock_costs_no_more_than_one_day_of_work(jump):
    before = days(90, each=40)
    today = days(1, each=5, end=NOON + timedelta(days=1))
    right = {backup.number for backup in kept(made(*before, *today))}

    wrong = {backup.number for backup in kept(made(*before, *(at + timedelta(days=jump) for at in today)))}

    assert right <= wrong


def test_backups_made_with_a_clock_in_the_past_are_the_newest(project, monkeypatch):
    first = project.backup()
    monkeypatch.setattr(backups_module, "now_utc", lambda: datetime(2000, 1, 1, tzinfo=UTC))
    second = project.backup()

    assert [backup.path for backup in project.backups.list()] == [second.path, first.path]


def test_a_clock_that_begins_anew_at_every_start_costs_no_backup():
    moments = []
    for day in range(40):
        moments += [datetime(2000, 1, 1, hour, tzinfo=UTC) for hour in range(2)]
        moments.append(NOON + timedelta(days=day))

    left = kept(made(*moments))

    assert {backup.at for backup in left} >= {NOON + timedelta(days=day) for day in range(40)}


def test_backups_of_earlier_versions_came_before_the_numbered_ones(tmp_path):
    (tmp_path / "20300101T000000000Z-timer.sqlite").write_bytes(b"x")
    (tmp_path / file_name(NOON, "manual", 7)).write_bytes(b"x")
    (tmp_path / "media.sqlite").write_bytes(b"x")

    assert [(backup.reason, backup.number) for backup in list_backups_in(tmp_path)] == [("manual", 7), ("timer", 0)]


def test_thinning_removes_the_files(tmp_path):
    for number, at in enumerate(days(10, each=20), 1):
        (tmp_path / file_name(at, "timer", number)).write_bytes(b"x")

    removed = thin(tmp_path)

    assert len(removed) == 7 * 19
    assert not any(path.exists() for path in removed)
    assert len(list_backups_in(tmp_path)) == 3 * 20 + 7
