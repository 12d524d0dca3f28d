"""Why a backup was made, in words; one list for every place that shows backups."""

from roadmapdesk.i18n import N_
from roadmapdesk.i18n import gettext as _

_REASONS = {
    "manual": N_("on request"),
    "timer": N_("by the clock"),
    "import": N_("before an import"),
    "merge": N_("before a merge"),
    "move": N_("before a move to another questionnaire"),
    "migration": N_("before a conversion"),
    "erasure": N_("before an erasure"),
    "passphrase": N_("before a change of passphrase"),
    "close": N_("at closing"),
}


def reason_word(reason: str) -> str:
    """The words for a reason; the reason itself for one of a newer version."""
    return _(_REASONS[reason]) if reason in _REASONS else reason
