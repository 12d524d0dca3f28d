"""Lists that stand in the form: which are kept as rows, and that both ways give the same document."""

import pytest

from roadmapdesk.xforms.definition.data import InstanceData
from roadmapdesk.xforms.definition.lists import element_of, inline_document, write_list
from roadmapdesk.xforms.rows import RowElement
from roadmapdesk.xforms.safe_xml import parse_xml
from roadmapdesk.xforms.tree import Element

TABLE = (
    "<root>\n <item><name>a</name><label>A &amp; B</label></item>"
    "<item><name>b</name><label/><region>r</region></item></root>"
)
OTHERS = {
    "attributes": '<root><item lang="de"><name>a</name></item></root>',
    "levels": "<root><item><name>a</name><place><x>1</x></place></item></root>",
    "no cells": "<root><item>a</item></root>",
    "two kinds of rows": "<root><item><name>a</name></item><other><name>b</name></other></root>",
    "a cell twice": "<root><item><name>a</name><name>b</name></item></root>",
    "another order": (
        "<root><item><name>a</name><label>A</label></item><item><label>B</label><name>b</name></item></root>"
    ),
    "comments": "<root><item><name>a</name><!-- why --></item></root>",
    "a namespace": '<root xmlns:x="urn:x"><item><x:name>a</x:name></item></root>',
    "no rows": "<root/>",
}


def stored(xml: str) -> InstanceData:
    data = InstanceData(id="list")
    write_list(parse_xml(xml), data)
    return data


def plain(element: Element) -> tuple[object, ...]:
    """All that an expression may ask of an element."""
    attributes = [(each.qualified_name, each.value) for each in element.attributes]
    inner = [plain(child) for child in element.elements()]
    assert all(child.parent is element for child in element.children)
    return element.qualified_name, element.namespace, attributes, inner or element.text


@pytest.mark.parametrize("xml", [TABLE, *OTHERS.values()], ids=["a table", *OTHERS])
def test_a_stored_list_gives_the_document_that_the_form_has(xml) -> None:
    assert plain(inline_document(stored(xml)).element) == plain(element_of(parse_xml(xml)))


def test_a_table_is_stored_as_rows_and_anything_else_as_xml() -> None:
    assert set(stored(TABLE)) == {"id", "rows"}
    assert [kind for kind, xml in OTHERS.items() if "rows" in stored(xml)] == []


def test_reading_a_cell_makes_no_elements() -> None:
    row = inline_document(stored(TABLE)).element.children[1]
    assert isinstance(row, RowElement)
    assert (row.cell_text("name"), row.cell_text("label"), row.cell_text("colour")) == ("b", "", None)
    assert list(row.cells()) == [("name", "b"), ("label", ""), ("region", "r")]
    with pytest.raises(AttributeError):
        Element.children.__get__(row)
    assert [child.name for child in row.named("region")] == ["region"]
    assert row.string_value() == "br"
