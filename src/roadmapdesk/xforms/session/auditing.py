"""Feeds the audit log of a session with what happens in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmapdesk.xforms.audit import AUDIT_FILE, AuditEventName
from roadmapdesk.xforms.session.elements import LiveElement, LiveNode, Scope

if TYPE_CHECKING:
    from collections.abc import Sequence

    from roadmapdesk.xforms.audit import AuditLog
    from roadmapdesk.xforms.session.core import Core
    from roadmapdesk.xforms.session.view import Violation


class Auditing:
    """Logs what one session does; does nothing where it has no log."""

    def __init__(self, core: Core, log: AuditLog | None, *, is_new: bool) -> None:
        self._core = core
        self.log = log
        self._seen: LiveNode | None = None
        if log is not None:
            log.begin(is_new=is_new)

    def look_at(self, node: LiveNode) -> None:
        """A person looks at a question; the one before is left."""
        if self.log is None or node is self._seen:
            return
        self.leave()
        self._seen = node
        self.log.add(AuditEventName.QUESTION, numbered(node), value=node.text)

    def leave(self) -> None:
        """A person leaves the question that was looked at."""
        if self.log is not None and self._seen is not None:
            self.log.end(self._seen.text)
        self._seen = None

    def add(self, event: AuditEventName, node: LiveNode | None = None) -> None:
        """Logs an event."""
        if self.log is not None:
            self.leave()
            self.log.add(event, "" if node is None else numbered(node))

    def finish(self, violations: Sequence[Violation]) -> None:
        """The record is finished, or was not because of violations; a finished one names the file of its log."""
        if self.log is None:
            return
        if violations:
            self.add(AuditEventName.CONSTRAINT_ERROR)
            return
        self.add(AuditEventName.FORM_FINALIZE)
        model = self._core.live.form.model.find(self.log.settings.path)
        node = None if model is None else self._core.live.make(model, self._core.live.root)
        if isinstance(node, LiveElement):
            self._core.recalculation.set_text(node, AUDIT_FILE)


def numbered(node: LiveNode) -> str:
    """The path of a node with the positions of the repeat instances around it, as the audit log names it."""
    scope: Scope | None = node.scope
    path = node.model.path
    tail: list[str] = []
    while scope is not None and scope.range is not None:
        stem = scope.range.model.path
        tail.append(f"[{scope.position}]{path[len(stem) :]}")
        path = stem
        scope = scope.parent
    return path + "".join(reversed(tail))
