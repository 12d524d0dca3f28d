"""Papers of a real project, read back from the PDF."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pypdf import PdfReader

from roadmapdesk.domain.catalog import load_catalog
from roadmapdesk.domain.interviews import InterviewState
from roadmapdesk.domain.question_roles import Role
from roadmapdesk.i18n import Language
from roadmapdesk.reports.document import Document, Question
from roadmapdesk.reports.errors import ReportError, TargetNotWritable
from roadmapdesk.reports.papers.facts import PrivacyDetails
from roadmapdesk.storage import Project, create_project
from roadmapdesk.workspace import papers, study_details
from roadmapdesk.workspace.forms import add_form, register_lists
from roadmapdesk.workspace.interview_notes import new_key, write_note
from roadmapdesk.workspace.interviewing import open_interview, start_interview
from roadmapdesk.workspace.paper_forms import blank_form
from roadmapdesk.workspace.paper_protocol import NOTHING_SAID, WITHDRAWN
from roadmapdesk.workspace.papers import PaperKind
from roadmapdesk.workspace.places import PlaceTaken
from roadmapdesk.workspace.projects import new_project, open_project
from roadmapdesk.xforms.problems import FormError
from roadmapdesk.xforms.xlsform.problems import FormFileError

CREATED = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
GERMAN, ENGLISH = Language("de"), Language("en")
SAID = "Wir brauchen <mehr> Fachkräfte & Räume; „bald“."
NOTE = "Wirkte in Eile"


@pytest.fixture(scope="module")
def master(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with one interview: consents, a stage rated, an open answer, a note."""
    folder = tmp_path_factory.mktemp("papers") / "Studie.roadmapdesk"
    with new_project(folder, title="Studie", language="de", author="I01") as project:
        key = next(actor.key for actor in project.actors.list() if actor.is_interviewed)
        known = {Role.INTERVIEW_CODE: "RP-0001", Role.ACTOR: key, Role.INTERVIEWER: "I01"}
        desk, save = open_interview(project, start_interview(project, known=known))
        steps = [save] if save else []
        roles = desk.roles
        consent = roles.question(Role.CONSENT_PARTICIPATE)
        answers = [
            (Role.CONSENT_PARTICIPATE, "yes"), (Role.CONSENT_REFERENCE, "E-0001"), (Role.CONSENT_RECORDING, "no"),
            (Role.CONSENT_NETWORK, "yes"), (Role.ANY_STAGE_ACTIVE, "yes"), (Role.STAGES_ACTIVE, "s3"),
            (Role.SWOT_WEAKNESS, SAID), (Role.INTERVIEW_QUALITY, "1"),
        ]  # fmt: skip
        assert consent is not None
        for role, text in answers:
            name = roles.question(role)
            if name is not None:
                step = desk.answer(desk.path_of(name), text, accepts_loss=True)
                assert step.save is not None, role
                steps.append(step.save)
        for each in steps:
            each.write(project)
        write_note(project, desk.interview_id, new_key(desk.path_of(consent), CREATED, ()), NOTE)
    return folder


@pytest.fixture
def project(master: Path, tmp_path: Path) -> Iterator[Project]:
    with open_project(Path(shutil.copytree(master, tmp_path / "Studie.roadmapdesk"))) as opened:
        yield opened


def made(project: Project, kind: PaperKind, language: Language = GERMAN) -> Document:
    interview = project.interviews.list()[0].id if kind is PaperKind.PROTOCOL else ""
    return papers.build_paper(project, kind, language=language, interview_id=interview, created=CREATED)


def text_of(document: Document, folder: Path) -> str:
    """The text of the written file, blanks folded and words at line ends joined."""
    target = folder / "paper.pdf"
    papers.write_paper(document, target, kind=PaperKind.ACTORS)
    pages = [page.extract_text() for page in PdfReader(target).pages]
    return " ".join(" ".join(pages).replace("\u00ad\n", "").replace("\u00ad", "").split())


def test_no_paper_is_laid_into_a_project(project: Project) -> None:
    target = project.folder / "protocol.pdf"
    with pytest.raises(PlaceTaken):
        papers.write_paper(made(project, PaperKind.PROTOCOL), target, kind=PaperKind.PROTOCOL)
    assert not target.exists()


