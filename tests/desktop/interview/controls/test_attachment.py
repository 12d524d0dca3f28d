"""Files and images as answers: by dialog, paste and drop; shown, opened, copied, removed, and refused with words."""

from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage, QImageWriter
from PySide6.QtWidgets import QApplication

from roadmapdesk import i18n
from roadmapdesk.desktop.interview.controls import attachment
from roadmapdesk.desktop.interview.controls.attachment import problem_of, wanted_kind
from roadmapdesk.desktop.interview.controls.images import png_of, read_image
from roadmapdesk.desktop.media.picture_dialog import PictureDialog
from roadmapdesk.workspace.attachments import delete_files

FORM = """
|survey|
||type|name|label|
||image|picture|Picture|
||file|paper|Paper|
||audio|sound|Sound|
||text|after|After|
"""


SMALL = """
|survey|
||type|name|label|parameters|
||image|small|Picture|max-pixels=100|
"""


@pytest.fixture
def page(open_page):
    i18n.set_language("en")
    return open_page(FORM)


@pytest.fixture
def settle(look):
    """Lets everything be written and read, and shown."""

    def run() -> None:
        for _ in range(3):
            look.jobs.finish()
            QApplication.processEvents()

    return run


def control(page, name):
    return page.questions.row(f"/data/{name}").control


def problem(page, name):
    return page.questions.row(f"/data/{name}").problem


def picture(width=300, height=200, colour=Qt.GlobalColor.darkCyan) -> QImage:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(colour)
    return image


def drop(field, data: QMimeData) -> bool:
    """A real drag and drop onto the control; whether it was taken."""
    flags = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    entered = QDragEnterEvent(field.rect().center(), *flags)
    QApplication.sendEvent(field, entered)
    if entered.isAccepted():
        QApplication.sendEvent(field, QDropEvent(QPointF(field.rect().center()), *flags))
    return entered.isAccepted()


def urls(*paths: Path | str) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) if isinstance(path, Path) else QUrl(path) for path in paths])
    return data


def test_an_image_chosen_by_the_dialog_is_kept_by_its_bytes_and_shown_small(
    page, stored, project, settle, look, tmp_path, qtbot
):
    file = tmp_path / "plan.png"
    picture().save(str(file))
    bytes_of_file = file.read_bytes()
    look.prompts.path = file
    field = control(page, "picture")

    qtbot.mouseClick(field.choose, Qt.MouseButton.LeftButton)

    assert stored(page)["/data/picture"] == "plan.png"
    file.unlink()
    (kept,) = project.attachments.list(page.item_id)
    assert project.attachments.get(kept.sha) == bytes_of_file
    settle()
    assert field.shown.picture.width() == 160
    assert "300 × 200" in field.accessible_value()
    page.show_section(page.section)
    settle()
    assert control(page, "picture").shown.picture is not None
    assert not control(page, "picture")._picture.isHidden()


def test_the_keyboard_alone_attaches_and_removes_a_file(page, stored, settle, look, tmp_path, press):
    look.prompts.path = tmp_path / "brief.txt"
    look.prompts.path.write_text("Hallo")
    page.go_to("/data/paper")
    press(Qt.Key.Key_Space)
    assert stored(page)["/data/paper"] == "brief.txt"
    settle()
    field = control(page, "paper")
    visited = set()
    for _ in range(4):
        visited.add(QApplication.focusWidget())
        press(Qt.Key.Key_Tab)
    assert {field.choose, field.open, field.copy, field.remove} <= visited | {QApplication.focusWidget()}
    field.remove.setFocus()
    press(Qt.Key.Key_Space)
    assert stored(page).get("/data/paper", "") == ""


def test_a_removed_file_comes_back_with_undo(page, stored, settle, look, tmp_path, qtbot, project):
    look.prompts.path = tmp_path / "brief.txt"
    look.prompts.path.write_text("Hallo")
    field = control(page, "paper")
    field.choose.click()
    settle()
    qtbot.mouseClick(field.remove, Qt.MouseButton.LeftButton)
    assert "Ctrl+Z" in field._help.text()
    assert stored(page).get("/data/paper", "") == ""
    page.actions_by_key.by_key["undo"].trigger()
    assert stored(page)["/data/paper"] == "brief.txt"
    settle()
    assert control(page, "paper").shown.problem == ""
    assert project.check().is_sound


def test_a_file_is_pasted_from_the_clipboard(page, stored, tmp_path, press):
    paper = tmp_path / "brief.txt"
    paper.write_text("Hallo")
    QGuiApplication.clipboard().setMimeData(urls(paper))
    page.go_to("/data/paper")
    press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert stored(page)["/data/paper"] == "brief.txt"


