"""The page of actors: table with filters, detail pane, editor with undo, the shipped catalogue.

May import `pages`, `widgets`, `words` and `workspace.actors`. Entry point: `page.ActorsPage`.
"""
