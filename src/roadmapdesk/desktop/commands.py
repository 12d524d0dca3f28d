"""Every command of the window with its menu, words and keys; the list in the handbook comes from here as well."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from roadmapdesk.desktop.pages import SearchEntry
from roadmapdesk.i18n import N_
from roadmapdesk.i18n import gettext as _


@dataclass(frozen=True, slots=True)
class Command:
    """One thing the window can do.

    Attributes:
        key: stable name; the window has a handler of this name.
        text: menu text, marked for translation.
        keys: shortcuts, the first of which is shown.
        needs_project: greyed out on the start page.
    """

    key: str
    text: str
    keys: tuple[str, ...] = ()
    needs_project: bool = False


@dataclass(frozen=True, slots=True)
class Menu:
    """One menu; None stands for a line between groups, and `key` names where pages may add theirs.

    Attributes:
        key: ``file``, ``edit``, ``view``, ``interview``, ``evaluation``, ``safety`` or ``help``.
        title: marked for translation, with its mnemonic.
    """

    key: str
    title: str
    commands: tuple[Command | None, ...]


MENUS: tuple[Menu, ...] = (
    Menu(
        "file",
        N_("&File"),
        (
            Command("new_project", N_("&New project …"), ("Ctrl+Shift+N",)),
            Command("open_project", N_("&Open project …"), ("Ctrl+O",)),
            Command("open_sample", N_("Open &sample project")),
            None,
            Command("back_up", N_("&Back up now"), needs_project=True),
            Command("show_folder", N_("Show project in &folder"), needs_project=True),
            Command("close_project", N_("&Close project"), ("Ctrl+W",), needs_project=True),
            None,
            Command("quit", N_("&Quit"), ("Ctrl+Q",)),
        ),
    ),
    Menu(
        "edit",
        N_("&Edit"),
        (
            Command("search", N_("&Search everything …"), ("Ctrl+K",)),
            None,
            Command("preferences", N_("&Preferences …"), ("Ctrl+,",)),
        ),
    ),
    Menu(
        "view",
        N_("&View"),
        (
            Command("larger_text", N_("&Larger text"), ("Ctrl++", "Ctrl+=")),
            Command("smaller_text", N_("S&maller text"), ("Ctrl+-",)),
            Command("normal_text", N_("&Normal text size"), ("Ctrl+0",)),
            None,
            Command("light", N_("L&ight")),
            Command("dark", N_("&Dark")),
            Command("system_scheme", N_("As the &system")),
            None,
            Command("switch_language", N_("Switch lan&guage"), ("Ctrl+Shift+L",)),
            Command("full_screen", N_("&Full screen"), ("F11",)),
        ),
    ),
    Menu("interview", N_("&Interview"), (Command("new_interview", N_("&New interview …"), ("Ctrl+N",), True),)),
    Menu("evaluation", N_("E&valuation"), ()),
    Menu(
        "safety",
        N_("&Safety"),
        (
            Command("backups", N_("&Backups …"), ("Ctrl+Shift+B",), needs_project=True),
            Command("exports", N_("&Log of exports …"), needs_project=True),
            None,
            Command("passphrase", N_("&Passphrase …"), needs_project=True),
            Command("forget_key", N_("&Forget the remembered passphrase"), needs_project=True),
            Command("contacts", N_("&Contact list …")),
            None,
            Command("erase", N_("&Erase by code …"), needs_project=True),
        ),
    ),
    Menu(
        "help",
        N_("&Help"),
        (
            Command("handbook", N_("&Handbook"), ("F1",)),
            Command("shortcuts", N_("&Keyboard shortcuts"), ("Shift+F1",)),
            Command("about", N_("&About RoadmapDesk")),
        ),
    ),
)

EXTENSIBLE = ("edit", "interview", "evaluation")
"""Menus in which pages show actions of their own; the others always look the same."""


def command_table() -> list[tuple[str, str, str]]:
    """Every command as (menu, words, keys) in the present language; for the handbook and the shortcuts window."""
    return [
        (plain(_(menu.title)), plain(_(command.text)), " / ".join(native(keys) for keys in command.keys))
        for menu in MENUS
        for command in menu.commands
        if command is not None
    ]


def plain(text: str) -> str:
    """A menu text without mnemonic mark and dots."""
    return text.replace("&", "").replace(" …", "")


def native(keys: str) -> str:
    """A shortcut as this system and language write it."""
    if len(keys) == 1 and keys.isdigit():
        return keys  # the keys of most options: the same everywhere
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)


class MenuBar:
    """The menus of the window.

    Args:
        window: gets the menu bar and its actions.
        handlers: command key → what runs.
    """

    def __init__(self, window: QMainWindow, *, handlers: Mapping[str, Callable[[], object]]) -> None:
        self._window = window
        self._handlers = handlers
        self.menus: dict[str, QMenu] = {}
        self.actions: dict[str, QAction] = {}
        self._page_actions: dict[str, list[QAction]] = {}
        for menu in MENUS:
            self.menus[menu.key] = self._make_menu(menu)
        self.retranslate()

    def set_has_project(self, has_project: bool) -> None:
        """Greys out what needs a project."""
        for menu in MENUS:
            for command in menu.commands:
                if command is not None and command.needs_project:
                    self.actions[command.key].setEnabled(has_project)

    def show_page_actions(self, actions: Mapping[str, Sequence[QAction]]) -> None:
        """Shows the actions of the current page at the head of its menus, in place of the last page's."""
        for key in EXTENSIBLE:
            menu = self.menus[key]
            for action in self._page_actions.pop(key, []):
                menu.removeAction(action)
            wanted = list(actions.get(key, ()))
            first = menu.actions()[0] if menu.actions() else None
            shown = list(wanted)
            if wanted and first is not None:
                line = QAction(menu)
                line.setSeparator(True)
                shown.append(line)
            for action in shown:
                if first is None:
                    menu.addAction(action)
                else:
                    menu.insertAction(first, action)
            self._page_actions[key] = shown
        self._grey_empty()

    def search_entries(self) -> list[SearchEntry]:
        """Every command that can be given now, those of the shown page first, for the search over everything."""
        own = [action for actions in self._page_actions.values() for action in actions if not action.isSeparator()]
        return [
            SearchEntry(
                plain(action.text()),
                _("Command"),
                "command",
                action.trigger,
                action.shortcut().toString(QKeySequence.SequenceFormat.NativeText),
            )
            for action in (*own, *self.actions.values())
            if action.isEnabled() and action.isVisible()
        ]

    def retranslate(self) -> None:
        """Says all texts again in the present language."""
        for menu in MENUS:
            self.menus[menu.key].setTitle(_(menu.title))
            for command in menu.commands:
                if command is not None:
                    self.actions[command.key].setText(_(command.text))

    def _grey_empty(self) -> None:
        """A menu without a command stays in its place, so that the others do not jump from page to page."""
        for menu in self.menus.values():
            menu.menuAction().setEnabled(bool(menu.actions()))

    def _make_menu(self, menu: Menu) -> QMenu:
        made = self._window.menuBar().addMenu("")
        made.setObjectName(f"menu_{menu.key}")
        for command in menu.commands:
            if command is None:
                made.addSeparator()
                continue
            action = QAction(self._window)
            action.setObjectName(command.key)
            action.setShortcuts([QKeySequence(keys) for keys in command.keys])
            action.triggered.connect(lambda _checked=False, key=command.key: self._handlers[key]())
            made.addAction(action)
            self._window.addAction(action)
            self.actions[command.key] = action
        return made
