"""Cards of repeats: which there are, what they are called, and what is lost when one goes."""

from collections.abc import Callable, Iterator, Sequence

from roadmapdesk.i18n import current_language
from roadmapdesk.workspace.answer_words import value_words
from roadmapdesk.workspace.interview_sections import is_asked, walk
from roadmapdesk.workspace.interview_steps import LostCard
from roadmapdesk.workspace.wording import Wording, plain, split_label
from roadmapdesk.xforms.session.view import Kind, NodeView


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
        if view.kind in {Kind.QUESTION, Kind.TRIGGER} and not view.has_calculation:
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
