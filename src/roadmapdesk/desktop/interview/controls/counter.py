"""A whole number that is counted up and down."""

from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from roadmapdesk.desktop.interview.controls.integer import IntegerLine
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.buttons import IconButton
from roadmapdesk.i18n import gettext as _
from roadmapdesk.workspace.wording import plain


class CounterLine(IntegerLine):
    """The appearance ``counter``: buttons beside the number, which is typed as well; counting begins at 0."""

    def __init__(self, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme=theme, parent=parent)
        self._less = IconButton("minus", theme=theme, variant="secondary", parent=self)
        self._more = IconButton("plus", theme=theme, variant="secondary", parent=self)
        self._less.clicked.connect(lambda: self._count(-1))
        self._more.clicked.connect(lambda: self._count(1))
        layout = self.layout()
        assert isinstance(layout, QHBoxLayout)
        layout.setSpacing(8)
        layout.insertWidget(0, self._less)
        layout.insertWidget(2, self._more)

    @override
    def _repaint_view(self) -> None:
        super()._repaint_view()
        self._more.setEnabled(not self.view.is_readonly)
        number = self._number()
        self._less.setEnabled(not self.view.is_readonly and number is not None and number > 0)

    @override
    def inputs(self) -> tuple[QWidget, ...]:
        return (self._less, self._line, self._more)

    def _number(self) -> int | None:
        """The number in the line, 0 for an empty one, None for none."""
        answer = self.read(self._line.text())
        return None if answer.problem else int(answer.stored or "0")

    def _count(self, step: int) -> None:
        number = self._number()
        if number is not None:
            self._line.setText(self.show_stored(str(max(number + step, min(number, 0)))))
        self.commit()

    @override
    def _name_inputs(self) -> None:
        super()._name_inputs()
        question = plain(self.view.label) or self.view.name
        for button, name in ((self._less, _("One less")), (self._more, _("One more"))):
            button.set_name(name)
            button.setAccessibleName(f"{question}: {name}")
            button.setAccessibleDescription(self._description)
