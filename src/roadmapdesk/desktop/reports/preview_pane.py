"""The preview: one page at a time with its number, or the outline where no pages can be drawn."""

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from roadmapdesk.desktop.jobs import Jobs, Pool
from roadmapdesk.desktop.reports.outline_delegate import OutlineDelegate
from roadmapdesk.desktop.reports.rendering import OutlineLine, Preview, page_image
from roadmapdesk.desktop.style import OWN_FOCUS, draw_focus_ring
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.buttons import IconButton
from roadmapdesk.desktop.widgets.inputs import ComboBox
from roadmapdesk.desktop.widgets.labels import Text
from roadmapdesk.desktop.widgets.notices import EmptyState
from roadmapdesk.desktop.widgets.panel import Panel
from roadmapdesk.desktop.widgets.table_model import Column, RowsModel
from roadmapdesk.desktop.widgets.table_view import TableView
from roadmapdesk.i18n import gettext as _
from roadmapdesk.workspace.exporting import ReportKind

_REST_MS = 120
_A4 = 210 / 297


class PageView(QWidget):
    """One page, as large as its room allows; PageUp and PageDown turn.

    Attributes:
        turned: turn by so many pages.
        resized: another width of the page is wanted.
    """

    turned = Signal(int)
    resized = Signal()

    def __init__(self, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page_view")
        self._theme = theme
        self._image: QImage | None = None
        self.setProperty(OWN_FOCUS, True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(260, 320)

    def show_image(self, image: QImage | None) -> None:
        """Shows another page; None while it is being drawn."""
        self._image = image
        self.update()

    @property
    def image(self) -> QImage | None:
        """The page shown now."""
        return self._image

    @property
    def pixels(self) -> int:
        """Width that a page should be drawn at, in device pixels."""
        return max(200, round(self._page_box().width() * self.devicePixelRatioF()))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_PageDown: 1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_PageUp: -1,
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_Home: -10_000,
            Qt.Key.Key_End: 10_000,
        }
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.turned.emit(step)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.angleDelta().y():
            self.turned.emit(-1 if event.angleDelta().y() > 0 else 1)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        box = self._page_box()
        painter.fillRect(self.rect(), theme.colour("sunken"))
        if self._image is not None:
            painter.drawImage(box, self._image)
        else:
            painter.fillRect(box, theme.colour("surface"))
        painter.setPen(QPen(theme.colour("border"), 1))
        painter.drawRect(box.adjusted(-0.5, -0.5, 0.5, 0.5))
        if self.hasFocus():
            draw_focus_ring(painter, box.adjusted(-1, -1, 1, 1), theme=theme, radius=0)
        painter.end()

    def _page_box(self) -> QRectF:
        room = QRectF(self.rect()).adjusted(12, 10, -12, -10)
        share = self._image.width() / self._image.height() if self._image is not None else _A4
        width = min(room.width(), room.height() * share)
        height = width / share
        return QRectF(room.center().x() - width / 2, room.center().y() - height / 2, width, height)


class PreviewPane(Panel):
    """Pages or outline of what will be exported.

    Args:
        jobs: draws pages in the background.
    """

    def __init__(self, *, jobs: Jobs, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme=theme, has_padding=False, parent=parent)
        self.setObjectName("preview")
        self._jobs = jobs
        self._preview: Preview | None = None
        self._number = 0
        self._wanted = 0
        self._previous = IconButton("chevron-left", theme=theme, parent=self)
        self._next = IconButton("chevron-right", theme=theme, parent=self)
        self._place = Text("", wraps=False, parent=self)
        self._chapters = ComboBox(theme=theme, parent=self)
        self._chapters.setObjectName("chapter")
        self._chapters.setMaximumWidth(theme.px(240))
        self._page = PageView(theme=theme, parent=self)
        self._note = Text("", type_style="caption", tone="muted", parent=self)
        self._note.setContentsMargins(16, 0, 16, 4)
        self._model = RowsModel(_outline_columns(), parent=self)
        self._outline = TableView(theme=theme, parent=self)
        self._outline.setObjectName("outline")
        self._outline.show_rows(self._model, is_sortable=False)
        self._outline.setItemDelegateForColumn(0, OutlineDelegate(theme=theme, parent=self))
        self._nothing = EmptyState(theme=theme, parent=self)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._build()
        self._connect()
        self.retranslate()

    @property
    def has_content(self) -> bool:
        """Whether a report is shown."""
        return self._preview is not None

    @property
    def page_number(self) -> int:
        """The 0-based number of the shown page."""
        return self._number

    @property
    def page_view(self) -> PageView:
        """The widget that shows the page."""
        return self._page

    def say_nothing(self, sentence: str) -> None:
        """Shows a sentence in place of a preview."""
        self._preview = None
        self._nothing.set_texts(sentence)
        self._show(self._nothing)

    def show_preview(self, preview: Preview) -> None:
        """Shows another report, at the page that was shown where it has as many."""
        self._preview = preview
        if preview.pages:
            self._chapters.refill([(str(page), title) for title, page in preview.chapters], _("Chapter"))
            self._show(self._pages)
            self._turn_to(self._number)
            return
        self._model.set_rows(preview.outline)
        self._outline.clearSpans()
        for row, line in enumerate(preview.outline):
            if line.depth:
                self._outline.setSpan(row, 0, 1, 2)
        if preview.kind is ReportKind.WORKBOOK:
            self._note.setText(_("The sheets of the workbook and what they hold:"))
        else:
            self._note.setText(
                _("Pictures of the pages need the optional package “preview”. This is the outline of the report:")
            )
        self._show(self._listing)

    def retranslate(self) -> None:
        """Says everything again in the present language."""
        self.set_title(_("Preview"))
        self._previous.set_name(_("Previous page"), "PgUp")
        self._next.set_name(_("Next page"), "PgDown")
        self._outline.setAccessibleName(_("Outline of the report"))
        self._model.retranslate()
        self._say_place()

    def _turn(self, steps: int) -> None:
        if self._preview is not None and self._preview.pages:
            self._turn_to(self._number + steps)

    def _turn_to(self, number: int) -> None:
        if self._preview is None:
            return
        self._number = min(max(number, 0), self._preview.pages - 1)
        self._say_place()
        reached = [page for _title, page in self._preview.chapters if page <= self._number]
        self._chapters.blockSignals(True)
        if reached:
            self._chapters.setCurrentIndex(len(reached) - 1)
        self._chapters.blockSignals(False)
        self._draw()

    def _draw(self) -> None:
        preview = self._preview
        if preview is None or preview.pdf is None:
            return
        pdf, number, width = preview.pdf, self._number, self._page.pixels
        self._wanted += 1
        wanted = self._wanted

        def show(image: QImage) -> None:
            if wanted == self._wanted:
                self._page.show_image(image)

        self._jobs.run(lambda _control: page_image(pdf, number, width), done=show, pool=Pool.CPU, owner=self)

    def _say_place(self) -> None:
        if self._preview is None or not self._preview.pages:
            return
        text = _("Page {number} of {total}").format(number=self._number + 1, total=self._preview.pages)
        self._place.setText(text)
        self._page.setAccessibleName(text)
        self._previous.setEnabled(self._number > 0)
        self._next.setEnabled(self._number + 1 < self._preview.pages)

    def _show(self, widget: QWidget) -> None:
        self._stack.setCurrentWidget(widget)
        for tool in (self._previous, self._next, self._place, self._chapters):
            tool.setVisible(widget is self._pages)
        if widget is self._pages and self._preview is not None:
            self._chapters.setVisible(bool(self._preview.chapters))

    def _build(self) -> None:
        tools = QWidget(self)
        row = QHBoxLayout(tools)
        row.setContentsMargins(0, 0, 0, 0)
        for tool in (self._chapters, self._previous, self._place, self._next):
            row.addWidget(tool)
        self.add_action(tools)
        self._pages = QWidget(self)
        pages = QVBoxLayout(self._pages)
        pages.setContentsMargins(0, 0, 0, 0)
        pages.addWidget(self._page)
        self._listing = QWidget(self)
        listing = QVBoxLayout(self._listing)
        listing.setContentsMargins(0, 0, 0, 0)
        listing.addWidget(self._note)
        listing.addWidget(self._outline, 1)
        self._stack = QStackedWidget(self)
        for widget in (self._nothing, self._pages, self._listing):
            self._stack.addWidget(widget)
        self.add(self._stack, 1)

    def _connect(self) -> None:
        self._previous.clicked.connect(lambda: self._turn(-1))
        self._next.clicked.connect(lambda: self._turn(1))
        self._page.turned.connect(self._turn)
        self._page.resized.connect(self._rest.start)
        self._rest.timeout.connect(self._draw)
        self._chapters.currentIndexChanged.connect(
            lambda _index: self._turn_to(int(self._chapters.currentData() or 0))
        )


def _outline_columns() -> tuple[Column[OutlineLine], ...]:
    return (
        Column(
            lambda: _("Content"),
            lambda line: line.text,
        ),
        Column(lambda: "", lambda line: line.detail, tone=lambda _line: "text_muted", width=170),
    )
