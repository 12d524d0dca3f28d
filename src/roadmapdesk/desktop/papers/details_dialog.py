"""What only the team knows for its privacy papers: who is responsible, whom to write to, how long what is kept."""

from dataclasses import replace

from PySide6.QtWidgets import QGridLayout, QPlainTextEdit, QWidget

from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.dialog import WIDE, Dialog
from roadmapdesk.desktop.widgets.form_row import FormRow
from roadmapdesk.i18n import gettext as _
from roadmapdesk.reports.papers.facts import PrivacyDetails
from roadmapdesk.reports.papers.privacy import DETAIL_NAMES


class PrivacyDetailsDialog(Dialog):
    """One field for each gap of the templates.

    Args:
        details: what is filled in already.
    """

    def __init__(self, *, details: PrivacyDetails, theme: Theme, parent: QWidget) -> None:
        super().__init__(
            title=_("Details for the privacy papers"),
            consequence=_(
                "They fill the gaps of the privacy information and the consent form. Name functions and addresses, "
                "no persons."
            ),
            confirm=_("Keep"),
            refuse=_("Cancel"),
            theme=theme,
            width=WIDE,
            parent=parent,
        )
        self.setObjectName("privacy_details_dialog")
        self._before = details
        self._fields: dict[str, QPlainTextEdit] = {}
        grid = QGridLayout()
        grid.setSpacing(theme.space("m"))
        self.content.addLayout(grid)
        for place, (name, word) in enumerate(DETAIL_NAMES.items()):
            field = QPlainTextEdit(str(getattr(details, name)), self)
            field.setTabChangesFocus(True)
            field.setFixedHeight(field.fontMetrics().lineSpacing() * 2 + theme.px(16))
            self._fields[name] = field
            grid.addWidget(FormRow(_(word), field, theme=theme, parent=self), place // 2, place % 2)
        next(iter(self._fields.values())).setFocus()

    @property
    def details(self) -> PrivacyDetails:
        """What was typed."""
        typed = {name: field.toPlainText().strip() for name, field in self._fields.items()}
        return replace(self._before, **typed)
