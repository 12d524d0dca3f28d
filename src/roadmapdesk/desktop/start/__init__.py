"""The start page: an interrupted interview first, then recent projects with their state in words.

May import `pages`, `widgets`, `settings` and `workspace`. Entry point: `page.StartPage`.
"""
