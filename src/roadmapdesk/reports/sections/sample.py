"""The sample: who took part, by type, place and role, and which interviews were left out and why."""

from collections.abc import Callable

from roadmapdesk.domain.levels import Level
from roadmapdesk.figures.bars import BarRow, draw_bars
from roadmapdesk.reports.context import FIGURE_WIDTH, Context, filled_table
from roadmapdesk.reports.document import Block, Cell, FigureBlock, Heading, Paragraph, Section, Table, Tone
from roadmapdesk.reports.wording import EXCLUSION_NAMES, ROLE_NAMES
from roadmapdesk.scoring.disclosed import DisclosedGroups


def section(context: Context) -> Section:
    """Who was interviewed."""
    _ = context.gettext
    sample = context.facts.scorecard.sample
    blocks: list[Block] = [_types_figure(context)]
    if sample.n_invited and not sample.by_type.invited and sample.by_type.merged_invited is None:
        hidden = _("How many were invited of each type is not told: the numbers would point to single refusals.")
        blocks.append(Paragraph(hidden, Tone.NOTE))
    places = _groups(
        context, sample.by_place, lambda place: place or _("place unknown"), _("Place"), _("Organisations")
    )
    roles = _groups(
        context,
        sample.by_role,
        lambda role: context.words.said(ROLE_NAMES[role]),
        _("Role"),
        _("Ratings"),
        order=tuple(ROLE_NAMES),
    )
    blocks += [Heading(2, _("By place")), places] if places is not None else []
    blocks += [Heading(2, _("By view")), Paragraph(_roles_text(context)), *([roles] if roles is not None else [])]
    blocks += _exclusions(context)
    return Section("sample", _("Sample"), tuple(blocks), starts_page=True)


def _types_figure(context: Context) -> FigureBlock:
    _ = context.gettext
    words, sample = context.words, context.facts.scorecard.sample
    total = sample.n_organisations
    entries = _types(context)
    most = max((count for _name, count, _invited in entries), default=1) or 1
    rows = tuple(
        BarRow(name, name, count / most, str(count) if invited is None else f"{count} / {invited}")
        for name, count, invited in entries
    )
    if total is not None and sample.n_invited:
        title = _("{n} of {invited} invited organisations took part").format(n=total, invited=sample.n_invited)
    elif total is not None:
        title = context.ngettext("{n} organisation took part", "{n} organisations took part", total).format(n=total)
    else:
        title = _("Fewer than three organisations took part")
    table = filled_table(
        (_("Type of organisation"), _("Organisations"), _("Invited"), _("Response rate")),
        tuple(
            (
                name,
                str(count),
                "–" if invited is None else str(invited),
                words.percent(count / invited) if invited else "–",
            )
            for name, count, invited in entries
        ),
        frozenset({1, 2, 3}),
    )
    scene = draw_bars(rows, context.look, width=FIGURE_WIDTH)
    shows = _("organisations interviewed by type, with those invited where this level tells them")
    return context.figure("sample", title, scene, table, chart=_("Bar chart"), shows=shows)


def _types(context: Context) -> list[tuple[str, int, int | None]]:
    """Name, organisations interviewed and invited of each type, the largest first, merged ones last."""
    groups = context.facts.scorecard.sample.by_type
    counts = {code: groups.counts.get(code, 0) for code in (*groups.counts, *groups.invited)}
    named = sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))
    entries = [(context.words.type_name(code), count, groups.invited.get(code)) for code, count in named]
    if groups.merged or groups.merged_invited:
        entries.append((context.gettext("further types, merged"), groups.merged, groups.merged_invited))
    return entries


def _groups(
    context: Context,
    groups: DisclosedGroups,
    name: Callable[[str], str],
    kind: str,
    unit: str,
    order: tuple[str, ...] = (),
) -> Table | None:
    """One row per group in this order, without one the largest first."""
    _ = context.gettext
    places = {code: place for place, code in enumerate(order)}
    rows = [
        (Cell(name(code)), Cell(str(count)))
        for code, count in sorted(
            groups.counts.items(), key=lambda entry: (places.get(entry[0], 0), -entry[1], entry[0])
        )
    ]
    if groups.merged:
        merged = context.ngettext("{n} further group, merged", "{n} further groups, merged", groups.n_merged_groups)
        rows.append((Cell(merged.format(n=groups.n_merged_groups)), Cell(str(groups.merged))))
    return Table((kind, unit), tuple(rows), (1, 0), frozenset({1})) if rows else None


def _roles_text(context: Context) -> str:
    return context.gettext(
        "Every organisation rated the stages in which it works (core or supporting role) and further ones that it "
        "can judge from outside. Both views enter with equal weight."
    )


def _exclusions(context: Context) -> list[Block]:
    _ = context.gettext
    exclusions = context.facts.scorecard.exclusions
    unapproved = context.facts.scorecard.sample.n_unapproved
    blocks: list[Block] = []
    if exclusions:
        parts = [
            _("{reason}: {count}").format(
                reason=context.words.said(EXCLUSION_NAMES[entry.reason]),
                count=entry.count if entry.count is not None else _("fewer than three"),
            )
            for entry in exclusions
        ]
        blocks.append(Paragraph(_("Interviews that do not count – {list}.").format(list="; ".join(parts)), Tone.NOTE))
    if unapproved and context.facts.level is not Level.INTERNAL:
        blocks.append(Paragraph(_("Not every counted interview has been approved yet."), Tone.NOTE))
    elif unapproved:
        text = context.ngettext(
            "{n} counted interview has not been approved yet.",
            "{n} counted interviews have not been approved yet.",
            unapproved,
        ).format(n=unapproved)
        blocks.append(Paragraph(text, Tone.NOTE))
    return blocks
