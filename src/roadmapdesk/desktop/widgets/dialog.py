"""The frame of our own dialogs: a question as title, one sentence, the fields, verbs at the bottom."""

import itertools

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.buttons import Button
from roadmapdesk.desktop.widgets.labels import Text
from roadmapdesk.desktop.widgets.scrolled import Column

NARROW = 440
WIDE = 640


_RING = 3
"""Room that the focus ring needs around what lies in the part that scrolls."""
_LINE = 24
"""Pixels of height within which fields stand in one line."""
_AROUND = 48
"""Pixels of the screen that a dialog leaves free, for its own frame among others."""


class _Body(QScrollArea):
    """The fields; they scroll where the screen is too small for them."""

    def __init__(self, content: QWidget, *, parent: QWidget) -> None:
        super().__init__(parent)
        self._content = content
        self.setWidget(content)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        content.setAutoFillBackground(False)  # setWidget switched it on
        self.viewport().setAutoFillBackground(False)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus_changed)

    @override
    def sizeHint(self) -> QSize:
        return self._content.sizeHint()

    @override
    def minimumSizeHint(self) -> QSize:
        least = self._content.minimumSizeHint()
        return QSize(least.width(), min(least.height(), self.fontMetrics().height() * 4))

    @override
    def heightForWidth(self, width: int) -> int:
        layout = self._content.layout()
        if layout is None:
            return 0
        return layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else layout.totalSizeHint().height()

    def drop_needless_bar(self) -> None:
        """Takes a scroll bar away that only its own width makes necessary: beside it a text needs one line more."""
        if self.verticalScrollBar().isVisible() and self.heightForWidth(self.width()) <= self.height():
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)

    @Slot(QWidget, QWidget)
    def _on_focus_changed(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self._content.isAncestorOf(now):
            self.ensureWidgetVisible(now, _RING, _RING)


class Dialog(QDialog):
    """A dialog with title line, consequence, content and buttons; Esc is the safe way out.

    Args:
        title: what is asked, as a question or a name.
        consequence: one sentence; empty hides it.
        confirm: verb of the button that goes ahead; empty for a dialog that only shows.
        refuse: verb of the safe button.
        theme: the look.
        width: `NARROW` or `WIDE`, grown with the text.
        height: what it takes where the screen has it, for content that scrolls by itself; grown with the text.

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
        height: int = 0,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._wanted_height = height
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
        body = Column(self)
        self.content = QVBoxLayout(body)
        self.content.setContentsMargins(*(_RING,) * 4)
        self.content.setSpacing(theme.space("m"))
        self._body = _Body(body, parent=self)
        body.installEventFilter(self)
        self.buttons = QHBoxLayout()
        self.buttons.setContentsMargins(_RING, 0, _RING, _RING)
        self.buttons.setSpacing(theme.space("s"))
        self.buttons.addStretch(1)
        self.buttons.addWidget(self.refuse)
        self.buttons.addWidget(self.confirm)
        head = QVBoxLayout()
        head.setContentsMargins(_RING, _RING, _RING, 0)
        head.setSpacing(theme.space("l"))
        head.addWidget(self._heading)
        head.addWidget(self._sentence)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(theme.space("xl") - _RING,) * 4)
        layout.setSpacing(theme.space("l") - _RING)
        layout.addLayout(head)
        layout.addWidget(self._body, 1)
        layout.addLayout(self.buttons)
        self.setMinimumWidth(min(theme.px(width), self._room().width()))

    def _room(self) -> QSize:
        """How large the dialog may be on this screen."""
        parent = self.parentWidget()
        room = self.screen().availableSize() - QSize(_AROUND, _AROUND)
        return room.expandedTo(parent.window().size() - QSize(_AROUND, _AROUND)) if parent is not None else room

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Takes the height that the wrapped texts need at this width, which Qt's own first size does not know."""
        super().showEvent(event)
        layout = self.layout()
        if not self.content.count() and layout is not None:  # Qt's least height counts texts at their narrowest
            self._body.hide()
            layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
            self.setMinimumHeight(0)
        self.fit()
        self._order_tabs()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Grows with its content, so that a sentence below a field is never hidden; it does not shrink by itself."""
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            QTimer.singleShot(0, self, lambda: self.fit(at_least=self.height()))
        return super().eventFilter(watched, event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A page up or down in what scrolls, so that a long list can be read without the mouse."""
        steps = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
        if event.key() in steps:
            bar = self._body.verticalScrollBar()
            bar.setValue(bar.value() + steps[Qt.Key(event.key())] * bar.pageStep())
            return
        super().keyPressEvent(event)

    def _order_tabs(self) -> None:
        """Tab leads through the fields from top to bottom, a line from left to right, and to the buttons last."""
        fields = [one for one in self._body.findChildren(QWidget) if _takes_tab(one) and one.isVisibleTo(self)]
        fields.sort(key=self._place_of)
        items = [self.buttons.itemAt(place) for place in range(self.buttons.count())]
        buttons = [item.widget() for item in items if item is not None]
        order = [*fields, *(one for one in buttons if one is not None and _takes_tab(one))]
        for first, second in itertools.pairwise(order):
            QWidget.setTabOrder(first, second)

    def _place_of(self, field: QWidget) -> tuple[int, int]:
        """Its line from the top, and how far from the left it stands there."""
        return field.mapTo(self, field.rect().center()).y() // _LINE, field.mapTo(self, QPoint()).x()

    def fit(self, *, at_least: int = 0) -> None:
        """Takes the height that the content needs now, as far as the screen has it.

        Args:
            at_least: pixels of height that it keeps.
        """
        layout = self.layout()
        if layout is not None:
            self.content.activate()
            self._body.updateGeometry()  # a part that scrolls does not tell that its content needs less or more now
            layout.invalidate()
            layout.activate()
            least = layout.totalMinimumSize().height() if self.content.count() else 0
            needed = max(layout.totalHeightForWidth(self.width()), least, self.theme.px(self._wanted_height))
            self.resize(self.width(), max(min(needed, self._room().height()), at_least))
            self._body.drop_needless_bar()
            self._stay_on_screen()

    def _stay_on_screen(self) -> None:
        """Moves up when its buttons would stand below the screen; its title stays in view in any case."""
        screen, frame = self.screen().availableGeometry(), self.frameGeometry()
        too_low = frame.bottom() - screen.bottom()
        if too_low > 0:
            self.move(self.x(), max(self.y() - too_low, self.y() - frame.y() + screen.y()))


def _takes_tab(widget: QWidget) -> bool:
    is_part = isinstance(widget.parent(), QComboBox) or widget.objectName().startswith("qt_")
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and not is_part
