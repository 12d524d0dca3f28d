"""One labelled input: label as buddy, accessible name and description, hint, and one line for what is wrong."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from roadmapdesk.desktop.style import RINGS_OUTSIDE
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.labels import IconLabel, Text


class FormRow(QWidget):
    """Label above an input, hint and problem below; what the eye reads the screen reader says.

    Args:
        label: name of the field, translated; ``&`` marks the mnemonic.
        editor: the input; it becomes the label's buddy.
        theme: the look.
        hint: one line of help below the input.
        is_required: says "required" in words after the label.
        required_word: the translated word for that.
        beside: a button that belongs to the input, such as one that opens a dialog.
        check: what is wrong with the present content, empty when nothing is; `validate` shows it.

    A problem does not outlive what it speaks of: as soon as the input changes it is checked again, or goes away where
    there is no check.
    """

    def __init__(
        self,
        label: str,
        editor: QWidget,
        *,
        theme: Theme,
        hint: str = "",
        required_word: str = "",
        beside: QWidget | None = None,
        check: Callable[[], str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.editor = editor
        self.setProperty(RINGS_OUTSIDE, True)
        self._check = check
        self._label = QLabel(self)
        self._label.setProperty("type", "strong")
        self._label.setBuddy(editor)
        self._required = Text(required_word, type_style="caption", tone="muted", wraps=False, parent=self)
        self._hint = Text(hint, type_style="caption", tone="muted", parent=self)
        self._error_icon = IconLabel("circle-alert", theme=theme, colour="error", parent=self)
        self._error = Text("", type_style="caption", tone="error", parent=self)
        self._build(theme, beside)
        self.set_label(label)
        self.set_hint(hint)
        self.set_required_word(required_word)
        self.set_error("")
        self._connect()

    def set_label(self, label: str) -> None:
        """Renames the field, for the eye and for the screen reader."""
        self._label.setText(label)
        self.editor.setAccessibleName(label.replace("&&", "\0").replace("&", "").replace("\0", "&"))

    def set_hint(self, hint: str) -> None:
        """Sets the help below the input; empty hides the line."""
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        self._describe()

    def set_required_word(self, word: str) -> None:
        """Says in words that the field is required; empty when it is not."""
        self._required.setText(word)
        self._required.setVisible(bool(word))
        self._describe()

    def set_error(self, problem: str) -> None:
        """Shows what is wrong and what is valid below the input; empty when all is well."""
        self._error.setText(problem)
        self._error.setVisible(bool(problem))
        self._error_icon.setVisible(bool(problem))
        self._describe()

    def validate(self) -> bool:
        """Checks the input and shows what is wrong; True when nothing is."""
        self.set_error(self._check() if self._check is not None else "")
        return not self.error

    @property
    def error(self) -> str:
        """The problem shown now, or empty."""
        return self._error.text()

    def _describe(self) -> None:
        parts = (self._required.text(), self._hint.text(), self._error.text())
        self.editor.setAccessibleDescription(". ".join(part for part in parts if part))

    def _connect(self) -> None:
        editor = self.editor
        if isinstance(editor, QLineEdit | QPlainTextEdit):
            editor.textChanged.connect(self.check_again)
        elif isinstance(editor, QComboBox):
            editor.currentTextChanged.connect(self.check_again)

    def check_again(self) -> None:
        """Brings a problem that is shown up to date; says nothing where none is shown."""
        if self.error:
            self.validate()

    def _build(self, theme: Theme, beside: QWidget | None) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.space("s"))
        head.addWidget(self._label)
        head.addWidget(self._required)
        head.addStretch(1)
        problem = QHBoxLayout()
        problem.setSpacing(theme.space("s"))
        problem.addWidget(self._error_icon, 0, Qt.AlignmentFlag.AlignTop)
        problem.addWidget(self._error, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 3)
        layout.setSpacing(theme.space("xs"))
        layout.addLayout(head)
        if beside is None:
            layout.addWidget(self.editor)
        else:
            line = QHBoxLayout()
            line.setSpacing(theme.space("s") + 3)
            line.addWidget(self.editor, 1)
            line.addWidget(beside)
            layout.addLayout(line)
        layout.addWidget(self._hint)
        layout.addLayout(problem)
        if not self.editor.sizePolicy().expandingDirections() & Qt.Orientation.Vertical:
            layout.addStretch(1)
