"""Facts of an invented study, scored by the real model: fourteen organisations, ten of them again in wave 2."""

import importlib.util
import os
import random
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

from roadmapdesk.domain.actors import Actor, ActorType, StageRole
from roadmapdesk.domain.catalog import Bilingual, load_catalog
from roadmapdesk.domain.levels import Level
from roadmapdesk.i18n import Language
from roadmapdesk.reports.facts import (
    FormFacts,
    Horizon,
    MeasureFacts,
    OptionCount,
    Quote,
    ReportFacts,
    StageBottlenecks,
    TopicCounts,
    WaveFacts,
)
from roadmapdesk.scoring.inputs import WHOLE_SITE, Interview, Item, Measure, Organisation, ScoringInput
from roadmapdesk.scoring.model import compare_waves, disclose, disclose_change, score
from roadmapdesk.scoring.scorecard import Scorecard

_CHECK_PDF = Path(__file__).parents[1] / "tools" / "check_pdf.py"
_NAMES = (
    ("Nuklidwerk Beispiel AG", "company", "Musterstadt"),
    ("Beispiel-Institut Radiochemie", "research", "Musterstadt"),
    ("Targetwerk Muster GmbH", "company", "Beispielhausen"),
    ("Musterpharma GmbH", "company", "Musterstadt"),
    ("Klinikum Musterstadt", "clinic", "Musterstadt"),
    ("Isotopenlogistik Muster GmbH", "company", "Beispielhausen"),
    ("Entsorgung Beispielhausen", "public", "Beispielhausen"),
    ("Hochschule Musterstadt", "university", "Musterstadt"),
    ("Zyklotron Beispielstadt GmbH", "company", "Beispielstadt"),
    ("Radiotherapie Beispiel gGmbH", "clinic", "Beispielstadt"),
    ("Netzwerk Strahlen Muster e. V.", "network", "Musterstadt"),
    ("Präkursor Muster GmbH", "startup", "Beispielstadt"),
    ("Förderbank Beispielland", "funder", "Musterstadt"),
    ("Heißzellen Muster GmbH", "company", "Beispielhausen"),
)
_QUALITY = {"s1": 76, "s2": 80, "s3": 42, "s4": 70, "s5": 58, "s6": 46, "s7": 44, "s8": 60, "s9": 40}
_SHIFT = {"d1": 14, "d2": 0, "d3": -12, "d4": 2, "d5": -14, "d6": 2, "d7": -4}
_RATERS = {"s1": 8, "s2": 9, "s3": 7, "s4": 6, "s5": 10, "s6": 6, "s7": 4, "s8": 8, "s9": 2}
_ROLES = (StageRole.CORE, StageRole.SUPPORT, StageRole.OBSERVER, StageRole.OBSERVER)

BOTTLENECKS = (
    ("staff", "Fachkräfte", "Specialists"),
    ("nuclide", "Radionuklid- oder Targetversorgung", "Radionuclide or target supply"),
    ("licence", "Genehmigungen und Dauer der Verfahren", "Licences and duration of procedures"),
    ("capital", "Kapital und Förderung", "Capital and grants"),
    ("space", "Flächen und Gebäude", "Space and buildings"),
    ("transport", "Transport und Halbwertszeit", "Transport and half-life"),
)
SECRET_QUOTE = "Nur für den Arbeitskreis bestimmt & <vertraulich>."


def _scale(dimension: str) -> tuple[float, float]:
    """Two dimensions have a fine scale, so that their means differ from all others."""
    return (0.0, 90.0) if dimension in {"d2", "d6"} else (1.0, 5.0)


def _items(dimensions: tuple[str, ...]) -> tuple[Item, ...]:
    measures = (Measure.PERFORMANCE, Measure.IMPORTANCE, Measure.OUTLOOK)
    cells = tuple(
        Item(f"{measure.value}_{dimension}", measure, "@stage_key", dimension, 1.0, *_scale(dimension))
        for measure in measures
        for dimension in dimensions
    )
    points = tuple(
        Item(f"points_{dimension}", Measure.DIMENSION_WEIGHT, WHOLE_SITE, dimension, minimum=0, maximum=100)
        for dimension in dimensions
    )
    return (*cells, *points, Item("readiness", Measure.READINESS, minimum=1, maximum=9))


