"""Choice lists: filters, order, and answers that are no longer offered."""

import pytest

TOWNS = (
    '<instance id="town"><root><item><name>dd</name><label>Dresden</label><land>sn</land></item>'
    "<item><name>le</name><label>Leipzig</label><land>sn</land></item>"
    "<item><name>b</name><label>Berlin</label><land>be</land></item></root></instance>"
)
ITEMSET = '<itemset nodeset="instance(\'town\')/root/item[land = /data/land]"><value ref="name"/><label ref="label"/></itemset>'  # noqa: E501 — one element of a form


@pytest.fixture(params=["select1", "select"])
def session(request, make_form, open_session):
    form = make_form(
        "<land>sn</land><town/>",
        "",
        f'<input ref="/data/land"/><{request.param} ref="/data/town">{ITEMSET}</{request.param}>',
        TOWNS,
    )
    return open_session(form)


def test_a_filter_offers_what_fits(session):
    town = session.node("/data/town")
    assert [choice.label for choice in town.choices] == ["Dresden", "Leipzig"]
    assert town.choices[0].extra == {"land": "sn"}
    changes = session.answer("/data/land", "be")
    assert [choice.value for choice in town.choices] == ["b"]
    assert "/data/town" in changes.changed


def test_an_answer_no_longer_offered_reads_as_empty_and_returns(session):
    session.answer("/data/town", "le")
    changes = session.answer("/data/land", "be")
    assert session.node("/data/town").text == ""
    assert [each.code for each in changes.notices] == ["session.choice_dropped"]
    assert session.answers()["/data/town"] == "le"
    session.answer("/data/land", "sn")
    assert session.node("/data/town").text == "le"


def test_finalising_drops_the_answer_for_good(session):
    session.answer("/data/town", "le")
    session.answer("/data/land", "be")
    assert session.finalise() == ()
    assert "/data/town" not in session.answers()
    assert "session.choice_lost" in {each.code for each in session.notices}


def test_several_answers_are_stored_in_the_order_of_the_choices(make_form, open_session):
    items = "".join(f"<item><label>{code}</label><value>{code}</value></item>" for code in "abc")
    form = make_form(
        "<s/><r/>", "", f'<select ref="/data/s">{items}</select><odk:rank ref="/data/r">{items}</odk:rank>'
    )
    session = open_session(form)
    session.answer("/data/s", ("c", "a"))
    session.answer("/data/r", ("c", "a", "b"))
    assert (session.node("/data/s").text, session.node("/data/r").text) == ("a c", "c a b")
    assert session.node("/data/s").value == ("a", "c")
    assert session.answer("/data/r", ("c",)).refused is not None


@pytest.mark.parametrize(
    ("nodeset", "taken"),
    [
        ("instance('pet')/root/item", "dog cat"),
        (" instance( 'pet' ) /root/item", "dog cat"),
        ("instance('pet')/root/item[name != '']", "dog cat"),
        ("instance('pet')/*/item", "dog cat"),
        ("instance('pet')/root/row", "cat dog"),
        ("instance('nothing')/root/item", "cat dog"),
    ],
)
def test_several_answers_stand_in_the_order_of_every_kind_of_list(make_form, open_session, nodeset, taken):
    pets = "<item><name>dog</name></item><item><other/></item><item><name>cat</name></item>"
    form = make_form(
        "<s/>",
        "",
        f'<select ref="/data/s"><itemset nodeset="{nodeset}"><value ref="name"/></itemset></select>',
        f'<instance id="pet"><root>{pets}</root></instance><instance id="nothing"><root/></instance>',
    )
    session = open_session(form)
    session.answer("/data/s", "cat dog", by_program=True)
    assert session.answers()["/data/s"] == taken


def test_choices_from_answers_of_a_repeat_follow_them(make_form, open_session):
    form = make_form(
        '<p jr:template=""><name/></p><head/>',
        "",
        '<repeat nodeset="/data/p"><input ref="/data/p/name"/></repeat><select1 ref="/data/head">'
        '<itemset nodeset="/data/p[./name != \'\']"><value ref="name"/><label ref="name"/></itemset></select1>',
    )
    session = open_session(form)
    head = session.node("/data/head")
    assert head.choices == ()
    session.add_repeat("/data/p")
    changes = session.answer("/data/p[1]/name", "Ada")
    assert [choice.label for choice in head.choices] == ["Ada"]
    assert "/data/head" in changes.changed
    session.answer("/data/head", "Ada")
    session.remove_repeat("/data/p[1]")
    assert session.node("/data/head").text == ""


def test_a_range_gives_the_labels_of_its_points(make_form, open_session):
    form = make_form(
        "<a/>",
        '<bind nodeset="/data/a" type="int" orx:max-pixels="100"/>',
        '<range ref="/data/a" start="1" end="3" step="1" odk:tick-interval="1">'
        '<itemset nodeset="instance(\'l\')/root/item"><value ref="name"/><label ref="label"/></itemset></range>',
        extra='<instance id="l"><root><item><name>1</name><label>low</label></item>'
        "<item><name>3</name><label>high</label></item></root></instance>",
    )
    view = open_session(form).node("/data/a")
    assert [(choice.value, choice.label) for choice in view.choices] == [("1", "low"), ("3", "high")]
    assert view.parameters == {"start": "1", "end": "3", "step": "1", "tick-interval": "1", "max-pixels": "100"}


