"""The annex: abbreviations that the report uses, the imprint, the questionnaire."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from roadmapdesk.domain.levels import Level
from roadmapdesk.i18n import Language
from roadmapdesk.reports.abbreviations import explained
from roadmapdesk.reports.document import Cell, Definitions, Heading, Paragraph, Table
from roadmapdesk.reports.facts import ReportFacts
from roadmapdesk.reports.papers.facts import AnswerKind, BlankForm, BlankGroup, BlankQuestion
from roadmapdesk.reports.summary import build_summary

Facts = Callable[..., ReportFacts]

SCALE = (("1", "weak"), ("2", "strong"))
FORM = BlankForm(
    "Site assessment",
    "2026-01",
    (
        BlankGroup(
            "E",
            "Stages",
            (
                BlankQuestion("", "Read this aloud", AnswerKind.NOTE),
                BlankGroup(
                    "",
                    "Performance today",
                    (
                        BlankQuestion("E1", "Competence", AnswerKind.CHOICE, options=SCALE, list_name="scale"),
                        BlankQuestion("E2", "Workforce", AnswerKind.CHOICE, options=SCALE, list_name="scale"),
                    ),
                ),
                BlankQuestion("E3", "Bottlenecks", AnswerKind.MULTIPLE, options=SCALE),
                BlankQuestion("E4", "Partner", AnswerKind.CHOICE, list_name="actors"),
                BlankQuestion("E5", "Country", AnswerKind.CHOICE, options=tuple((str(n), str(n)) for n in range(30))),
            ),
        ),
    ),
)


def test_abbreviations_are_explained_where_they_are_used():
    content = (Paragraph("GMP and PET, but no SPECTRUM"), Heading(2, "Agreement (ICC)"))
    found = explained(content, Language("en"))
    assert [word for word, _meaning in found] == ["GMP", "ICC", "PET"]
    assert explained((Paragraph("nothing short"),), Language("en")) == ()
    assert all(meaning for _word, meaning in explained(content, Language("de")))


def test_the_questionnaire_stands_in_the_annex(facts_at: Facts):
    facts = replace(facts_at(Level.PUBLIC, "en"), questionnaire=FORM)
    annex = build_summary(facts).sections[-1]
    table = annex.blocks[-1]
    assert isinstance(table, Table)
    assert [tuple(cell.text for cell in row) for row in table.rows] == [
        ("", "Performance today", ""),
        ("E1", "Competence", "weak · strong"),
        ("E2", "Workforce", "as above"),
        ("E3", "Bottlenecks", "several: weak · strong"),
        ("E4", "Partner", "one entry of the register"),
        ("E5", "Country", "list of 30 entries"),
    ]
    assert table.rows[0][1] == Cell("Performance today", is_strong=True)


def test_the_imprint_names_who_answers_for_the_report_or_says_that_nobody_is_named(facts_at: Facts):
    def imprint(facts: ReportFacts) -> dict[str, str]:
        blocks = build_summary(facts).sections[-1].blocks
        place = blocks.index(Heading(2, "Imprint"))
        entries = blocks[place + 1]
        assert isinstance(entries, Definitions)
        return dict(entries.entries)

    facts = facts_at(Level.HANDOFF, "en")
    assert imprint(facts)["Responsible"] == "not named in the project"
    assert imprint(facts)["Edition"] == "Hand-off · Draft"
    named = replace(facts, controller="Institute, Street 1", released=datetime(2026, 11, 20, 23, 30, tzinfo=UTC))
    assert imprint(named)["Responsible"] == "Institute, Street 1"
    assert imprint(named)["Edition"] == "Hand-off · Released on 20 Nov 2026"
