"""The counts of pages and of the headings above them."""

import pytest

from roadmapdesk.workspace.interview_pages import InterviewPages, Tally, joined
from roadmapdesk.xforms.definition import FormDefinition
from roadmapdesk.xforms.session import FormSession

HEAD = (
    '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" '
    'xmlns:jr="http://openrosa.org/javarosa"><h:head><h:title>Cards</h:title><model>'
)


@pytest.fixture
def open_cards():
    """A session on a form with so many counted repeats, each of which has two cards, and its pages."""

    def make(repeats: int) -> tuple[FormSession, InterviewPages]:
        instance = "".join(f'<r{place} jr:template=""><a/><b/></r{place}>' for place in range(repeats))
        body = "".join(
            f'<group ref="/data/r{place}"><label>Repeat {place}</label>'
            f'<repeat nodeset="/data/r{place}" jr:count="2"><input ref="/data/r{place}/a"/>'
            f'<input ref="/data/r{place}/b"/></repeat></group>'
            for place in range(repeats)
        )
        model = f'<instance><data id="cards">{instance}</data></instance></model></h:head>'
        session = FormSession(FormDefinition.from_xml(f"{HEAD}{model}<h:body>{body}</h:body></h:html>"))
        return session, InterviewPages(session.root)

    return make


def headings(pages: InterviewPages) -> list[Tally]:
    return [pages.tally(section.key) for section in pages.sections if not section.refs]


def test_a_heading_counts_what_its_cards_count(open_cards):
    session, pages = open_cards(3)

    changes = session.answer("/data/r1[k2]/b", "yes")
    pages.refresh(session.root, changes)

    assert headings(pages) == [Tally(4, 0), Tally(4, 1), Tally(4, 0)]
    assert joined(headings(pages)) == pages.total
