"""Functions on chosen answers and on texts of the form (ODK XForms specification, "Select functions")."""

from collections.abc import Sequence

from roadmapdesk.xforms.xpath.code import Code, as_string
from roadmapdesk.xforms.xpath.compiler import Compiler
from roadmapdesk.xforms.xpath.context import Context
from roadmapdesk.xforms.xpath.functions.registry import form, function
from roadmapdesk.xforms.xpath.syntax import Syntax


@form("selected", "is-selected", least=2, most=2)
def _selected(compiler: Compiler, arguments: Sequence[Syntax]) -> Code:
    """Whether a choice is among the chosen ones, which stand in one text (ODK XForms, ``selected``)."""
    chosen = as_string(compiler.compile(arguments[0]))
    value = compiler.compile(arguments[1])
    if isinstance(value.constant, str):
        fixed = value.constant.strip()

        def contains(context: Context) -> bool:
            text = chosen(context)
            return text == fixed or (fixed in text and fixed in text.split())

        return Code("boolean", contains)
    wanted = as_string(value)

    def run(context: Context) -> bool:
        text = chosen(context)
        choice = wanted(context).strip()
        return text == choice or (choice in text and choice in text.split())

    return Code("boolean", run)


@function("selected-at", takes="sn", gives="string")
def _selected_at(chosen: str, place: float) -> str:
    """The choice at a place counted from 0, '' outside (ODK XForms, ``selected-at``)."""
    choices = chosen.split()
    return choices[int(place)] if 0 <= place < len(choices) else ""


@function("count-selected", takes="s", gives="number")
def _count_selected(chosen: str) -> float:
    """How many choices are chosen (ODK XForms, ``count-selected``)."""
    return float(len(chosen.split()))


@function("jr:choice-name", takes="ss", gives="string", context=True)
def _choice_name(context: Context, value: str, path: str) -> str:
    """The label of a choice in the current language (ODK XForms, ``jr:choice-name``)."""
    return context.host.choice_label(value, path.strip(), context.current)


@function("jr:itext", takes="s", gives="string", context=True)
def _itext(context: Context, name: str) -> str:
    """A text of the form in the current language (ODK XForms, ``jr:itext``)."""
    return context.host.itext(name)


@function("property", takes="s", gives="string", context=True)
def _property(context: Context, name: str) -> str:
    """A property of the device or the user (JavaRosa, ``property``; legacy)."""
    return context.host.form_property(name)


@function("version", takes="", gives="string", context=True)
def _version(context: Context) -> str:
    """The version of the form (JavaRosa, ``version``; legacy)."""
    return context.host.form_version()


@form("depend", least=1, most=1_000_000)
def _depend(compiler: Compiler, arguments: Sequence[Syntax]) -> Code:
    """The first argument; the others only tell what it depends on (JavaRosa, ``depend``; legacy)."""
    codes = [compiler.compile(argument) for argument in arguments]
    return codes[0]
