"""Saved views of the register: a name for what the filters show, kept on this computer."""

import json
from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from roadmapdesk.desktop.actors.filters import ActorFilters
from roadmapdesk.desktop.pages import Desk
from roadmapdesk.desktop.widgets.buttons import Button
from roadmapdesk.desktop.widgets.entry_dialog import EntryDialog
from roadmapdesk.i18n import gettext as _

_NOTE = "actor_views"
_LONGEST = 40


class ActorViews(Button):
    """A button with the list of views, and what saves and removes them.

    Attributes:
        changed: a view was saved or removed.
    """

    changed = Signal()

    def __init__(self, filters: ActorFilters, *, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(theme=desk.theme, icon="list", parent=parent)
        self.setObjectName("actor_views")
        self._filters = filters
        self._desk = desk
        self._menu = QMenu(self)
        self._menu.setObjectName("actor_views_menu")
        self._menu.aboutToShow.connect(self.fill)
        self.setMenu(self._menu)
        self.retranslate()

    @property
    def saved(self) -> Mapping[str, dict[str, str]]:
        """Mapping name → state of the filters, in the order of saving."""
        try:
            stored = json.loads(self._desk.settings.note(_NOTE) or "{}")
        except ValueError:
            return {}
        return stored if isinstance(stored, dict) else {}

    def retranslate(self) -> None:
        """Says everything again in the present language."""
        self.setText(_("Views"))
        self.setToolTip(_("Show a saved selection of actors, or save the present one"))
        self.fill()

    def fill(self) -> None:
        """Lists the views as they are now; the one that the filters show is ticked."""
        self._menu.clear()
        now = self._filters.state
        everything = self._menu.addAction(_("All actors"))
        everything.triggered.connect(self._filters.clear)
        self._tick(everything, is_shown=not now)
        for name, state in self.saved.items():
            action = self._menu.addAction(name.replace("&", "&&"))
            action.triggered.connect(partial(self._filters.show_state, state))
            self._tick(action, is_shown=state == now)
        self._menu.addSeparator()
        save = self._menu.addAction(_("Save this view …"))
        save.setObjectName("save_view")
        save.setEnabled(bool(now))
        save.triggered.connect(self._ask_name)
        removal = QMenu(_("Remove view"), self._menu)
        for name in self.saved:
            removal.addAction(name.replace("&", "&&")).triggered.connect(partial(self.remove, name))
        self._menu.addMenu(removal).setEnabled(bool(self.saved))

    def save(self, name: str) -> None:
        """Keeps what the filters show under a name; a view of that name is replaced."""
        self._store({**self.saved, name: self._filters.state})

    def remove(self, name: str, _checked: bool = False) -> None:
        """Forgets a view."""
        self._store({key: state for key, state in self.saved.items() if key != name})

    def _store(self, views: Mapping[str, dict[str, str]]) -> None:
        self._desk.settings.set_note(_NOTE, json.dumps(views, ensure_ascii=False))
        self.changed.emit()

    def _ask_name(self) -> None:
        dialog = EntryDialog(
            title=_("Save what the table shows now?"),
            consequence=_("The filters can be chosen again under this name, on this computer."),
            confirm=_("Save view"),
            label=_("&Name"),
            hint=_("A view of the same name is replaced."),
            problem=lambda text: "" if text else _("The name is missing."),
            theme=self._desk.theme,
            parent=self.window(),
        )
        dialog.setObjectName("view_dialog")
        dialog.entry.setMaxLength(_LONGEST)
        dialog.accepted.connect(lambda: self.save(dialog.text))
        self._desk.prompts.show(dialog)

    @staticmethod
    def _tick(action: QAction, *, is_shown: bool) -> None:
        action.setCheckable(True)
        action.setChecked(is_shown)
