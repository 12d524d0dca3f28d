"""One section of the form as one scrolling page of plain widgets; only what changed is painted again."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from roadmapdesk.desktop.interview.anchor import Anchor
from roadmapdesk.desktop.interview.controls.attachment import AttachmentField
from roadmapdesk.desktop.interview.filling import Filling, laid_out_once
from roadmapdesk.desktop.interview.focus_watch import FocusWatch
from roadmapdesk.desktop.interview.grid_lines import Placing
from roadmapdesk.desktop.interview.ground import Ground
from roadmapdesk.desktop.interview.headings import AddCard, CardHeading, GroupHeading, RunHead
from roadmapdesk.desktop.interview.labels import set_shown
from roadmapdesk.desktop.interview.parting import Parting
from roadmapdesk.desktop.interview.question_row import QuestionRow, chain_tabs, is_in_sight, is_stop
from roadmapdesk.desktop.interview.section_slots import PageLook, Slot, is_wanted, slots_of
from roadmapdesk.desktop.interview.stepping import direction_of
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.scrolled import QuietBar
from roadmapdesk.xforms.session.view import NodeView

WIDEST = 1040  # width from which questions grow no further: an answer far from its question misleads the eye
TOP_ROOM = 32  # pixels above a question that a page begins with


class SectionPage(QScrollArea):
    """The questions of one section.

    Args:
        theme: the look.
        find: gives the present view of a ref.

    Attributes:
        answer_chosen: (ref, stored text) — an answer is complete.
        answer_typed: (ref, stored text) — an answer is being typed.
        question_entered: a question got the focus.
        question_left: a question lost the focus.
        answer_due: what was typed has to count now, before the next question is looked for.
        card_wanted: with the ref of a repeat that shall get an instance.
        card_removal_wanted: with the ref of an instance.
        file_offered: (ref, name, bytes, media type).
        file_wanted: a file shall be chosen for this ref.
        clip_wanted: (ref, `Clip`) — a sound or film of the wording shall be played.
        media_wanted: (ref, command) — something is wanted of a stored file or of the microphone.
        end_passed: the next (1) or previous (-1) question is on another page.
        row_made: a row appeared on the page; long pages appear in slices.
    """

    answer_chosen = Signal(str, str)
    answer_typed = Signal(str, str)
    question_entered = Signal(str)
    question_left = Signal(str)
    answer_due = Signal()
    card_wanted = Signal(str)
    card_removal_wanted = Signal(str)
    file_offered = Signal(str, str, bytes, str)
    file_wanted = Signal(str)
    clip_wanted = Signal(str, object)
    media_wanted = Signal(str, str)
    end_passed = Signal(int)
    row_made = Signal(object)

    def __init__(self, *, theme: Theme, find: Callable[[str], NodeView], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._find = find
        self._look = PageLook()
        self._slots: tuple[Slot, ...] = ()
        self._widgets: list[QWidget | None] = []
        self._places: dict[str, list[int]] = {}
        self._due: frozenset[str] = frozenset()
        self._current = ""
        self.setObjectName("section_page")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBar(QuietBar(self))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._anchor = Anchor(self, rows=self._made_rows, settle=self._settle)
        self._filling = Filling(self._repaint_slot, around=lambda: laid_out_once(self._column), parent=self)
        self._filling.slice_begins.connect(self._anchor.choose)
        self._filling.slice_ended.connect(self._anchor.restore)
        self._filling.finished.connect(lambda: chain_tabs(self._made_rows()))
        self._parting = Parting(self)
        self._focus = FocusWatch(self)
        self._focus.entered.connect(lambda ref: self._parting.run(lambda: self._on_row_entered(ref)))
        self._focus.left.connect(lambda ref: self._parting.run(lambda: self.question_left.emit(ref)))
        theme.changed.connect(self._on_theme_changed)
        holder = Ground(self)
        holder.setProperty("panel", "plain")
        self._pages = QHBoxLayout(holder)
        self._pages.setContentsMargins(0, 0, 0, 0)
        self._body: QFrame = Ground(holder)
        self._column = QVBoxLayout(self._body)
        self._placing = Placing((), self._column, theme=theme)
        self._pages.addWidget(self._body, 10_000)
        self._pages.addStretch(1)
        self.setWidget(holder)

    @property
    def current(self) -> str:
        """The ref of the question being asked, empty before the first."""
        return self._current

    def show_section(
        self, views: tuple[NodeView, ...], look: PageLook, due: frozenset[str], *, at: str = "", y: int = TOP_ROOM
    ) -> None:
        """Shows a section: what fits on the screen at once, the rest right after it.

        Args:
            views: the nodes whose contents the page shows.
            look: language, guidance, state.
            due: refs whose open required answer is worth a word.
            at: ref of the question to begin with; empty for the top.
            y: how far below the upper edge that question stands, in pixels.
        """
        self._look = look
        self._due = due
        self._current = ""
        self._anchor.release()
        self._slots = slots_of(views, is_grid=look.is_grid)
        self._widgets = [None] * len(self._slots)
        self._places = {}
        for place, slot in enumerate(self._slots):
            for ref in {slot.ref, *slot.rows}:
                self._places.setdefault(ref, []).append(place)
        old = self._body
        self._body = self._new_body()
        self._placing = Placing(self._slots, self._column, theme=self._theme)
        self._pages.replaceWidget(old, self._body)
        if old.isAncestorOf(QApplication.focusWidget() or self):
            self.setFocus()  # hiding it would wander through what stands beside the page, until a question is entered
        old.hide()
        old.deleteLater()  # not at once: the key that leads here may still be handled by one of its inputs
        self.verticalScrollBar().setValue(0)
        start = self._places.get(at, [0])[-1]
        self._filling.begin([*range(start, len(self._slots)), *range(start - 1, -1, -1)])
        self._body.show()
        if start and self._filling.is_busy:
            self._anchor.hold(self.row(at), y)

    def _new_body(self) -> QFrame:
        body = Ground(self._body.parentWidget())
        body.setProperty("panel", "plain")
        body.setMaximumWidth(self._theme.px(WIDEST))
        self._column = QVBoxLayout(body)
        self._column.setContentsMargins(12, 4, 0, 24)
        self._column.setSpacing(0)
        self._column.addStretch(1)
        return body

    def set_look(self, look: PageLook) -> None:
        """Shows the same questions in another manner: the one being asked first, then those on the screen."""
        self._look = look
        top = next((place for place, w in enumerate(self._widgets) if w is not None and is_in_sight(w)), 0)
        current = self._places.get(self._current, ())
        self._filling.begin([*current, *range(top, len(self._slots)), *range(top - 1, -1, -1)])

    def _settle(self) -> None:
        """Has the layout take its new height now instead of with the next event."""
        self._column.activate()
        self._pages.activate()
        QCoreApplication.sendEvent(self, QEvent(QEvent.Type.LayoutRequest))

    def repaint_refs(self, refs: Iterable[str], due: frozenset[str]) -> None:
        """Paints these nodes anew, and those whose open answer became worth a word or stopped being it."""
        places = {place for ref in refs for place in self._places.get(ref, ())}
        for ref in due ^ self._due:
            for place in self._places.get(ref, ()):
                row = self._widgets[place]
                if isinstance(row, QuestionRow):
                    row.set_shows_problem(ref in due)
        self._due = due
        fresh = []
        for place in sorted(places):
            if self._widgets[place] is not None:
                self._repaint_slot(place)
            elif not self._filling.is_waiting(place) and is_wanted(self._slots[place], self._find, self._look):
                fresh.append(place)
        if fresh:
            if not self._filling.is_busy:
                self._anchor.release()
            self._filling.add(fresh)

    def _repaint_slot(self, place: int) -> None:
        """Brings one place up to date; a widget is made for it when it is first wanted."""
        slot = self._slots[place]
        view = self._find(slot.ref)
        widget = self._widgets[place]
        wanted = is_wanted(slot, self._find, self._look)
        is_new = widget is None and wanted
        if is_new:
            widget = self._make(slot, view)
            self._placing.insert(place, widget)
            self._widgets[place] = widget
            if isinstance(widget, QuestionRow):
                self.row_made.emit(widget)
        if widget is not None:
            if wanted:
                self._fill(slot, widget, view)
            if isinstance(widget, QuestionRow):
                widget.is_wanted = wanted
            set_shown(widget, wanted)
            if is_new and wanted and self._body.isVisible():
                widget.show()

    def _make(self, slot: Slot, view: NodeView) -> QWidget:
        if slot.kind == "question":
            return self._make_row(view, is_cell=bool(slot.run))
        if slot.kind == "scale_head":
            return RunHead(theme=self._theme, parent=self._body)
        if slot.kind == "card":
            card = CardHeading(slot.ref, theme=self._theme, parent=self._body)
            card.removal_wanted.connect(partial(self._after_parting, self.card_removal_wanted.emit))
            return card
        if slot.kind == "add":
            add = AddCard(slot.ref, theme=self._theme, parent=self._body)
            add.addition_wanted.connect(partial(self._after_parting, self.card_wanted.emit))
            return add
        return GroupHeading(theme=self._theme, parent=self._body)

    def _make_row(self, view: NodeView, *, is_cell: bool) -> QuestionRow:
        row = QuestionRow(self._look.of(view), theme=self._theme, is_cell=is_cell, parent=self._body)
        ref = view.ref
        row.setObjectName(f"row_{view.name}")
        row.when_calm = self._parting.run
        row.set_player(lambda clip: self.clip_wanted.emit(ref, clip))
        row.control.answer_chosen.connect(lambda text: self._parting.run(lambda: self.answer_chosen.emit(ref, text)))
        row.control.answer_typed.connect(lambda text: self.answer_typed.emit(ref, text))
        if row.control.goes_on:
            row.control.advance_wanted.connect(lambda: QTimer.singleShot(0, row, lambda: self.step(1)))
        if isinstance(row.control, AttachmentField):
            row.control.file_wanted.connect(lambda: self.file_wanted.emit(ref))
            row.control.media_wanted.connect(lambda command: self.media_wanted.emit(ref, command))
            row.control.file_offered.connect(lambda name, data, mime: self.file_offered.emit(ref, name, data, mime))
        return row

    def _after_parting(self, tell: Callable[[str], None], ref: str) -> None:
        self._parting.finish()
        tell(ref)

    def _fill(self, slot: Slot, widget: QWidget, view: NodeView) -> None:
        second = view.in_language(self._look.second) if self._look.second else None
        if isinstance(widget, QuestionRow):
            guided = self._look.guided and not slot.has_head
            widget.show_view(self._look.of(view), second, shows_problem=slot.ref in self._due, guided=guided)
        elif isinstance(widget, RunHead):
            widget.show_scale(view, guided=self._look.guided, has_second=second is not None)
        elif isinstance(widget, GroupHeading):
            widget.show_view(view, second)
        elif isinstance(widget, CardHeading | AddCard):
            widget.show_view(view, is_open=self._look.is_open)

    def row(self, ref: str) -> QuestionRow | None:
        """The row of a question that is on the page; made now if it has not appeared yet."""
        for place in self._places.get(ref, ()):
            if self._slots[place].kind == "question":
                self._filling.hurry(place)
            widget = self._widgets[place]
            if isinstance(widget, QuestionRow):
                return widget
        return None

    def height_of_current(self) -> int:
        """How far below the upper edge the question being asked stands, in pixels."""
        row = self.row(self._current)
        return row.mapTo(self.viewport(), QPoint()).y() if row is not None else TOP_ROOM

    def rows(self) -> tuple[QuestionRow, ...]:
        """The rows that can be answered, in visual order; a page still appearing is finished first."""
        self._filling.finish()
        return tuple(row for row in self._made_rows() if is_stop(row))

    def shown_rows(self) -> tuple[QuestionRow, ...]:
        """The rows that have appeared so far, in visual order."""
        return tuple(self._made_rows())

    def _made_rows(self) -> Iterator[QuestionRow]:
        return (widget for widget in self._widgets if isinstance(widget, QuestionRow))

    def focus_question(self, ref: str) -> bool:
        """Puts the focus into a question and brings it into view; False where it is not on the page."""
        row = self.row(ref)
        if row is None or not row.is_wanted:
            return False
        row.take_focus()
        self._mark(ref)
        if self._filling.is_busy and not self._anchor.holds(row):
            self._settle()
            self._bring(row)
            self._anchor.release()
        QTimer.singleShot(0, row, lambda: self._bring(row))
        return True

    def _bring(self, row: QuestionRow) -> None:
        """Scrolls a question into view; of one taller than the screen the wording, then the input in use."""
        if not self._body.isAncestorOf(row):
            return  # the page was built anew before its turn came
        if row.height() <= self.viewport().height() - TOP_ROOM:
            self.ensureWidgetVisible(row, 0, TOP_ROOM)
            return
        self.verticalScrollBar().setValue(row.mapTo(self._body, QPoint()).y() - 4)
        focused = row.focusWidget()
        if focused is not None:
            self.ensureWidgetVisible(focused, 0, TOP_ROOM)

    def focus_first(self, *, from_end: bool = False) -> None:
        """Puts the focus into the first question, or the last one when coming from below."""
        row = self._answerable(len(self._slots), -1) if from_end else self._answerable(-1, 1)
        if row is not None:
            self.focus_question(row.ref)

    def _answerable(self, place: int, direction: int) -> QuestionRow | None:
        """The next row after or before a place that takes an answer."""
        place += direction
        with laid_out_once(self._column):
            while 0 <= place < len(self._slots):
                self._filling.hurry(place)
                row = self._widgets[place]
                if isinstance(row, QuestionRow) and is_stop(row):
                    return row
                place += direction
        return None

    def step(self, direction: int) -> None:
        """Goes to the next (1) or previous (-1) question, beyond the ends to another page."""
        row = self._after_current(direction)
        if row is not None:
            self.focus_question(row.ref)
        else:
            self.end_passed.emit(direction)

    def _after_current(self, direction: int) -> QuestionRow | None:
        """The question that follows or precedes the one being asked, once what is typed there counts."""
        present = self.row(self._current)
        if present is not None:
            present.control.commit()
            self.answer_due.emit()
        places = [place for place in self._places.get(self._current, ()) if self._slots[place].kind == "question"]
        return self._answerable(places[0] if places else -1, direction if places else 1)

    def commit(self) -> None:
        """Has every control report what is typed."""
        self._parting.finish()
        for row in self._made_rows():
            if is_stop(row):
                row.control.commit()

    @override
    def focusNextPrevChild(self, next_: bool) -> bool:
        """Tab: first what is typed counts, because it may make the next question appear."""
        present, focused = self.row(self._current), QApplication.focusWidget()
        if present is not None and focused is not None and present.isAncestorOf(focused):
            self._after_current(1 if next_ else -1)
            if self._filling.is_busy:
                chain_tabs(self._made_rows())
            QTimer.singleShot(0, self, self._bring_current)
        return super().focusNextPrevChild(next_)

    def _bring_current(self) -> None:
        row = self.row(self._current)
        if row is not None:
            self._bring(row)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        direction = direction_of(event)
        if direction:
            self.step(direction)
            event.accept()
        else:
            super().keyPressEvent(event)

    def _on_theme_changed(self) -> None:
        for row in self._made_rows():
            row.follow_theme()

    def _on_row_entered(self, ref: str) -> None:
        row = self.row(ref)
        if row is not None:
            focused = QApplication.focusWidget()
            if focused is not None and not (row is focused or row.isAncestorOf(focused)):
                row.take_focus()  # the page was built anew while the row was being clicked
            self._bring(row)
        self._mark(ref)

    def _mark(self, ref: str) -> None:
        for other in (self._current, ref):
            row = self.row(other)
            if row is not None:
                row.set_current(other == ref)
        if ref != self._current:
            self._current = ref
            self.question_entered.emit(ref)
