"""The sample project is the same wherever it is built with the same seed."""

from itertools import count
from pathlib import Path

from roadmapdesk.storage.opening import open_project
from roadmapdesk.storage.project import Project
from roadmapdesk.workspace.assessment import Assessment
from roadmapdesk.workspace.sample import DEFAULT_SEED, build_sample


def _begun(folder: Path, *, interviews: int, seed: int = DEFAULT_SEED) -> Project:
    """The sample project with its first interviews only."""
    held = count()
    return build_sample(folder, seed=seed, cancelled=lambda: next(held) == interviews)


def _said(project: Project, interview_id: str) -> dict[str, str]:
    """What an interview says: all its answers but the id that each session of a form makes for itself."""
    answers = project.drafts.load(interview_id).answers
    return {ref: text for ref, text in answers.items() if "uuid:" not in text}


def test_the_same_seed_gives_the_same_interviews_under_the_same_ids(sample: Path, tmp_path: Path) -> None:
    with open_project(sample, read_only=True) as whole, _begun(tmp_path / "again.roadmapdesk", interviews=2) as again:
        rows = list(again.interviews.list())
        assert len(rows) == 2
        for row in rows:
            assert row.code == whole.interviews.get(row.id).code
            assert len(_said(again, row.id)) > 50
            assert _said(again, row.id) == _said(whole, row.id)


def test_the_hash_of_the_inputs_follows_from_the_seed(tmp_path: Path) -> None:
    hashes = []
    for name, seed in (("one", 7), ("two", 7), ("other", 8)):
        with _begun(tmp_path / f"{name}.roadmapdesk", interviews=1, seed=seed) as project:
            assessment = Assessment(project)
            hashes.append(assessment.scorecard(assessment.waves[0]).inputs_hash)
    assert hashes[0] == hashes[1]
    assert hashes[0] != hashes[2]
