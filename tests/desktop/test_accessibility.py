"""Every screen: inputs have names, Tab reaches them in visual order, colours stand out, large text fits."""

import importlib
import pkgutil
from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QColor, QImage, QPalette
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

import roadmapdesk.desktop
from roadmapdesk.desktop.theme import Scheme, Theme
from roadmapdesk.desktop.widgets.dialog import Dialog
from roadmapdesk.domain.question_roles import Role
from roadmapdesk.workspace.interviewing import start_interview

from .dialogs import Dialogs

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


SUB_PAGES = ("planning", "backups", "exports", "erasure", "versions")


@pytest.fixture
def screens(program, opened, settle) -> Iterator[tuple[str, QWidget]]:
    """Every screen, one after the other, each after its work was done."""

    def run():
        workbench = program.window.workbench
        for entry in workbench.entries:
            workbench.go_to(entry.key)
            settle()
            yield entry.key, workbench.page
        interview_id = start_interview(opened)
        for key in SUB_PAGES:
            workbench.go_to(key, interview_id if key == "versions" else "")
            settle()
            assert workbench.page.key == key
            yield key, workbench.page
        workbench.go_to("interview", interview_id)
        settle()
        page = workbench.page
        open_everything(page)
        settle()
        for section in [section for section in page.interview.pages.sections if section.refs]:
            page.travel.choose(section.key)
            page.questions.rows()
            settle()
            yield f"interview {section.key}", page
        page.closing.check()
        settle()
        yield "interview with problems", page
        program.window.close_project()
        settle()
        yield "start", program.window

    return run()


@pytest.fixture
def dialogs(program, opened, prompts, settle, tmp_path) -> Dialogs:
    return Dialogs(program, opened, prompts, settle, tmp_path)


def test_every_sub_page_and_dialog_is_among_those_that_are_looked_at(program, dialogs):
    for module in pkgutil.walk_packages(roadmapdesk.desktop.__path__, "roadmapdesk.desktop."):
        importlib.import_module(module.name)
    known = set(dialogs.openers())
    found = {
        one.__name__
        if f"{one.__module__.split('.')[2]}.{one.__name__}" not in known
        else f"{one.__module__.split('.')[2]}.{one.__name__}"
        for one in _subclasses(QDialog)
        if one.__module__.startswith("roadmapdesk.desktop.") and one is not Dialog
    }
    assert found | {"HandbookWindow", "ReadingWindow"} == known
    assert {*SUB_PAGES, "interview"} == set(program.window.workbench._sub_pages)


def _subclasses(kind: type) -> Iterator[type]:
    for one in kind.__subclasses__():
        yield one
        yield from _subclasses(one)


@pytest.mark.slow
@pytest.mark.parametrize(("scheme", "factor"), [(Scheme.LIGHT, 1.0), (Scheme.DARK, 2.0)])
def test_every_dialog_has_names_an_order_contrast_and_room_for_large_text(program, dialogs, settle, scheme, factor):
    program.desk.theme.set_scheme(scheme)
    program.desk.theme.set_factor(factor)
    wrong = []
    for name, open_ in dialogs.openers().items():
        dialog = open_()
        dialog.show()
        settle()
        wrong += [(name, "no name", *entry) for entry in nameless(dialog)]
        wrong += [(name, "order", *entry) for entry in jumps(dialog)]
        wrong += [(name, "faint", *entry) for entry in faint(dialog)]
        wrong += [(name, "cut", *entry) for entry in cut(dialog)]
        wrong += [(name, "ring", *entry) for entry in clipped_rings(dialog, program)]
        room = program.window.size()
        if dialog.width() > room.width() or dialog.height() > room.height():
            wrong.append((name, "larger than the window", dialog.size()))
        dialog.close()
        settle()
    assert not wrong, "\n".join(map(str, wrong))


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


