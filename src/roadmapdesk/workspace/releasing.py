"""Releasing a result: from draft to released, by whom and when, and a draft again as soon as it says something else.

A release is a line of the export log, which is never rewritten. It holds for one wave at one level and names the hash
of what the report says, so nobody has to think of taking it back when answers, settings or measures change.
"""

from datetime import datetime

from roadmapdesk.errors import Message, RoadmapDeskError, UsageError
from roadmapdesk.i18n import N_
from roadmapdesk.reports.facts import ReportFacts
from roadmapdesk.reports.fingerprint import result_hash
from roadmapdesk.storage import Project
from roadmapdesk.storage.values import Export

RELEASE, TAKEN_BACK = "release", "release_taken_back"
RELEASE_KINDS = frozenset({RELEASE, TAKEN_BACK})
"""Kinds of lines of the export log that stand for a decision, not for a file."""

NOT_APPROVED = Message(
    "release.not_approved",
    N_("This result stays a draft: interviews that it rests on are not approved yet ({n}). Approve them first."),
)
NOBODY = Message("release.nobody", N_("A release needs to say who decided it: a function or a code."))
NOT_RELEASED = Message("release.not_released", N_("This result is a draft already."))


def unapproved(facts: ReportFacts) -> int:
    """Interviews behind the report, in all its waves, that nobody has approved; none may be left for a release."""
    return sum(wave.scorecard.sample.n_unapproved for wave in facts.waves)


def release(project: Project, facts: ReportFacts, *, by: str) -> None:
    """Releases what `facts` tell; a result that is released already stays as it is.

    Args:
        project: the open project.
        facts: the report's facts, as `report_facts` reads them.
        by: function or code of whoever decides, never a person's name.

    Raises:
        UsageError: nobody is named.
        RoadmapDeskError: interviews behind it are not approved.
        ProjectReadOnly: the project cannot be written.
    """
    if not by.strip():
        raise UsageError(NOBODY)
    if count := unapproved(facts):
        raise RoadmapDeskError(NOT_APPROVED, n=count)
    if released_at(project, facts) is None:
        _note(project, facts, RELEASE, by)


def take_back(project: Project, facts: ReportFacts, *, by: str) -> None:
    """Makes a draft of a released result again.

    Raises:
        UsageError: nobody is named.
        RoadmapDeskError: it is a draft already.
        ProjectReadOnly: the project cannot be written.
    """
    if not by.strip():
        raise UsageError(NOBODY)
    if released_at(project, facts) is None:
        raise RoadmapDeskError(NOT_RELEASED)
    _note(project, facts, TAKEN_BACK, by)


def released_at(project: Project, facts: ReportFacts) -> datetime | None:
    """When exactly what `facts` tell was released; None for a draft."""
    line = _last_decision(project, facts)
    is_released = line is not None and line.kind == RELEASE and line.sha == result_hash(facts)
    return line.at if line is not None and is_released else None


def _last_decision(project: Project, facts: ReportFacts) -> Export | None:
    """The latest decision on this wave at this level."""
    for line in project.export_log.list():
        is_same = line.level == facts.level.value and line.details.get("wave") == facts.wave.code
        if line.kind in RELEASE_KINDS and is_same:
            return line
    return None


def _note(project: Project, facts: ReportFacts, kind: str, by: str) -> None:
    project.export_log.add(
        kind=kind,
        level=facts.level.value,
        language="",
        target="",
        sha=result_hash(facts),
        details={"wave": facts.wave.code, "by": by.strip(), "inputs": facts.scorecard.inputs_hash},
    )
