"""Canonical text: what is stored, hashed and compared must look the same on every machine."""

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple

_KEYS = re.compile(r"\[([^\]]*)\]")
_NUMBER = re.compile(r"-?\d{1,15}(\.\d+)?\Z", re.ASCII)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_ODD = re.compile("[\0\ud800-\udfff]")
_MODULUS = 1 << 256


class Place(NamedTuple):
    """Where an answer belongs: a ref taken apart.

    Attributes:
        template: the path without repeat keys, ``/data/stage_eval/grp_perf/perf_d1``.
        keys: the repeat keys from outside in, joined by ``/``; empty outside repeats.
        question: the last step of the path.
    """

    template: str
    keys: str
    question: str


def clean_text(text: str) -> str:
    """The text without NUL characters, with lone surrogates replaced by U+FFFD: what every engine can store."""
    return text if _ODD.search(text) is None else _ODD.sub(lambda match: "" if match[0] == "\0" else "\ufffd", text)


def canonical_json(value: Any) -> str:  # noqa: ANN401 — any JSON value
    """The one JSON text of a value: keys sorted, no spaces, UTF-8 letters as they are, no NaN.

    Raises:
        ValueError: for NaN or infinity.
    """
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def sha256_text(text: str) -> str:
    """SHA-256 of the UTF-8 bytes, 64 hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def sha256_bytes(data: bytes) -> str:
    """SHA-256 of the bytes, 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def row_digest(*values: object) -> str:
    """A check sum of one row: 32 hexadecimal digits of SHA-256 over the values with their lengths and kinds."""
    parts = []
    for value in values:
        text = "" if value is None else str(value)
        parts.append(f"{'n' if value is None else 't'}{len(text)}:{text}")
    return hashlib.sha256("".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def answer_term(path: str, text: str) -> int:
    """What one answer adds to the sum of its draft: SHA-256 of path and text as a number below 2**256."""
    return int.from_bytes(hashlib.sha256(f"{len(path)}:{path}{text}".encode()).digest(), "big")


def answers_sum(answers: Mapping[str, str]) -> str:
    """The order-free check sum of a set of answers, 64 hexadecimal digits.

    A sum instead of one hash over everything: saving one answer subtracts the old term and adds the new one, so
    its cost does not grow with the questionnaire, and any flipped bit in any answer still changes the sum.
    """
    return f"{sum(answer_term(path, text) for path, text in answers.items()) % _MODULUS:064x}"


def shift_sum(total: str, path: str, old: str | None, new: str | None) -> str:
    """The sum after one answer changed; None stands for "no answer"."""
    value = int(total, 16)
    if old is not None:
        value -= answer_term(path, old)
    if new is not None:
        value += answer_term(path, new)
    return f"{value % _MODULUS:064x}"


def split_ref(ref: str) -> Place:
    """The ref taken apart.

    Example: ``/data/stage_eval[k3]/perf_d1`` is template ``/data/stage_eval/perf_d1``, keys ``k3``.
    """
    question = ref.rpartition("/")[2]
    if "[" not in ref:
        return Place(ref, "", question)
    return Place(_KEYS.sub("", ref), "/".join(_KEYS.findall(ref)), _KEYS.sub("", question))


def as_number(text: str) -> float | None:
    """The value of a plain decimal number, else None."""
    return float(text) if _NUMBER.match(text) else None


def as_day(text: str) -> str | None:
    """The date part of an ISO date or date-time, else None."""
    match = _DAY.match(text)
    return match.group() if match else None


def now_utc() -> datetime:
    """The present moment, aware, in UTC, to the millisecond (what the files keep)."""
    now = datetime.now(UTC)
    return now.replace(microsecond=now.microsecond // 1000 * 1000)


def to_stamp(moment: datetime) -> str:
    """The stored form of a moment, ``2026-03-12T14:03:22.120Z``; sorts as text.

    Raises:
        ValueError: for a moment without a time zone.
    """
    if moment.tzinfo is None:
        msg = "a stored moment needs a time zone"
        raise ValueError(msg)
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def from_stamp(stamp: str) -> datetime:
    """The inverse of `to_stamp`."""
    return datetime.fromisoformat(stamp)
