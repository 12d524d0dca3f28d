"""Recording in an interview: only with consent, in parts that survive a crash, and what people read of it."""

import io
import os
import shutil
import signal
import subprocess
import sys
import wave

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from roadmapdesk import i18n
from roadmapdesk.desktop.media.sound import NO_LIBRARY, NO_MICROPHONE
from roadmapdesk.desktop.media.strip import SoundState
from roadmapdesk.domain.interviews import InterviewState
from roadmapdesk.storage import create_project, open_project
from roadmapdesk.storage.restoring import restore_backup
from roadmapdesk.workspace.attachments import FileUse, interview_files
from roadmapdesk.workspace.forms import add_form
from roadmapdesk.workspace.interviewing import start_interview

from .sounds import FakeSound, tone

PLAIN = """
|survey|
||type|name|label|parameters|
||audio|sound|Sound|quality=voice-only|
||audio|more|More sound||
||text|after|After||
"""
CONSENT = """
|survey|
||type|name|label|
||select_one yesno|taking_part|Take part?|
||select_one yesno|may_record|May we record?|
||audio|sound|Sound|
||text|after|After|
|choices|
||list_name|name|label|
||yesno|yes|Yes|
||yesno|no|No|
|roles|
||role|question|value|
||consent.participate|taking_part|yes|
||consent.recording|may_record|yes|
"""
BACKGROUND = """
|survey|
||type|name|label|
||background-audio|talk||
||text|after|After|
"""


@pytest.fixture
def sound():
    i18n.set_language("en")
    return FakeSound()


@pytest.fixture
def settle(look):
    def run() -> None:
        for _ in range(3):
            look.jobs.finish()
            QApplication.processEvents()

    return run


@pytest.fixture
def hear(settle):
    """Has the microphone hear some seconds of a tone."""

    def run(page, seconds: float = 1.0, loud: float = 0.5) -> None:
        microphone = page.media._sound.microphone
        microphone.heard += tone(seconds, microphone.rate, loud=loud)
        page.media.microphone.recorder.tick()

    return run


def control(page, name):
    return page.questions.row(f"/data/{name}").control


def click(qtbot, button: QWidget) -> None:
    assert button.isVisible()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def read_flac(data: bytes) -> tuple[int, int]:
    """Rate and number of samples, as another decoder than the one that wrote it reads them."""
    miniaudio = pytest.importorskip("miniaudio")
    decoded = miniaudio.decode(data, nchannels=1, sample_rate=miniaudio.flac_get_info(data).sample_rate)
    return decoded.sample_rate, decoded.num_frames


def test_a_recording_becomes_the_answer_and_another_program_reads_it(
    open_page, sound, settle, hear, stored, project, qtbot, tmp_path
):
    page = open_page(PLAIN, sound=sound)
    settle()
    strip = control(page, "sound").strip
    click(qtbot, strip.record)
    settle()
    assert strip.view.state is SoundState.RECORDING
    assert sound.microphone.rate == 8_000
    hear(page, 3.25)
    assert strip._time.text() == "0:03"
    assert strip.view.level > 0.8
    click(qtbot, strip.pause)
    assert strip.view.state is SoundState.PAUSED
    assert not sound.microphone.is_open
    click(qtbot, strip.pause)
    settle()
    hear(page, 1.0)
    click(qtbot, strip.stop)
    name = stored(page)["/data/sound"]
    settle()
    (kept,) = project.attachments.list(page.item_id)
    assert (kept.name, kept.mime) == (name, "audio/flac")
    data = project.attachments.get(kept.sha)
    assert read_flac(data) == (8_000, 34_000)
    assert project.recordings.list() == ()
    assert control(page, "sound").shown.is_sound
    program = shutil.which("flac")
    if program:
        (tmp_path / "a.flac").write_bytes(data)
        subprocess.run([program, "-t", "-s", tmp_path / "a.flac"], check=True)
        subprocess.run([program, "-d", "-s", tmp_path / "a.flac"], check=True)
        with wave.open(io.BytesIO((tmp_path / "a.wav").read_bytes())) as wav:
            assert (wav.getnframes(), wav.getframerate(), wav.getnchannels()) == (34_000, 8_000, 1)
            assert wav.readframes(26_000) == tone(3.25, 8_000)


def test_a_recording_is_made_by_the_keyboard_alone(open_page, sound, settle, hear, stored, press):
    page = open_page(PLAIN, sound=sound)
    settle()
    page.go_to("/data/sound")
    strip = control(page, "sound").strip
    assert QApplication.focusWidget() is strip.record
    press(Qt.Key.Key_Space)
    settle()
    assert QApplication.focusWidget() is strip.stop
    hear(page)
    press(Qt.Key.Key_Backtab)
    assert QApplication.focusWidget() is strip.pause
    press(Qt.Key.Key_Space)
    assert strip.view.state is SoundState.PAUSED
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Space)
    assert stored(page)["/data/sound"].endswith(".flac")
    for button in strip.buttons():
        assert button.accessibleName().startswith("Sound: ")