@pytest.mark.parametrize("kind", list(PaperKind))
def test_every_paper_is_written_in_both_languages_and_says_so(
    project: Project, kind: PaperKind, tmp_path: Path
) -> None:
    for language, tag in ((GERMAN, "de-DE"), (ENGLISH, "en-GB")):
        document = made(project, kind, language)
        target = tmp_path / papers.paper_file_name(project, kind, language, "RP-0001")
        papers.write_paper(document, target, kind=kind)
        reader = PdfReader(target)
        assert reader.trailer["/Root"]["/Lang"] == tag
        assert reader.metadata is not None
        assert reader.metadata.title == document.title_page.title
        assert (
            papers.write_paper(document, target, kind=kind).sha == papers.write_paper(document, target, kind=kind).sha
        )


def test_the_protocol_holds_the_answers_in_words_and_no_notes(project: Project, tmp_path: Path) -> None:
    text = text_of(made(project, PaperKind.PROTOCOL), tmp_path)
    assert SAID in text
    assert "Targetmaterial & Radionuklidproduktion" in text
    assert "Tonaufnahme Nein" in text
    assert "E-0001" in text
    assert NOTE not in text
    assert "Nachbereitung" not in text


def test_a_draft_is_marked_and_has_no_place_for_approval(project: Project, tmp_path: Path) -> None:
    draft = made(project, PaperKind.PROTOCOL)
    assert draft.sample_marking == "Entwurf"
    assert "Unterschrift" not in text_of(draft, tmp_path)
    project.interviews.set_state(project.interviews.list()[0].id, InterviewState.FINALISED)
    final = made(project, PaperKind.PROTOCOL)
    assert final.sample_marking == ""
    text = text_of(final, tmp_path)
    assert "Ich gebe das Protokoll in dieser Fassung frei." in text
    assert "Unterschrift" in text


def test_withdrawn_and_unanswered_interviews_have_no_protocol(project: Project) -> None:
    project.interviews.set_state(project.interviews.list()[0].id, InterviewState.WITHDRAWN)
    with pytest.raises(ReportError, match=WITHDRAWN.code):
        made(project, PaperKind.PROTOCOL)
    planned = start_interview(project, state=InterviewState.PLANNED)
    with pytest.raises(ReportError, match=NOTHING_SAID.code):
        papers.build_paper(project, PaperKind.PROTOCOL, language=GERMAN, interview_id=planned)


def test_papers_stand_in_the_export_log_and_the_stage_card_does_not(project: Project, tmp_path: Path) -> None:
    interview = project.interviews.list()[0].id
    card = papers.write_paper(made(project, PaperKind.STAGE_CARD), tmp_path / "k.pdf", kind=PaperKind.STAGE_CARD)
    papers.log_paper(project, card)
    assert project.export_log.list() == ()
    actors = papers.write_paper(made(project, PaperKind.ACTORS), tmp_path / "a.pdf", kind=PaperKind.ACTORS)
    papers.log_paper(project, actors)
    (entry,) = project.export_log.list()
    assert (entry.kind, entry.target, entry.interviews) == ("actors", "a.pdf", ())
    for kind in (PaperKind.QUESTIONNAIRE, PaperKind.PRIVACY, PaperKind.CONSENT):
        papers.log_paper(project, papers.WrittenPaper(tmp_path / "b.pdf", kind, "de", "0" * 64))
        assert project.export_log.list()[0].kind == kind.value
    written = papers.write_paper(
        made(project, PaperKind.PROTOCOL), tmp_path / "p.pdf", kind=PaperKind.PROTOCOL, interview_id=interview
    )
    papers.log_paper(project, written)
    entry = project.export_log.list()[0]
    assert (entry.kind, entry.sha) == ("protocol", written.sha)
    assert (entry.target, entry.folder) == ("p.pdf", str(tmp_path))


def test_the_stage_card_is_one_sheet_with_every_stage(project: Project, tmp_path: Path) -> None:
    for language in (GERMAN, ENGLISH):
        text = text_of(made(project, PaperKind.STAGE_CARD, language), tmp_path)
        assert len(PdfReader(tmp_path / "paper.pdf").pages) == 1
        for stage in load_catalog().stages:
            assert f"{stage.key.upper()} {stage.name.text(language.code)}" in text
            assert stage.definition.text(language.code) in text


