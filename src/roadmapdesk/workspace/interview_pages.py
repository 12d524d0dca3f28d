"""How far each page of an interview is filled: read from node views, nothing computed."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import chain

from roadmapdesk.workspace.interview_cards import cards_around, cards_of
from roadmapdesk.workspace.interview_sections import Section, is_asked, sections_of, walk
from roadmapdesk.xforms.session.view import Changes, Kind, NodeView, ViolationKind

_SAYING = (Kind.QUESTION, Kind.TRIGGER, Kind.NOTE)


@dataclass(frozen=True, slots=True)
class Tally:
    """How far a page is filled.

    Attributes:
        asked: relevant questions that take an answer.
        answered: those of them that hold one.
        problems: refs with a problem worth showing now, in order.
        open_required: refs that still need an answer, in order.
    """

    asked: int = 0
    answered: int = 0
    problems: tuple[str, ...] = ()
    open_required: tuple[str, ...] = ()

    @property
    def is_complete(self) -> bool:
        """Whether nothing is wrong and nothing required is open, and something was answered."""
        return self.answered > 0 and not self.problems and not self.open_required


def joined(tallies: Iterable[Tally]) -> Tally:
    """Several counts as one, in their order."""
    known = tuple(tallies)
    return Tally(
        sum(tally.asked for tally in known),
        sum(tally.answered for tally in known),
        tuple(chain.from_iterable(tally.problems for tally in known)),
        tuple(chain.from_iterable(tally.open_required for tally in known)),
    )


@dataclass(slots=True)
class Attention:
    """Which unanswered required questions are already worth a word.

    While the conversation goes on, an open question is no fault. It becomes one when the interviewer has left it,
    when a later question of the same page was answered in this sitting, or after a check of the whole interview.
    What the form or the plan filled in by itself is no answer of a person.

    Attributes:
        left: refs of questions that had the focus and lost it.
        answered: refs of questions that a person answered in this sitting.
        is_checked: whether the interview was checked as a whole.
    """

    left: set[str] = field(default_factory=set)
    answered: set[str] = field(default_factory=set)
    is_checked: bool = False


def tally_of(views: tuple[NodeView, ...], attention: Attention) -> Tally:
    """Counts and problems of the pages that show these nodes.

    Notes and calculated results count as problems only once the interview was checked: a required note is how forms
    stand in the way of a record, and a sum is wrong until its last part is there.
    """
    asked = answered = 0
    places: dict[str, int] = {}
    problems: set[str] = set()
    waiting: list[str] = []
    open_required: list[str] = []
    for place, view in enumerate(view for top in views for view in walk(top, only_relevant=True)):
        if not is_asked(view):
            if attention.is_checked and view.kind in _SAYING and view.violation is not None:
                places[view.ref] = place
                problems.add(view.ref)
            continue
        asked += 1
        places[view.ref] = place
        violation = view.violation
        if view.text:
            answered += 1
            if view.ref in attention.answered:
                problems.update(waiting)
                waiting.clear()
        if violation is None:
            continue
        if violation.kind is ViolationKind.REQUIRED:
            open_required.append(view.ref)
            if attention.is_checked or view.ref in attention.left:
                problems.add(view.ref)
            else:
                waiting.append(view.ref)
        else:
            problems.add(view.ref)
    return Tally(asked, answered, tuple(sorted(problems, key=places.__getitem__)), tuple(open_required))


class InterviewPages:
    """The pages of a live interview with their counts, kept up to date at the cost of what changed.

    Attributes:
        sections: the lines of the outline, in order.
        cards: refs of the repeat instances that are on the screen.
        attention: which open questions are worth a word.
    """

    def __init__(self, root: NodeView) -> None:
        self.attention = Attention()
        self.sections: tuple[Section, ...] = ()
        self.cards: frozenset[str] = frozenset()
        self._views: dict[str, tuple[NodeView, ...]] = {}
        self._page_of: dict[str, str] = {}
        self._tallies: dict[str, Tally] = {}
        self._below: dict[str, list[str]] = {}
        self._structure: frozenset[str] = frozenset()
        self.rebuild(root)

    @property
    def total(self) -> Tally:
        """The counts of the whole interview."""
        return joined(self._tallies.values())

    def section(self, key: str) -> Section | None:
        """The line with this key, None where it left the form."""
        return next((section for section in self.sections if section.key == key), None)

    def views(self, key: str) -> tuple[NodeView, ...]:
        """The nodes that a page shows."""
        return self._views.get(key, ())

    def page_of(self, ref: str) -> str:
        """The key of the page that shows a node; empty where none does."""
        return self._page_of.get(ref, "")

    def tally(self, key: str) -> Tally:
        """The counts of a page; of a heading those of the pages below it."""
        own = self._tallies.get(key)
        if own is not None:
            return own
        return joined(map(self.tally, self._below.get(key, ())))

    def rebuild(self, root: NodeView) -> None:
        """Reads all pages anew."""
        self.sections = sections_of(root)
        self._page_of = {}
        self._views = {}
        self._tallies = {}
        self._below = {}
        for section in self.sections:
            if section.owner:
                self._below.setdefault(section.owner, []).append(section.key)
        owners: dict[str, list[str]] = {}
        tops: dict[str, list[NodeView]] = {section.key: [] for section in self.sections if section.refs}
        for section in self.sections:
            for ref in section.refs:
                owners.setdefault(ref, []).append(section.key)
        structure: set[str] = set()
        for view in walk(root):
            if view.kind in {Kind.GROUP, Kind.REPEAT, Kind.INSTANCE}:
                structure.add(view.ref)
            for key in owners.get(view.ref, ()):
                tops[key].append(view)
        self._structure = frozenset(structure)
        self.cards = frozenset(cards_of(root))
        for section in self.sections:
            if section.refs:
                self._add_page(section, tuple(tops[section.key]))

    def _add_page(self, section: Section, views: tuple[NodeView, ...]) -> None:
        self._views[section.key] = views
        for top in views:
            for view in walk(top):
                self._page_of.setdefault(view.ref, section.key)
        self._tallies[section.key] = tally_of(views, self.attention)

    def refresh(self, root: NodeView, changes: Changes) -> frozenset[str]:
        """Takes a step's changes in and returns the keys of the pages whose counts were read anew."""
        if changes.added or changes.removed or not self._structure.isdisjoint(changes.changed):
            self.rebuild(root)
            return frozenset(self._tallies)
        touched = {page for ref in changes.changed if (page := self._page_of.get(ref))}
        for key in touched:
            self._tallies[key] = tally_of(self._views[key], self.attention)
        return frozenset(touched)

    def leave(self, ref: str) -> frozenset[str]:
        """Notes that a question was left; returns the pages whose counts changed."""
        page = self._page_of.get(ref)
        if page is None or ref in self.attention.left:
            return frozenset()
        self.attention.left.add(ref)
        before = self._tallies[page]
        self._tallies[page] = tally_of(self._views[page], self.attention)
        return frozenset({page}) if self._tallies[page] != before else frozenset()

    def mark_checked(self, root: NodeView) -> None:
        """From now on every open required question counts as a problem."""
        self.attention.is_checked = True
        self.rebuild(root)

    def gone_cards(self, root: NodeView, changes: Changes, *, has_moved: bool) -> tuple[str, ...]:
        """The instances that a step took off the screen, outermost only."""
        if not has_moved and not changes.removed and self.cards.isdisjoint(changes.changed):
            return ()
        gone = self.cards - cards_of(root)
        outermost = [ref for ref in gone if next(each for each in cards_around(ref) if each in gone) == ref]
        return tuple(sorted(outermost, key=lambda ref: (len(ref), ref)))

    def problems(self) -> tuple[str, ...]:
        """Refs of all problems worth showing now, in order."""
        return tuple(ref for tally in self._tallies.values() for ref in tally.problems)
