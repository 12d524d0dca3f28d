"""The first two sheets: how to read the workbook, and its headline numbers."""

from collections.abc import Callable, Iterable, Iterator

from roadmapdesk.figures.palette import load_palette
from roadmapdesk.i18n import N_
from roadmapdesk.reports.excel.content.names import Content, SheetName
from roadmapdesk.reports.excel.sheets import Column, Formula, Kind, Look, Plain, Row, Sheet, Styled, Table
from roadmapdesk.reports.wording import INTERVIEW_LANGUAGE, LEVEL_NAMES, LEVEL_NOTICES, ROLE_NAMES, SOURCE_LANGUAGE
from roadmapdesk.scoring.disclosed import DisclosedGroups
from roadmapdesk.scoring.scorecard import CellClass

READ_ME = SheetName("00_Lesehinweis", "00_Read_me")
KEY_FIGURES = SheetName("01_Kennzahlen", "01_Key_figures")

_CLASS_RULES = {
    CellClass.CRITICAL_GAP: N_("importance from {high} and performance below {low} or a gap from {critical}"),
    CellClass.STRENGTH: N_("importance from {high}, performance from {good} and a gap below {strong}"),
    CellClass.DEVELOP: N_("the rest from importance {high}"),
    CellClass.RESERVE: N_("importance below {high}, performance from {good}"),
    CellClass.WATCH: N_("importance below {high}, performance below {good}"),
}


def read_me_sheet(content: Content, others: Iterable[Sheet]) -> Sheet:
    """Purpose, level, versions, legend and the list of the other sheets."""
    _ = content.gettext
    columns = (
        Column("label", _("Item"), Kind.LABEL, _("What the line tells."), 30),
        Column("text", _("Text"), Kind.TEXT, _("The statement."), 100),
    )
    rows = [*_about(content), *_reading(content), *_legend(content), *_contents(content, others)]
    return Sheet(
        READ_ME.text(content.language.code),
        content.facts.project,
        _("How to read this workbook"),
        (Table("read_me", columns, rows, len(rows), has_head=False, is_described=False),),
        is_landscape=False,
        fits_page=True,
    )


def _heading(text: str) -> Row:
    return (Styled(text, Kind.HEADING), None)


def _about(content: Content) -> Iterator[Row]:
    _ = content.gettext
    facts, said = content.facts, content.words.said
    yield _heading(_("About this workbook"))
    if facts.is_sample:
        yield (_("Sample data"), _("Every organisation, rating and statement in this workbook is invented."))
    yield (
        _("Purpose"),
        _("Results of the structured interviews along the value chain, for work on strengths, gaps and measures."),
    )
    yield (_("Level"), said(LEVEL_NAMES[facts.level]))
    yield (_("Confidentiality"), said(LEVEL_NOTICES[facts.level]))
    yield (_("Status"), content.words.status)
    yield (_("Wave"), facts.text(facts.wave.name))
    yield (_("First interview"), Styled(facts.wave.first_day, Kind.DATE))
    yield (_("Last interview"), Styled(facts.wave.last_day, Kind.DATE))
    yield (_("Created"), Styled(facts.created, Kind.MOMENT))
    form = facts.form
    yield (_("Questionnaire"), f"{facts.text(form.title)}, {form.version}")
    yield (_("Hash of the questionnaire"), form.content_hash)
    yield (_("Program"), f"RoadmapDesk {facts.app_version}")
    yield (_("Contact"), facts.contact or _("not stated"))


