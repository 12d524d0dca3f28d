"""How the heatmap is painted: cells, indices and heads, as the pictures of the visual language show them."""

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from roadmapdesk.desktop.assessment.heat_model import HeatRole, Index, StageHead
from roadmapdesk.desktop.assessment.painting import paint_class, paint_items
from roadmapdesk.desktop.assessment.words import short_class_word
from roadmapdesk.desktop.fonts import make_font
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.text_lines import draw_lines, fitted_lines
from roadmapdesk.figures.heatmap import CellState, HeatCell, HeatIndex
from roadmapdesk.figures.metrics import LINE_HEIGHT
from roadmapdesk.figures.symbols import corner_hatch, hatch
from roadmapdesk.i18n import current_language

_CODE_WIDTH = 28
_FADED = 0.22
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
_VALUE_PX = 18
_HEAD_SIDES, _HEAD_ROOM = 9, 6
_ENDLESS = 10_000.0


class HeatHeader(QHeaderView):
    """Names of the dimensions, as high as the longest of them needs at the present widths."""

    def __init__(self, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = theme
        self.setSectionsClickable(False)
        self.setHighlightSections(False)

    @override
    def sizeHint(self) -> QSize:
        line = self._theme.font("caption").pixelSize() * LINE_HEIGHT
        most = max((len(self._lines(section)) for section in range(self.count())), default=1)
        return QSize(super().sizeHint().width(), round(line * max(most, 2)) + _HEAD_ROOM)

    def _lines(self, section: int) -> list[str]:
        text = str(self.model().headerData(section, Qt.Orientation.Horizontal) or "")
        width = self.sectionSize(section) - _HEAD_SIDES
        return fitted_lines(text, width, _ENDLESS, theme=self._theme, is_bold=True) if text else []

    @override
    def paintSection(self, painter: QPainter, rect: QRect, logical_index: int) -> None:
        painter.save()
        painter.fillRect(rect, self._theme.colour("window"))
        text = str(self.model().headerData(logical_index, Qt.Orientation.Horizontal) or "")
        if text:
            painter.setPen(self._theme.colour("text_muted"))
            box = QRectF(rect).adjusted(6, 2, 6 - _HEAD_SIDES, 2 - _HEAD_ROOM)
            draw_lines(painter, box, text, theme=self._theme, is_bold=True, is_bottom=True)
        painter.restore()


class HeatDelegate(QStyledItemDelegate):
    """Paints a cell: value, symbol, n and grade; hatched where nothing may be shown; indices outlined."""

    def __init__(self, *, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.class_filter = ""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self._theme.px(60), self._theme.height("heat_cell_min"))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        content = index.data(HeatRole.CONTENT)
        whole = QRectF(option.rect)
        box = whole.adjusted(1, 1, -1, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(content, StageHead):
            self._paint_head(painter, whole, content)
        elif isinstance(content, HeatIndex):
            is_corner = index.row() == index.model().rowCount() - 1 and self._is_last_column(index)
            self._paint_index(painter, box, content, is_corner=is_corner)
        elif isinstance(content, HeatCell):
            if self.class_filter and content.class_key != self.class_filter:
                painter.setOpacity(_FADED)
            self._paint_cell(painter, box, content)
            painter.setOpacity(1.0)
        if option.state & QStyle.StateFlag.State_Selected:
            self._paint_ring(painter, whole, has_focus=bool(option.widget.hasFocus()))
        painter.restore()

    def _is_last_column(self, index: Index) -> bool:
        return bool(index.column() == index.model().columnCount() - 1)

    def _paint_head(self, painter: QPainter, box: QRectF, head: StageHead) -> None:
        theme = self._theme
        width = theme.px(_CODE_WIDTH)
        painter.setPen(theme.colour("text_muted"))
        painter.setFont(theme.font("caption", is_bold=True))
        painter.drawText(QRectF(box.left(), box.top(), width, box.height()), _LEFT, head.code)
        painter.setPen(theme.colour("text" if head.code else "text_muted"))
        draw_lines(painter, box.adjusted(width, 0, -8, 0), head.name, theme=theme)

    def _paint_cell(self, painter: QPainter, box: QRectF, cell: HeatCell) -> None:
        theme = self._theme
        if cell.state is CellState.VALUE and cell.value is not None:
            colours = theme.heat_colours(cell.value)
            self._fill(painter, box, colours.fill)
            self._paint_numbers(painter, box, cell.value_text, cell.note, colours.ink, colours.ink)
            if cell.is_thin:
                size = theme.px(14)
                paint_items(painter, corner_hatch(box.right(), box.bottom(), size, colours.ink.name()), clip=box)
            self._paint_symbol(painter, box, cell.class_key, colours.ink)
            return
        self._fill(painter, box, theme.heat_colours(None).fill, border=theme.colour("border"))
        if cell.state is CellState.CLASS_ONLY:
            self._paint_class_only(painter, box, cell)
            return
        colour = theme.heat_colours(None).border.name()
        lines = hatch(box.left(), box.top(), box.width(), box.height(), colour, gap=7)
        paint_items(painter, lines, clip=box)
        self._paint_plate(painter, box, cell.note)

    def _fill(self, painter: QPainter, box: QRectF, fill: QColor, *, border: QColor | None = None) -> None:
        radius = self._theme.radius("cell")
        painter.setPen(QPen(border, 1) if border is not None else Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5) if border is not None else box, radius, radius)

    def _paint_numbers(
        self, painter: QPainter, box: QRectF, value: str, note: str, ink: QColor, note_ink: QColor
    ) -> None:
        theme = self._theme
        big = make_font(theme.px(_VALUE_PX), weight=600, is_tabular=True)
        upper, lower = theme.px(_VALUE_PX * 1.2), theme.line_height("caption")
        top = box.center().y() - (upper + lower) / 2
        painter.setPen(ink)
        painter.setFont(big)
        painter.drawText(QRectF(box.left() + 6, top, box.width() - 6, upper), _LEFT, value)
        painter.setFont(theme.font("caption", is_tabular=True))
        painter.setPen(note_ink)
        room = QRectF(box.left() + 6, top + upper, box.width() - 8, lower)
        painter.drawText(room, _LEFT, note)

    def _paint_symbol(self, painter: QPainter, box: QRectF, key: str, ink: QColor) -> None:
        if not key:
            return
        theme = self._theme
        side = theme.px(19)
        centre = QPointF(box.right() - side / 2 - 5, box.top() + side / 2 + 4)
        if key == "critical_gap":
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("surface"))
            tile = QRectF(centre.x() - side / 2, centre.y() - side / 2, side, side)
            painter.drawRoundedRect(tile, theme.radius("cell"), theme.radius("cell"))
            ink = theme.class_colours(key).mark
        paint_class(painter, key, centre, theme.px(11), ink)

    def _paint_class_only(self, painter: QPainter, box: QRectF, cell: HeatCell) -> None:
        theme = self._theme
        line = theme.line_height("caption")
        top = box.center().y() - line
        painter.setFont(theme.font("caption", is_tabular=True))
        painter.setPen(theme.colour("text_muted"))
        painter.drawText(QRectF(box.left() + 6, top, box.width(), line), _LEFT, cell.note)
        painter.setPen(theme.colour("text"))
        font = theme.font("caption", is_bold=True)
        painter.setFont(font)
        word = short_class_word(cell.class_key, current_language().code)
        room = QRectF(box.left() + 6, top + line, box.width() - 8, line)
        elided = painter.fontMetrics().elidedText(word, Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, _LEFT, elided)
        centre = QPointF(box.right() - theme.px(19) / 2 - 5, box.top() + theme.px(19) / 2 + 4)
        paint_class(painter, cell.class_key, centre, theme.px(11), theme.class_colours(cell.class_key).mark)

    def _paint_plate(self, painter: QPainter, box: QRectF, word: str) -> None:
        """The word on a ground of its own, so that no line runs through it."""
        theme = self._theme
        painter.setFont(theme.font("caption"))
        metrics = painter.fontMetrics()
        shown = metrics.elidedText(word, Qt.TextElideMode.ElideRight, int(box.width() - 4))
        width = metrics.horizontalAdvance(shown) + 6
        height = theme.line_height("caption")
        plate = QRectF(box.center().x() - width / 2, box.center().y() - height / 2, width, height)
        painter.fillRect(plate, theme.heat_colours(None).fill)
        painter.setPen(theme.colour("text_muted"))
        painter.drawText(plate, int(Qt.AlignmentFlag.AlignCenter), shown)

    def _paint_index(self, painter: QPainter, box: QRectF, index: HeatIndex, *, is_corner: bool) -> None:
        theme = self._theme
        self._fill(
            painter, box, theme.colour("window"), border=theme.colour("border_strong" if is_corner else "border")
        )
        self._paint_numbers(
            painter, box, index.value_text, index.note, theme.colour("text"), theme.colour("text_muted")
        )

    def _paint_ring(self, painter: QPainter, box: QRectF, *, has_focus: bool) -> None:
        """Choice: a ring in the text's colour with a gap of surface; focus: one more ring around it."""
        theme = self._theme
        painter.setBrush(Qt.BrushStyle.NoBrush)
        inset = 1.0
        if has_focus:
            painter.setPen(QPen(theme.colour("focus"), 2))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 3, 3)
            inset = 2.5
        painter.setPen(QPen(theme.colour("text"), 2.5))
        painter.drawRoundedRect(box.adjusted(inset + 0.75, inset + 0.75, -inset - 0.75, -inset - 0.75), 2, 2)
        painter.setPen(QPen(theme.colour("surface"), 1))
        painter.drawRoundedRect(box.adjusted(inset + 2.5, inset + 2.5, -inset - 2.5, -inset - 2.5), 1, 1)
