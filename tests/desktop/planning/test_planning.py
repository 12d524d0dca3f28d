"""Planning and printing in the real window."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from roadmapdesk.desktop import app
from roadmapdesk.desktop.interviews.page import InterviewsPage
from roadmapdesk.desktop.planning.columns import day_text, time_text
from roadmapdesk.desktop.planning.dialog import AppointmentDialog, next_usual_start
from roadmapdesk.desktop.planning.page import PlanningPage
from roadmapdesk.domain.interviews import InterviewState
from roadmapdesk.i18n import Language
from roadmapdesk.storage import Project
from roadmapdesk.workspace import appointments, planning
from roadmapdesk.workspace.appointments import Appointment
from roadmapdesk.workspace.interviews import NewInterview, create_interview
from roadmapdesk.workspace.papers import PaperKind
from roadmapdesk.workspace.planning import PlanWish

SOON = (datetime.now(UTC) + timedelta(days=3)).replace(minute=0, second=0, microsecond=0)


def page_of(program: app.Program, item: str, settle: Callable[[], None]) -> PlanningPage:
    workbench = program.window.workbench
    assert workbench is not None
    workbench.go_to("planning", item)
    settle()
    assert isinstance(workbench.page, PlanningPage)
    return workbench.page


def plan(project: Project, *, actor: int = 0, hours: int = 0) -> str:
    keys = [entry.key for entry in project.actors.list() if entry.is_interviewed]
    wish = PlanWish(keys[actor], "w1", Appointment(SOON + timedelta(hours=hours)), "I01")
    return planning.plan(project, wish).interview_id


def test_an_interview_is_planned_by_keyboard_and_taken_back(
    program: app.Program, opened: Project, prompts, settle: Callable[[], None], qtbot: QtBot
) -> None:
    actor = next(entry for entry in opened.actors.list() if entry.is_interviewed)
    page = page_of(program, f"new:{actor.key}", settle)
    dialog = prompts.dialogs[-1]
    assert isinstance(dialog, AppointmentDialog)
    fields = {field.accessibleName(): field for field in dialog.findChildren(QLineEdit)}
    fields["Ort"].setFocus()
    qtbot.keyClicks(fields["Ort"], "Video")
    qtbot.keyClick(fields["Ort"], Qt.Key.Key_Return)
    settle()
    (line,) = appointments.agenda(opened)
    assert line.line.row.state is InterviewState.PLANNED
    assert line.appointment is not None
    assert line.appointment.place == "Video"
    page.menu_actions()["edit"][0].trigger()
    settle()
    assert appointments.agenda(opened) == ()
    page.menu_actions()["edit"][1].trigger()
    settle()
    assert len(appointments.agenda(opened)) == 1


_REFUSED_DAYS = (
    ("", "Datum fehlt"),
    ("1.1.20", "vier"),
    ("01.01.2020", "Vergangenheit"),
    ("01.01.0001", "2199"),
    ("31.12.9999", "2199"),
)


def test_a_refused_appointment_stays_in_the_dialog_with_its_reason(
    program: app.Program, opened: Project, prompts, settle: Callable[[], None]
) -> None:
    page = page_of(program, "", settle)
    page.ask_new()
    dialog = prompts.dialogs[-1]
    fields = {field.accessibleName(): field for field in dialog.findChildren(QLineEdit)}
    dialog.accept()
    assert "Einrichtung" in dialog._actor_row.error
    dialog._actor.setCurrentIndex(1)
    for typed, problem in _REFUSED_DAYS:
        fields["Datum"].setText(typed)
        dialog.accept()
        assert problem in dialog._day_row.error
    fields["Datum"].setText("01.12.2099")
    fields["Minuten"].setText("viele")
    dialog.accept()
    assert "Zahl" in dialog._minutes_row.error
    assert appointments.agenda(opened) == ()


def test_calling_off_keeps_the_interview_and_can_be_undone(
    program: app.Program, opened: Project, settle: Callable[[], None]
) -> None:
    plan(opened)
    page = page_of(program, "", settle)
    page.call_off()
    settle()
    (line,) = appointments.agenda(opened)
    assert line.appointment is None
    assert line.is_cancelled
    page.menu_actions()["edit"][0].trigger()
    settle()
    assert appointments.agenda(opened)[0].appointment is not None


def test_two_quick_undos_both_arrive(program: app.Program, opened: Project, settle: Callable[[], None]) -> None:
    plan(opened)
    page = page_of(program, "", settle)
    page.call_off()
    undo, redo = page.menu_actions()["edit"]
    settle()
    undo.trigger()
    redo.trigger()
    undo.trigger()
    settle()
    assert appointments.agenda(opened)[0].appointment is not None


def test_the_calendar_file_is_written_or_the_reason_said(
    program: app.Program, opened: Project, prompts, settle: Callable[[], None], tmp_path: Path
) -> None:
    plan(opened)
    page = page_of(program, "", settle)
    prompts.path = tmp_path / "fehlt" / "Termine.ics"
    page._calendar.click()
    settle()
    assert page._message.isVisible()
    assert "fehlt" in page._message.accessibleDescription()
    prompts.path = tmp_path / "Termine.ics"
    page._message.action_requested.emit()
    settle()
    assert b"BEGIN:VEVENT" in prompts.path.read_bytes()


def test_the_first_proposal_is_a_working_day_at_ten() -> None:
    friday = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
    proposed = next_usual_start(friday).astimezone()
    assert (proposed.weekday(), proposed.hour) == (0, 10)


def test_a_paper_is_printed_from_the_menu_of_the_interviews(
    program: app.Program, opened: Project, prompts, settle: Callable[[], None], tmp_path: Path
) -> None:
    workbench = program.window.workbench
    assert workbench is not None
    workbench.go_to("interviews")
    settle()
    page = workbench.page
    assert isinstance(page, InterviewsPage)
    actions = {action.objectName(): action for action in page.menu_actions()["interview"]}
    prompts.path = tmp_path / "Karte.pdf"
    actions["print_stage_card"].trigger()
    settle()
    assert PdfReader(prompts.path).metadata.title == "Stufen der Wertschöpfungskette"  # type: ignore[union-attr]  # — our papers have one
    page._papers.choose_language("en")
    actions["print_stage_card"].trigger()
    settle()
    assert PdfReader(prompts.path).metadata.title == "Stages of the value chain"  # type: ignore[union-attr]  # — our papers have one


def test_a_protocol_without_a_chosen_interview_says_what_to_do(
    program: app.Program, opened: Project, settle: Callable[[], None]
) -> None:
    workbench = program.window.workbench
    assert workbench is not None
    workbench.go_to("interviews")
    settle()
    page = workbench.page
    assert isinstance(page, InterviewsPage)
    page._papers.print_paper(PaperKind.PROTOCOL)
    assert page._papers._message.isVisibleTo(page._papers)
    planned = plan(opened)
    page.refresh()
    row = opened.interviews.get(planned)
    page._papers.print_to(PaperKind.PROTOCOL, Path("/nowhere.pdf"), language=Language("de"), row=row)
    settle()
    assert row.code in page._papers._message.accessibleDescription()


def test_an_interview_planned_for_a_day_only_stands_on_that_day(opened: Project) -> None:
    key = next(entry.key for entry in opened.actors.list() if entry.is_interviewed)
    create_interview(opened, NewInterview(key, "w1", day=date(2026, 12, 1), is_planned=True))
    (line,) = appointments.agenda(opened)
    assert day_text(line) == "Di 01.12.2026"
    assert time_text(line) == ""
