"""The Qt desktop program: start page, main window, and one sub-package per page.

May import everything below except the libraries that other layers own; only this package knows Qt. Screens read
frozen values from `workspace` and call its functions through `jobs.Jobs`; they hold no rule and no SQL.
Entry points: `app.run`, `pages.Page` for a page, `theme.Theme` for every colour, size, font and icon.
"""
