"""Occasion and method: what was asked, whom, how numbers come about, and from which n they are shown."""

from roadmapdesk.domain.levels import Level
from roadmapdesk.reports.context import Context
from roadmapdesk.reports.document import Block, Box, Bullets, Definitions, Heading, Paragraph, Section, Tone
from roadmapdesk.reports.wording import INTERVIEW_LANGUAGE, SOURCE_LANGUAGE


def section(context: Context) -> Section:
    """Occasion, what the study is not, and the method box."""
    _ = context.gettext
    blocks: list[Block] = [
        Paragraph(
            _(
                "The working group examines the region as a site for radiopharmacy along the whole value chain, from "
                "plant engineering to waste management. Organisations of the chain were interviewed with one "
                "structured questionnaire. They rated how well the site performs today in each stage, how important "
                "this is, and what they expect for 2030 without additional action."
            )
        ),
        Heading(2, _("What this study is not")),
        Bullets(
            (
                _("It is not an assessment of single organisations: the unit of every statement is the site."),
                _("It is not a market or capacity statistic: prices, customers and utilisation were not asked."),
                _("It is not representative in the statistical sense: it is a survey of a small, known field."),
            )
        ),
        _method_box(context),
        *_language_note(context),
    ]
    return Section("method", _("Occasion and method"), tuple(blocks), starts_page=True)


def _language_note(context: Context) -> list[Block]:
    """Tells readers of a translation once why statements stand in another language."""
    facts = context.facts
    if context.language.code == SOURCE_LANGUAGE or not (facts.quotes or facts.measures):
        return []
    return [Paragraph(context.gettext(INTERVIEW_LANGUAGE), Tone.NOTE)]


def _method_box(context: Context) -> Box:
    _ = context.gettext
    entries = [
        (_("Sample"), _sample_text(context)),
        (_("Period"), period(context)),
        (
            _("Scale"),
            _(
                "Five steps, converted to 0, 25, 50, 75 and 100. “Does not apply” leaves the calculation; “don’t "
                "know” and no answer lower the coverage. Nothing is imputed: an organisation counts in a cell once "
                "it answered at least half of it."
            ),
        ),
        (
            _("Calculation"),
            _(
                "Mean per organisation, then mean over organisations with equal weight. Gap = importance − "
                "performance. Priority = gap × importance ÷ 100. Interval: 90 %, expanded percentile bootstrap "
                "over organisations."
            ),
        ),
        (
            _("Classes"),
            _classes_text(context),
        ),
        (_("Support"), _support_text(context)),
        (_("Minimum numbers"), _minimum_text(context)),
        (_("Agreement"), _agreement_text(context)),
        (_("Versions"), _versions_text(context)),
    ]
    return Box(_("Method in brief"), (Definitions(tuple(entries)),))


def _classes_text(context: Context) -> str:
    _ = context.gettext
    thresholds = context.facts.profile.thresholds
    number = context.facts.language.number
    return _(
        "Critical gap: importance from {high} and performance below {low} or a gap from {critical}. "
        "Strength: importance and performance from {high} and a gap below {strong}. Develop: the rest from "
        "importance {high}. Review reserve: lower importance, performance from {good}. Watch: all others."
    ).format(
        high=number(thresholds.importance_high, 1),
        good=number(thresholds.performance_high, 1),
        low=number(thresholds.performance_low, 0),
        critical=number(thresholds.gap_critical_min, 0),
        strong=number(thresholds.gap_strength_max, 1),
    )


def period(context: Context) -> str:
    """First and last day of the reported wave."""
    _ = context.gettext
    wave, language = context.facts.wave, context.language
    if wave.first_day is None or wave.last_day is None:
        return _("not dated")
    if wave.first_day == wave.last_day:
        return language.date(wave.first_day)
    return _("{first} to {last}").format(first=language.date(wave.first_day), last=language.date(wave.last_day))


