"""Backups, versions, erasure, passphrase and contact list, through the real window."""

import shutil
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QPushButton, QWidget

from roadmapdesk import files
from roadmapdesk.desktop import settings as keys
from roadmapdesk.desktop.prompts import Prompts
from roadmapdesk.desktop.safety.contacts_dialog import ContactsDialog
from roadmapdesk.desktop.safety.exports_page import places_sentence
from roadmapdesk.desktop.safety.recovery_key import RecoveryKeyDialog, words_of_project
from roadmapdesk.desktop.widgets.table_model import Role
from roadmapdesk.domain.interviews import InterviewState
from roadmapdesk.storage import open_project
from roadmapdesk.storage.contacts import ContactList
from roadmapdesk.storage.errors import KeyRefused
from roadmapdesk.storage.values import RevisionKind, Summary
from roadmapdesk.workspace.interviewing import open_interview
from roadmapdesk.workspace.measures import PlannedMeasure, adopt, planned

from .conftest import PASSPHRASE, WORD, encrypt, fill_passphrase, type_word


def go_to(program, settle, key: str, item: str = ""):
    program.window.workbench.go_to(key, item)
    settle()
    return program.window.workbench.page


def press(page: QObject, name: str) -> None:
    button = page.findChild(QPushButton, name)
    assert button.isEnabled()
    button.click()


def texts(page, name: str, column: int) -> list[str]:
    model = page.findChild(QObject, name).model()
    return [model.index(row, column).data() for row in range(model.rowCount())]


# -- backups


def test_a_backup_is_made_looked_into_and_copied_to_the_second_place(program, prompts, project, settle, tmp_path):
    page = go_to(program, settle, "backups")
    prompts.path = tmp_path / "zweiter"
    prompts.path.mkdir()
    press(page, "choose_place")
    page.actions_right()[0].click()
    settle()

    assert texts(page, "backups_table", 3) == ["geprüft"]
    (copy,) = (tmp_path / "zweiter" / "Studie").glob("*-manual-*.sqlite")
    (backup,) = project.backups.list()
    assert copy.read_bytes() == backup.path.read_bytes()
    assert program.window.status.backup.text().startswith("Sicherung heute")


def test_the_second_place_may_not_lie_in_the_project_folder(program, prompts, project, settle):
    page = go_to(program, settle, "backups")
    prompts.path = project.folder / "backups"
    press(page, "choose_place")

    assert program.desk.settings.get(keys.BACKUP_FOLDER) == ""
    assert "außerhalb" in page._message.accessibleName()


def test_a_backup_is_compared_with_the_present_and_restored_beside_it(
    program, prompts, project, interview, settle, tmp_path
):
    project.backup("manual")
    type_word(interview, "zweitens")
    settle()
    page = go_to(program, settle, "backups")
    press(page, "compare_backup")
    settle()
    assert "1 Interview weicht ab" in page._comparison.sentence
    assert texts(page, "comparison_table", 2) == ["1 Antwort weicht ab"]
    prompts.path = tmp_path / "Neu.roadmapdesk"
    press(page, "restore_backup")
    settle()

    with open_project(prompts.path) as restored:
        assert restored.drafts.load(interview.item_id).answers[WORD] == "erstens"
    assert project.drafts.load(interview.item_id).answers[WORD] == "zweitens"


def test_backups_run_beside_the_thread_that_saves(program, project, interview, settle, monkeypatch):
    threads = []
    original = type(project.backups)._create

    def noted(backups, reason):
        import threading

        threads.append(threading.get_ident())
        return original(backups, reason)

    saving = []
    monkeypatch.setattr(type(project.backups), "_create", noted)
    program.desk.jobs.run(lambda _control: saving.append(__import__("threading").get_ident()))
    project.backups._last -= 3600
    program.backups.make_if_due(project, lambda _at: None)
    settle()

    assert len(threads) == 1
    assert threads[0] not in saving
    assert [backup.reason for backup in project.backups.list()] == ["timer"]


# -- versions


@pytest.fixture
def versions(program, project, interview, settle):
    """The page of versions of an interview that was finalised twice."""
    project.revisions.cut(interview.item_id, RevisionKind.FINALISE)
    project.revisions.cut(interview.item_id, RevisionKind.REOPEN, "Rückfrage")
    type_word(interview, "zweitens")
    settle()
    project.revisions.cut(interview.item_id, RevisionKind.FINALISE, "berichtigt")
    return go_to(program, settle, "versions", interview.item_id)


