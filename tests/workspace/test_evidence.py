"""The quick answer of sliders agrees with the whole scoring, and weights of a profile are weights."""

import importlib.util
from dataclasses import replace
from pathlib import Path

import pytest

from roadmapdesk.domain.levels import Level
from roadmapdesk.scoring.model import disclose, score
from roadmapdesk.scoring.profile import DEFAULT, Profile, Thresholds, WeightSource
from roadmapdesk.scoring.what_if import what_if

_SPEC = importlib.util.spec_from_file_location(
    "scoring_studies", Path(__file__).parent.parent / "scoring" / "conftest.py"
)
assert _SPEC is not None
assert _SPEC.loader is not None
studies = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(studies)

STUDY = {
    name: {
        "s1": {"pd1": first, "id1": "5", "od1": "3", "pd2": "4", "id2": "3", "od2": "4"},
        "s2": {"pd1": "2", "id1": "4", "od1": "2", "pd2": second, "id2": "5", "od2": "5"},
    }
    for name, first, second in (("A", "5", "4"), ("B", "4", "5"), ("C", "3", "4"), ("D", "4", "5"), ("E", "5", "3"))
}
OTHER = replace(
    DEFAULT,
    name="other",
    dimension_weight_source=WeightSource.SET,
    dimension_weights={"d1": 1.0, "d2": 3.0},
    thresholds=Thresholds(importance_high=80.0, performance_high=70.0),
)


@pytest.mark.parametrize("profile", [DEFAULT, OTHER])
@pytest.mark.parametrize("level", [Level.INTERNAL, Level.HANDOFF])
def test_sliders_show_what_the_whole_scoring_gives(profile: Profile, level: Level) -> None:
    inputs = studies.build_study(STUDY)
    shown = disclose(score(inputs, DEFAULT), level)

    outlook = what_if(shown, profile)

    whole = disclose(score(inputs, profile), level)
    for stage, result in whole.stage_results.items():
        assert outlook.indices[stage] == pytest.approx(result.performance)
    assert dict(outlook.classes) == {
        key: cell.cell_class for key, cell in whole.cells.items() if cell.performance and cell.importance
    }


def test_set_weights_are_shares_of_their_sum() -> None:
    card = score(studies.build_study(STUDY), OTHER)

    assert dict(card.weights.dimensions) == {"d1": 0.25, "d2": 0.75}


def test_set_weights_that_are_all_zero_are_equal() -> None:
    card = score(studies.build_study(STUDY), replace(OTHER, dimension_weights={"d1": 0.0}))

    assert dict(card.weights.dimensions) == {"d1": 0.5, "d2": 0.5}


def test_a_profile_with_weights_survives_storing() -> None:
    assert Profile.from_record(OTHER.to_record()) == OTHER
