"""A parsed form as plain data: the parser writes it, the cache stores it as JSON, the definition is built from it."""

from __future__ import annotations

from typing import TypedDict, Union

TextData = Union[str, "list[str | list[str]]", "dict[str, str]"]
"""A text: a literal; parts, where ``[expression]`` is an output; or ``{"id": …}``, ``{"itext": expression}``,
``{"ref": expression}``."""

AttributeData = tuple[str, str, str, str]
"""Local name, namespace, prefix, value."""

TreeData = tuple[str, str, str, "list[AttributeData]", "str | list[TreeData]"]
"""Local name, namespace, prefix, attributes, and the text or the children."""


class BindData(TypedDict, total=False):
    """One ``bind``; expressions as written."""

    nodeset: str
    type: str
    relevant: str
    readonly: str
    required: str
    constraint: str
    calculate: str
    constraint_message: TextData
    required_message: TextData
    preload: str
    preload_parameters: str
    save_incomplete: bool
    save_to: str
    extra: dict[str, str]


class ActionData(TypedDict, total=False):
    """One action: what it does, where, when."""

    kind: str
    ref: str
    path: str
    value: str
    text: str
    events: list[str]
    source: str
    repeat: str


class ItemData(TypedDict):
    """One choice that stands in the body."""

    value: str
    label: TextData | None


class ItemsetData(TypedDict, total=False):
    """Choices from a node-set."""

    nodeset: str
    value: str
    label: TextData
    copy: str


class ControlData(TypedDict, total=False):
    """One element of the body."""

    tag: str
    ref: str
    appearance: str
    parameters: dict[str, str]
    label: TextData
    hint: TextData
    items: list[ItemData]
    itemset: ItemsetData
    count: str
    fixed: bool
    children: list[ControlData]


class RowsData(TypedDict):
    """A list that is a table; a cell is None where the row has no such child."""

    root: str
    item: str
    columns: list[str]
    cells: list[list[str | None]]


class InstanceData(TypedDict, total=False):
    """One secondary instance: its rows, or its XML as text until it is first asked for; or where it comes from."""

    id: str
    src: str
    rows: RowsData
    xml: str


class FormData(TypedDict):
    """A whole form."""

    format: int
    title: str
    form_id: str
    version: str
    style: str
    namespaces: dict[str, str]
    identity_added: bool
    model: TreeData
    binds: list[BindData]
    body: list[ControlData]
    actions: list[ActionData]
    default_language: str
    itext: dict[str, dict[str, dict[str, TextData]]]
    instances: list[InstanceData]
    entities_version: str
    submission: dict[str, str]
