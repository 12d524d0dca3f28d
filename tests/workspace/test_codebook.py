"""The codebook tells wording, choices and places of every question, from the form alone."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from roadmapdesk.paths import cache_folder
from roadmapdesk.storage.values import StoredForm
from roadmapdesk.workspace import codebook as module
from roadmapdesk.workspace.codebook import Codebook, codebook_of, from_record, to_record
from roadmapdesk.workspace.codebook_building import build_codebook
from roadmapdesk.workspace.forms import shipped_form
from roadmapdesk.xforms.xlsform.compiler import compile_form

FORM = """
|survey|
||type|name|label::Deutsch (de)|label::English (en)|relevant|required|calculation|
||begin_group|one|A  Anfang|A  Start|
||select_multiple colour|colours|A1  Welche Farben?|A1  Which colours?||yes|
||integer|age|Alter|Age|${colours} != ''|
||end_group|
||begin_repeat|visit|B  Besuch|B  Visit|
||text|place|B1  Wo?|B1  Where?|
||calculate|shout|||||concat(${place}, '!')|
||end_repeat|
|choices|
||list_name|name|label::Deutsch (de)|label::English (en)|
||colour|red|rot|red|
||colour|blue|blau|blue|
|settings|
||form_title|form_id|version|default_language|
||Probe|probe|1|Deutsch (de)|
"""


def codebook(text: str = FORM) -> Codebook:
    compiled = compile_form(text.encode(), name="probe", kind=".md")
    stored = StoredForm(
        compiled.sha256,
        "probe",
        "1",
        "Probe",
        compiled.xform_xml,
        {},
        b"",
        "probe.md",
        datetime(2026, 1, 1, tzinfo=UTC),
    )
    return codebook_of(stored)


def test_wording_number_section_and_choices_come_in_both_languages() -> None:
    entry = codebook().entries["colours"]

    assert (entry.number, entry.label.de, entry.label.en) == ("A1", "Welche Farben?", "Which colours?")
    assert (entry.section_number, entry.section.de, entry.section.en) == ("A", "Anfang", "Start")
    assert [(choice.code, choice.label.de, choice.label.en) for choice in entry.choices] == [
        ("red", "rot", "red"),
        ("blue", "blau", "blue"),
    ]
    assert entry.is_multiple
    assert entry.is_required
    assert entry.choice_label("green").de == "green"


def test_a_question_of_a_repeat_knows_its_repeat_and_calculations_are_listed() -> None:
    found = codebook()

    assert found.repeats == {"visit"}
    assert found.entries["place"].repeat == "visit"
    assert found.entries["shout"].repeat == "visit"
    assert found.entries["age"].repeat == ""
    assert found.entries["age"].relevant


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Welche Farben?", "Welche Farbe?"),
        ("|rot|", "|hellrot|"),
        ("colour|blue|blau|blue", "colour|green|grün|green"),
    ],
)
def test_the_wording_hash_changes_with_wording_and_choices(old: str, new: str) -> None:
    before = codebook().entries["colours"].wording

    assert codebook(FORM.replace(old, new)).entries["colours"].wording != before
    assert codebook().entries["colours"].wording == before


def test_the_shipped_form_has_wordings_for_every_asked_question() -> None:
    compiled = compile_form(shipped_form())
    stored = StoredForm(
        compiled.sha256, "site", "1", "S", compiled.xform_xml, {}, b"", "s.md", datetime(2026, 1, 1, tzinfo=UTC)
    )

    entries = [entry for entry in codebook_of(stored).entries.values() if entry.control in {"select1", "select"}]

    assert len(entries) > 70
    assert all(entry.label.de and entry.label.en and entry.number for entry in entries if entry.is_required)


def test_what_is_kept_on_disk_gives_the_same_codebook() -> None:
    for file in (compile_form(shipped_form()), compile_form(FORM.encode(), name="probe", kind=".md")):
        built = build_codebook(file.xform_xml)

        assert from_record(json.loads(json.dumps(to_record(built)))) == built


@pytest.mark.parametrize("damage", [b"", b"{}", b'{"format": 0}', b"[1]"])
def test_a_damaged_file_in_the_cache_is_built_anew(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, damage: bytes
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    module._codebook.cache_clear()
    first = codebook()
    (kept,) = cache_folder().glob("*.codebook.json")
    good = kept.read_bytes()
    kept.write_bytes(damage)
    module._codebook.cache_clear()

    assert codebook() == first
    assert kept.read_bytes() == good