def _sample_text(context: Context) -> str:
    _ = context.gettext
    sample = context.facts.scorecard.sample
    if sample.n_interviews is None or sample.n_organisations is None:
        return _("Fewer than three interviews.")
    interviews = context.ngettext("{n} interview", "{n} interviews", sample.n_interviews).format(
        n=sample.n_interviews
    )
    text = _("{interviews} with {organisations} organisations").format(
        interviews=interviews, organisations=sample.n_organisations
    )
    if sample.n_invited:
        share = context.words.percent(sample.n_organisations / sample.n_invited)
        text += " " + _("of {invited} invited ({share})").format(invited=sample.n_invited, share=share)
    return text + "."


def _support_text(context: Context) -> str:
    _ = context.gettext
    grades = context.facts.profile.grades
    number = context.facts.language.number
    return _(
        "A: at least {a} organisations, coverage {a_coverage}, half-width of the interval up to {a_width}. B: at "
        "least {b}, {b_coverage}, up to {b_width}. C: at least {c}. D: fewer."
    ).format(
        a=grades.a.n,
        a_coverage=context.words.percent(grades.a.coverage),
        a_width=number(grades.a.halfwidth, 1),
        b=grades.b.n,
        b_coverage=context.words.percent(grades.b.coverage),
        b_width=number(grades.b.halfwidth, 0),
        c=grades.c_n,
    )


def _minimum_text(context: Context) -> str:
    _ = context.gettext
    settings = context.facts.profile.disclosure
    match context.facts.level:
        case Level.INTERNAL:
            return _(
                "This report is internal and shows every value; cells with fewer than {n} organisations are hatched "
                "in the corner. The hand-off shows values from {handoff}, the public report from {public} "
                "organisations."
            ).format(n=settings.handoff_n_value, handoff=settings.handoff_n_value, public=settings.public_n_value)
        case Level.HANDOFF:
            return _(
                "Values from {n} organisations. A count is withheld if it or the rest is 1 or 2. Unanimous ratings "
                "are shown as class only. Indices are computed from visible cells alone."
            ).format(n=settings.handoff_n_value)
        case _:
            return _level_public(context)


def _level_public(context: Context) -> str:
    settings = context.facts.profile.disclosure
    return context.gettext(
        "Values from {n} organisations, rounded to {step} points; class only from {n_class}. A count is withheld "
        "if it or the rest is 1 or 2. No smallest and largest single ratings. Indices are computed from visible "
        "cells alone."
    ).format(n=settings.public_n_value, step=f"{settings.public_round_to:.0f}", n_class=settings.public_n_class)


def _agreement_text(context: Context) -> str:
    _ = context.gettext
    agreement = context.facts.scorecard.agreement
    number = context.facts.language.number
    if agreement is None:
        return _("Not shown at this level.")
    icc = agreement.icc_performance.icc1 if agreement.icc_performance is not None else None
    return _(
        "Krippendorff’s alpha for performance {alpha_p} (interval), for importance {alpha_i} (ordinal); ICC(1) "
        "{icc}. Low values mean that views differ; this is a finding, not an error."
    ).format(
        alpha_p=number(agreement.alpha_interval_performance, 2),
        alpha_i=number(agreement.alpha_ordinal_importance, 2),
        icc=number(icc, 2),
    )


def _versions_text(context: Context) -> str:
    _ = context.gettext
    facts = context.facts
    return _(
        "RoadmapDesk {app}, method {method}, settings “{profile}”. Questionnaire “{form}”, version {version} "
        "(SHA-256 {form_hash}…). Inputs {inputs}…"
    ).format(
        app=facts.app_version,
        method=facts.scorecard.method_version,
        profile=facts.scorecard.profile_name,
        form=facts.text(facts.form.title),
        version=facts.form.version,
        form_hash=facts.form.content_hash[:12],
        inputs=facts.scorecard.inputs_hash[:12],
    )
