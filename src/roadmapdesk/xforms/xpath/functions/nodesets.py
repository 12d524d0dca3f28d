"""Node-set functions (ODK XForms specification, "Node-set functions"; XPath 1.0, section 4.1)."""

import hashlib
import math
from collections.abc import Callable, Sequence

from roadmapdesk.xforms.tree import Attribute, Document, Element, Node
from roadmapdesk.xforms.xpath.code import Code, as_string
from roadmapdesk.xforms.xpath.compiler import Compiler
from roadmapdesk.xforms.xpath.context import Context
from roadmapdesk.xforms.xpath.errors import NOT_IN_REPEAT, UNKNOWN_INSTANCE, XPathError
from roadmapdesk.xforms.xpath.functions.registry import form
from roadmapdesk.xforms.xpath.functions.strings import texts_of
from roadmapdesk.xforms.xpath.locations import compile_path, descend, plain_names
from roadmapdesk.xforms.xpath.syntax import Path, Syntax
from roadmapdesk.xforms.xpath.values import number_xforms, string, text_of


@form("last", least=0, most=0, plain=True)
def _last(_compiler: Compiler, _arguments: Sequence[Syntax]) -> Code:
    """The size of the node-set that is being filtered (XPath 1.0, section 4.1)."""
    return Code("number", lambda context: float(context.size))


@form("position", least=0, most=1, plain=True)
def _position(compiler: Compiler, arguments: Sequence[Syntax]) -> Code:
    """The place in the filtered node-set, or of a node among its siblings of the same name (ODK, ``position``)."""
    if not arguments:
        return Code("number", lambda context: float(context.position))
    argument = arguments[0]
    if isinstance(argument, Path):
        code = compile_path(compiler, argument, bind_last=True)
        nodes: Callable[[Context], Sequence[Node]] = code.all_nodes or code.run
    else:
        nodes = compiler.nodes(argument, "position")

    def place(context: Context) -> float:
        found = nodes(context)
        if not found:
            return math.nan
        node = found[0]
        if not isinstance(node, Element) or not isinstance(node.parent, Element):
            return 1.0
        return float(node.own_place() or _place(node, node.parent, context))

    return Code("number", place)


def _place(node: Element, parent: Element, context: Context) -> float:
    """The place among the siblings of the same name; among many from a table that holds while they stay.

    An element that stands where no instance of a repeat is yet has the place of the first one.
    """
    siblings = parent.named(node.name)
    if len(siblings) == 1:
        return 1.0
    root = parent.root()
    if not isinstance(root, Document):
        return float(next((index for index, sibling in enumerate(siblings, 1) if sibling is node), 1))
    key = ("place", id(parent), node.name)
    table = root.lookups.get(key)
    if table is None:
        context.budget.spend(len(siblings))
        table = root.lookups[key] = {id(sibling): float(index) for index, sibling in enumerate(siblings, 1)}
    return float(table.get(id(node), 1))


@form("count", least=1, most=1, plain=True)
def _count(compiler: Compiler, arguments: Sequence[Syntax]) -> Code:
    """The number of nodes (XPath 1.0, section 4.1)."""
    nodes = compiler.nodes(arguments[0], "count")
    return Code("number", lambda context: float(len(nodes(context))))


@form("count-non-empty", least=1, most=1)
def _count_non_empty(compiler: Compiler, arguments: Sequence[Syntax]) -> Code:
    """The number of nodes with a text (ODK XForms, ``count-non-empty``)."""
    nodes = compiler.nodes(arguments[0], "count-non-empty")
    return Code("number", lambda context: float(sum(1 for node in nodes(context) if text_of(node, context))))


@form("id", least=1, most=1, plain=True)
def _id(compiler: Compiler, arguments: Sequence[Syntax]) -> Code:
    """The elements with these ids; without a DTD the attributes ``id`` and ``xml:id`` count (XPath 1.0, 4.1)."""
    run = compiler.compile(arguments[0]).run

    def found(context: Context) -> Sequence[Node]:
        wanted = {name for text in texts_of(run(context), context) for name in text.split()}
        hits: list[Node] = []
        stack: list[Node] = [context.node.root()]
        while stack:
            node = stack.pop()
            context.budget.spend(1)
            if isinstance(node, Element) and any(a.name == "id" and a.value in wanted for a in node.attributes):
                hits.append(node)
            stack.extend(reversed(getattr(node, "children", ())))
        return hits

    return Code("nodes", found, all_nodes=found)