def test_versions_are_listed_and_compared_field_by_field(versions):
    assert texts(versions, "versions_table", 1) == ["Abgeschlossen", "Vor dem Wiederöffnen", "Abgeschlossen"]
    assert texts(versions, "versions_table", 3)[0] == "berichtigt"
    row = versions._project.interviews.get(versions.item_id)
    assert texts(versions, "versions_table", 4)[0] == str(row.answered), "counted like in the list of interviews"
    assert texts(versions, "changes_table", 0) == ["A1 A word"]
    assert texts(versions, "changes_table", 1) == ["erstens"]
    assert texts(versions, "changes_table", 2) == ["zweitens"]


def test_an_earlier_version_is_restored_with_a_reason_as_a_new_one(versions, prompts, project, settle):
    project.interviews.update_summary(versions.item_id, Summary(answered=99, total=99))
    assert texts(versions, "changes_table", 4) == ["–"]
    versions._table.select_row(lambda line: line.kind == "reopen")
    assert versions._against.currentIndex() == 0
    assert "berichtigt" in versions._against.currentText(), "what restoring would change is shown first"
    assert texts(versions, "changes_table", 1) == ["erstens"]
    press(versions, "restore_version")
    prompts.dialogs[-1].confirm.click()
    assert prompts.dialogs[-1].isVisible()
    prompts.dialogs[-1].entry.setText("die erste war richtig")
    prompts.dialogs[-1].confirm.click()
    settle()

    assert project.drafts.load(versions.item_id).answers[WORD] == "erstens"
    assert project.interviews.get(versions.item_id).code == "erstens"
    latest = project.revisions.history(versions.item_id)[0]
    assert (latest.kind, latest.reason) == (RevisionKind.RESTORE, "die erste war richtig")
    assert len(project.revisions.history(versions.item_id)) == 4
    assert project.check().is_sound
    row = project.interviews.get(versions.item_id)
    counted = open_interview(project, versions.item_id)[0].pages.total
    assert (row.answered, row.total) == (counted.answered, counted.asked)
    assert texts(versions, "changes_table", 2) == ["erstens"]
    assert texts(versions, "changes_table", 4) == ["die erste war richtig"], "the restoring gave the answer, not I01"


def test_versions_with_the_same_answers_say_so_at_the_top(versions):
    versions._table.select_row(lambda line: line.reason == "" and line.kind == "finalise")
    versions._against.setCurrentIndex(versions._against.findText("Rückfrage", Qt.MatchFlag.MatchContains))

    assert versions._none.isVisible()
    assert not texts(versions, "changes_table", 0)
    assert versions._detail._title.mapTo(versions._detail, QPoint()).y() < versions.fontMetrics().height() * 2


# -- erasure


def test_erasing_lists_asks_and_says_what_people_must_clean(program, prompts, project, interview, settle, tmp_path):
    project.revisions.cut(interview.item_id, RevisionKind.FINALISE)
    project.interviews.set_state(interview.item_id, InterviewState.WITHDRAWN, reason="widerrufen")
    rests = (interview.item_id,)
    adopt(project, PlannedMeasure("", "Messe", "*", "d2", "", "", "", 3, interviews=rests, organisations=1))
    project.backup("manual")
    told = [interview.item_id]
    project.export_log.add(
        kind="pdf",
        level="internal",
        language="de",
        target="bericht.pdf",
        sha="0" * 64,
        interviews=told,
        details={"folder": "/ablage"},
    )
    place = tmp_path / "zweiter"
    place.mkdir()
    program.desk.settings.set(keys.BACKUP_FOLDER, str(place))
    program.backups.make(project, window=program.window, done=lambda _at: None)
    settle()
    page = go_to(program, settle, "interviews")
    press(page, "erase_by_code")
    settle()
    page = program.window.workbench.page
    assert page.key == "erasure"
    assert texts(page, "erasure_table", 0) == ["erstens"]
    assert texts(page, "places_table", 0) == ["bericht.pdf"]
    assert "„Messe“" in page._by_hand.text()
    places = page._places
    assert places.data(places.index(0, 0), Role.SECOND_LINE) == "/ablage"
    assert "/ablage" in places_sentence(project.export_log.list()[0])
    press(page, "erase")
    assert project.interviews.count() == 1
    QTest.keyClicks(page._reason, "Widerruf")
    prompts.says_yes = False
    press(page, "erase")
    settle()
    assert project.interviews.count() == 1
    prompts.says_yes = True
    press(page, "erase")
    settle()

    assert project.interviews.count() == 0
    assert project.erasures.is_erased(interview.item_id)
    (kept,) = planned(project)
    assert (kept.title, kept.interviews, kept.organisations) == ("Messe", (), 0)
    assert "Messe" in page._by_hand.text()
    assert texts(page, "places_table", 0) == ["bericht.pdf"]
    for file in [*project.folder.rglob("*.sqlite"), *place.rglob("*.sqlite")]:
        content = file.read_bytes()
        assert b"erstens" not in content, file.name
        assert interview.item_id.encode() not in content, file.name
    assert list(place.rglob("*.sqlite"))


