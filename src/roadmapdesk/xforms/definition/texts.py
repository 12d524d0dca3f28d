"""Labels, hints, messages and itext of an XForm as plain data."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree

    from roadmapdesk.xforms.definition.data import TextData

_STATIC_ITEXT = re.compile(r"""^\s*jr:itext\(\s*(?:'([^']*)'|"([^"]*)")\s*\)\s*$""")
_ITEXT = re.compile(r"^\s*jr:itext\((.*)\)\s*$", re.DOTALL)
_BLANKS = re.compile(r"\s+")


def local_name(node: etree._Element) -> str:
    """The local name of an element, empty for comments and instructions."""
    tag = node.tag
    if not isinstance(tag, str):
        return ""
    return tag.rpartition("}")[2]


def elements(parent: etree._Element, *names: str) -> list[etree._Element]:
    """The child elements, or those with one of these local names."""
    found = []
    for child in parent:
        tag = child.tag
        if tag.__class__ is str and (not names or tag[tag.rfind("}") + 1 :] in names):
            found.append(child)
    return found


def first(parent: etree._Element, name: str) -> etree._Element | None:
    """The first child element with this local name."""
    for child in parent:
        tag = child.tag
        if tag.__class__ is str and tag[tag.rfind("}") + 1 :] == name:
            return child
    return None


def attribute(node: etree._Element, name: str) -> str | None:
    """The attribute with this local name in any namespace; the plain one first."""
    plain = node.get(name)
    if plain is not None:
        return plain
    ending = "}" + name
    for key, value in node.items():
        if str(key).endswith(ending):
            return str(value)
    return None


def reference_text(reference: str) -> TextData:
    """The text that a ``ref`` attribute names: an itext or a node."""
    static = _STATIC_ITEXT.match(reference)
    if static:
        return {"id": static.group(1) or static.group(2) or ""}
    computed = _ITEXT.match(reference)
    if computed:
        return {"itext": computed.group(1).strip()}
    return {"ref": reference.strip()}


def message_text(text: str) -> TextData:
    """A ``jr:constraintMsg``: an itext reference or the words themselves."""
    if _ITEXT.match(text):
        return reference_text(text)
    return text


def element_text(node: etree._Element | None) -> TextData | None:
    """The text of a ``label``, ``hint`` or ``value`` element; None where the element is missing."""
    if node is None:
        return None
    reference = node.get("ref")
    if reference:
        return reference_text(reference)
    return mixed_text(node)


def mixed_text(node: etree._Element) -> TextData:
    """Character data with outputs in between; inner mark-up such as ``<span>`` is kept as text."""
    if not len(node):
        return (node.text or "").strip()
    parts: list[str | list[str]] = []
    _collect(node, parts)
    merged: list[str | list[str]] = []
    for part in parts:
        if isinstance(part, str) and merged and isinstance(merged[-1], str):
            merged[-1] += part
        else:
            merged.append(part)
    if not merged:
        return ""
    if isinstance(merged[0], str):
        merged[0] = merged[0].lstrip()
    if isinstance(merged[-1], str):
        merged[-1] = merged[-1].rstrip()
    merged = [part for part in merged if part != ""]
    if not merged:
        return ""
    if len(merged) == 1 and isinstance(merged[0], str):
        return merged[0]
    return merged


def _collect(node: etree._Element, parts: list[str | list[str]]) -> None:
    if node.text:
        parts.append(node.text)
    for child in node:
        name = local_name(child)
        if name == "output":
            expression = child.get("value") or child.get("ref") or ""
            parts.append([expression.strip()])
        elif name:
            _collect(child, parts)
        if child.tail:
            parts.append(child.tail)


def parse_itext(itext: etree._Element | None) -> tuple[str, dict[str, dict[str, dict[str, TextData]]]]:
    """The default language and language → text id → form (empty for the plain one) → text."""
    languages: dict[str, dict[str, dict[str, TextData]]] = {}
    default = ""
    if itext is None:
        return default, languages
    for translation in elements(itext, "translation"):
        language = translation.get("lang") or ""
        if not default or (translation.get("default") is not None and not _false(translation.get("default"))):
            default = language
        texts = languages.setdefault(language, {})
        for text in elements(translation, "text"):
            forms: dict[str, TextData] = {}
            for value in elements(text, "value"):
                forms.setdefault(value.get("form") or "", mixed_text(value))
            texts[text.get("id") or ""] = forms
    first_default = [t.get("lang") or "" for t in elements(itext, "translation") if t.get("default") is not None]
    if first_default:
        default = first_default[0]
    return default, languages


def _false(text: str | None) -> bool:
    return text is not None and _BLANKS.sub("", text).lower() in {"false()", "false"}


class TextForms:
    """The texts of a form by language, with the fall-backs of the specification.

    Args:
        itext: language → text id → form → text.
        default: the default language.

    Attributes:
        has_outputs: some text shows a value of the interview.
        changing: identities of the texts that show one, in whatever language.
    """

    def __init__(self, itext: dict[str, dict[str, dict[str, TextData]]], default: str) -> None:
        self._itext = itext
        self._default = default
        self.changing = frozenset(
            identity
            for texts in itext.values()
            for identity, forms in texts.items()
            if any(isinstance(text, list) for text in forms.values())
        )
        self.has_outputs = bool(self.changing)

    def find(self, identity: str, language: str, form: str = "") -> TextData | None:
        """A text in a language, else in the default language; None where neither has this form."""
        for name in (language, self._default):
            forms = self._itext.get(name, {}).get(identity)
            if forms is not None and form in forms:
                return forms[form]
            if forms is not None and name == language and forms:
                return None
        return None

    def known(self, identity: str) -> bool:
        """Whether any language has this text."""
        return any(identity in texts for texts in self._itext.values())

    def forms(self, identity: str, language: str) -> dict[str, TextData]:
        """All forms of a text in a language, else in the default language."""
        return self._itext.get(language, {}).get(identity) or self._itext.get(self._default, {}).get(identity) or {}

    def everywhere(self, identity: str) -> list[TextData]:
        """The text in all languages and forms."""
        return [text for texts in self._itext.values() for text in texts.get(identity, {}).values()]
