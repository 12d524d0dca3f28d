"""The picture that a form gives to a question stands below its wording."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from roadmapdesk.desktop.interview.controls.images import png_of
from roadmapdesk.desktop.interview.label_picture import LabelPicture

FORM = """
|survey|
||type|name|label|media::image|
||text|shown|Which building is this?|house.png|
||text|lost|And this?|lost.png|
||text|none|And none?||
"""


def test_the_picture_of_a_wording_stands_below_it_and_a_lost_one_takes_no_room(open_page, tmp_path, qapp):
    image = QImage(1200, 300, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkGreen)
    media = tmp_path / "form-media"
    media.mkdir()
    (media / "house.png").write_bytes(png_of(image))
    page = open_page(FORM)
    page.questions.rows()
    qapp.processEvents()
    shown, lost, none = (page.questions.row(f"/data/{name}") for name in ("shown", "lost", "none"))
    picture = shown.findChild(LabelPicture)
    assert picture.isVisible()
    assert picture.accessibleName() == "Which building is this?"
    assert picture.width() >= 4 * (picture.height() - 5)
    seen = picture.grab().toImage().pixelColor(picture.rect().topLeft().x() + 10, 20)
    assert seen.green() > seen.red()
    assert not lost.findChild(LabelPicture).isVisible()
    assert none.findChild(LabelPicture) is None
    assert lost.height() == none.height()
