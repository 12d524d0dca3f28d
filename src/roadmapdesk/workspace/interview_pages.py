"""Which pages a form has, what stands on them, and how far each is filled: read from node views, nothing computed.

A page is a top-level group, a run of loose questions, or one instance of a top-level repeat (a card) whose number the
form fixes; a repeat that a person extends is one page. A group with very many questions gives one page per group
inside it, so that no page grows beyond what a person oversees.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

from roadmapdesk.i18n import current_language
from roadmapdesk.workspace.answer_words import value_words
from roadmapdesk.workspace.interview_steps import LostCard
from roadmapdesk.workspace.wording import Wording, plain, split_label
from roadmapdesk.xforms.session.view import Changes, Kind, NodeView, ViolationKind

LARGE_PAGE = 60
_ASKED = (Kind.QUESTION, Kind.TRIGGER)
_SAYING = (*_ASKED, Kind.NOTE)


@dataclass(frozen=True, slots=True)
class Section:
    """One line of the outline, and the page behind it.

    Attributes:
        key: stable name of the page: the ref of the group or instance; for a run of loose questions its first ref.
        refs: the nodes whose contents the page shows, in their order; empty for a mere heading of cards.
        depth: 0 for top level, 1 for a card or a group taken out of a large one.
        kind: ``group``, ``repeat`` (heading of cards, or all cards that a person adds), ``instance`` or ``loose``.
        owner: the key of the heading above, empty at the top level.
    """

    key: str
    refs: tuple[str, ...]
    depth: int
    kind: str
    owner: str = ""


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


def sections_of(root: NodeView) -> tuple[Section, ...]:
    """All pages of the form in order, relevant ones only."""
    found: list[Section] = []
    _collect(root, 0, "", found)
    return tuple(found)


def _collect(parent: NodeView, depth: int, owner: str, found: list[Section]) -> None:
    loose: list[NodeView] = []
    before: NodeView | None = None

    def close_run() -> None:
        if loose:
            refs = tuple(view.ref for view in loose)
            found.append(Section(refs[0], refs, depth, "loose", owner))
            loose.clear()

    for child in parent.children:
        if child.kind in {Kind.GROUP, Kind.REPEAT}:
            if not child.is_relevant:
                continue
            close_run()
            if child.kind is Kind.REPEAT:
                _collect_repeat(child, before, depth, owner, found)
            else:
                _collect_group(child, depth, owner, found)
            before = child
        elif child.kind is not Kind.MODEL:
            loose.append(child)
    close_run()


def _collect_repeat(repeat: NodeView, before: NodeView | None, depth: int, owner: str, found: list[Section]) -> None:
    """Lists the cards below their heading; below the group before them where that is headed alike.

    Where a person says how many there are, all stand on one page, with the button that adds one.
    """
    if repeat.can_add:
        found.append(Section(repeat.ref, (repeat.ref,), depth, "repeat", owner))
        return
    if before is not None and found and found[-1].key == before.ref and _is_headed_alike(before, repeat):
        heading = before.ref
    else:
        heading = repeat.ref
        found.append(Section(heading, (), depth, "repeat", owner))
    for instance in repeat.children:
        if instance.is_relevant:
            found.append(Section(instance.ref, (instance.ref,), depth + 1, "instance", heading))


def _is_headed_alike(group: NodeView, repeat: NodeView) -> bool:
    """Whether both bear the same code, as ``G  Cooperations`` that asks how many and ``G  Cooperation`` for each."""
    code = title_of(repeat).code
    return bool(code) and code == title_of(group).code


def _collect_group(group: NodeView, depth: int, owner: str, found: list[Section]) -> None:
    inner = [child for child in group.children if child.kind in {Kind.GROUP, Kind.REPEAT}]
    if depth < 2 and len(inner) > 1 and _is_large(group):
        found.append(Section(group.ref, (), depth, "group", owner))
        _collect(group, depth + 1, group.ref, found)
    else:
        found.append(Section(group.ref, (group.ref,), depth, "group", owner))


def _is_large(group: NodeView) -> bool:
    count = 0
    for view in walk(group):
        count += view.kind in _ASKED
        if count > LARGE_PAGE:
            return True
    return False


def walk(view: NodeView, *, only_relevant: bool = False) -> Iterator[NodeView]:
    """The node and everything below it that the body shows, in order."""
    if only_relevant and not view.is_relevant:
        return
    yield view
    for child in view.children:
        yield from walk(child, only_relevant=only_relevant)


def is_asked(view: NodeView) -> bool:
    """Whether the node is a question that a person answers (now, or before it was locked)."""
    if view.kind not in _ASKED or view.has_calculation or "label" in view.appearances:
        return False
    return not view.is_readonly or bool(view.text)


def answers_on_screen(root: NodeView) -> frozenset[str]:
    """Refs of the questions that are asked now and hold an answer."""
    return frozenset(view.ref for view in walk(root, only_relevant=True) if view.text and is_asked(view))


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
        return joined(self.tally(section.key) for section in self.sections if section.owner == key)

    def rebuild(self, root: NodeView) -> None:
        """Reads all pages anew."""
        self.sections = sections_of(root)
        self._page_of = {}
        self._views = {}
        self._tallies = {}
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


def cards_of(root: NodeView) -> set[str]:
    """Refs of all repeat instances on the screen, at any depth."""
    return {view.ref for view in walk(root, only_relevant=True) if view.kind is Kind.INSTANCE}


def cards_around(ref: str) -> Iterator[str]:
    """The refs of the repeat instances that a ref lies in, the outermost first and its own last."""
    end = ref.find("]")
    while end >= 0:
        yield ref[: end + 1]
        end = ref.find("]", end + 1)


def title_of(view: NodeView) -> Wording:
    """The title of a page: the group's label; for a card what tells it from its siblings.

    A card is named by its first filled-in note, else by its first answer, else by the repeat's label and its number.
    """
    if view.kind is Kind.INSTANCE:
        return _card_title(view)
    label = plain(view.label)
    return split_label(label, section=True) if label else Wording("", view.name)


def _card_title(instance: NodeView) -> Wording:
    repeat = instance.parent
    base = split_label(plain(repeat.label), section=True) if repeat is not None else Wording("", "")
    number = str(instance.position)
    for view in walk(instance, only_relevant=True):
        if view.kind is Kind.NOTE and view.label:
            head, colon, tail = plain(view.label).partition(": ")
            return Wording(number, tail if colon and len(tail) < 100 else head)
        if view.kind in _ASKED and not view.has_calculation:
            shown = shown_answer(view)
            return Wording(number, shown or f"{base.short} {number}".strip())
    return Wording(number, f"{base.short} {number}".strip())


def shown_answer(view: NodeView) -> str:
    """The answer as people read it: labels of choices instead of codes, dates and numbers as the language writes."""
    if not view.text or view.control not in {"select", "select1", "rank"}:
        words = view.text if view.control == "upload" else value_words(view.value, view.text, current_language())
        return " ".join(words.split())
    labels = {choice.value: plain(choice.label) for choice in view.choices}
    if view.control == "select1":
        return labels.get(view.text, view.text)
    return ", ".join(labels.get(code, code) for code in view.text.split())


def lost_cards(find: Callable[[str], NodeView], refs: Sequence[str]) -> tuple[LostCard, ...]:
    """Those of the instances that hold answers of a person, with their titles."""
    cards = []
    for ref in refs:
        view = find(ref)
        count = sum(1 for node in walk(view) if node.text and is_asked(node))
        if count:
            cards.append(LostCard(ref, title_of(view).text, count))
    return tuple(cards)
