"""Lets the garbage collector rest while a form or a session is built, and while one answer is worked out.

Building makes hundreds of thousands of objects that all stay, and so does an answer that asks for 1,000 instances of
a repeat; the collector would look through them again and again and take up to half of the time, without finding
anything.
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
