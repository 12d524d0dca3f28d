"""No expression, however odd, crashes the evaluator or runs past its budget of steps."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from roadmapdesk.xforms.tree_reading import parse_document
from roadmapdesk.xforms.xpath import Budget, Context, Moment, XPathError, compile_expression
from roadmapdesk.xforms.xpath.functions import load
from roadmapdesk.xforms.xpath.parser import AXES

STEPS = 50_000
DOCUMENT = parse_document(
    "<data><a>1</a><b>x y</b><c>2024-02-30</c><r><q>1</q><r><q>5</q></r></r><r><q/></r><!-- n -->"
    "<d k='v'>t<e/>u</d></data>"
)

names = st.sampled_from(["a", "b", "r", "q", "data", "*", "missing"])
literals = st.one_of(
    st.sampled_from(["''", "'x'", "'2024-01-01'", "'1 2;3 4;5 6'", "'-1'", "'(a+)+'", "'%Y-%m'", "'T'", "'é😀'"]),
    st.text(alphabet="ab0 -:;%()[]", max_size=8).map(lambda text: f'"{text}"'),
)
numbers = st.one_of(
    st.integers(0, 10**12).map(str),
    st.sampled_from(["0", "1", "2.5", ".5", "(1 div 0)", "(0 div 0)", "-1", "1" * 320]),
)
steps = st.one_of(
    names,
    st.sampled_from([".", "..", "@k", "node()", "text()", "comment()"]),
    st.tuples(st.sampled_from(sorted(AXES)), st.sampled_from(["node()", "*", "q", "r"])).map("::".join),
)


def grown(inner):
    functions = st.sampled_from(sorted(load()))
    calls = st.tuples(functions, st.lists(inner, max_size=4)).map(lambda call: f"{call[0]}({', '.join(call[1])})")
    operators = st.sampled_from(["+", "-", "*", "div", "mod", "=", "!=", "<", "<=", ">", ">=", "and", "or", "|"])
    binary = st.tuples(inner, operators, inner).map(lambda parts: f"({' '.join(parts)})")
    filtered = st.tuples(inner, inner).map(lambda parts: f"({parts[0]})[{parts[1]}]")
    predicated = st.tuples(steps, inner, steps).map(lambda parts: f"{parts[0]}[{parts[1]}]/{parts[2]}")
    return st.one_of(calls, binary, filtered, predicated, inner.map(lambda text: f"-{text}"))


paths = st.tuples(st.sampled_from(["", "/", "//", "current()/"]), st.lists(steps, min_size=1, max_size=3)).map(
    lambda parts: parts[0] + "/".join(parts[1])
)
expressions = st.recursive(st.one_of(literals, numbers, paths), grown, max_leaves=12)


def value_or_error(source, context):
    """The value after all conversions, or the error of the language; anything else fails the test."""
    try:
        expression = compile_expression(source)
        value = expression.evaluate(context)
        for convert in (expression.string, expression.number, expression.boolean):
            convert(context)
    except XPathError as error:
        return error
    return value


@settings(max_examples=2_000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(source=expressions)
def test_well_formed_expressions_end_with_a_value_or_an_error_of_ours(source):
    context = Context(DOCUMENT.element.children[0], budget=Budget(STEPS))

    value = value_or_error(source, context)

    assert isinstance(value, (bool, float, str, list, tuple, Moment, XPathError))
    if isinstance(value, XPathError):
        assert value.sentence
    else:
        assert context.budget.left >= 0


@settings(max_examples=500, deadline=None)
@given(source=st.text(alphabet="abr/.[]()@*|+-=<>!'\"$,: \n12#ä\x00", max_size=30))
def test_any_text_compiles_or_is_refused(source):
    value = value_or_error(source, Context(DOCUMENT.element, budget=Budget(STEPS)))

    assert not isinstance(value, XPathError) or value.sentence


@settings(max_examples=300, deadline=None)
@given(source=expressions)
def test_the_same_expression_gives_the_same_twice(source):
    if any(name in source for name in ("random", "uuid", "now", "today")):
        return
    first, second = (value_or_error(source, Context(DOCUMENT.element, budget=Budget(STEPS))) for _ in range(2))

    assert repr(first) == repr(second)


def test_a_large_document_is_not_walked_beyond_the_budget():
    document = parse_document("<data>" + "<r><q>1</q></r>" * 2_000 + "</data>")
    context = Context(document.element, budget=Budget(STEPS))
    for source in ("count(//*[following::*])", "sum(//q[. = //q])", "//r[//r[//r]]", "string(//*[string(/)])"):
        context.budget.renew()
        value = value_or_error(source, context)

        assert isinstance(value, XPathError)
        assert value.code == "xpath.budget"
