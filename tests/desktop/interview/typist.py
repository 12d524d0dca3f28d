"""Somebody who answers whatever has the focus with keys alone, drawing valid answers from a seeded generator."""

import random
from collections.abc import Iterator

from PySide6.QtCore import Qt

from roadmapdesk.desktop.interview.controls.acknowledge import Acknowledge
from roadmapdesk.desktop.interview.controls.barcode import BarcodeLine
from roadmapdesk.desktop.interview.controls.base import Control
from roadmapdesk.desktop.interview.controls.date_line import DateLine
from roadmapdesk.desktop.interview.controls.date_time import DateTimeLine
from roadmapdesk.desktop.interview.controls.decimal import DecimalLine
from roadmapdesk.desktop.interview.controls.geopoint import GeopointLines
from roadmapdesk.desktop.interview.controls.integer import IntegerLine
from roadmapdesk.desktop.interview.controls.keys import option_keys
from roadmapdesk.desktop.interview.controls.month_line import MonthLine, YearLine
from roadmapdesk.desktop.interview.controls.range_slider import RangeSlider
from roadmapdesk.desktop.interview.controls.rank import RankList
from roadmapdesk.desktop.interview.controls.scale import ScaleRow
from roadmapdesk.desktop.interview.controls.select_many import SelectManyList
from roadmapdesk.desktop.interview.controls.select_minimal import SelectMinimal
from roadmapdesk.desktop.interview.controls.select_one import SelectOneList
from roadmapdesk.desktop.interview.controls.text_area import TextArea
from roadmapdesk.desktop.interview.controls.text_line import TextLine
from roadmapdesk.desktop.interview.controls.time_line import TimeLine
from roadmapdesk.desktop.interview.page import InterviewPage
from roadmapdesk.i18n import current_language
from roadmapdesk.xforms.session.view import NodeView

Press = tuple[Qt.Key | str, Qt.KeyboardModifier]
PLAIN, HELD = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
_NUMBERS = ("3", "20", "1", "0", "2", "12", "100", "15", "1980", "2020", "7", "50", "600000000", "36.6")
_DATES = ("2026-03-12", "2025-06-01", "2020-01-31", "1980-05-17", "2026-12-01")
_TEXTS = ("Kurz", "RP-0007", "I03", "E-0007", "2025", "a@example.org", "ABC", "12345", "Sachsen und Umgebung")


class Typist:
    """Presses keys; the caller sends them.

    Args:
        page: the interview.
        rng: draws the answers.
        most_choices: how many choices of a multiple selection are taken.
        prefers: codes that are chosen where they are offered, so that a form goes on instead of ending early.
    """

    def __init__(
        self,
        page: InterviewPage,
        rng: random.Random,
        *,
        most_choices: int = 3,
        prefers: frozenset[str] = frozenset(),
    ) -> None:
        self._page = page
        self._rng = rng
        self._most = most_choices
        self._prefers = prefers

    def whole_interview(self, most: int = 5_000) -> Iterator[Press]:
        """Every key from the present question to the last one."""
        seen: set[str] = set()
        for _ in range(most):
            ref = self._page.questions.current
            if not ref or ref in seen:
                return
            seen.add(ref)
            yield from self.answer(ref)
            yield Qt.Key.Key_Down, HELD

    def answer(self, ref: str) -> Iterator[Press]:
        """The keys that answer one question; none where only a mouse or a file could."""
        view = self._page.interview.view(ref)
        row = self._page.questions.row(ref)
        if row is None or view.is_readonly:
            return
        control = row.control
        if isinstance(control, SelectManyList):
            for digit in self._digits(view, self._rng.randint(1, self._most)):
                yield str(digit), PLAIN
        elif isinstance(control, ScaleRow | SelectOneList | SelectMinimal):
            for digit in self._digits(view, 1):
                yield str(digit), PLAIN
        elif isinstance(control, Acknowledge):
            yield Qt.Key.Key_Space, PLAIN
        elif isinstance(control, RangeSlider):
            yield Qt.Key.Key_Space, PLAIN
            for _ in range(self._rng.randint(0, 3)):
                yield Qt.Key.Key_Right, PLAIN
        elif isinstance(control, RankList):
            for _ in range(self._rng.randint(1, 3)):
                yield Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier
        elif isinstance(control, GeopointLines | DateTimeLine):
            for text in ("51.05", "13.74") if isinstance(control, GeopointLines) else ("01.06.2025", "10:30"):
                for letter in text:
                    yield letter, PLAIN
                yield Qt.Key.Key_Tab, PLAIN
        else:
            for letter in self._typed(view, control):
                yield letter, PLAIN

    def _digits(self, view: NodeView, count: int) -> list[int]:
        """Digit keys of valid choices; where a role needs a yes, the yes."""
        interview = self._page.interview
        keys = option_keys(view.choices).plain
        consents = [role for role in interview.roles.roles_of(view.name) if role.value.startswith("consent")]
        if consents:
            wanted = interview.roles.values(consents[0])
            return [digit for digit, code in keys.items() if code in wanted][:1]
        digits = list(keys)
        self._rng.shuffle(digits)
        digits.sort(key=lambda digit: keys[digit] not in self._prefers)
        fitting = [digit for digit in digits if not interview.session.probe(view.ref, keys[digit])]
        return sorted(fitting[:count])

    def _typed(self, view: NodeView, control: Control) -> str:
        for kind, text in ((MonthLine, "05.2025"), (YearLine, "2025"), (TimeLine, "10:30")):
            if isinstance(control, kind):
                return text
        if isinstance(control, IntegerLine | DecimalLine):
            text = self._fitting(view, _NUMBERS)
            return (
                text.replace(".", "," if current_language().code == "de" else ".")
                if isinstance(control, DecimalLine)
                else text
            )
        if isinstance(control, DateLine):
            year, month, day = (self._fitting(view, _DATES) or _DATES[0]).split("-")
            return f"{day}.{month}.{year}"
        if isinstance(control, TextLine | TextArea | BarcodeLine):
            return self._fitting(view, _TEXTS)
        return ""

    def _fitting(self, view: NodeView, candidates: tuple[str, ...]) -> str:
        interview = self._page.interview
        order = self._rng.sample(candidates, len(candidates))
        return next((text for text in order if not interview.session.probe(view.ref, text)), "")
