"""A note: nothing to answer. Notes with a calculated value in the label change as answers do."""

from typing_extensions import override

from roadmapdesk.desktop.interview.controls.base import Control


class NoteDisplay(Control):
    """Nothing beside the label."""

    @override
    def _repaint_view(self) -> None:
        self.hide()
