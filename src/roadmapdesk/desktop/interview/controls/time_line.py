"""A time of day."""

from datetime import datetime, time

from typing_extensions import override

from roadmapdesk.desktop.interview.controls.dates import read_time, show_time
from roadmapdesk.desktop.interview.controls.integer import IntegerLine
from roadmapdesk.desktop.interview.controls.numbers import Typed
from roadmapdesk.i18n import current_language


def zone_offset(moment: datetime) -> str:
    """The local offset at a moment as stored: ``+01:00``."""
    offset = moment.astimezone().strftime("%z")
    return f"{offset[:3]}:{offset[3:5]}"


class TimeLine(IntegerLine):
    """A time, typed as 14:30 or 1430; stored with the zone of this computer."""

    @override
    def read(self, typed: str) -> Typed:
        answer = read_time(typed, current_language())
        if not answer.stored:
            return answer
        now = datetime.combine(datetime.now().astimezone().date(), time.fromisoformat(answer.stored))
        stored = f"{answer.stored}.000{zone_offset(now)}"
        same = self._view is not None and self.view.text[:8] == answer.stored
        return Typed(stored=self.view.text if same else stored)

    @override
    def show_stored(self, stored: str) -> str:
        return show_time(stored, current_language())