def test_a_language_without_a_picture_shows_that_of_the_default_language(make_form, open_session):
    itext = (
        '<itext><translation lang="en"><text id="a"><value>A</value><value form="image">jr://images/a.png</value>'
        '<value form="audio">jr://audio/a.mp3</value></text></translation><translation lang="de"><text id="a">'
        '<value>B</value><value form="audio">-</value></text></translation></itext>'
    )
    form = make_form("<a/>", "", '<input ref="/data/a"><label ref="jr:itext(\'a\')"/></input>', extra=itext)
    view = open_session(form, language="de").node("/data/a")
    assert (view.label, view.media) == ("B", {"image": "a.png", "audio": "a.mp3"})


FIXED = "".join(f"<item><label>{code}</label><value>{code}</value></item>" for code in "abc")


def test_a_code_that_a_fixed_list_does_not_hold_is_refused_and_the_answer_stays(make_form, open_session):
    session = open_session(make_form("<s/>", "", f'<select1 ref="/data/s">{FIXED}</select1>'))
    session.answer("/data/s", "b")
    assert session.answer("/data/s", "z").refused is not None
    assert session.node("/data/s").text == "b"
    assert session.answer("/data/s", "z", by_program=True).refused is None
    assert session.node("/data/s").text == "z"


def test_of_several_codes_those_that_a_fixed_list_holds_are_taken(make_form, open_session):
    session = open_session(make_form("<s/>", "", f'<select ref="/data/s">{FIXED}</select>'))
    assert session.answer("/data/s", "z c a").refused is None
    assert session.node("/data/s").text == "a c"
    assert session.answer("/data/s", "y z").refused is not None


def test_a_list_whose_file_is_missing_refuses_no_code(make_form, open_session):
    form = make_form(
        "<s/>",
        "",
        '<select1 ref="/data/s"><itemset nodeset="instance(\'far\')/root/item"><value ref="name"/>'
        '<label ref="label"/></itemset></select1>',
        '<instance id="far" src="jr://file-csv/far.csv"/>',
    )
    session = open_session(form)
    assert session.answer("/data/s", "anything").refused is None


def test_a_choice_that_came_back_is_no_notice_any_more(make_form, open_session):
    form = make_form(
        "<kind/><pick/>",
        "",
        '<input ref="/data/kind"/><select1 ref="/data/pick"><itemset nodeset="instance(\'l\')/root/item[kind = '
        '/data/kind]"><value ref="name"/></itemset></select1>',
        extra='<instance id="l"><root><item><name>oak</name><kind>t</kind></item></root></instance>',
    )
    session = open_session(form)
    session.answer("/data/kind", "t")
    session.answer("/data/pick", "oak")
    for _ in range(2):
        session.answer("/data/kind", "x")
        assert [notice.code for notice in session.notices] == ["session.choice_dropped"]
        session.answer("/data/kind", "t")
        assert session.notices == ()


SCALE = (
    '<itext><translation lang="en">'
    '<text id="low"><value>low</value></text><text id="high"><value>high</value></text>'
    '<text id="own"><value>as <output value="/data/who"/> says</value></text></translation></itext>'
    '<instance id="scale"><root><item><name>1</name><itextId>low</itextId></item>'
    "<item><name>5</name><itextId>high</itextId></item></root></instance>"
    '<instance id="other"><root><item><name>x</name><itextId>own</itextId></item></root></instance>'
)


def _select(ref: str, source: str) -> str:
    labels = '<value ref="name"/><label ref="jr:itext(itextId)"/>'
    return f'<select1 ref="{ref}"><itemset nodeset="instance(\'{source}\')/root/item">{labels}</itemset></select1>'


def test_questions_with_the_same_list_share_its_choices_though_another_label_shows_an_answer(make_form, open_session):
    body = "".join(_select(f"/data/{name}", "scale" if name in {"a", "b"} else "other") for name in "abcd")
    form = make_form("<who>she</who><a/><b/><c/><d/>", "", f'<input ref="/data/who"/>{body}', SCALE)
    session = open_session(form)
    assert [choice.label for choice in session.node("/data/a").choices] == ["low", "high"]
    assert session.node("/data/b").choices is session.node("/data/a").choices
    assert [choice.label for choice in session.node("/data/c").choices] == ["as she says"]
    session.answer("/data/who", "he")
    assert [choice.label for choice in session.node("/data/d").choices] == ["as he says"]


