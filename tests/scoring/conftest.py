"""Small studies to score, written as tables."""

import importlib.util
from collections.abc import Callable, Mapping
from pathlib import Path
from types import ModuleType

import pytest

from roadmapdesk.domain.actors import StageRole
from roadmapdesk.scoring.inputs import CELL_MEASURES, Interview, Item, Measure, Organisation, ScoringInput

PREFIX = {Measure.PERFORMANCE: "p", Measure.IMPORTANCE: "i", Measure.OUTLOOK: "o"}
Table = Mapping[str, Mapping[str, Mapping[str, str | None]]]


def build_study(
    table: Table,
    *,
    wave: str = "w1",
    stages: tuple[str, ...] = ("s1", "s2"),
    dimensions: tuple[str, ...] = ("d1", "d2"),
    roles: Mapping[str, str] | None = None,
    extra: tuple[Item, ...] = (),
) -> ScoringInput:
    """A study from organisation → stage → question (``pd1``, ``id1``, ``od1``, …) → stored text.

    The stage ``*`` holds answers on the whole site. Each organisation has one approved interview of the same key.
    """
    items = tuple(
        Item(f"{PREFIX[measure]}{dimension}", measure, dimension=dimension)
        for measure in CELL_MEASURES
        for dimension in dimensions
    )
    return ScoringInput(
        wave=wave,
        stages=stages,
        dimensions=dimensions,
        items=items + extra,
        organisations=tuple(Organisation(name) for name in table),
        interviews=tuple(
            Interview(name, name, wave, roles={stage: StageRole((roles or {}).get(name, "core")) for stage in stages})
            for name in table
        ),
        responses={
            (name, stage, question): value
            for name, places in table.items()
            for stage, answers in places.items()
            for question, value in answers.items()
        },
    )


@pytest.fixture(scope="session")
def study() -> Callable[..., ScoringInput]:
    """The builder of small studies."""
    return build_study


@pytest.fixture(scope="session")
def golden() -> ModuleType:
    """The golden runner beside these tests, as a module."""
    spec = importlib.util.spec_from_file_location("scoring_golden_runner", Path(__file__).with_name("golden.py"))
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
