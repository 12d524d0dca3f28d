"""A framed area of a page: surface, one-pixel border, an optional title row, and the content."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.labels import Text


class Panel(QFrame):
    """A panel with a title on the left and one line or actions on the right.

    Args:
        title: translated; an empty title hides the row.
        theme: the look.
        has_padding: False for content that reaches the border, such as a table.
    """

    def __init__(
        self, title: str = "", *, theme: Theme, has_padding: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("panel", "surface")
        inner = theme.space("l")
        self._title = Text(title, type_style="heading", wraps=False, parent=self)
        self._remark = Text("", tone="muted", wraps=False, parent=self)
        self._remark.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._head = QHBoxLayout()
        self._head.setContentsMargins(*((0, 0, 0, 0) if has_padding else (inner - 1, inner - 4, inner - 1, 0)))
        self._head.addWidget(self._title)
        self._head.addStretch(1)
        self._head.addWidget(self._remark)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(*((inner, inner - 4, inner, inner) if has_padding else (1, 1, 1, 1)))
        self._layout.setSpacing(theme.space("s"))
        self._layout.addLayout(self._head)
        self.set_title(title)
        self.set_remark("")

    def set_title(self, title: str) -> None:
        """Renames the panel, for the eye and the screen reader."""
        self._title.setText(title)
        self._title.setVisible(bool(title))
        self.setAccessibleName(title)

    def set_remark(self, remark: str) -> None:
        """Sets the grey line at the right end of the title row."""
        self._remark.setText(remark)
        self._remark.setVisible(bool(remark))

    def add_action(self, widget: QWidget) -> None:
        """Puts a control at the right end of the title row."""
        self._head.addWidget(widget)

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        """Puts a widget below what is there."""
        self._layout.addWidget(widget, stretch)

    def add_layout(self, layout: QLayout, stretch: int = 0) -> None:
        """Puts a layout below what is there."""
        self._layout.addLayout(layout, stretch)

    def add_stretch(self) -> None:
        """Keeps what is there at the top."""
        self._layout.addStretch(1)


def rule(*, is_vertical: bool = False, parent: QWidget | None = None) -> QFrame:
    """A line of one pixel between two areas."""
    line = QFrame(parent)
    line.setProperty("panel", "rule")
    if is_vertical:
        line.setFixedWidth(1)
    else:
        line.setFixedHeight(1)
    return line


def scrolled(content: QWidget, *, parent: QWidget | None = None) -> QScrollArea:
    """A column that scrolls downwards when its content is higher than its room; as wide as the content needs."""
    area = QScrollArea(parent)
    area.setWidget(content)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
    area.setSizeAdjustPolicy(QScrollArea.SizeAdjustPolicy.AdjustToContents)
    return area
