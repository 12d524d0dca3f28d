"""The feature matrix of the forms' README is the one that the program gives."""

import importlib.util
from pathlib import Path

TOOL = Path(__file__).parents[2] / "tools" / "feature_matrix.py"


def test_feature_matrix_is_up_to_date() -> None:
    spec = importlib.util.spec_from_file_location("feature_matrix", TOOL)
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    text = tool.README.read_text(encoding="utf-8")
    assert tool.with_matrix(text) == text, "run: python tests/tools/feature_matrix.py --write"
