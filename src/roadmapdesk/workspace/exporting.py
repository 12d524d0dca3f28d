"""Handing results out: a report or workbook at one level and in one language, read back and logged."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from roadmapdesk.domain.levels import Level
from roadmapdesk.errors import Message, UsageError
from roadmapdesk.i18n import N_, Language
from roadmapdesk.reports.errors import ReportError
from roadmapdesk.reports.excel.workbook import check_workbook, write_workbook
from roadmapdesk.reports.facts import ReportFacts
from roadmapdesk.reports.pdf.reading import check_pdf
from roadmapdesk.reports.pdf.writer import write_pdf
from roadmapdesk.reports.summary import build_summary
from roadmapdesk.storage import Project
from roadmapdesk.workspace.assessment import Assessment
from roadmapdesk.workspace.facts import report_facts
from roadmapdesk.workspace.outgoing import note_outgoing
from roadmapdesk.workspace.places import refuse_project_place
from roadmapdesk.workspace.single_records import single_records

NOT_READABLE = Message(
    "report.not_readable",
    N_("The file “{name}” was written, but reading it back failed. Do not pass it on; export it again."),
)


RECORDS_ELSEWHERE = Message(
    "report.records_elsewhere",
    N_("Single records go into the hand-off workbook only: choose the level “handoff” and a file ending in .xlsx."),
)


class ReportKind(StrEnum):
    """What can be handed out; the value is the file's ending."""

    SUMMARY = "pdf"
    WORKBOOK = "xlsx"


@dataclass(frozen=True, slots=True)
class Exported:
    """One file that was handed out.

    Attributes:
        sha: SHA-256 of its bytes.
        size: bytes.
    """

    target: Path
    kind: ReportKind
    level: Level
    language: str
    wave: str
    sha: str
    size: int


def file_name(project: Project, kind: ReportKind, level: Level, language: str, wave: str) -> str:
    """A name that says what is inside: project, wave, level, language."""
    stem = "".join(sign if sign.isalnum() else "-" for sign in project.name).strip("-") or "roadmapdesk"
    return f"{stem}_{wave}_{level.value}_{language}.{kind.value}"


def export(
    project: Project,
    assessment: Assessment,
    *,
    kind: ReportKind,
    level: Level,
    language: Language,
    target: Path,
    wave: str | None = None,
    with_records: bool = False,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Exported:
    """Writes one report, reads it back and logs it.

    Args:
        project: the open project; a read-only one is exported without an entry in its log.
        assessment: its assessment.
        kind: summary or workbook.
        level: who will read it.
        language: language of the report.
        target: file to write; an existing one is replaced in one step.
        wave: wave to report, the last one by default.
        with_records: adds ratings of single organisations under pseudonyms; for the hand-off workbook only.
        progress: told parts done and parts in all.
        cancelled: asked between parts.

    Raises:
        UsageError: no such wave, or single records were asked for elsewhere than in the hand-off workbook.
        RoadmapDeskError: no single record may be handed over.
        PlaceTaken: the target lies in a project; nothing was written.
        TargetNotWritable: the place cannot be written; an older file is untouched.
        ReportCancelled: `cancelled` said yes; nothing was written.
        ReportError: the written file could not be read back.
    """
    if with_records and not takes_records(kind, level):
        raise UsageError(RECORDS_ELSEWHERE)
    facts = report_facts(project, assessment, level=level, language=language, wave=wave)
    if with_records:
        facts = add_records(project, assessment, facts)
    exported = write_report(facts, kind=kind, target=target, progress=progress, cancelled=cancelled)
    log_export(project, assessment, exported, facts)
    return exported


def takes_records(kind: ReportKind, level: Level) -> bool:
    """Whether single records may go into this report: into the hand-off workbook only."""
    return kind is ReportKind.WORKBOOK and level is Level.HANDOFF


def add_records(project: Project, assessment: Assessment, facts: ReportFacts) -> ReportFacts:
    """The facts with the ratings of single organisations under pseudonyms.

    Raises:
        RoadmapDeskError: no single record may be handed over.
    """
    return replace(facts, records=single_records(project, assessment, facts.wave.code))


def write_report(
    facts: ReportFacts,
    *,
    kind: ReportKind,
    target: Path,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Exported:
    """Writes one report from its facts and reads it back; touches no project, so any thread may do it.

    Raises:
        PlaceTaken: the target lies in a project; nothing was written.
        TargetNotWritable: the place cannot be written; an older file is untouched.
        ReportCancelled: `cancelled` said yes; nothing was written.
        ReportError: the written file could not be read back.
    """
    refuse_project_place(target)
    if kind is ReportKind.SUMMARY:
        write_pdf(build_summary(facts), target, progress=progress, cancelled=cancelled)
        is_readable = check_pdf(target)
    else:
        write_workbook(facts, target, progress=progress, cancelled=cancelled)
        is_readable = check_workbook(target, facts)
    if not is_readable:
        raise ReportError(NOT_READABLE, name=target.name)
    content = target.read_bytes()
    return Exported(
        target=target,
        kind=kind,
        level=facts.level,
        language=facts.language.code,
        wave=facts.wave.code,
        sha=hashlib.sha256(content).hexdigest(),
        size=len(content),
    )


def log_export(project: Project, assessment: Assessment, exported: Exported, facts: ReportFacts) -> None:
    """Notes a written report in the project's log; a read-only project has none."""
    note_outgoing(
        project,
        exported.target,
        kind=exported.kind.value,
        sha=exported.sha,
        level=exported.level,
        language=exported.language,
        interviews=[interview.row.id for wave in facts.waves for interview in assessment.counted(wave.code)],
        details={
            "wave": exported.wave,
            "inputs": facts.scorecard.inputs_hash,
            "records": len(facts.records),
        },
    )
