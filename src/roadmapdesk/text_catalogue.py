"""The texts of a compiled gettext catalogue, each looked up in the file when it is first asked for."""

import gettext
import struct
from bisect import bisect_left
from collections.abc import Callable
from functools import cached_property

from typing_extensions import override

_LITTLE, _BIG = b"\xde\x12\x04\x95", b"\x95\x04\x12\xde"


class TextCatalogue(gettext.NullTranslations):
    """A catalogue as `babel` and ``msgfmt`` write it: sorted, without contexts.

    The standard library reads all texts of a catalogue before it gives one, and compiles its plural rule; a window
    says a tenth of them.

    Args:
        content: the bytes of a ``.mo`` file.

    Raises:
        ValueError: it is none.
    """

    def __init__(self, content: bytes) -> None:
        super().__init__()
        order = {_LITTLE: "<", _BIG: ">"}.get(content[:4])
        if order is None or len(content) < 28:
            msg = "not a compiled catalogue"
            raise ValueError(msg)
        count, texts, translations = struct.unpack_from(f"{order}3I", content, 8)
        self._content = content
        self._texts = struct.unpack_from(f"{order}{2 * count}I", content, texts)
        self._translations = struct.unpack_from(f"{order}{2 * count}I", content, translations)
        self._places = range(count)
        self._known: dict[str, tuple[str, ...]] = {}

    @override
    def gettext(self, message: str) -> str:
        forms = self._forms(message)
        if len(forms) > 1:
            return forms[self._plural(1)]
        return forms[0] if forms else super().gettext(message)

    @override
    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        forms = self._forms(msgid1)
        form = self._plural(n) if forms else 0
        return forms[form] if form < len(forms) else super().ngettext(msgid1, msgid2, n)

    @cached_property
    def _plural(self) -> Callable[[int], int]:
        """Which form a number takes, by the rule in the head of the catalogue."""
        head = "".join(self._forms(""))
        rule = head.partition("plural=")[2].partition("\n")[0].strip("; ")
        return gettext.c2py(rule or "n != 1")

    def _forms(self, message: str) -> tuple[str, ...]:
        """The translation of a text in each of its forms; none where there is no translation."""
        if message not in self._known:
            wanted = message.encode()
            place = bisect_left(self._places, wanted, key=self._text)
            found = place < len(self._places) and self._text(place) == wanted
            self._known[message] = tuple(self._cut(self._translations, place).decode().split("\0")) if found else ()
        return self._known[message]

    def _text(self, place: int) -> bytes:
        """The English text at a place, of one with a plural the singular."""
        return self._cut(self._texts, place).partition(b"\0")[0]

    def _cut(self, table: tuple[int, ...], place: int) -> bytes:
        length, start = table[2 * place : 2 * place + 2]
        return self._content[start : start + length]
