"""Predicates: positions, tests, and equality with an index (XPath 1.0, section 2.4).

``item[list_name = /data/q]`` on a list that never changes is answered from a table of the list's texts, so a
filter over 10,000 choices costs as much as its hits.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from roadmapdesk.xforms.rows import RowElement
from roadmapdesk.xforms.tree import Document, Element
from roadmapdesk.xforms.xpath import values
from roadmapdesk.xforms.xpath.syntax import OWN_NODE_CALLS, Call, Chain, Literal, Negate, Number, Path, Syntax

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from roadmapdesk.xforms.tree import Node
    from roadmapdesk.xforms.xpath.code import Code
    from roadmapdesk.xforms.xpath.context import Context

    Table = dict[str, list[tuple[int, Node]]]

_INDEX_FROM = 12
_POSITIONAL = frozenset({"position", "last"})


@dataclass(slots=True)
class Predicate:
    """One compiled predicate.

    Attributes:
        place: the fixed position it asks for, None for all others.
        test: the truth for a candidate that the context stands on; None where `place` is given.
        keys: (name of a child element, the texts to look for, as a value that does not depend on the candidate) of
            what an index may answer.
        is_exact: the keys are all that is asked, no test is needed on their hits.
    """

    place: float | None
    test: Callable[[Context], bool] | None
    keys: tuple[tuple[str, Code], ...] = ()
    is_exact: bool = False


def apply_predicates(nodes: Sequence[Node], predicates: Sequence[Predicate], context: Context) -> Sequence[Node]:
    """The nodes (in axis order) that pass all predicates, one after the other."""
    for predicate in predicates:
        if not nodes:
            return nodes
        place = predicate.place
        if place is not None:
            index = int(place) - 1 if place == place // 1 else -1
            nodes = (nodes[index],) if 0 <= index < len(nodes) else ()
            continue
        hits = _indexed(nodes, predicate.keys, context) if predicate.keys and len(nodes) >= _INDEX_FROM else None
        if hits is not None and predicate.is_exact:
            nodes = hits
        else:
            assert predicate.test is not None
            nodes = _tested(nodes if hits is None else hits, predicate.test, context)
    return nodes


def _tested(nodes: Sequence[Node], test: Callable[[Context], bool], context: Context) -> list[Node]:
    context.budget.spend(len(nodes))
    inner = context.inner()
    inner.size = len(nodes)
    kept: list[Node] = []
    for position, node in enumerate(nodes, 1):
        inner.node = node
        inner.position = position
        if test(inner):
            kept.append(node)
    return kept


def _indexed(nodes: Sequence[Node], keys: Sequence[tuple[str, Code]], context: Context) -> Sequence[Node] | None:
    """The candidates whose child texts are wanted, None where no index can answer: the first key from a table."""
    parent = nodes[0].parent
    if not isinstance(parent, Element) or nodes is not parent.named(nodes[0].name):
        return None
    root = parent.root()
    if not isinstance(root, Document) or not root.is_static:
        return None
    (key, first), *others = keys
    texts = _wanted_texts(first, context)
    if texts is None:
        return None
    name = (id(parent), nodes[0].name, key)
    table = root.lookups.get(name)
    if table is None:
        context.budget.spend(len(nodes))
        table = root.lookups[name] = _table(cast("Sequence[Element]", nodes), key)
    hits: Sequence[Node] = _hits(table, texts, context)
    for key, wanted in others:
        if not hits:
            break
        texts = _wanted_texts(wanted, context) or ()
        context.budget.spend(len(hits))
        hits = [node for node in hits if any(text in texts for text in _texts(cast("Element", node), key))]
    return hits


def _hits(table: Table, texts: Sequence[str], context: Context) -> Sequence[Node]:
    """The rows that hold one of these texts, in their order."""
    if len(texts) == 1:
        found = table.get(texts[0], ())
        context.budget.spend(len(found) + 1)
        return [node for _place, node in found]
    places = {place: node for text in texts for place, node in table.get(text, ())}
    context.budget.spend(len(places) + len(texts))
    return [places[place] for place in sorted(places)]


def _wanted_texts(wanted: Code, context: Context) -> Sequence[str] | None:
    """The texts of a value; None for numbers and truths."""
    value = wanted.run(context)
    if isinstance(value, str):
        return (value,)
    if not values.is_nodes(value):
        return None
    return [values.text_of(node, context) for node in (wanted.all_nodes or wanted.run)(context)]


def _texts(node: Element, key: str) -> Collection[str]:
    """The different texts of the child elements with this name."""
    if isinstance(node, RowElement):
        cell = node.cell_text(key)
        return () if cell is None else (cell,)
    return {child.string_value() for child in node.children if child.name == key and child.kind == "element"}


def _table(nodes: Sequence[Element], key: str) -> Table:
    table: Table = {}
    for place, node in enumerate(nodes):
        for text in _texts(node, key):
            entry = table.get(text)
            if entry is None:
                table[text] = [(place, node)]
            else:
                entry.append((place, node))
    return table


def index_keys(predicate: Syntax) -> tuple[list[tuple[str, Syntax]], bool]:
    """(child name, other side) of what an index can serve of a predicate, and whether nothing else is asked."""
    if not isinstance(predicate, Chain):
        return [], False
    if predicate.rest[0][0] != "and":
        found = _index_key(predicate)
        return ([], False) if found is None else ([found], True)
    if _needs_position(predicate):
        return [], False
    conjuncts = [_index_key(each) for each in (predicate.first, *(operand for _operator, operand in predicate.rest))]
    keys = [each for each in conjuncts if each is not None]
    return keys, len(keys) == len(conjuncts)


def _index_key(syntax: Syntax) -> tuple[str, Syntax] | None:
    """The child name and the other side of an equality."""
    if not isinstance(syntax, Chain) or syntax.rest[0][0] != "=" or len(syntax.rest) != 1:
        return None
    left, right = syntax.first, syntax.rest[0][1]
    for own, other in ((left, right), (right, left)):
        name = _child_name(own)
        if name and not depends_on_node(other):
            return name, other
    return None


def _needs_position(syntax: Syntax) -> bool:
    if isinstance(syntax, Call):
        return syntax.name in _POSITIONAL or any(_needs_position(argument) for argument in syntax.arguments)
    if isinstance(syntax, Chain):
        return _needs_position(syntax.first) or any(_needs_position(operand) for _operator, operand in syntax.rest)
    return isinstance(syntax, Negate) and _needs_position(syntax.operand)


def _child_name(syntax: Syntax) -> str:
    if not isinstance(syntax, Path) or syntax.start is not None or len(syntax.steps) != 1:
        return ""
    step = syntax.steps[0]
    plain = step.axis == "child" and not step.predicates and step.test.kind == "name" and not step.test.prefix
    return step.test.name if plain and step.test.name != "*" else ""


def depends_on_node(syntax: Syntax) -> bool:
    """Whether a value can differ between the candidates of a predicate."""
    if isinstance(syntax, (Number, Literal)):
        return False
    if isinstance(syntax, Negate):
        return depends_on_node(syntax.operand)
    if isinstance(syntax, Chain):
        return depends_on_node(syntax.first) or any(depends_on_node(operand) for _operator, operand in syntax.rest)
    if isinstance(syntax, Call):
        if syntax.name in _POSITIONAL or (syntax.name in OWN_NODE_CALLS and not syntax.arguments):
            return True
        return syntax.name in ("random", "uuid", "once") or any(depends_on_node(item) for item in syntax.arguments)
    if syntax.is_absolute:
        return False
    return syntax.start is None or depends_on_node(syntax.start)
