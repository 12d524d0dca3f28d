"""What went out before, as a table."""

from roadmapdesk.desktop.reports.words import kind_word, level_word, target_word
from roadmapdesk.desktop.widgets.table_model import Column
from roadmapdesk.desktop.wording import LANGUAGE_NAMES, when
from roadmapdesk.i18n import gettext as _
from roadmapdesk.storage.values import Export
from roadmapdesk.workspace.releasing import RELEASE_KINDS


def log_columns() -> tuple[Column[Export], ...]:
    """What for whom, the file's name, and when."""
    return (
        Column(lambda: _("Report"), _what, second_line=_which),
        Column(lambda: _("When"), lambda row: when(row.at), sort=lambda row: row.at, width=126),
    )


def log_sentence(row: Export) -> str:
    """One line of the log in one sentence."""
    return f"{when(row.at)}: {_what(row)}, {_which(row)}"


def _what(row: Export) -> str:
    parts = (kind_word(row.kind, row.level), level_word(row.level), LANGUAGE_NAMES.get(row.language, row.language))
    return " · ".join(part for part in parts if part)


def _which(row: Export) -> str:
    """The file; for a decision on a release the wave and who decided."""
    if row.kind not in RELEASE_KINDS:
        return target_word(row.target)
    return _("{wave}, by {who}").format(wave=row.details.get("wave", ""), who=row.details.get("by", row.author))
