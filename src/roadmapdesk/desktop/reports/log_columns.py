"""What went out before, as a table."""

from roadmapdesk.desktop.reports.words import kind_word, level_word
from roadmapdesk.desktop.widgets.table_model import Column
from roadmapdesk.desktop.wording import LANGUAGE_NAMES, when
from roadmapdesk.i18n import gettext as _
from roadmapdesk.storage.values import Export


def log_columns() -> tuple[Column[Export], ...]:
    """What for whom, the file's name, and when."""
    return (
        Column(lambda: _("Report"), _what, second_line=lambda row: row.target),
        Column(lambda: _("When"), lambda row: when(row.at), sort=lambda row: row.at, width=126),
    )


def log_sentence(row: Export) -> str:
    """One line of the log in one sentence."""
    return f"{when(row.at)}: {_what(row)}, {row.target}"


def _what(row: Export) -> str:
    language = LANGUAGE_NAMES.get(row.language, row.language)
    return f"{kind_word(row.kind)} · {level_word(row.level)} · {language}"
