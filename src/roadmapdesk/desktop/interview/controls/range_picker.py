"""A range as a closed list of its values."""

from typing_extensions import override

from roadmapdesk.desktop.interview.controls.numbers import show_number
from roadmapdesk.desktop.interview.controls.range_steps import RangeSteps
from roadmapdesk.desktop.interview.controls.select_minimal import SelectMinimal
from roadmapdesk.i18n import current_language
from roadmapdesk.xforms.session.view import Choice, NodeView

MOST_VALUES = 500


class RangePicker(SelectMinimal):
    """The appearance ``picker``: the list opens with Down or Space; long ones can be typed into."""

    @override
    def _offered(self, view: NodeView) -> tuple[Choice, ...]:
        steps = RangeSteps(dict(view.parameters))
        labels = steps.labels(view.choices)
        offered = []
        for place in range(steps.count + 1):
            text, label = show_number(steps.text(place), current_language()), labels.get(place, "")
            offered.append(Choice(steps.text(place), f"{text} – {label}" if label and label != text else text))
        return tuple(offered)

    @override
    def _code_of(self, stored: str) -> str:
        steps = RangeSteps(dict(self.view.parameters))
        place = steps.place(stored)
        return stored if place is None else steps.text(place)
