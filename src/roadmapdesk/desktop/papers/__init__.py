"""Printing from the window: a menu of papers, the job behind it, what was written, details for privacy papers.

May import `pages`, `widgets`, `prompts` and `workspace.papers`. Entry point: `desk.PaperDesk`, used by the pages of
interviews and actors.
"""
