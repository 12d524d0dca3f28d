"""Repeat instances keep their keys and answers; sums, counts and positions follow every change."""

import pytest

from roadmapdesk.xforms.limits import Limits
from roadmapdesk.xforms.session.folding import FoldedCells
from roadmapdesk.xforms.session.live import LimitError
from roadmapdesk.xforms.session.session import FormSession


@pytest.fixture
def listing(make_form):
    return make_form(
        '<r jr:template=""><a/><place/></r><total/><n/>',
        '<bind nodeset="/data/r/place" calculate="position(..)"/>'
        '<bind nodeset="/data/total" calculate="sum(/data/r/a)"/><bind nodeset="/data/n" calculate="count(/data/r)"/>',  # noqa: E501 — one element of a form
        '<group ref="/data/r"><label>Row</label><repeat nodeset="/data/r"><input ref="/data/r/a"/></repeat></group>',
    )


@pytest.fixture
def counted(make_form):
    return make_form(
        '<many/><r jr:template=""><a/></r><total/>',
        '<bind nodeset="/data/many" type="int"/><bind nodeset="/data/total" calculate="sum(/data/r/a)"/>',
        '<input ref="/data/many"/><repeat nodeset="/data/r" jr:count="/data/many"><input ref="/data/r/a"/></repeat>',
    )


def test_removing_an_instance_renews_sum_count_and_positions(listing, open_session):
    session = open_session(listing)
    for number in (1, 2, 3):
        added = session.add_repeat("/data/r").added
        assert added[0] == f"/data/r[k{number}]"
        session.answer(f"/data/r[{number}]/a", str(number))
    changes = session.remove_repeat("/data/r[k2]")
    assert (session.node("/data/total").text, session.node("/data/n").text) == ("4", "2")
    assert session.node("/data/r[k3]/place").text == "2"
    assert "/data/r[k2]/a" in changes.removed
    assert "/data/r[k1]/place" not in changes.changed


def test_a_key_is_never_used_twice(listing, open_session):
    session = open_session(listing)
    session.add_repeat("/data/r")
    session.remove_repeat("/data/r[k1]")
    assert session.add_repeat("/data/r").added[0] == "/data/r[k2]"
    restored = type(session).restore(listing, session.answers())
    restored.remove_repeat("/data/r[k2]")
    assert restored.add_repeat("/data/r").added[0] == "/data/r[k3]"


def test_inserting_before_an_instance_shifts_only_what_follows(listing, open_session):
    session = open_session(listing)
    session.add_repeat("/data/r")
    session.add_repeat("/data/r")
    changes = session.add_repeat("/data/r", before="k2")
    assert [each.key for each in session.node("/data/r").children] == ["k1", "k3", "k2"]
    assert "/data/r[k2]/place" in changes.changed
    assert "/data/r[k1]/place" not in changes.changed


def test_a_lowered_count_keeps_the_answers_and_brings_them_back(counted, open_session):
    session = open_session(counted)
    session.answer("/data/many", 3)
    for number in (1, 2, 3):
        session.answer(f"/data/r[{number}]/a", str(number))
    session.answer("/data/many", 1)
    assert session.node("/data/total").text == "1"
    session = type(session).restore(counted, session.answers())
    session.answer("/data/many", 3)
    assert session.node("/data/total").text == "6"
    assert session.node("/data/r[k3]/a").text == "3"


def test_reordering_moves_the_answers_with_their_instances(counted, open_session):
    session = open_session(counted)
    session.answer("/data/many", 3)
    session.answer("/data/r[k1]/a", "1")
    session.answer("/data/r[k3]/a", "30")
    session.answer("/data/many", 2)
    session.reorder_repeat("/data/r", ["k3", "k1"])
    assert [each.key for each in session.node("/data/r").children] == ["k3", "k1"]
    assert session.node("/data/total").text == "31"
    session.answer("/data/many", 3)
    assert [each.key for each in session.node("/data/r").children] == ["k3", "k1", "k2"]


def test_a_counted_repeat_takes_no_hand_made_instances(counted, listing, open_session):
    assert not open_session(counted).node("/data/r").can_add
    assert open_session(listing).node("/data/r").can_add


def test_a_monstrous_count_is_capped_with_a_notice(counted, open_session):
    session = open_session(counted, limits=Limits(repeat_instances=5))
    changes = session.answer("/data/many", 1_000_000)
    assert len(session.node("/data/r").children) == 5
    assert [each.code for each in changes.notices] == ["session.count_capped"]


