"""The protocol: with which settings the workbook was made, what is withheld in it, and a checksum of every sheet."""

from collections.abc import Iterable, Iterator, Mapping

from roadmapdesk.reports.excel.content import topics
from roadmapdesk.reports.excel.content.names import Content, SheetName
from roadmapdesk.reports.excel.package import Written
from roadmapdesk.reports.excel.sheets import Column, Kind, Plain, Row, Sheet, Styled, Table
from roadmapdesk.reports.wording import EXCLUSION_NAMES

NAME = SheetName("20_Protokoll", "20_Protocol")


def sheet(content: Content, others: Iterable[Sheet], written: Written) -> Sheet:
    """Settings, withheld values by count, and one checksum per other sheet, read from `written` while streaming."""
    _ = content.gettext
    listed = tuple(others)
    settings = list(_settings(content))
    withheld = list(_withheld(content))
    left_out = list(_left_out(content))
    tables = [
        Table("export_settings", _pair_columns(content), settings, len(settings), _("Settings of this export")),
        Table(
            "withheld", _count_columns(content, _("What is withheld")), withheld, len(withheld), _("Withheld values")
        ),
        Table(
            "left_out",
            _count_columns(content, _("Reason")),
            left_out,
            len(left_out),
            _("Interviews that do not count"),
        ),
        Table("checksums", _sum_columns(content), _sums(listed, written), len(listed), _("Checksums of the sheets")),
    ]
    profile = list(_profile(content))
    tables.append(Table("model_settings", _pair_columns(content), profile, len(profile), _("Settings of the model")))
    return Sheet(
        NAME.text(content.language.code),
        _("Protocol of the export"),
        _("Settings of this export"),
        tuple(table for table in tables if table.count),
        is_landscape=True,
        has_checksum=False,
    )


def _pair_columns(content: Content) -> tuple[Column, ...]:
    _ = content.gettext
    return (
        Column("setting", _("Setting"), Kind.TEXT, _("Name of the setting."), 44),
        Column("value", _("Value"), Kind.TEXT, _("Its value."), 72),
    )


def _count_columns(content: Content, what: str) -> tuple[Column, ...]:
    _ = content.gettext
    return (
        Column("what", what, Kind.TEXT, _("What was counted."), 44),
        Column("count", _("Count"), Kind.INTEGER, _("How many; empty where the number may not be told."), 72),
    )


def _settings(content: Content) -> Iterator[Row]:
    _ = content.gettext
    facts, card = content.facts, content.facts.scorecard
    waves = ", ".join(f"{wave.code}: {facts.text(wave.name)}" for wave in facts.waves)

    def line(name: str, value: Plain, kind: Kind = Kind.TEXT) -> Row:
        return (name, Styled(value, kind))

    yield line(_("Level"), facts.level.value)
    yield line(_("Language"), facts.language.code)
    yield line(_("Reported wave"), facts.wave.code)
    yield line(_("Waves contained"), waves)
    yield line(_("Created"), facts.created, Kind.MOMENT)
    yield line(_("Program"), f"RoadmapDesk {facts.app_version}")
    yield line(_("Version of the method"), card.method_version)
    yield line(_("Scoring profile"), card.profile_name)
    yield line(_("Hash of the profile"), card.profile_hash)
    if content.is_internal:
        yield line(_("Hash of the scored answers"), card.inputs_hash)
    yield line(_("Versions of the questionnaire"), ", ".join(card.form_hashes))
    yield line(
        _("SHA-256"),
        _(
            "Checksum: SHA-256 over all rows with content; cells joined by U+001F, empty ones at the end left out, "
            "each row closed by a line feed; numbers with 15 digits, dates as ISO 8601."
        ),
    )
    yield line(_("Sample data"), _("yes") if facts.is_sample else _("no"))


def _withheld(content: Content) -> Iterator[Row]:
    _ = content.gettext
    facts, card = content.facts, content.facts.scorecard
    yield (_("Cells without class"), len(card.suppressed))
    yield (_("Cells with class only"), len(card.class_only))
    hidden = sum(1 for cell in card.cells.values() if cell.performance is None)
    yield (_("Cells without performance"), hidden)
    yield (_("Answers of multiple choice questions without count"), topics.hidden_rows(content))
    edges = card.network.edges
    yield (_("Ties without count"), sum(1 for edge in edges if edge.count is None and not edge.is_named))
    if facts.change is not None:
        without = sum(1 for entry in facts.change.cells.values() if entry.panel_change is None)
        yield (_("Cells without change of the panel"), without)


def _left_out(content: Content) -> Iterator[Row]:
    for exclusion in content.facts.scorecard.exclusions:
        yield (content.words.said(EXCLUSION_NAMES[exclusion.reason]), exclusion.count)


def _sum_columns(content: Content) -> tuple[Column, ...]:
    _ = content.gettext
    return (
        Column("sheet", _("Sheet"), Kind.TEXT, _("Name of the sheet."), 44),
        Column("checksum", _("SHA-256"), Kind.CODE, _("Checksum over the content of the sheet."), 72),
        Column("rows", _("Rows"), Kind.INTEGER, _("Records in all tables of the sheet."), 9),
        Column("shortened", _("Shortened"), Kind.INTEGER, _("Texts that were too long for a cell."), 11),
    )


def _sums(others: tuple[Sheet, ...], written: Written) -> Iterator[Row]:
    """Read only when the sheets before have been streamed."""
    for other in others:
        yield (
            other.name,
            written.checksums[other.name],
            written.rows[other.name],
            written.shortened[other.name],
        )


def _profile(content: Content) -> Iterator[Row]:
    yield from _flat("", content.facts.profile.to_record())


def _flat(prefix: str, record: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for name, value in record.items():
        if isinstance(value, Mapping):
            yield from _flat(f"{prefix}{name}.", value)
        elif isinstance(value, list | tuple):
            yield prefix + name, ", ".join(str(entry) for entry in value)
        elif value is not None:
            yield prefix + name, f"{value:g}" if isinstance(value, float) else str(value)