def test_parts_are_stored_while_the_recording_runs(open_page, sound, settle, hear, project, qtbot):
    page = open_page(PLAIN, sound=sound)
    settle()
    click(qtbot, control(page, "more").strip.record)
    settle()
    for seconds, parts in ((1.5, 0), (1.0, 1), (4.0, 3)):
        hear(page, seconds)
        settle()
        (under_way,) = project.recordings.list(page.item_id)
        assert (under_way.parts, under_way.ref) == (parts, "/data/more")
    assert project.attachments.list() == ()


def test_a_discarded_recording_leaves_nothing(open_page, sound, settle, hear, project, qtbot, look, stored):
    page = open_page(PLAIN, sound=sound)
    settle()
    strip = control(page, "sound").strip
    click(qtbot, strip.record)
    settle()
    hear(page, 5)
    look.prompts.says_yes = False
    click(qtbot, strip.discard)
    assert strip.view.state is SoundState.RECORDING
    look.prompts.says_yes = True
    click(qtbot, strip.discard)
    assert "0:05" in look.prompts.told[-1][1]
    assert stored(page).get("/data/sound", "") == ""
    settle()
    assert project.recordings.list() == ()
    assert project.attachments.list() == ()
    assert strip.view.state is SoundState.READY


@pytest.mark.parametrize("trouble", [NO_MICROPHONE, NO_LIBRARY])
def test_without_device_or_library_the_control_says_so_and_takes_a_file(
    open_page, settle, stored, qtbot, trouble, sound, look, tmp_path
):
    page = open_page(PLAIN, sound=FakeSound(trouble))
    settle()
    field = control(page, "sound")
    assert field.strip._sentence.text() == trouble.text()
    assert field.strip.record.isEnabled() is (trouble is NO_MICROPHONE)
    if trouble is NO_MICROPHONE:
        click(qtbot, field.strip.record)
        settle()
        assert page.message.accessibleName() == trouble.text()
    look.prompts.path = tmp_path / "talk.flac"
    look.prompts.path.write_bytes(b"fLaC" + b"\0" * 60)
    click(qtbot, field.choose)
    assert stored(page)["/data/sound"] == "talk.flac"


def test_a_microphone_that_is_plugged_in_later_is_found(open_page, settle, qtbot, sound):
    sound.trouble = NO_MICROPHONE
    page = open_page(PLAIN, sound=sound)
    settle()
    sound.trouble = None
    click(qtbot, control(page, "sound").strip.record)
    settle()
    assert control(page, "sound").strip.view.state is SoundState.RECORDING
    assert control(page, "more").strip.view.state is SoundState.LOCKED


def test_nothing_is_recorded_without_a_yes_to_the_recording(open_page, sound, settle, hear, qtbot, stored):
    page = open_page(CONSENT, sound=sound)
    settle()
    header, strip = page.controls.record, control(page, "sound").strip
    assert header in page.actions_right()
    for ref, answer in (("/data/taking_part", "yes"), ("/data/may_record", "no"), ("/data/may_record", "")):
        page.conductor.answer(ref, answer)
        settle()
        assert strip.view.state is SoundState.LOCKED
        assert not strip.record.isEnabled()
        assert "yes" in strip._sentence.text()
        assert "May we record" in strip._sentence.text()
        assert header.toolTip() == strip._sentence.text()
        page.media.toggle()
        page.media.run("/data/sound", "record")
        settle()
        assert sound.microphones == []
        assert page.message.accessibleName() == strip._sentence.text()
    page.conductor.answer("/data/may_record", "yes")
    settle()
    assert strip.view.state is SoundState.READY
    click(qtbot, strip.record)
    settle()
    assert sound.microphone.is_open


@pytest.mark.parametrize("keeps", [True, False])
def test_taking_the_consent_back_stops_the_recording(
    open_page, sound, settle, hear, qtbot, stored, look, project, keeps
):
    page = open_page(CONSENT, sound=sound)
    page.conductor.answer("/data/taking_part", "yes")
    page.conductor.answer("/data/may_record", "yes")
    settle()
    click(qtbot, control(page, "sound").strip.record)
    settle()
    hear(page, 5)
    look.prompts.says_yes = not keeps

    page.conductor.answer("/data/may_record", "no")

    assert not sound.microphone.is_open
    assert not page.media.microphone.recorder.is_busy
    assert "0:05" in look.prompts.told[-1][1]
    answers = stored(page)
    settle()
    assert control(page, "sound").strip.view.state is SoundState.LOCKED
    assert len(project.attachments.list(page.item_id)) == keeps
    assert bool(answers.get("/data/sound")) is keeps
    assert project.recordings.list() == ()


