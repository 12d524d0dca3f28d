"""The small windows of the help menu, and the way to all windows of this package by key."""

from collections.abc import Callable

from PySide6.QtWidgets import QHeaderView, QWidget

from roadmapdesk.desktop.commands import command_table
from roadmapdesk.desktop.help.about import AboutDialog
from roadmapdesk.desktop.pages import Desk
from roadmapdesk.desktop.preferences.dialog import PreferencesDialog
from roadmapdesk.desktop.widgets.dialog import WIDE, Dialog
from roadmapdesk.desktop.widgets.table_model import Column, RowsModel
from roadmapdesk.desktop.widgets.table_view import TableView
from roadmapdesk.i18n import gettext as _

Shortcut = tuple[str, str, str]

_HEIGHT = 516


class ShortcutsDialog(Dialog):
    """Every command with its keys.

    Args:
        more: further rows (menu, words, keys), for example of the interview page.
    """

    def __init__(self, *, desk: Desk, more: list[Shortcut], parent: QWidget) -> None:
        super().__init__(
            title=_("Keyboard shortcuts"),
            refuse=_("Close"),
            theme=desk.theme,
            width=WIDE,
            height=_HEIGHT,
            parent=parent,
        )
        self.setObjectName("shortcuts_dialog")
        columns: list[Column[Shortcut]] = [
            Column(lambda: _("Menu"), lambda row: row[0], width=130, tone=lambda _row: "text_muted"),
            Column(lambda: _("Command"), lambda row: row[1]),
            Column(lambda: _("Keys"), lambda row: row[2], width=170),
        ]
        self._model = RowsModel(columns, sentence=": ".join, parent=self)
        self._model.set_rows([row for row in [*command_table(), *more] if row[2]])
        table = TableView(theme=desk.theme, name=_("Keyboard shortcuts"), parent=self)
        table.show_rows(self._model, is_sortable=False)
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        table.setMinimumHeight(desk.theme.px(120))
        self.content.addWidget(table, 1)


def show_window(key: str, parent: QWidget, *, desk: Desk, shortcuts: Callable[[], list[Shortcut]]) -> None:
    """Shows ``preferences``, ``shortcuts`` or ``about`` over the window."""
    if key == "preferences":
        desk.prompts.show(PreferencesDialog(desk=desk, parent=parent))
    elif key == "shortcuts":
        desk.prompts.show(ShortcutsDialog(desk=desk, more=shortcuts(), parent=parent))
    elif key == "about":
        desk.prompts.show(AboutDialog(desk=desk, parent=parent))
