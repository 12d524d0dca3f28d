"""Entry points: the command line, which opens the window when called without arguments, and the window itself."""

import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line and returns its exit code: 0 done, 1 failed, 2 wrong usage."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if getattr(sys, "frozen", False) and words[:1] == ["--form-compiler"]:
        from roadmapdesk.xforms.xlsform.child import main as compile_form  # noqa: PLC0415 — the child needs no more

        compile_form(words[1:])
        return 0
    from roadmapdesk.cli.main import run  # noqa: PLC0415 — the window must not pay for the command line

    return run(words)


def desktop() -> int:
    """Opens the window; the entry point without a console on Windows."""
    from roadmapdesk.desktop.app import run  # noqa: PLC0415 — Qt is loaded only for the window

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
