"""Every screen: inputs have names, Tab reaches them in visual order, colours stand out, large text fits."""

import itertools
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QColor, QPalette
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from roadmapdesk.desktop.theme import Scheme, Theme
from roadmapdesk.domain.question_roles import Role
from roadmapdesk.workspace.interviewing import start_interview

INPUTS = (
    QAbstractButton, QAbstractItemView, QAbstractSlider, QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit,
    QTextEdit,
)  # fmt: skip
PAIRS = (
    ("text", "window"), ("text", "surface"), ("text", "sunken"), ("text", "raised"), ("text", "selection"),
    ("text_muted", "window"), ("text_muted", "surface"), ("accent", "surface"), ("accent", "accent_soft"),
    ("on_accent", "accent"), ("error", "surface"), ("warning", "surface"), ("ok", "surface"), ("error", "error_soft"),
    ("warning", "warning_soft"), ("ok", "ok_soft"), ("surface", "text_muted"),
)  # fmt: skip
LEAST = 4.5
LEAST_OUTLINE = 3.0


def contrast(first: QColor, second: QColor) -> float:
    """The ratio of WCAG 2.2, 1.4.3: 1 to 21."""

    def luminance(colour: QColor) -> float:
        parts = (colour.redF(), colour.greenF(), colour.blueF())
        red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_words_stand_out_from_their_ground(scheme, ink, ground, qapp):
    theme = Theme(scheme=scheme)
    assert contrast(theme.colour(ink), theme.colour(ground)) >= LEAST


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
@pytest.mark.parametrize(
    ("ink", "ground"), [("border_strong", "surface"), ("focus", "surface"), ("focus", "window"), ("accent", "window")]
)
def test_outlines_and_the_focus_stand_out_from_their_ground(scheme, ink, ground, qapp):
    theme = Theme(scheme=scheme)
    assert contrast(theme.colour(ink), theme.colour(ground)) >= LEAST_OUTLINE


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
def test_the_palette_itself_can_be_read(scheme, program):
    program.desk.theme.set_scheme(scheme)
    palette, role = QApplication.palette(), QPalette.ColorRole
    for ink, ground in (
        (role.WindowText, role.Window), (role.Text, role.Base), (role.ButtonText, role.Button),
        (role.ToolTipText, role.ToolTipBase), (role.HighlightedText, role.Highlight), (role.Link, role.Base),
    ):  # fmt: skip
        assert contrast(palette.color(ink), palette.color(ground)) >= LEAST, (ink, ground)


@pytest.fixture
def screens(program, opened, settle) -> Iterator[tuple[str, QWidget]]:
    """Every screen of an open project, one after the other, each after its work was done."""

    def run():
        workbench = program.window.workbench
        for entry in workbench.entries:
            workbench.go_to(entry.key)
            settle()
            yield entry.key, workbench.page
        workbench.go_to("interview", start_interview(opened))
        settle()
        page = workbench.page
        open_everything(page)
        settle()
        for section in [section for section in page.interview.pages.sections if section.refs]:
            page.travel.choose(section.key)
            page.questions.rows()
            settle()
            yield f"interview {section.key}", page

    return run()


def open_everything(page) -> None:
    """Answers what the other sections depend on: consent, and two stages of one's own."""
    interview = page.interview
    for role in (Role.CONSENT_PARTICIPATE, Role.ANY_STAGE_ACTIVE, Role.STAGES_ACTIVE):
        ref = interview.path_of(interview.roles.question(role))
        codes = [choice.value for choice in interview.view(ref).choices]
        yes = next((code for code in codes if interview.roles.says_yes(role, code)), codes[0])
        page.conductor.answer(ref, " ".join(codes[:2]) if role is Role.STAGES_ACTIVE else yes)


def inputs_of(page: QWidget) -> list[QWidget]:
    """What a person can operate on a screen."""
    found = []
    for widget in page.findChildren(QWidget):
        is_part = isinstance(widget.parent(), QComboBox | QAbstractSpinBox) or widget.objectName().startswith("qt_")
        if isinstance(widget, INPUTS) and widget.isVisible() and widget.isEnabled() and not is_part:
            found.append(widget)
    return found


def takes_tab(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)


def test_every_input_of_every_screen_has_a_name(screens, program):
    nameless = []
    for name, page in screens:
        for widget in [*inputs_of(page), *inputs_of(program.window.workbench)]:
            interface = QAccessible.queryAccessibleInterface(widget)
            if takes_tab(widget) and not (interface.text(QAccessible.Text.Name) or widget.accessibleName()).strip():
                nameless.append((name, type(widget).__name__, widget.objectName()))
    assert not nameless, sorted(set(nameless))


def test_tab_reaches_every_input_from_top_to_bottom(screens):
    wrong = []
    for name, page in screens:
        reachable = [widget for widget in _chain(page) if takes_tab(widget)]
        for widget in inputs_of(page):
            if takes_tab(widget) and widget not in reachable:
                wrong.append((name, "not reached", type(widget).__name__, widget.accessibleName()))
        if hasattr(page, "questions"):
            rows = page.questions.rows()
            heights = [row.mapTo(page.questions.widget(), QPoint()).y() for row in rows]
            wrong += [
                (name, "upwards", above, below) for above, below in itertools.pairwise(heights) if below < above
            ]
            entries = [widget for row in rows for widget in row.control.inputs() if takes_tab(widget)]
            order = [reachable.index(widget) for widget in entries if widget in reachable]
            assert order == sorted(order), name
    assert not wrong, wrong[:20]


def _chain(page: QWidget) -> list[QWidget]:
    """The widgets in the order in which Tab visits them."""
    found, widget = [], page.window().nextInFocusChain()
    while widget is not None and widget is not page.window() and len(found) < 20_000:
        found.append(widget)
        widget = widget.nextInFocusChain()
    return found


def test_text_at_twice_the_size_is_not_cut(screens, program, settle):
    program.desk.theme.set_factor(2.0)
    settle()
    cut = []
    for name, page in screens:
        if hasattr(page, "questions"):
            width, room = page.questions.widget().width(), page.questions.viewport().width()
            if width > room:
                cut.append((name, "the whole page", width, room))
        for label in page.findChildren(QLabel):
            if not label.isVisible() or not label.text() or type(label).__name__ == "ElidedLabel":
                continue
            needed = label.heightForWidth(label.width()) if label.wordWrap() else label.sizeHint().height()
            if needed > label.height() + 2 or (not label.wordWrap() and label.sizeHint().width() > label.width() + 2):
                cut.append((name, label.text()[:30], needed, label.height(), label.sizeHint().width(), label.width()))
        for button in page.findChildren(QAbstractButton):
            if button.isVisible() and button.text() and button.minimumSizeHint().width() > button.width() + 2:
                cut.append((name, button.text()[:30], button.minimumSizeHint().width(), button.width()))
    assert not cut, (len(cut), cut[:20])
