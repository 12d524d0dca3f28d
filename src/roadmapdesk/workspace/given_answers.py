"""How many answers of an interview a person gave: neither defaults nor what the plan or a calculation filled in."""

from roadmapdesk.storage.project import Project
from roadmapdesk.storage.values import AuditEvent

_GIVEN = frozenset({AuditEvent.ANSWER.value, AuditEvent.REDO.value})


def given_answers(project: Project, interview_id: str) -> int:
    """The questions that somebody answered and that still hold an answer."""
    present = project.drafts.load(interview_id).answers
    first: dict[int, tuple[int, str]] = {}  # of each change the answered question stands before what it calculates
    for row in project.audit.list(interview_id):
        if row.event in _GIVEN:
            first[row.sequence] = min(first.get(row.sequence, (row.id, row.ref)), (row.id, row.ref))
    return sum(1 for ref in {ref for _id, ref in first.values()} if present.get(ref))
