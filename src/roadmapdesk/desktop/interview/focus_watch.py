"""Notices which question of a page has the focus, watching no more than the one input that has it."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid
from typing_extensions import override

from roadmapdesk.desktop.interview.question_row import QuestionRow

_PASSING = frozenset({Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason})


class FocusWatch(QObject):
    """Tells when an input of a page's rows gets or loses the focus.

    An event filter on every input would be asked about each event of each of them, which took a fifth of the time
    that a long page needs to appear.

    Args:
        page: only rows inside it count.

    Attributes:
        entered: an input of the row with this ref got the focus.
        left: the row with this ref lost the focus; what was typed in it is reported already.
    """

    entered = Signal(str)
    left = Signal(str)

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page = page
        self._row: QuestionRow | None = None
        self._input: QWidget | None = None
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._on_application_focus_changed)

    @Slot("QWidget*", "QWidget*")
    def _on_application_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        watched = self._input if self._input is not None and isValid(self._input) else None
        if watched is not None and new is not None and watched.isAncestorOf(new):
            return  # into a cell of the input, which tells it when the question is left from there
        if watched is not None:
            watched.removeEventFilter(self)
        self._row = self._row_of(new)
        self._input = new if self._row is not None else None
        if self._row is not None and new is not None:
            new.installEventFilter(self)
            self.entered.emit(self._row.ref)

    def _row_of(self, widget: QWidget | None) -> QuestionRow | None:
        """The row on this page that the widget is an input of."""
        above = widget
        while above is not None and above is not self._page:
            if isinstance(above, QuestionRow):
                return above if widget in above.stops() and self._page.isAncestorOf(above) else None
            above = above.parentWidget()
        return None

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        row = self._row
        if row is None or not isinstance(event, QFocusEvent):
            return False
        if event.gotFocus():
            self.entered.emit(row.ref)  # back from a list that had opened above the page
        elif (
            event.lostFocus()
            and event.reason() not in _PASSING
            and watched in row.control.inputs()
            and not row.control.holds_focus()  # from one option to another is no leaving
        ):
            row.control.commit()  # before anything repaints the row
            self.left.emit(row.ref)
        return False
