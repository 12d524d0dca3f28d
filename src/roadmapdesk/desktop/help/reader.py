"""Shows one page of the handbook; loads local pictures of the handbook only, never anything from elsewhere."""

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import (
    QFont,
    QImage,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFrameFormat,
    QTextTable,
)
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget
from typing_extensions import override

from roadmapdesk.desktop.help.handbook import HandbookPage, picture_file
from roadmapdesk.desktop.theme import Theme

_MARGIN = 28
_PICTURE = "\ufffc"
"""Stands in the text where a picture is."""
_HEADINGS = {1: "title", 2: "heading", 3: "strong"}


class Reader(QTextBrowser):
    """The text of a page in the program's own look.

    Attributes:
        page_requested: with the key of the page that a link leads to.
    """

    page_requested = Signal(str)

    def __init__(self, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._page: HandbookPage | None = None
        self.setObjectName("handbook_reader")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.anchorClicked.connect(self._on_anchor_clicked)
        theme.changed.connect(self._show_again)

    def show_page(self, page: HandbookPage, *, mark: str = "") -> None:
        """Shows a page from its top, or at the first place of a word that was searched."""
        self._page = page
        document = self.document()
        document.setDefaultFont(self._theme.font("body"))
        document.setDocumentMargin(self._theme.px(_MARGIN))
        self.setMarkdown(page.markdown)
        self._dress()
        self.setAccessibleName(page.title)
        self.moveCursor(QTextCursor.MoveOperation.Start)
        if mark:
            self.find(mark)
        self.ensureCursorVisible()

    @override
    def loadResource(self, type: int, name: QUrl | str) -> object:
        url = QUrl(name)
        file = picture_file(url.path()) if not url.scheme() else None
        if file is None:
            return None
        image = QImage(str(file))
        room = self.viewport().width() - 3 * self._theme.px(_MARGIN)
        ratio = self.devicePixelRatioF()
        if image.width() > room * ratio > 0:
            image = image.scaledToWidth(round(room * ratio), Qt.TransformationMode.SmoothTransformation)
        image.setDevicePixelRatio(ratio)
        return image

    def _show_again(self) -> None:
        if self._page is not None:
            self.show_page(self._page)

    def _on_anchor_clicked(self, url: QUrl) -> None:
        path = url.path()
        if not url.scheme() and path.endswith(".md"):
            self.page_requested.emit(path.removesuffix(".md"))

    def _dress(self) -> None:
        """Gives headings, tables and links the styles of the program."""
        block = self.document().begin()
        while block.isValid():
            self._dress_block(block)
            block = block.next()
        for frame in self.document().rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                self._dress_table(frame)

    def _dress_block(self, block: QTextBlock) -> None:
        theme = self._theme
        cursor = QTextCursor(block)
        level = block.blockFormat().headingLevel()
        is_item = block.textList() is not None
        in_table = cursor.currentTable() is not None
        spacing = QTextBlockFormat()
        spacing.setTopMargin(theme.px(20 if level > 1 else 0))
        spacing.setBottomMargin(0 if in_table else theme.px(4 if is_item else 10))
        if _PICTURE not in block.text():
            spacing.setLineHeight(120, int(QTextBlockFormat.LineHeightTypes.ProportionalHeight.value))
        cursor.mergeBlockFormat(spacing)
        if level:
            letters = QTextCharFormat()
            letters.setFont(theme.font(_HEADINGS.get(level, "strong")))
            letters.setForeground(theme.colour("text"))
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
            cursor.setCharFormat(letters)
        else:
            self._dress_words(block)

    def _dress_words(self, block: QTextBlock) -> None:
        """Links in their colour, and strong words in the weight that the font has, not one that is drawn thicker."""
        spans = []
        walker = block.begin()
        while not walker.atEnd():
            fragment = walker.fragment()
            spans.append((fragment.position(), fragment.length(), fragment.charFormat()))
            walker += 1
        for start, length, look in spans:
            if not (look.isAnchor() or look.fontFixedPitch() or look.fontWeight() > QFont.Weight.Normal):
                continue
            letters = QTextCharFormat()
            letters.setFont(self._theme.font("body", is_bold=not look.isAnchor()))
            if look.isAnchor():
                letters.setForeground(self._theme.colour("link"))
                letters.setFontUnderline(True)
            cursor = QTextCursor(block)
            cursor.setPosition(start)
            cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
            cursor.mergeCharFormat(letters)

    def _dress_table(self, table: QTextTable) -> None:
        look = table.format()
        look.setBorder(1)
        look.setBorderBrush(self._theme.colour("border"))
        look.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        look.setBorderCollapse(True)
        look.setCellPadding(self._theme.px(6))
        look.setCellSpacing(0)
        look.setTopMargin(self._theme.px(8))
        look.setBottomMargin(self._theme.px(12))
        table.setFormat(look)
