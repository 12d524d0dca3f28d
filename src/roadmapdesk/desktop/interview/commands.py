"""The actions of the interview page with words and keys; menus, tooltips and the list of shortcuts come from here."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from roadmapdesk.desktop.commands import Command, native, plain
from roadmapdesk.desktop.pages import Desk
from roadmapdesk.i18n import N_
from roadmapdesk.i18n import gettext as _

if TYPE_CHECKING:
    from roadmapdesk.desktop.interview.page import InterviewPage

EDIT = (
    Command("undo", N_("&Undo answer"), ("Ctrl+Z",)),
    Command("redo", N_("&Redo answer"), ("Ctrl+Y", "Ctrl+Shift+Z")),
    Command("clear", N_("&Clear answer"), ("Ctrl+Backspace",)),
)
INTERVIEW = (
    Command("next", N_("&Next question"), ("Ctrl+Down",)),
    Command("previous", N_("&Previous question"), ("Ctrl+Up",)),
    Command("next_section", N_("Next &section"), ("Ctrl+PgDown",)),
    Command("previous_section", N_("P&revious section"), ("Ctrl+PgUp",)),
    Command("go_to", N_("&Go to question …"), ("Ctrl+G",)),
    Command("find", N_("&Find in questions and answers …"), ("Ctrl+F",)),
    Command("note", N_("Add n&ote"), ("Ctrl+M",)),
    Command("next_problem", N_("Next pro&blem"), ("F8",)),
    Command("previous_problem", N_("Previous prob&lem"), ("Shift+F8",)),
    Command("language", N_("Language of the ques&tions"), ("Ctrl+L",)),
    Command("guidance", N_("Show guid&ance for the interviewer"), ("Ctrl+I",)),
    Command("record", N_("Reco&rd the conversation"), ("Ctrl+Shift+R",)),
    Command("files", N_("F&iles of the interview …")),
    Command("reading", N_("Rea&ding window for the respondent"), ("Ctrl+R",)),
    Command("check", N_("Chec&k interview"), ("Ctrl+Shift+Return",)),
    Command("finalise", N_("&Finalise interview …"), ("Ctrl+Return",)),
    Command("reopen", N_("R&eopen interview …")),
    Command("versions", N_("Earlier &versions …"), ("Ctrl+Shift+H",)),
    Command("print", N_("Pr&int protocol …"), ("Ctrl+P",)),
    Command("submission", N_("Save as O&DK submission …")),
)


def handlers_of(page: "InterviewPage", desk: Desk) -> dict[str, Callable[[], object]]:
    """What each command does on its page."""
    return {
        "undo": page.undo,
        "redo": page.conductor.redo,
        "clear": page.clear_answer,
        "next": lambda: page.questions.step(1),
        "previous": lambda: page.questions.step(-1),
        "next_section": lambda: page.travel.step(1),
        "previous_section": lambda: page.travel.step(-1),
        "go_to": lambda: page.travel.open_finder(desk, answers=False),
        "find": lambda: page.travel.open_finder(desk, answers=True),
        "note": page.begin_note,
        "next_problem": lambda: page.travel.to_problem(1),
        "previous_problem": lambda: page.travel.to_problem(-1),
        "language": lambda: page.select_language(page.speech.following()),
        "guidance": lambda: page.questions.set_look(page.page_look()),
        "record": page.media.toggle,
        "files": page.media.open_files,
        "reading": lambda: page.speech.open_reading(page.questions.current),
        "check": page.closing.check,
        "finalise": page.closing.finalise,
        "reopen": page.closing.reopen,
        "versions": lambda: page.navigation_requested.emit("versions", page.item_id),
        "print": page.papers.print_protocol,
        "submission": page.submissions.save,
    }


class InterviewActions:
    """The page's actions, by key.

    Args:
        page: owns them; their keys hold while it or a part of it has the focus.
        handlers: key of a command → what runs.
    """

    def __init__(self, page: QWidget, *, handlers: Mapping[str, Callable[[], object]]) -> None:
        self.by_key: dict[str, QAction] = {}
        for command in (*EDIT, *INTERVIEW):
            action = QAction(page)
            action.setObjectName(f"interview_{command.key}")
            action.setShortcuts([QKeySequence(keys) for keys in command.keys])
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            handler = handlers[command.key]
            action.triggered.connect(lambda _checked=False, handler=handler: handler())
            page.addAction(action)
            self.by_key[command.key] = action
        self.by_key["guidance"].setCheckable(True)
        self.by_key["guidance"].setChecked(True)
        self.retranslate()

    def retranslate(self) -> None:
        """Says all texts again in the present language."""
        for command in (*EDIT, *INTERVIEW):
            self.by_key[command.key].setText(_(command.text))

    def menus(self) -> dict[str, list[QAction]]:
        """The actions for the menus ``edit`` and ``interview``."""
        return {
            "edit": [self.by_key[command.key] for command in EDIT],
            "interview": [self.by_key[command.key] for command in INTERVIEW],
        }

    def tooltip(self, key: str) -> str:
        """What an action does, with its keys."""
        action = self.by_key[key]
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        return f"{plain(action.text())} ({keys})" if keys else plain(action.text())


def shortcut_table() -> list[tuple[str, str, str]]:
    """The shortcuts of the page, as (page, words, keys)."""
    rows = [
        (plain(_(command.text)), " / ".join(native(keys) for keys in command.keys)) for command in (*EDIT, *INTERVIEW)
    ]
    rows += [
        (_("Next question"), _("Enter")),
        (_("Choose an option"), "1–9"),
        (
            _("Not applicable, don't know, no answer"),
            f"7 8 9 / {native('Ctrl+7')} {native('Ctrl+8')} {native('Ctrl+9')}",
        ),
    ]
    return [(_("Interview"), words, keys) for words, keys in rows]
