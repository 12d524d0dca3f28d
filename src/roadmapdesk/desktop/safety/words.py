"""The program's words for backups, versions and strengths."""

from roadmapdesk.i18n import N_, current_language
from roadmapdesk.i18n import gettext as _
from roadmapdesk.workspace.passphrases import Strength

_KINDS = {
    "": N_("Present answers"),
    "create": N_("First state"),
    "edit": N_("Saved state"),
    "finalise": N_("Finalised"),
    "reopen": N_("Before reopening"),
    "review": N_("Reviewed"),
    "restore": N_("Restored"),
    "resolve": N_("Conflict resolved"),
}
_STRENGTHS = {
    Strength.TOO_SHORT: N_("too short"),
    Strength.WEAK: N_("weak; it could be guessed within hours"),
    Strength.FAIR: N_("fair; add one or two words"),
    Strength.GOOD: N_("good"),
    Strength.VERY_GOOD: N_("very good"),
}


def version_word(kind: str) -> str:
    """What a version of an interview is."""
    return _(_KINDS[kind]) if kind in _KINDS else kind


def strength_sentence(strength: Strength) -> str:
    """The strength of a passphrase in words."""
    return _("Strength: {words}").format(words=_(_STRENGTHS[strength]))


def size_text(size: int) -> str:
    """Bytes as people read them: ``860 kB``, ``12.4 MB``."""
    language = current_language()
    if size < 1_000_000:
        return _("{n} kB").format(n=language.number(max(size / 1000, 1)))
    return _("{n} MB").format(n=language.number(size / 1_000_000, 1))
