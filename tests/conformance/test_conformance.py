"""The runners over the shared cases and forms: everything trusted passes, no form fails."""

import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
DEVIATIONS = HERE / "deviations.toml"


def _run(script: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(HERE / script), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, encoding="utf-8")


def _assert_nothing_fails(done: subprocess.CompletedProcess[str], out: Path) -> None:
    result = json.loads(out.read_text(encoding="utf-8"))
    failed = [each for each in result["cases"] if each["status"] == "failed"]
    known = {each["id"] for each in tomllib.loads(DEVIATIONS.read_text("utf-8")).get("deviation", ())}
    assert [each for each in failed if each["id"] not in known] == []
    assert done.returncode == (1 if failed else 0)
    assert result["passed"] > 0


def test_expressions(shared: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    done = _run("run.py", "--cases", shared / "conformance" / "xpath.json", "--json", out)
    _assert_nothing_fails(done, out)


@pytest.mark.parametrize("suite", ["scenarios-javarosa.json", "scenarios-web-forms.json"])
def test_scenarios(shared: Path, tmp_path: Path, suite: str) -> None:
    out = tmp_path / "out.json"
    done = _run("run.py", "--cases", shared / "conformance" / suite, "--json", out)
    _assert_nothing_fails(done, out)


@pytest.mark.slow
def test_recorded_interviews(shared: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    done = _run("run.py", "--cases", shared / "conformance" / "traces", "--json", out)
    _assert_nothing_fails(done, out)


@pytest.mark.slow
def test_real_forms(shared: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    done = _run("forms.py", shared / "forms", "--json", out)
    result = json.loads(out.read_text(encoding="utf-8"))
    assert done.returncode == 0, [form for form in result["forms"] if form["status"] == "failed"][:10]
    assert result["opened"] > 200


def _case_file(folder: Path, value: str, tier: str) -> Path:
    case = {
        "id": "c1", "expr": "concat('a', 'b')", "doc": "d", "context": "/", "mode": "xforms", "tier": tier,
        "tz": "UTC", "expect": {"type": "string", "value": value},
    }  # fmt: skip
    path = folder / "cases.json"
    data = {"defaults": {"now": "2024-05-06T17:20:30Z", "tz": "UTC"}, "docs": {"d": "<r/>"}, "cases": [case]}
    path.write_text(json.dumps(data), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("value", "tier", "code", "counts"),
    [
        ("ab", "consensus", 0, "1 passed, 0 failed, 0 skipped"),
        ("ba", "consensus", 1, "0 passed, 1 failed, 0 skipped"),
        ("ba", "majority", 1, "0 passed, 1 failed, 0 skipped"),
        ("ba", "disputed", 0, "0 passed, 0 failed, 1 skipped"),
        ("ba", "single-engine", 0, "0 passed, 0 failed, 1 skipped"),
    ],
)
def test_runner_counts_only_trusted_cases(tmp_path: Path, value: str, tier: str, code: int, counts: str) -> None:
    done = _run("run.py", "--cases", _case_file(tmp_path, value, tier))
    assert done.returncode == code
    assert done.stdout.splitlines()[-1] == counts


def test_runner_says_what_is_missing(tmp_path: Path) -> None:
    done = _run("run.py", "--cases", tmp_path / "nothing.json")
    assert done.returncode == 2
    assert "nothing.json" in done.stderr


def test_runner_tells_of_files_without_cases_and_fails_those_that_it_cannot_read(tmp_path: Path) -> None:
    (tmp_path / "index.json").write_text("[]", encoding="utf-8")
    without = _run("run.py", "--cases", tmp_path)
    assert (without.returncode, without.stdout.strip()) == (2, "no cases in index.json")
    (tmp_path / "torn.json").write_text('{"docs":', encoding="utf-8")
    torn = _run("run.py", "--cases", tmp_path)
    assert torn.returncode == 1
    assert "FAILED torn.json torn" in torn.stdout


@pytest.mark.parametrize(("closed", "code"), [("2024-05-06T17:20:30.000Z", 0), ("2024-05-06T17:20:31.000Z", 1)])
def test_runner_closes_a_record(tmp_path: Path, closed: str, code: int) -> None:
    form = (
        '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"'
        ' xmlns:jr="http://openrosa.org/javarosa"><h:head><model><instance><data id="x"><over/></data></instance>'
        '<bind nodeset="/data/over" type="dateTime" jr:preload="timestamp" jr:preloadParams="end"/>'
        "</model></h:head><h:body/></h:html>"
    )
    steps = [
        {"op": "load", "form": "f", "expect": {}},
        {"op": "finalize", "expect": {"changed": {"/data/over": {"v": closed}}}},
    ]
    case = {"id": "c", "suite": "javarosa", "tz": "UTC", "steps": steps}
    data = {"forms": {"f": form}, "now": "2024-05-06T17:20:30Z", "cases": [case]}
    path = tmp_path / "cases.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    assert _run("run.py", "--cases", path).returncode == code


def test_form_runner_tells_refused_from_opened(tmp_path: Path) -> None:
    (tmp_path / "broken.xml").write_text("<html/>", encoding="utf-8")
    out = tmp_path / "out.json"
    done = _run("forms.py", tmp_path, "--json", out)
    assert done.stdout.splitlines()[-1] == "0 opened, 1 refused with a problem, 0 failed"
    assert json.loads(out.read_text(encoding="utf-8"))["forms"][0]["reason"]
