"""Templates for the privacy information and the consent form; a data protection officer checks them before use.

Source: GDPR Art. 6(1)(a), 7, 13, 15 to 22, 77. The text is a proposal, and each page says so.
"""

from roadmapdesk.domain.levels import Level
from roadmapdesk.i18n import N_, Language
from roadmapdesk.reports.document import (
    Block,
    Box,
    Bullets,
    Definitions,
    Document,
    Paragraph,
    Question,
    Section,
    WriteIn,
)
from roadmapdesk.reports.papers.facts import PaperFrame, PrivacyDetails, PrivacyFacts
from roadmapdesk.reports.papers.frame import paper

DETAIL_NAMES = {
    "controller": N_("Controller (name and address)"),
    "contact": N_("Contact of the study"),
    "officer": N_("Data protection officer"),
    "authority": N_("Supervisory authority"),
    "recipients": N_("Recipients of the data"),
    "retention": N_("Periods of storage"),
}
"""Fields of `PrivacyDetails` by name → what a person calls them."""

_TEMPLATE = N_("Template – to be checked by the data protection officer before use")


def missing_details(details: PrivacyDetails) -> tuple[str, ...]:
    """Names of the fields that are still empty, in their order."""
    return tuple(name for name in DETAIL_NAMES if not getattr(details, name).strip())


def build_privacy_information(frame: PaperFrame, facts: PrivacyFacts) -> Document:
    """The information that a respondent gets before the interview."""
    language = frame.language
    _ = language.gettext
    sections = (
        Section("who", _("Who is responsible"), _responsible(facts.details, language)),
        Section("what", _("What it is about"), _purpose(facts, language)),
        Section("data", _("Which data, for how long, for whom"), _data(facts.details, language)),
        Section("rights", _("Your rights"), _rights(facts.details, language)),
    )
    return _template(frame, facts, _("Privacy information for interviews"), sections)


def build_consent_form(frame: PaperFrame, facts: PrivacyFacts) -> Document:
    """The form on which a respondent gives each consent on its own."""
    _ = frame.language.gettext
    sections = (
        Section("choices", _("My choices"), _choices(facts, frame.language)),
        Section("signature", _("Withdrawal and signature"), _signature(facts.details, frame.language)),
    )
    return _template(frame, facts, _("Consent to the interview"), sections)


def _choices(facts: PrivacyFacts, language: Language) -> tuple[Block, ...]:
    """Each consent as a question; where the form asks for none, the one to take part."""
    _ = language.gettext
    yes_no = (_("Yes"), _("No"))
    choices = [
        Question(
            choice.number,
            choice.text,
            (choice.hint,) if choice.hint else (),
            tuple(label for _code, label in choice.options) or yes_no,
        )
        for choice in facts.choices
    ]
    if not choices:
        choices = [Question("", _("I have received the privacy information and take part voluntarily."), (), yes_no)]
    intro = Paragraph(
        _(
            "Taking part is voluntary. Each of the following choices stands on its own; a no has no disadvantage for "
            "you. You can withdraw every consent at any time for the future, in whole or in part."
        )
    )
    return (intro, *choices)


def _signature(details: PrivacyDetails, language: Language) -> tuple[Block, ...]:
    """How to withdraw, and where to sign."""
    _ = language.gettext
    withdrawal = _(
        "A message with the number of this form is enough to withdraw: {contact}. The answers are then erased."
    ).format(contact=_filled(details, "contact", language))
    return (
        Paragraph(withdrawal),
        WriteIn((_("Number of this form"), _("Place, date"))),
        WriteIn((_("Name in block letters"), _("Signature"))),
        Paragraph(
            _(
                "This form carries a name. It is kept apart from the interview data and is not entered into the "
                "program; there only its number is noted."
            )
        ),
    )


def _template(frame: PaperFrame, facts: PrivacyFacts, title: str, sections: tuple[Section, ...]) -> Document:
    language = frame.language
    _ = language.gettext
    notice = language.gettext(_TEMPLATE) + "."
    missing = missing_details(facts.details)
    if missing:
        names = "; ".join(language.gettext(DETAIL_NAMES[name]) for name in missing)
        notice += " " + _("Still to be filled in under “Details for the privacy papers”: {names}.").format(
            names=names
        )
    return paper(
        frame,
        title=title,
        subtitle=frame.project,
        marking=language.gettext(_TEMPLATE),
        notice=notice,
        is_warning=True,
        sections=sections,
        level=Level.PUBLIC,
    )


def _filled(details: PrivacyDetails, name: str, language: Language) -> str:
    """The detail, or a gap that cannot be overlooked."""
    value = str(getattr(details, name)).strip()
    if value:
        return value
    return language.gettext("[{name}: please fill in]").format(name=language.gettext(DETAIL_NAMES[name]))


def _responsible(details: PrivacyDetails, language: Language) -> tuple[Block, ...]:
    entries = tuple(
        (language.gettext(DETAIL_NAMES[name]), _filled(details, name, language))
        for name in ("controller", "contact", "officer")
    )
    return (Box("", (Definitions(entries),)),)


def _purpose(facts: PrivacyFacts, language: Language) -> tuple[Block, ...]:
    _ = language.gettext
    return (
        *(Paragraph(text) for text in facts.purpose),
        Paragraph(
            _(
                "We ask experts of organisations about the site. Legal basis is your consent (Art. 6(1)(a) and 7 "
                "GDPR). You are not obliged to take part or to answer single questions, and there is no automated "
                "decision about you."
            )
        ),
        Paragraph(
            _(
                "Please name no patients, no trade secrets, no prices, customers, quantities or capacities of single "
                "companies."
            )
        ),
    )


def _data(details: PrivacyDetails, language: Language) -> tuple[Block, ...]:
    _ = language.gettext
    return (
        Bullets(
            (
                _("Your answers, your organisation and your function are stored under a code, without your name."),
                _(
                    "The list that links the code with you, and the signed consent form, are kept apart from the "
                    "answers and protected."
                ),
                _("A sound recording is made only if you agree, and deleted after you approved the protocol."),
                _(
                    "Results are published only in summary, with at least five organisations behind each value. In a "
                    "small cluster an organisation may still be recognisable; say so if that matters to you."
                ),
                _(
                    "Your single record is passed on only if you agree to it; the data stay on devices of the study "
                    "and are protected there."
                ),
            )
        ),
        Definitions(
            tuple(
                (language.gettext(DETAIL_NAMES[name]), _filled(details, name, language))
                for name in ("recipients", "retention")
            )
        ),
    )


def _rights(details: PrivacyDetails, language: Language) -> tuple[Block, ...]:
    _ = language.gettext
    return (
        Bullets(
            (
                _("withdraw your consent at any time for the future, without reasons (Art. 7(3) GDPR),"),
                _("learn which data about you are stored, and receive them (Art. 15 and 20 GDPR),"),
                _("have them corrected, erased or restricted (Art. 16 to 18 GDPR),"),
                _("complain to the supervisory authority (Art. 77 GDPR)."),
            )
        ),
        Paragraph(_("Supervisory authority: {name}").format(name=_filled(details, "authority", language))),
        Paragraph(
            _(
                "With the code of your interview your record can be found and erased. Once results are anonymous, "
                "single answers can no longer be taken out of them."
            )
        ),
    )
