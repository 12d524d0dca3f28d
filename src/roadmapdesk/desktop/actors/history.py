"""What was done to an entry of the register, in words."""

from roadmapdesk.i18n import N_
from roadmapdesk.i18n import gettext as _
from roadmapdesk.workspace.actors import HistoryLine, HistoryStep

_FIELDS = {
    "names": N_("name"),
    "type": N_("kind of organisation"),
    "place": N_("place"),
    "place_source": N_("source of the place"),
    "is_founder": N_("founding member"),
    "role": N_("description"),
    "role_de": N_("description"),
    "stages": N_("role per stage"),
    "facts": N_("known facts"),
    "note": N_("remark"),
    "note_de": N_("remark"),
    "is_interviewed": N_("whether it is interviewed"),
    "source": N_("origin of the entry"),
}


def step_text(line: HistoryLine) -> str:
    """One line of history in words: added, removed, or which of its parts changed."""
    if line.step is HistoryStep.ADDED:
        return _("Added to the register")
    if line.step is HistoryStep.REMOVED:
        return _("Removed from the register")
    named = dict.fromkeys(_(_FIELDS[field]) for field in line.fields if field in _FIELDS)
    if not named:
        return _("Saved without a change")
    return _("Changed: {fields}").format(fields=", ".join(named))
