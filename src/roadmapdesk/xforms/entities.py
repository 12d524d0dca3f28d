"""Entities: what a finished record says about the things it is about, and the lists that follow-up interviews read.

A form declares entities beside its fields; a record of it creates or updates them. `entity_actions` reads these
actions from a record, `EntityList` takes them and is the CSV file that the next interview is given as a resource.

Source: ODK XForms specification, "Entities", versions 2022.1 to 2025.1.
"""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from roadmapdesk.xforms.tree_reading import parse_document

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from roadmapdesk.xforms.definition.form import FormDefinition
    from roadmapdesk.xforms.definition.nodes import ModelNode
    from roadmapdesk.xforms.tree import Element

ENTITY = "entity"
_META = "meta"
_TRUE = frozenset({"1", "true"})
_UUID = re.compile(r"(?:uuid:)?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})", re.IGNORECASE)
_RESERVED = frozenset({"name", "label"})
_BRANCHES = uuid.UUID("6f3d2f1e-8f0b-5c55-9a6e-2d3f9f5b7c10")
"""Name space of branch ids that are made from a record and an entity."""


class EntityVerb(StrEnum):
    """What a record does with an entity."""

    CREATE = "create"
    UPDATE = "update"


@dataclass(frozen=True, slots=True)
class EntityDeclaration:
    """One place of a form where entities are created or updated.

    Attributes:
        path: the ``entity`` element, without repeat keys and without prefixes.
        dataset: name of the list.
        properties: path of a field → the property that it fills.
    """

    path: str
    dataset: str
    properties: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EntityAction:
    """What one record does with one entity.

    Attributes:
        verb: create or update.
        dataset: name of the list.
        id: the entity's UUID in lower case without a prefix; as written where it is none.
        label: what people call it; empty where an update leaves the label alone.
        properties: property → stored text; an empty text clears it, a property that is absent is left alone.
        base_version: the version that the record's author saw, None where the record names none.
        trunk_version: the last version that came from a server, None for an entity that no server knows.
        branch_id: the chain of changes made without a server that this one continues, or empty.
        instance_id: identity of the record.
    """

    verb: EntityVerb
    dataset: str
    id: str
    label: str
    properties: Mapping[str, str]
    base_version: int | None
    trunk_version: int | None
    branch_id: str
    instance_id: str

    @property
    def has_valid_id(self) -> bool:
        """Whether the id is a UUID; actions without one are never carried out."""
        return _UUID.fullmatch(self.id) is not None


def entity_declarations(definition: FormDefinition) -> tuple[EntityDeclaration, ...]:
    """All entity declarations of a form, in the order of its instance."""
    found = [node for node in definition.model.nodes if _is_declaration(node)]
    owners = {node.parent.parent: node for node in found if node.parent is not None}
    properties: dict[ModelNode, dict[str, str]] = {node: {} for node in found}
    for node in definition.model.nodes:
        name = "" if node.bind is None else node.bind.get("save_to", "")
        if not name or name in _RESERVED or name.startswith("__"):
            continue
        owner = next((owners[above] for above in node.ancestors() if above in owners), None)
        if owner is not None:
            properties[owner][_path(node)] = name
    return tuple(
        EntityDeclaration(_path(node), _written(definition, node, "dataset"), properties[node]) for node in found
    )


def entity_actions(definition: FormDefinition, xml: bytes) -> tuple[EntityAction, ...]:
    """What a record creates and updates, in the order of the record.

    A declaration inside of a repeat gives one action for each of its instances. A declaration whose conditions for
    creating and for updating both hold gives both actions, as the specification asks.

    Args:
        definition: the form.
        xml: a record of it with relevant fields only, as `FormSession.to_submission` writes it.

    Raises:
        XmlError: broken or hostile XML.
    """
    declarations = {each.path: each for each in entity_declarations(definition)}
    if not declarations:
        return ()
    root = parse_document(xml).element
    meta = root.child(_META)
    identity = None if meta is None else meta.child("instanceID")
    instance_id = "" if identity is None else identity.string_value()
    return tuple(_actions(root, f"/{root.name}", declarations, instance_id))


def branch_id(instance_id: str, entity_id: str) -> str:
    """The id of the branch that a record begins on an entity: the same each time that the record is read again."""
    return str(uuid.uuid5(_BRANCHES, f"{instance_id}/{entity_id}"))


def normal_id(text: str) -> str:
    """A UUID in lower case without a prefix; any other text as it is."""
    match = _UUID.fullmatch(text.strip())
    return text if match is None else match[1].lower()


def _path(node: ModelNode) -> str:
    return "/" + "/".join(each.local for each in (*reversed([*node.ancestors()]), node))


def _is_declaration(node: ModelNode) -> bool:
    parent = node.parent
    return (
        node.local == ENTITY
        and not node.is_attribute
        and parent is not None
        and parent.local == _META
        and parent.parent is not None
        and "@dataset" in node.children
    )


def _written(definition: FormDefinition, node: ModelNode, name: str) -> str:
    """An attribute as the form writes it."""
    tree = definition.data["model"]
    for above in (*reversed([*node.ancestors()][:-1]), node):
        children = tree[4] if isinstance(tree[4], list) else []
        tree = next(child for child in children if child[0] == above.local)
    return next((value for local, _space, _prefix, value in tree[3] if local == name), "")


def _actions(
    element: Element, path: str, declarations: Mapping[str, EntityDeclaration], instance_id: str
) -> Iterator[EntityAction]:
    for child in element.elements():
        below = f"{path}/{child.name}"
        if child.name == _META:
            for entity in child.elements():
                declared = declarations.get(f"{below}/{entity.name}")
                if declared is not None:
                    yield from _of_element(entity, element, path, declared, instance_id)
        else:
            yield from _actions(child, below, declarations, instance_id)


def _of_element(
    entity: Element, owner: Element, path: str, declared: EntityDeclaration, instance_id: str
) -> Iterator[EntityAction]:
    given = {attribute.name: attribute.value for attribute in entity.attributes}
    label = entity.child("label")
    properties = dict(_properties(owner, path, declared.properties))
    for verb in EntityVerb:
        if given.get(verb.value, "").strip().lower() in _TRUE:
            yield EntityAction(
                verb, given.get("dataset", declared.dataset), normal_id(given.get("id", "")),
                "" if label is None else label.string_value(), properties, _number(given.get("baseVersion", "")),
                _number(given.get("trunkVersion", "")), given.get("branchId", ""), instance_id,
            )  # fmt: skip


def _properties(element: Element, path: str, wanted: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for child in element.elements():
        below = f"{path}/{child.name}"
        if below in wanted:
            yield wanted[below], child.string_value()
        elif any(each.startswith(f"{below}/") for each in wanted):
            yield from _properties(child, below, wanted)


def _number(text: str) -> int | None:
    return int(text) if text.strip().isdigit() else None
