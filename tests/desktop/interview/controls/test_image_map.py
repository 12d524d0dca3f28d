"""Choices as parts of a picture: pointed at, chosen by key, and harmless whatever the picture holds."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage

from roadmapdesk.desktop.interview.controls.image_map import ImageMapMany, ImageMapOne
from roadmapdesk.desktop.interview.controls.images import png_of
from roadmapdesk.workspace.forms import add_form
from roadmapdesk.workspace.interviewing import start_interview
from roadmapdesk.xforms.safe_xml import XmlError
from roadmapdesk.xforms.svg_map import read_svg_map

FORM = """
|survey|
||type|name|label|appearance|media::image|
||select_one part|one|One|image-map|body.svg|
||select_multiple part|many|Many|image-map|body.svg|
||select_one part|lost|Lost|image-map|lost.svg|
||select_one part|broken|Broken|image-map|broken.svg|
||select_one_from_file towns.csv|town|Town|||
||select_one part|plain|Plain|||
|choices|
||list_name|name|label|media::image|
||part|left|Left|left.png|
||part|right|Right||
||part|none|Neither||
"""
SVG = b"""<?xml version="1.0"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100" viewBox="0 0 200 100">
  <rect id="left" x="10" y="10" width="80" height="80" fill="none" stroke="black"/>
  <g id="right" transform="translate(100 0)"><circle cx="50" cy="50" r="40" style="fill:none;stroke:black"/></g>
</svg>"""


@pytest.fixture
def page(open_page, project, tmp_path):
    folder = tmp_path / "map-media"
    folder.mkdir()
    (folder / "body.svg").write_bytes(SVG)
    (folder / "broken.svg").write_bytes(b"<svg")
    (folder / "towns.csv").write_text("name,label\nl,Leipzig\nd,Dresden\n")
    image = QImage(20, 10, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    (folder / "left.png").write_bytes(png_of(image))
    form = tmp_path / "map.md"
    form.write_text(FORM)
    return open_page(interview_id=start_interview(project, form_sha=add_form(project, form).sha))


def control(page, name):
    return page.questions.row(f"/data/{name}").control


def answer(page, name):
    return page.interview.view(f"/data/{name}").text


def point(qtbot, picture, x, y):
    """Clicks at a share of the picture's size."""
    at = QPoint(int(picture.width() * x), int(picture.height() * y))
    qtbot.mouseClick(picture, Qt.MouseButton.LeftButton, pos=at)


def test_a_part_is_chosen_by_pointing_at_its_inside(page, qtbot, qapp):
    one = control(page, "one")
    assert type(one) is ImageMapOne
    page.go_to("/data/one")
    qapp.processEvents()
    point(qtbot, one.map, 0.25, 0.5)
    assert answer(page, "one") == "left"
    point(qtbot, one.map, 0.75, 0.5)
    assert answer(page, "one") == "right"
    point(qtbot, one.map, 0.505, 0.02)
    assert answer(page, "one") == "right"


def test_several_parts_are_switched_on_and_off(page, qtbot, qapp):
    many = control(page, "many")
    assert type(many) is ImageMapMany
    page.go_to("/data/many")
    qapp.processEvents()
    point(qtbot, many.map, 0.25, 0.5)
    point(qtbot, many.map, 0.75, 0.5)
    assert answer(page, "many") == "left right"
    point(qtbot, many.map, 0.25, 0.5)
    assert answer(page, "many") == "right"


def test_keys_choose_from_the_list_below_and_mark_the_part(page, press):
    page.go_to("/data/one")
    press(Qt.Key.Key_Down)
    assert answer(page, "one") == "left"
    assert control(page, "one").map._marked == "left"
    press("3")
    assert answer(page, "one") == "none"


def test_a_missing_or_broken_picture_is_said_and_the_list_remains(page, press):
    for name in ("lost", "broken"):
        found = control(page, name)
        assert found.map.isHidden()
        assert f"{name}.svg" in found._lack.text()
        page.go_to(f"/data/{name}")
        press("2")
        assert answer(page, name) == "right"


def test_lists_and_pictures_of_the_media_folder_come_with_the_form(page, press):
    page.go_to("/data/town")
    press("2")
    assert answer(page, "town") == "d"
    faces = [option.face for option in control(page, "plain").inputs()]
    assert faces[0].image is not None
    assert faces[1].image is None


@pytest.mark.parametrize(
    "evil",
    [
        '<script xmlns="http://www.w3.org/2000/svg">alert(1)</script>',
        '<image xmlns="http://www.w3.org/2000/svg" href="file:///etc/passwd" width="9" height="9"/>',
        '<image xmlns="http://www.w3.org/2000/svg" href="https://example.org/x.png"/>',
        '<use xmlns="http://www.w3.org/2000/svg" href="https://example.org/x.svg#a"/>',
        '<a xmlns="http://www.w3.org/2000/svg" href="https://example.org"/>',
        '<rect xmlns="http://www.w3.org/2000/svg" onclick="alert(1)" fill="url(https://example.org/p)"/>',
        '<style xmlns="http://www.w3.org/2000/svg">@import url(https://example.org/x.css);</style>',
        '<animate xmlns="http://www.w3.org/2000/svg" attributeName="x"/>',
        '<foreignObject xmlns="http://www.w3.org/2000/svg"><iframe src="https://example.org"/></foreignObject>',
        '<rect xmlns="http://www.w3.org/2000/svg" style="fill:url( \'https://example.org/p\')"/>',
    ],
)
def test_nothing_in_a_picture_runs_or_loads(evil):
    found = read_svg_map(SVG.replace(b"</svg>", evil.encode() + b"</svg>"), ["left"])
    for part in (found.picture, found.masks):
        for word in (b"example.org", b"passwd", b"alert", b"script", b"import", b"animate"):
            assert word not in part
    assert found.codes == ("left",)


@pytest.mark.parametrize(
    "data",
    [
        b"", b"<svg", b"<html/>", b'<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>',
        b"\x89PNG\r\n", b"<svg xmlns='http://www.w3.org/2000/svg'>" + b"<g>" * 500 + b"</g>" * 500 + b"</svg>",
    ],
)  # fmt: skip
def test_what_is_no_harmless_picture_is_refused(data):
    with pytest.raises((XmlError, ValueError)):
        read_svg_map(data, ["left"])
