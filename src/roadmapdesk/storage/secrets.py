"""What a person types to open a file: a passphrase or a recovery key."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from roadmapdesk.storage import keys
from roadmapdesk.storage.errors import KeyRefused
from roadmapdesk.storage.keys import FileKey


@dataclass(frozen=True, slots=True)
class Secret:
    """One of both; never shown and never logged."""

    passphrase: str | None = field(default=None, repr=False)
    recovery_key: str | None = field(default=None, repr=False)

    @classmethod
    def typed(cls, text: str) -> Self:
        """The secret of a line of which nobody said what it is: its check sum tells a recovery key."""
        try:
            keys.from_recovery_key(text)
        except KeyRefused:
            return cls(passphrase=text)
        return cls(recovery_key=text)

    @property
    def is_empty(self) -> bool:
        """True when nothing was typed."""
        return self.passphrase is None and self.recovery_key is None

    def key_for(self, path: Path) -> FileKey | None:
        """The key that this is for an encrypted file; None when nothing was typed.

        Raises:
            KeyRefused: the recovery key is mistyped.
        """
        salt = keys.file_salt(path).ljust(keys.SALT_BYTES)
        if self.recovery_key is not None:
            return FileKey(keys.from_recovery_key(self.recovery_key), salt)
        return None if self.passphrase is None else keys.derive(self.passphrase, salt)
