"""The immutable form: fields, body, texts, lists and the dependency graph, built from plain data."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, cast

from roadmapdesk.xforms.definition.actions import Action, link_actions
from roadmapdesk.xforms.definition.checks import check_form
from roadmapdesk.xforms.definition.linking import link_binds, link_body, repeat_paths
from roadmapdesk.xforms.definition.lists import inline_document, own_lists, places_of
from roadmapdesk.xforms.definition.model import Model
from roadmapdesk.xforms.definition.parser import DATA_FORMAT, parse_form
from roadmapdesk.xforms.definition.references import ReadFinder
from roadmapdesk.xforms.definition.targets import build_graph
from roadmapdesk.xforms.definition.texts import TextForms
from roadmapdesk.xforms.definition.twins import Twins
from roadmapdesk.xforms.limits import Limits
from roadmapdesk.xforms.pausing import collector_paused
from roadmapdesk.xforms.problems import FormError, FormProblem, Severity
from roadmapdesk.xforms.xpath import Expression, compile_expression

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from roadmapdesk.xforms.definition.data import FormData
    from roadmapdesk.xforms.definition.graph import Graph
    from roadmapdesk.xforms.definition.nodes import Control, ModelNode
    from roadmapdesk.xforms.tree import Document


class FormDefinition:
    """A form, ready for any number of sessions.

    Attributes:
        title: the form's title.
        form_id: the id of the primary instance.
        version: the version, or empty.
        languages: names of the form's languages in their order; empty where it has only one.
        default_language: where sessions begin; empty where the form has only one language.
        style: the classes of the body, such as ``pages``.
        model: the fields.
        body: the top-level controls.
        controls: every control, parents first.
        graph: what depends on what.
        actions: setvalue and its kin.
        problems: warnings, and errors where the form was opened for a preview.
        resources: files that came with the form, by base name.
        is_preview: the form was opened with its errors.
        limits: caps that hold while the form is read: `nodes`, `depth` and `reads`.
    """

    def __init__(
        self, data: FormData, problems: list[FormProblem], resources: Mapping[str, bytes], *, preview: bool = False,
        limits: Limits | None = None,
    ) -> None:  # fmt: skip
        self.data = data
        self.limits = limits or Limits()
        self.is_preview = preview
        self.title = data["title"]
        self.form_id = data["form_id"]
        self.version = data["version"]
        self.style = data["style"]
        self.languages = tuple(data["itext"])
        self.default_language = data["default_language"]
        self.namespaces = data["namespaces"]
        self.resources = dict(resources)
        self._lists = own_lists(data["instances"])
        self._documents: dict[str, Document] = {}
        self._places: dict[tuple[str, str], Mapping[str, int] | None] = {}
        self._expressions: dict[str, Expression] = {}
        self.model = Model(data["model"], repeat_paths(data["body"]))
        link_binds(self.model, data["binds"], problems)
        self.body, self.controls = link_body(self.model, data["body"], problems)
        self.actions: tuple[Action, ...] = link_actions(self.model, self.controls, data["actions"], problems)
        self.finder = ReadFinder(self.model.root, self.form_id)
        self.texts = TextForms(data["itext"], data["default_language"])
        self.graph: Graph = build_graph(self, problems)
        self._twins: dict[ModelNode, Twins] = {}
        check_form(self, problems, self.limits)
        self.problems = tuple(problems)
        if not preview and any(each.severity is Severity.ERROR for each in problems):
            raise FormError(problems)

    @classmethod
    def from_xml(
        cls, xml: bytes | str, *, resources: Mapping[str, bytes] | None = None, preview: bool = False,
        client_lists: bool = True, limits: Limits | None = None,
    ) -> FormDefinition:  # fmt: skip
        """The form of an XForm document.

        Args:
            xml: the document.
            resources: files of the form (CSV, XML, GeoJSON) by base name.
            preview: open a form with errors too; broken expressions count as absent, and `problems` says which.
            client_lists: read ``search()`` appearances and ``query`` attributes, which ODK Collect knows and the bare
                engines do not.
            limits: caps on the number of fields, on their depth, and on what all expressions read together.

        Raises:
            XmlError: the document is broken or hostile.
            FormError: the form has errors; all of them are in `FormError.problems`.
        """
        with collector_paused():
            data, problems = parse_form(xml, client_lists=client_lists, limits=limits)
            return cls(data, problems, resources or {}, preview=preview, limits=limits)

    @classmethod
    def from_json(
        cls, text: str | bytes, *, resources: Mapping[str, bytes] | None = None, limits: Limits | None = None
    ) -> FormDefinition:
        """The form that `to_json` wrote; the same further arguments as `from_xml`.

        Raises:
            ValueError: the text was written by another version of the program.
        """
        with collector_paused():
            data = json.loads(text)
            if not isinstance(data, dict) or data.get("format") != DATA_FORMAT:
                msg = "cached form of another format"
                raise ValueError(msg)
            return cls(cast("FormData", data), [], resources or {}, limits=limits)

    def to_json(self) -> str:
        """The form as plain data for a cache; `from_json` reads it."""
        return json.dumps(self.data, ensure_ascii=False, separators=(",", ":"))

    def expression(self, source: str) -> Expression:
        """The compiled expression; each is compiled once.

        Raises:
            XPathSyntaxError: it is no expression.
        """
        found = self._expressions.get(source)
        if found is None:
            found = self._expressions[source] = compile_expression(source, self.namespaces)
        return found

    def twins(self, repeat: ModelNode) -> Twins:
        """What fresh instances of a repeat have in common; worked out when somebody makes several at once."""
        found = self._twins.get(repeat)
        if found is None:
            found = self._twins[repeat] = Twins(self, repeat)
        return found

    def questions(self) -> Iterator[Control]:
        """The controls that take an answer, in the order of the body."""
        return (control for control in self.controls if control.tag not in {"group", "repeat"})

    def static_document(self, name: str) -> Document | None:
        """The document of a list that stands in the form itself, shared by all sessions."""
        document = self._documents.get(name)
        if document is None and name in self._lists:
            document = self._documents[name] = inline_document(self._lists[name])
        return document

    def places(self, nodeset: str, column: str) -> Mapping[str, int] | None:
        """Code → place for an itemset of all rows of a list in the form itself; None for every other itemset."""
        key = (nodeset, column)
        if key not in self._places:
            self._places[key] = places_of(self._lists, nodeset, column)
        return self._places[key]

    def field(self, path: str) -> ModelNode | None:
        """The field with this path without keys, or None."""
        return self.model.find(path)