def test_an_image_is_pasted_from_the_clipboard(page, stored, press, settle):
    QGuiApplication.clipboard().setImage(picture(20, 10))
    page.go_to("/data/picture")
    press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert stored(page)["/data/picture"] == "image.png"
    settle()
    assert "20 × 10" in control(page, "picture").accessible_value()


def test_files_and_images_are_dropped(page, stored, tmp_path):
    paper = tmp_path / "brief.txt"
    paper.write_text("Hallo")
    assert drop(control(page, "paper"), urls(paper))
    image = QMimeData()
    image.setImageData(picture(20, 10))
    assert drop(control(page, "picture"), image)
    answers = stored(page)
    assert (answers["/data/paper"], answers["/data/picture"]) == ("brief.txt", "image.png")


def test_what_cannot_be_taken_is_refused_with_words_and_changes_nothing(page, tmp_path, monkeypatch, press):
    one, two, empty, fake = (tmp_path / name for name in ("one.txt", "two.txt", "empty.txt", "fake.png"))
    for file in (one, two, fake):
        file.write_text("no image at all")
    empty.touch()
    monkeypatch.setattr(attachment, "LARGEST", 1024 * 1024)
    huge = tmp_path / "huge.bin"
    with huge.open("wb") as stream:
        stream.truncate(1024 * 1024 + 1)
    paper, image, sound = (control(page, name) for name in ("paper", "picture", "sound"))
    for words, field, data in (
        ("one at a time", paper, urls(one, two)),
        ("on this computer", paper, urls("https://example.org/a.txt")),
        ("is empty", paper, urls(empty)),
        ("larger than 1 MB", paper, urls(huge)),
        ("cannot be read", paper, urls(tmp_path / "gone.txt")),
        ("cannot be read", paper, urls(tmp_path)),
        ("not an image", image, urls(fake)),
        ("not a sound recording", sound, urls(one)),
    ):
        assert drop(field, data)
        name = field.view.name
        assert words in problem(page, name), words
        assert page.interview.view(f"/data/{name}").text == ""
    QGuiApplication.clipboard().setText("words")
    page.go_to("/data/paper")
    press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert "neither a file nor an image" in problem(page, "paper")
    assert not drop(paper, QMimeData())


def test_a_file_that_changes_while_it_is_read_is_not_taken(page, tmp_path, monkeypatch):
    file = tmp_path / "log.txt"
    file.write_text("abc")
    true_read = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda path: true_read(path)[:2])
    control(page, "paper").offer(file)
    assert "changed while it was being read" in problem(page, "paper")

    def vanish(path):
        path.unlink()
        return true_read(path)

    monkeypatch.setattr(Path, "read_bytes", vanish)
    control(page, "paper").offer(file)
    assert "cannot be read" in problem(page, "paper")


def test_two_files_of_one_name_are_kept_apart_and_undo_shows_the_right_one(page, stored, settle, project):
    for size in (20, 40):
        control(page, "picture").offer_bytes("plan.png", png_of(picture(size, 10)))
        settle()
    assert stored(page)["/data/picture"] == "plan-2.png"
    assert "40 × 10" in control(page, "picture").accessible_value()
    page.conductor.undo()
    settle()
    assert stored(page)["/data/picture"] == "plan.png"
    assert "20 × 10" in control(page, "picture").accessible_value()
    control(page, "picture").offer_bytes("plan.png", png_of(picture(20, 10)))
    settle()
    assert len(project.attachments.list(page.item_id)) == 2


def test_a_damaged_attachment_is_said_at_the_control_and_by_the_check(page, stored, settle, project):
    control(page, "picture").offer_bytes("plan.png", png_of(picture()))
    stored(page)
    settle()
    with project.context.media.write() as connection:
        connection.exec_driver_sql("UPDATE attachment SET body = x'89504e47'")

    page.show_section(page.section)
    settle()

    field = control(page, "picture")
    assert "damaged on the disk" in field.shown.problem
    assert not field._problem.isHidden()
    assert field.copy.isHidden()
    assert field.open.isHidden()
    assert field.choose.isEnabled()
    assert "damaged on the disk" in field.choose.accessibleDescription()
    (finding,) = project.check().problems
    assert page.item_id in finding.sentence
    page.conductor.answer("/data/after", "the window stays usable")
    assert stored(page)["/data/after"] == "the window stays usable"
    assert page.conductor.attached_bytes("/data/picture") is None


