"""The value chain, its dimensions and the known actors, as shipped in ``resources/catalog``.

Each fact keeps its source mark (``S0`` to ``S4`` for the project's founding documents, ``P1``… for public
references); marks are explained in ``resources/catalog/sources.json``.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from roadmapdesk.domain.actors import Actor, ReferenceNetwork
from roadmapdesk.paths import resources_folder


@dataclass(frozen=True, slots=True)
class Bilingual:
    """One text in both languages."""

    de: str
    en: str

    def text(self, language: str) -> str:
        """The text for ``de`` or ``en``."""
        return self.de if language == "de" else self.en


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of the value chain.

    Attributes:
        key: ``s1`` to ``s9`` in the shipped chain.
        order: 1-based position from the start of the chain.
        sources: marks of the references behind the definition.
    """

    key: str
    order: int
    name: Bilingual
    definition: Bilingual
    activities: tuple[str, ...]
    evidence: str
    sources: str


@dataclass(frozen=True, slots=True)
class Dimension:
    """One aspect under which every stage is rated, ``d1`` to ``d7`` in the shipped catalogue."""

    key: str
    order: int
    name: Bilingual
    definition: Bilingual


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme named in the founding documents and the dimensions that cover it."""

    key: str
    name: Bilingual
    dimensions: tuple[str, ...]
    evidence: str


@dataclass(frozen=True, slots=True)
class Catalog:
    """All shipped facts. Collections keep the order of the value chain, dimensions theirs.

    Attributes:
        stage_edges: pairs (from stage key, to stage key), the flow of material and knowledge.
        sources: mapping source mark → what it is.
    """

    stages: tuple[Stage, ...]
    stage_edges: tuple[tuple[str, str], ...]
    dimensions: tuple[Dimension, ...]
    themes: tuple[Theme, ...]
    actors: tuple[Actor, ...]
    networks: tuple[ReferenceNetwork, ...]
    sources: Mapping[str, str]

    def stage(self, key: str) -> Stage:
        """The stage with this key; KeyError for an unknown one."""
        return {stage.key: stage for stage in self.stages}[key]

    def dimension(self, key: str) -> Dimension:
        """The dimension with this key; KeyError for an unknown one."""
        return {dimension.key: dimension for dimension in self.dimensions}[key]


@cache
def load_catalog() -> Catalog:
    """The shipped catalogue; read once per process.

    Raises:
        OSError: when the resources are missing, which means a broken installation.
    """
    folder = resources_folder() / "catalog"

    def read(name: str) -> Any:  # noqa: ANN401 — JSON is converted at once below
        return json.loads((folder / name).read_text(encoding="utf-8"))

    chain = read("value_chain.json")
    return Catalog(
        stages=tuple(
            Stage(
                key=entry["id"],
                order=entry["order"],
                name=Bilingual(entry["de"], entry["en"]),
                definition=Bilingual(entry["definition_de"], entry["definition_en"]),
                activities=tuple(entry["activities"]),
                evidence=entry["seed_evidence"],
                sources=entry["references"],
            )
            for entry in chain["stages"]
        ),
        stage_edges=tuple((start, end) for start, end in chain["stage_edges"]),
        dimensions=tuple(
            Dimension(
                key=entry["id"],
                order=entry["order"],
                name=Bilingual(entry["de"], entry["en"]),
                definition=Bilingual(entry["definition_de"], entry["definition_en"]),
            )
            for entry in chain["dimensions"]
        ),
        themes=tuple(
            Theme(entry["id"], Bilingual(entry["de"], entry["en"]), tuple(entry["dimensions"]), entry["evidence"])
            for entry in read("themes.json")
        ),
        actors=tuple(Actor.from_record(entry) for entry in read("actors.json")),
        networks=tuple(ReferenceNetwork.from_record(entry) for entry in read("networks.json")),
        sources=read("sources.json"),
    )
