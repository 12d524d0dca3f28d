"""Takes answers: fits them to their type, stores them, and brings the session up to date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmapdesk.xforms.codecs import TypedValue, write
from roadmapdesk.xforms.session.choices import MULTIPLE, SELECTS
from roadmapdesk.xforms.session.elements import LiveElement, LiveNode
from roadmapdesk.xforms.session.view import Changes, Violation

if TYPE_CHECKING:
    from roadmapdesk.xforms.definition.nodes import Control
    from roadmapdesk.xforms.session.core import Core


class Answering:
    """Takes the answers of one session."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._live = core.live

    def answer(self, node: LiveNode, value: TypedValue) -> Changes:
        """See `FormSession.answer`."""
        try:
            text = self._text(node, value)
        except ValueError:
            return Changes(refused=self._core.validation.type_violation(node))
        if text == node.stored:
            return Changes()
        self._store(node, text)
        self._core.events.settle()
        return self._live.take_changes()

    def probe(self, node: LiveNode, value: TypedValue) -> Violation | None:
        """See `FormSession.probe`."""
        try:
            text = self._text(node, value)
        except ValueError:
            return self._core.validation.type_violation(node)
        kept = node.text
        node.text = text
        try:
            return self._core.validation.of(node)
        finally:
            node.text = kept

    def _text(self, node: LiveNode, value: TypedValue) -> str:
        """The stored text of a value.

        Raises:
            ValueError: it is none of the field's type, or the field takes no answers.
        """
        if not node.model.is_leaf:
            msg = "not a field"
            raise ValueError(msg)
        text = write(node.model.type, value, self._live.host.zone())
        control = next((each for each in node.model.controls if each.tag in MULTIPLE), None)
        if control is not None and isinstance(node, LiveElement):
            return self._ordered(control, node, text)
        return text

    def _ordered(self, control: Control, node: LiveElement, text: str) -> str:
        """Several codes in the order of the choices; a rank keeps its own; unknown codes stay at the end."""
        codes = list(dict.fromkeys(text.split()))
        if control.tag == "rank" or len(codes) < 2:
            return " ".join(codes)
        place = {code: index for index, code in enumerate(self._core.choices.values(control, node))}
        codes.sort(key=lambda code: place.get(code, len(place)))
        return " ".join(codes)

    def _store(self, node: LiveNode, text: str) -> None:
        node.aside = None
        self._core.recalculation.set_text(node, text)
        for control in node.model.controls:
            if control.tag in SELECTS and isinstance(node, LiveElement) and self._core.choices.is_filtered(control):
                self._core.requeue_choices(control, node)
