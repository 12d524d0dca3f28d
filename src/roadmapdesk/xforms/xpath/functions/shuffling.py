"""Nodes in an order by chance, or by a seed that gives the same order everywhere (ODK XForms, ``randomize``)."""

import hashlib
import math
from collections.abc import Callable, Sequence

from roadmapdesk.xforms.tree import Node
from roadmapdesk.xforms.xpath.code import Code
from roadmapdesk.xforms.xpath.compiler import Compiler
from roadmapdesk.xforms.xpath.context import Context
from roadmapdesk.xforms.xpath.functions.registry import form
from roadmapdesk.xforms.xpath.syntax import Syntax
from roadmapdesk.xforms.xpath.values import number_xforms, string


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
