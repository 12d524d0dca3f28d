"""The frame of our own dialogs: a question as title, one sentence, the fields, verbs at the bottom."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.buttons import Button
from roadmapdesk.desktop.widgets.labels import Text

NARROW = 440
WIDE = 640


class Dialog(QDialog):
    """A dialog with title line, consequence, content and buttons; Esc is the safe way out.

    Args:
        title: what is asked, as a question or a name.
        consequence: one sentence; empty hides it.
        confirm: verb of the button that goes ahead; empty for a dialog that only shows.
        refuse: verb of the safe button.
        theme: the look.
        width: `NARROW` or `WIDE`, grown with the text.

    Attributes:
        content: where the fields go, from top to bottom.
        buttons: the row of buttons; the safe one stands before the one that goes ahead.
    """

    def __init__(
        self,
        *,
        title: str,
        consequence: str = "",
        confirm: str = "",
        refuse: str,
        theme: Theme,
        width: int = NARROW,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self._heading = Text(title, type_style="heading", parent=self)
        self._sentence = Text(consequence, parent=self)
        self._sentence.setVisible(bool(consequence))
        self.confirm = Button(confirm, theme=theme, variant="primary", parent=self)
        self.confirm.setVisible(bool(confirm))
        self.refuse = Button(refuse, theme=theme, parent=self)
        self.confirm.clicked.connect(self.accept)
        self.refuse.clicked.connect(self.reject)
        (self.confirm if confirm else self.refuse).setDefault(True)
        self.content = QVBoxLayout()
        self.content.setSpacing(theme.space("m"))
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(theme.space("s"))
        self.buttons.addStretch(1)
        self.buttons.addWidget(self.refuse)
        self.buttons.addWidget(self.confirm)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(theme.space("xl"),) * 4)
        layout.setSpacing(theme.space("l"))
        layout.addWidget(self._heading)
        layout.addWidget(self._sentence)
        layout.addLayout(self.content, 1)
        layout.addLayout(self.buttons)
        self.setMinimumWidth(theme.px(width))

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Takes the height that the wrapped texts need at this width, which Qt's own first size does not know."""
        super().showEvent(event)
        self.fit()

    def fit(self) -> None:
        """Takes the height that the content needs now."""
        layout = self.layout()
        if layout is not None:
            layout.activate()
            self.resize(
                self.width(), max(layout.totalHeightForWidth(self.width()), layout.totalMinimumSize().height())
            )
