"""Leaving an interview whose answers are still being written."""

import threading

import pytest

FORM = """
|survey|
||type|name|label|
||text|word|A word|
||text|more|More|
"""


@pytest.fixture
def hold(look):
    """Holds the thread of the database from the call until the returned event is set."""
    gate = threading.Event()

    def hold_() -> threading.Event:
        look.jobs.run(lambda _control: gate.wait(30))
        return gate

    yield hold_
    gate.set()


def test_what_is_typed_while_leaving_waits_for_the_file_is_in_it_before_the_page_is_left(
    open_page, press, look, project, hold
):
    page = open_page(FORM)
    look.jobs.finish()
    gate, left = hold(), []
    press("first")
    page.can_leave(lambda: left.append(dict(project.drafts.load(page.item_id).answers)))
    assert not left
    page.go_to("/data/more")
    press("second")
    gate.set()
    look.jobs.finish()

    assert [(answers["/data/word"], answers["/data/more"]) for answers in left] == [("first", "second")]


def test_what_follows_the_last_write_waits_for_writes_that_were_added_before_it_runs(open_page, look, hold):
    queue, told = open_page(FORM).conductor.queue, []
    gate = hold()
    queue.add_work(lambda _project: told.append("first"))
    queue.when_empty(lambda: queue.add_work(lambda _project: told.append("second")))
    queue.when_empty(lambda: told.append("left"))
    gate.set()
    look.jobs.finish()

    assert told == ["first", "second", "left"]