def test_a_second_place_that_is_away_is_named_for_cleaning(program, prompts, project, interview, settle, tmp_path):
    program.desk.settings.set(keys.BACKUP_FOLDER, str(tmp_path / "weg"))
    page = go_to(program, settle, "erasure", "erstens")
    QTest.keyClicks(page._reason, "Widerruf")
    press(page, "erase")
    settle()

    assert str(tmp_path / "weg") in page._by_hand.text()


def test_an_unknown_code_is_said(program, project, settle):
    page = go_to(program, settle, "erasure", "RP-9999")

    assert "Kein Interview" in page._code_row.error
    assert not page.findChild(QPushButton, "erase").isVisible()


def test_a_kept_backup_asks_for_its_own_passphrase_and_brings_nothing_back(
    program, prompts, project, interview, settle, tmp_path
):
    encrypt(program, prompts, settle, PASSPHRASE)
    type_word(interview, "vorher")
    settle()
    kept = tmp_path / "stick.sqlite"
    shutil.copy(project.backup("manual").path, kept)
    encrypt(program, prompts, settle, PASSPHRASE + " neu")
    project.erasures.erase(project.erasures.plan(project.interviews.get(interview.item_id).code), reason="Widerruf")
    shutil.copy(kept, project.backups.folder / "20260312T120000000Z-manual-000000.sqlite")
    page = go_to(program, settle, "backups")
    settle()
    assert page._table.view.select_row(lambda line: line.backup.number == 0)
    assert texts(page, "backups_table", 3)[-1] == "braucht ihre Passphrase"
    assert not page._compare.isEnabled()

    prompts.path = tmp_path / "Neu.roadmapdesk"
    press(page, "restore_backup")
    settle()
    asked = prompts.dialogs[-1]
    asked._entry.setText(PASSPHRASE)
    asked.confirm.click()
    settle()
    title, told = prompts.told[-1]
    assert title == "Die Sicherung wurde wiederhergestellt"
    assert "mit der Passphrase der Sicherung" in told
    with open_project(prompts.path, passphrase=PASSPHRASE) as restored:
        assert restored.interviews.list() == ()


# -- passphrase and recovery key


def test_a_changed_passphrase_opens_and_the_old_one_does_not(program, prompts, project, interview, settle):
    project.backup("manual")
    encrypt(program, prompts, settle, PASSPHRASE)
    encrypt(program, prompts, settle, PASSPHRASE + " neu")
    type_word(interview, "danach")
    settle()
    folder = project.folder
    program.window.close_project()
    settle()

    with pytest.raises(KeyRefused):
        open_project(folder, passphrase=PASSPHRASE)
    with open_project(folder, passphrase=PASSPHRASE + " neu") as again:
        assert again.drafts.load(interview.item_id).answers[WORD] == "danach"
    for file in folder.rglob("*.sqlite"):
        assert b"SQLite format 3" not in file.read_bytes()[:16]


