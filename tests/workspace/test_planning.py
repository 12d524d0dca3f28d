"""Planning on a real project: what is stored, refused, taken back, and what a calendar gets."""

import hashlib
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from roadmapdesk.domain.interviews import InterviewState
from roadmapdesk.domain.question_roles import Role
from roadmapdesk.exchange.calendar import CalendarEntry
from roadmapdesk.i18n import Language
from roadmapdesk.reports.errors import TargetNotWritable
from roadmapdesk.storage import Project, create_project
from roadmapdesk.workspace import appointment_calendar, appointments, planning
from roadmapdesk.workspace.appointments import Appointment
from roadmapdesk.workspace.coverage import progress_of
from roadmapdesk.workspace.interviewing import InterviewDesk, load_interview
from roadmapdesk.workspace.places import PlaceTaken
from roadmapdesk.workspace.planning import PlanRefused, PlanWish
from roadmapdesk.workspace.projects import new_project, open_project

NOW = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
START = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def master(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("planning") / "Studie.roadmapdesk"
    new_project(folder, title="Studie", language="de", author="I01").close()
    return folder


@pytest.fixture
def project(master: Path, tmp_path: Path) -> Iterator[Project]:
    with open_project(Path(shutil.copytree(master, tmp_path / "Studie.roadmapdesk"))) as opened:
        yield opened


@pytest.fixture
def actors(project: Project) -> list[str]:
    return [actor.key for actor in project.actors.list() if actor.is_interviewed]


@pytest.fixture
def wish(actors: list[str]) -> Callable[..., PlanWish]:
    def make(hours: float = 0, *, actor: int = 0, interviewer: str = "I01", minutes: int = 60) -> PlanWish:
        appointment = Appointment(START + timedelta(hours=hours), minutes, "Video")
        return PlanWish(actors[actor], "w1", appointment, interviewer)

    return make


def events(project: Project) -> list[CalendarEntry]:
    return list(appointment_calendar.calendar_entries(project, Language("de")).values())


def test_a_planned_interview_begins_with_what_the_plan_knows(project: Project, wish: Callable[..., PlanWish]) -> None:
    change = planning.plan(project, wish(), now=NOW)
    row = project.interviews.get(change.interview_id)
    assert row.state is InterviewState.PLANNED
    assert row.conducted_on == START.astimezone().date().isoformat()
    desk = InterviewDesk(load_interview(project, row.id))
    assert desk.role_text(Role.ACTOR) == row.actor_key
    assert desk.role_text(Role.INTERVIEW_WAVE) == "w1"
    assert desk.role_text(Role.INTERVIEWER) == "I01"
    assert desk.role_text(Role.INTERVIEW_CODE) == row.code == "RP-0001"
    # The date is the day of the conversation, which the form's own default gives, not the planned one.
    assert desk.role_text(Role.INTERVIEW_DATE) != row.conducted_on


def test_the_overview_counts_a_planned_interview(project: Project, wish: Callable[..., PlanWish]) -> None:
    before = progress_of(project, "w1")
    planning.plan(project, wish(), now=NOW)
    after = progress_of(project, "w1")
    assert after.by_state[InterviewState.PLANNED] == 1
    assert after.untouched == before.untouched - 1


def test_the_agenda_is_by_time_with_those_without_a_time_last(
    project: Project, wish: Callable[..., PlanWish]
) -> None:
    later = planning.plan(project, wish(5), now=NOW).interview_id
    gone = planning.plan(project, wish(9, actor=1), now=NOW).interview_id
    first = planning.plan(project, wish(actor=2), now=NOW).interview_id
    planning.cancel(project, gone, now=NOW)
    assert [line.line.row.id for line in appointments.agenda(project)] == [first, later, gone]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"hours": -24 * 30}, PlanRefused.PAST),
        ({"minutes": 5}, PlanRefused.LENGTH),
        ({"minutes": 481}, PlanRefused.LENGTH),
        ({"actor": 1, "hours": 0.5}, PlanRefused.BUSY_INTERVIEWER),
        ({"interviewer": "I02", "hours": 0.5}, PlanRefused.BUSY_ACTOR),
    ],
)
def test_what_cannot_be_kept_is_refused_in_one_sentence(
    project: Project, wish: Callable[..., PlanWish], change: dict[str, float], message: object
) -> None:
    planning.plan(project, wish(), now=NOW)
    with pytest.raises(PlanRefused) as refused:
        planning.plan(project, wish(**change), now=NOW)
    assert refused.value.code == message.code  # type: ignore[attr-defined]  # — it is a Message
    assert "{" not in refused.value.sentence
    assert len(project.interviews.list()) == 1


def test_no_organisation_and_no_questionnaire_are_refused(project: Project, tmp_path: Path) -> None:
    nobody = PlanWish("nobody", "w1", Appointment(START))
    with pytest.raises(PlanRefused, match=PlanRefused.NO_ACTOR.code):
        planning.plan(project, nobody, now=NOW)
    with (
        create_project(tmp_path / "Leer", title="Leer", language="de") as empty,
        pytest.raises(PlanRefused, match=PlanRefused.NO_FORM.code),
    ):
        planning.plan(empty, nobody, now=NOW)


def test_appointments_that_touch_can_both_be_kept(project: Project, wish: Callable[..., PlanWish]) -> None:
    planning.plan(project, wish(), now=NOW)
    planning.plan(project, wish(1, actor=1), now=NOW)
    assert len(appointments.agenda(project)) == 2


