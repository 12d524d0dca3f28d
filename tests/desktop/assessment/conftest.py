"""The assessment page on a copy of the sample project, with dialogs that answer at once."""

from collections.abc import Callable
from functools import partial

import pytest

from roadmapdesk.desktop.assessment.page import AssessmentPage


@pytest.fixture
def make_page(show_page: Callable[..., AssessmentPage]) -> Callable[..., AssessmentPage]:
    """Builds the page of a project, shows it and waits until it is computed."""
    return partial(show_page, AssessmentPage)
