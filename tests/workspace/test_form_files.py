"""Files of a form's media folder: kept by hash, given to interviews, within limits."""

import pytest

from roadmapdesk.storage import create_project
from roadmapdesk.workspace import form_files
from roadmapdesk.workspace.entity_registers import interview_lists
from roadmapdesk.workspace.form_files import read_form_files
from roadmapdesk.workspace.form_import import keep_candidate, read_candidate
from roadmapdesk.workspace.forms import add_form
from roadmapdesk.workspace.interviewing import load_interview, start_interview

FORM = "|survey|\n||type|name|label|\n||select_one_from_file towns.csv|town|Town|\n"


@pytest.fixture
def form(tmp_path):
    path = tmp_path / "towns.md"
    path.write_text(FORM)
    folder = tmp_path / "towns-media"
    folder.mkdir()
    (folder / "towns.csv").write_bytes(b"name,label\nl,Leipzig\n")
    (folder / "plan.svg").write_bytes(b"<svg/>")
    (folder / "below").mkdir()
    return path


@pytest.fixture
def project(tmp_path):
    with create_project(tmp_path / "study", title="Study", language="de") as project:
        yield project


def test_an_interview_reads_the_files_that_came_with_its_form(form, project):
    added = add_form(project, form)
    form.with_name("towns-media").rename(form.with_name("gone"))
    material = load_interview(project, start_interview(project, form_sha=added.sha))
    assert material.lists["towns.csv"].endswith(b"Leipzig\n")
    assert material.lists["plan.svg"] == b"<svg/>"


def test_an_imported_form_brings_its_files_and_a_form_without_a_folder_none(form, project):
    candidate = read_candidate(form)
    assert set(candidate.files) == {"towns.csv", "plan.svg"}
    kept = keep_candidate(project, candidate, is_current=True)
    assert "plan.svg" in interview_lists(project, project.forms.get(kept.sha))
    assert read_form_files(form.with_name("other.md")) == {}


def test_files_beyond_the_limits_are_left_out(form, monkeypatch):
    monkeypatch.setattr(form_files, "MOST_BYTES", 10)
    assert set(read_form_files(form)) == {"plan.svg"}
    monkeypatch.setattr(form_files, "MOST_FILES", 0)
    assert read_form_files(form) == {}


def test_a_link_out_of_the_folder_is_not_followed(form, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    (form.with_name("towns-media") / "link.csv").symlink_to(secret)
    assert "link.csv" not in read_form_files(form)
