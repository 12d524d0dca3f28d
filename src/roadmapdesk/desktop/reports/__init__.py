"""The reports page: choose, see the pages, export, and find what went out before.

Reads `workspace.exporting` and the documents of `reports`. Entry point: `page.ReportsPage`.
"""
