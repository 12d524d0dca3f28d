"""The two panes below the tabs: the shown view with its tools, and at the right its table or the evidence."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from roadmapdesk.desktop.assessment.view import View
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.flow import FlowLayout

_SIDE_WIDTH = 466
_HIGH_ENOUGH = 360
"""Pixels at 100 % text that a view keeps above its table."""


class Panes(QSplitter):
    """Shows one view at a time; the drawer takes the place of the view's table while it is open.

    Args:
        views: all views, in the order of the tabs.
        tools: controls that stand before those of the view.
        notices: what stands between tools and view, such as progress.
        drawer: the evidence.
    """

    def __init__(
        self,
        views: Sequence[View],
        *,
        tools: Sequence[QWidget],
        notices: Sequence[QWidget],
        drawer: QWidget,
        theme: Theme,
        parent: QWidget,
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setObjectName("assessment_splitter")
        self.setChildrenCollapsible(False)
        self._theme = theme
        self._views = tuple(views)
        self._drawer = drawer
        self._number = 0
        self._bar = QWidget(self)
        self._flow = FlowLayout(self._bar, gap=theme.space("m"))
        self._n_tools = len(tools)
        for tool in tools:
            self._flow.addWidget(tool)
        self._stack = QStackedWidget(self)
        self._side = QStackedWidget(self)
        self._side.addWidget(drawer)
        for view in self._views:
            self._stack.addWidget(view)
            side = view.side()
            if side is not None:
                self._side.addWidget(side)
        ground = QFrame(self)
        ground.setProperty("panel", "ground")
        self._left = QScrollArea(self)
        self._left.setFrameShape(QFrame.Shape.NoFrame)
        self._left.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._left.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._left.setWidgetResizable(True)
        layout = QVBoxLayout(ground)
        layout.setContentsMargins(theme.space("page_margin"), theme.space("s"), theme.space("m"), theme.space("s"))
        layout.setSpacing(theme.space("s"))
        for widget in (self._bar, *notices):
            layout.addWidget(widget)
        layout.addWidget(self._stack, 1)
        self._left.setWidget(ground)
        self.addWidget(self._left)
        self.addWidget(self._side)
        self.setStretchFactor(0, 1)
        self.setStretchFactor(1, 0)
        self._side.setMinimumWidth(300)
        self._side.hide()
        self._stack.hide()
        theme.changed.connect(self._update_direction)
        self._update_direction()

    @property
    def view(self) -> View:
        """The view that is shown."""
        return self._views[self._number]

    @property
    def is_open(self) -> bool:
        """Whether the evidence is open."""
        return self._side.currentWidget() is self._drawer and self._side.isVisibleTo(self)

    def reveal(self) -> None:
        """Shows the view, now that there is something in it."""
        self._stack.show()
        if not self.is_open:
            self._show_side()

    def show_view(self, number: int) -> None:
        """Turns to another view, with its tools and its table; evidence that hides the views gives way."""
        self._number = number
        self._stack.setCurrentIndex(number)
        while self._flow.count() > self._n_tools:
            self._flow.takeAt(self._flow.count() - 1)
        for view in self._views:
            for tool in view.tools():
                tool.setParent(self._bar if view is self.view else view)
        for tool in self.view.tools():
            self._flow.addWidget(tool)
            tool.show()
        if self.is_open and self._theme.is_wide_text:
            self.close_drawer()
        elif not self.is_open and self._stack.isVisibleTo(self):
            self._show_side()

    def open_drawer(self) -> None:
        """Shows the evidence; at large text it takes the whole width."""
        self._show_pane(self._drawer, self._theme.width("drawer"))
        self._left.setVisible(not self._theme.is_wide_text)

    def close_drawer(self) -> None:
        """Shows the view's table again, or nothing."""
        self._left.show()
        self._show_side()

    def _update_direction(self) -> None:
        """At large text the table stands below the view, which keeps room enough to be read and scrolls."""
        is_wide = self._theme.is_wide_text
        self.setOrientation(Qt.Orientation.Vertical if is_wide else Qt.Orientation.Horizontal)
        self._stack.setMinimumHeight(self._theme.px(300) if is_wide else 0)
        if self._stack.isVisibleTo(self) and not self.is_open:
            self._show_side()

    def _show_side(self) -> None:
        side = self.view.side()
        is_above = side is not None and self._theme.is_wide_text
        self._left.setMinimumHeight(self._theme.px(_HIGH_ENOUGH) if is_above else 0)
        if side is None:
            self._side.hide()
        else:
            self._show_pane(side, _SIDE_WIDTH)

    def _show_pane(self, pane: QWidget, width: int) -> None:
        """Shows a pane at the right; it takes its width when another one stood there, else stays as it was set."""
        is_new = self._side.currentWidget() is not pane or not self._side.isVisibleTo(self)
        self._side.setCurrentWidget(pane)
        self._side.show()
        if is_new and self._theme.is_wide_text:
            self.setSizes([self.height() * 3 // 5, self.height() * 2 // 5])
        elif is_new:
            wanted = min(self._theme.px(width), max(self.width() * 2 // 5, 300))
            self.setSizes([max(self.width() - wanted, wanted), wanted])
