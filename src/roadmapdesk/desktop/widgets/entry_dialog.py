"""A dialog that asks for one line of text: a name, a reason."""

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.dialog import Dialog
from roadmapdesk.desktop.widgets.form_row import FormRow
from roadmapdesk.i18n import gettext as _


class EntryDialog(Dialog):
    """One field, and a verb that goes ahead as soon as the field holds something usable.

    Args:
        title: the question.
        consequence: what will happen.
        confirm: verb.
        label: of the field, with its mnemonic.
        hint: what the text is for.
        problem: what is wrong with a text; empty when nothing is.
    """

    def __init__(
        self,
        *,
        title: str,
        consequence: str,
        confirm: str,
        label: str,
        hint: str,
        problem: Callable[[str], str],
        theme: Theme,
        parent: QWidget,
    ) -> None:
        super().__init__(
            title=title, consequence=consequence, confirm=confirm, refuse=_("Cancel"), theme=theme, parent=parent
        )
        self.entry = QLineEdit(self)
        self._row = FormRow(
            label,
            self.entry,
            theme=theme,
            hint=hint,
            required_word=_("required"),
            check=lambda: problem(self.text),
            parent=self,
        )
        self.content.addWidget(self._row)
        self.entry.setFocus()

    @property
    def text(self) -> str:
        """What was typed, on one line without needless blanks."""
        return " ".join(self.entry.text().split())

    @override
    def accept(self) -> None:
        """Goes ahead with a usable text only."""
        if self._row.validate():
            super().accept()
        else:
            self.entry.setFocus()
            self.fit()