def test_the_whole_conversation_is_recorded_from_the_header(open_page, sound, settle, hear, qtbot, stored, project):
    page = open_page(CONSENT, sound=sound)
    page.conductor.answer("/data/taking_part", "yes")
    page.conductor.answer("/data/may_record", "yes")
    settle()
    page.actions_by_key.by_key["record"].trigger()
    settle()
    assert page.media.strip.isVisible()
    assert "Stop" in page.controls.record.accessibleName()
    hear(page, 5)
    assert page.media.strip._time.text() == "0:05"
    assert control(page, "sound").strip.view.state is SoundState.LOCKED
    page.actions_by_key.by_key["record"].trigger()
    stored(page)
    settle()
    assert not page.media.strip.isVisible()
    (file,) = interview_files(project, page.item_id)
    assert (file.use, file.ref, file.is_sound) == (FileUse.INTERVIEW, "", True)
    assert file.name in page.message.accessibleName()
    assert page.interview.is_open


def test_background_audio_is_recorded_into_its_field(open_page, sound, settle, hear, stored, project):
    page = open_page(BACKGROUND, sound=sound)
    settle()
    page.media.toggle()
    settle()
    hear(page, 1)
    page.media.toggle()
    settle()
    name = stored(page)["/data/talk"]
    settle()
    assert [item.name for item in project.attachments.list(page.item_id)] == [name]
    assert page.interview.session.to_submission().media == (name,)
    assert page.interview.definition.problems == ()


def test_in_large_text_the_conversation_is_recorded_from_the_bar_above_the_questions(
    open_page, sound, settle, hear, qtbot, theme
):
    page = open_page(CONSENT, sound=sound)
    page.conductor.answer("/data/taking_part", "yes")
    page.conductor.answer("/data/may_record", "yes")
    settle()
    below = page.controls.record_below
    assert not below.isVisible()
    theme.set_factor(2.0)
    settle()
    assert page.controls.record not in page.actions_right()
    assert page.bar.isAncestorOf(below)
    assert below.isVisible()
    click(qtbot, below)
    settle()
    assert page.media.strip.isVisible()
    assert "Stop" in below.accessibleName()
    click(qtbot, below)
    settle()
    assert not sound.microphone.is_open
    theme.set_factor(1.0)
    assert not below.isVisible()


def test_a_form_that_asks_for_no_recording_has_no_button_for_it(open_page, sound, settle):
    page = open_page(PLAIN, sound=sound)
    settle()
    assert page.controls.record not in page.actions_right()
    assert not page.actions_by_key.by_key["record"].isEnabled()


def test_leaving_and_closing_keep_what_was_recorded(open_page, sound, settle, hear, qtbot, stored, project):
    page = open_page(PLAIN, sound=sound)
    settle()
    click(qtbot, control(page, "sound").strip.record)
    settle()
    hear(page, 2.5)
    left = []
    page.can_leave(lambda: left.append(True))
    settle()
    assert left == [True]
    assert not sound.microphone.is_open
    assert len(project.attachments.list(page.item_id)) == 1


def test_finalising_ends_the_recording_and_keeps_it(open_page, sound, settle, hear, qtbot, look, project):
    page = open_page(PLAIN, sound=sound)
    settle()
    click(qtbot, control(page, "sound").strip.record)
    settle()
    hear(page, 2.5)
    look.prompts.says_yes = False
    assert page.conductor.finalise()
    settle()
    assert not sound.microphone.is_open
    assert project.interviews.get(page.item_id).state is InterviewState.FINALISED
    assert len(project.attachments.list(page.item_id)) == 1


def test_silence_and_a_dead_microphone_are_said(open_page, sound, settle, hear, qtbot, project, stored):
    page = open_page(PLAIN, sound=sound)
    settle()
    recorder = page.media.microphone.recorder
    now = [0.0]
    recorder._clock = lambda: now[0]
    strip = control(page, "sound").strip
    click(qtbot, strip.record)
    settle()
    now[0] = 2.0
    hear(page, 2, loud=0)
    now[0] = 4.9
    hear(page, 2, loud=0)
    assert "No sound" not in strip._sentence.text()
    now[0] = 6.0
    hear(page, 1, loud=0)
    assert "No sound arrives" in strip._sentence.text()
    now[0] = 9.5
    recorder.tick()
    assert strip.view.state is SoundState.PAUSED
    assert "nothing any more" in page.message.accessibleName()
    click(qtbot, strip.stop)
    assert stored(page)["/data/sound"]


