"""The window for the respondent: only the question, large, without guidance, codes of keys or names of others."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget
from typing_extensions import override

from roadmapdesk.desktop.interview.labels import FormText
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.labels import Text
from roadmapdesk.i18n import gettext as _
from roadmapdesk.workspace.interview_pages import shown_answer
from roadmapdesk.workspace.wording import plain, split_label
from roadmapdesk.xforms.session.view import NodeView


class ReadingWindow(QFrame):
    """Shows the current question for somebody who reads along, on the same or a second screen; Esc closes it."""

    def __init__(self, *, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._theme = theme
        self.setObjectName("reading_window")
        self.setProperty("panel", "plain")
        self._group = Text("", tone="muted", parent=self)
        self._wording = FormText(type_style="reading", parent=self)
        self._second = FormText(type_style="title", tone="muted", parent=self)
        self._hint = FormText(type_style="heading", tone="muted", parent=self)
        self._choices = Text("", parent=self)
        self._answer = Text("", type_style="title", tone="accent", parent=self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(64, 48, 64, 48)
        layout.setSpacing(16)
        for widget in (self._group, self._wording, self._second, self._hint, self._choices, self._answer):
            layout.addWidget(widget)
        layout.addStretch(1)
        self.resize(theme.px(960), theme.px(620))
        theme.changed.connect(self._apply_fonts)
        self._apply_fonts()

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
        self._choices.setText("\n".join(f"•  {plain(choice.label)}" for choice in view.choices[:14]))
        self._choices.setVisible(bool(view.choices) and len(view.choices) <= 14)
        answer = shown_answer(view)
        self._answer.setText(answer)
        self._answer.setVisible(bool(answer) and view.control in {"select1", "select"})

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def _apply_fonts(self) -> None:
        font = self._theme.font("title")
        font.setWeight(self._theme.font("body").weight())
        self._choices.setFont(font)
