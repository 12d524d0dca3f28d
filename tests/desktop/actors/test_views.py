"""Saved views of the register: kept by name, shown again, replaced and removed."""

import pytest
from PySide6.QtWidgets import QCheckBox, QLineEdit

from roadmapdesk.desktop.actors.filters import ActorFilters
from roadmapdesk.desktop.actors.views import ActorViews
from roadmapdesk.desktop.pages import Desk


@pytest.fixture
def filters(desk: Desk, qtbot) -> ActorFilters:
    found = ActorFilters(theme=desk.theme)
    qtbot.addWidget(found)
    found.retranslate()
    return found


def test_a_saved_view_chooses_its_filters_again(desk: Desk, filters: ActorFilters, qtbot) -> None:
    views = ActorViews(filters, desk=desk)
    qtbot.addWidget(views)
    filters.show_state({"search": "Muster", "stage": "s3", "unasked": "yes"})
    views.save("S3 offen")
    filters.clear()
    assert filters.state == {}

    again = ActorViews(filters, desk=desk)
    qtbot.addWidget(again)
    again.fill()
    next(action for action in again.menu().actions() if action.text() == "S3 offen").trigger()
    assert filters.findChild(QLineEdit).text() == "Muster"
    assert [box.isChecked() for box in filters.findChildren(QCheckBox)] == [True, False]
    assert filters.state == {"search": "Muster", "stage": "s3", "unasked": "yes"}


def test_a_view_is_replaced_by_its_name_and_removed(desk: Desk, filters: ActorFilters, qtbot) -> None:
    views = ActorViews(filters, desk=desk)
    qtbot.addWidget(views)
    filters.show_state({"type": "company"})
    views.save("Meine")
    filters.show_state({"founders": "yes"})
    views.save("Meine")
    assert views.saved == {"Meine": {"founders": "yes"}}
    views.remove("Meine")
    assert views.saved == {}


def test_a_damaged_note_holds_no_views(desk: Desk, filters: ActorFilters, qtbot) -> None:
    desk.settings.set_note("actor_views", "{broken")
    views = ActorViews(filters, desk=desk)
    qtbot.addWidget(views)
    assert views.saved == {}


def test_a_stage_that_is_gone_shows_all_stages(filters: ActorFilters) -> None:
    filters.show_state({"stage": "s99"})
    assert filters.state == {}
