"""What a report says, as one hash: the same in either language and whenever it is written."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum

from roadmapdesk.reports.facts import ReportFacts


def result_hash(facts: ReportFacts) -> str:
    """SHA-256 over what `facts` tell: level, scores, counts, statements, register, measures and questionnaire.

    Left out is what does not change the result: language, moment, version of the program, contact, single records
    (they are ratings that the scores rest on) and the release itself.
    """
    waves = [
        [wave.code, wave.scorecard.inputs_hash, wave.scorecard.profile_hash, wave.scorecard.method_version]
        for wave in facts.waves
    ]
    quotes = sorted([quote.text, quote.stage, quote.is_public] for quote in facts.quotes)
    told = [
        facts.level.value,
        facts.project,
        waves,
        [_plain(part) for part in (facts.form, facts.topics, facts.bottlenecks, facts.measures, facts.horizons)],
        quotes,
        sorted(json.dumps(actor.to_record(), sort_keys=True) for actor in facts.actors),
    ]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _plain(value: object) -> object:
    """A value of the facts as JSON knows it."""
    if is_dataclass(value):
        return [_plain(getattr(value, field.name)) for field in fields(value)]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return {str(key): _plain(entry) for key, entry in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(entry) for entry in value]
    return value
