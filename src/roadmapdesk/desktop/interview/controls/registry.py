"""Which control shows which question."""

from roadmapdesk.desktop.interview.controls.acknowledge import Acknowledge
from roadmapdesk.desktop.interview.controls.attachment import AttachmentField
from roadmapdesk.desktop.interview.controls.barcode import BarcodeLine
from roadmapdesk.desktop.interview.controls.base import Control
from roadmapdesk.desktop.interview.controls.calculated import CalculatedValue
from roadmapdesk.desktop.interview.controls.calendar_date import CalendarDate
from roadmapdesk.desktop.interview.controls.date_line import DateLine
from roadmapdesk.desktop.interview.controls.date_time import DateTimeLine
from roadmapdesk.desktop.interview.controls.decimal import DecimalLine
from roadmapdesk.desktop.interview.controls.drawing import AnnotateField, DrawingField, SignatureField
from roadmapdesk.desktop.interview.controls.geopoint import GeopointLines
from roadmapdesk.desktop.interview.controls.geoshape import GeoshapeTable
from roadmapdesk.desktop.interview.controls.geotrace import GeotraceTable
from roadmapdesk.desktop.interview.controls.integer import IntegerLine
from roadmapdesk.desktop.interview.controls.month_line import MonthLine, YearLine
from roadmapdesk.desktop.interview.controls.note import NoteDisplay
from roadmapdesk.desktop.interview.controls.range_points import MOST_POINTS, RangePoints
from roadmapdesk.desktop.interview.controls.range_slider import RangeSlider, RangeSteps
from roadmapdesk.desktop.interview.controls.rank import RankList
from roadmapdesk.desktop.interview.controls.scale import ScaleRow
from roadmapdesk.desktop.interview.controls.select_many import SelectManyList
from roadmapdesk.desktop.interview.controls.select_minimal import SelectMinimal
from roadmapdesk.desktop.interview.controls.select_one import SelectOneList
from roadmapdesk.desktop.interview.controls.text_area import TextArea
from roadmapdesk.desktop.interview.controls.text_line import TextLine
from roadmapdesk.desktop.interview.controls.time_line import TimeLine
from roadmapdesk.xforms.calendars.registry import CALENDARS
from roadmapdesk.xforms.session.view import Kind, NodeView

_BY_TYPE: dict[str, type[Control]] = {
    "int": IntegerLine,
    "integer": IntegerLine,
    "decimal": DecimalLine,
    "date": DateLine,
    "time": TimeLine,
    "dateTime": DateTimeLine,
    "geopoint": GeopointLines,
    "geotrace": GeotraceTable,
    "geoshape": GeoshapeTable,
    "barcode": BarcodeLine,
}
_DATE_APPEARANCES: dict[str, type[Control]] = {"year": YearLine, "month-year": MonthLine}
_IMAGE_APPEARANCES: dict[str, type[Control]] = {
    "signature": SignatureField,
    "draw": DrawingField,
    "annotate": AnnotateField,
}
_LONG_SCALE = 11
_LONG_LIST = 60


def control_for(view: NodeView) -> type[Control]:
    """The class of the control for a node, from its element, type and appearance."""
    if view.kind is Kind.NOTE:
        return NoteDisplay
    if view.has_calculation:
        return CalculatedValue
    by_element: dict[str, type[Control]] = {
        "trigger": Acknowledge,
        "upload": _upload(view),
        "rank": RankList,
        "select": SelectManyList,
    }
    if view.control in by_element:
        return by_element[view.control]
    if view.control == "select1":
        return _select_one(view)
    if view.control == "range":
        is_short = RangeSteps(dict(view.parameters)).count < MOST_POINTS
        wants_points = {"rating", "picker"} & set(view.appearances)
        return RangePoints if wants_points and is_short else RangeSlider
    return _input(view)


def _select_one(view: NodeView) -> type[Control]:
    appearances = set(view.appearances)
    if "label" in appearances:
        return NoteDisplay
    if "likert" in appearances and len(view.choices) <= _LONG_SCALE:
        return ScaleRow
    is_line = appearances & {"minimal", "autocomplete", "search"} or any(a.startswith("search(") for a in appearances)
    return SelectMinimal if is_line or len(view.choices) > _LONG_LIST else SelectOneList


def _input(view: NodeView) -> type[Control]:
    if view.type == "date":
        if CALENDARS.keys() & set(view.appearances):
            return CalendarDate
        for appearance, control in _DATE_APPEARANCES.items():
            if appearance in view.appearances:
                return control
    known = _BY_TYPE.get(view.type)
    if known is not None:
        return known
    is_long = "multiline" in view.appearances or view.parameters.get("rows", "1") not in {"", "1"}
    return TextArea if is_long else TextLine


def _upload(view: NodeView) -> type[Control]:
    if view.parameters.get("mediatype", "").startswith("image/"):
        for appearance, control in _IMAGE_APPEARANCES.items():
            if appearance in view.appearances:
                return control
    return AttachmentField
