"""Repeat instances keep their keys and answers; sums, counts and positions follow every change."""

import pytest

from roadmapdesk.xforms.limits import Limits
from roadmapdesk.xforms.session.live import LimitError


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
