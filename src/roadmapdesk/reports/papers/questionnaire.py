"""A questionnaire on paper: any form, with boxes to tick and lines to write on."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from roadmapdesk.domain.levels import Level
from roadmapdesk.i18n import Language
from roadmapdesk.reports.document import (
    BOX,
    CIRCLE,
    Block,
    Cell,
    Document,
    Heading,
    Paragraph,
    Question,
    Section,
    Table,
    Tone,
)
from roadmapdesk.reports.papers.facts import DEPENDS, AnswerKind, BlankForm, BlankGroup, BlankQuestion, PaperFrame
from roadmapdesk.reports.papers.frame import paper

_FEWEST_ROWS = 3
_FEWEST_COLUMNS = 4
_MOST_COLUMNS = 11
_GAP = "_____"
_MOST_OPTIONS = 80
"""Longer lists are not printed; the answer is written on a line."""
_LINES = {AnswerKind.LINES: 4, AnswerKind.LINE: 1, AnswerKind.NUMBER: 1, AnswerKind.DATE: 1, AnswerKind.FILE: 1}


def build_questionnaire(frame: PaperFrame, form: BlankForm) -> Document:
    """The blank questionnaire."""
    _ = frame.language.gettext
    explanations = [
        _("Tick one circle {circle} or any number of boxes {box}. Questions with * need an answer.").format(
            circle=CIRCLE, box=BOX
        )
    ]
    if form.common_condition:
        explanations.append(
            _("Unless a section says otherwise, it is asked only if: {condition}.").format(
                condition=form.common_condition
            )
        )
    sections = tuple(
        Section(f"part{number}", _title(group), tuple(_group_blocks(group, frame.language, level=2)))
        for number, group in enumerate(form.groups)
    )
    return paper(
        frame,
        title=form.title,
        subtitle=_("Questionnaire for filling in by hand"),
        marking=_("Blank questionnaire"),
        facts=((_("Version"), form.version),) if form.version else (),
        notice=" ".join(explanations),
        sections=sections,
        level=Level.PUBLIC,
    )


def _title(group: BlankGroup) -> str:
    return f"{group.number}  {group.title}".strip() or "–"


def _group_blocks(group: BlankGroup, language: Language, *, level: int) -> Iterator[Block]:
    _ = language.gettext
    if group.condition:
        yield Paragraph(_only_if(group.condition, language), Tone.NOTE, leads_on=True)
    if group.is_repeat:
        yield Paragraph(_("Fill in once for each entry; copy these pages as often as needed."), Tone.NOTE)
    for is_question, items in groupby(group.items, key=lambda item: isinstance(item, BlankQuestion)):
        if is_question:
            yield from _question_blocks([item for item in items if isinstance(item, BlankQuestion)], language)
            continue
        for inner in items:
            assert isinstance(inner, BlankGroup), "a group holds questions and groups"
            if inner.title:
                yield Heading(level, _title(inner))
            yield from _group_blocks(inner, language, level=3)


def _question_blocks(questions: Sequence[BlankQuestion], language: Language) -> Iterator[Block]:
    """Runs of questions that share a scale become one table, everything else stands alone."""
    for (scale, _condition), run in groupby(questions, key=_scale):
        same = tuple(run)
        if scale and len(same) >= _FEWEST_ROWS:
            yield from _scale_blocks(same, language)
            continue
        for question in same:
            if question.kind is AnswerKind.NOTE:
                yield from _note(question, language)
            else:
                yield _question(question, language)


def _only_if(condition: str, language: Language) -> str:
    _ = language.gettext
    return condition if condition == _(DEPENDS) else _("Only if: {condition}").format(condition=condition)


def _note(note: BlankQuestion, language: Language) -> Iterator[Block]:
    """A note with its condition; what the program fills in becomes a gap or a line to write on."""
    _ = language.gettext
    if note.condition == _(DEPENDS):
        return
    if note.text.endswith(": …"):
        yield Question("", note.text.removesuffix(" …"), lines=1)
        return
    text = note.text.replace("…", _GAP)
    if note.condition:
        text = _("If {condition}: {text}").format(condition=note.condition, text=text)
    yield Paragraph(text, Tone.NOTE)


def _scale(question: BlankQuestion) -> tuple[str, str]:
    """Questions with an equal, non-empty key may share a table."""
    if question.kind is not AnswerKind.CHOICE or not question.list_name:
        return ("", "")
    if not _FEWEST_COLUMNS <= len(question.options) <= _MOST_COLUMNS:
        return ("", "")
    return (question.list_name, question.condition)


def _scale_blocks(questions: tuple[BlankQuestion, ...], language: Language) -> Iterator[Block]:
    _ = language.gettext
    options = questions[0].options
    if questions[0].condition:
        yield Paragraph(_only_if(questions[0].condition, language), Tone.NOTE, leads_on=True)
    yield Paragraph(" · ".join(_legend(code, label) for code, label in options), Tone.NOTE, leads_on=True)
    rows = tuple(
        (
            Cell(
                f"{question.number}  {_wording(question)}".strip() + (f"\n{question.hint}" if question.hint else "")
            ),
            *(Cell(CIRCLE, is_tick=True) for _option in options),
        )
        for question in questions
    )
    share = 0.095
    yield Table(
        (_("Question"), *(code for code, _label in options)),
        rows,
        (1.0, *(share for _option in options)),
        frozenset(range(1, len(options) + 1)),
    )


def _legend(code: str, label: str) -> str:
    """``1 = weak``; the label alone where it begins with its code."""
    return label if label.startswith(code) else f"{code}\u00a0= {label}"


def _wording(question: BlankQuestion) -> str:
    return f"{question.text} *" if question.is_required else question.text


def _question(question: BlankQuestion, language: Language) -> Question:
    _ = language.gettext
    notes = [question.hint] if question.hint else []
    if question.condition:
        notes.append(_only_if(question.condition, language))
    if question.kind is AnswerKind.RANK:
        notes.append(_("Write the rank beside each entry, beginning with 1."))
    options = tuple(label for _code, label in question.options)
    lines = _LINES.get(question.kind, 0)
    if len(options) > _MOST_OPTIONS:
        notes.append(_("The list of {n} entries is in the program; write the entry here.").format(n=len(options)))
        options, lines = (), 1
    elif not options and not lines:
        lines = 1
    if question.kind is AnswerKind.DATE:
        notes.append(_("Day, month, year"))
    if question.kind is AnswerKind.FILE:
        notes.append(_("File, picture or recording: note where it is kept."))
    is_multiple = question.kind in {AnswerKind.MULTIPLE, AnswerKind.RANK}
    is_short = question.kind in {AnswerKind.NUMBER, AnswerKind.DATE}
    return Question(question.number, _wording(question), tuple(notes), options, is_multiple, lines, is_short)
