"""The questionnaire as the annex prints it: every question with its answers, without the room to write."""

from collections.abc import Iterable, Iterator

from roadmapdesk.i18n import N_, Language
from roadmapdesk.reports.context import Context
from roadmapdesk.reports.document import Block, Cell, Heading, Paragraph, Table, Tone
from roadmapdesk.reports.papers.facts import AnswerKind, BlankGroup, BlankQuestion

_MOST_OPTIONS = 24
"""Longer lists are told by their number."""
_KIND_NAMES = {
    AnswerKind.CHOICE: N_("one entry of the register"),
    AnswerKind.MULTIPLE: N_("entries of the register"),
    AnswerKind.RANK: N_("order of the entries"),
    AnswerKind.LINE: N_("free text"),
    AnswerKind.LINES: N_("free text"),
    AnswerKind.NUMBER: N_("number"),
    AnswerKind.DATE: N_("date"),
    AnswerKind.FILE: N_("file"),
}


def blocks(context: Context) -> list[Block]:
    """The questions in the order of the form; nothing for a report without its questionnaire."""
    _ = context.gettext
    form = context.facts.questionnaire
    if form is None:
        return []
    note = _(
        "{title}, version {version}. Which questions an organisation was asked follows from its earlier answers; "
        "lists from the register of the project are not repeated here."
    ).format(title=form.title, version=form.version)
    found: list[Block] = [Heading(2, _("Questionnaire")), Paragraph(note, Tone.NOTE, leads_on=True)]
    for group in form.groups:
        found += _group(group, context.language)
    return found


def _group(group: BlankGroup, language: Language) -> Iterator[Block]:
    """One section with a table of all its questions, those of inner groups included."""
    rows = tuple(_rows(group, language))
    if not rows:
        return
    _ = language.gettext
    if title := f"{group.number}  {group.title}".strip():
        yield Heading(3, title)
    yield Table((_("No."), _("Question"), _("Answers")), rows, (0.0, 50.0, 42.0))


def _rows(group: BlankGroup, language: Language) -> Iterator[tuple[Cell, ...]]:
    above = ""
    for question in _items(group):
        if isinstance(question, BlankGroup):
            yield (Cell(question.number), Cell(question.title, is_strong=True), Cell(""))
            continue
        if question.kind is AnswerKind.NOTE:
            continue
        is_same = bool(question.list_name) and question.list_name == above
        above = question.list_name
        answers = language.gettext("as above") if is_same else _answers(question, language)
        yield (Cell(question.number or "–"), Cell(question.text), Cell(answers))


def _items(group: BlankGroup) -> Iterable[BlankQuestion | BlankGroup]:
    """Questions in their order, each inner group with a title before its own."""
    for item in group.items:
        if not isinstance(item, BlankGroup):
            yield item
            continue
        if item.title:
            yield item
        yield from _items(item)


def _answers(question: BlankQuestion, language: Language) -> str:
    _ = language.gettext
    labels = [label for _code, label in question.options]
    if not labels:
        return _(_KIND_NAMES[question.kind])
    if len(labels) > _MOST_OPTIONS:
        return _("list of {n} entries").format(n=len(labels))
    listed = " · ".join(labels)
    return _("several: {list}").format(list=listed) if question.kind is AnswerKind.MULTIPLE else listed
