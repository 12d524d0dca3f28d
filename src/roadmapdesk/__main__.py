"""Entry points: the command line, which opens the window when called without arguments, and the window itself."""

import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line and returns its exit code: 0 done, 1 failed, 2 wrong usage."""
    from roadmapdesk.cli.main import run  # noqa: PLC0415 — the window must not pay for the command line

    return run(list(sys.argv[1:] if arguments is None else arguments))


def desktop() -> int:
    """Opens the window; the entry point without a console on Windows."""
    from roadmapdesk.desktop.app import run  # noqa: PLC0415 — Qt is loaded only for the window

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