def test_a_short_or_different_passphrase_is_refused_and_its_strength_is_said(program, prompts, project):
    program.window.menu.actions["passphrase"].trigger()
    dialog = prompts.dialogs[-1]
    fill_passphrase(dialog.fields, "kurz")
    assert "zu kurz" in dialog.fields.strength_words
    dialog.confirm.click()
    assert dialog.isVisible()
    fill_passphrase(dialog.fields, " aber nun lang genug", " anders")
    dialog.confirm.click()
    assert dialog.isVisible()
    assert "Stärke" in dialog.fields.strength_words
    assert not project.is_encrypted
    dialog.reject()


@pytest.fixture
def shown_key(program, prompts, settle, tmp_path) -> RecoveryKeyDialog:
    """The dialog after a project was created with the recommended encryption."""
    program.window.menu.actions["new_project"].trigger()
    dialog = prompts.dialogs[-1]
    dialog._title.setText("Geheim")
    dialog._folder.setText(str(tmp_path))
    next(box for box in dialog.findChildren(QCheckBox) if "Akteuren" in box.text()).setChecked(False)
    fill_passphrase(dialog._fields, PASSPHRASE)
    dialog.confirm.click()
    settle()
    assert program.window.project.is_encrypted
    return prompts.dialogs[-1]


def test_the_groups_of_the_recovery_key_are_numbered(shown_key):
    labels = [label.text() for label in shown_key.findChild(QWidget, "recovery_key").findChildren(QLabel)]
    assert labels[::2] == [str(number) for number in range(1, 15)]
    assert "-".join(labels[1::2]) == "-".join(shown_key._groups)
    asked = int(shown_key._entry.accessibleName().split()[1])
    assert labels[2 * asked - 1] == shown_key.asked_group


def test_a_part_of_the_recovery_key_is_typed_again_before_the_work_begins(shown_key, program, prompts):
    shown_key._entry.setText("AAAA")
    shown_key.confirm.click()
    assert shown_key.isVisible()
    prompts.says_yes = False
    shown_key.refuse.click()
    assert shown_key.isVisible()
    assert prompts.told[-1][0] == "Ohne Wiederherstellungsschlüssel weiter?"
    shown_key._entry.setText(shown_key.asked_group.lower())
    shown_key.confirm.click()
    assert not shown_key.isVisible()


def test_a_person_may_go_on_without_the_recovery_key(theme, qtbot):
    """Through the real question: connected carelessly, its answer would ask the same again."""
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    key = "-".join(["ABCD"] * 14)
    look = {"theme": theme, "prompts": Prompts(theme=theme), "parent": window}
    dialog = RecoveryKeyDialog(key=key, words=words_of_project("Studie"), **look)
    finished = []
    dialog.finished.connect(finished.append)
    dialog.open()
    dialog.refuse.click()
    question = QApplication.activeModalWidget()
    assert question is not dialog
    question.confirm.click()

    assert finished == [0]
    assert QApplication.activeModalWidget() is None


@pytest.mark.parametrize("ending", [".pdf", ".txt"])
def test_the_recovery_key_is_saved_to_print(shown_key, program, prompts, tmp_path, ending):
    prompts.path = tmp_path / f"blatt{ending}"
    press(shown_key, "save_sheet" if ending == ".pdf" else "save_text")
    if ending == ".pdf":
        text = PdfReader(prompts.path).pages[0].extract_text()
    else:
        text = prompts.path.read_text(encoding="utf-8")

    assert "Angelegt am" in " ".join(text.split())
    letters = "".join(text.split()).replace("-", "")
    assert program.window.project.recovery_key.replace("-", "") in letters
    prompts.path = tmp_path / "fehlt" / f"blatt{ending}"
    press(shown_key, "save_sheet")
    assert shown_key._done.text().startswith("An diesem Ort kann nicht geschrieben werden.")


def test_the_recovery_key_is_not_laid_beside_what_it_opens(shown_key, program, prompts):
    prompts.path = program.window.project.folder / "blatt.txt"
    press(shown_key, "save_text")

    assert not prompts.path.exists()
    assert "gehört zum Projekt" in shown_key._done.text()


@pytest.mark.parametrize("ending", [".pdf", ".txt"])
def test_a_sheet_that_is_open_elsewhere_stays_and_is_said(shown_key, prompts, tmp_path, monkeypatch, ending):
    def refuse(_source, _target):
        raise PermissionError(13, "The process cannot access the file")  # as Windows says of a file in use

    prompts.path = tmp_path / f"blatt{ending}"
    prompts.path.write_bytes(b"alt")
    monkeypatch.setattr(files.os, "replace", refuse)
    press(shown_key, "save_sheet" if ending == ".pdf" else "save_text")

    assert "kann nicht geschrieben werden" in shown_key._done.text()
    assert prompts.path.read_bytes() == b"alt"
    assert list(tmp_path.glob("*blatt*")) == [prompts.path]


