"""Conditions and truth (ODK XForms specification, "Boolean functions"; XPath 1.0, section 4.3)."""

from collections.abc import Sequence

from roadmapdesk.xforms.xpath.code import Code, as_boolean, as_string, constant
from roadmapdesk.xforms.xpath.compiler import Compiler
from roadmapdesk.xforms.xpath.context import Context
from roadmapdesk.xforms.xpath.functions.registry import form, function
from roadmapdesk.xforms.xpath.syntax import Syntax
from roadmapdesk.xforms.xpath.values import Value, boolean, is_nodes, number_xforms, plain_number, string, text_of


@form("if", least=3, most=3)
def _if(compiler: Compiler, arguments: Sequence[Syntax]) -> Code:
    """The second argument where the first is true, else the third; only one is evaluated (ODK XForms, ``if``)."""
    test_code, then, otherwise = [compiler.compile(argument) for argument in arguments]
    if test_code.constant is not None:
        return then if boolean(test_code.constant, compiler.bare) else otherwise
    test = as_boolean(test_code)
    if then.kind == otherwise.kind != "nodes":
        yes, no = then.run, otherwise.run
        return Code(then.kind, lambda context: yes(context) if test(context) else no(context))
    yes, no = then.run, otherwise.run
    kind = "nodes" if then.kind == otherwise.kind else "any"
    return Code(kind, lambda context: yes(context) if test(context) else no(context))


@form("coalesce", least=1, most=1_000_000)
def _coalesce(compiler: Compiler, arguments: Sequence[Syntax]) -> Code:
    """The first argument that is neither empty nor NaN, else an empty text (ODK XForms, ``coalesce``)."""
    codes = [compiler.compile(argument) for argument in arguments]
    runs = [as_string(code) if code.kind == "nodes" else code.run for code in codes]

    def run(context: Context) -> Value:
        value: Value = ""
        for step in runs:
            value = step(context)
            if not _is_blank(value, context):
                return value
        return "" if isinstance(value, float) else value

    return Code("any", run)


def _is_blank(value: Value, context: Context) -> bool:
    if isinstance(value, float):
        return value != value  # noqa: PLR0124 — NaN test
    return not isinstance(value, bool) and not string(value, context)


@form("once", least=1, most=1)
def _once(compiler: Compiler, arguments: Sequence[Syntax]) -> Code:
    """The node's own value where it has one, else the argument (ODK XForms, ``once``)."""
    run = compiler.compile(arguments[0]).run

    def keep(context: Context) -> Value:
        own = text_of(context.node, context)
        value: Value = own or run(context)
        return value

    return Code("any", keep)


@form("true", least=0, most=0, plain=True)
def _true(_compiler: Compiler, _arguments: Sequence[Syntax]) -> Code:
    """True (XPath 1.0, section 4.3)."""
    return constant(True)


@form("false", least=0, most=0, plain=True)
def _false(_compiler: Compiler, _arguments: Sequence[Syntax]) -> Code:
    """False (XPath 1.0, section 4.3)."""
    return constant(False)


@form("boolean", least=1, most=1, plain=True)
def _boolean(compiler: Compiler, arguments: Sequence[Syntax]) -> Code:
    """The truth of a value (XPath 1.0, section 4.3)."""
    return Code("boolean", compiler.boolean(arguments[0]))


@form("not", least=1, most=1, plain=True)
def _not(compiler: Compiler, arguments: Sequence[Syntax]) -> Code:
    """The opposite of the truth of a value (XPath 1.0, section 4.3)."""
    test = compiler.boolean(arguments[0])
    return Code("boolean", lambda context: not test(context))


@function("boolean-from-string", takes="s", gives="boolean")
def _boolean_from_string(text: str) -> bool:
    """Whether the text is ``true`` or ``1`` (ODK XForms, ``boolean-from-string``)."""
    return text in ("true", "1")


@function("checklist", takes="nn?v*", gives="boolean", context=True)
def _checklist(context: Context, least: float, most: float, *values: Value) -> bool:
    """Whether so many values are true; -1 leaves a bound open (ODK XForms, ``checklist``)."""
    count = sum(1 for value in _spread(values, context) if boolean(value, context))
    return _within(count, least, most)


@function("weighted-checklist", takes="nn?v*", gives="boolean", context=True)
def _weighted_checklist(context: Context, least: float, most: float, *values: Value) -> bool:
    """As ``checklist`` with a weight after each value (ODK XForms, ``weighted-checklist``)."""
    total = 0.0
    if len(values) == 2 and isinstance(values[0], (list, tuple)) and isinstance(values[1], (list, tuple)):
        weights: Sequence[Value] = [text_of(node, context) for node in values[1]]
        pairs = list(zip(_spread(values[:1], context), weights, strict=False))
    else:
        pairs = list(zip(values[::2], values[1::2], strict=False))
    for value, weight in pairs:
        counts = _is_checked(string(value, context), context) if is_nodes(value) else boolean(value, context)
        if counts:
            total += number_xforms(weight, context)
    return _within(total, least, most)


def _spread(values: Sequence[Value], context: Context) -> list[Value]:
    """The values, with the nodes of a set one by one as what `_is_checked` says of them."""
    spread: list[Value] = []
    for value in values:
        if isinstance(value, (list, tuple)):
            context.budget.spend(len(value))
            spread.extend([_is_checked(text_of(node, context), context) for node in value])
        else:
            spread.append(value)
    return spread


def _is_checked(text: str, context: Context) -> bool:
    """Whether a node with this text counts in a checklist: it has a text, which is not the number 0."""
    if context.host.follows_evaluators:
        return text != ""
    number = plain_number(text)
    return number != 0 if number is not None else text != ""


def _within(count: float, least: float, most: float) -> bool:
    return (least < 0 or count >= least) and (most < 0 or count <= most)
