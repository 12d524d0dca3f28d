"""A shape on the map as a table of its corners, with the length of its border, its area and a sketch."""

from typing import ClassVar

from typing_extensions import override

from roadmapdesk.desktop.interview.controls.geotrace import GeotraceTable
from roadmapdesk.desktop.interview.controls.shape_sketch import shown_area, shown_length
from roadmapdesk.i18n import gettext as _
from roadmapdesk.xforms.geometry import Point, area_m2, crosses_itself, length_m

_MOST_COMPARED = 300


class GeoshapeTable(GeotraceTable):
    """Corners in their order; the stored shape ends with its first corner, which nobody has to type twice."""

    fewest: ClassVar[int] = 3
    is_shape: ClassVar[bool] = True

    @override
    def _too_few(self) -> str:
        return _("A shape needs at least three points.")

    @override
    def _measures(self, points: list[Point]) -> tuple[str, ...]:
        if len(points) < self.fewest:
            return super()._measures(points)
        border = shown_length(length_m([*points, points[0]]))
        return (
            _("border {length}").format(length=border),
            _("area {area}").format(area=shown_area(area_m2(points))),
        )

    @override
    def _doubt(self, points: list[Point]) -> str:
        is_compared = self.fewest <= len(points) <= _MOST_COMPARED
        if is_compared and crosses_itself([*points, points[0]]):
            return _("The border crosses or touches itself. Please check the order of the points.")
        return super()._doubt(points)
