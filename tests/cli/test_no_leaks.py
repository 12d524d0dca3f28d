"""Planted answers never reach what the command line prints."""

import sqlite3
from pathlib import Path

import pytest

from roadmapdesk.cli import check
from roadmapdesk.storage import open_project

PLANTED = "Zinnoberfuchs4711"


@pytest.fixture
def planted(project: Path) -> Path:
    """A project whose interview holds a planted free text, also in a revision and a note."""
    with open_project(project) as opened:
        (row,) = opened.interviews.list()
        opened.drafts.save_answer(row.id, "/data/x", "x", None, PLANTED, position="/data/x")
        opened.revisions.cut(row.id)
        opened.notes.set(row.id, "/data/x", PLANTED)
    return project


SPOIL = {
    "sound": None,
    "draft": "UPDATE draft_answer SET text = text || 'x' WHERE text LIKE 'Zinnober%'",
    "revision": "UPDATE revision SET document = replace(document, 'Zinnober', 'Zinnower')",
    "audit": "UPDATE audit SET new_text = 'Zinnoberfuchs4711x' WHERE new_text LIKE 'Zinnober%'",
    "note": "UPDATE note SET text = text || 'x'",
    "index": "UPDATE answer SET text = text || 'x'",
}


@pytest.mark.parametrize("spoil", SPOIL.values(), ids=SPOIL)
def test_no_command_prints_an_answer(call, planted, spoil, tmp_path):
    if spoil:
        with sqlite3.connect(planted / "project.sqlite") as connection:
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
                connection.execute(f"DROP TRIGGER {name}")
            connection.execute(spoil)
        connection.close()
    commands = (
        ("check", planted),
        ("check", planted, "--rebuild"),
        ("backup", "create", planted),
        ("backup", "list", planted),
        ("score", planted),
        ("report", planted, tmp_path / "a.pdf"),
        ("print", "protocol", planted, tmp_path / "p.pdf", "--interview", "RP-9999"),
        ("salvage", planted, tmp_path / "Neu"),
    )
    for command in commands:
        outcome = call(*command)
        assert PLANTED[:12] not in outcome.out + outcome.error, command[0]


def test_a_fault_of_the_program_is_told_without_what_it_quotes(call, planted, monkeypatch):
    def fail(_options):
        int(PLANTED)

    monkeypatch.setattr(check, "run", fail)

    outcome = call("check", planted)

    assert outcome.code == 1
    assert "builtins.ValueError" in outcome.error
    assert "test_no_leaks.py" in outcome.error
    assert PLANTED not in outcome.out + outcome.error
