"""Node-set functions (ODK XForms specification, "Node-set functions"; XPath 1.0, section 4.1)."""

import math
from collections.abc import Callable, Sequence

from roadmapdesk.xforms.tree import Document, Element, Node
from roadmapdesk.xforms.xpath.code import Code, as_string
from roadmapdesk.xforms.xpath.compiler import Compiler
from roadmapdesk.xforms.xpath.context import Context
from roadmapdesk.xforms.xpath.errors import UNKNOWN_INSTANCE, XPathError
from roadmapdesk.xforms.xpath.functions.registry import form
from roadmapdesk.xforms.xpath.functions.strings import texts_of
from roadmapdesk.xforms.xpath.locations import compile_path
from roadmapdesk.xforms.xpath.syntax import Path, Syntax
from roadmapdesk.xforms.xpath.values import text_of


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
