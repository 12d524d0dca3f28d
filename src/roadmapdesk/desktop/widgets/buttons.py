"""Buttons: with words in four variants, and the few that are an icon alone."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QToolButton, QWidget
from typing_extensions import override

from roadmapdesk.desktop.theme import Theme

_ICON_GAP = 5  # beside the 4 px that Qt leaves between icon and word
_ARROW_GAP = 8


class Button(QPushButton):
    """A button with a verb.

    Args:
        text: the verb, translated; ``&`` marks the mnemonic.
        theme: the look.
        variant: ``secondary``; ``primary`` (one per page); ``flat``; ``compact`` inside panels; ``link``.
        icon: Lucide name shown before the word.
    """

    def __init__(
        self,
        text: str = "",
        *,
        theme: Theme,
        variant: str = "secondary",
        icon: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._theme = theme
        self.setProperty("variant", variant)
        self.setAutoDefault(False)
        if variant == "link":
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        if icon is not None:
            self.set_icon(icon)
        theme.changed.connect(self._update_icon_size)

    @override
    def sizeHint(self) -> QSize:
        """With room between the word and the arrow of a menu, which grows with the text."""
        hint = super().sizeHint()
        return hint if self.menu() is None else QSize(hint.width() + self._theme.px(_ARROW_GAP), hint.height())

    def set_variant(self, variant: str) -> None:
        """Wears another variant."""
        self.setProperty("variant", variant)
        self.style().unpolish(self)
        self.style().polish(self)

    def set_icon(self, name: str) -> None:
        """Shows an icon before the word, in the ink of the variant."""
        inks = {"primary": "on_accent", "link": "link"}
        self.setIcon(self._theme.icon(name, inks.get(str(self.property("variant")), "text")))
        self._update_icon_size()

    def set_shortcut_hint(self, text: str, sequence: QKeySequence | str) -> None:
        """Sets the tooltip: what the button does, with its shortcut."""
        keys = QKeySequence(sequence).toString(QKeySequence.SequenceFormat.NativeText)
        self.setToolTip(f"{text} ({keys})")

    def _update_icon_size(self) -> None:
        side = self._theme.px(18)
        self.setIconSize(QSize(side + _ICON_GAP, side))


class Link(Button):
    """A name that leads somewhere; it ends in … where room is short, with the whole name as tooltip."""

    def __init__(self, text: str, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(text, theme=theme, variant="link", parent=parent)
        self._whole = text
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        metrics = self.fontMetrics()
        more = metrics.horizontalAdvance(self._whole) - metrics.horizontalAdvance(self.text())
        return QSize(hint.width() + more, hint.height())

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance("MMM…"), super().minimumSizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        shown = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, self.width())
        self.setToolTip(self._whole if shown != self._whole else "")
        if shown != self.text():
            self.setText(shown)


class IconButton(QToolButton):
    """A button that is an icon alone; its name is tooltip and accessible name.

    Args:
        icon: Lucide name.
        name: what it does, translated.
        theme: the look.
        variant: ``flat`` or ``secondary``.
    """

    def __init__(
        self, icon: str, name: str = "", *, theme: Theme, variant: str = "flat", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("variant", variant)
        self._icon_look = (icon, "text")
        self.setIcon(theme.icon(icon))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.set_name(name)
        self._update_size()
        theme.changed.connect(self._update_size)

    def set_icon(self, name: str, colour: str = "text") -> None:
        """Shows another icon, for a button that begins and ends something."""
        if (name, colour) != self._icon_look:
            self._icon_look = (name, colour)
            self.setIcon(self._theme.icon(name, colour))

    def set_name(self, name: str, shortcut: QKeySequence | str | None = None) -> None:
        """Sets what it does, and the shortcut shown with it."""
        self.setAccessibleName(name)
        keys = QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.NativeText) if shortcut is not None else ""
        self.setToolTip(f"{name} ({keys})" if keys else name)

    def _update_size(self) -> None:
        side = self._theme.px(20)
        self.setIconSize(QSize(side, side))
        self.setMinimumWidth(self._theme.px(38))
        self.setMaximumHeight(self._theme.height("control"))
