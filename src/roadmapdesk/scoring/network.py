"""The cooperation network as answered: symmetric ties, density, reciprocity and degree (4, 6)."""

from collections import defaultdict
from collections.abc import Mapping

from roadmapdesk.scoring.inputs import Measure, ScoringInput, Tie, frozen
from roadmapdesk.scoring.scales import AnswerState, read_answer
from roadmapdesk.scoring.scorecard import Network, NetworkEdge


def network(inputs: ScoringInput, owner: Mapping[str, str]) -> Network:
    """The network of the counted interviews.

    Ties are symmetrised by maximum, and of several answers on the same partner the highest counts. Density and
    reciprocity look at pairs of interviewed organisations only, since others could not answer. Worked number: three
    interviewed organisations with one tie have density 1/3.

    Args:
        inputs: the answers; partners outside the register are left aside.
        owner: mapping counted interview → organisation.

    Source: docs/scoring.md, 4 (network analysis); sheet ``scoring``, tie_strength.
    """
    known = {organisation.key for organisation in inputs.organisations}
    named: defaultdict[tuple[str, str], list[Tie]] = defaultdict(list)
    for tie in inputs.ties:
        source = owner.get(tie.interview)
        if source is not None and tie.partner in known and tie.partner != source:
            named[source, tie.partner].append(tie)
    pairs = sorted({(min(pair), max(pair)) for pair in named})
    edges = tuple(_edge(inputs, pair, named) for pair in pairs)
    interviewed = set(owner.values())
    inner = [edge for edge in edges if edge.first in interviewed and edge.second in interviewed]
    possible = len(interviewed) * (len(interviewed) - 1) // 2
    degree: defaultdict[str, int] = defaultdict(int)
    for first, second in pairs:
        degree[first] += 1
        degree[second] += 1
    return Network(
        edges=edges,
        density=len(inner) / possible if possible else None,
        reciprocity=sum(edge.is_mutual for edge in inner) / len(inner) if inner else None,
        degree=frozen({key: degree[key] for key in sorted(degree)}),
    )


def _edge(inputs: ScoringInput, pair: tuple[str, str], named: Mapping[tuple[str, str], list[Tie]]) -> NetworkEdge:
    first, second = pair
    there, back = named.get((first, second), []), named.get((second, first), [])
    ties = there + back
    items = inputs.items_of(Measure.TIE_STRENGTH)
    answers = [
        (source, float(tie.value))
        for source, found in ((first, there), (second, back))
        for tie in found
        if items and read_answer(tie.value, items[0])[0] is AnswerState.ANSWERED
    ]
    return NetworkEdge(
        first=first,
        second=second,
        intensity=max((value for _source, value in answers), default=None),
        stages=tuple(sorted({tie.stage for tie in ties if tie.stage})),
        kinds=tuple(sorted({kind for tie in ties for kind in tie.kinds})),
        is_mutual=bool(there and back),
        raters=tuple(sorted({source for source, _value in answers})),
    )
