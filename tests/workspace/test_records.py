"""A record finds answers by question, repeat by repeat, and tells blank from not asked."""

from roadmapdesk.workspace.records import read_record

XML = b"""<data xmlns:h="http://example.org/h"><start><code>RP-0001</code><blank/></start>
<visit><stage>s1</stage><inner><mark>4</mark></inner></visit>
<visit><stage>s2</stage><person><age>7</age></person><person><age>8</age></person></visit></data>"""


def test_answers_of_groups_belong_to_the_level_around_them() -> None:
    record = read_record(XML, frozenset({"visit", "person"}))

    assert record.values == {"code": "RP-0001", "blank": ""}
    assert [visit.values for visit in record.instances("visit")] == [{"stage": "s1", "mark": "4"}, {"stage": "s2"}]


def test_nested_repeats_stay_with_their_instance() -> None:
    second = read_record(XML, frozenset({"visit", "person"})).instances("visit")[1]

    assert [person.get("age") for person in second.instances("person")] == ["7", "8"]
    assert len(list(second.walk())) == 3


def test_what_was_not_asked_is_absent_and_reads_as_empty() -> None:
    record = read_record(XML, frozenset({"visit"}))

    assert "stage" not in record.values
    assert record.get("stage") == ""
    assert record.get(None) == ""
    assert record.instances(None) == ()
