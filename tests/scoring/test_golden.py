from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
OWN = ROOT / "tests" / "data" / "scoring_small.json"
SHARED = ROOT.parent / "shared" / "domain" / "golden_scoring.json"


def test_hand_computed_example_holds(golden):
    compared, differences = golden.run(OWN)
    assert differences == []
    assert compared > 60


def test_published_example_holds(golden):
    if not SHARED.exists():
        pytest.skip("the published golden example is not beside this checkout")
    compared, differences = golden.run(SHARED)
    assert differences == []
    assert compared >= 523


def test_runner_reports_differences_and_missing_keys(golden, capsys, tmp_path):
    text = OWN.read_text(encoding="utf-8")
    changed = tmp_path / "changed.json"
    changed.write_text(text.replace('"weakest": "d1"', '"weakest": "d2", "no_such_key": 1'), encoding="utf-8")
    assert golden.main([str(changed)]) == 1
    assert "2 differ" in capsys.readouterr().out
    assert golden.main([str(OWN)]) == 0
    assert ", 0 differ" in capsys.readouterr().out


@pytest.mark.parametrize("content", [None, "no JSON", "[]", '{"input": {}}'])
def test_runner_names_a_file_that_is_no_golden_file(golden, capsys, tmp_path, content):
    path = tmp_path / "given.json"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    assert golden.main([str(path)]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert str(path) in line
