"""A kept backup, whatever passphrase it has, never brings back what was erased from the project since."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from roadmapdesk.__main__ import main
from roadmapdesk.storage import Project, create_project, keys, open_project
from roadmapdesk.storage.errors import Erased, Foreign, KeyRefused
from roadmapdesk.storage.known_erasures import Source
from roadmapdesk.storage.secrets import Secret
from roadmapdesk.storage.thinning import backup_in
from roadmapdesk.storage.values import Summary
from roadmapdesk.workspace.restoring import restore
from roadmapdesk.workspace.safety import BackupState, change_passphrase, compare_backup, look_into
from roadmapdesk.workspace.salvaging import salvage_project

OLD, NEW = "alter Kranich im Moor", "neuer Reiher am Teich"
PLANTED = b"planted sentence of a person who withdrew"
CASES = {"plain": (None, None), "cipher": (OLD, OLD), "changed": (OLD, NEW), "encrypted since": (None, NEW)}


@pytest.fixture(autouse=True)
def _cheap_passphrases(monkeypatch):
    monkeypatch.setattr(keys, "COST", keys.Cost(passes=1, memory_kib=64, lanes=1))


@dataclass(frozen=True)
class Kept:
    """A backup from before an erasure that lies elsewhere, and the project as it is now."""

    backup: Path
    project: Path
    erased: str
    other: str
    before: str | None
    now: str | None
    sha: str

    @property
    def secrets(self) -> list[Secret]:
        return [Secret.typed(text) for text in (self.before, self.now) if text is not None]


def fill(project: Project) -> tuple[str, str, str]:
    form = project.forms.add(b"<x/>", form_id="f", version="7", title="Bogen")
    erased, other = (project.interviews.create(form, summary=Summary(code=code)) for code in ("A01", "A02"))
    project.drafts.save_answer(erased, "/data/a", "a", None, PLANTED.decode(), position="/data/a")
    project.attachments.add(erased, "/data/p", PLANTED * 50, name="weg.png", mime="image/png")
    sha = project.attachments.add(other, "/data/p", b"bleibt" * 50, name="bild.png", mime="image/png").sha
    return erased, other, sha


@pytest.fixture(params=CASES)
def kept(request, tmp_path) -> Kept:
    before, now = CASES[request.param]
    with create_project(tmp_path / "Studie", title="Studie", language="de", passphrase=before) as project:
        erased, other, sha = fill(project)
        backup = Path(shutil.copy(project.backup().path, tmp_path / "stick.sqlite"))
        if now != before:
            change_passphrase(project, now)
        project.erasures.erase(project.erasures.plan("A01"), reason="Widerruf")
    return Kept(backup, project.folder, erased, other, before, now, sha)


def every_byte(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("place", ["elsewhere", "among the backups"])
def test_an_erased_interview_stays_away_whatever_passphrase_the_backup_has(kept, tmp_path, place):
    backup = kept.backup
    if place != "elsewhere":
        backup = Path(shutil.copy(backup, kept.project / "backups" / "20260312T120000000Z-manual-000000.sqlite"))

    result = restore(backup, tmp_path / "Neu", secrets=kept.secrets, project=kept.project)

    assert (result.source, result.report.is_sound) == (Source.PROJECT, True)
    assert result.has_other_key is (kept.before != kept.now)
    assert bool(result.notes) is result.has_other_key
    with open_project(result.folder, passphrase=kept.before) as restored:
        assert [row.id for row in restored.interviews.list()] == [kept.other]
        assert restored.attachments.get(kept.sha) == b"bleibt" * 50
        with pytest.raises(Erased):
            restored.drafts.load(kept.erased)
    if kept.before is None:
        assert PLANTED not in every_byte(result.folder)


@pytest.mark.parametrize("kept", ["changed", "encrypted since"], indirect=True)
def test_without_the_passphrase_of_the_project_nothing_is_restored(kept, tmp_path):
    for project, backup in ((kept.project, kept.backup), (None, _lay_back(kept))):
        with pytest.raises(KeyRefused) as caught:
            restore(backup, tmp_path / "Neu", secrets=kept.secrets[: bool(kept.before)], project=project)
        assert caught.value.code == "storage.erasures_locked"
    assert not list(tmp_path.glob("*Neu*"))


def _lay_back(kept: Kept) -> Path:
    return Path(shutil.copy(kept.backup, kept.project / "backups" / "20260312T120000000Z-manual-000000.sqlite"))


@pytest.mark.parametrize("kept", ["changed"], indirect=True)
def test_a_backup_with_another_passphrase_is_told_apart_from_the_project(kept, tmp_path):
    with pytest.raises(KeyRefused) as caught:
        restore(kept.backup, tmp_path / "Neu", secrets=kept.secrets[1:], project=kept.project)

    assert caught.value.code == "restore.backup_locked"


def test_of_a_damaged_project_its_backups_tell_what_was_erased(kept, tmp_path):
    path = kept.project / "project.sqlite"
    path.write_bytes(os.urandom(path.stat().st_size))

    result = restore(kept.backup, tmp_path / "Neu", secrets=kept.secrets, project=kept.project)

    assert result.source is Source.BACKUPS
    assert result.notes
    with open_project(result.folder, passphrase=kept.before) as restored:
        assert [row.id for row in restored.interviews.list()] == [kept.other]


def test_where_the_project_is_gone_that_is_said(kept, tmp_path):
    shutil.rmtree(kept.project)

    result = restore(kept.backup, tmp_path / "Neu", secrets=kept.secrets, project=kept.project)

    assert result.source is Source.NONE
    assert len(result.notes) == 1
    assert [problem.kind.value for problem in result.report.problems] == ["attachment", "attachment"]


def test_a_backup_of_another_project_is_refused(kept, tmp_path):
    with create_project(tmp_path / "Andere", title="A", language="de") as other:
        pass

    with pytest.raises(Foreign):
        restore(kept.backup, tmp_path / "Neu", secrets=kept.secrets, project=other.folder)
    assert not (tmp_path / "Neu.roadmapdesk").exists()


def test_a_restoring_that_was_cut_off_leaves_no_project_with_what_was_erased(kept, tmp_path, monkeypatch):
    from roadmapdesk.storage import erasure

    class Killed(BaseException):
        """The process ends here."""

    def die(*_arguments: object) -> None:
        raise Killed

    monkeypatch.setattr(erasure.Erasures, "apply", die)
    with pytest.raises(Killed):
        restore(kept.backup, tmp_path / "Neu", secrets=kept.secrets, project=kept.project)
    assert not (tmp_path / "Neu.roadmapdesk").exists()


def test_a_comparison_does_not_show_what_was_erased(kept):
    backup = _lay_back(kept)
    with open_project(kept.project, passphrase=kept.now) as project:
        state = look_into(backup, project.file_key)
        assert state is (BackupState.LOCKED if kept.before and kept.before != kept.now else BackupState.VERIFIED)
        if kept.before == kept.now:
            assert compare_backup(project, backup).lines == ()


def test_the_command_takes_both_passphrases(kept, tmp_path, capsys):
    files = []
    for name, text in (("project", kept.now), ("backup", kept.before)):
        if text is not None:
            (tmp_path / name).write_text(text + "\n", encoding="utf-8")
            files += ["--passphrase-file" if name == "project" else "--backup-passphrase-file", str(tmp_path / name)]
    arguments = ["backup", "restore", str(kept.project), str(tmp_path / "Neu"), "--backup", str(kept.backup)]

    if kept.before != kept.now:
        only_one = [part for part in arguments if "passphrase" not in part]
        only_one += files[-2:] if kept.before else []
        assert main(only_one) != 0
        assert "jetzige Passphrase des Projekts" in capsys.readouterr().err
    assert main([*arguments, *files]) == 0
    said = capsys.readouterr().out
    assert "mit 1 Interview" in said
    assert ("Es öffnet sich mit der Passphrase der Sicherung" in said) is (kept.before not in {None, kept.now})
    assert ("Es ist nicht verschlüsselt" in said) is (kept.before is None and kept.now is not None)
    shutil.rmtree(kept.project)
    arguments[3] = str(tmp_path / "Noch")
    assert main([*arguments, *files]) == 1
    assert "ist nicht da" in capsys.readouterr().out


def test_the_recovery_key_opens_and_salvages_a_project_whose_passphrase_is_lost(tmp_path, capsys):
    with create_project(tmp_path / "Studie", title="Studie", language="de", passphrase=OLD) as project:
        _, other, _ = fill(project)
        sheet = tmp_path / "blatt"
        sheet.write_text(project.recovery_key, encoding="utf-8")
    assert main(["check", str(project.folder), "--passphrase-file", str(sheet)]) == 0

    salvaged = salvage_project(project.folder, tmp_path / "Neu", secret=Secret.typed(sheet.read_text("utf-8")))

    for options in ({"passphrase": OLD}, {"recovery_key": project_key(salvaged.folder, OLD)}):
        with open_project(salvaged.folder, **options) as again:
            assert again.interviews.get(other).code == "A02"
    capsys.readouterr()


def project_key(folder: Path, passphrase: str) -> str:
    with open_project(folder, passphrase=passphrase) as project:
        return project.recovery_key or ""


def test_a_backup_that_a_person_renamed_is_as_old_as_its_file(tmp_path):
    path = tmp_path / "mein Stand.sqlite"
    path.write_bytes(b"x")
    os.utime(path, (1_700_000_000, 1_700_000_000))

    assert backup_in(path).at.timestamp() == 1_700_000_000