def test_moving_changes_time_and_interviewer_in_list_and_form(
    project: Project, wish: Callable[..., PlanWish]
) -> None:
    planned = planning.plan(project, wish(), now=NOW).interview_id
    later = Appointment(START + timedelta(minutes=30), 90, "Raum 4")
    planning.move(project, planned, later, interviewer="I07", now=NOW)
    (line,) = appointments.agenda(project)
    assert line.appointment == later
    assert line.line.row.interviewer == "I07"
    assert InterviewDesk(load_interview(project, planned)).role_text(Role.INTERVIEWER) == "I07"


def test_every_step_can_be_taken_back_and_brought_back(project: Project, wish: Callable[..., PlanWish]) -> None:
    created = planning.plan(project, wish(), now=NOW)
    moved = planning.move(project, created.interview_id, Appointment(START + timedelta(days=1)), now=NOW)
    off = planning.cancel(project, created.interview_id, now=NOW)
    again = planning.take_back(project, off, now=NOW)
    assert appointments.agenda(project)[0].appointment == moved.after
    planning.take_back(project, again, now=NOW)
    assert appointments.agenda(project)[0].appointment is None
    planning.take_back(project, off, now=NOW)
    planning.take_back(project, moved, now=NOW)
    assert appointments.agenda(project)[0].appointment == created.after
    undone = planning.take_back(project, created, now=NOW)
    assert appointments.agenda(project) == ()
    redone = planning.take_back(project, undone, now=NOW)
    assert appointments.agenda(project)[0].line.row.code == redone.wish.code  # type: ignore[union-attr]  # — a new interview


def test_a_begun_interview_keeps_its_appointment(project: Project, wish: Callable[..., PlanWish]) -> None:
    change = planning.plan(project, wish(), now=NOW)
    project.interviews.set_state(change.interview_id, InterviewState.DRAFT)
    for step in (
        lambda: planning.cancel(project, change.interview_id, now=NOW),
        lambda: planning.move(project, change.interview_id, Appointment(START), now=NOW),
        lambda: planning.take_back(project, change, now=NOW),
    ):
        with pytest.raises(PlanRefused, match=PlanRefused.NOT_PLANNED.code):
            step()


def test_a_calendar_finds_the_moved_and_the_cancelled_appointment_again(
    project: Project, wish: Callable[..., PlanWish]
) -> None:
    planned = planning.plan(project, wish(), now=NOW).interview_id
    (first,) = events(project)
    planning.move(project, planned, Appointment(START + timedelta(days=1)), now=NOW)
    (moved,) = events(project)
    planning.cancel(project, planned, now=NOW)
    (gone,) = events(project)
    assert first.uid == moved.uid == gone.uid
    assert first.sequence < moved.sequence < gone.sequence
    assert (moved.is_cancelled, gone.is_cancelled) == (False, True)
    assert gone.starts == moved.starts


def test_the_calendar_file_names_no_interview_code(
    project: Project, wish: Callable[..., PlanWish], tmp_path: Path
) -> None:
    planning.plan(project, wish(), now=NOW)
    target = tmp_path / "Termine.ics"
    assert appointment_calendar.export_calendar(project, target, Language("de")) == 1
    first = target.read_bytes()
    assert b"RP-0001" not in first
    assert b"DTSTART:20261201T090000Z" in first
    appointment_calendar.export_calendar(project, target, Language("de"))
    assert target.read_bytes() == first


def test_a_calendar_file_stands_in_the_export_log(
    project: Project, wish: Callable[..., PlanWish], tmp_path: Path
) -> None:
    planned = planning.plan(project, wish(), now=NOW)
    appointment_calendar.export_calendar(project, tmp_path / "Termine.ics", Language("de"))

    (line,) = project.export_log.list()
    assert (line.kind, line.target, line.folder) == ("calendar", "Termine.ics", str(tmp_path))
    assert line.interviews == (planned.interview_id,)
    assert line.sha == hashlib.sha256((tmp_path / "Termine.ics").read_bytes()).hexdigest()
    assert [place.target for place in project.erasures.plan("RP-0001").places] == ["Termine.ics"]


def test_a_calendar_file_is_not_written_over_a_project(project: Project, wish: Callable[..., PlanWish]) -> None:
    planning.plan(project, wish(), now=NOW)
    with pytest.raises(PlaceTaken):
        appointment_calendar.export_calendar(project, project.folder / "project.sqlite", Language("de"))
    assert project.check().is_sound


def test_a_calendar_of_one_interviewer_holds_no_other(project: Project, wish: Callable[..., PlanWish]) -> None:
    planning.plan(project, wish(), now=NOW)
    planning.plan(project, wish(actor=1, interviewer="I02"), now=NOW)
    assert len(appointment_calendar.calendar_entries(project, Language("en"), interviewer="I02")) == 1


def test_an_unwritable_place_leaves_an_older_file_alone(project: Project, tmp_path: Path) -> None:
    with pytest.raises(TargetNotWritable):
        appointment_calendar.export_calendar(project, tmp_path / "fehlt" / "Termine.ics", Language("de"))
    with pytest.raises(TargetNotWritable):
        appointment_calendar.export_calendar(project, tmp_path, Language("de"))


def test_an_overdue_appointment_says_so(project: Project, wish: Callable[..., PlanWish]) -> None:
    planning.plan(project, wish(), now=NOW)
    (line,) = appointments.agenda(project)
    assert not line.is_overdue(START + timedelta(minutes=59))
    assert line.is_overdue(START + timedelta(minutes=61))
