"""One interview as a protocol that its respondent reads, corrects and approves."""

from itertools import groupby

from roadmapdesk.i18n import Language
from roadmapdesk.reports.document import (
    Block,
    Box,
    Cell,
    Definitions,
    Document,
    Heading,
    Paragraph,
    Question,
    Section,
    Table,
    WriteIn,
)
from roadmapdesk.reports.papers.facts import AnswerGroup, GivenAnswer, PaperFrame, ProtocolFacts
from roadmapdesk.reports.papers.frame import paper


def build_protocol(frame: PaperFrame, facts: ProtocolFacts) -> Document:
    """The protocol: consents, answers by section, and the place for the approval."""
    _ = frame.language.gettext
    sections = tuple(
        Section(f"part{number}", _title(group), tuple(_blocks(group, frame.language, level=2)))
        for number, group in enumerate(facts.sections)
        if not group.is_empty
    )
    return paper(
        frame,
        title=_("Interview protocol {code}").format(code=facts.code),
        subtitle=frame.project,
        marking=_("Confidential – for the respondent"),
        facts=_head(frame.language, facts),
        notice=_notice(frame.language, facts),
        stamp="" if facts.is_final else _("Draft"),
        sections=(_consent(frame.language, facts), *sections, _approval(frame.language, facts)),
    )


def _head(language: Language, facts: ProtocolFacts) -> tuple[tuple[str, str], ...]:
    _ = language.gettext
    entries = (
        (_("Organisation"), facts.actor),
        (_("Wave"), facts.wave),
        (_("Date of the interview"), facts.day),
        (_("Interviewer"), facts.interviewer),
        (_("State"), facts.state),
        (_("Questionnaire"), facts.form),
    )
    return tuple((name, value) for name, value in entries if value)


def _notice(language: Language, facts: ProtocolFacts) -> str:
    _ = language.gettext
    if facts.is_final:
        return _(
            "Please check whether your answers are given correctly. What you correct or strike out will be changed "
            "before the interview is evaluated."
        )
    return _(
        "Draft: this interview is not finalised yet and its answers may still change. The protocol for approval is "
        "printed after it is finalised."
    )


def _consent(language: Language, facts: ProtocolFacts) -> Section:
    _ = language.gettext
    if not facts.consents:
        blocks: tuple[Block, ...] = (Paragraph(_("The questionnaire asks for no consent.")),)
    else:
        blocks = (
            Box("", (Definitions(facts.consents),)),
            Paragraph(_("You can withdraw any consent at any time without giving reasons.")),
        )
    return Section("consents", _("Consent as recorded"), blocks)


def _title(group: AnswerGroup) -> str:
    return f"{group.number}  {group.title}".strip()


def _blocks(group: AnswerGroup, language: Language, *, level: int) -> list[Block]:
    blocks: list[Block] = []
    for is_answer, items in groupby(group.items, key=lambda item: isinstance(item, GivenAnswer)):
        if is_answer:
            blocks.append(_table(tuple(item for item in items if isinstance(item, GivenAnswer)), language))
            continue
        for inner in items:
            if not isinstance(inner, AnswerGroup) or inner.is_empty:
                continue
            if inner.title:
                blocks.append(Heading(level, _title(inner)))
            blocks += _blocks(inner, language, level=3)
    return blocks


def _table(answers: tuple[GivenAnswer, ...], language: Language) -> Table:
    _ = language.gettext
    has_numbers = any(answer.number for answer in answers)
    rows = []
    for answer in answers:
        words = "\n".join(f"• {word}" for word in answer.words) if len(answer.words) > 1 else "".join(answer.words)
        cells = [Cell(answer.text), Cell(words or _("not answered"), is_strong=bool(words) and len(words) < 200)]
        rows.append((Cell(answer.number), *cells) if has_numbers else tuple(cells))
    header = (_("Question"), _("Answer"))
    weights = (1.15, 1.0)
    if has_numbers:
        return Table((_("No."), *header), tuple(rows), (0.11, *weights))
    return Table(header, tuple(rows), weights)


def _approval(language: Language, facts: ProtocolFacts) -> Section:
    _ = language.gettext
    if not facts.is_final:
        text = _("The place for the approval is printed with the final protocol.")
        return Section("approval", _("Approval"), (Paragraph(text),))
    options = (
        _("I approve the protocol as it stands."),
        _("I approve the protocol with the corrections that I have noted in it or below."),
        _("I do not approve the protocol."),
    )
    blocks: tuple[Block, ...] = (
        Question("", _("I have read the protocol."), options=options),
        Question("", _("Corrections"), (_("with the number of the question"),), lines=5),
        WriteIn((_("Place, date"), _("Signature"))),
        Paragraph(
            _(
                "The signed copy carries a name. It is kept with the consent form, apart from the interview data, "
                "and is not entered into the program."
            )
        ),
    )
    return Section("approval", _("Approval"), blocks)
