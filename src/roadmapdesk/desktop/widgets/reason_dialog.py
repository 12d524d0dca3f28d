"""A question that wants a reason, which is kept in the audit trail."""

from PySide6.QtWidgets import QWidget

from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.entry_dialog import EntryDialog
from roadmapdesk.i18n import gettext as _

_LONGEST = 500


class ReasonDialog(EntryDialog):
    """Asks for a reason before a step that others must be able to follow.

    Args:
        title: the question.
        consequence: what will happen.
        confirm: verb.
    """

    def __init__(self, *, title: str, consequence: str, confirm: str, theme: Theme, parent: QWidget) -> None:
        super().__init__(
            title=title,
            consequence=consequence,
            confirm=confirm,
            label=_("&Reason"),
            hint=_("Kept in the history of the interview."),
            problem=lambda text: "" if text else _("The reason is missing. Please say why in a few words."),
            theme=theme,
            parent=parent,
        )
        self.setObjectName("reason_dialog")
        self.entry.setMaxLength(_LONGEST)

    @property
    def reason(self) -> str:
        """What was typed."""
        return self.text


def reopen_dialog(code: str, *, theme: Theme, parent: QWidget) -> ReasonDialog:
    """Asks why a closed interview is opened again; the same words wherever that is possible."""
    return ReasonDialog(
        title=_("Reopen “{code}”?").format(code=code),
        consequence=_(
            "It becomes a draft again and leaves the assessment until it is finalised. "
            "Its present state stays in the history."
        ),
        confirm=_("Reopen"),
        theme=theme,
        parent=parent,
    )
