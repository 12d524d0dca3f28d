"""Soft hyphens for narrow heads and labels of figures, where the layout of paragraphs does not reach."""

from collections.abc import Callable
from functools import cache

_SHORTEST_WORD = 9
_SHORTEST_PART = 4
_DICTIONARIES = {"de": "de_DE", "en": "en_GB"}


@cache
def dictionary(language: str) -> Callable[[str], list[int]]:
    """The hyphenation of ``de`` or ``en``: word → positions. Loading the German one takes some tenths of a second."""
    import pyphen  # noqa: PLC0415 — heavy library, loaded on first use

    loaded = pyphen.Pyphen(lang=_DICTIONARIES[language], left=3, right=3)

    def positions(word: str) -> list[int]:
        return [int(position) for position in loaded.positions(word)]

    return positions


def softener(language: str) -> Callable[[str], str]:
    """A function that puts soft hyphens into the long words of a label."""

    def soften(text: str) -> str:
        return " ".join(_softened(word, language) for word in text.split(" "))

    return soften


@cache
def _softened(word: str, language: str) -> str:
    letters = word.strip("„“”()[].,;:!?-")
    if len(letters) < _SHORTEST_WORD or not letters.isalpha():
        return word
    start = word.index(letters)
    parts: list[str] = []
    previous = 0
    for position in dictionary(language)(letters):
        if position - previous >= _SHORTEST_PART and len(letters) - position >= _SHORTEST_PART:
            parts.append(letters[previous:position])
            previous = position
    parts.append(letters[previous:])
    return word[:start] + "\u00ad".join(parts) + word[start + len(letters) :]
