"""What is known of a crash or an unexpected fault, to be read and copied; it holds no answers."""

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from roadmapdesk.desktop.crash import CrashReport
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.buttons import Button
from roadmapdesk.desktop.widgets.dialog import WIDE, Dialog
from roadmapdesk.i18n import gettext as _
from roadmapdesk.paths import log_folder


class CrashDialog(Dialog):
    """The report as text, with Copy and the way to the log.

    Args:
        report: what the program wrote down.
        was_before: whether it happened before this start; else the program still runs.
    """

    def __init__(self, report: CrashReport, *, was_before: bool, theme: Theme, parent: QWidget) -> None:
        title = _("The program met an unexpected fault last time") if was_before else _("An unexpected fault")
        super().__init__(
            title=title,
            consequence=_(
                "Everything shown as saved is safe. The details below hold no answers; please pass them on."
            ),
            refuse=_("Close"),
            theme=theme,
            width=WIDE,
            parent=parent,
        )
        self.setObjectName("crash_dialog")
        self.text = QPlainTextEdit(f"{report.at}\n{report.text}", self)
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(_("Details of the fault"))
        self.text.setMinimumHeight(theme.px(160))
        self.copy = Button(_("Copy details"), theme=theme, icon="copy", parent=self)
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.text.toPlainText()))
        self.folder = Button(_("Show log"), theme=theme, icon="folder-open", parent=self)
        self.folder.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(log_folder()))))
        self.content.addWidget(self.text, 1)
        self.buttons.insertWidget(0, self.copy)
        self.buttons.insertWidget(1, self.folder)
