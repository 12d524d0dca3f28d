"""One interview: the live instance, its recalculation, and what screens see of it.

May import `xforms.definition`, `xforms.xpath` and what lies below; entry points: `FormSession`, `NodeView`.
"""

from roadmapdesk.xforms.session.session import FormSession
from roadmapdesk.xforms.session.view import Changes, Choice, Kind, NodeView, Notice, Violation, ViolationKind

__all__ = ["Changes", "Choice", "FormSession", "Kind", "NodeView", "Notice", "Violation", "ViolationKind"]
