"""Lists of entities: read and written as the CSV files that forms take as resources, and changed by records.

Source: ODK XForms specification, "Entities", "Referencing existing entities in forms"; ODK Collect keeps its lists by
the same rules: what was made here is version 1, each change adds one, a change begins a branch and continues it.
"""

from __future__ import annotations

import csv
import io
import uuid
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from roadmapdesk.errors import Message
from roadmapdesk.i18n import N_
from roadmapdesk.xforms.definition.instances import csv_document
from roadmapdesk.xforms.entities import EntityAction, EntityVerb, branch_id, normal_id
from roadmapdesk.xforms.limits import Limits
from roadmapdesk.xforms.session.notices import notice

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from roadmapdesk.xforms.session.view import Notice

NO_ID = Message("entities.no_id", N_("The list “{dataset}”: an entry without a valid id was not taken over."))
NO_LABEL = Message("entities.no_label", N_("The list “{dataset}”: a new entry without a name was not taken over."))
KNOWN = Message(
    "entities.known", N_("The list “{dataset}”: an entry that is in the list already was not added again.")
)
UNKNOWN = Message(
    "entities.unknown", N_("The list “{dataset}”: a change of an entry that is not in the list was not taken over.")
)
OUTDATED = Message(
    "entities.outdated",
    N_("The list “{dataset}”: an entry was changed on the basis of an older state. Both changes were taken over."),
)
_SYSTEM = ("name", "label", "__version", "__trunkVersion", "__branchId")


@dataclass(frozen=True, slots=True)
class Entity:
    """One entry of a list.

    Attributes:
        id: a UUID in lower case.
        label: what people call it.
        version: grows by one with each change.
        trunk_version: the last version that came from a server, None for an entry that no server knows.
        branch_id: the chain of changes made without a server.
        properties: property → text.
    """

    id: str
    label: str
    version: int = 1
    trunk_version: int | None = None
    branch_id: str = ""
    properties: Mapping[str, str] = field(default_factory=dict)


class EntityList:
    """The entities of one list, in the order in which they came.

    Args:
        name: the list's name, which is also the name of its file without ``.csv``.
        entities: what it holds already.
        columns: properties that its file has even where no entity fills them.
    """

    def __init__(self, name: str, entities: Iterable[Entity] = (), *, columns: Iterable[str] = ()) -> None:
        self.name = name
        self._entities = {entity.id: entity for entity in entities}
        self._columns = dict.fromkeys(columns)

    @classmethod
    def from_csv(
        cls, name: str, content: bytes, *, limits: Limits | None = None,
        new_id: Callable[[], str] = lambda: str(uuid.uuid4()),
    ) -> EntityList:  # fmt: skip
        """The list of a CSV file.

        Rows of a server name no trunk: their version is the trunk, and each begins a branch of its own.

        Args:
            name: the list's name.
            content: the file.
            limits: caps on its rows.
            new_id: makes ids of branches.

        Raises:
            ValueError: the file is no text, has too many rows, or lacks the columns ``name`` or ``label``.
        """
        root = csv_document(content, limits or Limits()).element
        found: list[Entity] = []
        columns: dict[str, None] = {}
        for row in root.elements():
            cells = {cell.name: cell.string_value() for cell in row.elements()}
            if "name" not in cells or "label" not in cells:
                msg = "a list of entities without the columns name and label"
                raise ValueError(msg)
            columns.update(dict.fromkeys(column for column in cells if column not in _SYSTEM))
            version = _number(cells.get("__version", "")) or 1
            is_branch = "__branchId" in cells
            found.append(
                Entity(
                    normal_id(cells["name"]), cells["label"], version,
                    _number(cells.get("__trunkVersion", "")) if is_branch else version,
                    cells["__branchId"] if is_branch else new_id(),
                    {column: text for column, text in cells.items() if column not in _SYSTEM and text},
                )
            )  # fmt: skip
        return cls(name, found, columns=columns)

    def __len__(self) -> int:
        return len(self._entities)

    @property
    def entities(self) -> tuple[Entity, ...]:
        """All entries."""
        return tuple(self._entities.values())

    def get(self, identity: str) -> Entity | None:
        """The entry with this id, None where there is none."""
        return self._entities.get(normal_id(identity))

    def apply(self, action: EntityAction) -> Notice | None:
        """Carries out what a record does.

        Returns:
            Why nothing or not all was done, or that the change rests on an older state; None where all is well.
            A change on an older state is carried out all the same: nothing that somebody said is lost.

        Raises:
            ValueError: an action on another list.
        """
        if action.dataset != self.name:
            msg = "an action on another list"
            raise ValueError(msg)
        if not action.has_valid_id:
            return self._notice(NO_ID)
        present = self._entities.get(action.id)
        if action.verb is EntityVerb.CREATE:
            if present is not None:
                return self._notice(KNOWN)
            if not action.label:
                return self._notice(NO_LABEL)
            self._entities[action.id] = Entity(
                action.id, action.label, branch_id=branch_id(action.instance_id, action.id),
                properties={name: text for name, text in action.properties.items() if text},
            )  # fmt: skip
            return None
        if present is None:
            return self._notice(UNKNOWN)
        merged = {**present.properties, **action.properties}
        self._entities[action.id] = replace(
            present,
            label=action.label or present.label,
            version=present.version + 1,
            properties={name: text for name, text in merged.items() if text},
        )
        is_outdated = action.base_version is not None and action.base_version != present.version
        return self._notice(OUTDATED) if is_outdated else None

    def to_csv(self) -> bytes:
        """The list as forms read it: UTF-8, one row for each entity, the columns of the specification first."""
        properties = dict(self._columns)
        for entity in self._entities.values():
            properties.update(dict.fromkeys(entity.properties))
        stream = io.StringIO(newline="")
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow([*_SYSTEM, *properties])
        for entity in self._entities.values():
            trunk = "" if entity.trunk_version is None else str(entity.trunk_version)
            writer.writerow(
                [entity.id, entity.label, str(entity.version), trunk, entity.branch_id]
                + [entity.properties.get(name, "") for name in properties]
            )
        return stream.getvalue().encode("utf-8")

    def _notice(self, message: Message) -> Notice:
        return notice(message, "", dataset=self.name)


def merge_actions(lists: Mapping[str, EntityList], actions: Iterable[EntityAction]) -> tuple[Notice, ...]:
    """Carries out actions on the lists that they name, in their order; actions on other lists are passed over."""
    found = (lists[action.dataset].apply(action) for action in actions if action.dataset in lists)
    return tuple(each for each in found if each is not None)


def without_words(content: bytes, ids: Collection[str]) -> bytes:
    """The CSV file of a list in which these entries have their id for a name and no properties; else as it was."""
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    head = rows[0] if rows else []
    if "name" not in head or not ids:
        return content
    place = head.index("name")
    hit = [row for row in rows[1:] if len(row) > place and row[place].lower() in ids]
    for row in hit:
        for number, column in enumerate(head[: len(row)]):
            if column == "label":
                row[number] = row[place]
            elif column not in _SYSTEM:
                row[number] = ""
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\n").writerows(rows)
    return stream.getvalue().encode("utf-8") if hit else content


def _number(text: str) -> int | None:
    return int(text) if text.strip().isdigit() else None
