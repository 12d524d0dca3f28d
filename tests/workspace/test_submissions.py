"""Finalised interviews leave the project as ODK submissions: one folder each, encrypted where the form asks."""

import base64
import hashlib
import zipfile

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from roadmapdesk.domain.interviews import InterviewState
from roadmapdesk.storage import create_project
from roadmapdesk.workspace.attachments import delete_files
from roadmapdesk.workspace.forms import add_form
from roadmapdesk.workspace.interviewing import move_interview, open_interview, start_interview
from roadmapdesk.workspace.places import PlaceTaken
from roadmapdesk.workspace.submissions import SubmissionError, finished, save_submissions
from roadmapdesk.xforms.encryption import decrypt_submission

FORM = """
|survey|
||type|name|label|
||text|answer|Answer|
||image|photo|Photo|
|settings|
||form_id|version|public_key|
||visit|3|{key}|
"""


@pytest.fixture
def project(tmp_path):
    with create_project(tmp_path / "study", title="Study", language="de") as project:
        yield project


def hold(project, tmp_path, *, key="", photo=b"", is_done=True):
    """An interview, finalised unless `is_done` says no."""
    path = tmp_path / "visit.md"
    path.write_text(FORM.format(key=key), encoding="utf-8")
    interview_id = start_interview(project, form_sha=add_form(project, path).sha)
    desk, save = open_interview(project, interview_id)
    save.write(project)
    desk.answer("/data/answer", "Grün & blau <1>").save.write(project)
    if photo:
        project.attachments.add(interview_id, "/data/photo", photo, name="photo.png", mime="image/png")
        desk.answer("/data/photo", "photo.png").save.write(project)
    if is_done:
        desk.finalise().write(project)
    return interview_id


def unpacked(target):
    with zipfile.ZipFile(target) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_record_is_a_folder_with_its_xml_and_its_files(project, tmp_path):
    chosen = hold(project, tmp_path, photo=b"\x89PNG bytes")
    target = tmp_path / "out.zip"
    written = save_submissions(project, [chosen], target)
    files = unpacked(target)
    ((folder,), names) = {name.split("/")[0] for name in files}, {name.split("/")[1] for name in files}
    assert folder.startswith("uuid")
    assert names == {"submission.xml", "photo.png"}
    assert files[f"{folder}/photo.png"] == b"\x89PNG bytes"
    xml = files[f"{folder}/submission.xml"].decode()
    assert "<answer>Grün &amp; blau &lt;1&gt;</answer>" in xml
    assert 'id="visit"' in xml
    assert 'version="3"' in xml
    assert (written.encrypted, written.missing) == (0, ())
    (entry,) = project.export_log.list()
    assert (entry.kind, entry.level, entry.target) == ("submissions", "internal", "out.zip")
    assert entry.sha == hashlib.sha256(target.read_bytes()).hexdigest()


def test_a_form_with_a_public_key_gives_records_that_its_owner_alone_reads(project, tmp_path):
    owner = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    der = serialization.Encoding.DER
    key = base64.b64encode(owner.public_key().public_bytes(der, serialization.PublicFormat.SubjectPublicKeyInfo))
    chosen = hold(project, tmp_path, key=key.decode(), photo=b"secret picture")
    target = tmp_path / "out.zip"
    assert save_submissions(project, [chosen], target).encrypted == 1
    files = {name.split("/")[1]: data for name, data in unpacked(target).items()}
    assert b"Gr\xc3\xbcn" not in b"".join(files.values())
    private = owner.private_bytes(der, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    record = decrypt_submission(files.pop("submission.xml"), files, private)
    assert record.is_intact
    assert record.media == {"photo.png": b"secret picture"}
    assert "Grün" in record.xml.decode()


def test_a_file_that_was_deleted_for_good_is_named(project, tmp_path):
    chosen = hold(project, tmp_path, photo=b"bytes")
    (kept,) = project.attachments.list(chosen)
    delete_files(project, [kept.sha], "asked for")
    written = save_submissions(project, [chosen], tmp_path / "out.zip")
    assert written.missing == ("photo.png",)
    assert [name.split("/")[1] for name in unpacked(tmp_path / "out.zip")] == ["submission.xml"]


def test_drafts_and_withdrawn_interviews_are_no_submissions(project, tmp_path):
    with pytest.raises(SubmissionError, match="abgeschlossen"):
        finished(project)
    draft = hold(project, tmp_path, is_done=False)
    done = hold(project, tmp_path)
    assert finished(project) == (done,)
    with pytest.raises(SubmissionError):
        save_submissions(project, [done, draft], tmp_path / "out.zip")
    assert not (tmp_path / "out.zip").exists()
    move_interview(project, done, InterviewState.WITHDRAWN)
    with pytest.raises(SubmissionError):
        finished(project)


def test_nothing_is_written_into_a_project(project, tmp_path):
    chosen = hold(project, tmp_path)
    with pytest.raises(PlaceTaken):
        save_submissions(project, [chosen], project.folder / "out.zip")
    assert project.export_log.list() == ()
