"""The sample project is the same wherever it is built with the same seed."""

import json
from itertools import count
from pathlib import Path

from roadmapdesk.i18n import set_language
from roadmapdesk.paths import resources_folder
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


def _sentences(record: object) -> set[str]:
    """Everything in the invented texts that people read."""
    if isinstance(record, dict):
        return set().union(*(_sentences(each) for each in record.values()))
    if isinstance(record, list):
        return set().union(*(_sentences(each) for each in record))
    return {record} if isinstance(record, str) and " " in record else set()


def test_the_interviews_are_written_in_the_language_of_the_project(tmp_path: Path) -> None:
    texts = json.loads((resources_folder() / "sample" / "texts.json").read_text(encoding="utf-8"))
    german = _sentences(texts)
    assert len(german) > 40
    for code in ("de", "en"):
        set_language(code)
        with _begun(tmp_path / f"{code}.roadmapdesk", interviews=1) as project:
            said = set(_said(project, project.interviews.list()[0].id).values())
            assert bool(german & said) is (code == "de")
    assert german == set(json.loads((resources_folder() / "sample" / "texts_en.json").read_text(encoding="utf-8")))