@form("local-name", least=0, most=1, plain=True)
def _local_name(compiler: Compiler, arguments: Sequence[Syntax]) -> Code:
    """The name without its prefix (XPath 1.0, section 4.1)."""
    return _of_first(compiler, arguments, "local-name", lambda node: node.name)


@form("name", least=0, most=1, plain=True)
def _name(compiler: Compiler, arguments: Sequence[Syntax]) -> Code:
    """The name with its prefix (XPath 1.0, section 4.1)."""
    return _of_first(compiler, arguments, "name", lambda node: node.qualified_name)


@form("namespace-uri", least=0, most=1, plain=True)
def _namespace_uri(compiler: Compiler, arguments: Sequence[Syntax]) -> Code:
    """The address of the name's namespace (XPath 1.0, section 4.1)."""
    return _of_first(compiler, arguments, "namespace-uri", lambda node: node.namespace)


def _of_first(compiler: Compiler, arguments: Sequence[Syntax], name: str, read: Callable[[Node], str]) -> Code:
    if not arguments:
        return Code("string", lambda context: read(context.node))
    nodes = compiler.nodes(arguments[0], name)

    def run(context: Context) -> str:
        found = nodes(context)
        return read(found[0]) if found else ""

    return Code("string", run)


@form("lang", least=1, most=1, plain=True)
def _lang(compiler: Compiler, arguments: Sequence[Syntax]) -> Code:
    """Whether the node is in this language, as ``xml:lang`` around it says (XPath 1.0, section 4.3)."""
    wanted = as_string(compiler.compile(arguments[0]))

    def run(context: Context) -> bool:
        language = wanted(context).lower()
        node: Node | None = context.node
        while node is not None:
            if isinstance(node, Element):
                for attribute in node.attributes:
                    if attribute.name == "lang" and attribute.prefix == "xml":
                        own = attribute.value.lower()
                        return own == language or own.startswith(language + "-")
            node = node.parent
        return False

    return Code("boolean", run)


@form("instance", least=1, most=1)
def _instance(compiler: Compiler, arguments: Sequence[Syntax]) -> Code:
    """The document of a list or file of the form (ODK XForms, ``instance``)."""
    name = as_string(compiler.compile(arguments[0]))

    def run(context: Context) -> Sequence[Node]:
        wanted = name(context)
        document = context.host.instance(wanted)
        if document is None:
            raise XPathError(UNKNOWN_INSTANCE, function="instance", instance=wanted)
        return (document,)

    return Code("nodes", run, all_nodes=run)


@form("current", least=0, most=0)
def _current(_compiler: Compiler, _arguments: Sequence[Syntax]) -> Code:
    """The node that the whole expression stands on (ODK XForms, ``current``)."""

    def run(context: Context) -> Sequence[Node]:
        return (context.current,)

    return Code("nodes", run, all_nodes=run, first=lambda context: context.current)


@form("randomize", least=1, most=2)
def _randomize(compiler: Compiler, arguments: Sequence[Syntax]) -> Code:
    """The nodes in a random order, the same one for the same seed (ODK XForms, ``randomize``)."""
    nodes = compiler.nodes(arguments[0], "randomize")
    seed = compiler.compile(arguments[1]) if len(arguments) > 1 else None

    def run(context: Context) -> Sequence[Node]:
        found = list(nodes(context))
        context.budget.spend(len(found))
        if seed is None:
            draw = context.host.random
        else:
            draw = _park_miller(_seed(seed, context))
        shuffled: list[Node] = []
        for place, node in enumerate(found):
            other = int(draw() * (place + 1))
            shuffled.append(node)
            if other != place:
                shuffled[place] = shuffled[other]
                shuffled[other] = node
        return shuffled

    return Code("nodes", run, all_nodes=run)