def test_the_actor_list_gives_every_fact_its_source(project: Project, tmp_path: Path) -> None:
    text = text_of(made(project, PaperKind.ACTORS), tmp_path)
    for actor in project.actors.list():
        assert actor.name("de") in text
        for fact in actor.facts:
            assert f"[{fact.source}]" in text
    assert load_catalog().sources["S1"] in text


def test_the_consent_form_asks_each_choice_of_the_form_once(project: Project) -> None:
    document = made(project, PaperKind.CONSENT)
    questions = [block for block in document.blocks() if isinstance(block, Question)]
    assert len(questions) == 6
    assert all(len(question.options) >= 2 and not question.is_multiple for question in questions)


@pytest.mark.parametrize("kind", [PaperKind.PRIVACY, PaperKind.CONSENT])
def test_templates_are_marked_on_each_page_and_name_their_gaps(
    project: Project, kind: PaperKind, tmp_path: Path
) -> None:
    document = made(project, kind)
    sentence = "Vorlage – vor Verwendung durch die/den Datenschutzbeauftragte/n prüfen"
    assert document.marking == sentence
    assert "[Kontakt der Studie: bitte ausfüllen]" in text_of(document, tmp_path)
    full = PrivacyDetails(*(f"Angabe {number}" for number in range(6)))
    study_details.set_privacy_details(project, full)
    text = text_of(made(project, kind), tmp_path)
    assert "bitte ausfüllen" not in text
    assert "Angabe 1" in text
    assert sentence in text


def test_the_questionnaire_says_conditions_in_words(project: Project, tmp_path: Path) -> None:
    text = text_of(made(project, PaperKind.QUESTIONNAIRE), tmp_path)
    assert "Nur bei: „Welle 2“ in A3 oder „Welle 3“ in A3" in text
    assert "wird er nur gefragt bei: „Ja“ in B1" in text
    for path in ("/data", "selected(", "${", "instance("):
        assert path not in text


def test_the_questionnaire_offers_the_register_as_choices(project: Project) -> None:
    form = project.forms.get(project.forms.list()[0].sha)
    paper = blank_form(form, register_lists(project, form), ENGLISH)
    options = {
        label for group in paper.groups for item in group.items for _code, label in getattr(item, "options", ())
    }
    assert {actor.name("en") for actor in project.actors.list() if actor.is_interviewed} <= options


@pytest.mark.slow
def test_every_foreign_form_prints(shared: Path, tmp_path: Path) -> None:
    sources = sorted((shared / "forms").glob("*.xls*"))
    assert sources
    printed = 0
    for number, source in enumerate(sources[::4]):
        with create_project(tmp_path / f"p{number}", title="Fremd", language="de") as project:
            try:
                add_form(project, source)
            except (FormFileError, FormError):
                continue
            document = papers.build_paper(project, PaperKind.QUESTIONNAIRE, language=GERMAN, created=CREATED)
            papers.write_paper(document, tmp_path / f"{number}.pdf", kind=PaperKind.QUESTIONNAIRE)
            printed += 1
    assert printed > 5


def test_a_project_without_a_questionnaire_says_what_is_missing(tmp_path: Path) -> None:
    with create_project(tmp_path / "Leer", title="Leer", language="de") as project:
        with pytest.raises(ReportError, match=papers.NO_FORM.code):
            made(project, PaperKind.QUESTIONNAIRE)
        assert made(project, PaperKind.ACTORS).sections


def test_an_unwritable_place_is_named_before_any_work(project: Project, tmp_path: Path) -> None:
    document = made(project, PaperKind.STAGE_CARD)
    with pytest.raises(TargetNotWritable):
        papers.write_paper(document, tmp_path / "fehlt" / "k.pdf", kind=PaperKind.STAGE_CARD)


def test_the_latest_wave_of_a_code_is_meant_unless_one_is_named(project: Project) -> None:
    later = start_interview(
        project, known={Role.INTERVIEW_CODE: "RP-0001", Role.INTERVIEW_WAVE: "w2", Role.INTERVIEW_DATE: "2027-01-01"}
    )
    assert papers.interview_with_code(project, "RP-0001") == later
    assert papers.interview_with_code(project, "RP-0001", "w1") != later
    with pytest.raises(ReportError, match=papers.NO_INTERVIEW.code):
        papers.interview_with_code(project, "RP-0009")
