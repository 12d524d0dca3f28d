"""The about dialog: version, folders, and what the program is made of with every licence text."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QWidget

from roadmapdesk import __version__
from roadmapdesk.desktop.jobs import Control, Pool
from roadmapdesk.desktop.pages import Desk
from roadmapdesk.desktop.widgets.dialog import Dialog
from roadmapdesk.desktop.widgets.labels import Text
from roadmapdesk.desktop.widgets.table_model import Column, RowsModel
from roadmapdesk.desktop.widgets.table_view import TableView
from roadmapdesk.i18n import gettext as _
from roadmapdesk.paths import data_folder, log_folder

if TYPE_CHECKING:
    from roadmapdesk.desktop.help.licences import Component

_WIDEST = 980
_HEIGHT = 594


class AboutDialog(Dialog):
    """Version and folders above; components left and the licence text of the selected one right."""

    def __init__(self, *, desk: Desk, parent: QWidget) -> None:
        theme = desk.theme
        super().__init__(
            title=_("RoadmapDesk {version}").format(version=__version__),
            consequence=_("Structured interviews, scoring and roadmap reports; all data stay on this computer."),
            refuse=_("Close"),
            theme=theme,
            height=_HEIGHT,
            width=round(min(_WIDEST, parent.window().width() * 0.92 / theme.factor)),
            parent=parent,
        )
        self.setObjectName("about_dialog")
        columns: list[Column[Component]] = [
            Column(
                lambda: _("Component"),
                lambda one: f"{one.name} {one.version}".strip(),
                second_line=lambda one: one.licence,
            )
        ]
        self._model = RowsModel(columns, sentence=lambda one: f"{one.name} {one.version}, {one.licence}", parent=self)
        self.table = TableView(theme=theme, name=_("Components"), parent=self)
        self.table.show_rows(self._model, is_sortable=False)
        self.text = QPlainTextEdit(self)
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(_("Licence text"))
        self._qt = Text(
            _(
                "The window is built with Qt for Python, used under the GNU Lesser General Public License 3; "
                "its libraries lie in the program's folder and can be replaced by others."
            ),
            type_style="caption",
            tone="muted",
            parent=self,
        )
        self._build()
        self.table.row_selected.connect(self._on_row_selected)
        desk.jobs.run(_read, done=self._model_filled, pool=Pool.CPU, owner=self)

    def _build(self) -> None:
        theme = self.theme
        for line in (
            _("Data folder: {path}").format(path=data_folder()),
            _("Log folder: {path}").format(path=log_folder()),
        ):
            folder = Text(line, parent=self)
            folder.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self.content.addWidget(folder)
        row = QHBoxLayout()
        row.setSpacing(theme.space("m"))
        row.addWidget(self.table, 2)
        row.addWidget(self.text, 3)
        self.table.setMinimumHeight(theme.px(90))
        self.text.setMinimumHeight(theme.px(90))
        self.table.setMinimumWidth(theme.px(180))
        self.content.addLayout(row, 1)
        self.content.addWidget(self._qt)

    def _model_filled(self, found: tuple["Component", ...]) -> None:
        self._model.set_rows(found)
        self.table.select_row(lambda _one: True)

    def _on_row_selected(self, one: "Component | None") -> None:
        missing = _("This component brings no licence text; its licence is {licence}.")
        if one is not None:
            self.text.setPlainText(one.text or missing.format(licence=one.licence))


def _read(_control: Control) -> tuple["Component", ...]:
    from roadmapdesk.desktop.help.licences import components  # noqa: PLC0415 — start-up must not read metadata

    return components()
