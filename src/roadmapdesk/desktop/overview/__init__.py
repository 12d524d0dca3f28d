"""The overview: interviews by state, response, coverage of cells, whom to ask next, what is new.

May import `pages`, `widgets`, `words` and `workspace.coverage`. Entry point: `page.OverviewPage`.
"""