def test_too_many_hand_made_instances_are_refused_before_anything_is_made(listing, open_session):
    session = open_session(listing, limits=Limits(repeat_instances=1))
    session.add_repeat("/data/r")
    with pytest.raises(LimitError):
        session.add_repeat("/data/r")
    assert len(session.node("/data/r").children) == 1


def test_nested_repeats_count_inside_their_own_instance(make_form, open_session):
    form = make_form(
        '<o jr:template=""><many/><i jr:template=""><x>2</x></i><sum/></o><all/>',
        '<bind nodeset="/data/o/many" type="int"/><bind nodeset="/data/o/sum" calculate="sum(../i/x)"/>'
        '<bind nodeset="/data/all" calculate="sum(/data/o/i/x)"/>',
        '<repeat nodeset="/data/o"><input ref="/data/o/many"/>'
        '<repeat nodeset="/data/o/i" jr:count="../many"><input ref="/data/o/i/x"/></repeat></repeat>',
    )
    session = open_session(form)
    session.add_repeat("/data/o")
    session.add_repeat("/data/o")
    session.answer("/data/o[1]/many", 2)
    session.answer("/data/o[2]/many", 3)
    sums = [session.node(f"/data/o[{n}]/sum").text for n in (1, 2)]
    assert (sums, session.node("/data/all").text) == (["4", "6"], "10")


def test_new_repeat_and_value_changed_actions_act_in_their_own_instance(make_form, open_session):
    form = make_form(
        '<r jr:template=""><a/><b/><seen/></r>',
        "",
        '<repeat nodeset="/data/r"><setvalue event="odk-new-repeat" ref="/data/r/b" value="position(..) * 10"/>'
        '<input ref="/data/r/a"><setvalue event="xforms-value-changed" ref="/data/r/seen" value="../a"/></input>'
        '<input ref="/data/r/b"/></repeat>',
    )
    session = open_session(form)
    session.add_repeat("/data/r")
    session.add_repeat("/data/r")
    session.answer("/data/r[2]/a", "x")
    assert [session.node(f"/data/r[{n}]/b").text for n in (1, 2)] == ["10", "20"]
    assert [session.node(f"/data/r[{n}]/seen").text for n in (1, 2)] == ["", "x"]


def test_a_question_of_a_repeat_that_stands_outside_of_it_is_asked_in_each_instance(make_form, open_session):
    form = make_form(
        "<r><a/><b/></r>",
        "",
        '<group><input ref="/data/r/b"><label>B</label></input></group>'
        '<repeat nodeset="/data/r"><input ref="/data/r/a"/></repeat>',
    )
    session = open_session(form)
    session.add_repeat("/data/r")
    instances = session.node("/data/r").children
    assert [[child.name for child in each.children] for each in instances] == [["a", "b"], ["a", "b"]]
    assert [view.children for view in session.root.children if view.name == ""] == [()]
    session.answer("/data/r[2]/b", "x")
    assert instances[1].children[1].label == "B"
    assert instances[1].children[1].text == "x"
    assert instances[1].children[1].parent == instances[1]


@pytest.mark.parametrize(
    ("answers", "found"),
    [
        (("3", "", "4"), ("7", "3", "4", "2", "3--4")),
        (("", "5"), ("5", "5", "5", "1", "-5")),
        (("", ""), ("0", "", "", "0", "-")),
        ((), ("0", "", "", "0", "")),
    ],
)
def test_rows_without_an_answer_do_not_cost_the_total(make_form, open_session, answers, found):
    calls = {"total": "sum(", "least": "min(", "most": "max(", "given": "count-non-empty(", "all": "join('-', "}
    binds = "".join(f'<bind nodeset="/data/{name}" calculate="{call}/data/r/a)"/>' for name, call in calls.items())
    form = make_form(
        '<r jr:template=""><a/></r>' + "".join(f"<{name}/>" for name in calls),
        '<bind nodeset="/data/r/a" type="int"/>' + binds,
        '<repeat nodeset="/data/r"><input ref="/data/r/a"/></repeat>',
    )
    session = open_session(form)
    for number, answer in enumerate(answers, 1):
        session.add_repeat("/data/r")
        session.answer(f"/data/r[{number}]/a", answer)

    assert tuple(session.node(f"/data/{name}").text for name in calls) == found


