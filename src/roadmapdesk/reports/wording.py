"""Words and numbers of a report: how values, n, classes, grades and codes are said in its language and level."""

from roadmapdesk.domain.actors import ActorType, StageRole
from roadmapdesk.domain.levels import Level
from roadmapdesk.figures.palette import load_palette
from roadmapdesk.i18n import N_, Language
from roadmapdesk.reports.facts import ReportFacts
from roadmapdesk.scoring.disclosed import DisclosedCell, DisclosedScorecard
from roadmapdesk.scoring.scorecard import AgreementLevel, ChangeStatus, Evidence, ExclusionReason

LEVEL_NAMES = {Level.INTERNAL: N_("Internal"), Level.HANDOFF: N_("Hand-off"), Level.PUBLIC: N_("Public")}
LEVEL_MARKINGS = {
    Level.INTERNAL: N_("Internal – do not pass on"),
    Level.HANDOFF: N_("Hand-off – confidential"),
    Level.PUBLIC: N_("Public"),
}
LEVEL_NOTICES = {
    Level.INTERNAL: N_(
        "Internal, for the working group only. The report also contains values that rest on one or two organisations "
        "and can point to them. Do not pass it on."
    ),
    Level.HANDOFF: N_(
        "Confidential. Contains summarised ratings of the organisations interviewed. Values with fewer than three "
        "organisations are suppressed. Pass on only to the recipients named in the distribution list; do not draw "
        "conclusions about individual respondents."
    ),
    Level.PUBLIC: N_(
        "Values are rounded to 5 points. Where only three or four organisations gave a rating, the report shows the "
        "class without a value; with fewer than three it shows nothing."
    ),
}
SOURCE_LANGUAGE = "de"
"""The language in which the interviews are held; reports in another one say that statements were not translated."""

INTERVIEW_LANGUAGE = N_(
    "Statements, titles of measures and next steps stand in the language of the interview; they are not translated."
)
EVIDENCE_NAMES = {
    Evidence.FIRM: N_("firm"),
    Evidence.TENTATIVE: N_("tentative"),
    Evidence.INSUFFICIENT: N_("insufficient"),
}
AGREEMENT_NAMES = {
    AgreementLevel.HIGH: N_("high agreement"),
    AgreementLevel.MODERATE: N_("moderate agreement"),
    AgreementLevel.LOW: N_("controversial"),
}
STATUS_NAMES = {
    ChangeStatus.IMPROVED: N_("improved"),
    ChangeStatus.DECLINED: N_("declined"),
    ChangeStatus.TENDENCY_UP: N_("tendency up"),
    ChangeStatus.TENDENCY_DOWN: N_("tendency down"),
    ChangeStatus.UNCHANGED: N_("unchanged"),
    ChangeStatus.NOT_COMPARABLE: N_("not comparable"),
}
ROLE_NAMES = {
    StageRole.CORE.value: N_("core role"),
    StageRole.SUPPORT.value: N_("supporting role"),
    StageRole.OBSERVER.value: N_("view from outside"),
}
TYPE_NAMES = {
    ActorType.COMPANY.value: N_("Company"),
    ActorType.STARTUP.value: N_("Start-up"),
    ActorType.RESEARCH.value: N_("Non-university research"),
    ActorType.UNIVERSITY.value: N_("University"),
    ActorType.CLINIC.value: N_("Clinic"),
    ActorType.NETWORK.value: N_("Network"),
    ActorType.PUBLIC.value: N_("Public body"),
    ActorType.FUNDER.value: N_("Funding body"),
    ActorType.PATIENT_ORG.value: N_("Patient representation"),
    ActorType.OTHER.value: N_("Other"),
}
EXCLUSION_NAMES = {
    ExclusionReason.NOT_FINISHED: N_("not finished"),
    ExclusionReason.WITHDRAWN: N_("withdrawn"),
    ExclusionReason.NO_CONSENT: N_("no consent"),
    ExclusionReason.CONFLICT: N_("two versions not yet reconciled"),
    ExclusionReason.PRETEST: N_("pretest"),
    ExclusionReason.UNKNOWN_ORGANISATION: N_("organisation not in the register"),
}