def nameless(root: QWidget) -> list[tuple[str, str]]:
    """Inputs that a screen reader could not name."""
    found = []
    for widget in inputs_of(root):
        interface = QAccessible.queryAccessibleInterface(widget)
        if takes_tab(widget) and not (interface.text(QAccessible.Text.Name) or widget.accessibleName()).strip():
            found.append((type(widget).__name__, widget.objectName()))
    return found


def jumps(root: QWidget) -> list[tuple[str, str]]:
    """Inputs that Tab does not reach, and places where it goes upwards; once it may begin again at the top."""
    chain = [widget for widget in _chain(root) if takes_tab(widget)]
    entries = [widget for widget in inputs_of(root) if takes_tab(widget)]
    missed = [("not reached", _call(widget)) for widget in entries if widget not in chain]
    order = sorted((widget for widget in entries if widget in chain), key=chain.index)
    boxes = [QRect(widget.mapTo(root, QPoint()), widget.size()) for widget in order]
    upwards = [
        (_call(order[place - 1]), _call(order[place]))
        for place in range(len(order))
        if boxes[place].bottom() <= boxes[place - 1].top()
        and boxes[place].left() < boxes[place - 1].right()
        and not (order[place].visibleRegion().isEmpty() or order[place - 1].visibleRegion().isEmpty())
    ]
    return missed + (upwards if len(upwards) > 1 else [])


def faint(root: QWidget) -> list[tuple[str, float]]:
    """Words whose strongest pixel stands out too little from what lies most around it."""
    image = root.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1, 4)[:, : image.width(), 2::-1]
    found = []
    for widget in root.findChildren(QWidget):
        if not isinstance(widget, QLabel | QAbstractButton | QLineEdit) or not widget.isVisible():
            continue
        text = widget.text()
        if not text or not widget.isEnabled():
            continue
        seen = widget.visibleRegion().boundingRect().adjusted(4, 4, -4, -4).translated(widget.mapTo(root, QPoint()))
        if seen.width() < 8 or seen.height() < 8:
            continue
        part = pixels[seen.top() : seen.bottom(), seen.left() : seen.right()].reshape(-1, 3)
        colours, counts = np.unique(part, axis=0, return_counts=True)
        light = luminances(colours)
        ground = light[counts.argmax()]
        best = float(((np.maximum(light, ground) + 0.05) / (np.minimum(light, ground) + 0.05)).max())
        if best < LEAST:
            found.append((f"{type(widget).__name__} {text[:30]!r}", round(best, 2)))
    return found


def luminances(colours: np.ndarray) -> np.ndarray:
    """The relative luminance of each colour, as in `contrast`."""
    parts = colours / 255
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    return linear @ np.array((0.2126, 0.7152, 0.0722))


def cut(root: QWidget) -> list[tuple[object, ...]]:
    """Labels and buttons that have too little room for their words."""
    found = []
    for label in root.findChildren(QLabel):
        if not label.isVisible() or not label.text() or type(label).__name__ == "ElidedLabel":
            continue
        needed = label.heightForWidth(label.width()) if label.wordWrap() else label.sizeHint().height()
        if needed > label.height() + 2 or (not label.wordWrap() and label.sizeHint().width() > label.width() + 2):
            found.append((label.text()[:30], needed, label.height(), label.sizeHint().width(), label.width()))
    for line in root.findChildren(QLineEdit):
        margins, words = line.textMargins(), line.fontMetrics().horizontalAdvance(line.placeholderText())
        room = line.contentsRect().width() - margins.left() - margins.right() - 4
        if line.isVisible() and words > room:
            found.append((line.placeholderText(), words, room))
    for button in root.findChildren(QAbstractButton):
        if button.isVisible() and button.text() and button.minimumSizeHint().width() > button.width() + 2:
            found.append((button.text()[:30], button.minimumSizeHint().width(), button.width()))
        if button.isVisible() and button.text() and button.minimumSizeHint().height() > button.height() + 2:
            found.append((button.text()[:30], "low", button.minimumSizeHint().height(), button.height()))
    return found


