"""One step of planning on the undo stack; the work itself runs elsewhere and reports back."""

from collections.abc import Callable

from PySide6.QtGui import QUndoCommand
from typing_extensions import override

from roadmapdesk.workspace.planning import PlanChange

Run = Callable[[Callable[[], PlanChange]], None]


class PlanStep(QUndoCommand):
    """A step that can be taken back and brought back as often as wanted.

    Args:
        text: what the step is called.
        first: carries it out for the first time.
        take_back: undoes a change and returns the one that brings it back.
        run: runs work in the background and reports what changed.
    """

    def __init__(
        self,
        text: str,
        first: Callable[[], PlanChange],
        take_back: Callable[[PlanChange], PlanChange],
        run: Run,
    ) -> None:
        super().__init__(text)
        self._first = first
        self._take_back = take_back
        self._run = run
        self._change: PlanChange | None = None

    @override
    def redo(self) -> None:
        self._run(self._forward)

    @override
    def undo(self) -> None:
        self._run(self._back)

    # Both run on the database thread, one after the other, so each knows what the one before has changed.

    def _forward(self) -> PlanChange:
        if self._change is not None:
            return self._back()
        self._change = self._first()
        return self._change

    def _back(self) -> PlanChange:
        assert self._change is not None, "undo before the first redo"
        self._change = self._take_back(self._change)
        return self._change
