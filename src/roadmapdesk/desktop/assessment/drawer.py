"""The evidence drawer: what stands behind the selected cell, at the level that is shown."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from roadmapdesk.desktop.assessment.drawer_parts import Parts
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.buttons import IconButton
from roadmapdesk.desktop.widgets.labels import Text
from roadmapdesk.desktop.widgets.panel import rule
from roadmapdesk.i18n import gettext as _
from roadmapdesk.workspace.evidence import Assessed, CellEvidence

_PREVIOUS, _NEXT = "Alt+Left", "Alt+Right"


class EvidenceDrawer(QFrame):
    """A pane that is there or not there.

    Attributes:
        step_requested: go to the previous (-1) or next (+1) cell.
        closed: the cross or Esc.
        internal_requested: show the internal level instead.
    """

    step_requested = Signal(int)
    closed = Signal()
    internal_requested = Signal()

    def __init__(self, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("evidence")
        self.setProperty("panel", "plain")
        self._theme = theme
        self._place = Text("", type_style="caption", tone="muted", wraps=False, parent=self)
        self._previous = IconButton("chevron-left", theme=theme, parent=self)
        self._next = IconButton("chevron-right", theme=theme, parent=self)
        self._close = IconButton("x", theme=theme, parent=self)
        self._scroll = QScrollArea(self)
        self._build()
        self._connect()
        self.retranslate()

    def show_evidence(self, assessed: Assessed, evidence: CellEvidence) -> None:
        """Shows another cell."""
        theme, facts, cell = self._theme, assessed.facts, evidence.cell
        code = f"{cell.key.stage.upper()} × {cell.key.dimension.upper()}"
        self._place.setText(_("{cell} · Evidence").format(cell=code))
        parts = Parts(assessed, evidence, theme=theme)
        ground = QFrame(self)
        ground.setProperty("panel", "plain")
        layout = QVBoxLayout(ground)
        margin = theme.space("l")
        layout.setContentsMargins(margin + 2, 0, margin, margin)
        layout.setSpacing(theme.space("s"))
        layout.addWidget(Text(facts.stage_name(cell.key.stage), type_style="heading"))
        layout.addWidget(Text(facts.dimension_name(cell.key.dimension)))
        layout.addWidget(parts.verdict())
        groups: list[list[QWidget]] = [[parts.figures(), *parts.spread()]]
        if parts.is_internal:
            groups += [
                parts.organisations(),
                parts.bottlenecks(),
                parts.quotes(),
                parts.measures(),
                parts.other_wave(),
            ]
        else:
            groups.append(parts.visible_and_hidden(self.internal_requested.emit))
            groups += [parts.bottlenecks(), parts.quotes(), parts.measures(), parts.other_wave()]
        for group in groups:
            if group:
                layout.addWidget(rule(parent=ground))
            for widget in group:
                layout.addWidget(widget)
        layout.addStretch(1)
        self._scroll.setWidget(ground)
        self.setAccessibleName(_("Evidence for {cell}").format(cell=code))

    def take_focus(self) -> None:
        """Gives the keyboard to the drawer."""
        self._next.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        """Names the buttons in the present language."""
        self._previous.set_name(_("Previous cell"), _PREVIOUS)
        self._next.set_name(_("Next cell"), _NEXT)
        self._close.set_name(_("Close evidence"), "Esc")

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self._scroll.verticalScrollBar()
        line, page = self._theme.px(40), bar.pageStep()
        steps = {
            Qt.Key.Key_Up: -line,
            Qt.Key.Key_Down: line,
            Qt.Key.Key_PageUp: -page,
            Qt.Key.Key_PageDown: page,
        }
        step = steps.get(Qt.Key(event.key()))
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif step is not None:
            bar.setValue(bar.value() + step)
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        theme = self._theme
        head = QHBoxLayout()
        margin = theme.space("l")
        head.setContentsMargins(margin + 2, theme.space("s"), theme.space("s"), 0)
        head.setSpacing(theme.space("xs"))
        head.addWidget(self._place, 1)
        for button in (self._previous, self._next, self._close):
            head.addWidget(button)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self._scroll, 1)

    def _connect(self) -> None:
        self._previous.clicked.connect(lambda: self.step_requested.emit(-1))
        self._next.clicked.connect(lambda: self.step_requested.emit(1))
        self._close.clicked.connect(self.closed)
        for keys, step in ((_PREVIOUS, -1), (_NEXT, 1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda step=step: self.step_requested.emit(step))
