"""Forms of random shape: nested groups and repeats, counts, relevance, calculations, constraints, filtered choices.

Each expression reads fields that come before it, so that no form is circular.
"""

from dataclasses import dataclass, field

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from roadmapdesk.xforms.session import FormSession, Kind

ITEMS = (
    '<instance id="list"><root>'
    + "".join(f"<item><name>{number}</name><kind>{number % 3}</kind></item>" for number in range(6))
    + "</root></instance>"
)
VALUES = (
    "{a}",
    "{a} + {b}",
    "concat({a}, '-', {b})",
    "sum({a})",
    "count({a})",
    "coalesce({a}, 7)",
    "string-length({a})",
)
TRUTHS = ("{a} != 1", "{a} &gt; {b}", "count({a}) &gt; 1", "{a} = '' or {b} != ''", "sum({a}) &lt; 5")
WITHIN = ("position(..)", "count(..)", "position(..) * 2")


@dataclass
class Plan:
    """A random form while it is drawn: its parts, and the paths that later expressions may read."""

    instance: str = ""
    binds: str = ""
    body: str = ""
    fields: list[str] = field(default_factory=lambda: ["/data/first"])
    inputs: list[str] = field(default_factory=lambda: ["/data/first"])
    open_repeats: list[str] = field(default_factory=list)
    repeats: list[str] = field(default_factory=list)
    made: int = 0


@st.composite
def plans(draw):
    plan = Plan()
    for part in _parts(draw, plan, "/data", 0):
        plan.instance += part[0]
        plan.body += part[1]
    return plan


def _parts(draw, plan, path, depth):
    parts = []
    for _ in range(draw(st.integers(1, 4 if depth else 6))):
        kinds = ["input", "input", "calculate", "select"] + (["group", "repeat", "counted"] if depth < 3 else [])
        kind = draw(st.sampled_from(kinds))
        plan.made += 1
        here = f"{path}/n{plan.made}"
        parts.append(
            _container(draw, plan, here, kind, depth) if kind in kinds[4:] else _leaf(draw, plan, here, kind)
        )
    return parts


def _leaf(draw, plan, here, kind):
    name = here.rpartition("/")[2]
    body = f'<input ref="{here}"/>'
    attributes = ""
    if kind == "calculate":
        templates = VALUES + (WITHIN if plan.open_repeats and here.startswith(plan.open_repeats[-1]) else ())
        attributes = f' calculate="{_expression(draw, plan, templates)}"'
        body = f'<input ref="{here}"><label>L <output value="{_expression(draw, plan, VALUES)}"/></label></input>'
    elif kind == "select":
        test = draw(st.sampled_from(["kind != {a}", "name &gt; {a}", "true()"]))
        nodeset = f"instance('list')/root/item[{test.format(a=draw(st.sampled_from(plan.fields)))}]"
        tag = draw(st.sampled_from(["select1", "select"]))
        itemset = f'<itemset nodeset="{nodeset}"><value ref="name"/><label ref="kind"/></itemset>'
        body = f'<{tag} ref="{here}">{itemset}</{tag}>'
    else:
        for attribute, templates in (
            ("constraint", (". != 2", ". != {a}")),
            ("required", TRUTHS),
            ("readonly", TRUTHS),
        ):
            if draw(st.integers(0, 3)) == 0:
                attributes += f' {attribute}="{_expression(draw, plan, templates)}"'
    if draw(st.integers(0, 2)) == 0:
        attributes += f' relevant="{_expression(draw, plan, TRUTHS)}"'
    plan.binds += f'<bind nodeset="{here}"{attributes}/>'
    plan.fields.append(here)
    if kind != "calculate":
        plan.inputs.append(here)
    return f"<{name}/>", body


def _container(draw, plan, here, kind, depth):
    name = here.rpartition("/")[2]
    if draw(st.booleans()):
        plan.binds += f'<bind nodeset="{here}" relevant="{_expression(draw, plan, TRUTHS)}"/>'
    count = f' jr:count="{draw(st.sampled_from(plan.fields))}"' if kind == "counted" else ""
    if kind != "group":
        plan.open_repeats.append(here)
    parts = _parts(draw, plan, here, depth + 1)
    instance = "".join(part[0] for part in parts)
    body = "".join(part[1] for part in parts)
    if kind == "group":
        return f"<{name}>{instance}</{name}>", f'<group ref="{here}">{body}</group>'
    plan.open_repeats.pop()
    if kind == "repeat":
        plan.repeats.append(here)
    template = ' jr:template=""' if draw(st.booleans()) else ""
    return f"<{name}{template}>{instance}</{name}>", f'<repeat nodeset="{here}"{count}>{body}</repeat>'


def _expression(draw, plan, templates):
    first, second = (draw(st.sampled_from(plan.fields)) for _ in range(2))
    return draw(st.sampled_from(templates)).format(a=first, b=second)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["answer", "answer", "answer", "add", "remove"]), st.integers(0, 99), st.integers(0, 3)
    ),
    max_size=10,
)


def everything(session):
    """All nodes, each once, parents first."""
    pending, seen = [session.root], {}
    while pending:
        view = pending.pop(0)
        if view.ref not in seen:
            seen[view.ref] = view
            pending.extend((*view.fields, *view.children))
    return seen


def play(session, step):
    """One random step on what is there now; None where there is nothing of that kind."""
    kind, place, value = step
    nodes = everything(session).values()
    if kind == "answer":
        found = [each for each in nodes if each.control in {"input", "select1", "select"} and not each.is_readonly]
        return session.answer(found[place % len(found)].ref, "" if value == 3 else str(value)) if found else None
    wanted = Kind.REPEAT if kind == "add" else Kind.INSTANCE
    found = [each for each in nodes if each.kind is wanted and (each.can_add if kind == "add" else each.can_remove)]
    if not found:
        return None
    chosen = found[place % len(found)]
    if kind == "remove":
        return session.remove_repeat(chosen.ref)
    before = chosen.children[place % len(chosen.children)].key if value and chosen.children else ""
    return session.add_repeat(chosen.ref, before=before)


@settings(
    max_examples=60, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)  # fmt: skip
@given(plan=plans(), steps=STEPS)
def test_the_state_after_any_steps_is_that_of_a_full_recalculation(make_form, open_session, snapshot, plan, steps):
    form = make_form(f"<first>2</first>{plan.instance}", plan.binds, plan.body, ITEMS)
    session = open_session(form)
    before = snapshot(session)
    for step in steps:
        changes = play(session, step)
        if changes is None:
            continue
        after = snapshot(session)
        assert changes.changed == {ref for ref in before.keys() & after.keys() if before[ref] != after[ref]}, step
        before = after
    fresh = FormSession.restore(form, session.answers())
    assert snapshot(fresh) == before
    assert fresh.answers() == session.answers()
    record = session.to_submission().xml
    again = FormSession.from_submission(form, record)
    assert (
        FormSession.from_submission(form, again.to_submission().xml).to_submission().xml == again.to_submission().xml
    )


def test_random_forms_have_everything_that_they_should():
    seen = set()

    @settings(max_examples=150, database=None, suppress_health_check=list(HealthCheck))
    @given(plan=plans())
    def look(plan):
        for word in (
            "jr:count",
            "relevant=",
            "calculate=",
            "constraint=",
            "<group",
            "instance('list')",
            "position(..",
        ):
            if word in plan.binds + plan.body:
                seen.add(word)
        if any(other.startswith(f"{repeat}/") for repeat in plan.repeats for other in plan.repeats):
            seen.add("nested repeats")

    look()
    assert len(seen) == 8
