"""The Qt desktop program: start page, main window, and one sub-package per page.

May import everything below except the libraries that other layers own; only this package knows Qt. Screens read
frozen values from `workspace` and call its functions through `jobs.Jobs`; they hold no rule and no SQL.
Entry points: `app.run`, `pages.Page` for a page, `theme.Theme` for every colour, size, font and icon.
"""

import sys
from typing import Any

import PySide6.QtCore  # noqa: F401 — sets up the module below


def _spare_the_search_for_features() -> None:
    """PySide reads the source of each module that is imported later, to learn whether it uses ``__feature__``.

    The program switches nothing on. The search took a tenth of the time until the window and kept all sources in
    memory. A version of PySide without it is left alone.
    """
    feature: Any = sys.modules.get("shibokensupport.feature")
    if hasattr(feature, "_mod_uses_pyside"):
        feature._mod_uses_pyside = lambda _module: False


_spare_the_search_for_features()
