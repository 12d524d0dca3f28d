"""From the menu of an interview: its record as an ODK submission, once it is finalised."""

import zipfile

from PySide6.QtWidgets import QApplication, QLabel

from roadmapdesk.workspace.interviewing import open_interview

FORM = "|survey|\n||type|name|label|\n||text|answer|Answer|\n"


def said(page):
    return " ".join(label.text() for label in page.message.findChildren(QLabel) if label.isVisible())


def save(page, look):
    page.actions_by_key.by_key["submission"].trigger()
    look.jobs.finish()
    QApplication.processEvents()


def test_a_draft_is_refused_and_a_finalised_interview_saved(open_page, look, project, tmp_path):
    look.prompts.path = tmp_path / "record.zip"
    page = open_page(FORM)
    save(page, look)
    assert "nicht abgeschlossen" in said(page)
    assert not look.prompts.path.exists()
    page.conductor.answer("/data/answer", "yes")
    page.conductor.flush()
    look.jobs.finish()
    page.closing.finalise()
    look.jobs.finish()
    QApplication.processEvents()
    save(page, look)
    assert "record.zip" in said(page)
    with zipfile.ZipFile(look.prompts.path) as archive:
        assert [name.split("/")[1] for name in archive.namelist()] == ["submission.xml"]


def test_a_place_in_a_project_is_refused_with_the_reason(open_page, look, project, stored):
    page = open_page(FORM)
    page.conductor.answer("/data/answer", "yes")
    stored(page)
    open_interview(project, page.item_id)[0].finalise().write(project)
    look.prompts.path = project.folder / "record.zip"
    save(page, look)
    assert "gehört zum Projekt" in said(page)
    assert not look.prompts.path.exists()
