"""Choices from files in the two old ways of XLSForm."""

import pytest

from roadmapdesk.xforms.definition import FormDefinition
from roadmapdesk.xforms.definition.external import split_arguments
from roadmapdesk.xforms.session import FormSession

HTML = (
    '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"><h:head><h:title>F</h:title>'
    '<model><instance><data id="f"><kind>fruit</kind><food/></data></instance></model></h:head>'
    '<h:body><input ref="/data/kind"/>{}</h:body></h:html>'
)
CSV = b"name_key,name,type\na,Apple,fruit\nc,Carrot,vegetable\nb,Banana,fruit\n"


@pytest.mark.parametrize(
    ("appearance", "codes"),
    [
        ("minimal search('food')", ["0", "a", "c", "b"]),
        ("search('food', 'matches', 'type', /data/kind)", ["0", "a", "b"]),
        ("search('food', 'contains', 'name', 'an')", ["0", "b"]),
        ("search('food', 'startswith', 'name', 'C', 'type', 'vegetable')", ["0", "c"]),
        ("search('food', 'endswith', 'name', 'e')", ["0", "a"]),
    ],
)
def test_a_search_appearance_offers_rows_of_its_file_after_fixed_choices(appearance, codes):
    body = (
        f'<select1 ref="/data/food" appearance="{appearance}"><item><label>None</label><value>0</value></item>'
        "<item><label>name</label><value>name_key</value></item></select1>"
    )
    form = FormDefinition.from_xml(HTML.format(body), resources={"food.csv": CSV})
    assert [choice.value for choice in FormSession(form).node("/data/food").choices] == codes


def test_a_query_offers_the_rows_of_its_list_and_follows_the_question_it_reads():
    body = """<input ref="/data/food" query="instance('food')/root/item[type=/data/kind]"/>"""
    rows = b"list_name,name,label,type\nfood,a,Apple,fruit\nfood,c,Carrot,vegetable\nother,x,X,fruit\n"
    form = FormDefinition.from_xml(HTML.format(body), resources={"itemsets.csv": rows})
    session = FormSession(form)
    food = session.node("/data/food")
    assert [(choice.value, choice.label) for choice in food.choices] == [("a", "Apple")]
    assert "/data/food" in session.answer("/data/kind", "vegetable").changed
    assert [choice.value for choice in food.choices] == ["c"]


def test_arguments_are_divided_outside_of_quotes_and_brackets():
    assert split_arguments("'a,b', concat(x, 'y'), /d/z[1]") == ["'a,b'", "concat(x, 'y')", "/d/z[1]"]
