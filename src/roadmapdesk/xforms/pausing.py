"""Lets the garbage collector rest while a form or a session is built, and while one answer is worked out.

Building makes hundreds of thousands of objects that all stay, and so does an answer that asks for 1,000 instances of
a repeat; the collector would look through them again and again and take up to half of the time, without finding
anything.
"""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import TracebackType


class collector_paused:  # noqa: N801 — used like a function, as `contextlib.suppress` is; a generator costs more
    """Pauses the garbage collector, and leaves it as it was."""

    __slots__ = ("_was_running",)

    def __enter__(self) -> None:
        self._was_running = gc.isenabled()
        gc.disable()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._was_running:
            gc.enable()
