"""Secondary instances: lists inside the form, and CSV, XML and GeoJSON files beside it, as documents.

Source: ODK XForms specification, "Secondary Instances – External"; XLSForm, "External selects".
"""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from roadmapdesk.xforms.codecs import number_text
from roadmapdesk.xforms.definition.lists import empty_document, inline_document
from roadmapdesk.xforms.pausing import collector_paused
from roadmapdesk.xforms.problems import (
    BAD_RESOURCE,
    LARGE_RESOURCE,
    MISSING_RESOURCE,
    UNSAFE_RESOURCE,
    FormProblem,
    Severity,
    problem,
)
from roadmapdesk.xforms.rows import document_of_rows
from roadmapdesk.xforms.safe_xml import XmlError, XmlLimits
from roadmapdesk.xforms.tree import Document, Element
from roadmapdesk.xforms.tree_reading import parse_document

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from roadmapdesk.xforms.definition.data import InstanceData
    from roadmapdesk.xforms.limits import Limits

LAST_SAVED = "jr://instance/last-saved"
_NAME = re.compile(r"[^\W\d][\w.\-]*\Z")
_COLUMN = re.compile(r"[^\W\d][\w.\-]*(::[^:]+)?\Z")
"""A name, or a name with a language as XLSForm writes it: ``label::English (en)``."""
_EXTENSIONS = frozenset({".csv", ".xml", ".geojson"})


def load_instance(
    data: InstanceData, resources: Mapping[str, bytes], limits: Limits, last_saved: bytes | None = None
) -> tuple[Document, FormProblem | None]:
    """The document of one secondary instance; an empty one, with a problem, where its file is missing or broken.

    Args:
        data: the instance as the form declares it.
        resources: files by base name.
        limits: caps on size.
        last_saved: the last saved record of this form, or None where there is none.
    """
    source = data.get("src", "")
    if not source:
        return inline_document(data), None
    if source == LAST_SAVED:
        return (empty_document() if last_saved is None else parse_document(last_saved)), None
    name = base_name(source)
    if name is None:
        return empty_document(), problem(UNSAFE_RESOURCE, name=source)
    content = resources.get(name)
    if content is None:
        missing = problem(MISSING_RESOURCE, name=name, severity=Severity.WARNING)
        return inline_document(data), missing
    return read_resource(name, content, limits)


def base_name(source: str) -> str | None:
    """The file name of a ``jr://`` address; None for paths, other schemes and other kinds of files."""
    if "://" in source and not source.startswith("jr://"):
        return None
    path = re.sub(r"^jr://[^/]*/", "", source)
    name = PurePosixPath(path).name
    if not name or name != path or name.startswith(".") or "\\" in name or ":" in name:
        return None
    return name


def read_resource(name: str, content: bytes, limits: Limits) -> tuple[Document, FormProblem | None]:
    """The document of a CSV, XML or GeoJSON file."""
    if len(content) > limits.resource_bytes:
        return empty_document(), problem(LARGE_RESOURCE, name=name, limit=limits.resource_bytes)
    suffix = PurePosixPath(name).suffix.lower()
    try:
        if suffix == ".geojson" or (suffix not in _EXTENSIONS and content.lstrip()[:1] == b"{"):
            return _geojson(content, limits), None
        if suffix == ".xml" or (suffix != ".csv" and content.lstrip()[:1] == b"<"):
            return parse_document(content, limits=XmlLimits(max_nodes=limits.resource_cells)), None
        with collector_paused():
            return csv_document(content, limits), None
    except XmlError as error:
        return empty_document(), problem(BAD_RESOURCE, name=name, reason=error.sentence)
    except (ValueError, csv.Error, RecursionError) as error:
        return empty_document(), problem(BAD_RESOURCE, name=name, reason=str(error))


