"""What left a project that could not note it stands in its log after the next opening, whatever ended before."""

import hashlib
import shutil
from pathlib import Path

import pytest

from roadmapdesk import storage
from roadmapdesk.domain.levels import Level
from roadmapdesk.paths import data_folder
from roadmapdesk.storage import create_project, keys
from roadmapdesk.storage.values import Summary
from roadmapdesk.workspace.erasing import plan_erasure
from roadmapdesk.workspace.late_notes import take_over
from roadmapdesk.workspace.outgoing import PRINTED, Outgoing, note_outgoing, note_printed
from roadmapdesk.workspace.projects import open_project
from roadmapdesk.workspace.saved_copies import keep_note_of_copy, note_copy, write_copy


@pytest.fixture(params=[None, "Kraniche über Rossendorf"], ids=["plain", "cipher"])
def passphrase(request, monkeypatch):
    monkeypatch.setattr(keys, "COST", keys.Cost(passes=1, memory_kib=64, lanes=1))
    return request.param


@pytest.fixture
def folder(tmp_path, passphrase) -> Path:
    with create_project(tmp_path / "Studie", title="Studie", language="de", passphrase=passphrase) as project:
        form = project.forms.add(b"<x/>", form_id="f", version="7", title="Bogen")
        project.interviews.create(form, summary=Summary(code="A01"))
        return project.folder


def waiting() -> list[Path]:
    return sorted((data_folder() / "exports_to_note").glob("*"))


def test_what_a_project_opened_for_reading_gave_out_is_noted_at_the_next_opening(folder, passphrase, tmp_path):
    target = tmp_path / "bericht.pdf"
    with open_project(folder, passphrase=passphrase, read_only=True, author="I03") as project:
        (row,) = project.interviews.list()
        for _ in range(2):
            note_outgoing(project, target, kind="pdf", sha="0" * 64, level=Level.PUBLIC, interviews=(row.id,))
        note_printed(project, "scores", kind=Outgoing.SCORES.value, interviews=(row.id,))
        assert project.export_log.list() == ()
    assert len(waiting()) == 2

    with open_project(folder, passphrase=passphrase) as project:
        lines = {line.kind: line for line in project.export_log.list()}
        assert set(lines) == {"pdf", "scores"}
        pdf, scores = lines["pdf"], lines["scores"]
        assert (pdf.target, pdf.folder, pdf.level, pdf.author) == ("bericht.pdf", str(tmp_path), "public", "I03")
        assert (scores.target, scores.folder) == (PRINTED, "")
        assert pdf.interviews == scores.interviews == (row.id,)
        assert pdf.at < project.audit.list()[-1].at
        assert project.check().is_sound
        assert take_over(project) == 0
    assert waiting() == []


def test_lines_of_another_project_wait_for_it(folder, passphrase, tmp_path):
    with open_project(folder, passphrase=passphrase, read_only=True) as project:
        note_outgoing(project, tmp_path / "a.pdf", kind="pdf", sha="0" * 64)
    (data_folder() / "exports_to_note" / "spoilt.json").write_text("{", encoding="utf-8")
    with create_project(tmp_path / "Andere", title="A", language="de") as other:
        assert take_over(other) == 0
        assert other.export_log.list() == ()
    assert len(waiting()) == 2


def test_a_copy_of_answers_is_noted_once_also_where_the_program_ended(folder, passphrase, tmp_path):
    path = tmp_path / "kopie.json"
    with open_project(folder, passphrase=passphrase) as project:
        (row,) = project.interviews.list()
        sha = write_copy(path, row.id, "f", "7", {"/data/a": "planted"})
        keep_note_of_copy(project.settings.project_id, path, sha, row.id, author="I03")
    assert "planted" not in waiting()[0].read_text(encoding="utf-8")

    with open_project(folder, passphrase=passphrase) as project:
        note_copy(project, path, sha, row.id)
        (line,) = project.export_log.list()
        assert (line.target, line.sha) == ("kopie.json", hashlib.sha256(path.read_bytes()).hexdigest())


def test_a_line_that_came_into_the_log_before_a_crash_is_not_written_twice(folder, passphrase, tmp_path):
    with open_project(folder, passphrase=passphrase, read_only=True) as project:
        note_outgoing(project, tmp_path / "a.pdf", kind="pdf", sha="0" * 64)
    (note,) = waiting()
    content = note.read_bytes()
    with open_project(folder, passphrase=passphrase):
        note.write_bytes(content)  # the program ended between writing the line and forgetting the note
    with open_project(folder, passphrase=passphrase) as project:
        assert len(project.export_log.list()) == 1
    assert waiting() == []


def test_the_plan_of_an_erasure_names_what_was_written_while_the_project_was_read(folder, passphrase, tmp_path):
    with open_project(folder, passphrase=passphrase) as project:
        (row,) = project.interviews.list()
        with open_project(folder, passphrase=passphrase, read_only=True) as reading:
            note_outgoing(reading, tmp_path / "a.pdf", kind="pdf", sha="0" * 64, interviews=(row.id,))
        take_over(project)
        assert [place.target for place in project.erasures.plan("A01").places] == ["a.pdf"]


def test_a_line_that_comes_after_an_erasure_does_not_name_the_interview(folder, passphrase, tmp_path):
    with open_project(folder, passphrase=passphrase) as project:
        (row,) = project.interviews.list()
        with open_project(folder, passphrase=passphrase, read_only=True) as reading:
            note_outgoing(reading, tmp_path / "a.pdf", kind="pdf", sha="0" * 64, interviews=(row.id,))
        project.erasures.erase(project.erasures.plan("A01"), reason="Widerruf")
        take_over(project)
        (line,) = project.export_log.list()
        assert (line.target, line.interviews) == ("a.pdf", ())


def test_planning_an_erasure_takes_lines_over_first(sample_project):
    with open_project(sample_project, read_only=True) as reading:
        row = reading.interviews.list()[0]
        note_outgoing(reading, Path("late.pdf"), kind="pdf", sha="1" * 64, interviews=(row.id,))
    with storage.open_project(sample_project) as project:  # opened as by a window that was there before
        assert "late.pdf" in {place.target for place in plan_erasure(project, row.code).plan.places}
    assert waiting() == []


@pytest.fixture
def sample_project(sample, tmp_path) -> Path:
    return Path(shutil.copytree(sample, tmp_path / "Beispiel.roadmapdesk"))
