"""The reports page on a copy of the sample project, with dialogs that answer at once."""

from collections.abc import Callable
from functools import partial

import pytest

from roadmapdesk.desktop.reports.page import ReportsPage


@pytest.fixture
def make_page(show_page: Callable[..., ReportsPage]) -> Callable[..., ReportsPage]:
    """Builds the page of a project, shows it and waits until it is computed."""
    return partial(show_page, ReportsPage)