MANY = (
    '<many/><rows><r jr:template=""><a>5</a><twice/><place/><mark/><mine/><chance/><later/><g><b>1</b><c/>'
    '</g><s>3</s><t/><running/><in jr:template=""><x>2</x></in><inner/></r></rows><total/><places/><gone/>'
)
MANY_BINDS = "".join(
    f'<bind nodeset="/data/{path}" {rule}/>'
    for path, rule in (
        ("many", 'type="int"'),
        ("rows/r/twice", 'calculate="../a * 2" required="../a = 5" readonly="../place &gt; 3"'),
        ("rows/r/place", 'calculate="position(..)"'),
        ("rows/r/mark", 'calculate="concat(../mine, ../twice)" relevant="../place mod 2 = 1"'),
        ("rows/r/chance", 'calculate="once(random() &gt; 2)"'),
        ("rows/r/later", "calculate=\"if(../mark = '', '-', ../mark)\""),
        ("rows/r/g", 'relevant="../twice &lt; 11 and position(..) != 4"'),
        ("rows/r/g/c", 'calculate="../b + 1" constraint=". = 2"'),
        ("rows/r/t", 'calculate="concat(../g/c, ../s)"'),
        ("rows/r/running", 'calculate="../twice + sum(../preceding-sibling::r/twice)"'),
        ("rows/r/inner", 'calculate="sum(../in/x)"'),
        ("total", 'calculate="sum(/data/rows/r/twice)"'),
        ("places", 'calculate="sum(/data/rows/r/place)"'),
        ("gone", 'calculate="count-non-empty(/data/rows/r/g/c)"'),
    )
)
MANY_BODY = (
    '<input ref="/data/many"/><repeat nodeset="/data/rows/r" jr:count="/data/many">'
    '<setvalue event="odk-new-repeat" ref="/data/rows/r/mine" value="position(..)"/><input ref="/data/rows/r/a"/>'
    '<select1 ref="/data/rows/r/s"><itemset nodeset="instance(\'l\')/root/item[v &lt; ../place]"><value ref="v"/>'
    '<label ref="v"/></itemset></select1>'
    '<repeat nodeset="/data/rows/r/in" jr:count="../a - 3"><input ref="/data/rows/r/in/x"/></repeat></repeat>'
)
NUMBERS = (
    '<instance id="l"><root>'
    + "".join(f"<item><v>{number}</v></item>" for number in range(1, 9))
    + "</root></instance>"
)


@pytest.mark.parametrize("steps", [("6",), ("2", "7"), ("5", "3", "8"), ("1", "2", "0", "6"), ("12",), ("3", "40")])
def test_many_instances_at_once_are_what_each_would_be_by_itself(make_form, open_session, snapshot, steps):
    form = make_form(MANY, MANY_BINDS, MANY_BODY, NUMBERS)
    session = open_session(form)
    for step in steps:
        session.answer("/data/many", step)
    last = int(steps[-1])
    row = {name: session.node(f"/data/rows/r[2]/{name}").text for name in ("twice", "place", "mine", "later")}

    assert row == {"twice": "10", "place": "2", "mine": "2", "later": "-"}
    assert session.node("/data/total").text == str(10 * last)
    assert session.node(f"/data/rows/r[{last}]/running").text == str(10 * last)
    assert session.node("/data/gone").text == str(last - 1)
    restored = type(session).restore(form, session.answers())
    assert snapshot(restored) == snapshot(session)


def test_instances_that_look_alike_are_calculated_once(make_form, open_session):
    form = make_form(MANY, MANY_BINDS, MANY_BODY, NUMBERS)
    twins = form.twins(form.field("/data/rows/r"))
    shared = {form.graph.targets[rank].model.local for rank in twins.shared}

    assert {"twice", "later", "t"} <= shared
    assert not shared & {"place", "chance", "running", "inner"}


@pytest.mark.parametrize(
    ("key", "evaluations"), [("position(..) = 3", 2), ("position(..) mod 3", 3), ("position(..)", 41)]
)
def test_instances_that_come_to_differ_are_calculated_once_for_each_kind(
    make_form, open_session, monkeypatch, key, evaluations
):
    form = make_form(
        '<many/><r jr:template=""><key/><double/><far/></r>',
        '<bind nodeset="/data/many" type="int"/>'
        f'<bind nodeset="/data/r/key" calculate="{key}"/>'
        '<bind nodeset="/data/r/double" calculate="concat(../key, ../key)"/>'
        '<bind nodeset="/data/r/far" calculate="string-length(../double) &gt; 99"/>',
        '<input ref="/data/many"/>'
        '<repeat nodeset="/data/r" jr:count="/data/many"><input ref="/data/r/key"/></repeat>',
    )
    session = open_session(form)
    code = form.expression("concat(../key, ../key)")
    plain, asked = code.string, []
    monkeypatch.setattr(code, "string", lambda context: asked.append(context.node) or plain(context))
    session.answer("/data/many", "41")

    assert len(asked) == evaluations
    keys = [session.node(f"/data/r[{place}]/key").text for place in range(1, 42)]
    assert [session.node(f"/data/r[{place}]/double").text for place in range(1, 42)] == [each * 2 for each in keys]
    assert len(set(keys)) == evaluations