def _seed(code: Code, context: Context) -> int:
    """A number's integer part; of any other text the first eight bytes of its SHA-256, as the ODK engines do.

    An empty text, such as a question that is still open, counts as 0. Those engines pass the eight bytes through a
    floating-point number, which loses the last bits.
    """
    value = code.run(context)
    number = number_xforms(value, context)
    if math.isfinite(number):
        return int(number)
    text = "" if isinstance(value, float) else string(value, context)
    if not text:
        return 0
    return int(float(int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big", signed=True)))


def _park_miller(seed: int) -> Callable[[], float]:
    """The generator x → 16807 x mod (2³¹ - 1), as numbers from 0 to below 1 (Park and Miller, 1988)."""
    modulus = 2_147_483_647
    state = int(math.fmod(seed, modulus)) if abs(seed) < 2**53 else abs(seed) % modulus * (1 if seed > 0 else -1)
    if state <= 0:
        state += modulus - 1

    def draw() -> float:
        nonlocal state
        state = state * 16_807 % modulus
        return (state - 1) / (modulus - 1)

    return draw


@form("indexed-repeat", least=3, most=7)
def _indexed_repeat(compiler: Compiler, arguments: Sequence[Syntax]) -> Code:
    """The node in the chosen instance of one to three nested repeats, in any order (ODK, ``indexed-repeat``)."""
    if len(arguments) % 2 == 0:
        raise compiler.argument_error("indexed-repeat", "3, 5, 7", len(arguments))
    target = compiler.unbound_nodes(arguments[0], "indexed-repeat")
    levels = [
        (compiler.unbound_nodes(arguments[index], "indexed-repeat"), compiler.number(arguments[index + 1]))
        for index in range(1, len(arguments), 2)
    ]

    tail = _names_inside(arguments)

    def run(context: Context) -> Sequence[Node]:
        groups = [(group(context), place) for group, place in levels]
        if not all(found for found, _place_of in groups):
            return ()
        nodes = target(context) if tail is None else ()
        if nodes and not all(_has_ancestor(nodes[0], found[0].name) for found, _place_of in groups):
            raise XPathError(NOT_IN_REPEAT)
        chosen = _chosen(groups, context)
        if chosen is None:
            return ()
        if tail is not None:
            inside = [node for node in descend((chosen,), tail) if not node.hidden]
            if inside:
                return inside
            nodes = target(context)
        context.budget.spend(len(nodes))
        return [node for node in nodes if _is_inside(node, chosen)] or _same_place(nodes, chosen)

    return Code("nodes", run, all_nodes=run)


def _names_inside(arguments: Sequence[Syntax]) -> tuple[str, ...] | None:
    """The steps from the innermost repeat to the target; None where the paths do not say that it stands in each."""
    target, *repeats = (plain_names(path) for path in (arguments[0], *arguments[1::2]))
    if target is None:
        return None
    depth = 0
    for names in repeats:
        if names is None or names != target[: len(names)]:
            return None
        depth = max(depth, len(names))
    return target[depth:] or None


def _chosen(groups: Sequence[tuple[Sequence[Node], Callable[[Context], float]]], context: Context) -> Node | None:
    """The instance that the numbers choose, from the outermost repeat in; None where there is none."""
    chosen: Node | None = None
    for found, place in sorted(groups, key=lambda level: _depth(level[0][0])):
        instances = found if chosen is None else [node for node in found if _is_inside(node, chosen)]
        context.budget.spend(len(instances) + 1)
        wanted = place(context)
        if not 1 <= wanted < len(instances) + 1:
            return None
        chosen = instances[int(wanted) - 1]
    return chosen


def _depth(node: Node) -> int:
    depth = 0
    parent = node.parent
    while parent is not None:
        depth += 1
        parent = parent.parent
    return depth


def _has_ancestor(node: Node, name: str) -> bool:
    parent = node.parent
    while parent is not None and parent.name != name:
        parent = parent.parent
    return parent is not None


def _is_inside(node: Node, outer: Node) -> bool:
    step: Node | None = node
    while step is not None:
        if step is outer:
            return True
        step = step.parent
    return False


def _same_place(nodes: Sequence[Node], chosen: Node) -> Sequence[Node]:
    """The nodes that stand in `chosen` where the given ones stand in another instance of the same repeat."""
    if not nodes or not isinstance(chosen, Element):
        return ()
    names: list[str] = []
    node: Node | None = nodes[0]
    while node is not None and not (node.name == chosen.name and node.parent is chosen.parent):
        if isinstance(node, Attribute):
            return ()
        names.append(node.name)
        node = node.parent
    if node is None:
        return ()
    found: Sequence[Element] = (chosen,)
    for name in reversed(names):
        found = [child for parent in found for child in parent.named(name)]
    return found
