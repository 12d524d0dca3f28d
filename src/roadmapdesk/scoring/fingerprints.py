"""Hashes that say what a scorecard was computed from."""

import hashlib
import json
from collections.abc import Iterable

from roadmapdesk.scoring.inputs import CELL_MEASURES, Interview, Item, Measure, ScoringInput
from roadmapdesk.scoring.profile import METHOD_VERSION, Profile


def _digest(value: object) -> str:
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def profile_hash(profile: Profile) -> str:
    """SHA-256 of all settings but the name."""
    return _digest({key: value for key, value in profile.to_record().items() if key != "name"})


def _item_record(item: Item) -> list[object]:
    return [
        item.question,
        item.measure.value,
        item.stage,
        item.dimension,
        item.weight,
        item.minimum,
        item.maximum,
        item.is_reversed,
        sorted(item.not_applicable),
        sorted(item.missing),
        item.wording,
    ]


def inputs_hash(inputs: ScoringInput, counted: Iterable[Interview]) -> str:
    """SHA-256 of the register, the items and all that the counted interviews contribute, in any order of input."""
    heads = {interview.key: interview for interview in counted}
    return _digest(
        {
            "method": METHOD_VERSION,
            "wave": inputs.wave,
            "stages": inputs.stages,
            "dimensions": inputs.dimensions,
            "items": sorted(_item_record(item) for item in inputs.items),
            "organisations": sorted(
                [o.key, o.type, o.place, sorted(o.is_known_in), o.is_interviewed] for o in inputs.organisations
            ),
            "interviews": sorted(
                [i.key, i.organisation, i.may_be_named, sorted((s, r.value) for s, r in i.roles.items()), i.form_hash]
                for i in heads.values()
            ),
            # None stands before every text, so that the entries can be sorted.
            "responses": sorted(
                [*key, "asked" if value is not None else "not asked", value or ""]
                for key, value in inputs.responses.items()
                if key[0] in heads
            ),
            "ties": sorted(
                [t.interview, t.partner, t.value, t.stage, *t.kinds] for t in inputs.ties if t.interview in heads
            ),
            "benchmarks": sorted(
                [b.interview, b.reference, b.value] for b in inputs.benchmarks if b.interview in heads
            ),
            "proposals": sorted(
                [p.interview, p.measure, p.value, p.stage, p.dimension]
                for p in inputs.proposals
                if p.interview in heads
            ),
        }
    )


def item_marks(items: Iterable[Item]) -> dict[tuple[str, str, Measure], str]:
    """Mapping (stage or ``"@"``, dimension, measure) → hash of all that must be equal to compare two waves."""
    groups: dict[tuple[str, str, Measure], list[list[object]]] = {}
    for item in items:
        if item.measure in CELL_MEASURES:
            key = ("@" if item.stage_field else item.stage, item.dimension, item.measure)
            groups.setdefault(key, []).append(_item_record(item))
    return {key: _digest(sorted(records)) for key, records in sorted(groups.items())}
