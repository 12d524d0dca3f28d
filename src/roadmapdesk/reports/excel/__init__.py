"""The Excel hand-off: descriptions of sheets, their content per level, and the writer that streams them.

May import reports, scoring and figures.palette; openpyxl is loaded inside functions only. Entry points:
`workbook.write_workbook`, `workbook.check_workbook`; `package.write_book` for any other `sheets.Book`.
"""