def _scoring_input(wave: str) -> ScoringInput:
    catalog = load_catalog()
    stages = tuple(stage.key for stage in catalog.stages)
    dimensions = tuple(dimension.key for dimension in catalog.dimensions)
    generator = random.Random(20260301)
    organisations = tuple(
        Organisation(f"o{number:02d}", kind, place, frozenset()) for number, (_name, kind, place) in enumerate(_NAMES)
    )
    invited = tuple(Organisation(f"x{number}", "company", "Musterstadt") for number in range(6))
    interviews: list[Interview] = []
    responses: dict[tuple[str, str, str], str | None] = {}
    for step, code in enumerate(("w1", "w2")):
        for number, organisation in enumerate(organisations):
            if code == "w2" and number >= 10:
                continue
            rated = [stage for stage in stages if (number * 5 + stages.index(stage) * 3) % 14 < _RATERS[stage] + 1]
            if stages[8] in rated and number > 6:
                rated.remove(stages[8])
            roles = {stage: _ROLES[(number + index) % 4] for index, stage in enumerate(rated)}
            key = f"{code}-{number:02d}"
            interviews.append(Interview(key, organisation.key, code, roles=roles, form_hash="a1b2c3"))
            mood = generator.uniform(-9, 9)
            for stage in rated:
                responses[key, stage, "readiness"] = str(generator.randint(4, 9))
                for dimension in dimensions:
                    quality = _QUALITY[stage] + _SHIFT[dimension] + mood + step * generator.choice((0, 6, 16))
                    for measure, level in (
                        ("performance", quality),
                        ("importance", 82 + generator.uniform(-16, 16) - (28 if dimension == "d7" else 0)),
                        ("outlook", quality + generator.uniform(-18, 12)),
                    ):
                        points = max(0.0, min(100.0, level + generator.gauss(0, 10)))
                        value = 1 + round(points / 25) if _scale(dimension)[1] == 5 else round(points * 0.9)
                        unknown = generator.random() < 0.06
                        responses[key, stage, f"{measure}_{dimension}"] = "98" if unknown else str(value)
            if number % 2 == 0:
                for dimension, budget in zip(dimensions, (20, 20, 20, 10, 10, 10, 10), strict=True):
                    responses[key, WHOLE_SITE, f"points_{dimension}"] = str(budget)
    everybody = organisations + invited
    return ScoringInput(wave, stages, dimensions, _items(dimensions), everybody, tuple(interviews), responses)


@cache
def scorecards() -> tuple[Scorecard, Scorecard]:
    """Both waves of the invented study."""
    return score(_scoring_input("w1")), score(_scoring_input("w2"))


def _actors() -> tuple[Actor, ...]:
    stages = list(_QUALITY)
    return tuple(
        Actor(
            key=f"o{number:02d}",
            names={"de": name, "en": name},
            type=ActorType(kind),
            place=place,
            stages={stages[number % 9]: StageRole.CORE, stages[(number * 2 + 3) % 9]: StageRole.SUPPORT},
        )
        for number, (name, kind, place) in enumerate(_NAMES)
    )


def _measures() -> tuple[MeasureFacts, ...]:
    layers = _layers()
    status = Bilingual("geplant", "planned")
    rows = (
        ("Fachkunde-Modul Strahlenschutz", "s5", "d3", 3, 0, 5, ()),
        ("Runder Tisch Genehmigungen", "s6", "d4", 4, 0, 5, ()),
        ("Zweite Targetstation bauen", "s3", "d2", 2, 1, 5, ()),
        ("Gemeinsames Labor für Qualitätskontrolle", "s5", "d2", 1, 1, 4, ("m1",)),
        ("Registerdaten für die Erstattung", "s8", "d5", 0, 1, 4, ()),
        ("Modellvorhaben Transport der Klasse 7", "s7", "d4", 4, 1, 4, ("m2",)),
        ("Regionale Vollversorgung mit Therapienukliden", "s8", "d2", 1, 2, 4, ("m4", "m3")),
        ("Digitale Chargendokumentation", "s5", "d6", 2, 0, 3, ()),
        ("Plattform Alphastrahler", "s3", "d1", 2, 2, 3, ("m3",)),
        ("Abklingfläche am Standort", "s9", "d2", 3, 1, 3, ()),
        ("Gemeinsamer Messeauftritt", "*", "d7", 0, 0, 2, ()),
        ("Clusterstelle auf Dauer", "*", "*", 4, 2, None, ()),
    )
    return tuple(
        MeasureFacts(
            f"m{number}",
            f"M{number:02d}",
            title,
            stage,
            dimension,
            layers[layer],
            horizon,
            Bilingual("Unternehmen gemeinsam", "companies jointly"),
            priority,
            status,
            requires=requires,
        )
        for number, (title, stage, dimension, layer, horizon, priority, requires) in enumerate(rows, start=1)
    )


