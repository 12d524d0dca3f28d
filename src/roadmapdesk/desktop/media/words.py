"""What is said about files and recordings: sizes, times, why something cannot be shown or recorded."""

from roadmapdesk.i18n import current_language
from roadmapdesk.i18n import gettext as _
from roadmapdesk.workspace.attachments import FileState
from roadmapdesk.workspace.recordings import LockKind

_KB = 1_000


def size_words(size: int) -> str:
    """A size as people read it: ``312 kB``, ``4,2 MB``."""
    if size < _KB:
        return _("{n} bytes").format(n=size)
    if size < _KB * _KB:
        return f"{round(size / _KB)} kB"
    number = f"{size / (_KB * _KB):.1f}"
    return f"{number.replace('.', ',') if current_language().code == 'de' else number} MB"


def clock_words(seconds: float) -> str:
    """A time on the clock of a recorder: ``0:07``, ``12:34``, ``1:02:03``."""
    whole = int(seconds)
    hours, minutes = divmod(whole // 60, 60)
    return f"{hours}:{minutes:02d}:{whole % 60:02d}" if hours else f"{minutes}:{whole % 60:02d}"


def state_sentence(state: FileState) -> str:
    """Why a file cannot be shown, what is safe and what to do; empty for a sound one."""
    return {
        FileState.SOUND: "",
        FileState.MISSING: _(
            "The project holds no file of this name. The answer is untouched. "
            "Attach the file again, or restore a backup."
        ),
        FileState.DAMAGED: _(
            "This file was changed or damaged on the disk and is not shown. The answer is untouched. "
            "Attach the file again, or restore a backup."
        ),
        FileState.DELETED: _("This file was deleted for good; only its name is kept."),
    }[state]


def lock_sentence(kind: LockKind, question: str) -> str:
    """Why nothing may be recorded now.

    Args:
        kind: the reason.
        question: short name of the question that asks for consent.
    """
    if kind is LockKind.CLOSED:
        return _("This interview is closed: nothing can be recorded.")
    if kind is LockKind.REFUSED:
        return _("No consent to take part: nothing can be recorded.")
    return _("Recording needs a yes to {question}.").format(question=question)
