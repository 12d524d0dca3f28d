"""What a form wants to begin by itself begins with its question, and only where nothing speaks against it."""

from pathlib import Path

import pytest
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication

from roadmapdesk.desktop import settings as keys
from roadmapdesk.desktop.interview.label_media import LabelMedia
from roadmapdesk.desktop.media.sound import NO_LOUDSPEAKER

from .sounds import FakeSound

FORM = """
|survey|
||type|name|label|media::audio|media::video|autoplay|
||text|before|First||||
||text|heard|Listen|ask.wav||audio|
||text|quiet|Listen if you want|more.wav|||
||text|both|Look or listen|more.wav|tour.mp4|video|
||text|after|Last||||
"""


@pytest.fixture(autouse=True)
def media(tmp_path):
    folder = tmp_path / "form-media"
    folder.mkdir()
    for name in ("ask.wav", "more.wav", "tour.mp4"):
        (folder / name).write_bytes(f"bytes of {name}".encode())


@pytest.fixture
def sound():
    return FakeSound()


@pytest.fixture
def enter(look):
    def enter_(page, name):
        page.go_to(f"/data/{name}")
        look.jobs.finish()
        QApplication.processEvents()

    return enter_


@pytest.fixture
def films(monkeypatch):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(Path(url.toLocalFile()).name) or True)
    return opened


def test_the_sound_begins_with_its_question_and_ends_with_it(open_page, sound, enter):
    page = open_page(FORM, sound=sound)
    enter(page, "heard")
    assert [playing.data for playing in sound.played] == [b"bytes of ask.wav"]
    (stop,) = page.questions.row("/data/heard").findChild(LabelMedia).buttons()
    assert stop.text() == "Anhalten"
    enter(page, "quiet")
    assert [playing.is_stopped for playing in sound.played] == [True]
    enter(page, "heard")
    assert len(sound.played) == 2


def test_a_page_that_is_built_anew_does_not_begin_again(open_page, sound, enter, look):
    page = open_page(FORM, sound=sound)
    enter(page, "heard")
    page._show_all()
    enter(page, "heard")
    assert len(sound.played) == 1


def test_a_sound_that_a_person_began_goes_on_at_the_next_question(open_page, sound, enter, look):
    page = open_page(FORM, sound=sound)
    enter(page, "quiet")
    page.questions.row("/data/quiet").findChild(LabelMedia).buttons()[0].click()
    enter(page, "after")
    assert [playing.is_stopped for playing in sound.played] == [False]


def test_the_film_is_shown_once(open_page, sound, enter, films):
    page = open_page(FORM, sound=sound)
    for name in ("both", "after", "both"):
        enter(page, name)
    assert films == ["tour.mp4"]
    assert sound.played == []


def test_the_preference_keeps_it_silent(open_page, sound, enter, look, films):
    look.settings.set(keys.PLAYS_BY_ITSELF, value=False)
    page = open_page(FORM, sound=sound)
    enter(page, "heard")
    enter(page, "both")
    assert (sound.played, films) == ([], [])


def test_nothing_begins_while_the_microphone_is_open(open_page, sound, enter, monkeypatch):
    page = open_page(FORM, sound=sound)
    monkeypatch.setattr(type(page.media.microphone.recorder), "is_busy", property(lambda _recorder: True))
    enter(page, "heard")
    assert sound.played == []


def test_without_a_loudspeaker_nothing_is_said_unasked(open_page, enter):
    page = open_page(FORM, sound=FakeSound(NO_LOUDSPEAKER))
    enter(page, "heard")
    assert not page.message.isVisible()
    page.questions.row("/data/heard").findChild(LabelMedia).buttons()[0].click()
    enter(page, "heard")
    assert page.message.isVisible()