def _layers() -> tuple[Bilingual, ...]:
    return (
        Bilingual("Markt & Gesellschaft", "Market & society"),
        Bilingual("Produkte & Dienstleistungen", "Products & services"),
        Bilingual("Technologien", "Technologies"),
        Bilingual("Ressourcen", "Resources"),
        Bilingual("Rahmenbedingungen", "Framework conditions"),
    )


def _options(counts: tuple[int, ...]) -> tuple[OptionCount, ...]:
    return tuple(
        OptionCount(code, Bilingual(german, english), count)
        for (code, german, english), count in zip(BOTTLENECKS, counts, strict=True)
    )


def _topics() -> tuple[TopicCounts, ...]:
    return (
        TopicCounts(
            "staff",
            "workforce",
            Bilingual("Fachkräfte", "Workforce"),
            Bilingual("Welche Fachkräfte fehlen am meisten?", "Which specialists are most lacking?"),
            13,
            _options((9, 6, 5, 3, 2, 1)),
        ),
        TopicCounts(
            "licences",
            "regulation",
            Bilingual("Regulatorik", "Regulation"),
            Bilingual("Welche Verfahren dauern zu lange?", "Which procedures take too long?"),
            11,
            _options((3, 4, 8, 5, 0, 2)),
        ),
        TopicCounts(
            "money",
            "finance",
            Bilingual("Finanzierung", "Finance"),
            Bilingual("Woher kommt das Kapital?", "Where does the capital come from?"),
            2,
            _options((1, 0, 0, 2, 0, 0)),
        ),
    )


@cache
def make_facts(
    level: Level = Level.INTERNAL, language: str = "de", *, waves: int = 2, is_sample: bool = True
) -> ReportFacts:
    """The facts of the invented study at one level."""
    cards = scorecards()[:waves]
    names = (Bilingual("Erhebungswelle 1", "Wave 1"), Bilingual("Erhebungswelle 2", "Wave 2"))
    days = ((date(2026, 3, 2), date(2026, 4, 30)), (date(2027, 3, 1), date(2027, 4, 16)))
    wave_facts = tuple(
        WaveFacts(card.wave, names[index], *days[index], disclose(card, level)) for index, card in enumerate(cards)
    )
    change = disclose_change(compare_waves(*cards), cards, level) if waves == 2 else None
    return ReportFacts(
        language=Language(language),
        level=level,
        project="Standortanalyse Radiopharmazie",
        catalog=load_catalog(),
        waves=wave_facts,
        actors=_actors(),
        form=FormFacts(
            Bilingual("Standortbewertung", "Site assessment"), "2026-01", "0f1e2d3c4b5a69788796a5b4c3d2e1f0"
        ),
        app_version="0.1.0",
        created=datetime(2027, 5, 3, 9, 30, tzinfo=UTC),
        change=change,
        topics=_topics(),
        bottlenecks=tuple(
            StageBottlenecks(stage, count, _options((min(count, 5), min(count, 4), min(count, 3), 2, 1, 0)))
            for stage, count in _RATERS.items()
        ),
        quotes=(
            Quote("Fällt die eine Anlage aus, steht die Region drei Wochen.", "s3", "ein Hersteller", is_public=True),
            Quote(SECRET_QUOTE, "s3"),
            Quote("Wir brauchen eine Stimme nach außen.", "", is_public=True),
        ),
        measures=_measures(),
        layers=_layers(),
        horizons=(
            Horizon(Bilingual("kurzfristig", "short term"), Bilingual("2027–2028", "2027–2028")),
            Horizon(Bilingual("mittelfristig", "medium term"), Bilingual("2029–2031", "2029–2031")),
            Horizon(Bilingual("langfristig", "long term"), Bilingual("ab 2032", "from 2032")),
        ),
        is_sample=is_sample,
    )


@pytest.fixture(scope="session")
def facts_at() -> Callable[..., ReportFacts]:
    """A function: level, language, number of waves → facts."""
    return make_facts


@pytest.fixture(scope="session")
def full_scorecards() -> tuple[Scorecard, Scorecard]:
    """The undisclosed scorecards behind the facts."""
    return scorecards()


@pytest.fixture(scope="session")
def secret_quote() -> str:
    """A quotation that only the working group may read."""
    return SECRET_QUOTE


@pytest.fixture(scope="session")
def checker() -> ModuleType:
    """The checker of PDF files; skips where its tools are missing, and fails there in continuous integration."""
    specification = importlib.util.spec_from_file_location("check_pdf", _CHECK_PDF)
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    sys.modules["check_pdf"] = module
    specification.loader.exec_module(module)
    missing = module.missing_tool()
    if missing is not None:
        if os.environ.get("CI", "").lower() == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    return module
