"""The lists that a questionnaire reads from the register, as forms/README.md describes them."""

import csv
import io

from roadmapdesk.domain.actors import Actor, ReferenceNetwork
from roadmapdesk.domain.external_lists import ACTORS_FILE, REFERENCES_FILE, external_files

ACTOR = Actor.from_record(
    {
        "key": "nord",
        "names": {"de": "Nordwerk, Halle 1", "en": "North Works"},
        "type": "company",
        "place": "Musterstadt",
        "is_founder": True,
    }
)
ONLY_GERMAN = Actor.from_record({"key": "sued", "names": {"de": "Südwerk"}, "type": "research"})
NETWORK = ReferenceNetwork.from_record({"key": "netz", "names": {"de": "Netz", "en": "Network"}})


def table(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8"))))


def test_each_language_of_the_form_gets_the_name_in_that_language() -> None:
    files = external_files([ACTOR, ONLY_GERMAN], [NETWORK], languages=["Deutsch (de)", "English (en)"])
    north, south = table(files[ACTORS_FILE])
    assert north == {
        "name": "nord",
        "label": "Nordwerk, Halle 1",
        "label::Deutsch (de)": "Nordwerk, Halle 1",
        "label::English (en)": "North Works",
        "actor_type": "company",
        "place": "Musterstadt",
        "nuklid_founder": "yes",
    }
    assert south["label::English (en)"] == "Südwerk"
    assert south["nuklid_founder"] == "no"
    (network,) = table(files[REFERENCES_FILE])
    assert (network["name"], network["label::English (en)"]) == ("netz", "Network")


def test_a_language_may_be_a_bare_code_and_a_form_may_have_none() -> None:
    (row,) = table(external_files([ACTOR], [], languages=["en"])[ACTORS_FILE])
    assert row["label::en"] == "North Works"
    (row,) = table(external_files([ACTOR], [], languages=[])[ACTORS_FILE])
    assert not [column for column in row if column.startswith("label::")]


def test_rows_of_the_form_come_last_and_replace_none_of_the_register() -> None:
    extra = [
        {"file": ACTORS_FILE, "name": "other", "label": "Andere", "colour": "grau"},
        {"file": ACTORS_FILE, "name": "nord", "label": "Fälschung"},
        {"file": ACTORS_FILE, "name": "", "label": "ohne Code"},
        {"file": "elsewhere.csv", "name": "x", "label": "X"},
    ]
    files = external_files([ACTOR], [], languages=[], extra_rows=extra)
    rows = table(files[ACTORS_FILE])
    assert [(row["name"], row["label"], row["colour"]) for row in rows] == [
        ("nord", "Nordwerk, Halle 1", ""),
        ("other", "Andere", "grau"),
    ]
    assert table(files[REFERENCES_FILE]) == []
