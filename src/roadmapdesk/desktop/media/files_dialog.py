"""All files of one interview: play, open, save a copy, give a loose one to its question, delete for good."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from roadmapdesk.desktop.media.words import size_words
from roadmapdesk.desktop.pages import Desk
from roadmapdesk.desktop.widgets.buttons import Button
from roadmapdesk.desktop.widgets.dialog import WIDE, Dialog
from roadmapdesk.desktop.widgets.flow import FlowLayout
from roadmapdesk.desktop.widgets.labels import Text
from roadmapdesk.desktop.widgets.notices import MessageBar, Said
from roadmapdesk.desktop.widgets.reason_dialog import ReasonDialog
from roadmapdesk.desktop.widgets.table_model import Column, RowsModel
from roadmapdesk.desktop.widgets.table_view import TableView
from roadmapdesk.i18n import gettext as _
from roadmapdesk.storage.project import Project
from roadmapdesk.workspace.attachments import (
    FileUse,
    InterviewFile,
    adopt_file,
    delete_files,
    interview_files,
    read_listed,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from roadmapdesk.desktop.interview.page import InterviewPage
    from roadmapdesk.desktop.media.media_desk import MediaDesk


class FilesDialog(Dialog):
    """The files of an interview with what may be done with the chosen one.

    Args:
        page: the interview's page.
        project: the open project.
        desk: jobs, prompts and theme.
        media: plays and copies.
    """

    def __init__(
        self, *, page: "InterviewPage", project: Project, desk: Desk, media: "MediaDesk", parent: QWidget
    ) -> None:
        super().__init__(
            title=_("Files of this interview"),
            consequence=_("Pictures, recordings and documents, also those that no answer names any more."),
            refuse=_("Close"),
            theme=desk.theme,
            width=WIDE,
            parent=parent,
        )
        self.setObjectName("files_dialog")
        self._page = page
        self._project = project
        self._desk = desk
        self._media = media
        theme = desk.theme
        self._message = MessageBar(theme=theme, can_close=True, parent=self)
        self._empty = Text(_("This interview has no files."), tone="muted", parent=self)
        self._model: RowsModel[InterviewFile] = RowsModel(self._columns(), sentence=self._sentence_of, parent=self)
        self._table = TableView(theme=theme, name=_("Files of this interview"), parent=self)
        self._table.setObjectName("files_table")
        self._table.show_rows(self._model)
        self._table.setMinimumHeight(theme.px(160))
        self.show_button = Button(_("Open"), theme=theme, icon="eye", parent=self)
        self.play = Button(_("Play"), theme=theme, icon="play", parent=self)
        self.copy = Button(_("Save a copy …"), theme=theme, icon="download", parent=self)
        self.use = Button(_("Use as the answer"), theme=theme, icon="paperclip", parent=self)
        self.delete = Button(_("Delete for good …"), theme=theme, variant="flat", icon="trash-2", parent=self)
        self._build()
        self._connect()
        self.setMinimumWidth(min(theme.px(860), self.screen().availableSize().width() - 80))
        self.refresh()

    def _build(self) -> None:
        row = FlowLayout(gap=self.theme.space("s"))
        for button in (self.show_button, self.play, self.copy, self.use, self.delete):
            row.addWidget(button)
        self.content.addWidget(self._message)
        self.content.addWidget(self._empty)
        self.content.addWidget(self._table, 1)
        self.content.addLayout(row)

    def _connect(self) -> None:
        self._table.selectionModel().currentRowChanged.connect(lambda *_rows: self._update_buttons())
        self.show_button.clicked.connect(lambda: self._with_chosen(self._open))
        self.play.clicked.connect(self._on_play_clicked)
        self.copy.clicked.connect(lambda: self._with_chosen(self._copy))
        self.use.clicked.connect(lambda: self._with_chosen(self._use))
        self.delete.clicked.connect(lambda: self._with_chosen(self._ask_delete))
        self.finished.connect(lambda _result: self._media.halt())

    def _columns(self) -> tuple[Column[InterviewFile], ...]:
        return (
            Column(
                lambda: _("File"),
                lambda file: file.name or file.sha[:12],
                icon=lambda file: "mic" if file.is_sound else "image" if file.mime.startswith("image/") else "file",
                is_strong=True,
            ),
            Column(lambda: _("Question"), self._question_of, width=170),
            Column(lambda: _("State"), _use_words, tone=_use_tone, width=230),
            Column(
                lambda: _("Size"),
                lambda file: size_words(file.size),
                sort=lambda file: file.size,
                is_number=True,
                width=100,
            ),
        )

    def _question_of(self, file: InterviewFile) -> str:
        if not file.ref:
            return _("whole interview")
        try:
            return self._page.places.short(file.ref) or file.ref.rpartition("/")[2]
        except KeyError:  # a card that is gone, or another version of the form
            return file.ref.rpartition("/")[2]

    def _sentence_of(self, file: InterviewFile) -> str:
        return ", ".join(
            (file.name or file.sha[:12], self._question_of(file), _use_words(file), size_words(file.size))
        )

    @property
    def chosen(self) -> InterviewFile | None:
        """The file of the current row."""
        return next((file for file in self._model.rows if file is self._table.current_row), None)

    @property
    def files(self) -> tuple[InterviewFile, ...]:
        """All files of the list."""
        return self._model.rows

    def refresh(self) -> None:
        """Reads the list again."""
        files = interview_files(self._project, self._page.item_id)
        self._model.set_rows(files)
        self._empty.setVisible(not files)
        self._table.setVisible(bool(files))
        self._table.select_row(lambda _file: True)
        self._update_buttons()

    def _update_buttons(self) -> None:
        file = self.chosen
        is_there = file is not None and not file.is_deleted
        can_write = not self._project.is_read_only
        for button in (self.show_button, self.play, self.copy, self.use, self.delete):
            button.setVisible(bool(self._model.rows))
        self.show_button.setEnabled(is_there and not (file is not None and file.is_sound))
        self.play.setEnabled(is_there and file is not None and file.is_sound)
        self.copy.setEnabled(is_there)
        self.delete.setEnabled(is_there and can_write)
        self.use.setEnabled(is_there and can_write and file is not None and self._can_be_answer(file))

    def _can_be_answer(self, file: InterviewFile) -> bool:
        if file.use not in {FileUse.LOOSE, FileUse.EARLIER} or not file.ref:
            return False
        interview = self._page.interview
        try:
            return interview.view(file.ref).is_relevant and not interview.refusal(file.ref)
        except KeyError:
            return False

    def _with_chosen(self, work: "Callable[[InterviewFile], object]") -> None:
        file = self.chosen
        if file is not None:
            work(file)

    def _open(self, file: InterviewFile) -> None:
        self._media.copies.open(partial(read_listed, self._project, file), self)

    def _copy(self, file: InterviewFile) -> None:
        self._media.copies.save(partial(read_listed, self._project, file), self)

    def _on_play_clicked(self) -> None:
        file = self.chosen
        if self._media.is_playing:
            self._media.halt()
        elif file is not None:
            self._media.play(partial(read_listed, self._project, file), told=self._tell)

    def _tell(self, sentence: Said) -> None:
        self._message.say("warning", sentence)
        self.fit()

    def _use(self, file: InterviewFile) -> None:
        conductor = self._page.conductor
        conductor.queue.add_work(partial(_adopt, self._page.item_id, file))
        conductor.answer(file.ref, file.name or file.sha[:12])
        conductor.queue.when_empty(self.refresh)

    def _ask_delete(self, file: InterviewFile) -> None:
        dialog = ReasonDialog(
            title=_("Delete “{name}” for good?").format(name=file.name or file.sha[:12]),
            consequence=_(
                "The file goes from the project and from all backups. Its name, who deleted it, when and why stay. "
                "This cannot be undone."
            ),
            confirm=_("Delete for good"),
            theme=self.theme,
            parent=self,
        )
        dialog.accepted.connect(lambda: self._delete(file, dialog.reason))
        self._desk.prompts.show(dialog)

    def _delete(self, file: InterviewFile, reason: str) -> None:
        self._media.halt()
        project = self._project
        self._message.say("info", lambda: _("The file is being deleted, in all backups as well …"))

        def done(_count: int) -> None:
            self._message.say("ok", lambda: _("The file was deleted for good."))
            self.refresh()
            self._media.reload(file.ref)
            self._page.data_changed.emit()

        self._desk.jobs.run(lambda _control: delete_files(project, (file.sha,), reason), done=done, owner=self)


def _adopt(interview_id: str, file: InterviewFile, project: Project) -> None:
    adopt_file(project, interview_id, file)


def _use_words(file: InterviewFile) -> str:
    if file.is_deleted:
        return _("deleted for good")
    return {
        FileUse.ANSWER: _("answer"),
        FileUse.INTERVIEW: _("recording"),
        FileUse.EARLIER: _("no longer the answer"),
        FileUse.LOOSE: _("not attached: interrupted"),
    }[file.use]


def _use_tone(file: InterviewFile) -> str:
    if file.is_deleted:
        return "text_muted"
    return "warning" if file.use is FileUse.LOOSE else "text"
