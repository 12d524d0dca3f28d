"""The bar above the questions that stays while they scroll: where am I, how much is answered, what comes next."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.buttons import Button, IconButton
from roadmapdesk.desktop.widgets.chips import Bar
from roadmapdesk.desktop.widgets.labels import ElidedLabel, Text
from roadmapdesk.i18n import gettext as _

_BAR = 64
_COUNTS, _SHORT_COUNTS = 76, 58


class ContextBar(QWidget):
    """Place, title, progress, and the buttons to the neighbouring sections.

    Attributes:
        step_wanted: 1 for the next section, -1 for the one before.
    """

    step_wanted = Signal(int)

    def __init__(self, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("context_bar")
        self._place = ElidedLabel("", type_style="caption", parent=self)
        self._title = ElidedLabel("", type_style="heading", lines=2, parent=self)
        self._title.setProperty("type", "heading")
        self._counts = Text("", type_style="caption", wraps=True, parent=self)
        self._counts.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._theme = theme
        theme.changed.connect(self._fit)
        self._bar = Bar(theme=theme, parent=self)
        self._bar.setFixedWidth(_BAR)
        self._previous = IconButton("chevron-left", theme=theme, variant="secondary", parent=self)
        self._next_text = self._count = self._short_count = ""
        self._next = Button("", theme=theme, parent=self)
        self._next.set_icon("chevron-right")
        self._next.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self._previous.clicked.connect(lambda: self.step_wanted.emit(-1))
        self._next.clicked.connect(lambda: self.step_wanted.emit(1))
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(self._place)
        texts.addWidget(self._title)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(24, 8, 24, 8)
        layout.setSpacing(12)
        layout.addLayout(texts, 1)
        layout.addWidget(self._counts)
        layout.addWidget(self._bar)
        layout.addWidget(self._previous)
        layout.addWidget(self._next)
        self._layout = layout
        self._fit()

    def add_control(self, control: QWidget) -> None:
        """Puts another control before the two that lead to other sections."""
        self._layout.insertWidget(self._layout.indexOf(self._previous), control)
        QWidget.setTabOrder(control, self._previous)

    def _fit(self) -> None:
        """In large text the title needs the room: the counts go without words and bar, and the arrow says enough."""
        is_wide = self._theme.is_wide_text
        self._counts.setFixedWidth(self._theme.px(_SHORT_COUNTS if is_wide else _COUNTS))
        self._counts.setText(self._short_count if is_wide else self._count)
        self._bar.setVisible(not is_wide)
        self._next.setText("" if self._theme.is_wide_text else self._next_text)

    def show_place(self, place: str, title: str) -> None:
        """Says where the person is."""
        self._place.setText(place)
        self._place.setVisible(bool(place))
        self._title.setText(title)

    def show_progress(self, answered: int, asked: int) -> None:
        """Says how much of the section is answered."""
        self._count = _("{answered} of {asked} answered").format(answered=answered, asked=asked)
        self._short_count = f"{answered}/{asked}"
        self._counts.setAccessibleName(self._count)
        self._bar.set_share(answered / asked if asked else 0.0, self._count)
        self._fit()

    def show_steps(self, *, next_text: str, has_previous: bool, has_next: bool) -> None:
        """Names the button to the next section, ``Next stage`` or ``Next section``."""
        self._previous.set_name(_("Previous section"), "Ctrl+PgUp")
        self._previous.setEnabled(has_previous)
        self._next_text = next_text
        self._next.setText("" if self._theme.is_wide_text else next_text)
        self._next.setAccessibleName(next_text)
        self._next.set_shortcut_hint(next_text, "Ctrl+PgDown")
        self._next.setEnabled(has_next)
