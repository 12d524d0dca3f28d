"""Lets the garbage collector rest while a form or a session is built.

Building makes hundreds of thousands of objects that all stay; the collector would look through them again and again
and take half of the time, without finding anything.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_paused() -> Iterator[None]:
    """Pauses the garbage collector, and leaves it as it was."""
    was_running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_running:
            gc.enable()
