"""Files of an interview when something comes between: a kill after each step, a full disk, and the list of files."""

import os
import shutil
import signal
import subprocess
import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from roadmapdesk import i18n
from roadmapdesk.desktop.interview.page import InterviewPage
from roadmapdesk.storage import create_project, open_project
from roadmapdesk.workspace.attachments import FileUse, InterviewFile, free_name, interview_files
from roadmapdesk.workspace.forms import add_form
from roadmapdesk.workspace.interviewing import start_interview

FORM = """
|survey|
||type|name|label|
||file|paper|Paper|
||image|picture|Picture|
||text|after|After|
"""
KILLED = """
import os, signal, sys
from pathlib import Path
from roadmapdesk.storage import open_project
project = open_project(Path(sys.argv[1]))
getattr(project.attachments, sys.argv[3])(
    sys.argv[2], "/data/paper", b"the letter", name="letter.txt", mime="text/plain"
)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def settle(look):
    i18n.set_language("en")

    def run() -> None:
        for _ in range(4):
            look.jobs.finish()
            QApplication.processEvents()

    return run


def open_at(project, interview, look, qtbot) -> InterviewPage:
    page = InterviewPage(project=project, interview_id=interview, desk=look)
    qtbot.addWidget(page)
    page.resize(1278, 660)
    page.show()
    page.refresh()
    return page


@pytest.mark.parametrize("step", ["keep", "add"])
def test_a_kill_between_file_and_answer_leaves_a_file_that_can_be_attached(tmp_path, look, qtbot, settle, step):
    (tmp_path / "form.md").write_text(FORM, encoding="utf-8")
    with create_project(tmp_path / "P", title="P", language="de") as project:
        interview = start_interview(project, form_sha=add_form(project, tmp_path / "form.md").sha)
        folder = project.folder
    ended = subprocess.run([sys.executable, "-c", KILLED, str(folder), interview, step], env=os.environ, check=False)
    assert ended.returncode == -signal.SIGKILL

    with open_project(folder) as project:
        page = open_at(project, interview, look, qtbot)
        settle()
        assert "belongs to no answer" in page.message.accessibleName()
        assert page.interview.view("/data/paper").text == ""
        assert project.check().is_sound
        page.closing.run_message_action()
        dialog = look.prompts.dialogs[-1]
        dialog.show()
        (file,) = dialog.files
        assert (file.use, file.name) == (FileUse.LOOSE, "letter.txt")
        qtbot.mouseClick(dialog.use, Qt.MouseButton.LeftButton)
        settle()
        assert dialog.files[0].use is FileUse.ANSWER
        assert not dialog.use.isEnabled()
        assert project.drafts.load(interview).answers["/data/paper"] == "letter.txt"
        assert page.questions.row("/data/paper").control.shown.problem == ""
        assert project.attachments.loose() == ()
        dialog.close()
        page.close_page()


def test_a_loose_file_that_nobody_wants_is_deleted_for_good(open_page, look, qtbot, settle, project):
    page = open_page(FORM)
    project.attachments.keep(page.item_id, "/data/paper", b"the letter", name="letter.txt", mime="text/plain")
    page.media.open_files()
    dialog = look.prompts.dialogs[-1]
    dialog.show()
    qtbot.mouseClick(dialog.delete, Qt.MouseButton.LeftButton)
    reason = look.prompts.dialogs[-1]
    reason.accept()
    assert dialog.files
    reason.findChild(QLineEdit).setText("nicht gebraucht")
    reason.accept()
    settle()
    assert dialog.files == ()
    assert project.attachments.loose() == ()
    assert [stone.reason for stone in project.erasures.tombstones()] == ["nicht gebraucht"]
    dialog.close()


@pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0, reason="mounting a small file system needs root on Linux"
)
def test_a_full_disk_while_attaching_is_said_and_tried_again(tmp_path, look, qtbot, settle):
    mount = tmp_path / "klein"
    mount.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", mount]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("this machine lets nobody mount a file system")
    try:
        (tmp_path / "form.md").write_text(FORM, encoding="utf-8")
        with create_project(mount / "P", title="P", language="de") as project:
            interview = start_interview(project, form_sha=add_form(project, tmp_path / "form.md").sha)
            page = open_at(project, interview, look, qtbot)
            settle()
            ballast = mount / "ballast"
            ballast.write_bytes(b"x" * (shutil.disk_usage(mount).free - 400_000))
            page.questions.row("/data/paper").control.offer_bytes("big.bin", os.urandom(900_000))
            settle()
            assert page.failure.isVisible()
            assert "disk is full" in page.failure.sentence
            page.conductor.answer("/data/after", "typed meanwhile")
            settle()
            assert project.attachments.list() == ()
            assert page.interview.view("/data/after").text == "typed meanwhile"
            ballast.unlink()
            page.failure.retry_wanted.emit()
            settle()
            assert not page.failure.isVisible()
            answers = project.drafts.load(interview).answers
            assert (answers["/data/paper"], answers["/data/after"]) == ("big.bin", "typed meanwhile")
            (kept,) = project.attachments.list()
            assert len(project.attachments.get(kept.sha)) == 900_000
            assert project.check().is_sound
            page.close_page()
    finally:
        subprocess.run(["umount", "-l", mount], check=True)


def test_the_list_tells_the_answer_from_what_it_was_before(open_page, settle, project, stored, look, qtbot):
    page = open_page(FORM)
    field = page.questions.row("/data/paper").control
    field.offer_bytes("one.txt", b"1")
    field.offer_bytes("two.txt", b"2")
    stored(page)
    uses = {file.name: file.use for file in interview_files(project, page.item_id)}
    assert uses == {"one.txt": FileUse.EARLIER, "two.txt": FileUse.ANSWER}
    page.media.open_files()
    dialog = look.prompts.dialogs[-1]
    sentences = [dialog._sentence_of(file) for file in dialog.files]
    assert all("Paper" in sentence for sentence in sentences)
    dialog._use(next(file for file in dialog.files if file.name == "one.txt"))
    settle()
    assert stored(page)["/data/paper"] == "one.txt"
    dialog.close()


@pytest.mark.parametrize(
    ("wanted", "taken", "given"),
    [
        ("plan.png", (), "plan.png"),
        ("plan.png", ("Plan.png",), "plan-2.png"),
        ("plan.png", ("plan.png", "plan-2.png"), "plan-3.png"),
        ("../../etc/passwd", (), "passwd"),
        ("a\x00b\nc\u202egnp.exe", (), "a_b_cgnp.exe"),
        ('<:"|?*>.txt', (), "_______.txt"),
        ("   ", (), "file"),
        ("x" * 300 + ".png", (), "x" * 90 + ".png"),
    ],
)
def test_names_are_safe_and_unique(wanted, taken, given):
    assert free_name(wanted, taken) == given


def test_a_file_of_the_list_knows_whether_it_is_sound():
    assert InterviewFile("0" * 64, "", "a.flac", "audio/flac", 1, FileUse.INTERVIEW).is_sound


def test_a_saved_copy_stands_in_the_export_log_and_never_in_a_project(
    open_page, look, settle, project, stored, tmp_path
):
    page = open_page(FORM)
    page.questions.row("/data/paper").control.offer_bytes("brief.txt", b"planted")
    stored(page)
    target = tmp_path / "brief.txt"
    look.prompts.path = target
    page.media.run("/data/paper", "copy")
    settle()

    assert target.read_bytes() == b"planted"
    (line,) = project.export_log.list()
    assert (line.kind, line.target, line.folder) == ("file", "brief.txt", str(tmp_path))
    assert line.interviews == (page.item_id,)

    look.prompts.path = project.folder / "project.sqlite"
    page.media.run("/data/paper", "copy")
    settle()
    assert project.check().is_sound
    assert len(project.export_log.list()) == 1