def test_a_microphone_that_delivers_nothing_stores_nothing(open_page, sound, settle, qtbot, project, stored):
    page = open_page(PLAIN, sound=sound)
    settle()
    click(qtbot, control(page, "sound").strip.record)
    settle()
    click(qtbot, control(page, "sound").strip.stop)
    assert stored(page).get("/data/sound", "") == ""
    assert project.recordings.list() == ()
    assert "No sound arrived" in page.message.accessibleName()


def test_a_recording_is_played_where_it_stands(open_page, sound, settle, hear, qtbot, stored):
    page = open_page(PLAIN, sound=sound)
    settle()
    field = control(page, "sound")
    click(qtbot, field.strip.record)
    settle()
    hear(page, 2)
    click(qtbot, field.strip.stop)
    stored(page)
    settle()
    click(qtbot, field.play)
    settle()
    (playing,) = sound.played
    assert read_flac(playing.data) == (8_000, 16_000)
    playing.seconds = 2.0
    page.media._on_timer_timeout()
    assert field._caption.text() == "0:02 / 0:04"
    click(qtbot, field.play)
    assert playing.is_stopped
    click(qtbot, field.play)
    settle()
    sound.played[-1].is_over = True
    page.media._on_timer_timeout()
    assert field.play.text() == "Play"
    sound.trouble = NO_MICROPHONE
    click(qtbot, field.play)
    settle()
    assert page.message.accessibleName() == NO_MICROPHONE.text()


RECORDS = """
import os, signal, sys
from pathlib import Path
from roadmapdesk.storage import keys, open_project
keys.COST = keys.Cost(passes=1, memory_kib=64, lanes=1)
project = open_project(Path(sys.argv[1]), passphrase=sys.argv[3] or None)
recording = project.recordings.begin(sys.argv[2], "/data/sound", rate=8000)
for number in range(3):
    project.recordings.keep_part(recording, number, b"planted sound of a person " * 1024)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.parametrize("passphrase", ["", "Kraniche"])
def test_a_recording_that_a_crash_cut_off_is_kept_and_answers_its_question(
    tmp_path, look, qtbot, sound, settle, passphrase, monkeypatch
):
    from roadmapdesk.desktop.interview.page import InterviewPage
    from roadmapdesk.storage import keys

    monkeypatch.setattr(keys, "COST", keys.Cost(passes=1, memory_kib=64, lanes=1))
    (tmp_path / "form.md").write_text(PLAIN, encoding="utf-8")
    with create_project(tmp_path / "P", title="P", language="de", passphrase=passphrase or None) as project:
        interview = start_interview(project, form_sha=add_form(project, tmp_path / "form.md").sha)
        folder = project.folder
    ended = subprocess.run(
        [sys.executable, "-c", RECORDS, str(folder), interview, passphrase], env=os.environ, check=False
    )
    assert ended.returncode == -signal.SIGKILL
    if passphrase:
        assert not any(b"planted sound" in file.read_bytes() for file in folder.rglob("*") if file.is_file())

    with open_project(folder, passphrase=passphrase or None) as project:
        page = InterviewPage(project=project, interview_id=interview, desk=look, sound=sound)
        qtbot.addWidget(page)
        page.show()
        page.refresh()
        settle()
        assert "0:04" in page.message.accessibleName()
        (kept,) = project.attachments.list(interview)
        assert read_flac(project.attachments.get(kept.sha)) == (8_000, 39_936)
        assert page.interview.view("/data/sound").text == kept.name
        assert project.recordings.list() == ()
        assert project.check().is_sound


def test_a_deleted_recording_stays_deleted_in_backups_too(
    open_page, sound, settle, hear, qtbot, stored, project, tmp_path
):
    page = open_page(PLAIN, sound=sound)
    settle()
    field = control(page, "sound")
    click(qtbot, field.strip.record)
    settle()
    hear(page, 2)
    click(qtbot, field.strip.stop)
    stored(page)
    settle()
    backup = project.backup()
    page.media.open_files()
    dialog = page._look.prompts.dialogs[-1]
    (file,) = dialog.files
    dialog._delete(file, "Freigegeben")
    settle()
    assert "deleted for good" in field.shown.problem
    assert dialog.files[0].is_deleted
    dialog.close()
    folder = restore_backup(backup.path, tmp_path / "alt")
    with open_project(folder) as earlier:
        assert earlier.check().is_sound
        assert earlier.context.media.path.stat().st_size < 100_000
