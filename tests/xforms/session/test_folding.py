"""Random forms in which fresh instances fold and part, beside sessions in which nothing folds or is shared."""

from collections import Counter
from contextlib import contextmanager
from datetime import UTC, datetime
from random import Random

from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st

from roadmapdesk.xforms.limits import Limits
from roadmapdesk.xforms.problems import FormError
from roadmapdesk.xforms.session import FormSession
from roadmapdesk.xforms.session.elements import reference
from roadmapdesk.xforms.session.live import LimitError, Live
from roadmapdesk.xforms.session.locating import find
from roadmapdesk.xforms.session.recalculation import Recalculation
from roadmapdesk.xforms.session.refs import range_reference

LANGUAGES = (
    '<itext><translation lang="a" default="true()"><text id="t"><value>A</value></text></translation>'
    '<translation lang="b"><text id="t"><value>B</value></text></translation></itext>'
)
ITEMS = (
    '<instance id="list"><root>'
    + "".join(f"<item><name>{number}</name><kind>{number % 3}</kind></item>" for number in range(6))
    + "</root></instance>"
)
VALUES = ("{a}", "{a} + {b}", "concat({a}, '-', {b})", "sum({a})", "count({a})", "coalesce({a}, 7)", "jr:itext('t')")
TRUTHS = ("{a} != 1", "{a} &gt; {b}", "count({a}) &gt; 1", "{a} = '' or {b} != ''", "sum({a}) &lt; 5", "{a}")
INSIDE = ("position(..)", "position(..) mod 3", "count(..)", "{s}[position() = 2]", "sum({s})", "{s}[last()]")
COUNTS = ("{a}", "{a}", "{a} * 3", "{a} + 10", "12")
NUMBERS = ("", "0", "1", "2", "3", "5", "12", "25")
CAPS = Limits(nodes=3_000)


def noon() -> datetime:
    """A clock that stands still."""
    return datetime(2024, 5, 6, 12, 0, tzinfo=UTC)


