"""``roadmapdesk print``: files written, bad input in one sentence."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader

from roadmapdesk.storage import open_project
from roadmapdesk.workspace.papers import PaperKind

PAPERS = [kind.value for kind in PaperKind if kind is not PaperKind.PROTOCOL]


@pytest.mark.parametrize("kind", PAPERS)
def test_each_paper_is_written_and_its_path_printed(call: Callable, project: Path, tmp_path: Path, kind: str) -> None:
    target = tmp_path / f"{kind}.pdf"
    outcome = call("print", kind, project, target, "--lang", "en")
    assert (outcome.code, outcome.out.strip()) == (0, str(target))
    assert len(PdfReader(target).pages) >= 1


def test_a_protocol_is_found_by_the_code_of_its_interview(call: Callable, sample_copy: Path, tmp_path: Path) -> None:
    target = tmp_path / "protocol.pdf"
    assert call("print", "protocol", sample_copy, target, "--interview", "RP-0001", "--wave", "w1").code == 0
    text = PdfReader(target).pages[0].extract_text()
    assert "RP-0001" in text
    assert "Welle 1" in text


def test_a_protocol_of_another_wave_names_what_is_wrong(call: Callable, sample_copy: Path, tmp_path: Path) -> None:
    target = tmp_path / "protocol.pdf"

    def ask(code: str, wave: str) -> tuple[int, str]:
        outcome = call("print", "protocol", sample_copy, target, "--interview", code, "--wave", wave)
        return outcome.code, outcome.sentence

    assert ask("RP-0001", "w9") == (2, "Die Welle „w9“ gibt es in diesem Projekt nicht. Bekannt: w1, w2.")
    with open_project(sample_copy, read_only=True) as project:
        second = {row.code for row in project.interviews.list(wave="w2")}
        missing = next(row.code for row in project.interviews.list(wave="w1") if row.code not in second)
    assert ask(missing, "w2") == (1, f"Das Interview „{missing}“ gibt es in der Welle „w2“ nicht.")
    assert not target.exists()


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("poster", "{project}", "a.pdf"), 2),
        (("stage-card", "{project}", "a.docx"), 2),
        (("stage-card", "{project}", "a.pdf", "--lang", "fr"), 2),
        (("protocol", "{project}", "a.pdf"), 2),
        (("protocol", "{project}", "a.pdf", "--interview", "RP-9999"), 1),
        (("stage-card", "{project}", "fehlt/a.pdf"), 1),
        (("stage-card", "fehlt", "a.pdf"), 1),
    ],
)
def test_bad_input_is_one_sentence_and_leaves_no_file(
    call: Callable,
    project: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    code: int,
) -> None:
    place = tmp_path / "place"
    place.mkdir()
    monkeypatch.chdir(place)
    outcome = call("print", *(argument.format(project=project) for argument in arguments))
    assert outcome.code == code
    assert outcome.sentence
    assert list(place.iterdir()) == []
