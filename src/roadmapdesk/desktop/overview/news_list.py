"""What happened since the last visit, one line each."""

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.labels import IconLabel, Text
from roadmapdesk.desktop.wording import when
from roadmapdesk.desktop.words import state_icon, state_word
from roadmapdesk.i18n import gettext as _
from roadmapdesk.workspace.coverage import MINIMUM_PUBLIC, News

_SHOWN = 4


class NewsList(QWidget):
    """The latest changes; one sentence when there are none."""

    def __init__(self, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.space("s"))
        self._grid.setVerticalSpacing(theme.space("xs") + 2)
        self._grid.setColumnStretch(1, 1)

    def set_news(self, news: tuple[News, ...], names: dict[str, str]) -> None:
        """Shows other news.

        Args:
            news: the latest first.
            names: key → name of actors.
        """
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for row, entry in enumerate(news[:_SHOWN]):
            icon, text = _line(entry, names)
            mark = IconLabel(icon, theme=self._theme, colour="text_muted", parent=self)
            self._grid.addWidget(mark, row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(Text(text, parent=self), row, 1)
            ago = Text(_day(entry.at), type_style="caption", tone="muted", wraps=False, parent=self)
            self._grid.addWidget(ago, row, 2, Qt.AlignmentFlag.AlignTop)
        if not news:
            self._grid.addWidget(Text(_("Nothing has changed."), tone="muted", parent=self), 0, 0, 1, 3)


def _line(news: News, names: dict[str, str]) -> tuple[str, str]:
    if news.state is not None:
        who = " ".join(part for part in (news.code, names.get(news.actor_key, "")) if part)
        return state_icon(news.state), _("{interview}: {state}").format(interview=who, state=state_word(news.state))
    cell = " × ".join(part.upper() for part in news.cell)
    if news.n >= MINIMUM_PUBLIC:
        return "arrow-up-right", _("{cell} can be published now, n {n}").format(cell=cell, n=news.n)
    return "arrow-up-right", _("{cell} can be handed over now, n {n}").format(cell=cell, n=news.n)


def _day(moment: datetime) -> str:
    return when(moment, has_time=False)
