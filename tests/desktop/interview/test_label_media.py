"""Sounds and films that a form gives to its wordings have buttons; a file that did not come is named."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QLabel

from roadmapdesk.desktop.interview.label_media import LabelMedia
from roadmapdesk.desktop.media.sound import NO_LOUDSPEAKER

from .sounds import FakeSound

FORM = """
|survey|
||type|name|label|media::audio|media::video|
||text|heard|Listen first|ask.wav||
||text|seen|Look first||tour.mp4|
||select_one sounds|which|Which sound was it?|||
||text|lost|And this?|gone.wav||
||text|none|And none?|||
|choices|
||list_name|name|label|media::audio|
||sounds|bell|Bell|bell.wav|
||sounds|horn|Horn|horn.wav|
"""


@pytest.fixture
def media(tmp_path):
    folder = tmp_path / "form-media"
    folder.mkdir()
    for name in ("ask.wav", "bell.wav", "horn.wav", "tour.mp4"):
        (folder / name).write_bytes(f"bytes of {name}".encode())


@pytest.fixture
def sound():
    return FakeSound()


@pytest.fixture
def page(media, sound, open_page):
    page = open_page(FORM, sound=sound)
    page.questions.rows()
    return page


def buttons(page, name):
    return page.questions.row(f"/data/{name}").findChild(LabelMedia).buttons()


def test_the_sound_of_a_wording_is_played_and_stopped_by_keys(page, sound, press, look):
    page.go_to("/data/heard")
    press(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    (play,) = buttons(page, "heard")
    assert QApplication.focusWidget() is play
    assert page.questions.current == "/data/heard"
    assert play.accessibleName() == "Listen first: Abspielen"
    press(Qt.Key.Key_Space)
    look.jobs.finish()
    QApplication.processEvents()
    assert [playing.data for playing in sound.played] == [b"bytes of ask.wav"]
    assert play.text() == "Anhalten"
    press(Qt.Key.Key_Space)
    assert sound.played[0].is_stopped
    assert play.text() == "Abspielen"


def test_each_choice_with_a_sound_has_a_button_and_one_sound_plays_at_a_time(page, sound, look):
    bell, horn = buttons(page, "which")
    assert (bell.text(), horn.text()) == ("Abspielen: Bell", "Abspielen: Horn")
    for button in (bell, horn):
        button.click()
        look.jobs.finish()
        QApplication.processEvents()
    assert [playing.is_stopped for playing in sound.played] == [True, False]
    assert (bell.text(), horn.text()) == ("Abspielen: Bell", "Anhalten: Horn")


def test_a_sound_that_came_to_its_end_can_be_played_again(page, sound, look, qtbot):
    (play,) = buttons(page, "heard")
    play.click()
    look.jobs.finish()
    QApplication.processEvents()
    assert play.text() == "Anhalten"
    sound.played[0].is_over = True
    qtbot.waitUntil(lambda: play.text() == "Abspielen")
    play.click()
    look.jobs.finish()
    QApplication.processEvents()
    assert len(sound.played) == 2
    assert play.text() == "Anhalten"


def test_without_a_loudspeaker_the_page_says_so(media, open_page, look):
    page = open_page(FORM, sound=FakeSound(NO_LOUDSPEAKER))
    page.questions.rows()
    buttons(page, "heard")[0].click()
    look.jobs.finish()
    QApplication.processEvents()
    assert page.message.isVisible()
    assert NO_LOUDSPEAKER.text() in [text.text() for text in page.message.findChildren(QLabel)]


def test_a_film_is_given_to_the_program_that_shows_films(page, look, monkeypatch):
    opened = []
    (show,) = buttons(page, "seen")
    assert show.text() == "Film ansehen"
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(Path(url.toLocalFile())) or True)
    show.click()
    look.jobs.finish()
    QApplication.processEvents()
    assert [(path.name, path.read_bytes()) for path in opened] == [("tour.mp4", b"bytes of tour.mp4")]
    page.close_page()


def test_a_file_that_did_not_come_with_the_form_is_named(page):
    lost = page.questions.row("/data/lost").findChild(LabelMedia)
    assert lost.buttons() == ()
    assert "gone.wav" in lost._lost.text()
    assert lost._lost.isVisible()
    assert page.questions.row("/data/none").findChild(LabelMedia) is None


def test_a_film_that_no_program_shows_says_so(page, look, monkeypatch):
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: False)
    buttons(page, "seen")[0].click()
    look.jobs.finish()
    QApplication.processEvents()
    ((title, text),) = look.prompts.told
    assert title == "tour.mp4"
    assert text.startswith("Kein Programm")
    page.close_page()
