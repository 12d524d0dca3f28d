"""The live session of one interview, and the cases in which it is built anew."""

from collections.abc import Callable, Mapping
from datetime import datetime

from roadmapdesk.workspace.interview_cases import Material
from roadmapdesk.workspace.interview_history import Done
from roadmapdesk.workspace.interview_stages import StageCards
from roadmapdesk.xforms.session.session import FormSession, SessionOptions
from roadmapdesk.xforms.session.view import Changes, Kind

_FEW = 6
"""Answers to set one by one when a step is taken back; beyond that, building the session anew is quicker."""


class LiveForm:
    """Holds the session that answers go into.

    Args:
        material: the form and the stored answers; a new interview runs the form's first events and is then
            pre-filled.
        clock: what the form takes as now.
        language: the form's language to begin with.

    Attributes:
        session: the present session; another one after it was built anew.
    """

    def __init__(self, material: Material, *, clock: Callable[[], datetime], language: str | None) -> None:
        self._material = material
        self._clock = clock
        self.session = self._begin(material.answers, language)

    def _begin(self, answers: Mapping[str, str], language: str | None) -> FormSession:
        is_old = any(ref.endswith("/instanceID") for ref in answers)
        if is_old:
            return FormSession.restore(self._material.definition, answers, **self._options(language))
        session = FormSession(self._material.definition, **self._options(language))
        for ref, text in answers.items():
            session.answer(ref, text)
        return session

    def _options(self, language: str | None) -> SessionOptions:
        material = self._material
        return {
            "resources": material.lists, "device": material.device, "last_saved": material.last_saved,
            "language": language, "clock": self._clock,
        }  # fmt: skip

    def _restore(self, answers: Mapping[str, str]) -> None:
        options = self._options(self.session.language or None)
        self.session = FormSession.restore(self._material.definition, answers, **options)

    def reach(self, wanted: dict[str, str], step: Done) -> tuple[Changes, bool]:
        """Brings the session to the wanted answers: by a few answers where that is enough, else by building it anew.

        Returns:
            What changed, and whether the session was built anew.
        """
        refs = [step.ref, *(change.ref for change in step.changes if change.ref != step.ref)]
        touched: set[str] = set()
        if len(refs) <= _FEW and all(self._is_question(each) for each in refs):
            for each in refs:
                if self.session.node(each).text == wanted.get(each, ""):
                    continue
                changes = self.session.answer(each, wanted.get(each, ""))
                if changes.refused is not None or changes.added or changes.removed:
                    break
                touched |= changes.changed
            else:
                if self.session.answers() == wanted:
                    return Changes(changed=frozenset(touched)), False
        self._restore(wanted)
        return Changes(), True

    def take_back(self, ref: str, wanted: Mapping[str, str], stages: StageCards) -> bool:
        """Brings the session back to the wanted answers, which differ from the present ones by an answer to `ref`.

        The old answer does not always bring back what stood beside it: cards do not come back with an empty count.

        Returns:
            Whether the session was built anew.
        """
        self.session.answer(ref, wanted.get(ref, ""))
        self.align(stages)
        if self.session.answers() == wanted:
            return False
        self._restore(wanted)
        return True

    def start_over(self, wanted: Mapping[str, str]) -> None:
        """Builds the session anew with these answers, after a step broke off."""
        self._restore(wanted)

    def _is_question(self, ref: str) -> bool:
        """Whether a ref is there and is no repeat or card, whose stored text no answer can set."""
        try:
            return self.session.node(ref).kind not in {Kind.REPEAT, Kind.INSTANCE}
        except KeyError:
            return False

    def align(self, stages: StageCards) -> bool:
        """Puts the stage instances into the order of the selection; whether anything had to move."""
        answers = self.session.answers()
        order = stages.order(answers)
        if order is None:
            return False
        if set(order) <= set(stages.present(answers)):
            self.session.reorder_repeat(stages.repeat, order)
        else:
            self._restore(stages.reordered(answers, order))
        return True
