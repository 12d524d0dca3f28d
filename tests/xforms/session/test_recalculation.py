"""Values, relevance, required and read-only states follow answers, and nothing else changes."""

import pytest

from roadmapdesk.xforms.problems import FormError


def test_a_chain_of_calculations_follows_one_answer(make_form, open_session):
    form = make_form(
        "<a/><b/><c/>",
        '<bind nodeset="/data/c" calculate="/data/b + 1" type="int"/>'
        '<bind nodeset="/data/b" calculate="/data/a * 2" type="int"/><bind nodeset="/data/a" type="int"/>',
        '<input ref="/data/a"/>',
    )
    session = open_session(form)
    changes = session.answer("/data/a", 3)
    assert session.node("/data/c").value == 7
    assert changes.changed == {"/data/a", "/data/b", "/data/c"}


def test_an_irrelevant_value_reads_as_empty_and_returns(make_form, open_session):
    form = make_form(
        "<show>1</show><group><a>5</a></group><twice/>",
        '<bind nodeset="/data/group" relevant="/data/show = 1"/>'
        '<bind nodeset="/data/twice" calculate="coalesce(/data/group/a, 0) * 2"/>',
        '<input ref="/data/show"/><group ref="/data/group"><input ref="/data/group/a"/></group>',
    )
    session = open_session(form)
    assert session.node("/data/twice").text == "10"
    session.answer("/data/show", "0")
    assert session.node("/data/twice").text == "0"
    assert not session.node("/data/group/a").is_relevant
    assert b"<group>" not in session.to_submission().xml
    session.answer("/data/show", "1")
    assert session.node("/data/twice").text == "10"


def test_readonly_is_inherited(make_form, open_session):
    form = make_form(
        "<lock/><g><a/></g>",
        '<bind nodeset="/data/g" readonly="/data/lock = 1"/>',
        '<input ref="/data/lock"/><group ref="/data/g"><input ref="/data/g/a"/></group>',
    )
    session = open_session(form)
    changes = session.answer("/data/lock", "1")
    assert session.node("/data/g/a").is_readonly
    assert {"/data/g", "/data/g/a"} <= changes.changed
    assert session.answer("/data/g/a", "x").refused is not None
    assert session.node("/data/g/a").text == ""


@pytest.mark.parametrize(
    "binds",
    [
        '<bind nodeset="/data/a" calculate="/data/b + 1"/><bind nodeset="/data/b" calculate="/data/a + 1"/>',
        '<bind nodeset="/data/a" relevant="/data/a = 1"/>',
        '<bind nodeset="/data/a" relevant="/data/b = 1"/><bind nodeset="/data/b" relevant="/data/a = 1"/>',
        '<bind nodeset="/data/a" calculate=". + 1"/>',
        '<bind nodeset="/data/a" calculate="if(. = 1, 2, 3) + 1"/>',
        '<bind nodeset="/data/a" required=". = 1"/>',
    ],
)
def test_a_circle_is_refused_with_its_questions_named(make_form, binds):
    with pytest.raises(FormError) as refused:
        make_form("<a/><b/>", binds, '<input ref="/data/a"/>')
    assert "form.cycle" in {each.code for each in refused.value.problems}
    assert "/data/a" in refused.value.sentence


def test_a_relevance_may_hang_on_a_calculation_that_reads_the_field(make_form, open_session):
    form = make_form(
        "<a/><b>1</b><c/>",
        '<bind nodeset="/data/a" calculate="/data/b"/>'
        '<bind nodeset="/data/b" relevant="/data/a = 1 or /data/c = 1"/>',
        '<input ref="/data/b"/><input ref="/data/c"/>',
    )
    session = open_session(form)
    session.answer("/data/b", "2")
    assert (session.node("/data/a").text, session.node("/data/b").is_relevant) == ("", False)
    session.answer("/data/c", "1")
    assert (session.node("/data/a").text, session.node("/data/b").is_relevant) == ("2", True)


def test_a_field_may_read_its_earlier_instance(make_form, open_session):
    form = make_form(
        "<r><step/><sum/></r>",
        '<bind nodeset="/data/r/sum" type="int" '
        'calculate="../step + coalesce(/data/r[position() = position(current()/..) - 1]/sum, 0)"/>',
        '<repeat nodeset="/data/r"><input ref="/data/r/step"/></repeat>',
    )
    session = open_session(form)
    for number in (1, 2, 3):
        if number > 1:
            session.add_repeat("/data/r")
        session.answer(f"/data/r[{number}]/step", number)
    session.answer("/data/r[1]/step", 10)
    assert [session.node(f"/data/r[{n}]/sum").text for n in (1, 2, 3)] == ["10", "12", "15"]


