"""One person behind a code."""

from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.dialog import NARROW, Dialog
from roadmapdesk.desktop.widgets.form_row import FormRow
from roadmapdesk.i18n import gettext as _
from roadmapdesk.storage.contacts import Contact


class ContactDialog(Dialog):
    """One person.

    Args:
        contact: who is edited; None for a new one.
        taken: codes that exist.
    """

    def __init__(self, *, contact: Contact | None, taken: frozenset[str], theme: Theme, parent: QWidget) -> None:
        super().__init__(
            title=_("New contact") if contact is None else _("Contact “{code}”").format(code=contact.code),
            confirm=_("Save"),
            refuse=_("Cancel"),
            theme=theme,
            width=NARROW,
            parent=parent,
        )
        self.setObjectName("contact_dialog")
        self._taken = taken
        known = contact or Contact("", "")
        labels = {
            "code": _("Interview &code"),
            "name": _("&Name"),
            "organisation": _("&Organisation"),
            "email": _("&Mail"),
            "phone": _("&Telephone"),
            "remark": _("&Remark"),
        }
        self._fields: dict[str, QLineEdit] = {}
        self._rows: dict[str, FormRow] = {}
        checks = {"code": self._code_problem, "name": self._name_problem}
        for key, label in labels.items():
            field = QLineEdit(str(getattr(known, key)), self)
            required = _("required") if key in {"code", "name"} else ""
            self._fields[key] = field
            self._rows[key] = FormRow(
                label, field, theme=theme, required_word=required, check=checks.get(key), parent=self
            )
            self.content.addWidget(self._rows[key])
        self._fields["code"].setReadOnly(contact is not None)
        self._fields["code" if contact is None else "name"].setFocus()

    @property
    def contact(self) -> Contact:
        """What was typed."""
        return Contact(**{key: field.text().strip() for key, field in self._fields.items()})

    @override
    def accept(self) -> None:
        """Goes ahead with a free code and a name."""
        wrong = [row for row in self._rows.values() if not row.validate()]
        if wrong:
            wrong[0].editor.setFocus()
            self.fit()
        else:
            super().accept()

    def _code_problem(self) -> str:
        code = self.contact.code
        if code in self._taken:
            return _("This code is in the list already. Edit that entry.")
        return "" if code else _("The code is missing.")

    def _name_problem(self) -> str:
        return "" if self.contact.name else _("The name is missing.")
