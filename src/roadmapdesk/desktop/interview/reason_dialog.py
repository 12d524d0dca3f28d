"""Asks for a reason before a closed interview is opened again."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.dialog import Dialog
from roadmapdesk.desktop.widgets.form_row import FormRow
from roadmapdesk.i18n import gettext as _


class ReasonDialog(Dialog):
    """One line for the reason; without it the button stays grey.

    Attributes:
        reason_given: with the reason.
    """

    reason_given = Signal(str)

    def __init__(self, *, theme: Theme, parent: QWidget) -> None:
        super().__init__(
            title=_("Reopen this interview?"),
            consequence=_(
                "It becomes a draft again and leaves the assessment until it is finalised. "
                "Its present state stays in the history."
            ),
            confirm=_("Reopen"),
            refuse=_("Cancel"),
            theme=theme,
            parent=parent,
        )
        self._line = QLineEdit(self)
        self._line.setObjectName("reason")
        self._line.setMaxLength(500)
        self.content.addWidget(FormRow(_("Reason"), self._line, theme=theme, parent=self))
        self.confirm.setEnabled(False)
        self._line.textChanged.connect(lambda text: self.confirm.setEnabled(bool(text.strip())))
        self.accepted.connect(lambda: self.reason_given.emit(self._line.text().strip()))
        self._line.setFocus()
