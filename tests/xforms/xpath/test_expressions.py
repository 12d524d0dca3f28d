"""What expressions of forms give, function by function, beside the recorded cases."""

import math

import pytest

from roadmapdesk.xforms.tree_reading import parse_document
from roadmapdesk.xforms.xpath import (
    INSTANTS,
    Budget,
    BudgetExceeded,
    Context,
    Host,
    XPathError,
    XPathSyntaxError,
    compile_expression,
)
from roadmapdesk.xforms.xpath.context import EVALUATORS


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("1 div 3 * 3", "1"),
        ("0.1 + 0.2 = 0.3", "false"),
        ("1 div 0", "Infinity"),
        ("-1 div 0", "-Infinity"),
        ("0 div 0", "NaN"),
        ("5 mod -2", "1"),
        ("-5 mod 2", "-1"),
        ("1 - -1", "2"),
        ("2 * 3 + 4 * 5", "26"),
        ("1 div 10000000", "0.0000001"),
        ("1000000 * 1000000", "1000000000000"),
        ("-0", "0"),
        ("number('1e3')", "NaN"),
        ("number('+1')", "NaN"),
        ("number(' 12 ')", "12"),
        ("round(-2.5)", "-2"),
        ("round(2.5)", "3"),
        ("round(1234.567, -2)", "1200"),
        ("round(2.345, 2)", "2.35"),
        ("int(-3.9)", "-3"),
        ("pow(2, 10)", "1024"),
        ("pow(0, -1)", "Infinity"),
        ("pow(1, number(''))", "NaN"),
        ("log(0)", "-Infinity"),
        ("sqrt(-1)", "NaN"),
        ("exp10(400)", "Infinity"),
        ("max(1, 'x')", "1"),
        ("max('', 'x')", "NaN"),
        ("min(3, 2)", "2"),
        ("substr('hello', 1, 3)", "el"),
        ("substr('hello', -3)", "llo"),
        ("substr('hello', -3, -1)", "ll"),
        ("substring('12345', 1.5, 2.6)", "234"),
        ("substring('12345', 0 div 0)", ""),
        ("substring('12345', -1 div 0)", "12345"),
        ("translate('--aaa--', 'abc-', 'ABC')", "AAA"),
        ("join(', ', 'a', 'b')", "a, b"),
        ("join('-', /data/step/size)", "10-20-30"),
        ("concat(/data/step/size)", "102030"),
        ("normalize-space('  a \n b ')", "a b"),
        ("boolean-from-string('1')", "true"),
        ("boolean-from-string('yes')", "false"),
        ("coalesce('', 'b')", "b"),
        ("coalesce(/data/empty, /data/name)", "Ada"),
        ("if(/data/age > 30, 'old', 'young')", "old"),
        ("checklist(1, 2, true(), false(), true())", "true"),
        ("weighted-checklist(3, 5, true(), 2, true(), 2, false(), 9)", "true"),
        ("selected(/data/chosen, 'c')", "true"),
        ("selected(/data/chosen, 'b')", "false"),
        ("selected('ab', 'a')", "false"),
        ("selected-at(/data/chosen, 1)", "c"),
        ("selected-at(/data/chosen, 5)", ""),
        ("count-selected(/data/chosen)", "2"),
        ("count-non-empty(/data/*)", "7"),
        ("digest('a', 'MD5', 'hex')", "0cc175b9c0f1b6a831c399e269772661"),
        ("digest('a', 'SHA-256')", "ypeBEsobvcr6wjGzmiPcTaeG7/gUfE5yuYB3ha/uSLs="),
        ("base64-decode('w6TDtg==')", "äö"),
        ("base64-decode('%%%')", ""),
        ("regex('abc', 'b')", "false"),
        ("regex('abc', '[a-c]+')", "true"),
        (r"regex('abab', '(ab)\1')", "true"),
        ("regex('ab1', '(?=.*\\d)[a-z0-9]{3}')", "true"),
        ("pulldata('f', 'c', 'k', /data/name)", "f/c/k/Ada"),
        ("jr:choice-name('a', ' /data/chosen ')", "/data/chosen:a"),
        ("jr:itext('id')", "text of id"),
        ("uuid(4)", "ffff"),
        ("depend(/data/name, /data/age)", "Ada"),
        ("7mod2", "1"),
    ],
)
def test_values(value, source, text):
    assert value(source) == text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("today()", "2024-02-29"),
        ("now()", "2024-02-29T12:00:30.000+02:00"),
        ("today() + 1", "19783"),
        ("date(today() + 1)", "2024-03-01"),
        ("date('2024-02-29') - date('2024-02-27')", "2"),
        ("date('2024-02-30')", ""),
        ("number(date('nonsense'))", "NaN"),
        ("number('1970-01-02')", "1"),
        ("/data/born < today()", "true"),
        ("/data/born = date('1990-05-17')", "true"),
        ("int((today() - /data/born) div 365.25)", "33"),
        ("date('2024-02-29T23:30:00Z')", "2024-03-01"),
        ("now() > today()", "true"),
        ("now() < today()", "false"),
        ("round((now() - today()) * 24, 2)", "12.01"),
        ("round((now() - '2024-02-28') * 24, 2)", "36.01"),
        ("today() - /data/born", "12341"),
        ("date-time('2024-02-29T08:00:00Z') < '2024-02-29T10:00:01+02:00'", "true"),
        ("date-time(decimal-date-time(today() - 1))", "2024-02-28"),
        ("format-date('2024-03-07', '%d.%m.%Y %y %n %e %b %a')", "07.03.2024 24 3 7 Mar Thu"),
        ("format-date-time('2024-03-07T09:05:04.12+02:00', '%H:%M:%S.%3 %h')", "09:05:04.120 9"),
        ("format-date('', '%Y')", ""),
        ("decimal-time('12:00:00.000+02:00')", "0.5"),
        ("decimal-time('nonsense')", "NaN"),
    ],
)
def test_dates_compare_subtract_and_print_as_dates(value, source, text):
    assert value(source) == text


