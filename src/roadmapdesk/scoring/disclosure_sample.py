"""Counts and names below the internal level: sample, exclusions, network (5.12, f and i)."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

from roadmapdesk.scoring.disclosed import (
    DisclosedEdge,
    DisclosedExclusion,
    DisclosedGroups,
    DisclosedNetwork,
    DisclosedSample,
    NetworkNode,
)
from roadmapdesk.scoring.inputs import frozen
from roadmapdesk.scoring.scorecard import NetworkEdge, Scorecard
from roadmapdesk.scoring.study_values import Sample

MERGED_TYPE = "other"
"""Type under which organisations of small types appear."""


def is_small(count: int, total: int, small: int) -> bool:
    """Whether a count or its complement is too small to be told. Worked number: 8 of 9 is, with 2; 6 of 9 is not."""
    return 0 < count <= small or 0 < total - count <= small


def disclose_sample(scorecard: Scorecard, small: int, min_group: int) -> DisclosedSample:
    """The sample with small groups merged; ``small`` 0 shows everything.

    The number of ratings by role is internal: beside the raters of all other stages it would tell the hidden number
    of a small stage. Worked number: 53 ratings in all, 51 in the stages shown, so 2 in the hidden one.
    """
    sample = scorecard.sample
    smallest = min_group if small else 1
    refused = sample.n_invited - sample.n_organisations
    return DisclosedSample(
        n_interviews=None if 0 < sample.n_interviews <= small else sample.n_interviews,
        n_organisations=None if 0 < sample.n_organisations <= small else sample.n_organisations,
        n_invited=None if small and 0 < refused <= small else sample.n_invited,
        by_type=_with_invited(merge_small(sample.by_type, smallest), sample, small),
        by_place=merge_small(sample.by_place, smallest),
        by_role=DisclosedGroups(frozen({}), 0, 0) if small else merge_small(sample.by_role, smallest),
        n_unapproved=sample.n_unapproved,
    )


def merge_small(counts: Mapping[str, int], smallest: int) -> DisclosedGroups:
    """Groups below `smallest` merged; when the rest is too small itself, the smallest listed groups join it.

    Worked number: 5, 3, 1 with smallest 3 lists 5 and merges 3 + 1.
    """
    kept = {key: count for key, count in counts.items() if count >= smallest}
    merged = [key for key in counts if key not in kept]
    while merged and sum(counts[key] for key in merged) < smallest and kept:
        joining = min(kept, key=lambda key: (kept[key], key))
        merged.append(joining)
        del kept[joining]
    total = sum(counts[key] for key in merged)
    return DisclosedGroups(frozen(kept), total if total >= smallest else 0, len(merged))


def _with_invited(groups: DisclosedGroups, sample: Sample, small: int) -> DisclosedGroups:
    """The groups with how many were invited, unless 1 or 2 refusals of a group or of the rest could be told from it.

    Worked number: 3 of 8 and 5 of 6 took part, 3 of 5 in the merged types; the 1 refusal hides the 6, and the rest
    holds 1 + 2 refusals, which is enough.
    """
    if not small:
        return replace(groups, invited=sample.invited_by_type)
    total = sample.n_invited - sample.n_organisations
    if 0 < total <= small:
        return groups
    refused = {key: sample.invited_by_type[key] - count for key, count in groups.counts.items()}
    told = {key for key, count in refused.items() if not 0 < count <= small}
    while 0 < total - sum(refused[key] for key in told) <= small:
        told.remove(min((key for key in told if refused[key]), key=lambda key: (refused[key], key)))
    listed = sum(sample.invited_by_type[key] for key in groups.counts)
    is_whole = len(told) == len(groups.counts) and (groups.merged or not groups.n_merged_groups)
    return replace(
        groups,
        invited=frozen({key: sample.invited_by_type[key] for key in groups.counts if key in told}),
        merged_invited=sample.n_invited - listed if is_whole else None,
    )


def disclose_exclusions(scorecard: Scorecard, small: int) -> tuple[DisclosedExclusion, ...]:
    """Interviews left out by reason; small numbers hidden, keys on the internal level only."""
    return tuple(
        DisclosedExclusion(
            entry.reason,
            None if 0 < entry.count <= small else entry.count,
            entry.interviews if not small else (),
        )
        for entry in scorecard.exclusions
    )


@dataclass(frozen=True, slots=True)
class NetworkRules:
    """What one level may tell of the network.

    Attributes:
        is_internal: whether nothing is withheld.
        small: numbers of ties, and of organisations that spoke of them, from 1 to this one are hidden.
        n_value: organisations that must stand behind a mean of the stated intensities.
        min_group: organisations that a type needs to be told apart from the others.
        tells_single_ties: whether the answers on one tie are told where both ends agreed to be named.
    """

    is_internal: bool
    small: int
    n_value: int
    min_group: int
    tells_single_ties: bool


def disclose_network(scorecard: Scorecard, rules: NetworkRules) -> DisclosedNetwork:
    """The network with names by consent only; ties of unnamed organisations are put together by type.

    How many partners an organisation has is internal: beside its named ties it would tell the number of the others.
    """
    network = scorecard.network
    types = merge_small(scorecard.sample.by_type, rules.min_group).counts

    def node(key: str) -> NetworkNode:
        facts = scorecard.organisations.get(key)
        if rules.is_internal:
            return NetworkNode(key, facts.type if facts else MERGED_TYPE)
        if facts is None:
            return NetworkNode(None, MERGED_TYPE)
        shown = facts.type if facts.type in types else MERGED_TYPE
        return NetworkNode(key if facts.may_be_named else None, shown)

    groups: defaultdict[tuple[NetworkNode, NetworkNode], list[NetworkEdge]] = defaultdict(list)
    for edge in network.edges:
        first, second = sorted((node(edge.first), node(edge.second)), key=lambda end: (end.key or "", end.type))
        groups[first, second].append(edge)
    edges = [
        _edge(first, second, ties, rules)
        for (first, second), ties in sorted(
            groups.items(), key=lambda entry: [(n.key or "", n.type) for n in entry[0]]
        )
    ]
    shows_shares = rules.is_internal or scorecard.sample.n_organisations >= rules.min_group
    return DisclosedNetwork(
        edges=tuple(edges),
        density=network.density if shows_shares else None,
        reciprocity=network.reciprocity if shows_shares else None,
        degree=network.degree if rules.is_internal else frozen({}),
    )


def _edge(first: NetworkNode, second: NetworkNode, ties: list[NetworkEdge], rules: NetworkRules) -> DisclosedEdge:
    """One edge; what single ties say is told only with the consent of both ends or over enough organisations."""
    is_named = first.key is not None and second.key is not None
    n_raters = len({rater for tie in ties for rater in tie.raters})
    if rules.is_internal:
        tells_count = tells_answers = tells_intensity = True
    elif is_named:
        tells_count, tells_answers = False, rules.tells_single_ties
        tells_intensity = tells_answers
    else:
        tells_count = len(ties) > rules.small
        tells_answers = tells_count and n_raters > rules.small
        tells_intensity = tells_count and n_raters >= rules.n_value
    stated = [tie.intensity for tie in ties if tie.intensity is not None]
    return DisclosedEdge(
        first=first,
        second=second,
        count=len(ties) if tells_count else None,
        intensity=sum(stated) / len(stated) if stated and tells_intensity else None,
        stages=tuple(sorted({stage for tie in ties for stage in tie.stages})) if tells_answers else (),
        kinds=tuple(sorted({kind for tie in ties for kind in tie.kinds})) if tells_answers else (),
    )
