"""``roadmapdesk interview export``: finalised interviews as ODK submissions, bad input in one sentence."""

import zipfile

import pytest

from roadmapdesk.storage import open_project


def test_finalised_interviews_of_a_wave_are_written_as_submissions(call, sample_copy, tmp_path):
    target = tmp_path / "records.zip"
    outcome = call("interview", "export", sample_copy, target, "--wave", "w1")
    with open_project(sample_copy, read_only=True) as project:
        count = sum(row.state.counts for row in project.interviews.list(wave="w1"))
        assert project.export_log.list()[0].kind == "submissions"
    with zipfile.ZipFile(target) as archive:
        records = [name for name in archive.namelist() if name.endswith("/submission.xml")]
        assert len(records) == count > 1
        assert archive.read(records[0]).startswith(b"<?xml")
    assert outcome.code == 0
    assert outcome.out.splitlines() == [str(target), f"{count} Einreichungen"]


def test_one_interview_is_found_by_its_code(call, sample_copy, tmp_path):
    target = tmp_path / "record.zip"
    outcome = call("interview", "export", sample_copy, target, "--interview", "RP-0001")
    assert (outcome.code, outcome.out.splitlines()[1]) == (0, "1 Einreichung")


@pytest.mark.parametrize(
    ("arguments", "code", "part"),
    [
        (("{project}", "{folder}/a.xml"), 2, ".zip"),
        (("{project}", "{folder}/a.zip", "--wave", "w9"), 2, "w9"),
        (("{project}", "{folder}/a.zip", "--interview", "XX"), 1, "XX"),
        (("{project}", "{project}/a.zip"), 1, "Projekt"),
        (("{project}", "{folder}/none/a.zip"), 1, "none"),
    ],
)
def test_what_cannot_be_written_is_said_in_one_sentence(call, sample_copy, tmp_path, arguments, code, part):
    filled = [each.format(project=sample_copy, folder=tmp_path) for each in arguments]
    outcome = call("interview", "export", *filled)
    assert outcome.code == code
    assert part in outcome.sentence
    assert not list(tmp_path.glob("*.zip"))
