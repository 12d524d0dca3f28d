"""Planted answers never reach a log, a traceback or a crash report, however the program fails."""

import contextlib
import logging
import os
import sys
import traceback
from pathlib import Path

import pytest

from roadmapdesk.desktop.crash import CrashKeeper
from roadmapdesk.storage import open_project
from roadmapdesk.storage.errors import StorageError

from .conftest import PASSPHRASE, WORD, encrypt, fill_passphrase, show_interview, type_word

PLANTED = "Zinnoberfuchs4711"


@pytest.fixture
def keeper(tmp_path: Path):
    """The real log, crash report and fault file, with everything that the libraries would write."""
    keeper = CrashKeeper(tmp_path / "log")
    keeper.install()
    everything = logging.FileHandler(tmp_path / "log" / "everything.log", encoding="utf-8")
    root = logging.getLogger()
    level = root.level
    root.addHandler(everything)
    root.setLevel(logging.DEBUG)
    yield keeper
    root.removeHandler(everything)
    root.setLevel(level)
    everything.close()
    keeper.uninstall()


def written(folder: Path, capfd) -> str:
    """Everything in the log folder and on the terminal."""
    logging.getLogger("roadmapdesk").info("end")
    texts = [path.read_text(encoding="utf-8", errors="replace") for path in folder.iterdir()]
    shown = capfd.readouterr()
    return "\n".join([*texts, shown.out, shown.err])


@contextlib.contextmanager
def reported(keeper: CrashKeeper, said: list[str]):
    """Hands an exception to the crash keeper as the window would, and keeps its traceback as Python prints it."""
    try:
        yield
    except Exception as error:
        said.append(keeper.record(error).text)
        said.append("".join(traceback.format_exception(error)))


@pytest.mark.parametrize("kind", ["plain", "cipher"])
def test_forced_failures_write_no_answer_anywhere(program, prompts, project, settle, keeper, tmp_path, capfd, kind):
    if kind == "cipher":
        encrypt(program, prompts, settle, PASSPHRASE)
    page = show_interview(program, project, settle)
    type_word(page, PLANTED)
    settle()
    said: list[str] = []
    store = project.context.store
    with reported(keeper, said), store.write() as connection:
        connection.exec_driver_sql("INSERT INTO setting VALUES (?, ?, ?)", (PLANTED, PLANTED, None))
    with reported(keeper, said), store.write() as connection:
        connection.exec_driver_sql("UPDATE audit SET new_text = ?", (PLANTED,))
    with reported(keeper, said), store.write() as connection:
        connection.exec_driver_sql("INSERT INTO nowhere VALUES (?)", (PLANTED,))
    with reported(keeper, said):
        project.drafts.save_answer(page.item_id, WORD, "word", PLANTED, "\ud800" + PLANTED, position=WORD)
    path = project.folder / "project.sqlite"
    aside = tmp_path / "aside.sqlite"
    path.rename(aside)
    type_word(page, PLANTED + " wieder")
    settle()
    assert page.conductor.queue.error is not None
    said += [str(page.conductor.queue.error), repr(page.conductor.queue.error), page.failure.sentence]
    aside.rename(path)
    page.conductor.queue.retry()
    settle()
    store.close()
    good = path.read_bytes()
    path.write_bytes(good[:4096] + os.urandom(len(good) - 4096))
    type_word(page, PLANTED + " nochmals")
    settle()
    said += [str(page.conductor.queue.error), page.failure.sentence]
    program.desk.jobs.run(lambda _control: {}[PLANTED], failed=keeper.record)
    settle()

    assert len(said) >= 9
    assert PLANTED not in "\n".join(said)
    assert PLANTED not in written(tmp_path / "log", capfd)
    assert (tmp_path / "log" / "crash.json").exists()


def test_a_passphrase_is_in_no_log_and_no_settings(program, prompts, project, settle, keeper, tmp_path, capfd):
    encrypt(program, prompts, settle, PLANTED + " lang genug")
    folder = project.folder
    recovery = project.recovery_key
    program.window.close_project()
    settle()
    program.door.open(folder, window=program.window)
    settle()
    prompts.dialogs[-1]._entry.setText(PLANTED + " verkehrt")
    prompts.dialogs[-1].confirm.click()
    settle()
    prompts.dialogs[-1].close()
    program.desk.settings.flush()
    with pytest.raises(StorageError) as caught:
        open_project(folder, passphrase=PLANTED + " verkehrt")

    shown = "".join(traceback.format_exception(caught.value))
    text = written(tmp_path / "log", capfd) + (tmp_path / "settings.ini").read_text(encoding="utf-8") + shown
    assert PLANTED not in text.replace("open_project(folder, passphrase=PLANTED", "")
    assert recovery.replace("-", "") not in text.replace("-", "")


def test_the_contact_list_leaves_no_name_behind(program, prompts, settle, keeper, tmp_path, capfd):
    program.window.menu.actions["contacts"].trigger()
    fill_passphrase(prompts.dialogs[-1]._fields, PASSPHRASE)
    prompts.path = tmp_path / "leute.contacts"
    prompts.dialogs[-1].confirm.click()
    settle()
    shown, key = prompts.dialogs[-2:]
    key.done(0)
    (tmp_path / "leute.contacts").rename(tmp_path / "weg.contacts")
    shown._ask(None)
    dialog = prompts.dialogs[-1]
    dialog._fields["code"].setText("RP-0001")
    dialog._fields["name"].setText(PLANTED)
    dialog.confirm.click()
    settle()
    assert shown._message.isVisible()
    said = shown._message.accessibleDescription()
    shown.reject()

    assert PLANTED not in said + written(tmp_path / "log", capfd)
    assert sys.exc_info() == (None, None, None)
