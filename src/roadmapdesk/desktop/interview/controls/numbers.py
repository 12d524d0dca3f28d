"""Numbers as people type them: the language's decimal sign, grouping, and clear words for what is unclear."""

import re
from dataclasses import dataclass

from roadmapdesk.i18n import MINUS, Language
from roadmapdesk.i18n import gettext as _

MOST_DIGITS = 300
_BLANKS = re.compile(r"[\s\u00a0\u202f\u2009']")
_PLAIN = re.compile(r"[+-]?\d+([.,]\d+)*[.,]?|[+-]?[.,]\d+")
_GROUPED = re.compile(r"\d{1,3}([.,])\d{3}(\1\d{3})*")


@dataclass(frozen=True, slots=True)
class Typed:
    """What a typed text means.

    Attributes:
        stored: the form's stored text; empty when nothing was typed.
        problem: one sentence on what is wrong and what is valid; empty when the text was understood.
    """

    stored: str = ""
    problem: str = ""


LARGEST = 2**31 - 1
"""The largest whole number that forms of this kind know."""


def read_integer(typed: str, language: Language) -> Typed:
    """A whole number as stored (``-12``), with grouping of thousands accepted in either language's manner.

    Example: ``read_integer("1.234", Language("de"))`` is ``1234``.
    """
    digits = _normalised(typed)
    if not digits:
        return Typed()
    example = language.number(12)
    sign, body = _sign(digits)
    grouped = _GROUPED.fullmatch(body)
    if grouped:
        body = body.replace(grouped.group(1), "")
    elif re.fullmatch(r"\d+[.,]\d+", body):
        return Typed(problem=_("Whole numbers only, for example {example}.").format(example=example))
    if not body.isascii() or not body.isdigit():
        return Typed(problem=_("This is not a whole number. Valid is for example {example}.").format(example=example))
    body = body.lstrip("0")
    first, last = -LARGEST - 1, LARGEST
    if len(body) > len(str(LARGEST)) or not first <= int(f"{sign}{body or 0}") <= last:
        words = _("Whole numbers reach from {first} to {last}.")
        return Typed(problem=words.format(first=language.number(first), last=language.number(last)))
    return Typed(stored=f"{sign}{body}" if body else "0")


def read_decimal(typed: str, language: Language) -> Typed:
    """A decimal number as stored (``1234.5``).

    The last of two different signs is the decimal sign; a single one is the decimal sign unless it could as well
    group thousands in this language (``1.234`` in German), which is asked back instead of guessed.
    """
    digits = _normalised(typed)
    if not digits:
        return Typed()
    sign, body = _sign(digits)
    own = "," if language.code == "de" else "."
    if not _PLAIN.fullmatch(digits):
        example = language.number(1234.5, 1)
        return Typed(problem=_("This is not a number. Valid is for example {example}.").format(example=example))
    marks = [character for character in body if character in ",."]
    if len(marks) == 1 and marks[0] != own and re.fullmatch(r"[1-9]\d{0,2}[.,]\d{3}", body):
        whole, fraction = re.split("[.,]", body)
        return Typed(
            problem=_("Is this {whole} or {fraction}? Please type it in one of these ways.").format(
                whole=f"{whole}{fraction}", fraction=f"{whole}{own}{fraction}"
            )
        )
    stored = _decimal_body(body, marks)
    if stored is not None and len(stored) > MOST_DIGITS:
        return Typed(problem=_("This number has more than {limit} digits.").format(limit=MOST_DIGITS))
    if stored is None:
        example = language.number(1234.5, 1)
        return Typed(problem=_("This is not a number. Valid is for example {example}.").format(example=example))
    return Typed(stored=sign + stored)


def show_number(stored: str, language: Language, *, grouped: bool = False) -> str:
    """The stored number as the language writes it, digit for digit; other texts come back unchanged."""
    match = re.fullmatch(r"([+-]?)(\d*)(?:\.(\d+))?", stored)
    if not match or not (match.group(2) or match.group(3)):
        return stored
    sign, whole, fraction = match.groups()
    whole = whole or "0"
    if grouped and len(whole) > 3:
        mark = "." if language.code == "de" else ","
        whole = _grouped(whole.lstrip("0") or "0", mark)
    point = "," if language.code == "de" else "."
    return ("-" if sign == "-" else "") + whole + (point + fraction if fraction else "")


def _grouped(digits: str, mark: str) -> str:
    """The digits in groups of three from the right."""
    head = len(digits) % 3 or 3
    return mark.join([digits[:head], *(digits[place : place + 3] for place in range(head, len(digits), 3))])


def _normalised(typed: str) -> str:
    return _BLANKS.sub("", typed.replace(MINUS, "-").replace("–", "-"))


def _sign(digits: str) -> tuple[str, str]:
    if digits[:1] in {"+", "-"}:
        return ("-" if digits[0] == "-" else ""), digits[1:]
    return "", digits


def _decimal_body(body: str, marks: list[str]) -> str | None:
    """The number with a point, or None where the grouping makes no sense."""
    if not marks:
        return _trimmed(body, "")
    if len(marks) == 1:
        whole, fraction = re.split("[.,]", body)
        return _trimmed(whole, fraction)
    if len(set(marks)) == 1:
        grouped = _GROUPED.fullmatch(body)
        return _trimmed(body.replace(marks[0], ""), "") if grouped else None
    if marks.count(marks[-1]) > 1:
        return None
    whole, _mark, fraction = body.rpartition(marks[-1])
    if not _GROUPED.fullmatch(whole):
        return None
    return _trimmed(whole.replace(marks[0], ""), fraction)


def _trimmed(whole: str, fraction: str) -> str:
    whole = whole.lstrip("0") or "0"
    return f"{whole}.{fraction}" if fraction else whole
