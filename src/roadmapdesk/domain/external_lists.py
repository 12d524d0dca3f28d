"""Organisations and reference networks as the CSV files that a questionnaire offers as choices.

The register gives most rows; a form's sheet ``external_rows`` adds codes that are no organisation, such as
"another one" or "don't know". Labels stand in one column per form language, ``label::Language``, with ``label``
for programs that read only that one.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from roadmapdesk.domain.actors import Actor, ReferenceNetwork

ACTORS_FILE = "actors.csv"
REFERENCES_FILE = "references.csv"
EXTRA_SHEET = "external_rows"
_BASE = ("name", "label")


def actor_rows(actors: Iterable[Actor], languages: Sequence[str]) -> list[dict[str, str]]:
    """One row per organisation, in the order given.

    Args:
        actors: the project's register.
        languages: names of the form's languages, such as ``Deutsch (de)``; the code in brackets chooses the name.
    """
    return [
        {
            **_labels(actor.key, actor.names, languages),
            "actor_type": actor.type.value,
            "place": actor.place,
            "nuklid_founder": "yes" if actor.is_founder else "no",
        }
        for actor in actors
    ]


def reference_rows(networks: Iterable[ReferenceNetwork], languages: Sequence[str]) -> list[dict[str, str]]:
    """One row per reference network, in the order given."""
    return [_labels(network.key, network.names, languages) for network in networks]


def external_files(
    actors: Iterable[Actor],
    networks: Iterable[ReferenceNetwork],
    *,
    languages: Sequence[str],
    extra_rows: Iterable[Mapping[str, str]] = (),
) -> dict[str, bytes]:
    """File name → CSV, for every list that the program keeps.

    Args:
        actors: the project's register of organisations.
        networks: the project's register of reference networks.
        languages: names of the form's languages in their order; empty for a form with one language.
        extra_rows: rows of the form's sheet ``external_rows``; they come last and never replace a row.
    """
    tables = {ACTORS_FILE: actor_rows(actors, languages), REFERENCES_FILE: reference_rows(networks, languages)}
    for row in extra_rows:
        table = tables.get(row.get("file", ""))
        if table is not None and row.get("name") and row["name"] not in {known["name"] for known in table}:
            table.append({column: text for column, text in row.items() if column != "file"})
    return {file: write_csv(rows, languages) for file, rows in tables.items()}


def write_csv(rows: Sequence[Mapping[str, str]], languages: Sequence[str]) -> bytes:
    """The rows as UTF-8 CSV: name, label, a label per language, then all further columns."""
    columns = list(dict.fromkeys([*_BASE, *(f"label::{language}" for language in languages)]))
    columns += [column for column in dict.fromkeys(column for row in rows for column in row) if column not in columns]
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(dict(row) for row in rows)
    return stream.getvalue().encode("utf-8")


def _labels(key: str, names: Mapping[str, str], languages: Sequence[str]) -> dict[str, str]:
    found = {"name": key, "label": names["de"]}
    for language in languages:
        code = language.rpartition("(")[2].rstrip(")").strip() if "(" in language else language
        found[f"label::{language}"] = names.get(code) or names["de"]
    return found
