"""Builds small forms for the tests of the session."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone

import pytest

from roadmapdesk.xforms.definition import FormDefinition
from roadmapdesk.xforms.session import FormSession, NodeView

HEAD = (
    '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" '
    'xmlns:jr="http://openrosa.org/javarosa" xmlns:odk="http://www.opendatakit.org/xforms" '
    'xmlns:orx="http://openrosa.org/xforms"><h:head><h:title>Test</h:title><model>'
)


@pytest.fixture
def make_form() -> Callable[..., FormDefinition]:
    """A form from its instance, binds and body; further model parts such as itext go into `extra`."""

    def make(instance: str, binds: str = "", body: str = "", extra: str = "", **options: object) -> FormDefinition:
        xml = (
            f'{HEAD}<instance><data id="test">{instance}<orx:meta><orx:instanceID>uuid:1</orx:instanceID></orx:meta>'
            f"</data></instance>{extra}{binds}</model></h:head><h:body>{body}</h:body></h:html>"
        )
        return FormDefinition.from_xml(xml, **options)

    return make


@pytest.fixture
def clock() -> Callable[[], datetime]:
    """A clock that stands at noon of a day in May."""
    now = datetime(2024, 5, 6, 12, 0, tzinfo=timezone(timedelta(hours=2)))
    return lambda: now


@pytest.fixture
def open_session(clock) -> Callable[..., FormSession]:
    """A session whose clock stands still."""
    return lambda form, **options: FormSession(form, clock=clock, **options)


@pytest.fixture
def snapshot() -> Callable[[FormSession], dict[str, tuple]]:
    """Ref → everything that a screen can see of the node."""

    def nodes(view: NodeView) -> Iterator[NodeView]:
        yield view
        seen = {view.ref}
        for child in (*view.fields, *view.children):
            if child.ref not in seen:
                seen.add(child.ref)
                yield from nodes(child)

    def take(session: FormSession) -> dict[str, tuple]:
        return {
            view.ref: (
                view.kind, view.text, view.value, view.is_relevant, view.is_required, view.is_readonly, view.label,
                view.hint, view.guidance, view.choices, view.violation, view.position, view.can_add, view.can_remove,
                tuple(child.ref for child in view.children), tuple(child.ref for child in view.fields),
            )
            for view in nodes(session.root)
        }  # fmt: skip

    return take