NAMED = (
    '<itext><translation lang="Deutsch"><text id="t0"><value><output value="/data/name"/> selbst</value></text>'
    '<text id="t1"><value>jemand anderes</value></text></translation></itext>'
)
SHBY_TEXT_LIST = "<item><name>a</name><itextId>t0</itextId></item><item><name>b</name><itextId>t1</itextId></item>"
BY_TEXT = (
    '<itemset nodeset="instance(\'who\')/root/item"><value ref="name"/><label ref="jr:itext(itextId)"/></itemset>'
)
SHBY_TEXT_ITEM = "<item><label ref=\"jr:itext('t0')\"/><value>a</value></item>"


@pytest.mark.parametrize(
    ("items", "choices"),
    [
        pytest.param(SHBY_TEXT_LIST, BY_TEXT, id="list"),
        pytest.param(SHBY_TEXT_LIST.replace("<item>", '<item kind="x">'), BY_TEXT, id="list with attributes"),
        pytest.param(SHBY_TEXT_LIST, BY_TEXT.replace("/root/item", "/root/item[name != 'z']"), id="filtered list"),
        pytest.param("", SHBY_TEXT_ITEM, id="fixed choices"),
    ],
)
def test_a_label_that_shows_an_answer_changes_with_it(items, choices, make_form, open_session):
    form = make_form(
        "<name>Ada</name><who>a</who>",
        "",
        f'<input ref="/data/name"/><select1 ref="/data/who">{choices}</select1>',
        f'{NAMED}<instance id="who"><root>{items}</root></instance>',
    )
    session = open_session(form)
    assert session.node("/data/who").choices[0].label == "Ada selbst"
    changes = session.answer("/data/name", "Eva")
    assert session.node("/data/who").choices[0].label == "Eva selbst"
    assert changes.changed == {"/data/name", "/data/who"}
    assert session.node("/data/who").text == "a"


def test_a_label_may_show_the_answer_to_its_own_question(make_form, open_session):
    form = make_form(
        "<who/>",
        "",
        f'<select1 ref="/data/who">{BY_TEXT}</select1>',
        f'{NAMED.replace("/data/name", "/data/who")}<instance id="who"><root>{SHBY_TEXT_LIST}</root></instance>',
    )
    session = open_session(form)
    assert session.node("/data/who").choices[0].label == " selbst"
    session.answer("/data/who", "b")
    assert session.node("/data/who").choices[0].label == "b selbst"


ASKED = '<input ref="/data/who"/>'
CALLED = '<bind nodeset="/data/name" calculate="jr:choice-name(/data/pick, \'/data/pick\')"/>'
SHOWN = '<input ref="/data/shown"><label><output value="jr:choice-name(/data/pick, \'/data/pick\')"/></label></input>'


@pytest.mark.parametrize(
    "body",
    [
        _select("/data/pick", "other"),
        _select("/data/pick", "other").replace("root/item", "root/item[name != /data/name]"),
        '<select1 ref="/data/pick"><item><label>as <output value="/data/who"/> says</label><value>x</value></item>'
        "</select1>",
        '<select1 ref="/data/pick"><item><label ref="jr:itext(\'own\')"/><value>x</value></item></select1>',
        '<select1 ref="/data/pick"><itemset nodeset="instance(\'other\')/root/item"><value ref="name"/>'
        "<label ref=\"concat('as ', /data/who, ' says')\"/></itemset></select1>",
        '<select1 ref="/data/pick"><itemset nodeset="/data/row"><value ref="code"/><label ref="called"/></itemset>'
        "</select1>",
    ],
    ids=["itext", "filtered", "fixed", "fixed itext", "expression", "rows"],
)
def test_choices_that_show_an_answer_change_with_it_and_so_do_their_names(make_form, open_session, body):
    name = "" if "name != " in body else CALLED
    form = make_form(
        "<who>she</who><pick>x</pick><name/><shown/><row><code>x</code><called/></row>",
        name + "<bind nodeset=\"/data/row/called\" calculate=\"concat('as ', /data/who, ' says')\"/>",
        f'{ASKED}{body}{SHOWN}<repeat nodeset="/data/row"><input ref="/data/row/called"/></repeat>',
        SCALE,
    )
    session = open_session(form)
    read = session.node("/data/pick").choices[0].label, session.node("/data/shown").label
    assert read == ("as she says", "as she says")
    changes = session.answer("/data/who", "he")

    assert {"/data/pick", "/data/shown"} <= changes.changed
    read = session.node("/data/pick").choices[0].label, session.node("/data/shown").label
    assert read == ("as he says", "as he says")
    assert session.node("/data/name").text == ("as he says" if name else "")


def test_a_choice_may_be_called_after_what_is_called_after_it(make_form, open_session):
    body = '<select1 ref="/data/pick"><item><label>more <output value="/data/name"/></label><value>x</value></item>'
    session = open_session(make_form("<pick/><name/>", CALLED, f"{body}</select1>"))
    assert session.node("/data/pick").choices[0].label == "more "
    changes = session.answer("/data/pick", "x")
    assert session.node("/data/pick").choices[0].label.startswith("more more")
    assert changes.changed == {"/data/pick", "/data/name"}
