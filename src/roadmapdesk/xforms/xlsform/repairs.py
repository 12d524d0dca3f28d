"""Carries out the repairs that problems offer."""

from collections.abc import Iterable

from roadmapdesk.xforms.xlsform.problems import Problem, Repair
from roadmapdesk.xforms.xlsform.tables import FormTables


def repair_tables(tables: FormTables, problems: Iterable[Problem]) -> tuple[FormTables, tuple[Repair, ...]]:
    """The tables with every offered repair carried out, one per cell, and the repairs that were.

    A cell with several problems gets the first repair; compile again to be offered the next.
    """
    done: list[Repair] = []
    places: set[tuple[str, int, str]] = set()
    for repair in (problem.repair for problem in problems):
        place = (repair.sheet, repair.row, repair.column) if repair else ("", 0, "")
        if repair is None or repair.kind == "file" or place in places:
            continue
        places.add(place)
        if repair.kind == "row":
            tables = tables.without_row(repair.sheet, repair.row)
        else:
            tables = tables.with_cell(repair.sheet, repair.row, repair.column, repair.value)
        done.append(repair)
    return tables, tuple(done)