def csv_document(content: bytes, limits: Limits) -> Document:
    """A ``root`` with one ``item`` for each row and one child for each column.

    Raises:
        ValueError: the file is no text, has no header or too many rows.
    """
    text = _decoded(content)
    first_line = text.partition("\n")[0]
    delimiter = max(",;\t|", key=first_line.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    header = next(rows, None)
    if header is None:
        return empty_document()
    names = [(index, name) for index, name in enumerate(header) if _COLUMN.match(name)]
    if text.count("\n") * len(names) > 2 * limits.resource_cells:  # clear before anything is made of it
        raise ValueError(_too_many_cells(limits))
    found: list[list[str | None]] = []
    for count, row in enumerate(rows):
        if count >= limits.resource_rows:
            msg = f"more than {limits.resource_rows} rows"
            raise ValueError(msg)
        if not any(row):
            continue
        if len(names) * len(found) > limits.resource_cells:
            raise ValueError(_too_many_cells(limits))
        found.append([row[index] if index < len(row) else "" for index, _name in names])
    return _list_of([name for _index, name in names], found)


def _list_of(columns: list[str], rows: list[list[str | None]]) -> Document:
    """A list of items; where a column stands twice, each item has two children of this name."""
    if len(set(columns)) == len(columns):
        return document_of_rows("root", "item", columns, rows)
    root = Element("root")
    root.children = items = [Element("item", parent=root) for _row in rows]
    for item, row in zip(items, rows, strict=True):
        item.children = [Element(name, text=text or "", parent=item) for name, text in zip(columns, row, strict=True)]
    document = Document(is_static=True)
    document.append(root)
    return document


def _too_many_cells(limits: Limits) -> str:
    return f"more than {limits.resource_cells} cells"


def csv_columns(content: bytes) -> frozenset[str]:
    """The names in the first line of a CSV file, without blanks around them; empty where no rows follow."""
    first_line, _end, rest = content.partition(b"\n")
    try:
        lines = _decoded(first_line).splitlines()
        if not rest.strip() or len(lines) != 1:
            return frozenset()
        delimiter = max(",;\t|", key=lines[0].count)
        return frozenset(name.strip() for name in next(csv.reader(lines, delimiter=delimiter), ()))
    except (ValueError, csv.Error):
        return frozenset()


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "utf-16") if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    msg = "the text encoding is unknown"
    raise ValueError(msg)


def _geojson(content: bytes, limits: Limits) -> Document:
    data = json.loads(content.decode("utf-8-sig"))
    if (
        not isinstance(data, dict)
        or data.get("type") != "FeatureCollection"
        or not isinstance(data.get("features"), list)
    ):
        msg = "not a GeoJSON FeatureCollection"
        raise ValueError(msg)
    if len(data["features"]) > limits.resource_rows:
        msg = f"more than {limits.resource_rows} features"
        raise ValueError(msg)
    root = Element("root")
    root.children = [_feature(feature, root) for feature in data["features"]]
    document = Document(is_static=True)
    document.append(root)
    return document


def _feature(feature: object, root: Element) -> Element:
    if not isinstance(feature, dict):
        msg = "a feature that is no object"
        raise ValueError(msg)
    item = Element("item", parent=root)
    columns: dict[str, str] = {}
    geometry = feature.get("geometry")
    columns["geometry"] = _geometry(geometry) if isinstance(geometry, dict) else ""
    identity = feature.get("id")
    if identity is not None:
        columns["id"] = _plain(identity)
    properties = feature.get("properties")
    for name, value in (properties if isinstance(properties, dict) else {}).items():
        if _NAME.match(str(name)) and (name != "id" or identity is None):
            columns[str(name)] = _plain(value)
    item.children = [Element(name, text=text, parent=item) for name, text in columns.items()]
    return item


def _geometry(geometry: Mapping[str, object]) -> str:
    kind = geometry.get("type")
    places = geometry.get("coordinates")
    if not isinstance(places, list):
        return ""
    if kind == "Point":
        return _place(places)
    if kind == "LineString":
        return "; ".join(_place(each) for each in places if isinstance(each, list))
    if kind == "Polygon" and places and isinstance(places[0], list):
        return "; ".join(_place(each) for each in places[0] if isinstance(each, list))
    msg = f"geometry {kind} is not supported"
    raise ValueError(msg)


def _place(numbers: Sequence[object]) -> str:
    if len(numbers) < 2 or not all(isinstance(each, int | float) for each in numbers):
        msg = "a coordinate that is no number"
        raise ValueError(msg)
    parts = [number_text(float(each)) for each in numbers if isinstance(each, int | float)]
    altitude = parts[2] if len(parts) > 2 else "0"
    return f"{parts[1]} {parts[0]} {altitude} 0"


def _plain(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return number_text(float(value))
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
