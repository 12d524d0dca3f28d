from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QApplication

from roadmapdesk.desktop import settings as keys
from roadmapdesk.desktop.settings import RecentProject, Settings


@pytest.mark.parametrize(
    ("key", "value"),
    [(keys.LANGUAGE, "en"), (keys.TEXT_FACTOR, 1.3), (keys.OPENS_LAST_PROJECT, True), (keys.BACKUP_FOLDER, "/x y/ä")],
)
def test_a_value_survives_the_program(qapp: QApplication, tmp_path: Path, key, value) -> None:
    first = Settings(tmp_path / "settings.ini")
    first.set(key, value)
    first.flush()

    assert Settings(tmp_path / "settings.ini").get(key) == value


def test_a_fresh_installation_has_the_defaults(qapp: QApplication, tmp_path: Path) -> None:
    settings = Settings(tmp_path / "settings.ini")

    assert [settings.get(key) for key in keys.ALL_KEYS] == [key.default for key in keys.ALL_KEYS]
    assert settings.recent_projects() == ()
    assert settings.blob("geometry").isEmpty()


def test_a_damaged_file_gives_defaults(qapp: QApplication, tmp_path: Path) -> None:
    file = tmp_path / "settings.ini"
    file.write_text("[General]\ntext_factor=huge\nrecent_projects=[{\n", encoding="utf-8")
    settings = Settings(file)

    assert settings.get(keys.TEXT_FACTOR) == 1.0
    assert settings.recent_projects() == ()


def test_recent_projects_are_listed_latest_first_and_once(qapp: QApplication, tmp_path: Path) -> None:
    settings = Settings(tmp_path / "settings.ini")
    for number in range(15):
        settings.remember_project(RecentProject(path=f"/p/{number}", name=f"P{number}"))
    settings.remember_project(RecentProject(path="/p/9", name="renamed"))

    names = [entry.name for entry in settings.recent_projects()]

    assert names[:2] == ["renamed", "P14"]
    assert len(names) == 12
    assert names.count("P9") == 0


def test_an_open_project_is_noted_at_its_place_in_the_list(qapp: QApplication, tmp_path: Path) -> None:
    settings = Settings(tmp_path / "settings.ini")
    settings.remember_project(RecentProject(path="/p", name="P"))

    settings.remember_project(RecentProject(path="/q", name="Q"))
    settings.note_project(RecentProject(path="/p", name="P", drafts=1, opened_at="later", open_interview="id-1"))
    settings.note_project(RecentProject(path="/unknown", name="U"))

    others, noted = settings.recent_projects()
    assert others.path == "/q"
    assert (noted.drafts, noted.open_interview, noted.opened_at) == (1, "id-1", "")


def test_bytes_survive(qapp: QApplication, tmp_path: Path) -> None:
    settings = Settings(tmp_path / "settings.ini")

    settings.set_blob("geometry", QByteArray(b"\x00\xff@Variant"))

    assert settings.blob("geometry").data() == b"\x00\xff@Variant"