def test_month_names_follow_the_language_of_the_form(value, host):
    host.language = "de"

    assert value("format-date('2024-03-07', '%a %b')") == "Do Mär"


@pytest.mark.parametrize(
    ("source", "at", "text"),
    [
        ("/data/step/size", "/data/step[2]/size", "20"),
        ("../size * 2", "/data/step[3]/size", "60"),
        ("position(..)", "/data/step[2]/size", "2"),
        ("position(/data/step)", "/data/step[2]/size", "2"),
        ("count(/data/step)", "/data/step[2]/size", "3"),
        ("sum(/data/step/part/cost)", "/data/step[1]/size", "3"),
        ("sum(../../step/size)", "/data/step[1]/size", "60"),
        ("sum(/data/step/size)", "/data/name", "60"),
        ("/data/step/part/cost", "/data/step[1]/part[2]/cost", "2"),
        ("indexed-repeat(/data/step/size, /data/step, 3)", "/data/step[1]/size", "30"),
        ("indexed-repeat(/data/step/part/cost, /data/step, 1, /data/step/part, 2)", "/data/name", "2"),
        ("indexed-repeat(/data/step/part/cost, /data/step/part, 2, /data/step, 1)", "/data/name", "2"),
        ("indexed-repeat(/data/step/size, /data/step, 4)", "/data/name", ""),
        ("indexed-repeat(../size, ../../step, 2)", "/data/step[1]/size", "20"),
        ("/data/step[size = current()/../size]/size", "/data/step[2]/size", "20"),
    ],
)
def test_paths_are_bound_to_their_own_repeat_instance(value, source, at, text):
    assert value(source, at=at) == text


@pytest.mark.parametrize("repeat", ["/data/step", "/data/*[name() = 'step']"])
def test_indexed_repeat_reads_as_empty_what_is_not_relevant_in_the_chosen_instance(form, value, repeat):
    form.element.named("step")[1].child("size").hidden = True

    assert [value(f"indexed-repeat(/data/step/size, {repeat}, {number})") for number in (1, 2, 3)] == ["10", "", "30"]
    assert value(f"count(indexed-repeat(/data/step/size, {repeat}, 2))") == "1"


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("/data/hidden", ""),
        ("/data/hidden = ''", "true"),
        ("/data/hidden + 1", "NaN"),
        ("count(/data/hidden)", "0"),
        ("boolean(/data/hidden)", "false"),
        ("concat('<', /data/hidden, '>')", "<>"),
    ],
)
def test_nodes_that_are_not_relevant_read_as_empty(value, source, text):
    assert value(source) == text


@pytest.mark.parametrize(
    ("filtered", "names"),
    [
        ("group = 'g3'", "n3 n10 n17"),
        ("group = 'g3' and name = 'n10'", "n10"),
        ("name = 'n10' and 'g3' = group", "n10"),
        ("name = 'n10' and group = 'g4'", ""),
        ("group = 'g3' and name = /data/step/size", ""),
        ("group = concat('g', /data/step[1]/part[1]/cost) and name = ../item[9]/name", "n8"),
        ("group = 'g3' and name != 'n10' and string-length(name) = 3", "n17 n24 n31"),
        ("group = 'g3' and position() = 11", "n10"),
        ("name = 3 or name = 'n3'", "n3"),
        ("group = 3 and name = 'n3'", ""),
    ],
)
def test_a_list_filter_gives_the_same_with_and_without_its_index(context, filtered, names):
    indexed = compile_expression(f"instance('list')/root/item[{filtered}]/name").nodes(context)
    plain = compile_expression(f"instance('list')/root/*[{filtered}]/name").nodes(context)
    assert list(indexed) == list(plain)
    assert [node.text for node in indexed[:3]] == names.split()


