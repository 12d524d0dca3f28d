"""The world around a session's expressions: its clock, lists, texts, choices and device."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typing_extensions import override

from roadmapdesk.xforms.definition.instances import csv_document, load_instance
from roadmapdesk.xforms.definition.lists import empty_document
from roadmapdesk.xforms.problems import MISSING_RESOURCE, Severity, problem
from roadmapdesk.xforms.xpath import Host

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime, tzinfo

    from roadmapdesk.xforms.definition.form import FormDefinition
    from roadmapdesk.xforms.limits import Limits
    from roadmapdesk.xforms.problems import FormProblem
    from roadmapdesk.xforms.tree import Document, Element, Node


class SessionHost(Host):
    """What `xpath` asks of a session.

    Args:
        form: the form.
        clock: tells the time, with a zone.
        language: the form's language in use.
        resources: files by base name.
        device: metadata by preload name.
        limits: caps on the size of files.
        last_saved: the last saved record of this form as XML.
    """

    def __init__(
        self, form: FormDefinition, *, clock: Callable[[], datetime], language: str, resources: Mapping[str, bytes],
        device: Mapping[str, str], limits: Limits, last_saved: bytes | None,
    ) -> None:  # fmt: skip
        self.language = language
        self.clock = clock
        self.device = device
        self.resources = {**form.resources, **resources}
        self.problems: list[FormProblem] = []
        self.primary: Document | None = None
        self.label_of: Callable[[str, str, Node], str]
        self.text_of: Callable[[str, str | None], str]
        self._form = form
        self._limits = limits
        self._last_saved = last_saved
        self._declared = {data["id"]: data for data in form.data["instances"]}
        self._documents: dict[str, Document | None] = {}
        self.missing: set[str] = set()
        self._tables: dict[tuple[str, str], dict[str, Element]] = {}
        self._zone: tzinfo | None = None

    @override
    def now(self) -> datetime:
        return self.clock()

    @override
    def zone(self) -> tzinfo:
        zone = self._zone
        if zone is None:
            zone = self._zone = super().zone()
        return zone

    @override
    def instance(self, name: str) -> Document | None:
        if name in self._documents:
            return self._documents[name]
        document = self._load(name)
        self._documents[name] = document
        return document

    def _load(self, name: str) -> Document | None:
        data = self._declared.get(name)
        if data is None:
            return self.primary if name == self._form.form_id else self._undeclared(name)
        if "src" not in data:
            return self._form.static_document(name)
        document, problem = load_instance(data, self.resources, self._limits, self._last_saved)
        if problem is not None:
            self.missing.add(name)
            self.problems.append(problem)
        return document

    def _undeclared(self, name: str) -> Document | None:
        """A list that only a file gives: a CSV of this name, or the rows of this list in ``itemsets.csv``."""
        content = self.resources.get(f"{name}.csv")
        if content is not None:
            return csv_document(content, self._limits)
        shared = self.resources.get("itemsets.csv")
        if shared is None:
            self.missing.add(name)
            self.problems.append(problem(MISSING_RESOURCE, name=f"{name}.csv", severity=Severity.WARNING))
            return empty_document()
        document = csv_document(shared, self._limits)
        root = document.element
        root.replace_children([row for row in root.elements() if row.cell_text("list_name") == name])
        return document

    @override
    def itext(self, name: str, form: str | None = None) -> str:
        return self.text_of(name, form)

    @override
    def choice_label(self, value: str, path: str, node: Node) -> str:
        return self.label_of(value, path, node)

    @override
    def pulldata(self, name: str, column: str, key_column: str, key: str) -> str:
        table = self._tables.get((name, key_column))
        if table is None:
            table = self._tables[(name, key_column)] = self._table(name, key_column)
        row = table.get(key)
        return "" if row is None else row.cell_text(column) or ""

    def _table(self, name: str, key_column: str) -> dict[str, Element]:
        """Rows of a file by the text of a column; the first row counts where a key stands twice."""
        document = self.instance(name) if name in self._declared else None
        wanted = key_column.removeprefix("@")
        is_attribute = wanted != key_column
        if document is None:
            content = self.resources.get(name) or self.resources.get(f"{name}.csv")
            if content is None:
                self.problems.append(problem(MISSING_RESOURCE, name=f"{name}.csv", severity=Severity.WARNING))
                return {}
            document = csv_document(content, self._limits)
        table: dict[str, Element] = {}
        for row in document.element.elements():
            text = _attribute_text(row, wanted) if is_attribute else row.cell_text(key_column)
            if text is not None:
                table.setdefault(text, row)
        return table

    @override
    def form_property(self, name: str) -> str:
        return self.device.get(name, "")

    @override
    def form_version(self) -> str:
        return self._form.version


def _attribute_text(row: Element, name: str) -> str | None:
    found = row.attribute(name)
    return None if found is None else found.value