# -- contacts


def open_new_list(program, prompts, settle, path: Path) -> ContactsDialog:
    program.window.menu.actions["contacts"].trigger()
    dialog = prompts.dialogs[-1]
    fill_passphrase(dialog._fields, PASSPHRASE)
    prompts.path = path
    dialog.confirm.click()
    settle()
    shown, key = prompts.dialogs[-2:]
    assert isinstance(shown, ContactsDialog)
    type_group(key)
    return shown


def type_group(dialog: RecoveryKeyDialog) -> str:
    """Types the group that is asked for; returns the whole key."""
    assert isinstance(dialog, RecoveryKeyDialog)
    dialog._entry.setText(dialog.asked_group)
    dialog.confirm.click()
    assert not dialog.isVisible()
    return "-".join(dialog._groups)


def test_a_contact_list_opens_with_its_recovery_key_after_a_change_of_passphrase(program, prompts, settle, tmp_path):
    path = tmp_path / "leute.contacts"
    shown = open_new_list(program, prompts, settle, path)
    press(shown, "contacts_passphrase")
    change = prompts.dialogs[-1]
    assert "Projekte behalten ihre eigenen" in change._sentence.text()
    fill_passphrase(change.fields, PASSPHRASE + " neu")
    change.confirm.click()
    key = type_group(prompts.dialogs[-1])
    assert "geändert" in shown._message._title.text()
    press(shown, "contacts_key")
    assert type_group(prompts.dialogs[-1]) == key
    shown.reject()
    settle()

    program.window.menu.actions["contacts"].trigger()
    asked = prompts.dialogs[-1]
    asked._entry.setText(PASSPHRASE)
    asked.confirm.click()
    asked = prompts.dialogs[-1]
    assert "lässt sich nicht entschlüsseln" in asked._row.error
    asked.findChild(QCheckBox, "is_recovery").setChecked(True)
    asked._entry.setText(key[:-1])
    asked.confirm.click()
    asked = prompts.dialogs[-1]
    assert asked._row.error
    asked.findChild(QCheckBox, "is_recovery").setChecked(True)
    asked._entry.setText(key)
    asked.confirm.click()
    settle()
    assert isinstance(prompts.dialogs[-1], ContactsDialog)
    prompts.dialogs[-1].reject()


def test_a_contact_with_its_form_of_consent_is_kept_encrypted(program, prompts, settle, tmp_path):
    path = tmp_path / "leute.contacts"
    shown = open_new_list(program, prompts, settle, path)
    press(shown, "new_contact")
    dialog = prompts.dialogs[-1]
    dialog.confirm.click()
    assert dialog.isVisible()
    dialog._fields["code"].setText("RP-0001")
    dialog._fields["name"].setText("Erika Musterfrau")
    dialog.confirm.click()
    form = tmp_path / "einwilligung.pdf"
    form.write_bytes(b"%PDF planted consent")
    prompts.path = form
    press(shown, "attach_form")
    assert texts(shown, "contacts_table", 3) == ["1 Datei"]
    prompts.path = tmp_path / "zurueck.pdf"
    press(shown, "save_form")
    assert prompts.path.read_bytes() == form.read_bytes()
    prompts.path = path
    press(shown, "save_form")
    assert "nicht überschrieben" in shown._message._text.text()
    shown.reject()
    settle()

    content = path.read_bytes()
    assert b"Musterfrau" not in content
    assert b"planted consent" not in content
    with ContactList(path, PASSPHRASE) as again:
        assert [one.name for one in again.list()] == ["Erika Musterfrau"]


def test_a_contact_list_is_not_laid_into_a_project(program, project, prompts, settle):
    program.window.menu.actions["contacts"].trigger()
    dialog = prompts.dialogs[-1]
    fill_passphrase(dialog._fields, PASSPHRASE)
    prompts.path = project.folder / "leute.contacts"
    dialog.confirm.click()
    settle()

    assert not prompts.path.exists()
    title, text = prompts.told[-1]
    assert title == "Die Kontaktliste wurde nicht geöffnet"
    assert "gehört zum Projekt" in text


