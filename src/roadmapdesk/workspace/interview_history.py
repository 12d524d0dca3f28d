"""What was answered in one interview while it is open, so that it can be taken back and brought back."""

from dataclasses import dataclass

from roadmapdesk.storage.values import Change


@dataclass(slots=True)
class Done:
    """One entry of the history.

    Attributes:
        ref: the question that was answered.
        changes: everything that changed, with old and new texts.
        is_typing: further typing in the same question joins this entry.
    """

    ref: str
    changes: tuple[Change, ...]
    is_typing: bool = False


class History:
    """The steps behind, and those ahead once some were taken back."""

    def __init__(self) -> None:
        self._behind: list[Done] = []
        self._ahead: list[Done] = []

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self._behind)

    @property
    def can_redo(self) -> bool:
        """Whether there is a step to bring back."""
        return bool(self._ahead)

    def add(self, ref: str, changes: tuple[Change, ...], *, is_typing: bool) -> None:
        """Notes a step; what was taken back before can no longer be brought back."""
        self._ahead.clear()
        last = self._behind[-1] if self._behind else None
        if is_typing and last is not None and last.is_typing and last.ref == ref:
            last.changes = join_changes(last.changes, changes)
        else:
            self._behind.append(Done(ref, changes, is_typing))

    def end_typing(self) -> None:
        """Lets what is typed from now on be a step of its own."""
        if self._behind:
            self._behind[-1].is_typing = False

    def undo(self) -> Done | None:
        """The step that takes the last one back; None where there is none."""
        return _turn(self._behind, self._ahead)

    def redo(self) -> Done | None:
        """The step that brings back what was taken back last; None where there is none."""
        return _turn(self._ahead, self._behind)

    def clear(self) -> None:
        """Forgets everything."""
        self._behind.clear()
        self._ahead.clear()


def join_changes(first: tuple[Change, ...], second: tuple[Change, ...]) -> tuple[Change, ...]:
    """Two sets of changes as one, each ref from its oldest to its newest text."""
    joined = {change.ref: change for change in first}
    for change in second:
        known = joined.get(change.ref)
        joined[change.ref] = change if known is None else Change(change.ref, known.old, change.new)
    return tuple(change for change in joined.values() if change.old != change.new)


def _turn(source: list[Done], target: list[Done]) -> Done | None:
    if not source:
        return None
    done = source.pop()
    back = Done(done.ref, tuple(Change(change.ref, change.new, change.old) for change in done.changes))
    target.append(back)
    return back