def _reading(content: Content) -> Iterator[Row]:
    _ = content.gettext
    settings = content.facts.profile.disclosure
    yield _heading(_("Reading aid"))
    yield (
        _("Scores"),
        _("0 to 100. Answers on five steps count 0, 25, 50, 75 and 100; each organisation counts once."),
    )
    yield (
        _("Empty cells"),
        _(
            "An empty cell means: no value, or none that may be told at this level; the column “Note” says which. "
            "Empty never means 0."
        ),
    )
    yield (
        _("Minimum numbers"),
        _(
            "Hand-off: values from {handoff} organisations. Public: values from {public}, rounded to {step} points; "
            "class alone from {group}. Counts of 1 to {small} and their complements are not told."
        ).format(
            handoff=settings.handoff_n_value,
            public=settings.public_n_value,
            step=content.language.number(settings.public_round_to),
            group=settings.public_n_class,
            small=settings.small_count,
        ),
    )
    yield (
        _("Codes"),
        _(
            "Columns with codes are the same in both languages; use them to join sheets. Labels in the other "
            "language stand to the right, outside the printed area."
        ),
    )
    if content.language.code != SOURCE_LANGUAGE:
        yield (_("Language of statements"), content.words.said(INTERVIEW_LANGUAGE))
    yield from _handling(content)


def _handling(content: Content) -> Iterator[Row]:
    """What to know when working on in the file."""
    _ = content.gettext
    yield (
        _("Formulas"),
        _("Columns named “live” and shares are formulas with stored values; all other numbers are plain values."),
    )
    yield (
        _("Saving as CSV"),
        _(
            "Texts that begin with = + − or @ are stored as text here. Saved as CSV they may turn into formulas: "
            "open such a file with data import and set the columns to text."
        ),
    )


def _legend(content: Content) -> Iterator[Row]:
    _ = content.gettext
    number, thresholds = content.language.number, content.facts.profile.thresholds
    palette, code = load_palette(), content.language.code
    yield _heading(_("Classes"))
    for kind, rule in _CLASS_RULES.items():
        yield (
            content.class_label(kind.value)[0],
            content.words.said(rule).format(
                high=number(thresholds.importance_high, 1),
                good=number(thresholds.performance_high, 1),
                low=number(thresholds.performance_low),
                critical=number(thresholds.gap_critical_min),
                strong=number(thresholds.gap_strength_max, 1),
            ),
        )
    yield _heading(_("Grades"))
    for key, grade in palette.grades.items():
        yield (key, grade.meanings[code])


def _contents(content: Content, others: Iterable[Sheet]) -> Iterator[Row]:
    yield _heading(content.gettext("Sheets"))
    for sheet in others:
        yield (sheet.name, f"{sheet.title}. {sheet.explanation}")


def key_figures_sheet(content: Content) -> Sheet:
    """Headline numbers, counts per class, and the sample by type, place and role."""
    _ = content.gettext
    rows = list(_figures(content))
    columns = (
        Column("figure", _("Key figure"), Kind.TEXT, _("What the number tells."), 34),
        Column("value", _("Value"), content.points, _("The number or name."), 52),
        Column("unit", _("Unit"), Kind.TEXT, _("Unit or scale of the value."), 18),
        Column("basis", _("Basis"), Kind.TEXT, _("How it comes about."), 60),
    )
    return Sheet(
        KEY_FIGURES.text(content.language.code),
        _("Key figures"),
        _("The study in numbers. The chain index is always to be read with the weakest link beside it."),
        (Table("key_figures", columns, rows, len(rows), _("Headline numbers")), _classes(content), _sample(content)),
        fits_page=True,
    )