def test_randomize_with_a_seed_has_the_published_order(context):
    nodes = compile_expression("randomize(/data/step/size, 42)").nodes(context)

    assert sorted(node.text for node in nodes) == ["10", "20", "30"]
    assert [n.text for n in nodes] == [
        n.text for n in compile_expression("randomize(/data/step/size, 42)").nodes(context)
    ]
    state: int = 42
    order: list[str] = []
    for text in ("10", "20", "30"):
        state = state * 16807 % 2147483647
        order.insert(len(order), text)
        other = int((state - 1) / 2147483646 * len(order))
        order[-1], order[other] = order[other], order[-1]
    assert [node.text for node in nodes] == order


@pytest.mark.parametrize("seed", ["''", "number('x')", "0.5"])
def test_a_seed_that_is_empty_or_no_number_counts_as_nought(context, seed):
    orders = [compile_expression(f"randomize(/data/step/size, {each})").nodes(context) for each in (seed, "0")]
    assert [node.text for node in orders[0]] == [node.text for node in orders[1]]


def test_once_keeps_a_value_that_is_there(value):
    assert value("once('new')", at="/data/name") == "Ada"
    assert value("once('new')", at="/data/empty") == "new"


@pytest.mark.parametrize(
    "source", ["1 +", "a b", "(", "foo::a", "'x", "a[", "a|-b", "", "if(", "#", "/data/", "f(,)"]
)
def test_what_cannot_be_read_names_the_place(source):
    with pytest.raises(XPathSyntaxError) as refused:
        compile_expression(source)

    assert refused.value.sentence
    assert 0 <= refused.value.offset <= len(source)


@pytest.mark.parametrize(
    ("source", "code", "function"),
    [
        ("nothing()", "xpath.unknown_function", "nothing"),
        ("if(true(), 1)", "xpath.argument_count", "if"),
        ("sum('text')", "xpath.not_nodes", "sum"),
        ("indexed-repeat(/data/step/size, /data/step, 1, /data/step/part)", "xpath.argument_count", "indexed-repeat"),
    ],
)
def test_calls_that_cannot_work_are_listed_and_fail_when_reached(context, source, code, function):
    expression = compile_expression(source)
    guarded = compile_expression(f"if(false(), {source}, 'fine')")

    assert [(problem.code, problem.function) for problem in expression.problems] == [(code, function)]
    assert guarded.string(context) == "fine"
    with pytest.raises(XPathError) as failed:
        expression.evaluate(context)
    assert failed.value.code == code
    assert failed.value.sentence


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("instance('none')/root", "xpath.unknown_instance"),
        ("format-date(today(), '%Q')", "xpath.bad_argument"),
        ("digest('a', 'CRC')", "xpath.digest_algorithm"),
        ("digest('a', 'MD5', 'octal')", "xpath.digest_encoding"),
        ("regex('a', '(')", "xpath.pattern"),
        (r"regex('aaaaaaaaaaaaaaaaaaaaaaaaaaaa!', '(a+)+\1$')", "xpath.pattern_costly"),
        ("distance('nowhere')", "xpath.not_coordinates"),
        ("uuid(-1)", "xpath.bad_argument"),
    ],
)
def test_wrong_arguments_are_named(context, source, code):
    with pytest.raises(XPathError) as failed:
        compile_expression(source).evaluate(context)

    assert failed.value.code == code
    assert failed.value.sentence


def test_an_expression_stops_when_its_steps_are_spent(form, host):
    context = Context(form.element, host, budget=Budget(20_000))
    expression = compile_expression("count(//*[count(//*[count(//*[count(//*) > 1]) > 1]) > 1])")

    with pytest.raises(BudgetExceeded):
        expression.number(context)
    context.budget.renew()

    assert compile_expression("count(//part)").number(context) == 3


def test_deep_expressions_are_refused_and_moderately_deep_ones_work(context):
    deep = "".join(f"if(/data/age = {i}, {i}, " for i in range(150)) + "0" + ")" * 150

    assert compile_expression(deep).number(context) == 36
    with pytest.raises(XPathSyntaxError) as refused:
        compile_expression("(" * 5_000 + "1" + ")" * 5_000)
    assert refused.value.code == "xpath.too_deep"
    assert compile_expression(" + ".join(["1"] * 5_000)).number(context) == 5_000
    assert compile_expression("-" * 5_001 + "1").number(context) == -1


