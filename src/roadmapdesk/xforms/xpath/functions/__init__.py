"""The functions of the language, one module per family; `registry` declares them, `load` fills it."""

import importlib

from roadmapdesk.xforms.xpath.functions.registry import FUNCTIONS, Function

_FAMILIES = (
    "strings", "numbers", "logic", "dates", "selections", "nodesets", "shuffling", "repeats", "digests", "geo",
)  # fmt: skip


def load() -> dict[str, Function]:
    """Name → function, all families imported."""
    if "geofence" not in FUNCTIONS:
        for family in _FAMILIES:
            importlib.import_module(f"{__name__}.{family}")
    return FUNCTIONS
