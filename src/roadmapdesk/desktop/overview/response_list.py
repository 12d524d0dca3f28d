"""Response by kind of actor: word, bar, numbers, in two columns."""

from PySide6.QtWidgets import QGridLayout, QWidget

from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.chips import Bar
from roadmapdesk.desktop.widgets.labels import ElidedLabel, NumberLabel
from roadmapdesk.desktop.words import type_word
from roadmapdesk.domain.actors import ActorType
from roadmapdesk.i18n import gettext as _
from roadmapdesk.workspace.coverage import Response

_SHOWN = 6


class ResponseList(QWidget):
    """The kinds with the most actors, the others together; built anew with each set of numbers."""

    def __init__(self, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.space("s"))
        self._grid.setVerticalSpacing(theme.space("xs"))

    def set_response(self, responses: tuple[Response, ...]) -> None:
        """Shows other numbers."""
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        shown = [(type_word(response.kind), response) for response in responses]
        if len(shown) > _SHOWN:
            rest = responses[_SHOWN - 1 :]
            together = Response(ActorType.OTHER, sum(one.done for one in rest), sum(one.total for one in rest))
            shown = [*shown[: _SHOWN - 1], (_("Further types"), together)]
        columns = 1 if self._theme.is_wide_text else 2
        rows = (len(shown) + columns - 1) // columns
        for index, (word, response) in enumerate(shown):
            column = (index // max(rows, 1)) * 4
            self._add(word, response, index % max(rows, 1), column)
        self._grid.setColumnMinimumWidth(3, self._theme.space("l"))
        for column in (0, 4):
            self._grid.setColumnStretch(column, 1)

    def _add(self, word: str, response: Response, row: int, column: int) -> None:
        bar = Bar(theme=self._theme, parent=self)
        bar.setFixedWidth(36)
        sentence = _("{kind}: {done} of {all}").format(kind=word, done=response.done, all=response.total)
        bar.set_share(response.done / response.total if response.total else 0, sentence)
        numbers = NumberLabel(
            f"{response.done} / {response.total}", theme=self._theme, tone="text_muted", parent=self
        )
        self._grid.addWidget(ElidedLabel(word, parent=self), row, column)
        self._grid.addWidget(bar, row, column + 1)
        self._grid.addWidget(numbers, row, column + 2)
