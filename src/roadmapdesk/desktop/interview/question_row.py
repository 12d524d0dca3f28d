"""One question on the page: wording, hint, guidance, input, and below it what is wrong."""

from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from roadmapdesk.desktop.interview.controls.registry import control_for
from roadmapdesk.desktop.interview.labels import set_shown
from roadmapdesk.desktop.interview.row_texts import IconLine, RowTexts
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.labels import WRAPPING, Text
from roadmapdesk.i18n import gettext as _
from roadmapdesk.workspace.wording import plain
from roadmapdesk.xforms.session.view import Kind, NodeView, ReadView

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from roadmapdesk.desktop.interview.controls.base import Control
    from roadmapdesk.desktop.interview.label_media import Clip

BAR = 3
SIDE = 12
TEXT_WIDTH = 270
GUTTER = 8
_GAP = 2
_BETWEEN = 24
_OFFERING = frozenset({"select1", "select", "rank"})


class QuestionRow(QWidget):
    """A question with its input. It shows what the view says and reports what a person entered.

    Args:
        view: the question.
        theme: the look.
        is_cell: whether the question shares its row with others; two languages then stand one below the other.

    Attributes:
        is_wanted: whether the question is relevant now.
        when_calm: runs what may move the page, at once or after the mouse is released.
        explain_lock: gives words for why the question with this ref is locked, or nothing.
    """

    def __init__(self, view: NodeView, *, theme: Theme, is_cell: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ref = view.ref
        self._is_cell = is_cell
        self._theme = theme
        self._view = view
        self.is_wanted = True
        self.when_calm: Callable[[Callable[[], None]], None] = lambda work: work()
        self.explain_lock: Callable[[str], str] = lambda _ref: ""
        self._is_fresh = True
        self._shown_second: NodeView | None = None
        self._is_guided = True
        self._is_current = False
        self._refused = ""
        self._declined = ""
        self._shows_problem = False
        self._problem = ""
        self._lock = ""
        self._build(view)
        self.control.input_refused.connect(self._on_control_input_refused)

    @property
    def view(self) -> NodeView:
        """The question shown now."""
        return self._view

    @property
    def is_note(self) -> bool:
        """Whether there is nothing to answer."""
        return not self.control.inputs()

    @property
    def is_read(self) -> bool:
        """Whether the interview is closed, so that the question is only read."""
        return isinstance(self._view, ReadView)

    @property
    def problem(self) -> str:
        """What is said below the input now; empty where nothing is wrong."""
        return self._problem

    @property
    def lock(self) -> str:
        """Why the question takes no answer now; empty where it does."""
        return self._lock

    def _build(self, view: NodeView) -> None:
        self._texts = RowTexts(theme=self._theme, is_cell=self._is_cell, parent=self)
        self._problem_line: IconLine | None = None
        self.control: Control = control_for(view)(theme=self._theme, parent=self)
        self.control.show_view(view)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(SIDE, 8, SIDE, 9)
        self._column.setSpacing(_GAP)
        self._arrangement: _Arrangement | None = None
        self._place()
        self.setSizePolicy(WRAPPING)

    def _place(self) -> None:
        """Puts the input beside the wording, or below it where it needs the width."""
        arrangement = self._wanted_arrangement()
        if arrangement is self._arrangement:
            return
        while self._column.count():
            self._column.takeAt(0)
        self._arrangement = arrangement
        if arrangement is _Arrangement.BELOW:
            self._texts.stand_in(self._column)
        else:
            self._column.addLayout(self._head(arrangement))
        if arrangement is not _Arrangement.BESIDE:
            if self._view.kind is not Kind.NOTE:
                self._column.addSpacing(_GAP)
            self._column.addWidget(self.control)
        if self._problem_line is not None:
            self._column.addWidget(self._problem_line)
        if self._is_cell:
            self._column.addStretch(1)  # a cell is as high as its highest neighbour; the input stays at the wording

    def _head(self, arrangement: "_Arrangement") -> QHBoxLayout:
        """The wording, and right of it the input or the wording in the other language."""
        head = QHBoxLayout()
        left = _upwards()
        head.addLayout(left, 1)
        if arrangement is _Arrangement.BESIDE:
            head.setSpacing(GUTTER)
            self._texts.stand_in(left)
            head.addWidget(self.control, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)
        else:
            head.setSpacing(_BETWEEN)
            right = _upwards()
            head.addLayout(right, 1)
            self._texts.stand_in(left, right)
        return head

    def _wanted_arrangement(self) -> "_Arrangement":
        if self._texts.is_parted:
            return _Arrangement.PARTED
        return _Arrangement.BESIDE if self._wants_beside() else _Arrangement.BELOW

    def _wants_beside(self) -> bool:
        if not self.control.stands_beside or self._theme.is_wide_text or self._shown_second is not None:
            return False
        return self._fits_beside()

    def _fits_beside(self) -> bool:
        width = self.width() if self.testAttribute(Qt.WidgetAttribute.WA_Resized) else 10_000
        return fits_beside(width, self.control.sizeHint().width())

    def stops(self) -> tuple[QWidget, ...]:
        """Everything in the row that takes the focus, in visual order: what plays the wording, then the inputs."""
        media = self._texts.media
        return (*media.buttons(), *self.control.inputs()) if media is not None else self.control.inputs()

    def set_player(self, play: "Callable[[Clip], None]") -> None:
        """Says who plays the sounds and films of the wording; before the row shows its view."""
        self._texts.play = play

    def show_clip_playing(self, name: str) -> None:
        """Says which sound of the wording is being played; empty for none."""
        if self._texts.media is not None:
            self._texts.media.show_playing(name)

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
        self._show_texts()
        if not self._is_fresh or second is not None:
            self.control.show_view(view, second)
        self._is_fresh = False
        self._place()
        self._show_problem()

    def _show_texts(self) -> None:
        view = self._view
        is_form_lock = view.is_readonly and not self.is_read  # a closed interview says so once, above its questions
        is_locked = is_form_lock and view.kind is not Kind.NOTE and not view.has_calculation
        self._lock = (self.explain_lock(self.ref) or _("Locked by another answer")) if is_locked else ""
        if not self._lock and view.control in _OFFERING and not view.choices:
            self._lock = _("No choice is offered: the list is empty or missing, or it depends on an earlier answer.")
        self._texts.show_view(view, self._shown_second, guided=self._is_guided, lock=self._lock)

    def _show_problem(self) -> None:
        violation = self._view.violation
        text = self._refused or self._declined
        if not text and violation is not None and self._shows_problem:
            text = violation.message
        self._say(text)
        parts = [plain(self._view.hint), _("required") if self._view.is_required else "", text]
        self.control.describe(". ".join(part for part in parts if part))

    def _say(self, text: str) -> None:
        """Says below the input what is wrong; the line is made for the first problem."""
        self._problem = text
        if self._problem_line is None:
            if not text:
                return
            label = Text("", type_style="strong", tone="error", parent=self)
            self._problem_line = IconLine(
                "circle-alert", label, theme=self._theme, colour="error", parent=self, above=2 + _GAP
            )
            self._column.insertWidget(self._column.count() - self._is_cell, self._problem_line)
            self._problem_line.setVisible(True)
        self._problem_line.text.setText(text)
        set_shown(self._problem_line, bool(text))

    def decline(self, why: str) -> None:
        """Says that the last answer was not taken, and why; empty words take that away."""
        if why != self._declined:
            self._declined = why
            self.when_calm(self._show_problem)

    def set_shows_problem(self, shows_problem: bool) -> None:
        """Shows or hides that a required answer is open."""
        if shows_problem != self._shows_problem:
            self._shows_problem = shows_problem
            self._show_problem()

    def take_focus(self) -> None:
        """Puts the focus where typing should go; a row that takes no answer now has it itself."""
        if any(widget.isEnabled() for widget in self.control.inputs()):
            self.control.take_focus()
        else:
            self.setAccessibleName(". ".join(part for part in (plain(self._view.label), self._lock) if part))
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_current(self, is_current: bool) -> None:
        """Marks the row as the one that is being asked."""
        if is_current != self._is_current:
            self._is_current = is_current
            self.update()

    @Slot(str)
    def _on_control_input_refused(self, sentence: str) -> None:
        if sentence != self._refused:
            self._refused = sentence
            self.when_calm(self._show_problem)

    def follow_theme(self) -> None:
        """Shows the question in another look or text size."""
        self.control.follow_theme()
        self._show_texts()
        self._place()
        self.update()

    @override
    def resizeEvent(self, event: object) -> None:
        if self.control.stands_beside:
            self._place()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = self._theme
        painter.fillRect(QRect(0, self.height() - 1, self.width(), 1), theme.colour("grid"))
        if self._is_current and not self.is_note:
            painter.fillRect(QRect(0, 0, BAR, self.height() - 1), theme.colour("accent"))
        painter.end()


class _Arrangement(Enum):
    """Where the input stands: below the wording, beside it, or below the wording in two languages."""

    BELOW = "below"
    BESIDE = "beside"
    PARTED = "parted"


def _upwards() -> QVBoxLayout:
    """A column whose contents stand at its top."""
    column = QVBoxLayout()
    column.setSpacing(_GAP)
    column.addStretch(1)
    return column


def fits_beside(row_width: int, control_width: int) -> bool:
    """Whether a control of this width leaves enough room for the wording beside it."""
    return row_width - control_width - 2 * SIDE - GUTTER >= TEXT_WIDTH


def is_stop(row: QuestionRow) -> bool:
    """Whether the way through the page stops here: at what is asked and not locked, in a closed interview at all."""
    inputs = row.control.inputs()
    return row.is_wanted and (any(widget.isEnabled() for widget in inputs) or (row.is_read and bool(inputs)))


def is_in_sight(widget: QWidget) -> bool:
    """Whether any part of it is on the screen."""
    return not widget.visibleRegion().isEmpty()


def chain_tabs(rows: "Iterable[QuestionRow]") -> None:
    """Has Tab go down the page, from input to input."""
    before: QWidget | None = None
    for row in rows:
        for entry in row.stops():
            if before is not None:
                QWidget.setTabOrder(before, entry)
            before = entry
