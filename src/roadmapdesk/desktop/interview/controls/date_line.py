"""A date typed with a four-digit year, or picked from a calendar."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from roadmapdesk.desktop.interview.controls.calendar import CalendarButton
from roadmapdesk.desktop.interview.controls.dates import read_date, show_date
from roadmapdesk.desktop.interview.controls.line import LineControl
from roadmapdesk.desktop.interview.controls.numbers import Typed
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.i18n import current_language
from roadmapdesk.workspace.wording import plain


class DateLine(LineControl):
    """A date. F4 or Alt+Down opens the calendar, unless the form says ``no-calendar``."""

    def __init__(self, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme=theme, parent=parent)
        self._line.setFixedWidth(theme.px(160))
        self._open = CalendarButton(self._line, theme=theme, parent=self)
        self._open.day_chosen.connect(self._on_day_chosen)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(3, 3, 3, 3)
        layout.setSpacing(8)
        layout.addWidget(self._line)
        layout.addWidget(self._open)
        layout.addStretch(1)
        theme.changed.connect(self._fit)

    def _fit(self) -> None:
        self._line.setFixedWidth(self._theme.px(160))

    @override
    def read(self, typed: str) -> Typed:
        return read_date(typed, current_language())

    @override
    def show_stored(self, stored: str) -> str:
        return show_date(stored, current_language())

    @override
    def _repaint_view(self) -> None:
        super()._repaint_view()
        self._open.setVisible("no-calendar" not in self.view.appearances)
        self._open.setEnabled(not self.view.is_readonly)
        self._open.set_day(self.view.text)

    @override
    def inputs(self) -> tuple[QWidget, ...]:
        return (self._line,) if self._open.isHidden() else (self._line, self._open)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._open.takes(event):
            event.accept()
        else:
            super().keyPressEvent(event)

    @override
    def _name_inputs(self) -> None:
        super()._name_inputs()
        self._open.name_for(plain(self.view.label) or self.view.name)

    def _on_day_chosen(self, day: str) -> None:
        self._line.setText(self.show_stored(day))
        self.commit()
        self._line.setFocus(Qt.FocusReason.PopupFocusReason)
