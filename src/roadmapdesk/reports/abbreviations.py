"""Abbreviations that a reader may not know, each explained once in the annex of a report that uses it."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from roadmapdesk.i18n import N_, Language

_KNOWN = {
    "AMG": N_("Arzneimittelgesetz, the German medicinal products act"),
    "AMWHV": N_("German ordinance on the manufacture of medicinal products and active substances"),
    "BfArM": N_("Federal Institute for Drugs and Medical Devices"),
    "BfS": N_("Federal Office for Radiation Protection"),
    "CDMO": N_("contract development and manufacturing organisation"),
    "CRO": N_("contract research organisation"),
    "CT": N_("computed tomography"),
    "EMA": N_("European Medicines Agency"),
    "GMP": N_("good manufacturing practice for medicinal products"),
    "HPLC": N_("high-performance liquid chromatography"),
    "ICC": N_("intraclass correlation coefficient, a measure of agreement"),
    "MRT": N_("magnetic resonance imaging"),
    "PET": N_("positron emission tomography"),
    "QC": N_("quality control"),
    "QK": N_("quality control"),
    "QP": N_("Qualified Person, who releases batches"),
    "RLT": N_("radioligand therapy"),
    "SPECT": N_("single-photon emission computed tomography"),
    "SHA-256": N_("checksum by which a file is recognised"),
    "StrlSchG": N_("German radiation protection act"),
}


def explained(content: object, language: Language) -> tuple[tuple[str, str], ...]:
    """The known abbreviations in any text of the content with their meaning, in alphabetical order."""
    used: set[str] = set()
    for text in _texts(content):
        used.update(_WORDS.findall(text))
    return tuple((word, language.gettext(_KNOWN[word])) for word in sorted(used, key=str.casefold))


_WORDS = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(_KNOWN, key=len, reverse=True)))})\b")


def _texts(value: object) -> Iterator[str]:
    """All texts in a value made of dataclasses and tuples."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _texts(item)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from _texts(getattr(value, field.name))
