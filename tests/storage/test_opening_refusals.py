"""What is said of a project of which one file is missing, damaged or newer."""

import contextlib
import sqlite3

import pytest

from roadmapdesk.storage import create_project, errors, open_project


@pytest.fixture
def folder(tmp_path):
    with create_project(tmp_path / "P", title="P", language="de") as project:
        return project.folder


@pytest.mark.parametrize("content", [None, b"", b"\xff" * 4096])
def test_a_fault_of_the_attachments_names_their_file(folder, content):
    path = folder / "media.sqlite"
    path.unlink() if content is None else path.write_bytes(content)
    with pytest.raises(errors.StorageError) as caught:
        open_project(folder)
    assert caught.value.code == ("storage.media_missing" if content is None else "storage.media_damaged")
    assert "media.sqlite" in caught.value.sentence


@pytest.mark.parametrize("version", ["0003_next", "9999"])
def test_a_schema_of_another_name_is_newer_and_not_damaged(folder, version):
    with contextlib.closing(sqlite3.connect(folder / "project.sqlite")) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (version,))
    with pytest.raises(errors.DatabaseTooNew) as caught:
        open_project(folder)
    assert version in caught.value.sentence
