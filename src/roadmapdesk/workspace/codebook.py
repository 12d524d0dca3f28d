"""A form's questions as analysis names them: wording, section, scale and choices in both languages.

Made from the parsed form (`codebook_building`), so it holds for any XLSForm and needs no interview. It is kept in the
cache folder under the hash of the form, because the first page of a project needs wordings and nothing else of it.
"""

import hashlib
import json
import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from roadmapdesk.domain.catalog import Bilingual
from roadmapdesk.paths import cache_folder
from roadmapdesk.storage.values import StoredForm

_FORMAT = 2


@dataclass(frozen=True, slots=True)
class CodebookChoice:
    """One code of a choice list and its label."""

    code: str
    label: Bilingual


@dataclass(frozen=True, slots=True)
class CodebookEntry:
    """One question.

    Attributes:
        number: the code that the wording begins with (``E3``), see `wording.split_label`; may be empty.
        label: the wording without its number.
        section: wording of the outermost group or repeat, without its number.
        section_number: number of that section.
        repeat: name of the innermost repeat around it, empty outside.
        control: ``input``, ``select1``, ``select``, …; empty for a calculation.
        type: value type of the bind.
        choices: from the form's own list; empty for an external list.
        list_name: id of the list of choices, empty without one.
        relevant: condition under which it is asked, as the form writes it.
        hint: what stands below the wording; empty without one.
    """

    question: str
    path: str
    number: str
    label: Bilingual
    section: Bilingual
    section_number: str
    repeat: str
    control: str
    type: str
    choices: tuple[CodebookChoice, ...]
    list_name: str
    relevant: str
    is_required: bool
    hint: Bilingual

    @property
    def is_multiple(self) -> bool:
        """Whether several answers may be given."""
        return self.control == "select"

    def choice_label(self, code: str) -> Bilingual:
        """The label of a code; the code itself where the list does not hold it."""
        return next((choice.label for choice in self.choices if choice.code == code), Bilingual(code, code))

    @property
    def wording(self) -> str:
        """Hash over wording and choices: two waves are compared only where it is equal (scoring model, 5.11)."""
        content = [self.label.de, self.label.en, [[choice.code, choice.label.de] for choice in self.choices]]
        return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode("utf-8")).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Codebook:
    """All questions of one form in its order.

    Attributes:
        entries: mapping question → entry; calculations are included with empty wording.
        repeats: names of all repeats.
        title: the form's title.
    """

    entries: Mapping[str, CodebookEntry]
    repeats: frozenset[str]
    title: str
    lists: Mapping[str, tuple[CodebookChoice, ...]] = field(default_factory=dict)

    def get(self, question: str | None) -> CodebookEntry | None:
        """The entry of a question, None for an unknown one."""
        return self.entries.get(question) if question else None

    def wordings(self) -> dict[str, str]:
        """Mapping question → hash of its wording and choices."""
        return {name: entry.wording for name, entry in self.entries.items()}


def codebook_of(form: StoredForm) -> Codebook:
    """The codebook of a stored form, kept in memory by the form's hash."""
    return _codebook(form.sha, form.xml)


@lru_cache(maxsize=8)
def _codebook(_sha: str, xml: bytes) -> Codebook:
    path = cache_folder() / f"{hashlib.sha256(xml).hexdigest()}.codebook.json"
    with suppress(OSError, ValueError, KeyError, TypeError):
        return from_record(json.loads(path.read_bytes()))
    from roadmapdesk.workspace.codebook_building import build_codebook  # noqa: PLC0415 — loads the form engine

    codebook = build_codebook(xml)
    with suppress(OSError):
        _write(path, json.dumps(to_record(codebook), ensure_ascii=False).encode("utf-8"))
    return codebook


def to_record(codebook: Codebook) -> dict[str, Any]:
    """The codebook as plain data; choices of a shared list stand there once."""
    return {
        "format": _FORMAT,
        "title": codebook.title,
        "repeats": sorted(codebook.repeats),
        "lists": {name: _choice_rows(choices) for name, choices in codebook.lists.items()},
        "entries": [
            {
                **{name: getattr(entry, name) for name in CodebookEntry.__slots__},
                "label": [entry.label.de, entry.label.en],
                "section": [entry.section.de, entry.section.en],
                "hint": [entry.hint.de, entry.hint.en],
                "choices": [] if entry.list_name else _choice_rows(entry.choices),
            }
            for entry in codebook.entries.values()
        ],
    }


def from_record(record: Mapping[str, Any]) -> Codebook:
    """The codebook that `to_record` gave.

    Raises:
        ValueError, KeyError, TypeError: it is none of this version.
    """
    if record["format"] != _FORMAT:
        msg = "codebook of another format"
        raise ValueError(msg)
    lists = {name: _choices(rows) for name, rows in record["lists"].items()}
    entries = (
        CodebookEntry(
            **{
                **entry,
                "label": Bilingual(*entry["label"]),
                "section": Bilingual(*entry["section"]),
                "hint": Bilingual(*entry["hint"]),
                "choices": lists.get(entry["list_name"], ()) if entry["list_name"] else _choices(entry["choices"]),
            }
        )
        for entry in record["entries"]
    )
    return Codebook(
        {entry.question: entry for entry in entries}, frozenset(record["repeats"]), record["title"], lists
    )


def _choice_rows(choices: tuple[CodebookChoice, ...]) -> list[tuple[str, str, str]]:
    return [(choice.code, choice.label.de, choice.label.en) for choice in choices]


def _choices(rows: list[tuple[str, str, str]]) -> tuple[CodebookChoice, ...]:
    return tuple(CodebookChoice(code, Bilingual(de, en)) for code, de, en in rows)


def _write(path: Path, content: bytes) -> None:
    """Puts the whole file in place at once, so that another process never reads half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.stem)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    Path(name).replace(path)
