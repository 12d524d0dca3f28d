"""Help from everywhere: F1 at the right page of the handbook, also over a dialog, and what is known of a fault."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from roadmapdesk.desktop.crash import CrashReport
from roadmapdesk.desktop.help.handbook import page_for
from roadmapdesk.desktop.pages import Desk

if TYPE_CHECKING:
    from roadmapdesk.desktop.help.window import HandbookWindow


class Helper(QObject):
    """Opens the handbook and tells faults, for one main window.

    Args:
        desk: theme and dialogs.
        window: the main window.
        open_handbook: makes a window of the handbook over another window.
        shown: key of the page that the main window shows, empty on the start page.

    Attributes:
        handbook: the window of the handbook once it was opened, else None.
        fault_known: whether an unexpected fault of this session waits to be looked at.
    """

    fault_known = Signal(bool)

    def __init__(
        self,
        *,
        desk: Desk,
        window: QWidget,
        open_handbook: Callable[[QWidget], "HandbookWindow"],
        shown: Callable[[], str],
    ) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self._open_handbook = open_handbook
        self._shown = shown
        self._fault: CrashReport | None = None
        self.handbook: HandbookWindow | None = None
        desk.prompts.help_wanted = self.show_over

    def show(self) -> None:
        """Opens the handbook at the page that belongs to what the main window shows."""
        if self.handbook is None:
            self.handbook = self._open_handbook(self._window)
        _present(self.handbook, page_for(self._shown()))

    def show_over(self, dialog: QWidget) -> None:
        """Opens the handbook over a dialog, which would block the window that belongs to the main one."""
        from roadmapdesk.desktop.help.window import HandbookWindow  # noqa: PLC0415 — the start page needs no handbook

        known = dialog.findChild(HandbookWindow)
        _present(known or self._open_handbook(dialog), page_for(dialog.objectName(), page_for(self._shown())))

    def tell_crash(self, report: CrashReport) -> None:
        """Says at the start that the last session met a fault, with details to copy."""
        self._show_report(report, was_before=True)

    @Slot(object)
    def note_fault(self, report: CrashReport) -> None:
        """Keeps what is known of a fault of this session; nothing pops up during an interview."""
        self._fault = report
        self.fault_known.emit(True)

    def tell_fault(self) -> None:
        """Shows the details of the last fault of this session."""
        if self._fault is not None:
            self._show_report(self._fault, was_before=False)
            self.fault_known.emit(False)

    def _show_report(self, report: CrashReport, *, was_before: bool) -> None:
        from roadmapdesk.desktop.help.crash_dialog import CrashDialog  # noqa: PLC0415 — hardly ever needed

        dialog = CrashDialog(report, was_before=was_before, theme=self._desk.theme, parent=self._window)
        self._desk.prompts.show(dialog)


def _present(book: "HandbookWindow", key: str) -> None:
    book.show_page(key)
    book.show()
    book.raise_()
    book.activateWindow()
