"""Choices as parts of a picture, with the same choices as a list below it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from roadmapdesk.desktop.interview.controls.map_picture import MapPicture
from roadmapdesk.desktop.interview.controls.select_many import SelectManyList
from roadmapdesk.desktop.interview.controls.select_one import SelectOneList
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.labels import Text
from roadmapdesk.i18n import gettext as _
from roadmapdesk.workspace.wording import plain
from roadmapdesk.xforms.safe_xml import XmlError
from roadmapdesk.xforms.svg_map import read_svg_map

if TYPE_CHECKING:
    from roadmapdesk.desktop.interview.controls.base import Control
    from roadmapdesk.desktop.interview.controls.option_list import OptionList

    _List = Control
else:
    _List = object  # at run time a list of options stands beside it


class _OnPicture(_List):
    """What both kinds of lists do with a picture; stands before the list among the bases.

    The picture is the one of the question's label; a part belongs to the choice whose code is its id.
    """

    _list: "OptionList"

    def __init__(self, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme=theme, parent=parent)
        self._map = MapPicture(theme=theme, parent=self)
        self._map.hide()
        self._map.pointed.connect(self._on_map_pointed)
        self._lack = Text("", type_style="caption", tone="warning", parent=self)
        self._lack.hide()
        self._source: bytes | None = None
        self._shown_codes: tuple[str, ...] = ()
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(0, self._map)
        layout.insertWidget(1, self._lack)

    @property
    def map(self) -> MapPicture:
        """The picture."""
        return self._map

    @override
    def _repaint_view(self) -> None:
        super()._repaint_view()
        view = self.view
        name = view.media.get("image", "")
        data = view.resource(name) if name else None
        codes = tuple(choice.value for choice in view.choices)
        if data != self._source or codes != self._shown_codes or not self._map.isVisibleTo(self):
            self._source, self._shown_codes = data, codes
            self._load(name, data, codes)
        self._map.setEnabled(not view.is_readonly)
        names = {choice.value: plain(choice.label) for choice in view.choices}
        self._map.show_choice(frozenset(view.text.split()), names)
        for option in self._list.options.values():
            option.removeEventFilter(self)
            option.installEventFilter(self)

    def _load(self, name: str, data: bytes | None, codes: tuple[str, ...]) -> None:
        lack = _("The picture {name} did not come with the form; please choose from the list.").format(name=name)
        is_shown = False
        if data is not None:
            lack = _("The picture {name} cannot be shown; please choose from the list.").format(name=name)
            try:
                found = read_svg_map(data, codes)
                is_shown = bool(found.codes) and self._map.show_picture(found)
            except (XmlError, ValueError):
                is_shown = False
        self._map.setVisible(is_shown)
        self._lack.setText("" if is_shown else lack)
        self._lack.setVisible(not is_shown)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.FocusIn, QEvent.Type.FocusOut}:
            focused = next((code for code, option in self._list.options.items() if option is watched), "")
            self._map.mark(focused if event.type() == QEvent.Type.FocusIn else "")
        return False

    @override
    def _name_inputs(self) -> None:
        super()._name_inputs()
        question = plain(self.view.label) or self.view.name
        self._map.setAccessibleName(_("{question}: picture; its parts stand in the list").format(question=question))

    def _on_map_pointed(self, code: str) -> None:
        option = self._list.options.get(code)
        if option is not None:
            option.setFocus()
            option.click()


class ImageMapOne(_OnPicture, SelectOneList):
    """The appearance ``image-map`` with one choice."""


class ImageMapMany(_OnPicture, SelectManyList):
    """The appearance ``image-map`` with several choices."""
