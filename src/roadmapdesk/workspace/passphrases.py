"""How strong a passphrase is, in words; an estimate that names the usual weaknesses, no promise."""

import math
import re
from enum import IntEnum

SHORTEST = 12
_CLASSES = (r"[a-zäöüß]", r"[A-ZÄÖÜ]", r"\d", r"[^\w\s]", r"\s")
_SIZES = (30, 29, 10, 33, 1)
_RUNS = ("abcdefghijklmnopqrstuvwxyz", "qwertzuiopasdfghjklyxcvbnm", "qwertyuiopasdfghjklzxcvbnm", "01234567890")
_COMMON = re.compile(r"passwor[dt]|passphrase|geheim|secret|roadmap|radiopharma|sachsen|saxony|dresden|leipzig", re.I)
_BITS_OF_A_WORD = 11
_STEPS = (45, 60, 75)


class Strength(IntEnum):
    """From what must not be used to what outlasts the project."""

    TOO_SHORT = 0
    WEAK = 1
    FAIR = 2
    GOOD = 3
    VERY_GOOD = 4


def strength(passphrase: str) -> Strength:
    """The estimated strength: the number of guesses that length, kinds of signs, words and repetitions leave."""
    if len(passphrase) < SHORTEST:
        return Strength.TOO_SHORT
    bits = min(_bits_of_signs(passphrase), _bits_of_words(passphrase))
    return Strength(1 + sum(bits >= step for step in _STEPS))


def _bits_of_signs(text: str) -> float:
    alphabet = sum(size for pattern, size in zip(_CLASSES, _SIZES, strict=True) if re.search(pattern, text))
    return _effective_length(text) * math.log2(max(alphabet, 2))


def _bits_of_words(text: str) -> float:
    """A passphrase of words is as strong as its number of different words; anything else is judged by its signs."""
    words = {word.casefold() for word in re.findall(r"[^\W\d_]{3,}", text)}
    others = len(re.sub(r"[^\W\d_]{3,}|\s", "", text))
    return len(words) * (_BITS_OF_A_WORD + 4) + others * 4 if words else math.inf


def _effective_length(text: str) -> float:
    """The length, with what is repeated, runs along the keyboard or is a common word counted once."""
    folded = _COMMON.sub("x", text).casefold()
    length = 0.0
    for index, sign in enumerate(folded):
        pair = folded[max(index - 1, 0) : index + 1]
        is_run = len(pair) == 2 and any(pair in run or pair in run[::-1] for run in _RUNS)
        is_repeated = len(pair) == 2 and pair[0] == pair[1]
        seen = folded.count(sign, 0, index)
        length += 0.25 if is_run or is_repeated else 1.0 / (1 + seen / 3)
    return length
