"""Which control shows which question."""

from collections.abc import Callable, Mapping

from roadmapdesk.desktop.interview.controls.acknowledge import Acknowledge
from roadmapdesk.desktop.interview.controls.attachment import AttachmentField
from roadmapdesk.desktop.interview.controls.audio import AudioField
from roadmapdesk.desktop.interview.controls.barcode import BarcodeLine
from roadmapdesk.desktop.interview.controls.base import Control
from roadmapdesk.desktop.interview.controls.bearing import BearingLine
from roadmapdesk.desktop.interview.controls.calculated import CalculatedValue
from roadmapdesk.desktop.interview.controls.calendar_date import CalendarDate
from roadmapdesk.desktop.interview.controls.calendar_moment import CalendarMoment
from roadmapdesk.desktop.interview.controls.counter import CounterLine
from roadmapdesk.desktop.interview.controls.date_line import DateLine
from roadmapdesk.desktop.interview.controls.date_time import DateTimeLine
from roadmapdesk.desktop.interview.controls.decimal import DecimalLine
from roadmapdesk.desktop.interview.controls.drawing import AnnotateField, DrawingField, SignatureField
from roadmapdesk.desktop.interview.controls.geopoint import GeopointLines
from roadmapdesk.desktop.interview.controls.geoshape import GeoshapeTable
from roadmapdesk.desktop.interview.controls.geotrace import GeotraceTable
from roadmapdesk.desktop.interview.controls.image_map import ImageMapMany, ImageMapOne
from roadmapdesk.desktop.interview.controls.integer import IntegerLine
from roadmapdesk.desktop.interview.controls.masked_line import MaskedLine
from roadmapdesk.desktop.interview.controls.month_line import MonthLine, YearLine
from roadmapdesk.desktop.interview.controls.note import NoteDisplay
from roadmapdesk.desktop.interview.controls.range_picker import MOST_VALUES, RangePicker
from roadmapdesk.desktop.interview.controls.range_slider import RangeSlider
from roadmapdesk.desktop.interview.controls.range_steps import RangeSteps
from roadmapdesk.desktop.interview.controls.range_vertical import VerticalRange
from roadmapdesk.desktop.interview.controls.rank import RankList
from roadmapdesk.desktop.interview.controls.rating import MOST_STARS, RatingRow
from roadmapdesk.desktop.interview.controls.scale import ScaleRow
from roadmapdesk.desktop.interview.controls.select_many import SelectManyList
from roadmapdesk.desktop.interview.controls.select_many_minimal import SelectManyMinimal
from roadmapdesk.desktop.interview.controls.select_minimal import SelectMinimal
from roadmapdesk.desktop.interview.controls.select_one import SelectOneList
from roadmapdesk.desktop.interview.controls.table_head import TableHead
from roadmapdesk.desktop.interview.controls.table_row import TABLE_WORDS, TableRowMany, TableRowOne
from roadmapdesk.desktop.interview.controls.text_area import TextArea
from roadmapdesk.desktop.interview.controls.text_line import TextLine
from roadmapdesk.desktop.interview.controls.time_line import TimeLine
from roadmapdesk.desktop.interview.controls.url_line import UrlLine
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
_TEXT_APPEARANCES: dict[str, type[Control]] = {
    "masked": MaskedLine,
    "hidden-answer": MaskedLine,
    "url": UrlLine,
}
_LONG_SCALE = 11
_LONG_LIST = 60


def control_for(view: NodeView) -> type[Control]:
    """The class of the control for a node, from its element, type and appearance."""
    if view.kind is Kind.NOTE:
        return NoteDisplay
    if view.has_calculation:
        return UrlLine if "url" in view.appearances else CalculatedValue
    return _BY_ELEMENT.get(view.control, _input)(view)


def _select_one(view: NodeView) -> type[Control]:
    appearances = set(view.appearances)
    if "label" in appearances:
        return TableHead
    if appearances & TABLE_WORDS:
        return TableRowOne
    if "likert" in appearances and len(view.choices) <= _LONG_SCALE:
        return ScaleRow
    if "image-map" in appearances:
        return ImageMapOne
    is_line = appearances & {"minimal", "autocomplete", "search"} or any(a.startswith("search(") for a in appearances)
    return SelectMinimal if is_line or len(view.choices) > _LONG_LIST else SelectOneList


def _select_many(view: NodeView) -> type[Control]:
    if "label" in view.appearances:
        return TableHead
    if TABLE_WORDS & set(view.appearances):
        return TableRowMany
    if "minimal" in view.appearances:
        return SelectManyMinimal
    return ImageMapMany if "image-map" in view.appearances else SelectManyList


def _range(view: NodeView) -> type[Control]:
    count = RangeSteps(dict(view.parameters)).count
    if "rating" in view.appearances and count < MOST_STARS:
        return RatingRow
    if "picker" in view.appearances and count < MOST_VALUES:
        return RangePicker
    return VerticalRange if "vertical" in view.appearances else RangeSlider


def _upload(view: NodeView) -> type[Control]:
    mediatype = view.parameters.get("mediatype", "")
    if mediatype.startswith("audio/"):
        return AudioField
    if mediatype.startswith("image/"):
        return _by_appearance(view, _IMAGE_APPEARANCES, AttachmentField)
    return AttachmentField


def _input(view: NodeView) -> type[Control]:
    if CALENDARS.keys() & set(view.appearances) and view.type in {"date", "dateTime"}:
        return CalendarDate if view.type == "date" else CalendarMoment
    if view.type == "date":
        return _by_appearance(view, _DATE_APPEARANCES, DateLine)
    if view.type in {"int", "integer"} and "counter" in view.appearances:
        return CounterLine
    if view.type == "decimal" and "bearing" in view.appearances:
        return BearingLine
    known = _BY_TYPE.get(view.type)
    if known is not None:
        return known
    is_long = "multiline" in view.appearances or view.parameters.get("rows", "1") not in {"", "1"}
    return TextArea if is_long else _by_appearance(view, _TEXT_APPEARANCES, TextLine)


def _by_appearance(view: NodeView, offered: Mapping[str, type[Control]], plain: type[Control]) -> type[Control]:
    """The control of the first appearance that there is one for, else the plain one."""
    return next((offered[word] for word in view.appearances if word in offered), plain)


_BY_ELEMENT: dict[str, Callable[[NodeView], type[Control]]] = {
    "trigger": lambda _view: Acknowledge,
    "upload": _upload,
    "rank": lambda _view: RankList,
    "select": _select_many,
    "select1": _select_one,
    "range": _range,
}
