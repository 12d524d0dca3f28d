"""The red bar of a failed save: the text is still on the screen, here is how to bring it to safety."""

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from roadmapdesk.desktop.interview.saving import sentence_of
from roadmapdesk.desktop.safety.trouble import RESCUABLE
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.buttons import Button
from roadmapdesk.desktop.widgets.labels import IconLabel, Text
from roadmapdesk.errors import RoadmapDeskError
from roadmapdesk.i18n import gettext as _
from roadmapdesk.i18n import ngettext


class FailureBar(QWidget):
    """Says what could not be saved and offers to try again or to save a copy elsewhere.

    Attributes:
        retry_wanted: try again.
        copy_wanted: write all present answers to another place.
        rescue_wanted: look at the backups of a damaged project.
    """

    retry_wanted = Signal()
    copy_wanted = Signal()
    rescue_wanted = Signal()

    def __init__(self, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("failure_bar")
        self._theme = theme
        self._title = Text("", type_style="strong", tone="error", parent=self)
        self._text = Text("", parent=self)
        self._retry = Button("", theme=theme, icon="refresh-cw", parent=self)
        self._retry.setObjectName("retry_save")
        self._copy = Button("", theme=theme, icon="download", parent=self)
        self._copy.setObjectName("save_copy")
        self._rescue = Button("", theme=theme, icon="history", parent=self)
        self._rescue.setObjectName("rescue_project")
        self._rescue.clicked.connect(self.rescue_wanted)
        self._retry.clicked.connect(self.retry_wanted)
        self._copy.clicked.connect(self.copy_wanted)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(self._title)
        texts.addWidget(self._text)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(24, 10, 24, 10)
        layout.setSpacing(12)
        layout.addWidget(IconLabel("circle-alert", theme=theme, size=20, colour="error", parent=self))
        layout.addLayout(texts, 1)
        layout.addWidget(self._retry)
        layout.addWidget(self._copy)
        layout.addWidget(self._rescue)
        self._failure: tuple[Exception, int] | None = None
        self.hide()

    @property
    def sentence(self) -> str:
        """What the bar says now."""
        return self._text.text()

    def say(self, error: Exception, waiting: int) -> None:
        """Appears with the reason and the number of changes that are not in the file.

        Args:
            error: why saving failed; after damage the backups are offered instead of another try.
            waiting: number of answers that are not in the file; 0 where only a note or a file is not.
        """
        self._failure = (error, waiting)
        self.retranslate()
        self.show()

    def retranslate(self) -> None:
        """Says it again in the present language."""
        if self._failure is None:
            return
        error, waiting = self._failure
        is_damaged = isinstance(error, RoadmapDeskError) and error.code in RESCUABLE
        sentence = sentence_of(error)
        answers = ngettext("{n} answer is not saved", "{n} answers are not saved", waiting).format(n=waiting)
        self._title.setText(answers if waiting else _("The last change is not saved"))
        self._text.setText(sentence)
        self._retry.setText(_("Try again"))
        self._copy.setText(_("Save a copy …"))
        self._rescue.setText(_("Look at backups …"))
        self._rescue.setVisible(is_damaged)
        self._retry.setVisible(not is_damaged)
        self.setAccessibleName(self._title.text())
        self.setAccessibleDescription(sentence)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("error_soft"))
        painter.setPen(QPen(self._theme.colour("error"), 2))
        edge = QRectF(self.rect()).adjusted(0, 1, 0, -1)
        painter.drawLine(edge.bottomLeft(), edge.bottomRight())
        painter.end()