def test_a_lost_attachment_and_a_deleted_one_are_told_apart(page, stored, settle, project):
    control(page, "picture").offer_bytes("plan.png", png_of(picture()))
    control(page, "paper").offer_bytes("brief.txt", b"Hallo")
    stored(page)
    paper = next(item for item in project.attachments.list(page.item_id) if item.name == "brief.txt")
    delete_files(project, (paper.sha,), "falsche Datei")
    with project.context.media.write() as connection:
        connection.exec_driver_sql("DELETE FROM attachment")

    page.show_section(page.section)
    settle()

    assert "holds no file of this name" in control(page, "picture").shown.problem
    assert "deleted for good" in control(page, "paper").shown.problem
    control(page, "paper").offer_bytes("again.txt", b"Hallo")
    assert "not taken in again" in problem(page, "paper")
    assert page.interview.view("/data/paper").text == "brief.txt"
    control(page, "picture").offer_bytes("plan.png", png_of(picture()))
    settle()
    assert control(page, "picture").shown.problem == ""


def test_an_image_opens_large_and_a_copy_is_saved(page, stored, settle, look, tmp_path):
    data = png_of(picture())
    field = control(page, "picture")
    field.offer_bytes("plan.png", data)
    settle()
    field.open.click()
    settle()
    dialog = look.prompts.dialogs[-1]
    assert isinstance(dialog, PictureDialog)
    assert dialog.picture.pixmap().width() == 300
    dialog.close()
    look.prompts.path = tmp_path / "copy.png"
    field.copy.click()
    settle()
    assert (tmp_path / "copy.png").read_bytes() == data
    look.prompts.path = tmp_path / "no" / "such" / "folder.png"
    field.copy.click()
    settle()
    assert "cannot be written" in look.prompts.told[-1][1]


def test_other_files_open_as_a_passing_copy_that_goes_with_the_page(page, settle, monkeypatch):
    opened: list[Path] = []
    target = "roadmapdesk.desktop.media.copies.QDesktopServices.openUrl"
    monkeypatch.setattr(target, lambda url: opened.append(Path(url.toLocalFile())) or True)
    field = control(page, "paper")
    field.offer_bytes("brief.txt", b"Hallo")
    settle()
    field.open.click()
    settle()
    assert opened[0].read_bytes() == b"Hallo"
    page.close_page()
    assert not opened[0].exists()


def test_a_closed_interview_shows_its_files_and_takes_none(page, stored, settle, project, open_page):
    control(page, "paper").offer_bytes("brief.txt", b"Hallo")
    stored(page)
    assert page.conductor.finalise()
    settle()
    field = control(page, "paper")
    assert field.shown.problem == ""
    field.clear_answer()
    field.offer_bytes("later.txt", b"spaeter")
    settle()
    assert page.interview.view("/data/paper").text == "brief.txt"
    assert [item.name for item in project.attachments.list(page.item_id)] == ["brief.txt"]
    assert page.message.accessibleName() == "Finalised: the answers are locked."


def test_kinds_and_problems():
    assert wanted_kind("audio/*") == "audio"
    assert wanted_kind("application/pdf,image/*") == "file"
    assert problem_of(b"", "file")
    assert not problem_of(b"fLaC\0", "audio")
    assert not problem_of(b"anything", "video")


def photograph(width, height) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"jpeg")).write(picture(width, height))
    return bytes(buffer.data().data())


@pytest.mark.parametrize(
    ("name", "data", "kept"),
    [("wide.png", png_of(picture(600, 300)), "wide.png"), ("tall.jpg", photograph(400, 800), "tall.jpg"),
     ("wrong.gif", png_of(picture(600, 300)), "wrong.png")],
)  # fmt: skip
def test_a_picture_is_made_as_small_as_the_form_asks(open_page, name, data, kept):
    i18n.set_language("en")
    field = control(open_page(SMALL), "small")
    offered = []
    field.file_offered.connect(lambda *what: offered.append(what))
    field.offer_bytes(name, data)
    ((stored_name, stored_data, mime),) = offered
    before, after = read_image(data).size(), read_image(stored_data).size()
    assert stored_name == kept
    assert mime == ("image/jpeg" if kept.endswith("jpg") else "image/png")
    assert max(after.width(), after.height()) == 100
    assert f"{after.width()} × {after.height()} instead of {before.width()} × {before.height()}" in field._help.text()
    assert not field._help.isHidden()


def test_a_picture_that_is_small_enough_stays_as_it_is(open_page):
    i18n.set_language("en")
    field = control(open_page(SMALL), "small")
    data = png_of(picture(100, 50))
    offered = []
    field.file_offered.connect(lambda *what: offered.append(what))
    field.offer_bytes("small.png", data)
    assert offered == [("small.png", data, "image/png")]
    assert "smaller" not in field._help.text()
