"""All checks of a form's tables that need no compiler."""

from roadmapdesk.xforms.xlsform.problems import Problem
from roadmapdesk.xforms.xlsform.tables import FormTables


def check_tables(tables: FormTables) -> list[Problem]:
    """Everything wrong with the tables, in the order of the file."""
    return []
