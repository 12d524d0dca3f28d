"""Creating and opening projects."""

from pathlib import Path

from roadmapdesk import storage
from roadmapdesk.domain.catalog import load_catalog
from roadmapdesk.storage import Project, create_project
from roadmapdesk.workspace import late_notes
from roadmapdesk.workspace.forms import add_form, shipped_form


def open_project(
    folder: Path,
    *,
    passphrase: str | None = None,
    recovery_key: str | None = None,
    read_only: bool = False,
    break_lock: bool = False,
    verify: bool = False,
    author: str = "",
) -> Project:
    """Opens a project as `storage.open_project` does, and notes exports in its log that wait for it.

    Raises:
        StorageError: as there.
    """
    project = storage.open_project(
        folder,
        passphrase=passphrase,
        recovery_key=recovery_key,
        read_only=read_only,
        break_lock=break_lock,
        verify=verify,
        author=author,
    )
    late_notes.take_over(project)
    return project


def new_project(
    folder: Path,
    *,
    title: str,
    language: str,
    passphrase: str | None = None,
    author: str = "",
    with_catalogue: bool = True,
    form: Path | None = None,
) -> Project:
    """Creates a project that can be worked in at once: with a questionnaire and, if wanted, the known actors.

    Args:
        folder: the new project folder; its ending is added when missing.
        title: the project's title.
        language: ``de`` or ``en``.
        passphrase: encrypts the project; None leaves it readable for everyone who has the folder.
        author: code of who works, kept with every change.
        with_catalogue: whether the register starts with the shipped organisations and reference networks.
        form: the questionnaire; the shipped one by default.

    Raises:
        ProjectExists: something lies there already.
        FormFileError: the questionnaire has errors; nothing is left behind then except an empty project.
        StorageError: the folder cannot be written.
    """
    project = create_project(folder, title=title, language=language, passphrase=passphrase, author=author)
    try:
        if with_catalogue:
            catalog = load_catalog()
            project.actors.save_all(catalog.actors)
            project.networks.save_all(catalog.networks)
        add_form(project, form or shipped_form())
    except BaseException:
        project.close()
        raise
    return project
