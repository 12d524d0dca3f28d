"""Organisations of the value chain and the reference networks beside it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class StageRole(StrEnum):
    """How an organisation stands to a stage; weights of the sensitivity run belong to scoring."""

    CORE = "core"
    SUPPORT = "support"
    OBSERVER = "observer"


class ActorType(StrEnum):
    """Kinds of organisation, the codes of the questionnaire's list of types."""

    COMPANY = "company"
    STARTUP = "startup"
    RESEARCH = "research"
    UNIVERSITY = "university"
    CLINIC = "clinic"
    NETWORK = "network"
    PUBLIC = "public"
    FUNDER = "funder"
    PATIENT_ORG = "patient_org"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement about an organisation or network, with the mark of its source.

    Attributes:
        text: the statement in English.
        source: mark of the source, explained in the catalogue's list of sources.
        text_de: the statement in German, empty where it was entered in one language only.
    """

    text: str
    source: str
    text_de: str = ""

    def in_language(self, language: str) -> str:
        """The statement in ``de`` or ``en``, or in the language it exists in."""
        return _pick(self.text, self.text_de, language)

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> "Fact":
        """The fact of one JSON record; the inverse of `to_record`."""
        return cls(record["text"], record["source"], record.get("text_de", ""))

    def to_record(self) -> dict[str, str]:
        """A JSON-ready record of all fields."""
        return {"text": self.text, "text_de": self.text_de, "source": self.source}


def _pick(english: str, german: str, language: str) -> str:
    return (german or english) if language == "de" else (english or german)


@dataclass(frozen=True, slots=True)
class Actor:
    """One organisation in a project's register.

    Attributes:
        key: short code, unique in the project, used as the choice name in ``actors.csv``: letters, digits, ``_``.
        names: display name by language code; ``names["de"]`` always exists.
        place: place as text, empty when the sources do not state it; ``place_source`` holds the marks.
        role: what the organisation does in the chain, in English; ``role_de`` in German.
        stages: mapping stage key → role in that stage, our own mapping.
        is_founder: founding member of the cluster nukliD.
        is_interviewed: False for the organisation that conducts the study.
        note: remark on evidence or mapping.
        source: where the entry comes from: ``catalogue`` or ``own``.
    """

    key: str
    names: Mapping[str, str]
    type: ActorType
    place: str = ""
    place_source: str = ""
    is_founder: bool = False
    role: str = ""
    role_de: str = ""
    stages: Mapping[str, StageRole] = field(default_factory=dict)
    facts: tuple[Fact, ...] = ()
    note: str = ""
    note_de: str = ""
    is_interviewed: bool = True
    source: str = "own"

    def name(self, language: str) -> str:
        """The name in this language, or the German one."""
        return self.names.get(language) or self.names["de"]

    def role_text(self, language: str) -> str:
        """What the organisation does, in ``de`` or ``en``."""
        return _pick(self.role, self.role_de, language)

    def note_text(self, language: str) -> str:
        """The remark in ``de`` or ``en``."""
        return _pick(self.note, self.note_de, language)

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> "Actor":
        """The actor of one JSON record; the inverse of `to_record`."""
        return cls(
            key=record["key"],
            names=dict(record["names"]),
            type=ActorType(record["type"]),
            place=record.get("place", ""),
            place_source=record.get("place_source", ""),
            is_founder=record.get("is_founder", False),
            role=record.get("role", ""),
            role_de=record.get("role_de", ""),
            stages={stage: StageRole(role) for stage, role in record.get("stages", {}).items()},
            facts=tuple(Fact.from_record(fact) for fact in record.get("facts", ())),
            note=record.get("note", ""),
            note_de=record.get("note_de", ""),
            is_interviewed=record.get("is_interviewed", True),
            source=record.get("source", "own"),
        )

    def to_record(self) -> dict[str, Any]:
        """A JSON-ready record of all fields, in a fixed order of keys."""
        return {
            "key": self.key,
            "names": dict(self.names),
            "type": self.type.value,
            "place": self.place,
            "place_source": self.place_source,
            "is_founder": self.is_founder,
            "role": self.role,
            "role_de": self.role_de,
            "stages": {stage: role.value for stage, role in self.stages.items()},
            "facts": [fact.to_record() for fact in self.facts],
            "note": self.note,
            "note_de": self.note_de,
            "is_interviewed": self.is_interviewed,
            "source": self.source,
        }


@dataclass(frozen=True, slots=True)
class ReferenceNetwork:
    """A cluster or network elsewhere that the site compares itself with.

    Attributes:
        key: short code, the choice name in ``references.csv``.
        lesson: what the founding documents say can be learned; empty when they say nothing.
        lesson_public: the same from public sources.
    """

    key: str
    names: Mapping[str, str]
    facts: tuple[Fact, ...] = ()
    lesson: str = ""
    lesson_de: str = ""
    lesson_public: str = ""
    lesson_public_de: str = ""
    source: str = "own"

    def name(self, language: str) -> str:
        """The name in this language, or the German one."""
        return self.names.get(language) or self.names["de"]

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> "ReferenceNetwork":
        """The network of one JSON record; the inverse of `to_record`."""
        return cls(
            key=record["key"],
            names=dict(record["names"]),
            facts=tuple(Fact.from_record(fact) for fact in record.get("facts", ())),
            lesson=record.get("lesson", ""),
            lesson_de=record.get("lesson_de", ""),
            lesson_public=record.get("lesson_public", ""),
            lesson_public_de=record.get("lesson_public_de", ""),
            source=record.get("source", "own"),
        )

    def to_record(self) -> dict[str, Any]:
        """A JSON-ready record of all fields, in a fixed order of keys."""
        return {
            "key": self.key,
            "names": dict(self.names),
            "facts": [fact.to_record() for fact in self.facts],
            "lesson": self.lesson,
            "lesson_de": self.lesson_de,
            "lesson_public": self.lesson_public,
            "lesson_public_de": self.lesson_public_de,
            "source": self.source,
        }
