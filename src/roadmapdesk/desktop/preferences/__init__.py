"""Preferences, the list of shortcuts, and About.

May import `pages`, `widgets`, `settings` and `commands`. Entry point: `windows.show_window`.
"""
