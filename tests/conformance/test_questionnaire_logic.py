"""The shipped questionnaire's logic, question by question, on our own session.

The same checks hold in both reference engines. Every ``relevant``, ``constraint``, ``read_only`` and conditional
``required`` is seen true and false, with both choice filters, moved stages and complete records of two waves.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

import pytest
from lxml import etree

from roadmapdesk.domain.catalog import load_catalog
from roadmapdesk.domain.external_lists import external_files
from roadmapdesk.paths import forms_folder
from roadmapdesk.xforms.definition.form import FormDefinition
from roadmapdesk.xforms.session.session import FormSession
from roadmapdesk.xforms.session.view import Kind, NodeView, ViolationKind
from roadmapdesk.xforms.tree_reading import parse_document
from roadmapdesk.xforms.xlsform.compiler import compile_form

BIND = "{http://www.w3.org/2002/xforms}bind"
LANGUAGES = ("Deutsch (de)", "English (en)")
STAGES = [f"s{number}" for number in range(1, 10)]
EXCLUSIVE = ("none", "97", "98", "99")
MISSING = "MISSING"


@pytest.fixture(scope="module")
def definition() -> FormDefinition:
    form = compile_form(forms_folder() / "site_assessment.md").require_usable("site_assessment.md")
    catalog = load_catalog()
    resources = external_files(
        catalog.actors, catalog.networks, languages=LANGUAGES, extra_rows=form.extra_sheets["external_rows"]
    )
    return FormDefinition.from_xml(form.xform_xml, resources=resources)


@pytest.fixture(scope="module")
def binds() -> list[Mapping[str, str]]:
    form = compile_form(forms_folder() / "site_assessment.md")
    return [dict(bind.attrib) for bind in etree.fromstring(form.xform_xml).iter(BIND)]


class Interview:
    """One interview, spoken to by question names; positions are those of the repeat instance."""

    def __init__(self, definition: FormDefinition, binds: list[Mapping[str, str]], seen: "Seen") -> None:
        self.session = FormSession(definition, clock=lambda: datetime(2026, 6, 1, 12).astimezone())
        self.paths = {bind["nodeset"].rpartition("/")[2]: bind["nodeset"] for bind in binds}
        self.seen = seen
        seen.look(self.session.root)

    def ref(self, name: str, position: int | None = None) -> str:
        for repeat in ("/data/stage_eval", "/data/coop", "/data/measure"):
            if self.paths[name].startswith(f"{repeat}/"):
                return self.paths[name].replace(repeat, f"{repeat}[{position or 1}]", 1)
        return self.paths[name]

    def node(self, name: str, position: int | None = None) -> NodeView:
        return self.session.node(self.ref(name, position))

    def try_answer(self, name: str, value: str, position: int | None = None) -> str:
        """What became of an answer; a refused one is not kept."""
        ref = self.ref(name, position)
        try:
            view = self.session.node(ref)
        except KeyError:
            return MISSING
        if not view.is_relevant:
            return MISSING
        if view.is_readonly:
            return "READONLY"
        violation = self.session.probe(ref, value)
        if violation is None:
            self.session.answer(ref, value)
        self.seen.look(self.session.root)
        result = "OK" if violation is None else violation.kind.value
        self.seen.constraints[self.paths[name]].add(result)
        return result

    def answer(self, name: str, value: str, position: int | None = None) -> None:
        assert self.try_answer(name, value, position) == "OK", f"{name} at {position}"

    def refuse(self, name: str, value: str, position: int | None = None) -> None:
        assert self.try_answer(name, value, position) == "constraint", f"{name} at {position}"

    def shown(self, name: str, position: int | None = None) -> bool:
        return any(view.ref == self._key_ref(name, position) for view in self.screens())

    def _key_ref(self, name: str, position: int | None) -> str:
        try:
            return self.node(name, position).ref
        except KeyError:
            return ""

    def screens(self) -> list[NodeView]:
        """The relevant questions and notes in the order of the form."""
        return list(_screens(self.session.root))

    def choices(self, name: str, position: int | None = None) -> list[str]:
        return [choice.value for choice in self.node(name, position).choices]

    def instances(self, repeat: str) -> list[NodeView]:
        view = self.session.node(f"/data/{repeat}")
        return [child for child in view.children if child.kind is Kind.INSTANCE and child.is_relevant]

    def stages(self) -> list[tuple[str, str]]:
        count = len(self.instances("stage_eval"))
        return [(self.node("stage_key", n).text, self.node("role", n).text) for n in range(1, count + 1)]


class Seen:
    """Which expressions were seen true and false."""

    def __init__(self) -> None:
        self.relevant: dict[str, set[bool]] = defaultdict(set)
        self.readonly: dict[str, set[bool]] = defaultdict(set)
        self.required: dict[str, set[bool]] = defaultdict(set)
        self.constraints: dict[str, set[str]] = defaultdict(set)

    def look(self, view: NodeView) -> None:
        path = re.sub(r"\[[^\]]*\]", "", view.ref)
        self.relevant[path].add(view.is_relevant)
        self.readonly[path].add(view.is_readonly)
        self.required[path].add(view.is_required)
        for child in view.children:
            self.look(child)


def _screens(view: NodeView) -> Iterator[NodeView]:
    if not view.is_relevant:
        return
    if view.kind in {Kind.QUESTION, Kind.NOTE, Kind.TRIGGER}:
        yield view
    for child in view.children:
        yield from _screens(child)


@pytest.fixture(scope="module")
def seen() -> Seen:
    return Seen()


@pytest.fixture
def begin(definition: FormDefinition, binds: list[Mapping[str, str]], seen: Seen):
    def start(wave: str = "w1", consent: str = "yes") -> Interview:
        interview = Interview(definition, binds, seen)
        for name, value in (
            ("interview_code", "RP-0001"),
            ("interviewer_code", "I01"),
            ("wave", wave),
            ("interview_mode", "video"),
            ("consent_participate", consent),
        ):
            interview.answer(name, value)
        return interview

    return start


def check_consent(begin) -> None:
    """Without consent everything after it is closed, also when it is withdrawn later."""
    it = begin(consent="no")
    assert it.screens()[-1].name == "refusal_note"
    assert not any(it.shown(name) for name in ("actor", "closing_open", "perf_d1"))
    it.answer("consent_participate", "yes")
    for name, value in (
        ("consent_form_ref", "E-0001"), ("actor", "abx"), ("chain_active", "yes"), ("stages_active", "s4"),
        ("coop_count", "1"), ("measure_count", "1"),
    ):  # fmt: skip
        it.answer(name, value)
    assert not it.shown("refusal_note")
    assert all(it.shown(n) for n in ("actor", "chain_active", "perf_d1", "partner", "m_title", "interview_quality"))
    it.answer("consent_participate", "no")
    assert it.screens()[-1].name == "refusal_note"
    assert len(it.screens()) <= 10
    record = it.session.to_submission().xml.decode()
    assert "abx" not in record
    assert not re.search("<stages_active>[^<]", record)


def check_stages(begin) -> None:
    """One active and two judged stages: keys, roles, what is asked, labels."""
    it = begin()
    it.answer("actor", "abx")
    assert not it.shown("actor_other")
    for code in ("foreign", "other"):
        it.answer("actor", code)
        assert it.shown("actor_other")
    it.refuse("actor_other", "x" * 121)
    it.answer("actor_other", "Testlabor, Leipzig")
    it.answer("actor", "abx")
    it.answer("employees_band", "e1")
    it.refuse("rp_staff_band", "r3")
    it.answer("rp_staff_band", "r2")
    it.answer("employees_band", "e2")
    it.refuse("rp_staff_band", "r4")
    it.answer("rp_staff_band", "r3")
    it.answer("employees_band", "e3")
    it.answer("rp_staff_band", "r5")
    assert not it.shown("no_stage_note")
    it.answer("chain_active", "yes")
    it.answer("stages_active", "s4")
    assert not it.shown("stage_core")
    assert it.node("stage_main").text == "s4"
    assert it.choices("stages_judge") == [stage for stage in STAGES if stage != "s4"]
    it.answer("stages_judge", "s2 s5")
    assert it.stages() == [("s4", "support"), ("s2", "observer"), ("s5", "observer")]
    for involvement in ("core", "support"):
        it.answer("involvement", involvement, 1)
        assert it.node("role", 1).text == involvement
    assert all(it.shown(name, 1) for name in ("involvement", "trl", "out_d1", "out_d7"))
    assert not any(it.shown(name, n) for name in ("involvement", "trl", "out_d1", "out_d7") for n in (2, 3))
    assert "Präkursoren, Kits & Vorprodukte" in it.node("stage_header", 1).label
    it.session.set_language("English (en)")
    assert it.node("stage_header", 1).label == "Stage: Precursors, kits & pre-products"
    assert it.node("actor").choices[-1].label == "Other organisation in Saxony"
    it.session.set_language("Deutsch (de)")
    assert it.node("actor").choices[-1].label == "andere Einrichtung in Sachsen"


def check_moved_stages(begin) -> None:
    """Changing the selection: lock, marker of the rated stage, warning, shrinking and growing."""
    it = begin()
    it.answer("chain_active", "yes")
    it.answer("stages_active", "s4")
    it.answer("stages_judge", "s2 s5")
    it.answer("perf_d1", "5", 1)
    it.answer("perf_d1", "2", 2)
    assert [it.node("rated_stage", n).text for n in (1, 2)] == ["s4", "s2"]
    assert not it.shown("stage_moved_note", 1)
    it.answer("stages_locked", "yes")
    tried = [
        it.try_answer(*pair) for pair in (("chain_active", "no"), ("stages_active", "s1"), ("stages_judge", "s1"))
    ]
    assert tried == ["READONLY"] * 3
    it.answer("stages_locked", "no")
    it.answer("stages_active", "s2 s4")
    assert it.node("stages_rated").text.split() in (["s2", "s4", "s5"], ["s4", "s2", "s5"])
    assert it.node("n_stages").text == "3"
    assert dict(it.stages())["s2"] == "support"
    moved = [it.shown("stage_moved_note", n) for n in (1, 2)]
    assert moved == [it.node("rated_stage", n).text != it.node("stage_key", n).text for n in (1, 2)]
    assert any(moved)
    it.session.answer(it.ref("perf_d1", 1), "")
    it.answer("perf_d1", "3", 1)
    assert not it.shown("stage_moved_note", 1)
    assert it.shown("stage_core")
    assert it.choices("stage_core") == ["s2", "s4"]
    it.answer("stage_core", "s2")
    assert it.node("stage_main").text == "s2"
    it.answer("stages_judge", "s5 s6 s7")
    assert len(it.instances("stage_eval")) == 5
    it.answer("stages_judge", "s5")
    assert len(it.instances("stage_eval")) == 3
    it.answer("chain_active", "no")
    assert it.node("stages_rated").text == "s5"
    assert it.stages() == [("s5", "observer")]


def check_judged_limit(begin) -> None:
    """At most five stages from outside; a selection can only be locked when there is one."""
    it = begin()
    it.answer("chain_active", "yes")
    it.refuse("stages_locked", "yes")
    it.answer("chain_active", "no")
    assert not it.shown("stages_active")
    assert not it.shown("stage_core")
    assert it.shown("no_stage_note")
    assert it.choices("stages_judge") == STAGES
    it.refuse("stages_judge", "s1 s2 s3 s4 s5 s6")
    it.answer("stages_judge", "s1 s2 s3 s4 s5")
    assert it.stages() == [(stage, "observer") for stage in STAGES[:5]]
    assert not it.shown("no_stage_note")


def check_points(begin) -> None:
    """One hundred points: the last question becomes required and holds the sum."""
    it = begin()
    assert not it.node("pt_d7").is_required
    for number, points in enumerate((20, 20, 10, 10, 10, 10), start=1):
        it.answer(f"pt_d{number}", str(points))
    assert it.node("pt_d7").is_required
    assert (it.node("points_sum").text, it.node("points_left").text) == ("80", "20")
    it.refuse("pt_d7", "30")
    it.answer("pt_d7", "20")
    assert it.node("points_sum").text == "100"
    for number in range(1, 7):
        it.refuse(f"pt_d{number}", "101")
        it.refuse(f"pt_d{number}", "-1")
    it.refuse("pt_d7", "-1")
    alone = begin()
    alone.answer("pt_d7", "100")
    assert alone.node("points_sum").text == "100"


def check_ties_and_measures(begin) -> None:
    """Partners and measures: counts, limits, own organisation, what is shown after lowering a count."""
    it = begin()
    it.answer("actor", "abx")
    it.refuse("coop_count", "13")
    it.refuse("coop_count", "-1")
    it.answer("coop_count", "0")
    it.answer("chain_active", "no")
    it.answer("measure_count", "0")
    assert not any(it.shown(name) for name in ("partner", "m_title", "perf_d1"))
    it.answer("coop_count", "3")
    assert len(it.instances("coop")) == 3
    it.refuse("partner", "abx", 1)
    for position, code in enumerate(("cup", "other", "foreign"), start=1):
        it.answer("partner", code, position)
    assert [it.shown("partner_other", n) for n in (1, 2, 3)] == [False, True, True]
    it.refuse("partner_other", "y" * 121, 2)
    it.answer("partner_other", "Universität", 2)
    it.answer("actor", "foreign")
    it.answer("actor_other", "Labor, Prag")
    it.answer("partner", "foreign", 1)
    it.refuse("coop_kind", "rnd 99", 1)
    it.answer("coop_kind", "rnd supply", 1)
    it.answer("coop_kind", "99", 1)
    assert it.choices("coop_stage", 1) == [*STAGES, "all", "98", "99"]
    it.refuse("measure_count", "6")
    it.refuse("measure_count", "-1")
    it.answer("measure_count", "5")
    assert len(it.instances("measure")) == 5
    it.refuse("m_title", "z" * 201, 5)
    it.answer("m_title", "Titel", 5)
    assert not it.shown("m_followup", 5)
    it.answer("m_stage", "all", 5)
    it.answer("m_dimension", "all", 5)
    it.answer("measure_count", "2")
    assert len(it.instances("measure")) == 2
    it.answer("coop_count", "1")
    assert len(it.instances("coop")) == 1


def _check_multiple(it: Interview, name: str, maximum: int | None) -> None:
    codes = it.choices(name)
    plain = [code for code in codes if code not in EXCLUSIVE]
    for code in (code for code in codes if code in EXCLUSIVE):
        it.refuse(name, f"{plain[0]} {code}")
        it.answer(name, code)
    if maximum:
        it.refuse(name, " ".join(plain[: maximum + 1]))
        it.answer(name, " ".join(plain[:maximum]))
    else:
        it.answer(name, " ".join(plain))
    assert {"98", "99"} <= set(codes)


def check_multiple_choice(begin) -> None:
    """Maxima and exclusive codes of all multiple choices, and the texts that belong to them."""
    it = begin()
    it.answer("chain_active", "no")
    it.answer("stages_judge", "s3")
    for name, maximum in {
        "staff_missing": 5, "infra_missing": 3, "nuclides_critical": None, "reg_procedures": 3, "fund_sources": None,
        "application_fields": 3, "transfer_barriers": 3, "intl_formats": 3, "comm_formats": 3, "cluster_tasks": 3,
        "bottlenecks": 3,
    }.items():  # fmt: skip
        _check_multiple(it, name, maximum)
    for name, text in (
        ("infra_missing", "infra_other"),
        ("nuclides_critical", "nuclide_other"),
        ("reg_procedures", "procedure_other"),
    ):
        it.answer(name, "other")
        assert it.shown(text)
        it.refuse(text, "w" * 121)
        it.answer(text, "Sc-44")
        it.answer(name, "98")
        assert not it.shown(text)
    it.answer("bottlenecks", "staff")
    assert it.shown("bottleneck_text")
    it.refuse("bottleneck_text", "b" * 601)
    it.answer("bottleneck_text", "Beispiel")
    for code in ("none", "98", "99"):
        it.answer("bottlenecks", code)
        assert not it.shown("bottleneck_text")
    it.session.answer(it.ref("bottlenecks"), "")
    assert not it.shown("bottleneck_text")


def check_reference(begin) -> None:
    """The reference network: what is asked for a network, another one, none."""
    it = begin()
    assert not it.shown("ref_position")
    for code in ("none", "98", "99"):
        it.answer("ref_cluster", code)
        assert not it.shown("ref_position")
        assert not it.shown("ref_learn")
    it.answer("ref_cluster", "rad4med")
    assert it.shown("ref_position")
    assert it.shown("ref_learn")
    assert not it.shown("ref_cluster_other")
    _check_multiple(it, "ref_learn", 3)
    it.answer("ref_cluster", "other")
    assert it.shown("ref_cluster_other")
    it.refuse("ref_cluster_other", "v" * 121)
    it.answer("ref_cluster_other", "Cluster")


def check_formats(begin) -> None:
    """Codes, dates, numbers and lengths of texts."""
    it = begin()
    for name, bad, good in (
        ("interview_code", "RP-1", "RP-0042"), ("interviewer_code", "Anna", "I02"),
        ("consent_form_ref", "1", "E-0042"), ("interview_date", "2999-01-01", "2026-01-15"),
        ("open_positions", "501", "3"), ("duration_min", "4", "60"),
    ):  # fmt: skip
        it.refuse(name, bad)
        it.answer(name, good)
    for name in ("swot_s", "swot_w", "swot_o", "swot_t", "closing_open", "closing_refer"):
        it.refuse(name, "u" * 601)
        it.answer(name, "Text")


def check_later_waves(begin) -> None:
    """What is asked from the second wave on, of known and of new organisations."""
    it = begin()
    it.answer("interview_date", "2026-01-15")
    it.answer("chain_active", "no")
    it.answer("stages_judge", "s3")
    it.answer("measure_count", "2")
    later = ("panel_before", "prev_date", "stage_change", "change_drivers", "roadmap_known")
    assert not any(it.shown(name) for name in (*later, "panel_same_person", "panel_own_change", "m_followup"))
    it.answer("wave", "w2")
    assert it.node("panel").text == "yes"
    assert all(it.shown(name) for name in (*later, "m_followup"))
    assert not it.shown("panel_same_person")
    it.answer("panel_before", "no")
    assert not it.shown("panel_same_person")
    it.answer("panel_before", "yes")
    assert it.shown("panel_same_person")
    assert it.shown("panel_own_change")
    it.refuse("prev_date", "2026-01-15")
    it.answer("prev_date", "2025-12-01")
    assert it.node("stage_change", 1).hint == "Bezugsdatum: 2025-12-01"
    _check_multiple(it, "panel_own_change", None)
    _check_multiple(it, "change_drivers", 3)
    assert it.shown("change_text")
    it.refuse("change_text", "t" * 601)
    it.answer("change_text", "Text")
    it.answer("change_drivers", "none")
    assert not it.shown("change_text")
    assert not it.shown("roadmap_progress")
    it.answer("roadmap_known", "yes")
    assert it.shown("roadmap_progress")
    it.answer("roadmap_known", "no")
    assert not it.shown("roadmap_progress")
    it.answer("wave", "w3")
    assert it.node("panel").text == "yes"
    it.answer("wave", "pretest")
    assert not it.shown("change_drivers")


_GIVEN = {
    "consent_form_ref": "E-0001", "prev_date": "2025-01-15", "stages_active": "s3 s5", "stages_judge": "s1 s2 s9",
    "coop_count": "2", "measure_count": "2", "chain_active": "yes", "actor": "abx", "stage_core": "s3",
    "roadmap_known": "yes", "panel_before": "yes", "open_positions": "3", "duration_min": "60", "pt_d7": "40",
}  # fmt: skip


def _fill(it: Interview) -> None:
    """Answers every question that is shown, until no new one appears; locks the stages last."""
    done = {"interview_code", "interviewer_code", "wave", "interview_mode", "consent_participate", "interview_date"}
    answered: set[str] = set()
    while waiting := [
        view
        for view in it.screens()
        if view.kind is Kind.QUESTION and view.ref not in answered and view.name not in {*done, "stages_locked"}
    ]:
        view = waiting[0]
        answered.add(view.ref)
        value = _GIVEN.get(view.name)
        if value is None and view.choices:
            value = next(choice.value for choice in view.choices if choice.value != "abx")
        if value is None:
            value = "10" if view.name.startswith("pt_d") else "Text"
        assert it.session.probe(view.ref, value) is None, view.name
        it.session.answer(view.ref, value)
    it.answer("stages_locked", "yes")


def check_complete_records(begin) -> None:
    """A complete record of each wave is valid; one that is broken afterwards is caught at the end."""
    for wave in ("w2", "w1"):
        it = begin(wave)
        _fill(it)
        it.seen.look(it.session.root)
        assert it.session.validate() == ()
        record = parse_document(it.session.to_submission().xml)
        assert len(record.element.named("stage_eval")) == 5
    it.session.answer(it.ref("pt_d1"), "30")
    (violation,) = it.session.validate()
    assert (violation.kind, violation.ref) == (ViolationKind.CONSTRAINT, it.node("pt_d7").ref)
    it.session.answer(it.ref("pt_d1"), "10")
    it.session.answer(it.ref("pt_d7"), "")
    (violation,) = it.session.validate()
    assert (violation.kind, violation.ref) == (ViolationKind.REQUIRED, it.node("pt_d7").ref)


CHECKS = (
    check_consent,
    check_stages,
    check_moved_stages,
    check_judged_limit,
    check_points,
    check_ties_and_measures,
    check_multiple_choice,
    check_reference,
    check_formats,
    check_later_waves,
    check_complete_records,
)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__.removeprefix("check_"))
def test_questionnaire_logic(check, begin) -> None:
    check(begin)


def _guards_surplus(path: str, condition: str) -> bool:
    """Whether a condition only hides surplus instances of a counted repeat, which our engine never shows."""
    in_repeat = path.startswith(("/data/stage_eval/", "/data/coop/", "/data/measure/"))
    plain = " ".join(condition.split())
    return in_repeat and (
        plain == "../stage_key != ''" or (plain.startswith("position(..) <= ") and " and " not in plain)
    )


def test_every_expression_was_seen_both_ways(begin, binds: list[Mapping[str, str]]) -> None:
    seen = Seen()

    def start(*args: str, **options: str) -> Interview:
        interview = begin(*args, **options)
        interview.seen = seen
        seen.look(interview.session.root)
        return interview

    for check in CHECKS:
        check(start)
    missed = []
    for bind in binds:
        path = bind["nodeset"]
        for attribute, values in (
            ("relevant", seen.relevant),
            ("readonly", seen.readonly),
            ("required", seen.required),
        ):
            condition = bind.get(attribute, "true()")
            if condition != "true()" and values[path] != {True, False} and not _guards_surplus(path, condition):
                missed.append((attribute, path))
        if bind.get("constraint") and not {"OK", "constraint"} <= seen.constraints[path]:
            missed.append(("constraint", path))
    assert missed == []


def test_proof_covers_the_shipped_form(binds: list[Mapping[str, str]]) -> None:
    counts = {name: sum(bind.get(name, "true()") != "true()" for bind in binds) for name in ("relevant", "required")}
    counts["constraint"] = sum("constraint" in bind for bind in binds)
    assert counts == {"relevant": 67, "required": 1, "constraint": 50}


def test_external_lists_keep_the_codes_beside_the_register() -> None:
    catalog = load_catalog()
    extra = (
        {"file": "actors.csv", "name": "other", "label": "x"},
        {"file": "actors.csv", "name": catalog.actors[0].key},
    )
    files = external_files(catalog.actors, catalog.networks, languages=LANGUAGES, extra_rows=extra)
    lines = files["actors.csv"].decode().splitlines()
    assert lines[0].startswith("name,label,label::Deutsch (de),label::English (en),actor_type,place,nuklid_founder")
    assert len(lines) == len(catalog.actors) + 2
    assert Path("references.csv").name in files
