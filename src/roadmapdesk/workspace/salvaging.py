"""Bringing what is readable in a damaged project into a new project folder."""

import contextlib
import shutil
from dataclasses import dataclass
from pathlib import Path

from roadmapdesk.errors import Message, RoadmapDeskError
from roadmapdesk.i18n import N_, current_language
from roadmapdesk.storage import Project, create_project
from roadmapdesk.storage.errors import MISSING, NOTHING_READABLE, Damaged, ProjectNotFound
from roadmapdesk.storage.file_format import SCHEMA_VERSION
from roadmapdesk.storage.forms import form_sha
from roadmapdesk.storage.opening import find_key
from roadmapdesk.storage.project import PROJECT_FILE
from roadmapdesk.storage.salvage import SalvageReport, salvage
from roadmapdesk.storage.secrets import Secret
from roadmapdesk.workspace.forms import shipped_form, store_form
from roadmapdesk.workspace.relisting import relist
from roadmapdesk.xforms.xlsform.compiler import compile_form

_NOTHING = Secret()


NEWER = Message(
    "salvage.newer",
    N_(
        "The project was written by a newer version of the program (data format {found}, this program knows up to "
        "{known}). What only the newer version knows stayed behind: salvage the project with that version."
    ),
)


@dataclass(frozen=True, slots=True)
class Salvaged:
    """A new project and what came into it.

    Attributes:
        folder: the new project folder.
        interviews: number of interviews in it.
        report: what came out of the damaged files and what did not.
        missing_forms: questionnaires whose interviews can be opened only after they were imported again.
    """

    folder: Path
    interviews: int
    report: SalvageReport
    missing_forms: tuple[str, ...]

    @property
    def is_complete(self) -> bool:
        """True when nothing stayed behind and nothing is doubtful."""
        report = self.report
        return not (report.doubtful or report.unreadable or report.newer or self.missing_forms)

    @property
    def warning(self) -> str:
        """What must be known of a project that a newer version wrote, in the current language; else empty."""
        return NEWER.text(found=self.report.newer, known=SCHEMA_VERSION) if self.report.newer else ""


def salvage_project(folder: Path, target: Path, *, secret: Secret = _NOTHING, form: Path | None = None) -> Salvaged:
    """Makes a new project of everything readable in a damaged one, which is only read.

    Args:
        folder: the damaged project folder.
        target: the new folder; its ending is added when missing.
        secret: passphrase or recovery key of an encrypted project; both open the new one as well.
        form: file of the questionnaire, used where the project's own copy cannot be read; the shipped one is tried
            in any case.

    Raises:
        FormFileError: `form` is missing or has errors.
        ProjectNotFound: there is no project file in `folder`.
        ProjectExists: something lies at `target`.
        StorageError: nothing could be read, or the target not be written; then no new folder is left behind.
    """
    if not (folder / PROJECT_FILE).is_file():
        raise ProjectNotFound(MISSING, path=folder)
    key = find_key(folder, secret.passphrase, secret.recovery_key)
    fresh = create_project(target, title=folder.stem, language=current_language().code, key=key)
    try:
        with fresh:
            report = salvage(folder, fresh, key=key)
            if report.is_empty and report.unreadable:
                raise Damaged(NOTHING_READABLE, name=folder.stem)
            fresh.settings.lost_at_salvage = report.unreadable
            missing = _give_forms_back(fresh, report, form)
            _list_doubtful(fresh, report)
            return Salvaged(fresh.folder, fresh.interviews.count(), report, missing)
    except BaseException:
        shutil.rmtree(fresh.folder, ignore_errors=True)
        raise


def _give_forms_back(project: Project, report: SalvageReport, form: Path | None) -> tuple[str, ...]:
    """Compiles the given and the shipped questionnaire where one was lost; returns the names of those still missing.

    A questionnaire that nobody lost is not added.
    """
    if not report.lost_forms:
        return ()
    for path in (form, shipped_form()):
        if path is not None:
            compiled = compile_form(path).require_usable(path.name)
            extra = {name: [dict(row) for row in rows] for name, rows in compiled.extra_sheets.items()}
            if form_sha(compiled.xform_xml, extra) in project.forms.lost():
                store_form(project, compiled, source=path.read_bytes(), source_name=path.name)
    return tuple(project.forms.lost().values())


def _list_doubtful(project: Project, report: SalvageReport) -> None:
    """Interviews whose row was made up get code, organisation and wave back from their answers."""
    for identifier in report.doubtful:
        if not project.interviews.get(identifier).code:
            with contextlib.suppress(RoadmapDeskError):  # a form that cannot be read here costs no answer
                relist(project, identifier)
