"""Signatures, drawings and pictures to draw on: strokes with the mouse, taken back, stored as images."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage

from roadmapdesk.desktop.interview.controls.drawing import AnnotateField, DrawingField, SignatureField
from roadmapdesk.desktop.interview.controls.images import png_of
from roadmapdesk.desktop.interview.controls.sketch_pad import LONGEST_SIDE

FORM = """
|survey|
||type|name|label|appearance|
||image|sign|Sign here|signature|
||image|plan|Plan|draw|
||image|photo|Photo|annotate|
||text|after|After||
"""


@pytest.fixture
def page(open_page):
    return open_page(FORM)


@pytest.fixture
def draw(qtbot):
    def run(pad, *points):
        first, *rest = [QPoint(x, y) for x, y in points]
        qtbot.mousePress(pad, Qt.MouseButton.LeftButton, pos=first)
        for point in rest:
            qtbot.mouseMove(pad, point)
        qtbot.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=points and QPoint(*points[-1]))

    return run


def control(page, name):
    return page.questions.row(f"/data/{name}").control


def text(page, name):
    page.conductor.flush()
    return page.interview.view(f"/data/{name}").text


def picture(page, name):
    return QImage.fromData(page.conductor.attached_bytes(f"/data/{name}"))


def png(width, height, colour=Qt.GlobalColor.yellow):
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(colour)
    return png_of(image)


def ink(image):
    return sum(
        image.pixelColor(x, y).lightness() < 128
        for x in range(0, image.width(), 2)
        for y in range(0, image.height(), 2)
    )


def test_a_signature_drawn_with_the_mouse_is_stored_as_an_image(page, draw, stored):
    sign = control(page, "sign")
    assert type(sign) is SignatureField
    draw(sign.pad, (60, 90), (120, 60), (200, 100), (300, 70))
    sign.commit()
    name = stored(page)["/data/sign"]
    assert name.startswith("sign-")
    assert name.endswith(".png")
    kept = picture(page, "sign")
    assert kept.width() == 2 * sign.pad.width()
    assert ink(kept) > 50
    assert kept.pixelColor(3, 3) == QColor(Qt.GlobalColor.white)


def test_strokes_are_stored_by_themselves_when_the_pen_rests(page, draw, qtbot):
    sign = control(page, "sign")
    sign._resting.setInterval(0)
    with qtbot.waitSignal(sign.file_offered):
        draw(sign.pad, (60, 90), (120, 60))


def test_strokes_are_taken_back_one_by_one_and_the_last_takes_the_answer(page, draw, press, stored, look):
    sign = control(page, "sign")
    draw(sign.pad, (60, 90), (120, 60))
    draw(sign.pad, (200, 90), (300, 60))
    sign.commit()
    stored(page)
    two = ink(picture(page, "sign"))
    sign.pad.setFocus()
    press(Qt.Key.Key_Backspace)
    sign.commit()
    stored(page)
    assert 0 < ink(picture(page, "sign")) < two
    press(Qt.Key.Key_Backspace)
    sign.commit()
    assert text(page, "sign") == ""


def test_undo_of_an_answer_brings_the_former_drawing_back(page, draw, stored):
    sign = control(page, "sign")
    draw(sign.pad, (60, 90), (120, 60))
    sign.commit()
    first = text(page, "sign")
    draw(sign.pad, (200, 90), (300, 60))
    sign.commit()
    assert text(page, "sign") != first
    page.conductor.undo()
    assert text(page, "sign") == first
    assert sign.pad.has_picture
    assert stored(page)["/data/sign"] == first


def test_delete_clears_a_drawing_and_its_answer(page, draw, press):
    plan = control(page, "plan")
    assert type(plan) is DrawingField
    draw(plan.pad, (60, 90), (120, 60))
    plan.commit()
    assert text(page, "plan")
    plan.pad.setFocus()
    press(Qt.Key.Key_Delete)
    assert text(page, "plan") == ""
    assert not plan.pad.has_strokes


def test_a_picture_is_drawn_on_in_its_own_pixels_and_clearing_leaves_it(page, draw, stored):
    photo = control(page, "photo")
    assert type(photo) is AnnotateField
    assert photo.pad.isHidden()
    photo.offer_bytes("yard.png", png(300, 200))
    assert not photo.pad.isHidden()
    draw(photo.pad, (10, 10), (200, 150))
    photo.commit()
    stored(page)
    kept = picture(page, "photo")
    assert (kept.width(), kept.height()) == (300, 200)
    reds = sum(kept.pixelColor(x, y).green() < 100 for x in range(300) for y in range(200))
    assert reds > 100
    photo._clear.click()
    photo.commit()
    stored(page)
    assert picture(page, "photo").pixelColor(100, 80) == QColor(Qt.GlobalColor.yellow)


def test_a_huge_picture_is_made_smaller_before_it_is_drawn_on(page, draw):
    photo = control(page, "photo")
    photo.offer_bytes("wide.png", png(LONGEST_SIDE + 500, 40))
    draw(photo.pad, (10, 5), (60, 5))
    assert QImage.fromData(photo.pad.to_png()).width() == LONGEST_SIDE


@pytest.mark.parametrize("data", [b"", b"no image at all", "cut off"])
def test_what_is_no_picture_is_refused_and_the_drawing_stays(page, draw, data):
    data = png(20, 20)[:40] if data == "cut off" else data
    sign = control(page, "sign")
    draw(sign.pad, (60, 90), (120, 60))
    sign.commit()
    before = text(page, "sign")
    sign.offer_bytes("fake.png", data)
    assert page.questions.row("/data/sign").problem
    assert text(page, "sign") == before
    assert sign.pad.has_strokes


def test_a_stored_drawing_is_shown_again_when_the_page_is_built_anew(page, draw, stored, qtbot):
    draw(control(page, "sign").pad, (60, 90), (120, 60))
    control(page, "sign").commit()
    stored(page)
    before = control(page, "sign").pad
    page.show_section(page.section)
    qtbot.waitUntil(lambda: control(page, "sign").pad.has_picture)
    assert control(page, "sign").pad is not before


def test_the_keyboard_reaches_a_file_instead_of_the_pen(page):
    for name in ("sign", "plan", "photo"):
        field = control(page, name)
        assert field.choose in field.inputs()
        names = [widget.accessibleName() for widget in field.inputs()]
        assert all(names)
        assert len(set(names)) == len(names)


def test_a_pasted_picture_becomes_the_sheet(page, press):
    image = QImage(30, 20, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.green)
    QGuiApplication.clipboard().setImage(image)
    page.go_to("/data/plan")
    press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert control(page, "plan").pad.has_picture
    assert text(page, "plan")
