"""Labels of the form on the page: Markdown of ODK as rich text, everything else as it is."""

import html
import re

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QLabel, QWidget
from typing_extensions import override

from roadmapdesk.desktop.widgets.labels import WRAPPING

_BOLD = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1", re.DOTALL)
_ITALIC = re.compile(r"(?<![\w*_])([*_])(?=\S)(.+?)(?<=\S)\1(?![\w*_])", re.DOTALL)
_HEADING = re.compile(r"^#{1,6} +(.+)$", re.MULTILINE)
_LINK = re.compile(r"\[([^\]]+)\]\((https?://[^\s)]+)\)")
_SPAN = re.compile(r"&lt;(/?)(span|b|i|u|strong|em|br)((?:\s[^&]*?)?)/?&gt;")
_COLOUR = re.compile(r"style=(?:&quot;|&#x27;)[^&]*?color:\s*([a-zA-Z]+|#[0-9a-fA-F]{3,6})")
_MARKED = re.compile(r"[*_#<\[\n]")


def is_marked(label: str) -> bool:
    """Whether the label may hold markup, so that it has to be shown as rich text."""
    return bool(_MARKED.search(label))


def rich(label: str) -> str:
    """The label as the rich text that Qt understands; foreign HTML stays visible as text.

    Example: ``rich("**a** < b")`` is ``<b>a</b> &lt; b``.
    """
    text = html.escape(label)
    text = _SPAN.sub(_span, text)
    text = _HEADING.sub(r"<b>\1</b>", text)
    text = _BOLD.sub(r"<b>\2</b>", text)
    text = _ITALIC.sub(r"<i>\2</i>", text)
    text = _LINK.sub(r'<a href="\2">\1</a>', text)
    return text.replace("\n", "<br>")


def _span(match: re.Match[str]) -> str:
    closing, name, attributes = match.groups()
    if name == "br":
        return "<br>"
    if name != "span":
        return f"<{closing}{name}>"
    if closing:
        return "</span>"
    colour = _COLOUR.search(attributes)
    return f'<span style="color:{colour.group(1)}">' if colour else "<span>"


def set_shown(widget: QWidget, shown: bool) -> None:
    """Shows or hides a widget without the layout pass that `setVisible` costs where nothing changes."""
    is_decided = widget.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide)
    if shown:
        if is_decided and widget.isHidden():
            widget.show()
    elif not (is_decided and widget.isHidden()):
        widget.hide()


class FormText(QLabel):
    """A text of the form that wraps.

    Args:
        type_style: a type style of the style sheet.
        tone: a tone of the style sheet.
    """

    def __init__(self, *, type_style: str, tone: str = "normal", parent: QWidget | None = None) -> None:
        self._heights: dict[int, int] = {}
        super().__init__(parent)
        self.setProperty("type", type_style)
        if tone != "normal":
            self.setProperty("tone", tone)
        self.setWordWrap(True)
        self.setSizePolicy(WRAPPING)

    @override
    def heightForWidth(self, width: int) -> int:
        """Measured once for each width; layouts ask a dozen times while a page appears."""
        if width not in self._heights:
            height = super().heightForWidth(width)  # may give it its font first, which forgets what was measured
            self._heights[width] = height
        return self._heights[width]

    @override
    def changeEvent(self, event: QEvent) -> None:
        self._heights.clear()
        super().changeEvent(event)

    def show_text(self, label: str, *, code: str = "", code_colour: str = "") -> None:
        """Shows a label, with the question's code before it in a quieter colour."""
        self._heights.clear()
        if not code and not is_marked(label):
            self.setTextFormat(Qt.TextFormat.PlainText)
            self.setText(label)
        else:
            self.setTextFormat(Qt.TextFormat.RichText)
            self.setOpenExternalLinks(True)
            head = ""
            if code:
                head = f'<span style="color:{code_colour}; font-weight:400">{html.escape(code)}</span>&nbsp; '
            self.setText(head + rich(label))
        set_shown(self, bool(label or code))