def _figures(content: Content) -> Iterator[Row]:
    _ = content.gettext
    card, whole = content.facts.scorecard, Kind.INTEGER
    sample, chain, scale = card.sample, card.chain, "0–100"

    def line(name: str, value: Plain, kind: Kind, unit: str, basis: str) -> Row:
        hidden = _("suppressed: too few organisations") if value is None and not content.is_internal else basis
        return (name, Styled(value, kind), unit, hidden)

    yield line(
        _("Interviews"), sample.n_interviews, whole, _("interviews"), _("finished, with consent, in this wave")
    )
    yield line(_("Organisations"), sample.n_organisations, whole, _("organisations"), _("each counts once"))
    yield line(_("Invited"), sample.n_invited, whole, _("organisations"), _("organisations of the register"))
    rate = None
    if sample.n_invited and sample.n_organisations is not None:
        rate = sample.n_organisations / sample.n_invited
    yield line(_("Response rate"), rate, Kind.SHARE, "%", _("organisations ÷ invited"))
    mean = _("weighted mean over stages, from cells visible at this level")
    basis = f"{mean}; {content.words.chain_basis(card)}"
    yield line(_("Chain index, performance"), chain.performance, content.points, scale, basis)
    yield line(_("Chain index, importance"), chain.importance, content.points, scale, mean)
    yield line(_("Chain index, outlook 2030"), chain.outlook, content.points, scale, mean)
    link = content.words.cell_name(*chain.weakest_link) if chain.weakest_link else None
    yield line(_("Weakest link"), link, Kind.TEXT, "", _("cell with the lowest performance visible at this level"))
    yield line(_("Weakest link, performance"), chain.weakest_value, content.points, scale, _("of that cell"))
    cells = len(card.cells)
    yield line(_("Cells of the matrix"), cells, whole, _("cells"), _("stages × dimensions"))
    yield line(_("Cells without class"), len(card.suppressed), whole, _("cells"), _("too few organisations"))
    yield line(_("Cells with class only"), len(card.class_only), whole, _("cells"), _("class told, value withheld"))


def _classes(content: Content) -> Table:
    _ = content.gettext
    counts = content.facts.scorecard.class_counts()
    columns = (
        Column("class_name", _("Class"), Kind.TEXT, _("Class with its symbol."), 19, look=Look.CLASS),
        Column(
            "count",
            _("Cells"),
            Kind.INTEGER,
            _("Cells of this class visible at this level."),
            44,
            formula=_("counted on the sheet of cells"),
        ),
        Column("class", _("Class code"), Kind.CODE, _("Key of the class, the same in both languages."), 18),
        Column(f"class_name_{content.other.code}", content.in_other(_("Class")), Kind.TEXT, _("Class."), 60),
    )
    rows: list[Row] = []
    for kind, count in counts.items():
        first, second = content.class_label(kind.value)
        rows.append((first, Formula(f'COUNTIF({{cells.class}},"{kind.value}")', count), kind.value, second))
    return Table("class_counts", columns, rows, len(rows), _("Cells per class"))


def _sample(content: Content) -> Table:
    _ = content.gettext
    sample = content.facts.scorecard.sample
    columns = (
        Column("group", _("Group"), Kind.TEXT, _("Type, place or role; small groups are merged."), 34),
        Column(
            "organisations",
            _("Count"),
            Kind.INTEGER,
            _("Organisations of the group; for roles the number of ratings of stages."),
            44,
        ),
        Column("breakdown", _("Breakdown"), Kind.TEXT, _("What the groups are made by."), 18),
        Column("code", _("Code"), Kind.TEXT, _("Key of the group."), 60),
        Column(
            "invited",
            _("Invited"),
            Kind.INTEGER,
            _("Organisations of the group that the study wants to interview; empty where it may not be told."),
            14,
        ),
    )
    rows = [
        *_groups(content, _("type"), sample.by_type, content.words.type_name),
        *_groups(content, _("place"), sample.by_place, lambda place: place or _("not stated")),
        *_groups(content, _("role"), sample.by_role, lambda code: content.words.said(ROLE_NAMES.get(code, code))),
    ]
    return Table("sample", columns, rows, len(rows), _("Who was interviewed, in groups"))


def _groups(content: Content, breakdown: str, groups: DisclosedGroups, name: Callable[[str], str]) -> list[Row]:
    _ = content.gettext
    rows: list[Row] = [
        (name(code), groups.counts.get(code, 0), breakdown, code, groups.invited.get(code))
        for code in dict.fromkeys((*groups.counts, *groups.invited))
    ]
    if groups.merged:
        merged = content.ngettext("{n} small group together", "{n} small groups together", groups.n_merged_groups)
        name_of_rest = merged.format(n=groups.n_merged_groups)
        rows.append((name_of_rest, groups.merged, breakdown, None, groups.merged_invited))
    return rows
