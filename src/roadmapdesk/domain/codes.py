"""Codes that stand for people: of interviews, and of those who interview. They must not be names."""

import re

from roadmapdesk.i18n import gettext as _

_INTERVIEWER = re.compile(r"[A-Za-z]{0,4}[0-9]{1,6}")
_TEMPLATE = re.compile(r"(.*)\{number:0(\d+)d\}")


def is_valid_code(template: str, code: str) -> bool:
    """Whether a code fits a form's pattern, given as ``RP-{number:04d}``; everything fits an empty one."""
    found = _TEMPLATE.fullmatch(template)
    if found is None:
        return True
    return re.fullmatch(rf"{re.escape(found.group(1))}[0-9]{{{found.group(2)}}}", code) is not None


def interviewer_problem(code: str, template: str = "", *, is_required: bool = True) -> str:
    """What is wrong with the code of an interviewer, empty when it fits; the one rule for every place that asks.

    Args:
        code: what was typed, without blanks around it.
        template: how the form wants these codes written; empty takes every code that is no name.
        is_required: whether it may be left empty.
    """
    if not code:
        return _("Type your code; it stands beside each change.") if is_required else ""
    if _INTERVIEWER.fullmatch(code) is None:
        return _("A code has up to four letters without umlauts and then digits, for example I03. It is no name.")
    if not is_valid_code(template, code):
        return _("The form expects codes like {example}.").format(example=template.format(number=3))
    return ""