def _call(widget: QWidget) -> str:
    return f"{type(widget).__name__} {widget.accessibleName() or widget.objectName()!r}"


def _chain(root: QWidget) -> list[QWidget]:
    """The widgets in the order in which Tab visits them."""
    found, widget = [], root.window().nextInFocusChain()
    while widget is not None and widget is not root.window() and len(found) < 20_000:
        found.append(widget)
        widget = widget.nextInFocusChain()
    return found


def test_every_input_of_every_screen_has_a_name(screens, program):
    wrong = [(name, *entry) for name, page in screens for entry in [*nameless(page), *nameless(program.window)]]
    assert not wrong, sorted(set(wrong))


def test_tab_reaches_every_input_of_every_screen_in_visual_order(screens):
    wrong = []
    for name, page in screens:
        wrong += [(name, *entry) for entry in jumps(page)]
        if hasattr(page, "questions"):
            chain = _chain(page)
            entries = [
                widget for row in page.questions.rows() for widget in row.control.inputs() if takes_tab(widget)
            ]
            assert [chain.index(entry) for entry in entries] == sorted(chain.index(entry) for entry in entries), name
    assert not wrong, "\n".join(map(str, wrong))


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, pytest.param(Scheme.DARK, marks=pytest.mark.slow)])
def test_words_on_every_screen_stand_out(screens, program, scheme):
    program.desk.theme.set_scheme(scheme)
    wrong = [(name, *entry) for name, page in screens for entry in [*faint(page), *faint(program.window.status)]]
    assert not wrong, "\n".join(map(str, dict.fromkeys(wrong)))


def test_text_at_twice_the_size_is_not_cut(screens, program, settle):
    program.desk.theme.set_factor(2.0)
    settle()
    wrong = []
    for name, page in screens:
        if hasattr(page, "questions"):
            width, room = page.questions.widget().width(), page.questions.viewport().width()
            if width > room:
                wrong.append((name, "the whole page", width, room))
        wrong += [(name, *entry) for entry in [*cut(page), *cut(program.window.status)]]
    assert not wrong, "\n".join(map(str, wrong))


def clipped_rings(root: QWidget, program) -> list[tuple[str, str]]:
    """Inputs whose focus ring has too little room around them."""
    root.activateWindow()
    found = []
    for widget in inputs_of(root):
        if not takes_tab(widget):
            continue
        widget.setFocus()
        if program.ring.target is not widget:
            continue  # it shows its focus itself
        ring = program.ring._ring
        if not ring.parentWidget().rect().contains(ring.geometry()):
            found.append((_call(widget), type(ring.parentWidget()).__name__))
    return found


def test_the_focus_ring_has_room_on_every_screen(screens, program):
    wrong = []
    for name, page in screens:
        if name == "interview with problems" or not name.startswith("interview "):
            wrong += [(name, *entry) for entry in clipped_rings(page, program)]
    assert not wrong, "\n".join(map(str, dict.fromkeys(wrong)))


def test_the_checks_notice_what_is_wrong(qtbot, qapp):
    """Each check fails where it should: a nameless field, an order that jumps, faint words, words without room."""
    box = QWidget()
    qtbot.addWidget(box)
    first, second, third = QLineEdit(box), QLineEdit(box), QLineEdit(box)
    for place, line in enumerate((first, second, third)):
        line.setGeometry(0, 40 * place, 100, 30)
    second.setAccessibleName("Second")
    QWidget.setTabOrder(third, second)
    QWidget.setTabOrder(second, first)
    words = QLabel("Grey on grey", box)
    words.setGeometry(0, 140, 40, 8)
    words.setStyleSheet("color: #cccccc; background: #bbbbbb; padding: 0")
    box.resize(300, 200)
    box.show()
    qapp.processEvents()
    assert len(nameless(box)) == 2
    assert len(jumps(box)) == 2
    words.setGeometry(0, 140, 200, 40)
    assert faint(box)
    words.setGeometry(0, 140, 20, 8)
    assert cut(box)
