"""Passphrase twice, with its strength in words; the same for a new project, a change and a contact list."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from roadmapdesk.desktop.safety.words import strength_sentence
from roadmapdesk.desktop.style import RINGS_OUTSIDE
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.form_row import FormRow
from roadmapdesk.i18n import gettext as _
from roadmapdesk.workspace.passphrases import SHORTEST, Strength, strength


class PassphraseFields(QWidget):
    """Two fields that must agree.

    Attributes:
        changed: something was typed.
    """

    changed = Signal()

    def __init__(self, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty(RINGS_OUTSIDE, True)
        self._hint = _("Several words that do not belong together are strong and easy to remember.")
        self.first = QLineEdit(self)
        self.first.setEchoMode(QLineEdit.EchoMode.Password)
        self._second = QLineEdit(self)
        self._second.setEchoMode(QLineEdit.EchoMode.Password)
        self._first_row = FormRow(
            _("&Passphrase"), self.first, theme=theme, hint=self._hint, check=self._first_problem, parent=self
        )
        self._second_row = FormRow(
            _("Passphrase &again"), self._second, theme=theme, check=self._second_problem, parent=self
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.space("m"))
        layout.addWidget(self._first_row)
        layout.addWidget(self._second_row)
        self.first.textEdited.connect(self._on_first_edited)
        self._second.textEdited.connect(self.changed)

    @property
    def text(self) -> str:
        """The passphrase."""
        return self.first.text()

    @property
    def strength_words(self) -> str:
        """What stands below the first field."""
        return self.first.accessibleDescription()

    def check(self) -> bool:
        """Says what is wrong; True when nothing is."""
        is_long, is_same = self._first_row.validate(), self._second_row.validate()
        return is_long and is_same

    def _first_problem(self) -> str:
        if strength(self.text) is not Strength.TOO_SHORT:
            return ""
        return _("The passphrase is too short. Please take at least {n} characters.").format(n=SHORTEST)

    def _second_problem(self) -> str:
        return "" if self.text == self._second.text() else _("The passphrases differ. Please type it again.")

    def focus_wrong(self) -> None:
        """Puts the focus into the first field that `check` found wrong."""
        row = self._first_row if self._first_row.error else self._second_row
        row.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_first_edited(self, text: str) -> None:
        self._second_row.check_again()
        self._first_row.set_hint(strength_sentence(strength(text)) if text else self._hint)
        self.changed.emit()
