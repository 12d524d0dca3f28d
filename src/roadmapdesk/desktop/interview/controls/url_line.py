"""A web address, with a button that opens it."""

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from roadmapdesk.desktop.interview.controls.line import LineControl
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.buttons import Button
from roadmapdesk.i18n import gettext as _
from roadmapdesk.workspace.wording import plain


def web_address(text: str) -> str:
    """The address that a browser may open: ``http`` or ``https`` with a host; empty for everything else."""
    url = QUrl(text.strip(), QUrl.ParsingMode.StrictMode)
    is_web = url.isValid() and url.scheme() in {"http", "https"} and bool(url.host())
    return url.toString(QUrl.ComponentFormattingOption.FullyEncoded) if is_web else ""


class UrlLine(LineControl):
    """The appearance ``url``. Nothing is opened without a click; files and other schemes are never opened."""

    def __init__(self, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme=theme, parent=parent)
        self._open = Button("", theme=theme, icon="external-link", parent=self)
        self._open.clicked.connect(self._on_open_clicked)
        self._line.textChanged.connect(self._offer)
        self._lay_out(self._open)

    @override
    def _repaint_view(self) -> None:
        super()._repaint_view()
        self._open.setText(_("Open in the browser"))
        self._offer(self._line.text())

    def _offer(self, text: str) -> None:
        address = web_address(text)
        self._open.setEnabled(bool(address))
        self._open.setToolTip(address or _("A web address begins with https:// or http://"))

    @override
    def inputs(self) -> tuple[QWidget, ...]:
        return (self._line, self._open)

    @override
    def _name_inputs(self) -> None:
        super()._name_inputs()
        question = plain(self.view.label) or self.view.name
        self._open.setAccessibleName(f"{question}: {self._open.text()}")

    def _on_open_clicked(self) -> None:
        address = web_address(self._line.text())
        if address:
            QDesktopServices.openUrl(QUrl(address))
