"""The page that is shown while no project is open."""

from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from roadmapdesk.desktop.commands import native
from roadmapdesk.desktop.jobs import Pool
from roadmapdesk.desktop.pages import Desk
from roadmapdesk.desktop.settings import RecentProject
from roadmapdesk.desktop.start.actions import StartAction
from roadmapdesk.desktop.start.states import ProjectLine, look_at
from roadmapdesk.desktop.style import RINGS_OUTSIDE
from roadmapdesk.desktop.widgets.buttons import Button
from roadmapdesk.desktop.widgets.inputs import SearchBox
from roadmapdesk.desktop.widgets.labels import Text
from roadmapdesk.desktop.widgets.notices import EmptyState, MessageBar, ProgressStrip
from roadmapdesk.desktop.widgets.panel import rule, scrolled
from roadmapdesk.desktop.widgets.table_model import Column, RowsModel
from roadmapdesk.desktop.widgets.table_view import TableView
from roadmapdesk.desktop.wording import when
from roadmapdesk.i18n import gettext as _
from roadmapdesk.i18n import ngettext
from roadmapdesk.workspace.recent import Resumable, resumable

_LEFT_WIDTH = 340
_LEFT_WIDEST = 524
_WIDEST = 1120


class StartPage(QWidget):
    """Recent projects and the ways to begin.

    Attributes:
        open_requested: path of a project to open.
        resume_requested: (path, interview id) of an interview that was on the screen.
        command_requested: key of a window command such as ``new_project``.
    """

    open_requested = Signal(Path)
    resume_requested = Signal(Path, str)
    command_requested = Signal(str)

    def __init__(self, *, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("start_page")
        self._desk = desk
        self._resume: tuple[str, Resumable] | None = None
        theme = desk.theme
        self._brand = Text("RoadmapDesk", type_style="figure", wraps=False, parent=self)
        self._tagline = Text("", tone="muted", parent=self)
        self._promise = Text("", type_style="caption", tone="muted", parent=self)
        self._new = StartAction("file-plus", theme=theme, parent=self)
        self._new.setObjectName("start_new")
        self._open = StartAction("folder-open", theme=theme, parent=self)
        self._sample = StartAction("flask-conical", theme=theme, parent=self)
        self._message = MessageBar(theme=theme, parent=self)
        self._progress = ProgressStrip(theme=theme, can_cancel=False, parent=self)
        self._heading = Text("", type_style="title", wraps=False, parent=self)
        self._filter = SearchBox(theme=theme, parent=self)
        self._model = RowsModel(_columns(), sentence=_sentence, parent=self)
        self._table = TableView(theme=theme, row_height=60, parent=self)
        self._proxy = self._table.show_rows(self._model, is_sortable=False)
        self._empty = EmptyState(theme=theme, parent=self)
        self._open_row = Button(theme=theme, variant="primary", parent=self)
        self._show_row = Button(theme=theme, parent=self)
        self._forget_row = Button(theme=theme, variant="flat", parent=self)
        self._build()
        self._connect()
        self._update_widths()
        self.retranslate()
        self.refresh()

    def refresh(self) -> None:
        """Reads the list of projects again and looks at their folders."""
        projects = self._desk.settings.recent_projects()
        self._show_lines(tuple(ProjectLine(entry, True, False) for entry in projects))
        self._desk.jobs.run(lambda _control: look_at(projects), done=self._show_lines, pool=Pool.CPU, owner=self)
        self._message.hide()
        self._resume = None
        for project in projects[:1]:
            if project.open_interview:
                self._look_for_interview(project)

    def take_focus(self) -> None:
        """Gives the keyboard to the list of projects, or to the first action where nothing is listed."""
        target = self._table if self._pages.currentWidget() is self._filled else self._new
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_busy(self, words: str) -> None:
        """Says what is under way and locks the page meanwhile; empty words end it."""
        if words:
            self._progress.begin(words)
        else:
            self._progress.end()
        for widget in (self._new, self._open, self._sample, self._filled):
            widget.setEnabled(not words)

    def show_progress(self, done: int, total: int) -> None:
        """Moves the bar of what is under way."""
        self._progress.advance(done, total)

    def retranslate(self) -> None:
        """Says everything again in the present language."""
        self._tagline.setText(_("Hold interviews, assess the value chain, derive the roadmap"))
        self._promise.setText(_("All data stay on this computer.\nNo account, no connection needed."))
        self._new.set_texts(_("New project"), _("The questionnaire is included"))
        self._open.set_texts(_("Open project"), native("Ctrl+O"))
        self._sample.set_texts(_("Look at the sample project"), _("Invented data, free to change"))
        self._heading.setText(_("Recently opened"))
        self._filter.set_texts(_("Filter projects"))
        self._table.setAccessibleName(_("Recently opened"))
        self._empty.set_texts(_("Projects that you open will be listed here."), "")
        self._open_row.setText(_("Open"))
        self._show_row.setText(_("Show in folder"))
        self._forget_row.setText(_("Remove from list"))
        self._model.retranslate()

    def _look_for_interview(self, project: RecentProject) -> None:
        folder, interview_id = Path(project.path), project.open_interview

        def show(found: Resumable | None) -> None:
            self._resume = (project.path, found) if found is not None else None
            self._say_resumable()

        self._desk.jobs.run(lambda _control: resumable(folder, interview_id), done=show, owner=self)

    def has_told(self, interview_id: str) -> bool:
        """Whether the page said in full what was found of this interview after it was cut off."""
        found = self._resume[1] if self._resume is not None else None
        return found is not None and found.interview_id == interview_id and found.saved_at is not None

    def _say_resumable(self) -> None:
        if self._resume is None:
            return
        _path, found = self._resume
        action = partial(_action_words, found)
        if found.was_cut_off:
            title, text = (lambda: _("An interview was interrupted.")), partial(_cut_off_words, found)
            self._message.say("warning", title, text, action=action, icon="history")
        else:
            title, text = (lambda: _("An interview is under way.")), partial(_place_words, found)
            self._message.say("info", title, text, action=action, icon="history")

    def _show_lines(self, lines: tuple[ProjectLine, ...]) -> None:
        selected = self._table.current_row
        self._model.set_rows(lines)
        self._pages.setCurrentWidget(self._filled if lines else self._empty)
        self._table.fit_height(len(lines))
        path = selected.project.path if selected is not None else None
        if not (path and self._table.select_row(lambda line: line.project.path == path)):
            self._table.select_row(lambda _line: True)
        self._update_buttons()

    def _update_buttons(self) -> None:
        line = self._table.current_row
        is_there = line is not None and line.is_there
        self._open_row.setEnabled(is_there)
        self._show_row.setEnabled(is_there)
        self._forget_row.setEnabled(line is not None)
        self._filter.setVisible(bool(self._model.rows))
        self._heading.setVisible(True)

    def _update_widths(self) -> None:
        """The left column grows with the text, but leaves the list of projects its room."""
        theme = self._desk.theme
        self._left.setFixedWidth(min(theme.px(_LEFT_WIDTH), _LEFT_WIDEST))
        self._filter.setFixedWidth(theme.px(170 if theme.is_wide_text else 230))

    def _build(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self._left = scrolled(self._build_left(), parent=self)
        layout.addWidget(self._left)
        layout.addWidget(rule(is_vertical=True, parent=self))
        right = QScrollArea(self)
        right.setWidget(self._build_right())
        right.setWidgetResizable(True)
        right.setFrameShape(QFrame.Shape.NoFrame)
        right.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        right.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout.addWidget(right, 1)

    def _build_left(self) -> QWidget:
        left = QFrame(self)
        left.setProperty("panel", "ground")
        layout = QVBoxLayout(left)
        layout.setContentsMargins(32, 44, 24, 24)
        layout.setSpacing(4)
        layout.addWidget(self._brand)
        layout.addWidget(self._tagline)
        layout.addSpacing(24)
        for action in (self._new, self._open, self._sample):
            layout.addWidget(action)
        layout.addStretch(1)
        layout.addWidget(self._promise)
        return left

    def _build_right(self) -> QWidget:
        theme = self._desk.theme
        ground = QFrame(self)
        ground.setProperty("panel", "plain")
        middle = QWidget(ground)
        middle.setMaximumWidth(theme.px(_WIDEST))
        layout = QVBoxLayout(middle)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.space("m"))
        head = QHBoxLayout()
        head.addWidget(self._heading)
        head.addStretch(1)
        head.addWidget(self._filter)
        self._pages = QStackedWidget(middle)
        self._filled = QWidget(self._pages)
        filled = QVBoxLayout(self._filled)
        filled.setContentsMargins(0, 0, 0, 0)
        filled.setSpacing(theme.space("l"))
        filled.addWidget(self._table)
        filled.addLayout(self._build_buttons())
        filled.addStretch(1)
        self._pages.addWidget(self._filled)
        self._pages.addWidget(self._empty)
        for holder in (self._filled, self._pages, middle):
            holder.setProperty(RINGS_OUTSIDE, True)
        layout.addWidget(self._message)
        layout.addWidget(self._progress)
        layout.addSpacing(theme.space("l"))
        layout.addLayout(head)
        layout.addWidget(self._pages, 1)
        outer = QHBoxLayout(ground)
        outer.setContentsMargins(44, 44, 44, 32)
        outer.addWidget(middle, 1)
        return ground

    def _build_buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self._desk.theme.space("s"))
        row.addWidget(self._open_row)
        row.addWidget(self._show_row)
        row.addStretch(1)
        row.addWidget(self._forget_row)
        return row

    def _connect(self) -> None:
        self._desk.theme.changed.connect(self._update_widths)
        self._new.clicked.connect(partial(self.command_requested.emit, "new_project"))
        self._open.clicked.connect(partial(self.command_requested.emit, "open_project"))
        self._sample.clicked.connect(partial(self.command_requested.emit, "open_sample"))
        self._message.action_requested.connect(self._on_message_action_requested)
        self._filter.textChanged.connect(self._on_filter_text_changed)
        self._table.row_opened.connect(self._on_table_row_opened)
        self._table.row_selected.connect(lambda _line: self._update_buttons())
        self._open_row.clicked.connect(lambda: self._on_table_row_opened(self._table.current_row))
        self._show_row.clicked.connect(self._on_show_row_clicked)
        self._forget_row.clicked.connect(self._on_forget_row_clicked)

    @Slot()
    def _on_message_action_requested(self) -> None:
        if self._resume is not None:
            path, found = self._resume
            self.resume_requested.emit(Path(path), found.interview_id)

    @Slot(str)
    def _on_filter_text_changed(self, text: str) -> None:
        wanted = text.casefold()
        self._proxy.set_filter(lambda line: wanted in f"{line.project.name} {line.project.path}".casefold())

    @Slot(object)
    def _on_table_row_opened(self, line: ProjectLine | None) -> None:
        if line is not None and line.is_there:
            self.open_requested.emit(Path(line.project.path))

    @Slot()
    def _on_show_row_clicked(self) -> None:
        line = self._table.current_row
        if line is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(Path(line.project.path).parent)))

    @Slot()
    def _on_forget_row_clicked(self) -> None:
        line = self._table.current_row
        if line is not None:
            self._desk.settings.forget_project(line.project.path)
            self.refresh()


