"""Every page of a project is looked at soon after it was opened; damage is said and ends the writing."""

from roadmapdesk.desktop.safety import page_check
from roadmapdesk.i18n import set_language
from roadmapdesk.storage.project import PROJECT_FILE

from .conftest import WORD, type_word

HOUR_MS = 60 * 60 * 1000


def spoil_notes(project) -> None:
    """Overwrites a page that neither opening nor an answer reads."""
    with project.context.store.read() as connection:
        query = "SELECT rootpage FROM sqlite_master WHERE name = 'note'"
        root = connection.exec_driver_sql(query).fetchone()[0]
    with (project.folder / PROJECT_FILE).open("rb+") as stream:
        stream.seek((root - 1) * 4096)
        stream.write(b"\xa5" * 4096)


def test_damage_is_said_and_ends_the_writing(program, project, interview, prompts, settle):
    set_language("de")
    program.window._page_check._pause.stop()  # on a slow machine it would look, and tell, once more
    spoil_notes(project)
    answers = project.drafts.load(interview.item_id).answers
    prompts.told.clear()

    program.window._page_check.check()
    settle()

    assert project.is_damaged
    assert program.window.banner.short == "Beschädigt"
    assert [title for title, _text in prompts.told] == ["Das Projekt ist beschädigt"]
    type_word(interview, "zweitens")
    settle()
    assert interview.failure.isVisible()
    assert project.drafts.load(interview.item_id).answers == answers
    assert answers[WORD] == "erstens"


def test_a_sound_project_is_checked_without_a_word(program, project, prompts, settle):
    program.window._page_check._pause.stop()  # on a slow machine it would begin of itself meanwhile
    told = len(prompts.told)
    looked = []
    real = project.verify
    program.window._page_check._project.verify = lambda **options: looked.append(real(**options))

    program.window._page_check.check()
    settle()

    assert looked == [None]
    assert len(prompts.told) == told
    assert not project.is_read_only


def test_a_long_check_says_how_far_it_is_and_a_short_one_nothing(program, project, settle, monkeypatch):
    check, status = program.window._page_check, program.window.status
    check._pause.stop()
    told = []
    monkeypatch.setattr(check, "_said", lambda *numbers: told.append(numbers))
    check.check()
    settle()
    assert told == [(0, 0)]

    monkeypatch.setattr(page_check, "PATIENCE_MS", 0)
    check.check()
    settle()
    assert len(told) > 20
    assert told[-1] == (0, 0)

    status.set_check(*told[5])
    assert not status.check.isHidden()
    status.set_check(*told[-1])
    assert status.check.isHidden()


def test_the_check_begins_by_itself_and_ends_with_the_project(program, folder, open_folder, settle):
    check = program.window._page_check
    check._pause.setInterval(HOUR_MS)
    open_folder(folder)
    assert check._pause.isActive()

    program.window.close_project()
    settle()

    assert not check._pause.isActive()
    check.check()
    assert not program.desk.jobs.is_busy
