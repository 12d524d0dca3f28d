"""Hostile and broken XML is refused with a message; harmless XML becomes a tree."""

import pytest

from roadmapdesk.xforms.safe_xml import XmlError, XmlLimits, parse_xml
from roadmapdesk.xforms.tree import Document, Element
from roadmapdesk.xforms.tree_reading import parse_document

BOMB = (
    '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {b} "{("&" + a + ";") * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]><a>&i;</a>"
)


@pytest.mark.parametrize(
    ("document", "code"),
    [
        ("<!DOCTYPE a><a/>", "xml.doctype"),
        ('<!DOCTYPE a SYSTEM "http://localhost:9/x.dtd"><a/>', "xml.doctype"),
        ('<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/hostname">]><a>&e;</a>', "xml.doctype"),
        ('<!DOCTYPE a [<!ENTITY % p SYSTEM "http://localhost:9/"> %p;]><a/>', "xml.doctype"),
        ("<!-- first --><!DOCTYPE a><a/>", "xml.doctype"),
        ("<?pi x?>\n<!DOCTYPE a><a/>", "xml.doctype"),
        (BOMB, "xml.doctype"),
        ("<a>&undeclared;</a>", "xml.broken"),
        ("<a>", "xml.broken"),
        ("", "xml.broken"),
        ("<a/><b/>", "xml.broken"),
        ("<a>" * 100_000, "xml.too_deep"),
        ("<a>" * 201 + "</a>" * 201, "xml.too_deep"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_hostile_and_broken_documents_are_refused(document, code, encoding):
    with pytest.raises(XmlError) as refused:
        parse_xml(document.encode(encoding))

    assert refused.value.code == code
    assert refused.value.sentence


def test_text_that_only_looks_like_a_doctype_is_harmless():
    root = parse_xml("<a><!-- <!DOCTYPE a> --><![CDATA[<!DOCTYPE a>]]></a>")

    assert "".join(root.itertext(tag=None)).count("<!DOCTYPE a>") >= 1


def test_size_and_number_of_elements_are_limited():
    with pytest.raises(XmlError) as too_large:
        parse_xml("<a>" + "x" * 200 + "</a>", XmlLimits(max_bytes=100))
    with pytest.raises(XmlError) as too_many:
        parse_xml("<a>" + "<b/>" * 50 + "</a>", XmlLimits(max_nodes=20))

    assert too_large.value.code == "xml.too_large"
    assert too_many.value.code == "xml.too_many_nodes"


def test_text_with_a_declared_encoding_is_read_as_text():
    document = parse_document('<?xml version="1.0" encoding="utf-16"?><a>ä</a>')

    assert document.element.string_value() == "ä"


def test_a_tree_keeps_mixed_content_attributes_and_namespaces():
    document = parse_document('<a xmlns="urn:x" xmlns:p="urn:y" p:k="1">one<b>two</b><!-- c -->three<?t d?></a>')
    element = document.element

    assert element.string_value() == "onetwothree"
    assert [node.kind for node in element.nodes()] == ["text", "element", "comment", "text", "processing-instruction"]
    assert element.get("k", namespace="urn:y") == "1"
    assert element.attributes[0].qualified_name == "p:k"
    assert element.namespaces_in_scope() == {"": "urn:x", "p": "urn:y", "xml": "http://www.w3.org/XML/1998/namespace"}


def test_look_ups_follow_changes_of_structure():
    document = Document()
    root = Element("data")
    document.append(root)
    for number in range(20):
        root.append(Element("q", text=str(number)))
    version = document.version

    assert len(root.named("q")) == 20
    last = root.named("q")[-1]
    root.remove(last)
    root.insert(0, Element("q", text="first"))

    assert [node.text for node in root.named("q")][:2] == ["first", "0"]
    assert len(root.named("q")) == 20
    assert last.parent is None
    assert document.version > version
    with pytest.raises(ValueError, match="not a child"):
        root.remove(last)
