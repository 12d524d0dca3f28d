"""Keys of encrypted projects: passphrase → key, and the recovery key that a person keeps on paper.

An SQLCipher file starts with 16 random bytes. The key is Argon2id of the passphrase with these bytes as salt and is
handed to SQLCipher raw, together with the salt. So a project needs no key file that could be lost.
"""

import base64
import hashlib
import re
import secrets
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

from roadmapdesk.storage.errors import BAD_RECOVERY_KEY, KeyRefused

SALT_BYTES = 16
KEY_BYTES = 32
_GROUP = 4
_GROUPS = 14


@dataclass(frozen=True, slots=True)
class Cost:
    """Cost of Argon2id. Changing the shipped values makes every existing project unreadable.

    Source: RFC 9106, section 4, second recommended option.
    """

    passes: int = 3
    memory_kib: int = 64 * 1024
    lanes: int = 4


COST = Cost()


@dataclass(frozen=True, slots=True)
class FileKey:
    """What opens one encrypted file.

    Attributes:
        key: 32 bytes; never logged, never shown except as recovery key.
        salt: the 16 bytes at the start of the file.
    """

    key: bytes = field(repr=False)
    salt: bytes = field(repr=False)

    @property
    def pragma(self) -> str:
        """The statement that gives the key to SQLCipher."""
        return f"PRAGMA key = \"x'{self.key.hex()}{self.salt.hex()}'\""


def new_salt() -> bytes:
    """16 random bytes for a new file."""
    return secrets.token_bytes(SALT_BYTES)


def file_salt(path: Path) -> bytes:
    """The salt of an existing encrypted file; shorter than 16 bytes when the file is cut off."""
    with path.open("rb") as stream:
        return stream.read(SALT_BYTES)


def derive(passphrase: str, salt: bytes) -> FileKey:
    """The key of this passphrase; takes about a quarter of a second by intent.

    Different ways of typing the same letters (NFC and NFD) give the same key.
    """
    from argon2.low_level import Type, hash_secret_raw  # noqa: PLC0415 — only encrypted projects need it

    secret = unicodedata.normalize("NFC", passphrase).encode("utf-8")
    key = hash_secret_raw(secret, salt, COST.passes, COST.memory_kib, COST.lanes, KEY_BYTES, Type.ID)
    return FileKey(key, salt)


def to_recovery_key(key: bytes) -> str:
    """The key for paper: 14 groups of four letters or digits, the last group is a check sum.

    Example: ``ABCD-EFGH-…``; there is no 0, 1, 8 or 9 in it, so nothing can be mistaken.
    """
    body = base64.b32encode(key).decode("ascii").rstrip("=")
    text = body + _check_letters(key)
    return "-".join(text[start : start + _GROUP] for start in range(0, len(text), _GROUP))


def from_recovery_key(text: str) -> bytes:
    """The key of a typed recovery key; case, spaces and dashes do not matter.

    Raises:
        KeyRefused: when it has the wrong length or letters, or its check sum does not fit.
    """
    letters = re.sub(r"[\s\-–]", "", text).upper().replace("0", "O").replace("1", "I").replace("8", "B")
    if len(letters) != _GROUP * _GROUPS or not re.fullmatch(r"[A-Z2-7]+", letters):
        raise KeyRefused(BAD_RECOVERY_KEY)
    try:
        key = base64.b32decode(letters[:-_GROUP] + "====")
    except ValueError as error:
        raise KeyRefused(BAD_RECOVERY_KEY) from error
    if _check_letters(key) != letters[-_GROUP:]:
        raise KeyRefused(BAD_RECOVERY_KEY)
    return key


def _check_letters(key: bytes) -> str:
    return base64.b32encode(hashlib.sha256(b"RoadmapDesk recovery key" + key).digest()).decode("ascii")[:_GROUP]
