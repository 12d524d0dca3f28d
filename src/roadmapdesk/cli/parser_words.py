"""The sentences of argparse in the language of the program: headings of the help, and what is wrong with a call.

argparse looks its texts up with the plain gettext of Python; here it gets ours. The texts stand below so that the
catalogue knows them; argparse fills in its ``%`` placeholders itself.
"""

import argparse

from roadmapdesk.i18n import N_, gettext

WORDS = (
    N_("usage: "),
    N_("positional arguments"),
    N_("options"),
    N_("show this help message and exit"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("the following arguments are required: %s"),
    N_("unrecognized arguments: %s"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
    N_("invalid %(type)s value: %(value)r"),
    N_("expected one argument"),
    N_("expected at least one argument"),
    N_("unknown parser %(parser_name)r (choices: %(choices)s)"),
    N_("ambiguous option: %(option)s could match %(matches)s"),
)


def speak() -> None:
    """Has argparse speak the program's language from now on."""
    setattr(argparse, "_", gettext)  # noqa: B010 — the name is private to argparse and has no type
