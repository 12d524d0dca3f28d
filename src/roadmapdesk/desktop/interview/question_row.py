"""One question on the page: wording, hint, guidance, input, and below it what is wrong."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from roadmapdesk.desktop.interview.controls.registry import control_for
from roadmapdesk.desktop.interview.labels import FormText, set_shown
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.labels import IconLabel, Text
from roadmapdesk.i18n import gettext as _
from roadmapdesk.workspace.wording import plain, split_label
from roadmapdesk.xforms.session.view import Kind, NodeView

if TYPE_CHECKING:
    from roadmapdesk.desktop.interview.controls.base import Control

BAR = 3
SIDE = 12
TEXT_WIDTH = 270
GUTTER = 8


class QuestionRow(QWidget):
    """A question with its input. It shows what the view says and reports what a person entered.

    Args:
        view: the question.
        theme: the look.

    Attributes:
        is_wanted: whether the question is relevant now.
        entered: the row got the focus.
        left: the row lost the focus.
    """

    entered = Signal(str)
    left = Signal(str)

    def __init__(self, view: NodeView, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ref = view.ref
        self._theme = theme
        self._view = view
        self.is_wanted = True
        self._is_fresh = True
        self._shown_second: NodeView | None = None
        self._is_guided = True
        self._is_current = False
        self._refused = ""
        self._shows_problem = False
        self._build(view)
        self._connect()

    @property
    def view(self) -> NodeView:
        """The question shown now."""
        return self._view

    @property
    def is_note(self) -> bool:
        """Whether there is nothing to answer."""
        return not self.control.inputs()

    @property
    def problem(self) -> str:
        """What is said below the input now; empty where nothing is wrong."""
        return self._problem_text.text()

    def _build(self, view: NodeView) -> None:
        theme = self._theme
        self._wording = FormText(type_style="question", parent=self)
        self._second = FormText(type_style="body", tone="muted", parent=self)
        self._hint = FormText(type_style="caption", tone="muted", parent=self)
        self._guidance_icon = IconLabel("info", theme=theme, colour="text_muted", parent=self)
        self._guidance = FormText(type_style="caption", tone="muted", parent=self)
        self._lock = Text("", type_style="caption", tone="muted", parent=self)
        self._problem_icon = IconLabel("circle-alert", theme=theme, colour="error", parent=self)
        self._problem_text = Text("", type_style="caption", tone="error", parent=self)
        self._problem_text.setProperty("type", "strong")
        self.control: Control = control_for(view)(theme=theme, parent=self)
        self.control.show_view(view)
        self._guidance_line = _line(self, self._guidance_icon, self._guidance)
        self._problem_line = _line(self, self._problem_icon, self._problem_text)
        self._texts = QVBoxLayout()
        self._texts.setSpacing(2)
        for widget in (self._wording, self._second, self._hint, self._guidance_line, self._lock):
            self._texts.addWidget(widget)
        self._texts.addStretch(1)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(SIDE, 8, SIDE, 9)
        self._grid.setHorizontalSpacing(GUTTER)
        self._grid.setVerticalSpacing(4)
        self._place()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _place(self) -> None:
        """Puts the input beside the wording, or below it where it needs the width."""
        is_beside = self.control.stands_beside and not self._theme.is_wide_text and self._fits_beside()
        for item in (self._texts, self.control, self._problem_line):
            if isinstance(item, QWidget):
                self._grid.removeWidget(item)
            else:
                self._grid.removeItem(item)
        if is_beside:
            self._grid.addLayout(self._texts, 0, 0)
            self._grid.addWidget(self.control, 0, 1, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)
            self._grid.addWidget(self._problem_line, 1, 0, 1, 2)
        else:
            self._grid.addLayout(self._texts, 0, 0, 1, 2)
            self._grid.addWidget(self.control, 1, 0, 1, 2)
            self._grid.addWidget(self._problem_line, 2, 0, 1, 2)
        self._grid.setColumnStretch(0, 1)
        self._is_beside = is_beside

    def _fits_beside(self) -> bool:
        width = self.width() if self.testAttribute(Qt.WidgetAttribute.WA_Resized) else 10_000
        return fits_beside(width, self.control.sizeHint().width())

    def _connect(self) -> None:
        self.control.input_refused.connect(self._on_control_input_refused)
        self._theme.changed.connect(self._on_theme_changed)
        self._watch_inputs()

    def _watch_inputs(self) -> None:
        for widget in self.control.inputs():
            widget.installEventFilter(self)

    def show_view(
        self, view: NodeView, second: NodeView | None = None, *, shows_problem: bool, guided: bool = True
    ) -> None:
        """Shows the question's present state.

        Args:
            view: in the language of the page.
            second: in the other language, where both stand side by side.
            shows_problem: whether an open required answer is worth a word yet.
            guided: whether the interviewer's guidance is shown.
        """
        self._view = view
        self._shows_problem = shows_problem
        self._shown_second, self._is_guided = second, guided
        self._show_texts(view, second, guided=guided)
        before = self.control.inputs()
        if not self._is_fresh or second is not None:
            self.control.show_view(view, second)
        self._is_fresh = False
        if self.control.inputs() != before:
            self._watch_inputs()
        self._show_problem()

    def _show_texts(self, view: NodeView, second: NodeView | None, *, guided: bool) -> None:
        wording = split_label(view.label)
        muted = self._theme.colour("text_muted").name()
        is_note = view.kind is Kind.NOTE
        style = "body" if is_note else "question"
        if self._wording.property("type") != style:
            self._wording.setProperty("type", style)
            self._wording.style().unpolish(self._wording)
            self._wording.style().polish(self._wording)
        text = wording.text or ("" if wording.code else view.name)
        self._wording.show_text(text, code=wording.code, code_colour=muted)
        other = split_label(second.label).text if second is not None else ""
        self._second.show_text(other if other != wording.text else "")
        hint = view.hint
        if second is not None and second.hint and second.hint != hint:
            hint = f"{hint}\n{second.hint}"
        self._hint.show_text(hint)
        self._guidance.show_text(view.guidance if guided else "")
        set_shown(self._guidance_line, bool(view.guidance) and guided)
        is_locked = view.is_readonly and not is_note and not view.has_calculation
        self._lock.setText(_("Locked by another answer") if is_locked else "")
        set_shown(self._lock, is_locked)

    def _show_problem(self) -> None:
        violation = self._view.violation
        text = self._refused
        if not text and violation is not None and self._shows_problem:
            text = violation.message
        if self._problem_text.text() != text:
            self._problem_text.setText(text)
        set_shown(self._problem_line, bool(text))
        parts = [plain(self._view.hint), _("required") if self._view.is_required else "", text]
        self.control.describe(". ".join(part for part in parts if part))

    def set_shows_problem(self, shows_problem: bool) -> None:
        """Shows or hides that a required answer is open."""
        if shows_problem != self._shows_problem:
            self._shows_problem = shows_problem
            self._show_problem()

    def set_current(self, is_current: bool) -> None:
        """Marks the row as the one that is being asked."""
        if is_current != self._is_current:
            self._is_current = is_current
            self.update()

    def _on_control_input_refused(self, sentence: str) -> None:
        if sentence != self._refused:
            self._refused = sentence
            self._show_problem()

    def _on_theme_changed(self) -> None:
        self._show_texts(self._view, self._shown_second, guided=self._is_guided)
        self._place()
        self.update()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            self.entered.emit(self.ref)
        elif (
            event.type() == QEvent.Type.FocusOut
            and isinstance(event, QFocusEvent)
            and event.reason() not in {Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason}
            and watched in self.control.inputs()
        ):
            self.control.commit()  # before anything repaints the row
            self.left.emit(self.ref)
        return False

    @override
    def resizeEvent(self, event: object) -> None:
        if self.control.stands_beside:
            is_beside = not self._theme.is_wide_text and self._fits_beside()
            if is_beside != self._is_beside:
                self._place()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = self._theme
        painter.fillRect(QRect(0, self.height() - 1, self.width(), 1), theme.colour("grid"))
        if self._is_current and not self.is_note:
            painter.fillRect(QRect(0, 0, BAR, self.height() - 1), theme.colour("accent"))
        painter.end()


def fits_beside(row_width: int, control_width: int) -> bool:
    """Whether a control of this width leaves enough room for the wording beside it."""
    return row_width - control_width - 2 * SIDE - GUTTER >= TEXT_WIDTH


def _line(parent: QWidget, icon: QWidget, text: QWidget) -> QWidget:
    """An icon and a text that wraps beside it."""
    line = QWidget(parent)
    layout = QHBoxLayout(line)
    layout.setContentsMargins(0, 2, 0, 0)
    layout.setSpacing(6)
    layout.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
    layout.addWidget(text, 1)
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    line.setSizePolicy(policy)
    return line
