"""Single ratings go out under pseudonyms, only of those who agreed, and tell nothing about the others."""

import shutil

import openpyxl
import pytest

from roadmapdesk.domain.levels import Level
from roadmapdesk.errors import RoadmapDeskError, UsageError
from roadmapdesk.i18n import Language
from roadmapdesk.scoring.inputs import Measure
from roadmapdesk.storage import open_project
from roadmapdesk.workspace.assessment import Assessment
from roadmapdesk.workspace.exporting import ReportKind, export
from roadmapdesk.workspace.single_records import agreeing_organisations, single_records

WAVE = "w1"


@pytest.fixture(scope="module")
def project(sample, tmp_path_factory):
    folder = shutil.copytree(sample, tmp_path_factory.mktemp("records") / "Beispiel.roadmapdesk")
    with open_project(folder) as opened:
        yield opened


@pytest.fixture(scope="module")
def assessment(project):
    return Assessment(project)


@pytest.fixture(scope="module")
def records(project, assessment):
    return single_records(project, assessment, WAVE)


def test_only_those_who_agreed_are_in_it_under_names_that_tell_nothing(project, assessment, records):
    agreed = agreeing_organisations(assessment.counted(WAVE))
    names = project.pseudonyms.of("actor", sorted(agreed))
    who = {name: key for key, name in names.items()}
    card = assessment.scorecard(WAVE)
    assert len({one.pseudonym for one in records}) >= 3
    assert {one.pseudonym for one in records} <= set(names.values())
    for one in records:
        ratings = card.ratings(one.stage, one.dimension, Measure.PERFORMANCE)
        assert ratings.get(who[one.pseudonym]) == one.performance
    assert not {one.pseudonym for one in records} & set(card.organisations)


def test_taking_them_out_of_a_published_mean_leaves_nobody_alone(assessment, records):
    """The attack: n and mean of a cell minus the handed-over ratings, for each measure and each wave's panel."""
    card, later = assessment.scorecard(WAVE), assessment.scorecard("w2")
    cells = {(one.stage, one.dimension) for one in records}
    refused = 0
    for stage, dimension in ((key.stage, key.dimension) for key in card.cells):
        agreed = agreeing_organisations(assessment.counted(WAVE))
        groups = [set(card.ratings(stage, dimension, measure)) for measure in Measure if measure.value != "progress"]
        panel = groups[0] & set(later.ratings(stage, dimension, Measure.PERFORMANCE))
        rests = [len(group - agreed) for group in (*groups[:3], panel)]
        if (stage, dimension) in cells:
            assert not {1, 2} & set(rests)
        else:
            refused += bool({1, 2} & set(rests))
    assert refused, "the sample holds cells that had to stay behind"


def test_pseudonyms_stay_and_are_nobodys_order(project, assessment, records):
    assert single_records(project, Assessment(project), WAVE) == records
    assert [one.pseudonym for one in records] == sorted(one.pseudonym for one in records)


def test_nothing_goes_out_where_it_would_tell_about_others(project, assessment):
    with pytest.raises(RoadmapDeskError) as refusal:
        single_records(project, assessment, "w2")
    assert refusal.value.code == "report.no_records"


@pytest.mark.parametrize(
    ("kind", "level"),
    [(ReportKind.SUMMARY, Level.HANDOFF), (ReportKind.WORKBOOK, Level.PUBLIC), (ReportKind.WORKBOOK, Level.INTERNAL)],
)
def test_they_go_into_the_hand_off_workbook_only(project, assessment, tmp_path, kind, level):
    target = tmp_path / f"out.{kind.value}"
    with pytest.raises(UsageError):
        export(
            project,
            assessment,
            kind=kind,
            level=level,
            language=Language("de"),
            target=target,
            wave=WAVE,
            with_records=True,
        )
    assert not target.exists()


def test_the_workbook_has_the_sheet_on_request_and_the_log_says_so(project, assessment, records, tmp_path):
    options = {"kind": ReportKind.WORKBOOK, "level": Level.HANDOFF, "language": Language("de"), "wave": WAVE}
    export(project, assessment, target=tmp_path / "without.xlsx", **options)
    export(project, assessment, target=tmp_path / "with.xlsx", with_records=True, **options)

    assert "18_Einzeldaten" not in openpyxl.load_workbook(tmp_path / "without.xlsx", read_only=True).sheetnames
    book = openpyxl.load_workbook(tmp_path / "with.xlsx")
    sheet = book["18_Einzeldaten"]
    found = {row[0] for row in sheet.iter_rows(values_only=True)}
    assert {one.pseudonym for one in records} <= found
    names = [
        entry.name("de") for entry in project.actors.list() if entry.key in assessment.scorecard(WAVE).organisations
    ]
    text = "\n".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row)
    assert not [name for name in names if name in text]
    dictionary = "\n".join(str(row) for row in book["19_Datenwoerterbuch"].iter_rows(values_only=True))
    assert "18_Einzeldaten" in dictionary
    logged = project.export_log.list()
    assert [entry.details["records"] for entry in logged[:2]] == [len(records), 0]
