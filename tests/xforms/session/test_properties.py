"""Random forms and steps: the state equals a fresh one, and the changes are exactly the difference."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from roadmapdesk.xforms.session import FormSession

FIELDS = ("a", "b", "c", "d")
READS = (
    "/data/a", "/data/b", "coalesce(/data/g/c, 0)", "sum(/data/r/x)", "count(/data/r)", "position(/data/r[last()])",
    "sum(/data/r/y)", "string-length(/data/g/d)", "1", "sum(/data/r/i/z)",
)  # fmt: skip
INSIDE = ("../x", "position(..)", "/data/a", "count(../../r)", "sum(../i/z)", "coalesce(../y, 0)", "2")
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("answer"), st.sampled_from(["/data/a", "/data/b", "/data/g/c", "/data/g/d", "/data/pick"]), st.integers(0, 3)),  # noqa: E501 — one element of a form
        st.tuples(st.just("inner"), st.integers(1, 4), st.integers(0, 3)),
        st.tuples(st.just("add"), st.integers(0, 4), st.integers(0, 2)),
        st.tuples(st.just("remove"), st.integers(1, 4), st.just(0)),
        st.tuples(st.just("many"), st.integers(1, 4), st.integers(0, 3)),
    ),
    max_size=12,
)  # fmt: skip
NUMBER = st.tuples(st.sampled_from(READS), st.sampled_from(["+", "*", "-"]), st.sampled_from(READS)).map(" ".join)
INNER = st.tuples(st.sampled_from(INSIDE[:5]), st.sampled_from(["+", "*"]), st.sampled_from(INSIDE[:5])).map(" ".join)


def build(make_form, total: str, relevant: str, inner: str, shown: str, required: str):
    return make_form(
        '<a/><b/><g><c/><d/></g><pick/><r jr:template=""><x/><y/><many/><i jr:template=""><z>1</z></i><note/></r><t1/><t2/>',  # noqa: E501 — one element of a form
        f'<bind nodeset="/data/t1" calculate="{total}"/><bind nodeset="/data/t2" calculate="/data/t1 * 2"/>'
        f'<bind nodeset="/data/g" relevant="/data/a != {relevant}"/><bind nodeset="/data/g/d" relevant="/data/b > 1"/>'  # noqa: E501 — one element of a form
        f'<bind nodeset="/data/r/y" calculate="{inner}"/><bind nodeset="/data/r/x" relevant="/data/b &lt; {shown}"/>'
        f'<bind nodeset="/data/r/note" readonly="/data/t1 > 3" required="{required}" constraint=". != /data/a"/>'
        '<bind nodeset="/data/r/many" type="int"/>',
        '<input ref="/data/a"><label>A <output value="/data/t2"/></label></input><input ref="/data/b"/>'
        '<group ref="/data/g"><input ref="/data/g/c"/><input ref="/data/g/d"/></group>'
        '<select1 ref="/data/pick"><itemset nodeset="/data/r[x != /data/b]/x"><value ref="."/><label ref="."/></itemset></select1>'  # noqa: E501 — one element of a form
        '<group ref="/data/r"><label>Row <output value="/data/r/x"/></label><repeat nodeset="/data/r"><input ref="/data/r/x"/>'  # noqa: E501 — one element of a form
        '<input ref="/data/r/many"/><repeat nodeset="/data/r/i" jr:count="../many"><input ref="/data/r/i/z"/></repeat>'  # noqa: E501 — one element of a form
        '<input ref="/data/r/note"><hint>H <output value="../y"/></hint></input></repeat></group>',
    )  # fmt: skip


def play(session: FormSession, step: tuple):
    """One random step; None where it has no place."""
    kind, first, second = step
    rows = session.node("/data/r").children
    if kind == "answer":
        return session.answer(first, str(second))
    if kind == "add":
        before = rows[first % len(rows)].key if rows and second else ""
        return session.add_repeat("/data/r", before=before)
    if first > len(rows):
        return None
    row = rows[first - 1].ref
    if kind == "remove":
        return session.remove_repeat(row)
    return session.answer(f"{row}/many" if kind == "many" else f"{row}/x", str(second))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    total=NUMBER, inner=INNER, relevant=st.sampled_from("0123"), shown=st.sampled_from("0123"),
    required=st.sampled_from(["true()", "../x = 1", "count(../i) > 1"]), steps=STEPS,
)  # fmt: skip
def test_changes_are_the_full_difference_and_the_state_is_that_of_a_fresh_session(
    make_form, open_session, snapshot, total, relevant, inner, shown, required, steps
):
    form = build(make_form, total, relevant, inner, shown, required)
    session = open_session(form)
    before = snapshot(session)
    for step in steps:
        changes = play(session, step)
        if changes is None:
            continue
        after = snapshot(session)
        changed = {ref for ref in before.keys() & after.keys() if before[ref] != after[ref]}
        assert changes.changed == changed, step
        assert set(changes.added) == after.keys() - before.keys(), step
        assert set(changes.removed) == before.keys() - after.keys(), step
        before = after
    fresh = FormSession.restore(form, session.answers())
    assert snapshot(fresh) == before


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_a_submission_round_trip_keeps_every_relevant_answer(make_form, open_session, steps):
    form = build(make_form, "/data/a + 1", "3", "../x + 1", "3", "true()")
    session = open_session(form)
    for step in steps:
        play(session, step)
    record = session.to_submission().xml
    assert FormSession.from_submission(form, record).to_submission().xml == record