def _columns() -> tuple[Column[ProjectLine], ...]:
    return (
        Column(
            lambda: _("Project"),
            lambda line: line.project.name,
            second_line=lambda line: line.project.path,
            is_strong=True,
        ),
        Column(lambda: _("Extent"), lambda line: line.extent, width=170),
        Column(lambda: _("Last used"), lambda line: line.last_used, width=130),
        Column(
            lambda: _("State"),
            lambda line: line.state,
            icon=lambda line: line.icon,
            tone=lambda line: line.tone,
            width=232,
        ),
    )


def _sentence(line: ProjectLine) -> str:
    return ", ".join((line.project.name, line.extent, line.last_used, line.state))


def _action_words(found: Resumable) -> str:
    return _("Go on at {question}").format(question=found.question) if found.question else _("Go on")


def _place_words(found: Resumable) -> str:
    """Which interview it is and where it stands."""
    if found.saved_at is None:
        return _("Open the project to go on at the same question.")
    code = found.code or _("Interview without a code")
    return _("{code}, question {question}.").format(code=code, question=found.question) if found.question else code


def _cut_off_words(found: Resumable) -> str:
    """What is there of an interview that was cut off, and that it goes on at the same question."""
    if found.saved_at is None:
        return _("Everything shown as saved is safe. Open the project to go on at the same question.")
    if found.question:
        text = _("{code}, question {question}. All answers up to {time} are saved.")
    else:
        text = _("{code}. All answers up to {time} are saved.")
    code = found.code or _("Interview without a code")
    saved_at = found.saved_at.astimezone()
    is_today = saved_at.date() == datetime.now().astimezone().date()
    time = f"{saved_at:%H:%M:%S}" if is_today else when(saved_at)
    kept = ngettext("{n} answer", "{n} answers", found.answers).format(n=found.answers)
    title, version = found.form
    details = _("{answers}, questionnaire {form}, version {version}.").format(
        answers=kept, form=title, version=version
    )
    return text.format(code=code, question=found.question, time=time) + " " + details