def test_a_signature_is_checked(context):
    import base64

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    private = Ed25519PrivateKey.generate()
    key = base64.b64encode(private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)).decode()
    signed = base64.b64encode(private.sign(b"content") + b"content").decode()
    forged = base64.b64encode(private.sign(b"content") + b"Content").decode()

    assert compile_expression(f"extract-signed('{signed}', '{key}')").string(context) == "content"
    assert compile_expression(f"extract-signed('{forged}', '{key}')").string(context) == ""


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("geofence('1 1', '0 0;0 2;2 2;2 0;0 0')", "true"),
        ("geofence('3 1', '0 0;0 2;2 2;2 0;0 0')", "false"),
        ("intersects('0 0;2 2;2 0;0 2')", "true"),
        ("intersects('0 0;0 2;2 2;2 0;0 0')", "false"),
        ("intersects('0 0;0 2;0 1')", "true"),
        ("distance('0 0 0 0')", "0"),
        ("area('')", "0"),
    ],
)
def test_positions(value, source, text):
    assert value(source) == text


@pytest.mark.parametrize("source", ["round(-0.4)", "int('-0')", "ceiling(-0.5)", "-0", "round(-0.004, 2)"])
def test_a_negative_zero_keeps_its_sign_and_prints_without(context, source):
    number = compile_expression(source).number(context)

    assert math.copysign(1, number) == -1
    assert compile_expression(source).string(context) == "0"


def test_distances_do_not_depend_on_how_the_points_are_given(context):
    one = compile_expression("distance('50 10;51 11')").number(context)
    several = compile_expression("distance('50 10', '51 11')").number(context)

    assert one == several
    assert math.isclose(one, 131_780, rel_tol=0.01)


FIELD = (
    "'7.9377 -11.5845;7.9324 -11.5902;7.927 -11.5857;7.925 -11.578;7.9267 -11.5722;7.9325 -11.5708;7.9377 -11.5845'"
)


def test_forms_get_the_plane_area_of_the_data_collection_app_and_evaluators_the_rounded_one_on_the_sphere(context):
    plane = compile_expression(f"area({FIELD})").number(context)
    context.host.geo_rules = EVALUATORS
    sphere = compile_expression(f"area({FIELD})").number(context)
    length = compile_expression("distance('50 10;51 11')").number(context)

    assert plane != sphere
    assert math.isclose(plane, sphere, rel_tol=1e-5)
    assert round(plane, 2) != plane
    assert (round(sphere, 2), round(length, 2)) == (sphere, length)


def test_evaluators_have_no_sum_where_a_value_is_no_number(context):
    assert compile_expression("max(1, 'x')").number(context) == 1
    context.host.skips_gaps = False
    assert math.isnan(compile_expression("max(1, 'x')").number(context))


@pytest.mark.parametrize(
    ("expression", "in_forms", "in_evaluators"),
    [
        ("round(-7.5)", "-7", "-8"),
        ("regex('ab12', '[0-9]+')", "false", "true"),
        ("regex('ab12', '[a-z]+[0-9]+|[0-9]')", "true", "true"),
        ("int('25e-1')", "NaN", "2"),
        ("'+4' * 2", "NaN", "8"),
        ("date('tomorrow')", "", "Invalid Date"),
        ("date(true())", "1970-01-02", ""),
    ],
)
def test_evaluators_have_their_own_way_where_both_differ_from_forms(context, expression, in_forms, in_evaluators):
    assert compile_expression(expression).string(context) == in_forms
    context.host.date_rules = INSTANTS
    context.host.follows_evaluators = True
    assert compile_expression(expression).string(context) == in_evaluators


def test_a_node_in_a_checklist_counts_by_its_text():
    node = parse_document(b"<form><none/><zero>0</zero><word>no</word></form>")
    context = Context(node, Host())

    assert compile_expression("checklist(1, 1, /form/*)").boolean(context)
    assert not compile_expression("weighted-checklist(1, 9, /form/none, 5)").boolean(context)
    context.host.follows_evaluators = True
    assert compile_expression("checklist(2, 2, /form/*)").boolean(context)


def test_an_offset_with_impossible_minutes_is_no_time(context):
    assert math.isnan(compile_expression("decimal-time('08:00:00.000+01:75')").number(context))
    assert compile_expression("decimal-time('08:00:00.000+01:15')").number(context) > 0


def test_the_largest_and_the_smallest_of_nothing_are_no_numbers(context):
    assert math.isnan(compile_expression("max()").number(context))
    assert math.isnan(compile_expression("min()").number(context))