def test_a_wrong_passphrase_of_the_contact_list_is_said_and_asked_again(program, prompts, settle, tmp_path):
    open_new_list(program, prompts, settle, tmp_path / "leute.contacts").reject()
    settle()
    program.window.menu.actions["contacts"].trigger()
    dialog = prompts.dialogs[-1]
    dialog._entry.setText("etwas ganz anderes")
    dialog.confirm.click()
    settle()
    assert "Kontaktliste „leute.contacts“" in prompts.dialogs[-1]._row.error
    assert "falsch" in prompts.dialogs[-1]._row.error
    prompts.dialogs[-1]._entry.setText(PASSPHRASE)
    prompts.dialogs[-1].confirm.click()
    settle()

    assert isinstance(prompts.dialogs[-1], ContactsDialog)
    prompts.dialogs[-1].reject()


def test_the_log_of_exports_is_shown(program, project, settle):
    for kind, level, target in (
        ("scores", "internal", "-"),
        ("xlsx", "public", "alle.xlsx"),
        ("xlsx", "internal", "wir.xlsx"),
        ("xlsx", "handoff", "wfs.xlsx"),
    ):
        project.export_log.add(kind=kind, level=level, language="de", target=target, sha="0" * 64)
    page = go_to(program, settle, "exports")

    assert texts(page, "exports_table", 0) == ["wfs.xlsx", "wir.xlsx", "alle.xlsx", "von einem Befehl ausgegeben"]
    assert texts(page, "exports_table", 2) == ["Excel-Übergabe", "Excel-Mappe", "Excel-Mappe", "Bewertung"]
    assert texts(page, "exports_table", 3) == ["Übergabe", "Intern", "Öffentlich", "Intern"]


def test_the_log_keeps_telling_which_files_a_person_must_delete(program, project, interview, settle):
    for target, told in (("wir.pdf", [interview.item_id]), ("andere.pdf", [])):
        project.export_log.add(
            kind="pdf", level="internal", language="de", target=target, sha="0" * 64, interviews=told
        )
    project.erasures.erase(project.erasures.plan(project.interviews.get(interview.item_id).code), reason="Widerruf")
    page = go_to(program, settle, "exports")

    assert texts(page, "exports_table", 0) == ["andere.pdf", "wir.pdf"]
    cells = [page._model.index(row, 5) for row in range(2)]
    assert [cell.data() for cell in cells] == ["0", "0"]
    assert [cell.data(Role.SECOND_LINE) for cell in cells] == ["", "1 gelöschtes: Datei löschen"]
    assert "Datei löschen" in places_sentence(page._model.rows[1])


def test_the_open_interview_leads_to_its_versions_and_back(program, project, interview, settle):
    """By its menu and keys; what is being typed is saved first and stands in the present version."""
    action = interview.actions_by_key.by_key["versions"]
    assert action in interview.menu_actions()["interview"]
    assert action.shortcut().toString() == "Ctrl+Shift+H"
    project.revisions.cut(interview.item_id)
    type_word(interview, "noch getippt")
    action.trigger()
    settle()

    page = program.window.workbench.page
    assert (page.key, page.item_id) == ("versions", interview.item_id)
    assert "noch getippt" in texts(page, "changes_table", 2)
    page._back.click()
    settle()
    assert program.window.workbench.page.item_id == interview.item_id


def test_versions_tell_which_wording_was_agreed_to_and_when_it_was_withdrawn(program, project, interview, settle):
    interview.conductor.answer("/data/one/sure", "yes")
    settle()
    program.window.workbench.go_to("versions", interview.item_id)
    settle()
    page = program.window.workbench.page
    shown = page.findChild(QLabel, "consents")
    assert shown.text().startswith("Einwilligung zum Wortlaut von „")
    assert "A3 Yes" in shown.text()
    project.revisions.cut(interview.item_id, RevisionKind.FINALISE, state=InterviewState.FINALISED)
    project.interviews.set_state(interview.item_id, InterviewState.WITHDRAWN, reason="Brief vom Montag")
    page.refresh()
    assert "Brief vom Montag" in shown.text()
