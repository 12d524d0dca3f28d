"""An interview as analysis reads it: relevant answers only, found by question, repeat by repeat.

Whether a question was asked is the form's decision. A record is therefore made from the submission of a restored
session, which leaves out what is not relevant and holds every calculation.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from roadmapdesk.xforms.tree import Element


@dataclass(frozen=True, slots=True)
class Record:
    """One level of an interview: the whole of it, or one instance of a repeat.

    Attributes:
        values: question name → stored text (``""`` for a blank answer); a question that was not asked is absent.
        repeats: repeat name → its instances, in their order.
    """

    values: dict[str, str]
    repeats: dict[str, tuple["Record", ...]]

    def get(self, question: str | None) -> str:
        """The answer, empty where there is none, where it was not asked, or where `question` is None."""
        return self.values.get(question, "") if question else ""

    def codes(self, question: str | None) -> tuple[str, ...]:
        """The chosen codes of a multiple choice, in their order."""
        return tuple(self.get(question).split())

    def instances(self, repeat: str | None) -> tuple["Record", ...]:
        """The relevant instances of a repeat; none where `repeat` is None."""
        return self.repeats.get(repeat, ()) if repeat else ()

    def walk(self) -> Iterator["Record"]:
        """This level and every instance below, from the outside in."""
        yield self
        for instances in self.repeats.values():
            for instance in instances:
                yield from instance.walk()


def read_record(submission: bytes, repeats: frozenset[str]) -> Record:
    """The record of a submission.

    Args:
        submission: submission XML with relevant nodes only.
        repeats: names of the form's repeats.
    """
    from roadmapdesk.xforms.tree_reading import parse_document  # noqa: PLC0415 — a record is read without the form engine

    return _read(parse_document(submission).element, repeats)


def _read(element: "Element", repeats: frozenset[str]) -> Record:
    values: dict[str, str] = {}
    found: dict[str, list[Record]] = {}
    _collect(element, repeats, values, found)
    return Record(values, {name: tuple(instances) for name, instances in found.items()})


def _collect(
    element: "Element", repeats: frozenset[str], values: dict[str, str], found: dict[str, list[Record]]
) -> None:
    for child in element.elements():
        if child.name in repeats:
            found.setdefault(child.name, []).append(_read(child, repeats))
        elif any(True for _ in child.elements()):
            _collect(child, repeats, values, found)
        else:
            values[child.name] = child.string_value()
