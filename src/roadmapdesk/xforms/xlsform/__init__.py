"""XLSForm files in, XForm XML out: reading tables, checking them, compiling through pyxform in a child process.

May import `errors`, `paths`, `i18n` and the engine. Third-party readers (pyxform, openpyxl, xlrd) are loaded in the
child process and in the workbook writer only. Entry points: `compiler.compile_form`, `compiler.check_form`,
`tables.FormTables`, `workbook.write_workbook`, `problems.Problem`.
"""
