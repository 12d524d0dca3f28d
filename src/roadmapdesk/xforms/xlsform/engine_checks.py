"""What the form engine itself says about a compiled form: cycles, expressions, limits."""

from collections.abc import Sequence

from roadmapdesk.xforms.xlsform.problems import Problem
from roadmapdesk.xforms.xlsform.tables import FormTables


def check_with_engine(xform: str, tables: FormTables, known: Sequence[Problem]) -> list[Problem]:
    """Problems that loading the compiled form reports and that are not known yet."""
    return []
