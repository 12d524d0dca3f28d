import re
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage, QPalette
from PySide6.QtWidgets import QApplication

from roadmapdesk.desktop import fonts
from roadmapdesk.desktop.theme import TEXT_FACTORS, Scheme, Theme, load_tokens

ROOT = Path(__file__).resolve().parents[2]


def contrast(first: QColor, second: QColor) -> float:
    def luminance(colour: QColor) -> float:
        parts = [
            part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.getRgbF()[:3]
        ]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
def test_the_palette_reads_well(qapp: QApplication, scheme: Scheme) -> None:
    palette = Theme(scheme=scheme).palette()

    pairs = [
        (QPalette.ColorRole.WindowText, QPalette.ColorRole.Window),
        (QPalette.ColorRole.Text, QPalette.ColorRole.Base),
        (QPalette.ColorRole.ButtonText, QPalette.ColorRole.Button),
        (QPalette.ColorRole.HighlightedText, QPalette.ColorRole.Highlight),
        (QPalette.ColorRole.ToolTipText, QPalette.ColorRole.ToolTipBase),
        (QPalette.ColorRole.PlaceholderText, QPalette.ColorRole.Base),
        (QPalette.ColorRole.Link, QPalette.ColorRole.Base),
    ]
    poor = [(ink, ground) for ink, ground in pairs if contrast(palette.color(ink), palette.color(ground)) < 4.5]
    assert poor == []


@pytest.mark.parametrize("factor", TEXT_FACTORS)
def test_the_style_sheet_is_filled_and_grows_with_the_text(qapp: QApplication, factor: float) -> None:
    theme = Theme(scheme=Scheme.LIGHT, factor=factor)

    sheet = theme.style_sheet()

    assert "$" not in sheet
    assert f"font-size: {round(22 * factor)}px" in sheet


def test_text_sizes_step_between_the_ends(qapp: QApplication) -> None:
    theme = Theme(scheme=Scheme.LIGHT, factor=1.0)

    for _ in range(10):
        theme.step_factor(1)
    assert theme.factor == 2.0
    theme.step_factor(-1)
    assert theme.factor == 1.75
    theme.set_factor(0.2)
    assert theme.factor == 1.0
    qapp.setStyleSheet("")


def test_a_font_is_the_shipped_one_with_even_figures(qapp: QApplication) -> None:
    fonts.register()
    theme = Theme(scheme=Scheme.LIGHT, factor=1.5)

    font = theme.font("body", is_tabular=True)

    assert font.family() == load_tokens()["type"]["family"]
    assert font.pixelSize() == 22
    assert len(font.featureTags()) == 1


def test_icons_follow_the_scheme_and_are_drawn_once(qapp: QApplication) -> None:
    theme = Theme(scheme=Scheme.LIGHT)
    icon = theme.icon("search", "text")

    light = icon.pixmap(16, 16).toImage()
    theme.set_scheme(Scheme.DARK)
    dark = icon.pixmap(16, 16).toImage()

    assert light != dark
    assert theme.icon_pixmap("search", 16).cacheKey() == theme.icon_pixmap("search", 16).cacheKey()
    qapp.setStyleSheet("")


def test_a_disabled_icon_is_grey(qapp: QApplication) -> None:
    from PySide6.QtGui import QIcon

    theme = Theme(scheme=Scheme.LIGHT)
    icon = theme.icon("pencil", "error")

    image = icon.pixmap(24, 24, QIcon.Mode.Disabled).toImage().convertToFormat(QImage.Format.Format_ARGB32)

    inks = {
        image.pixelColor(x, y).name() for x in range(24) for y in range(24) if image.pixelColor(x, y).alpha() == 255
    }
    assert inks == {theme.colour("text_disabled").name()}


def test_an_icon_that_is_not_shipped_is_an_error(qapp: QApplication) -> None:
    with pytest.raises(OSError, match="no-such-icon"):
        Theme(scheme=Scheme.LIGHT).icon_pixmap("no-such-icon", 16)


def test_no_source_of_the_window_names_a_colour() -> None:
    literal = re.compile(r"""["']#[0-9A-Fa-f]{3,8}\b|QColor\(\s*\d""")
    found = [
        f"{path.name}:{number}"
        for path in (ROOT / "src" / "roadmapdesk" / "desktop").rglob("*.py")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if literal.search(line)
    ]
    sheet = (ROOT / "resources" / "style.qss").read_text(encoding="utf-8")
    assert found == []
    assert not re.search(r"#[0-9A-Fa-f]{6}", sheet)
