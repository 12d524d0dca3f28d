"""XForm XML → `FormDefinition`: fields, body, texts, lists, actions and the dependency graph, all immutable.

May import `xforms.xpath`, `xforms.tree` and what lies below; entry point: `FormDefinition.from_xml`.
"""

from roadmapdesk.xforms.definition.form import FormDefinition

__all__ = ["FormDefinition"]
