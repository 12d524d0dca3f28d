"""Revisions are immutable, named by their content, and can be compared and restored."""

import hashlib

import pytest

from roadmapdesk.domain.interviews import InterviewState
from roadmapdesk.storage import revision_rows
from roadmapdesk.storage.values import Difference, RevisionKind

from .conftest import answer


def test_a_revision_is_named_by_the_hash_of_its_document(project, interview):
    answer(project, interview, "/data/a", "1")

    revision = project.revisions.cut(interview, RevisionKind.FINALISE, state=InterviewState.FINALISED)

    document = project.revisions.document(revision.sha)
    assert hashlib.sha256(document.encode()).hexdigest() == revision.sha
    assert revision.answers == {"/data/a": "1"}
    assert project.interviews.get(interview).state is InterviewState.FINALISED


def test_cutting_without_a_change_gives_the_same_head(project, interview):
    answer(project, interview, "/data/a", "1")
    first = project.revisions.cut(interview, RevisionKind.EDIT)

    assert project.revisions.cut(interview, RevisionKind.EDIT) == first
    assert len(project.revisions.history(interview)) == 1


def test_each_revision_follows_the_one_before(project, interview):
    answer(project, interview, "/data/a", "1")
    first = project.revisions.cut(interview, RevisionKind.EDIT)
    answer(project, interview, "/data/a", "2")
    second = project.revisions.cut(interview, RevisionKind.EDIT)

    assert second.parents == (first.sha,)
    assert project.revisions.heads(interview) == (second,)
    assert project.revisions.compare(first.sha, second.sha) == (Difference("/data/a", "1", "2"),)
    assert project.revisions.history(interview) == (second, first)


def test_changing_a_finalised_interview_needs_a_reason(project, interview):
    answer(project, interview, "/data/a", "1")
    project.revisions.cut(interview, RevisionKind.FINALISE, state=InterviewState.FINALISED)
    answer(project, interview, "/data/a", "2")

    with pytest.raises(ValueError, match="reason"):
        project.revisions.cut(interview, RevisionKind.EDIT)
    assert project.revisions.cut(interview, RevisionKind.EDIT, "Nachfrage").reason == "Nachfrage"


def test_restoring_makes_a_new_revision_with_the_earlier_answers(project, interview):
    answer(project, interview, "/data/a", "1")
    first = project.revisions.cut(interview, RevisionKind.EDIT)
    answer(project, interview, "/data/a", "2")
    answer(project, interview, "/data/b", "3")
    second = project.revisions.cut(interview, RevisionKind.EDIT)

    restored = project.revisions.restore(interview, first.sha, "Versehen")

    assert restored.parents == (second.sha,)
    assert project.drafts.load(interview).answers == {"/data/a": "1"}
    assert project.answers.frequency("b") == {}
    assert project.check().is_sound
    answer(project, interview, "/data/c", "9")
    assert project.check().is_sound


def test_two_heads_are_both_kept_and_a_new_revision_joins_them(project, interview):
    answer(project, interview, "/data/a", "1")
    first = project.revisions.cut(interview, RevisionKind.EDIT)
    with project.context.store.write() as connection:
        for text in ("2", "3"):
            revision_rows.append(
                connection,
                project.context,
                entity_kind="interview",
                entity_id=interview,
                kind=RevisionKind.EDIT,
                body={**first.body, "answers": {"/data/a": text}},
                parents=[first.sha],
            )
    heads = project.revisions.heads(interview)
    assert {head.answers["/data/a"] for head in heads} == {"2", "3"}

    joined = project.revisions.cut(interview, RevisionKind.RESOLVE)

    assert set(joined.parents) == {head.sha for head in heads}
    assert project.revisions.heads(interview) == (joined,)


def test_a_revision_with_a_wrong_name_is_refused(project, interview):
    answer(project, interview, "/data/a", "1")
    document = project.revisions.document(project.revisions.cut(interview).sha)

    with project.context.store.write() as connection, pytest.raises(ValueError, match="name"):
        revision_rows.insert(connection, "0" * 64, document)