class Drawn:
    """A random form while it is drawn; by a generator of its own, so that most forms are large."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.is_plain = True
        self.binds = ""
        self.fields = ["/data/first", "/data/many"]
        self.inputs = list(self.fields)
        self.open_repeats: list[str] = []
        self.made = 0

    def chance(self, one_in: int) -> bool:
        return self.random.randrange(one_in) == 0

    def field(self) -> str:
        near = [each for each in self.fields if self.open_repeats and each.startswith(self.open_repeats[-1] + "/")]
        return self.random.choice(near if near and not self.chance(3) else self.fields)

    def expression(self, templates) -> str:
        siblings = self.field()
        return self.random.choice(templates).format(a=self.field(), b=self.field(), s=siblings)

    def parts(self, path: str, depth: int) -> tuple[str, str]:
        instance = body = ""
        kinds = ["input", "calculate", "calculate", "select"]
        if self.is_plain:
            kinds += ["calculate", "group"] if depth < 3 else []
        elif depth < 3:
            kinds += ["group", "repeat", "counted", "counted"]
        for _ in range(self.random.randint(2, 6)):
            kind = self.random.choice(kinds)
            self.made += 1
            here = f"{path}/n{self.made}"
            part = self.leaf(here, kind) if kind in kinds[:4] else self.container(here, kind, depth)
            instance += part[0]
            body += part[1]
        return instance, body

    def leaf(self, here: str, kind: str) -> tuple[str, str]:
        name = here.rpartition("/")[2]
        text = self.random.choice(["", "", "1", "2"])
        within = INSIDE if self.open_repeats else ()
        attributes = ""
        inner = f'<label>L <output value="{self.expression(VALUES)}"/></label>'
        if kind == "calculate":
            attributes = f' calculate="{self.expression(VALUES + within)}"'
        if kind == "select":
            test = self.random.choice(["kind != {a}", "name &gt; {a}", "true()"]).format(a=self.field())
            tag = self.random.choice(["select1", "select"])
            body = (
                f'<{tag} ref="{here}">{inner}<itemset nodeset="instance(\'list\')/root/item[{test}]">'
                f'<value ref="name"/><label ref="kind"/></itemset></{tag}>'
            )
        else:
            if kind == "input" and self.chance(4):
                target = self.random.choice(self.inputs)
                inner += f'<setvalue event="xforms-value-changed" ref="{target}" value="{self.expression(VALUES)}"/>'
            body = f'<input ref="{here}">{inner}</input>'
        for attribute, templates in (
            ("relevant", TRUTHS + tuple(f"{each} &gt; 1" for each in within)),
            ("required", TRUTHS),
            ("readonly", TRUTHS),
            ("constraint", (". != 2", ". != {a}")),
        ):
            if self.chance(4):
                attributes += f' {attribute}="{self.expression(templates)}"'
        self.binds += f'<bind nodeset="{here}"{attributes}/>'
        self.fields.append(here)
        if kind != "calculate":
            self.inputs.append(here)
            if self.open_repeats and self.chance(5):
                value = self.expression(VALUES + within)
                body += f'<setvalue event="odk-new-repeat" ref="{here}" value="{value}"/>'
        return f"<{name}>{text}</{name}>", body

    def container(self, here: str, kind: str, depth: int) -> tuple[str, str]:
        name = here.rpartition("/")[2]
        attributes = ""
        within = tuple(f"{each} &gt; 1" for each in INSIDE[:2]) if self.open_repeats else ()
        for attribute in ("relevant", "readonly"):
            if self.chance(3):
                attributes += f' {attribute}="{self.expression(TRUTHS + within)}"'
        self.binds += f'<bind nodeset="{here}"{attributes}/>'
        count = f' jr:count="{self.expression(COUNTS)}"' if kind == "counted" else ""
        count = ' jr:count="/data/many"' if kind == "many" else count
        if kind != "group":
            self.open_repeats.append(here)
        instance, body = self.parts(here, depth + 1)
        if kind == "group":
            return f"<{name}>{instance}</{name}>", f'<group ref="{here}">{body}</group>'
        self.open_repeats.pop()
        template = "" if self.chance(4) else ' jr:template=""'
        return f"<{name}{template}>{instance}</{name}>", f'<repeat nodeset="{here}"{count}>{body}</repeat>'


def drawn_form(random: Random) -> tuple[str, str, str]:
    """Instance, binds and body; the first part is a repeat without others in it, of which an answer makes many."""
    drawn = Drawn(random)
    many, many_body = drawn.container("/data/n0", "many", 0)
    drawn.is_plain = drawn.chance(3)
    instance, body = drawn.parts("/data", 0)
    inputs = '<input ref="/data/first"/><input ref="/data/many"/>'
    return f"<first>2</first><many/>{many}{instance}", drawn.binds, f"{inputs}{many_body}{body}"


KINDS = (
    "first", "many", "many", "answer", "answer", "answer", "add", "remove", "order", "look", "peek", "peek", "speak",
    "restore", "record", "validate",
)  # fmt: skip


def drawn_steps(random: Random) -> list[tuple[str, int, int]]:
    """Kind, place and value; an early step makes instances."""
    first = ("many", 0, random.randint(5, 7))
    return [first, *((random.choice(KINDS), random.randrange(999), random.randrange(8)) for _ in range(8))]


@contextmanager
def unfolded():
    """Within it each new instance is built and calculated by itself."""
    copies, queue = Live._copies, Recalculation.queue_twins

    def build_all(self, first, repeat, count):
        made = []
        for _ in range(count):
            scope = self.new_scope(repeat)
            self.build(repeat.model.template, scope)
            made.append(scope)
        return made

    def queue_all(self, repeat, scopes):
        for scope in scopes:
            self.structure_changed(scope)
            self.queue_scope(scope)

    Live._copies, Recalculation.queue_twins = build_all, queue_all
    try:
        yield
    finally:
        Live._copies, Recalculation.queue_twins = copies, queue


def seen(changes):
    """What a step tells."""
    return changes.changed, set(changes.added), set(changes.removed), changes.refused, Counter(changes.notices)


def targets(session, kind):
    """The refs that a step of this kind may mean, asked of the session in which nothing folds."""
    if kind in {"answer", "peek"}:
        models = [each for each in session.definition.model.nodes if each.is_leaf and not each.is_attribute]
        if kind == "answer":
            models = [each for each in models if "calculate" not in (each.bind or ())]
        return [reference(node) for model in models for node in session._live.every(model)]
    found = []
    pending = [session._live.root]
    while pending:
        for repeat in pending.pop().ranges:
            pending += repeat.instances
            if kind == "remove" and "count" not in repeat.control().data:
                found += [reference(scope.element) for scope in repeat.instances]
            if repeat.parent_element is not None and (kind == "order" or "count" not in repeat.control().data):
                found.append(range_reference(repeat))
    return [ref for ref in found if (kind == "remove") == ref.endswith("]")]


def take(session, step, ref, snapshot):
    """Takes one step and returns what can be seen of it, and the session that goes on."""
    kind, _place, value = step
    if kind == "look":
        return snapshot(session), session
    if kind == "peek":
        view = session.node(ref)
        return (view.text, view.label, view.is_relevant, view.is_readonly, view.is_required, view.violation), session
    if kind == "restore":
        answers = session.answers()
        return answers, FormSession.restore(session.definition, answers, clock=noon, language=session.language)
    if kind == "record":
        return session.to_submission().xml, session
    if kind == "validate":
        return session.validate(), session
    if kind == "speak":
        return seen(session.set_language("ab"[value % 2])), session
    if kind in {"first", "many"}:
        return seen(session.answer(f"/data/{kind}", NUMBERS[value])), session
    if kind == "answer":
        return seen(session.answer(ref, NUMBERS[value], by_program=True)), session
    if kind == "add":
        return seen(session.add_repeat(ref)), session
    if kind == "remove":
        return seen(session.remove_repeat(ref)), session
    keys = [scope.key for scope in find(session._core, ref).instances]
    return seen(session.reorder_repeat(ref, keys[value % max(1, len(keys)) :][::-1])), session


def both(folding, plain, step, snapshot):
    """The same step in both sessions."""
    found = targets(plain, step[0]) if step[0] in {"answer", "peek", "add", "remove", "order"} else [""]
    if not found:
        return folding, plain
    ref = found[step[1] % len(found)]
    with unfolded():
        expected, plain = take(plain, step, ref, snapshot)
    told, folding = take(folding, step, ref, snapshot)
    assert told == expected, (step, ref)
    return folding, plain


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32))
def test_a_session_that_folds_tells_and_shows_what_one_does_that_makes_everything(make_form, snapshot, seed):
    random = Random(seed)
    try:
        form = make_form(*drawn_form(random), LANGUAGES + ITEMS)
        with unfolded():
            plain = FormSession(form, clock=noon, limits=CAPS)
        folding = FormSession(form, clock=noon, limits=CAPS)
        for step in drawn_steps(random):
            folding, plain = both(folding, plain, step, snapshot)
    except (FormError, LimitError):
        reject()
    assert folding.answers() == plain.answers()
    assert snapshot(folding) == snapshot(plain)
