"""Everything modal in one place: questions, messages and file dialogs. Tests hand in a `Prompts` of their own.

Nothing blocks: each call shows its dialog and reports the answer to a callback. Titles are questions, buttons are
verbs, the safe button is the default, and Esc means the safe one.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.dialog import Dialog
from roadmapdesk.desktop.widgets.labels import Text
from roadmapdesk.i18n import gettext as _


@dataclass(frozen=True, slots=True)
class FileKind:
    """One entry of a file dialog's filter.

    Attributes:
        name: what a person calls it.
        patterns: such as ``*.xlsx``.
    """

    name: str
    patterns: tuple[str, ...]

    def qt_filter(self) -> str:
        """The entry as Qt's file dialogs write it."""
        return f"{self.name} ({' '.join(self.patterns)})"


class Prompts:
    """The dialogs of the real program.

    Args:
        theme: the look of questions and messages.

    Attributes:
        help_wanted: called with the dialog over which F1 was pressed.
    """

    help_wanted: Callable[[QWidget], object] | None = None

    def __init__(self, *, theme: Theme) -> None:
        self._theme = theme

    def ask(
        self,
        parent: QWidget,
        *,
        question: str,
        consequence: str,
        confirm: str,
        confirmed: Callable[[], object],
        refuse: str | None = None,
        refused: Callable[[], object] | None = None,
        details: Sequence[str] = (),
    ) -> None:
        """Asks before something that cannot be taken back; the button that refuses is the default.

        Args:
            parent: the window the dialog belongs to.
            question: shown as the title line.
            consequence: one sentence on what will happen.
            confirm: verb on the button that goes ahead.
            confirmed: called when the person goes ahead.
            refuse: verb on the safe button; "Cancel" when left out.
            refused: called on the safe button, Esc and closing.
            details: what the consequence speaks of, one line each; a long list scrolls.
        """
        dialog = Dialog(
            title=question,
            consequence=consequence,
            confirm=confirm,
            refuse=refuse or _("Cancel"),
            theme=self._theme,
            parent=parent,
        )
        if details:
            dialog.content.addWidget(Text("\n".join(f"• {line}" for line in details), parent=dialog))
        dialog.confirm.set_variant("secondary")  # the ring around the safe button is what Enter presses
        for button in (dialog.confirm, dialog.refuse):
            button.setAutoDefault(True)
        dialog.refuse.setDefault(True)
        dialog.accepted.connect(confirmed)
        if refused is not None:
            dialog.rejected.connect(refused)
        self._show_message(dialog, dialog.refuse)

    def tell(self, parent: QWidget, *, title: str, text: str) -> None:
        """Says what happened, what is safe and what to do."""
        dialog = Dialog(title=title, consequence=text, refuse=_("Close"), theme=self._theme, parent=parent)
        self._show_message(dialog, dialog.refuse)

    def _show_message(self, dialog: Dialog, safe: QWidget) -> None:
        dialog.setObjectName("message")
        safe.setFocus()
        self.show(dialog)

    def open_file(
        self,
        parent: QWidget,
        *,
        title: str,
        folder: Path,
        kinds: tuple[FileKind, ...],
        chosen: Callable[[Path], object],
    ) -> None:
        """Lets a person choose an existing file."""
        dialog = QFileDialog(parent, title, str(_existing(folder)), _filters(kinds))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        _open_dialog(dialog, chosen)

    def open_folder(self, parent: QWidget, *, title: str, folder: Path, chosen: Callable[[Path], object]) -> None:
        """Lets a person choose an existing folder, a project folder among them."""
        dialog = QFileDialog(parent, title, str(_existing(folder)))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        _open_dialog(dialog, chosen)

    def save_file(
        self,
        parent: QWidget,
        *,
        title: str,
        suggestion: Path,
        kinds: tuple[FileKind, ...],
        chosen: Callable[[Path], object],
    ) -> None:
        """Lets a person choose where to write; Qt asks before an existing file is replaced."""
        dialog = QFileDialog(parent, title, str(suggestion.parent), _filters(kinds))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(suggestion.name)
        if suggestion.suffix:
            dialog.setDefaultSuffix(suggestion.suffix.lstrip("."))
        _open_dialog(dialog, chosen)

    def show(self, dialog: QDialog) -> None:
        """Opens one of our own dialogs over its parent, with help by F1; its signals tell the rest."""
        wanted = self.help_wanted
        if wanted is not None:
            QShortcut(QKeySequence("F1"), dialog).activated.connect(lambda: wanted(dialog))
        dialog.open()


def _existing(folder: Path) -> Path:
    """The folder, or what exists around it: Qt would take the name of a missing one for that of a file."""
    return next((place for place in (folder, *folder.parents) if place.is_dir()), Path.home())


def _filters(kinds: tuple[FileKind, ...]) -> str:
    return ";;".join(kind.qt_filter() for kind in kinds)


def _open_dialog(dialog: QFileDialog, chosen: Callable[[Path], object]) -> None:
    dialog.fileSelected.connect(lambda path: chosen(Path(path)))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