def test_a_broken_expression_names_the_question_and_the_rest_opens_in_the_preview(make_form):
    binds = '<bind nodeset="/data/a" relevant="1 + "/><bind nodeset="/data/b" calculate="1 + 1"/>'
    with pytest.raises(FormError) as refused:
        make_form("<a/><b/>", binds)
    assert "/data/a" in refused.value.sentence
    preview = make_form("<a/><b/>", binds, preview=True)
    assert [each.question for each in preview.problems] == ["/data/a"]


def test_a_language_switch_renews_labels_choices_and_choice_names(make_form, open_session):
    itext = "".join(
        f'<translation lang="{lang}"><text id="q"><value>{word} <output value="/data/a"/></value></text>'
        f'<text id="c"><value>{choice}</value></text></translation>'
        for lang, word, choice in (("de", "Frage", "Ja"), ("en", "Question", "Yes"))
    )
    form = make_form(
        "<a/><name/>",
        """<bind nodeset="/data/name" calculate="jr:choice-name(/data/a, '/data/a')"/>""",
        """<select1 ref="/data/a"><label ref="jr:itext('q')"/>"""
        """<item><label ref="jr:itext('c')"/><value>yes</value></item></select1>""",
        f"<itext>{itext}</itext>",
    )
    session = open_session(form)
    session.answer("/data/a", "yes")
    view = session.node("/data/a")
    assert (view.label, view.choices[0].label, session.node("/data/name").text) == ("Frage yes", "Ja", "Ja")
    changes = session.set_language("en")
    assert (view.label, view.choices[0].label, session.node("/data/name").text) == ("Question yes", "Yes", "Yes")
    assert changes.changed == {"/data/a", "/data/name"}
    assert view.in_language("de").label == "Frage yes"


def test_a_condition_that_reads_what_it_decides_about_follows_the_language(make_form, open_session):
    itext = "".join(
        f'<translation lang="{lang}"><text id="c"><value>{word}</value></text></translation>'
        for lang, word in (("de", "Ja"), ("en", "Yes"))
    )
    form = make_form(
        "<a/><group><inner/></group>",
        """<bind nodeset="/data/group" relevant="jr:choice-name(/data/a, '/data/a') = 'Yes' or """
        """/data/group/inner = 'kept'"/>""",
        """<select1 ref="/data/a"><item><label ref="jr:itext('c')"/><value>yes</value></item></select1>"""
        """<group ref="/data/group"><input ref="/data/group/inner"/></group>""",
        f"<itext>{itext}</itext>",
    )
    session = open_session(form)
    session.answer("/data/a", "yes")
    assert not session.node("/data/group").is_relevant

    changes = session.set_language("en")

    assert session.node("/data/group").is_relevant
    assert "/data/group" in changes.changed


KINDS = ("int", "decimal", "string")


def test_a_condition_in_a_number_is_one_or_zero(make_form, open_session):
    binds = "".join(f'<bind nodeset="/data/{kind}" type="{kind}" calculate="/data/a = 3"/>' for kind in KINDS)
    form = make_form("<a/>" + "".join(f"<{kind}/>" for kind in KINDS), binds, '<input ref="/data/a"/>')
    session = open_session(form)
    assert [session.node(f"/data/{kind}").text for kind in KINDS] == ["0", "0", "false"]
    session.answer("/data/a", "3")
    assert [session.node(f"/data/{kind}").text for kind in KINDS] == ["1", "1", "true"]


def test_empty_places_lie_nowhere(make_form, open_session):
    form = make_form(
        "<point/><shape/><inside/>",
        '<bind nodeset="/data/inside" calculate="geofence(/data/point, /data/shape)"/>'
        '<bind nodeset="/data/point" type="geopoint"/><bind nodeset="/data/shape" type="geoshape"/>',
        '<input ref="/data/point"/><input ref="/data/shape"/>',
    )
    session = open_session(form)
    seen = [session.node("/data/inside").text]
    for name, text in (("point", "1 1"), ("shape", "0 0;0 2;2 2;2 0;0 0"), ("point", "3 1"), ("point", "")):
        session.answer(f"/data/{name}", text)
        seen.append(session.node("/data/inside").text)
    assert seen == ["false", "false", "true", "false", "false"]
