"""Selects as rows of a table: the appearances ``list`` and ``list-nolabel``."""

from typing import ClassVar

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from roadmapdesk.desktop.interview.controls.base import Control
from roadmapdesk.desktop.interview.controls.option_list import OptionList
from roadmapdesk.desktop.interview.controls.select_many import SelectManyList
from roadmapdesk.desktop.interview.controls.select_one import SelectOneList
from roadmapdesk.desktop.interview.controls.table_options import TableOptions
from roadmapdesk.desktop.theme import Theme

TABLE_WORDS = frozenset({"list", "list-nolabel"})


class TableRowOne(SelectOneList):
    """One choice as a row of buttons, their wordings above them with ``list``, in a row above with ``label``."""

    list_type: ClassVar[type[OptionList]] = TableOptions
    stands_beside: ClassVar[bool] = True

    @override
    def _repaint_view(self) -> None:
        _set_headed(self, self._list)
        super()._repaint_view()


class TableRowMany(SelectManyList):
    """Several choices as a row of check boxes."""

    list_type: ClassVar[type[OptionList]] = TableOptions
    stands_beside: ClassVar[bool] = True

    def __init__(self, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme=theme, parent=parent)
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(0, 0, 0, 0)  # in line with rows of one choice

    @override
    def _wants_filter(self) -> bool:
        return False

    @override
    def _repaint_view(self) -> None:
        _set_headed(self, self._list)
        super()._repaint_view()


def _set_headed(control: Control, options: OptionList) -> None:
    if isinstance(options, TableOptions):
        options.set_headed(is_headed="list-nolabel" not in control.view.appearances)
