"""The window for the respondent: only the question, large, without guidance, codes of keys or names of others."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from roadmapdesk.desktop.interview.controls.keys import numbered
from roadmapdesk.desktop.interview.labels import FormText
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.labels import Text
from roadmapdesk.desktop.widgets.scrolled import Column
from roadmapdesk.i18n import gettext as _
from roadmapdesk.workspace.interview_cards import shown_answer
from roadmapdesk.workspace.wording import plain, split_label
from roadmapdesk.xforms.session.view import NodeView

_MOST_CHOICES = 14
_SHARE = 0.9
"""Share of the screen that the window takes at most."""


class ReadingWindow(QFrame):
    """Shows the current question for somebody who reads along, on the second screen where there is one.

    F11 or a double click fills the screen, Esc closes the window.
    """

    def __init__(self, *, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._theme = theme
        self.setObjectName("reading_window")
        self.setProperty("panel", "plain")
        self._group = Text("", tone="muted", parent=self)
        self._wording = FormText(type_style="reading", parent=self)
        self._second = FormText(type_style="title", tone="muted", parent=self)
        self._hint = FormText(type_style="lead", tone="muted", parent=self)
        self._choices = _ChoiceList(theme=theme, parent=self)
        self._answer = Text("", type_style="title", tone="accent", parent=self)
        body = Column(self)
        body.setProperty("panel", "plain")
        layout = QVBoxLayout(body)
        layout.setContentsMargins(64, 48, 64, 48)
        layout.setSpacing(16)
        for widget in (self._group, self._wording, self._second, self._hint, self._choices, self._answer):
            layout.addWidget(widget)
        layout.addStretch(1)
        area = QScrollArea(self)
        area.setWidget(body)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)
        self._place()

    def show_question(self, view: NodeView, second: NodeView | None, group: str) -> None:
        """Shows one question.

        Args:
            view: in the language of the interview.
            second: in the other language, where both are shown.
            group: the title of the group it stands in.
        """
        self.setWindowTitle(_("Question for the respondent"))
        self._group.setText(plain(group))
        self._wording.show_text(split_label(view.label).text)
        other = split_label(second.label).text if second is not None else ""
        self._second.show_text(other)
        self._hint.show_text(view.hint)
        labels = [plain(choice.label) for choice in view.choices]
        self._choices.show_labels(labels if len(labels) <= _MOST_CHOICES else [])
        answer = shown_answer(view)
        self._answer.setText(answer)
        self._answer.setVisible(bool(answer) and view.control in {"select1", "select"})

    def _place(self) -> None:
        """Lies on the second screen where there is one, and never reaches beyond its screen."""
        parent = self.parentWidget()
        own = parent.screen() if parent is not None else self.screen()
        screen = next((other for other in QGuiApplication.screens() if other is not own), own)
        room = screen.availableGeometry()
        width = min(self._theme.px(960), round(room.width() * _SHARE))
        height = min(self._theme.px(620), round(room.height() * _SHARE))
        self.resize(width, height)
        self.move(room.center().x() - width // 2, room.center().y() - height // 2)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._toggle_full_screen()

    def _toggle_full_screen(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        elif event.key() == Qt.Key.Key_F11:
            self._toggle_full_screen()
        else:
            super().keyPressEvent(event)


class _ChoiceList(QWidget):
    """What can be answered, one below the other; a long one goes on below its own first word."""

    def __init__(self, *, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.space("m"))
        self._grid.setVerticalSpacing(theme.space("xs"))
        self._grid.setColumnStretch(1, 1)
        self._lines: list[tuple[Text, Text]] = []
        theme.changed.connect(self._apply_fonts)

    def show_labels(self, labels: Sequence[str]) -> None:
        """Shows these; none hides the list."""
        while len(self._lines) < len(labels):
            mark, words = Text("•", parent=self), Text("", parent=self)
            self._grid.addWidget(mark, len(self._lines), 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(words, len(self._lines), 1)
            self._lines.append((mark, words))
        for place, line in enumerate(self._lines):
            number, text = numbered(labels[place] if place < len(labels) else "")
            line[0].setText(number or "•")
            line[1].setText(text)
            for part in line:
                part.setVisible(place < len(labels))
        self._apply_fonts()
        self.setVisible(bool(labels))

    def _apply_fonts(self) -> None:
        font = self._theme.font("title")
        font.setWeight(self._theme.font("body").weight())
        for part in (part for line in self._lines for part in line):
            part.setFont(font)
