"""A range as a row of points (appearances ``rating`` and ``picker``): a scale without labels."""

from typing_extensions import override

from roadmapdesk.desktop.interview.controls.range_slider import RangeSteps
from roadmapdesk.desktop.interview.controls.scale import ScaleRow
from roadmapdesk.xforms.session.view import Choice, NodeView

MOST_POINTS = 11


class RangePoints(ScaleRow):
    """At most eleven points, one button each."""

    @override
    def _offered(self, view: NodeView) -> tuple[Choice, ...]:
        steps = RangeSteps(dict(view.parameters))
        return tuple(Choice(steps.text(place), steps.text(place)) for place in range(steps.count + 1))
