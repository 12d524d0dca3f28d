"""Which other question decides that a question is locked or not asked at present."""

from collections.abc import Iterator

from roadmapdesk.xforms.definition.form import FormDefinition
from roadmapdesk.xforms.definition.nodes import ModelNode
from roadmapdesk.xforms.definition.target import Kind
from roadmapdesk.xforms.session.session import FormSession

_DEEPEST = 4  # a lock may be calculated from what other calculations say, but nobody nests them deeper


def deciding_question(definition: FormDefinition, session: FormSession, ref: str) -> str:
    """The ref of the answered question that locks or hides `ref` now; empty where the form does not tell.

    A condition may read calculated fields; those are followed to the answers they are made of.
    """
    view = session.node(ref)
    wanted = (Kind.RELEVANT,) if not view.is_relevant else (Kind.READONLY,)
    parts = ref.split("/")
    for length in range(len(parts), 1, -1):
        node = definition.field(_plain("/".join(parts[:length])))
        if node is None:
            continue
        for source in _sources(definition, node, wanted, _DEEPEST):
            found = _beside(ref, source.path)
            try:
                if session.node(found).text:
                    return found
            except KeyError:  # it stands in a repeat that the locked question does not share
                continue
    return ""


def _sources(definition: FormDefinition, node: ModelNode, kinds: tuple[Kind, ...], depth: int) -> Iterator[ModelNode]:
    """The questions that these expressions of a node read, directly or through calculations."""
    if depth == 0:
        return
    for target in definition.graph.targets:
        if target.model is not node or target.kind not in kinds:
            continue
        for read in target.reads:
            if read.node is node or not read.node.is_leaf:
                continue
            if read.node.bind is not None and read.node.bind.get("calculate"):
                yield from _sources(definition, read.node, (Kind.CALCULATE,), depth - 1)
            elif read.node.controls:
                yield read.node


def _plain(ref: str) -> str:
    return "/".join(part.partition("[")[0] for part in ref.split("/"))


def _beside(ref: str, path: str) -> str:
    """A path with the keys of the repeat instances that it shares with `ref`."""
    parts = path.split("/")
    for place, (own, other) in enumerate(zip(ref.split("/"), parts, strict=False)):
        if own.partition("[")[0] != other:
            break
        parts[place] = own
    return "/".join(parts)