class Words:
    """The words of one report."""

    def __init__(self, facts: ReportFacts) -> None:
        self._facts = facts
        self.language: Language = facts.language

    @property
    def decimals(self) -> int:
        """Decimals of scores in tables: one, none in public, where values are rounded to 5 points."""
        return 0 if self._facts.level is Level.PUBLIC else 1

    def value(self, value: float | None) -> str:
        """A score in a table."""
        return self.language.number(value, self.decimals)

    def change(self, value: float | None) -> str:
        """A change with its sign."""
        return self.language.number(value, self.decimals, sign=True)

    def percent(self, share: float | None) -> str:
        """A share of 0 to 1 in per cent."""
        return "–" if share is None else self.language.percent(share)

    def n(self, count: int | None) -> str:
        """The number of organisations behind a value: exact, or its band in public."""
        if count is None:
            return "–"
        if self._facts.level is not Level.PUBLIC:
            return self.language.number(count)
        settings = self._facts.profile.disclosure
        if count >= settings.public_n_value:
            return f"≥\u00a0{settings.public_n_value}"
        return f"{settings.public_n_class}–{settings.public_n_value - 1}"

    def with_n(self, count: int | None) -> str:
        """``n 5``, in public ``n ≥ 5``."""
        return f"n\u00a0{self.n(count)}"

    def interval(self, limits: tuple[float, float] | None) -> str:
        """``25,0 bis 50,0``, or a dash."""
        if limits is None:
            return "–"
        _ = self.language.gettext
        low, high = self.value(limits[0]), self.value(limits[1])
        return _("{low} to {high}").format(low=low, high=high)

    def basis(self, cell: DisclosedCell) -> str:
        """N and grade of performance as they stand below its value: ``n 5 · B``; for a class alone its n."""
        if cell.performance is None:
            return self.with_n(cell.n)
        count = self.with_n(cell.performance.n)
        return count if cell.grade is None else f"{count} · {cell.grade.value}"

    def chain_basis(self, scorecard: DisclosedScorecard) -> str:
        """From how many stages the chain index is computed: ``from 6 of 9 stages``."""
        rated = sum(1 for result in scorecard.stage_results.values() if result.performance is not None)
        return self.language.gettext("from {rated} of {total} stages").format(
            rated=rated, total=len(scorecard.stage_results)
        )

    @property
    def status(self) -> str:
        """``Draft``, or ``Released`` with its day."""
        _ = self.language.gettext
        moment = self._facts.released
        if moment is None:
            return _("Draft")
        day = moment.astimezone(self._facts.created.tzinfo).date()
        return _("Released on {day}").format(day=self.language.date(day))

    @property
    def marking(self) -> str:
        """The level in words, as on every page and sheet; a draft says so."""
        _ = self.language.gettext
        level = self.said(LEVEL_MARKINGS[self._facts.level])
        return level if self._facts.released is not None else f"{level} · {_('Draft')}"

    def class_basis(self, cell: DisclosedCell) -> str:
        """Class and gap with their own n, the smaller one: ``Kritische Lücke (n 6)``; empty without a class."""
        if cell.cell_class is None:
            return ""
        return f"{self.class_name(cell.cell_class.value)} ({self.with_n(cell.n)})"

    def said(self, name: str) -> str:
        """A constant of this module in the report's language."""
        return self.language.gettext(name)

    def class_name(self, key: str) -> str:
        """The full name of a class."""
        return load_palette().classes[key].names[self.language.code]

    def type_name(self, code: str) -> str:
        """The name of a type of organisation: the project's own, or the shipped one."""
        own = self._facts.type_names.get(code)
        if own is not None:
            return self._facts.text(own)
        return self.said(TYPE_NAMES.get(code, code))

    def cell_name(self, stage: str, dimension: str) -> str:
        """``Logistik & Transport × Fachkräfte``; the whole chain or all dimensions in words."""
        _ = self.language.gettext
        first = _("Whole chain") if stage in {"*", ""} else self._facts.stage_name(stage)
        second = _("all dimensions") if dimension in {"*", ""} else self._facts.dimension_name(dimension)
        return f"{first} × {second}"

    def cell_code(self, stage: str, dimension: str) -> str:
        """``S3·D2``; ``S3`` or ``D2`` alone where the other is not set, a dash for the whole chain."""
        parts = [key.upper() for key in (stage, dimension) if key not in {"*", ""}]
        return "·".join(parts) or "–"

    def horizon(self, index: int) -> str:
        """The name of a horizon; a dash where the form knows none."""
        horizons = self._facts.horizons
        return self._facts.text(horizons[index].name) if index < len(horizons) else "–"

    def listed(self, parts: list[str]) -> str:
        """``a, b and c``."""
        _ = self.language.gettext
        if len(parts) < 2:
            return "".join(parts)
        return _("{first} and {last}").format(first=", ".join(parts[:-1]), last=parts[-1])
