"""Appointments as a file for calendar programs."""

import hashlib
from datetime import timedelta
from pathlib import Path

from roadmapdesk import __version__
from roadmapdesk.exchange.calendar import CalendarEntry, write_calendar
from roadmapdesk.i18n import Language
from roadmapdesk.reports.targets import write_whole
from roadmapdesk.storage.project import Project
from roadmapdesk.workspace.appointments import last_known, planned_line
from roadmapdesk.workspace.interviews import list_interviews
from roadmapdesk.workspace.outgoing import Outgoing, note_outgoing
from roadmapdesk.workspace.places import refuse_project_place

REMINDERS = (timedelta(days=1), timedelta(hours=1))
"""How long before an appointment a calendar program reminds."""


def export_calendar(project: Project, target: Path, language: Language, *, interviewer: str = "") -> int:
    """Writes the appointments that lie ahead, and the cancelled ones, as an ``.ics`` file, and notes it in the log.

    No person's name and no interview code leaves the project: an entry names the organisation, the wave and the
    interviewer's code.

    Args:
        project: the open project.
        target: file to write; an existing one is replaced in one step.
        language: language of the entries.
        interviewer: only this interviewer's; empty for all.

    Raises:
        PlaceTaken: the place belongs to a project.
        TargetNotWritable: the place cannot be written; an older file is untouched.
    """
    refuse_project_place(target)
    found = calendar_entries(project, language, interviewer=interviewer)
    name, product = project.settings.title or project.name, f"RoadmapDesk//{__version__}"
    write_whole(target, content := write_calendar(found.values(), name=name, product=product))
    sha, kind = hashlib.sha256(content).hexdigest(), Outgoing.CALENDAR.value
    note_outgoing(project, target, kind=kind, sha=sha, language=language.code, interviews=tuple(found))
    return len(found)


def calendar_entries(project: Project, language: Language, *, interviewer: str = "") -> dict[str, CalendarEntry]:
    """What `export_calendar` writes: interview → its entry."""
    _ = language.gettext
    found = {}
    for line in (planned_line(line) for line in list_interviews(project)):
        row = line.line.row
        starts, minutes, place = last_known(row)
        if not line.is_open or starts is None or (interviewer and row.interviewer != interviewer):
            continue
        wave, actor = line.line.wave.text(language.code), line.line.actor.text(language.code)
        facts = [wave, _("Interviewer: {code}").format(code=row.interviewer) if row.interviewer else ""]
        found[row.id] = CalendarEntry(
            uid=f"{row.id}@roadmapdesk",
            starts=starts,
            minutes=minutes,
            title=_("Interview: {actor}").format(actor=actor),
            place=place,
            description="\n".join(fact for fact in facts if fact),
            changed=line.changed,
            sequence=line.sequence,
            is_cancelled=line.appointment is None,
            reminders=REMINDERS,
        )
    return found