def test_a_new_instance_without_a_template_of_the_form_starts_blank(make_form, open_session):
    form = make_form(
        "<r><a>first</a><g><b>2</b></g></r><r><a>second</a><g><b/></g></r>",
        "",
        '<repeat nodeset="/data/r"><input ref="/data/r/a"/><input ref="/data/r/g/b"/></repeat>',
    )
    session = open_session(form)
    session.add_repeat("/data/r")

    given = [(session.node(f"/data/r[{n}]/a").text, session.node(f"/data/r[{n}]/g/b").text) for n in (1, 2, 3)]
    assert given == [("first", "2"), ("second", ""), ("", "")]


def test_a_repeat_may_ask_for_its_own_place_before_it_has_any_instance(make_form, open_session):
    form = make_form(
        '<many/><r jr:template=""><a/></r>',
        '<bind nodeset="/data/r" relevant="position(.) &lt; 3"/>',
        '<input ref="/data/many"/><repeat nodeset="/data/r" jr:count="/data/many"><input ref="/data/r/a"/></repeat>',
    )
    session = open_session(form)
    session.answer("/data/many", "4")
    assert [row.is_relevant for row in session.node("/data/r").children] == [True, True, False, False]


def test_clearing_a_count_leaves_the_instances(counted, open_session):
    session = open_session(counted)
    assert "/data/r[1]/a" not in session.answers()
    session.answer("/data/many", "2")
    session.answer("/data/r[2]/a", "5")
    session.answer("/data/many", "")
    assert session.node("/data/total").text == "5"
    record = FormSession.from_submission(counted, session.to_submission().xml)
    assert record.node("/data/r[2]/a").text == "5"
    session.answer("/data/many", "0")
    assert session.node("/data/total").text == "0"


def test_a_count_that_is_no_number_yet_makes_no_instances(make_form, open_session):
    form = make_form(
        "<many/><r><a>1</a></r><total/>",
        '<bind nodeset="/data/total" calculate="sum(/data/r/a)"/>',
        '<input ref="/data/many"/><repeat nodeset="/data/r" jr:count="/data/many"><input ref="/data/r/a"/></repeat>',
    )
    session = open_session(form)
    assert session.node("/data/total").text == "0"
    session.answer("/data/many", "1")
    assert session.node("/data/total").text == "1"


FOLDED = (
    '<many/><rate>1</rate><open>1</open><g><r jr:template=""><place/><sub><a>1</a><b/><deep><c/></deep></sub></r></g>'
    "<total/>"
)
FOLDED_BINDS = (
    '<bind nodeset="/data/many" type="int"/><bind nodeset="/data/g" relevant="/data/open = 1"/>'
    '<bind nodeset="/data/g/r/place" calculate="position(..)"/>'
    '<bind nodeset="/data/g/r/sub" relevant="../place != 3"/>'
    '<bind nodeset="/data/g/r/sub/b" calculate="../a * /data/rate" required="true()"/>'
    '<bind nodeset="/data/g/r/sub/deep" relevant="../b &gt; 1"/>'
    '<bind nodeset="/data/g/r/sub/deep/c" calculate="concat(../../b, \'-\')" readonly="../../b = 2"/>'
    '<bind nodeset="/data/total" calculate="sum(/data/g/r/place)"/>'
)
FOLDED_BODY = (
    '<input ref="/data/many"/><input ref="/data/rate"/><input ref="/data/open"/><group ref="/data/g">'
    '<repeat nodeset="/data/g/r" jr:count="/data/many"><input ref="/data/g/r/sub/a"/>'
    '<input ref="/data/g/r/sub/deep/c"/>'
    "</repeat></group>"
)


def test_fields_of_many_fresh_instances_are_made_when_somebody_touches_them(make_form, open_session) -> None:
    session = open_session(make_form(FOLDED, FOLDED_BINDS, FOLDED_BODY))
    changes = session.answer("/data/many", "30")
    scope = session._live.root.ranges[0].instances[20]

    assert isinstance(scope.cells, FoldedCells)
    made = {cell.model.local for cell in list.__iter__(scope.cells) if cell is not None}
    assert made == {"r", "place", "sub"}
    assert len(changes.added) == 30 * 7
    assert changes.added[-1] == "/data/g/r[k30]/sub/deep/c"
    assert session.node("/data/g/r[21]/sub/b").text == "1"
    assert {cell.model.local for cell in list.__iter__(scope.cells) if cell is not None} == made | {"b"}
    assert [child.name for child in session.node("/data/g/r[21]").children]
    assert type(scope.cells) is list


