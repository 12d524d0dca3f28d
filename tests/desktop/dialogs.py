"""Every dialog and second window of the program, by the name of its class, opened over an open project."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QBuffer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from roadmapdesk.desktop.actors.dialog import ActorDialog
from roadmapdesk.desktop.app import Program
from roadmapdesk.desktop.assessment.profile_dialog import ProfileDialog
from roadmapdesk.desktop.crash import CrashReport
from roadmapdesk.desktop.forms.compare_dialog import CompareDialog
from roadmapdesk.desktop.forms.move_dialog import MoveDialog
from roadmapdesk.desktop.forms.trial_window import TrialWindow
from roadmapdesk.desktop.help.crash_dialog import CrashDialog
from roadmapdesk.desktop.media.files_dialog import FilesDialog
from roadmapdesk.desktop.media.picture_dialog import PictureDialog
from roadmapdesk.desktop.papers.details_dialog import PrivacyDetailsDialog
from roadmapdesk.desktop.planning.dialog import AppointmentDialog
from roadmapdesk.desktop.projects.dialogs import NewProjectDialog, PassphraseDialog
from roadmapdesk.desktop.safety.contact_dialog import ContactDialog
from roadmapdesk.desktop.safety.contacts import ChooseListDialog
from roadmapdesk.desktop.safety.contacts_dialog import ContactsDialog
from roadmapdesk.desktop.safety.passphrase_dialog import ChangePassphraseDialog
from roadmapdesk.desktop.safety.recovery_key import RecoveryKeyDialog, words_of_project
from roadmapdesk.desktop.safety.trouble import LockedDialog, RescueDialog
from roadmapdesk.desktop.widgets.entry_dialog import EntryDialog
from roadmapdesk.desktop.widgets.reason_dialog import reopen_dialog
from roadmapdesk.reports.papers.facts import PrivacyDetails
from roadmapdesk.storage import Project
from roadmapdesk.storage.contacts import ContactList
from roadmapdesk.workspace.appointments import Appointment
from roadmapdesk.workspace.form_register import trial_material
from roadmapdesk.workspace.forms import current_form
from roadmapdesk.workspace.planning import PlanWish

Opener = Callable[[], QWidget]
KEY = "ABCD-EFGH-JKLM-NPQR-STUV-WXYZ-2345-6789"
SENTENCE = "Der Ordner lässt sich nicht öffnen. Ihre Antworten sind sicher."


@dataclass
class Dialogs:
    """Opens dialogs as the program does, or builds those that only appear when something goes wrong.

    Args:
        program: the whole program with an open project.
        project: the project.
        prompts: keeps the dialogs that the program opens itself.
        settle: lets the program work.
        folder: a folder of the test's own.
    """

    program: Program
    project: Project
    prompts: object
    settle: Callable[[], None]
    folder: Path

    def openers(self) -> dict[str, Opener]:
        """Class name (with its module where two have the same) → what opens it."""
        desk, window = self.program.desk, self.program.window
        look = {"theme": desk.theme, "parent": window}
        form = current_form(self.project)
        forms = self.project.forms.list()
        return {
            "PreferencesDialog": lambda: self._command("preferences"),
            "ShortcutsDialog": lambda: self._command("shortcuts"),
            "AboutDialog": lambda: self._command("about"),
            "SearchDialog": lambda: self._command("search"),
            "HandbookWindow": self._handbook,
            "NewInterviewDialog": lambda: self._page_dialog("interviews", "new"),
            "AppointmentDialog": lambda: AppointmentDialog(
                title="Interview planen",
                confirm="Planen",
                actors=self.project.actors.list(),
                waves=(),
                start=PlanWish("", "", Appointment(datetime(2026, 3, 12, 10, tzinfo=UTC))),
                is_move=False,
                refuse_wish=lambda _wish: "",
                **look,
            ),
            "TrialWindow": lambda: TrialWindow(
                trial_material(self.project, self.project.forms.get(form.sha)),
                project=self.project,
                title="Studie",
                desk=desk,
                parent=window,
            ),
            "ImportDialog": self._import,
            "ReadingWindow": self._reading,
            "FilesDialog": self._files,
            "PictureDialog": lambda: PictureDialog(self._picture(), "bild.png", **look),
            "NewProjectDialog": lambda: NewProjectDialog(
                folder=self.folder, author="I01", prompts=desk.prompts, **look
            ),
            "PassphraseDialog": lambda: PassphraseDialog(name="Studie", problem=SENTENCE, **look),
            "ChangePassphraseDialog": lambda: ChangePassphraseDialog.for_project(
                name="Studie", is_encrypted=True, **look
            ),
            "RecoveryKeyDialog": lambda: RecoveryKeyDialog(
                key=KEY, words=words_of_project("Studie"), prompts=desk.prompts, **look
            ),
            "LockedDialog": lambda: LockedDialog(
                sentence=SENTENCE, read=lambda: None, take_over=lambda: None, desk=desk, parent=window
            ),
            "RescueDialog": lambda: RescueDialog(
                folder=self.project.folder,
                sentence=SENTENCE,
                passphrase=None,
                recovery_key=None,
                desk=desk,
                parent=window,
            ),
            "ContactDialog": lambda: ContactDialog(contact=None, taken=frozenset(), **look),
            "ChooseListDialog": lambda: ChooseListDialog(**look),
            "ContactsDialog": self._contacts,
            "ActorDialog": lambda: ActorDialog(actor=self.project.actors.list()[0], names={}, **look),
            "ProfileDialog": lambda: ProfileDialog(**look),
            "ReasonDialog": lambda: reopen_dialog("RP-0001", **look),
            "PrivacyDetailsDialog": lambda: PrivacyDetailsDialog(details=PrivacyDetails(), **look),
            "CompareDialog": lambda: CompareDialog(
                project=self.project, forms=forms, before=form.sha, after=form.sha, desk=desk, parent=window
            ),
            "MoveDialog": lambda: MoveDialog(
                project=self.project, form=form, rows=self.project.interviews.list(), desk=desk, parent=window
            ),
            "CrashDialog": lambda: CrashDialog(
                CrashReport(datetime.now(UTC).isoformat(), "ValueError"), was_before=True, **look
            ),
            "EntryDialog": lambda: EntryDialog(
                title="Grund?",
                consequence=SENTENCE,
                confirm="Weiter",
                label="Grund",
                hint="Ein Satz",
                problem=lambda text: "" if text else "Der Grund fehlt.",
                **look,
            ),
        }

    def _command(self, key: str) -> QWidget:
        self.program.window.menu.actions[key].trigger()
        self.settle()
        return self.prompts.dialogs[-1]

    def _handbook(self) -> QWidget:
        self.program.window.menu.actions["handbook"].trigger()
        return self.program.window.help.handbook

    def _page_dialog(self, key: str, item: str) -> QWidget:
        self.program.window.workbench.go_to(key)
        self.settle()
        self.program.window.workbench.page.show_item(item)
        return self.prompts.dialogs[-1]

    def _import(self) -> QWidget:
        path = self.folder / "kurz.md"
        path.write_text("|survey|\n||type|name|label|\n||text|one|A1  Was?|\n", encoding="utf-8")
        self.prompts.path = path
        workbench = self.program.window.workbench
        workbench.go_to("forms")
        self.settle()
        workbench.page.actions_right()[-1].click()
        self.settle()
        return self.prompts.dialogs[-1]

    def _reading(self) -> QWidget:
        from roadmapdesk.workspace.interviewing import start_interview

        workbench = self.program.window.workbench
        workbench.go_to("interview", start_interview(self.project))
        self.settle()
        workbench.page.actions_by_key.by_key["reading"].trigger()
        return workbench.page.speech.reading

    def _files(self) -> QWidget:
        page = self._reading().parentWidget()
        page.speech.close_reading()
        return FilesDialog(
            page=page, project=self.project, desk=self.program.desk, media=page.media, parent=self.program.window
        )

    def _picture(self) -> bytes:
        store = QBuffer()
        image = QImage(60, 40, QImage.Format.Format_RGB32)
        image.fill(0x336699)
        image.save(store, "PNG")
        return bytes(store.data().data())

    def _contacts(self) -> QWidget:
        path = self.folder / "leute.contacts"
        contacts = ContactList(path, "eine lange Passphrase aus Wörtern", create=not path.exists())
        return ContactsDialog(contacts=contacts, desk=self.program.desk, parent=self.program.window)
