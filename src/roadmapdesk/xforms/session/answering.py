"""Takes answers: fits them to their type, stores them, and brings the session up to date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmapdesk.xforms.codecs import TypedValue, write
from roadmapdesk.xforms.pausing import collector_paused
from roadmapdesk.xforms.session.choices import MULTIPLE, SELECTS
from roadmapdesk.xforms.session.elements import LiveElement, LiveNode
from roadmapdesk.xforms.session.states import inherits_readonly
from roadmapdesk.xforms.session.view import Changes, Violation

if TYPE_CHECKING:
    from collections.abc import Mapping

    from roadmapdesk.xforms.definition.nodes import Control
    from roadmapdesk.xforms.session.core import Core


_NOT_TRIGGERED = (None, False, "", "false", ())


def check_range(parameters: Mapping[str, str], text: str) -> None:
    """Refuses a number outside a scale.

    Raises:
        ValueError: it is lower or higher than the ends.
    """
    try:
        ends = sorted((float(parameters["start"]), float(parameters["end"])))
    except (KeyError, ValueError):
        return
    if text and not ends[0] <= float(text) <= ends[1]:
        raise ValueError(text)


class Answering:
    """Takes the answers of one session."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._live = core.live

    def answer(self, node: LiveNode, value: TypedValue, *, by_program: bool = False) -> Changes:
        """See `FormSession.answer`."""
        try:
            text = self._text(node, value, by_program=by_program)
        except ValueError:
            return Changes(refused=self._core.validation.type_violation(node))
        if text == node.stored:
            return Changes()
        self._store(node, text)
        if not self._core.recalculation.begin_step():
            return self._live.take_changes()  # nothing depends on the answer
        with collector_paused():
            self._core.events.settle()
            if node.stored != text:  # its calculation gives another value, while the screen shows what was typed
                self._live.touched[node] = None
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

    def _text(self, node: LiveNode, value: TypedValue, *, by_program: bool = False) -> str:
        """The stored text of a value.

        Raises:
            ValueError: it is none of the field's type, or the field takes no answers.
        """
        if not node.model.is_leaf:
            msg = "not a field"
            raise ValueError(msg)
        control = node.model.controls[0] if node.model.controls else None
        if control is None:
            return write(node.model.type, value, self._live.host.zone())
        if not by_program and (node.own_readonly or inherits_readonly(node)):
            msg = "a read-only field"
            raise ValueError(msg)
        tag = control.tag
        if tag == "trigger":
            return "" if value in _NOT_TRIGGERED else "OK"
        text = write(node.model.type, value, self._live.host.zone())
        if tag == "range":
            check_range(control.data.get("parameters", {}), text)
        elif tag in SELECTS and text and isinstance(node, LiveElement):
            if tag != "rank" and not by_program:
                text = self._listed(control, text)
            if tag in MULTIPLE:
                text = self._ordered(control, node, text)
        return text

    def _listed(self, control: Control, text: str) -> str:
        """The codes of an answer that a fixed list holds; a filtered list is asked after the step, and again later.

        Raises:
            ValueError: the list holds none of them.
        """
        known = self._core.choices.fixed_places(control)
        if not known:
            return text
        codes = text.split() if control.tag in MULTIPLE else [text]
        listed = " ".join(code for code in codes if code in known)
        if not listed:
            msg = "codes that the list does not hold"
            raise ValueError(msg)
        return listed

    def _ordered(self, control: Control, node: LiveElement, text: str) -> str:
        """Several codes in the order of the choices; a rank keeps its own; codes not offered now stand at the end."""
        codes = list(dict.fromkeys(text.split()))
        if control.tag == "rank":
            if codes and set(codes) != set(self._core.choices.values(control, node)):
                msg = "a rank that leaves choices out"
                raise ValueError(msg)
            return " ".join(codes)
        if len(codes) < 2:
            return " ".join(codes)
        place = self._core.choices.fixed_places(control)
        if not place:
            place = {code: index for index, code in enumerate(self._core.choices.values(control, node))}
        codes.sort(key=lambda code: place.get(code, len(place)))
        return " ".join(codes)

    def _store(self, node: LiveNode, text: str) -> None:
        node.aside = None
        self._core.recalculation.set_text(node, text)
        self._core.recalculation.circles.typed(node)
        for control in node.model.controls:
            if control.tag in SELECTS and isinstance(node, LiveElement):
                self._core.requeue_choices(control, node)