@pytest.mark.parametrize(
    "steps",
    [
        (("many", "20"),),
        (("many", "20"), ("rate", "2")),
        (("many", "20"), ("open", "0"), ("rate", "3"), ("open", "1")),
        (("open", "0"), ("many", "20"), ("open", "1")),
        (("many", "20"), ("g/r[7]/sub/a", "5"), ("many", "5"), ("rate", "2"), ("many", "25")),
        (("rate", "4"), ("many", "3"), ("many", "30"), ("g/r[3]/sub/a", "0"), ("rate", "1")),
    ],
)
def test_folded_instances_are_as_if_their_fields_had_been_there(make_form, open_session, snapshot, steps) -> None:
    form = make_form(FOLDED, FOLDED_BINDS, FOLDED_BODY)
    session = open_session(form)
    for name, value in steps:
        session.answer(f"/data/{name}", value)
    restored = type(session).restore(form, session.answers())

    assert snapshot(restored) == snapshot(session)
    assert restored.to_submission().xml == session.to_submission().xml


def test_fields_that_stayed_folded_tell_when_they_flip_and_what_reads_them_is_calculated(make_form, open_session):
    form = make_form(
        '<open>0</open><r jr:template=""><a>2</a><g><b/></g></r>',
        '<bind nodeset="/data/r" relevant="/data/open = 1"/>'
        '<bind nodeset="/data/r/g/b" calculate="coalesce(../../a, 7)"/>',
        '<input ref="/data/open"/><repeat nodeset="/data/r" jr:count="4"><input ref="/data/r/a"/></repeat>',
    )
    session = open_session(form)
    assert isinstance(session._live.root.ranges[0].instances[2].cells, FoldedCells)
    changes = session.answer("/data/open", "1")

    inner = {f"/data/r[k{n}]{tail}" for n in range(1, 5) for tail in ("", "/a", "/g", "/g/b")}
    assert inner <= changes.changed
    assert [session.node(f"/data/r[{n}]/g/b").text for n in range(1, 5)] == ["2"] * 4


def test_an_action_in_one_repeat_sets_the_only_instance_of_another_and_none_of_several(make_form, open_session):
    form = make_form(
        "<r><x/><y/><z/></r><q><a/><b/></q>",
        "",
        '<repeat nodeset="/data/r"><input ref="/data/r/x"><setvalue event="xforms-value-changed" ref="/data/q/b" '
        'value="/data/r/x"/></input></repeat><repeat nodeset="/data/q"><input ref="/data/q/a"><setvalue '
        'event="xforms-value-changed" ref="/data/r/z" value="7"/></input></repeat>',
    )
    session = open_session(form)
    session.answer("/data/r[1]/x", "5")
    session.answer("/data/q[1]/a", "1")
    assert (session.node("/data/q[1]/b").text, session.node("/data/r[1]/z").text) == ("5", "7")
    assert session.node("/data/r[1]/y").text == ""
    session.add_repeat("/data/q")
    changes = session.answer("/data/r[1]/x", "6")
    assert changes.changed == {"/data/r[k1]/x"}
    assert [notice.code for notice in changes.notices] == ["session.several_targets"]


@pytest.mark.parametrize(
    "given", ["<r><a/></r>", '<r jr:template=""><a/></r>', '<r jr:template=""><a/></r><r><a/></r>']
)
@pytest.mark.parametrize("count", ["", "0", "1", "3"])
def test_each_instance_of_a_counted_repeat_gets_its_computed_default_once(make_form, open_session, given, count):
    form = make_form(
        f"<n>{count}</n>{given}<made/>",
        '<bind nodeset="/data/n" type="int"/><bind nodeset="/data/made" calculate="join(\' \', /data/r/a)"/>',
        '<input ref="/data/n"/><repeat nodeset="/data/r" jr:count="/data/n"><input ref="/data/r/a"/>'
        '<setvalue event="odk-new-repeat" ref="/data/r/a" value="concat(/data/n, ../../n, position(..))"/></repeat>',
        '<setvalue event="odk-instance-first-load" ref="/data/r/a" value="concat(/data/n, ../../n, position(..))"/>',
    )
    session = open_session(form)
    assert not session.notices
    present = [f"{count}{count}{place}" for place in range(1, int(count or 0) + 1)]
    assert session.node("/data/made").text == " ".join(present)
    session.answer("/data/n", "2")
    assert [session.node(f"/data/r[{place}]/a").text[-1] for place in (1, 2)] == ["1", "2"]
    restored = FormSession.restore(form, session.answers())
    assert restored.answers() == session.answers()
