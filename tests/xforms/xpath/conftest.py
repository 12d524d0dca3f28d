"""A small form with a repeat and a list, and a fixed clock."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from roadmapdesk.xforms.tree_reading import parse_document
from roadmapdesk.xforms.xpath import Budget, Context, Host, compile_expression

FORM = """<data>
<name>Ada</name><age>36</age><born>1990-05-17</born><chosen>a c</chosen><empty/><hidden>7</hidden>
<step><size>10</size><part><cost>1</cost></part><part><cost>2</cost></part></step>
<step><size>20</size><part><cost>3</cost></part></step>
<step><size>30</size></step>
</data>"""
CHOICES = "<root>" + "".join(f"<item><name>n{i}</name><group>g{i % 7}</group></item>" for i in range(200)) + "</root>"


class FixedHost(Host):
    """The clock stands at noon in a zone two hours ahead; there is one list."""

    def __init__(self, choices, zone):
        self._choices = choices
        self._now = datetime(2024, 2, 29, 10, 0, 30, tzinfo=UTC).astimezone(zone)

    def now(self):
        return self._now

    def zone(self):
        return self._now.tzinfo

    def instance(self, name):
        return self._choices if name == "list" else None

    def itext(self, name, form=None):
        return f"text of {name}"

    def choice_label(self, value, path, node):
        return f"{path}:{value}"

    def pulldata(self, name, column, key_column, key):
        return "/".join((name, column, key_column, key))

    def random(self):
        return 0.25


@pytest.fixture
def form():
    document = parse_document(FORM, is_static=False)
    for step in document.element.named("step"):
        step.is_repeat = True
        for part in step.named("part"):
            part.is_repeat = True
    hidden = document.element.child("hidden")
    hidden.hidden = True
    return document


@pytest.fixture
def host():
    return FixedHost(parse_document(CHOICES), timezone(timedelta(hours=2)))


@pytest.fixture
def context(form, host):
    return Context(form.element, host, bind_repeats=True, budget=Budget(100_000))


@pytest.fixture
def value(context):
    """The text of an expression, evaluated at the root of the form or at a node given by a path."""

    def evaluate(source, at=None):
        if at is not None:
            context.move_to(form_node(context, at))
        return compile_expression(source).string(context)

    return evaluate


def form_node(context, path):
    return compile_expression(path, mode="xpath1").nodes(Context(context.root))[0]
