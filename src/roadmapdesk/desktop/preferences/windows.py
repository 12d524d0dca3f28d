"""The small windows of the help menu, and the way to all windows of this package by key."""

from collections.abc import Callable

from PySide6.QtWidgets import QHeaderView, QPlainTextEdit, QWidget

from roadmapdesk import __version__
from roadmapdesk.desktop.commands import command_table
from roadmapdesk.desktop.pages import Desk
from roadmapdesk.desktop.preferences.dialog import PreferencesDialog
from roadmapdesk.desktop.widgets.dialog import WIDE, Dialog
from roadmapdesk.desktop.widgets.labels import Text
from roadmapdesk.desktop.widgets.table_model import Column, RowsModel
from roadmapdesk.desktop.widgets.table_view import TableView
from roadmapdesk.i18n import gettext as _
from roadmapdesk.paths import data_folder, resources_folder

Shortcut = tuple[str, str, str]


class ShortcutsDialog(Dialog):
    """Every command with its keys.

    Args:
        more: further rows (menu, words, keys), for example of the interview page.
    """

    def __init__(self, *, desk: Desk, more: list[Shortcut], parent: QWidget) -> None:
        super().__init__(
            title=_("Keyboard shortcuts"), refuse=_("Close"), theme=desk.theme, width=WIDE, parent=parent
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
        table.setMinimumHeight(desk.theme.px(380))
        self.content.addWidget(table, 1)


class AboutDialog(Dialog):
    """Version, data folder, and the licences of what is shipped."""

    def __init__(self, *, desk: Desk, parent: QWidget) -> None:
        super().__init__(
            title=_("RoadmapDesk {version}").format(version=__version__),
            consequence=_("Structured interviews, scoring and roadmap reports; all data stay on this computer."),
            refuse=_("Close"),
            theme=desk.theme,
            width=WIDE,
            parent=parent,
        )
        self.setObjectName("about_dialog")
        folder = Text(_("Data folder: {path}").format(path=data_folder()), type_style="caption", parent=self)
        licences = QPlainTextEdit(_licence_texts(), self)
        licences.setReadOnly(True)
        licences.setAccessibleName(_("Licence texts"))
        licences.setMinimumHeight(desk.theme.px(300))
        self.content.addWidget(folder)
        self.content.addWidget(licences, 1)


def show_window(key: str, parent: QWidget, *, desk: Desk, shortcuts: Callable[[], list[Shortcut]]) -> None:
    """Shows ``preferences``, ``shortcuts`` or ``about`` over the window."""
    if key == "preferences":
        desk.prompts.show(PreferencesDialog(desk=desk, parent=parent))
    elif key == "shortcuts":
        desk.prompts.show(ShortcutsDialog(desk=desk, more=shortcuts(), parent=parent))
    elif key == "about":
        desk.prompts.show(AboutDialog(desk=desk, parent=parent))


def _licence_texts() -> str:
    """The licence texts that lie beside the shipped fonts and icons, after a word on Qt."""
    parts = [
        _(
            "RoadmapDesk is licensed under the Apache License 2.0. The window is built with Qt for Python (PySide6), "
            "used under the GNU Lesser General Public License 3; its libraries can be replaced by others."
        )
    ]
    for name in ("fonts/OFL.txt", "icons/LICENSE.txt"):
        path = resources_folder() / name
        if path.is_file():
            parts.append(f"{name}\n\n{path.read_text(encoding='utf-8')}")
    return "\n\n\n".join(parts)
