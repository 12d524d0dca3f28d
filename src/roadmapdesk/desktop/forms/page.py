"""The page of forms."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from roadmapdesk.desktop.forms.columns import form_columns, form_sentence
from roadmapdesk.desktop.forms.compare_dialog import CompareDialog
from roadmapdesk.desktop.forms.detail import FormDetail
from roadmapdesk.desktop.forms.files import FormFiles
from roadmapdesk.desktop.forms.move_dialog import MoveDialog
from roadmapdesk.desktop.forms.trial_window import TrialWindow
from roadmapdesk.desktop.pages import Desk, Page, SearchEntry
from roadmapdesk.desktop.papers.desk import PaperDesk
from roadmapdesk.desktop.widgets.buttons import Button
from roadmapdesk.desktop.widgets.list_frame import list_stack, side_by_side, surface
from roadmapdesk.desktop.widgets.notices import EmptyState
from roadmapdesk.desktop.widgets.table_model import RowsModel
from roadmapdesk.desktop.widgets.table_view import TableView
from roadmapdesk.errors import RoadmapDeskError
from roadmapdesk.i18n import gettext as _
from roadmapdesk.i18n import ngettext
from roadmapdesk.storage import Project
from roadmapdesk.storage.values import FormSummary, StoredForm
from roadmapdesk.workspace.form_register import FormFacts, FormLine, describe_form, list_forms, trial_material
from roadmapdesk.workspace.forms import set_current_form
from roadmapdesk.workspace.interview_cases import Material
from roadmapdesk.workspace.papers import PaperKind


class FormsPage(Page):
    """The project's questionnaires: table left, facts right, everything else in dialogs."""

    key = "forms"

    def __init__(self, *, project: Project, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._project = project
        self._desk = desk
        self._lines: tuple[FormLine, ...] = ()
        self._facts: dict[str, FormFacts] = {}
        theme = desk.theme
        self._add = Button(theme=theme, variant="primary", icon="file-plus")
        self._add.setObjectName("add_form")
        kinds = (PaperKind.QUESTIONNAIRE, PaperKind.STAGE_CARD, PaperKind.PRIVACY, PaperKind.CONSENT)
        self._papers = PaperDesk(project=project, desk=desk, kinds=kinds, parent=self)
        self._model = RowsModel(form_columns(), sentence=form_sentence, parent=self)
        self._table = TableView(theme=theme, parent=self)
        self._table.setObjectName("forms_table")
        self._table.show_rows(self._model)
        self._detail = FormDetail(theme=theme)
        self._empty = EmptyState(theme=theme, parent=self)
        self._files = FormFiles(project=project, desk=desk, parent=self)
        self._build()
        self._connect()
        self.retranslate()

    @override
    def title(self) -> str:
        return _("Forms")

    @override
    def context(self) -> str:
        count = len(self._lines)
        return ngettext("{n} questionnaire", "{n} questionnaires", count).format(n=count)

    @override
    def actions_right(self) -> Sequence[QWidget]:
        is_narrow = self._desk.theme.is_wide_text or not self._lines
        return (self._add,) if is_narrow else (self._papers.button, self._add)

    @override
    def menu_actions(self) -> Mapping[str, Sequence[QAction]]:
        return {"interview": self._papers.actions_for_menu}

    @override
    def search_entries(self) -> Sequence[SearchEntry]:
        return [
            SearchEntry(
                line.name,
                _("Questionnaire"),
                "clipboard-list",
                partial(self.navigation_requested.emit, "forms", line.summary.sha),
                line.summary.version,
            )
            for line in list_forms(self._project)
        ]

    @override
    def refresh(self) -> None:
        current = self._table.current_row
        sha = current.summary.sha if current is not None else ""
        self._facts.clear()
        self._lines = list_forms(self._project)
        self._model.set_rows(self._lines)
        if not self._table.select_row(lambda line: line.summary.sha == sha):
            self._table.select_row(lambda line: line.is_current)
        self._stack.setCurrentWidget(self._body if self._lines else self._empty)
        if not self._lines:
            self._detail.show_line(None, None)
        self.header_changed.emit()

    @override
    def show_item(self, item_id: str) -> None:
        """Selects a form by its hash; ``hash#ref`` also tries it out, beginning with that question."""
        sha, _mark, ref = item_id.partition("#")
        self._table.select_row(lambda line: line.summary.sha == sha)
        self._table.setFocus(Qt.FocusReason.OtherFocusReason)
        if ref:
            self._try_out(self._project.forms.get(sha), self, ref)

    @override
    def retranslate(self) -> None:
        self._papers.retranslate()
        self._add.setText(_("Add questionnaire …"))
        self._table.setAccessibleName(_("Questionnaires"))
        self._model.retranslate()
        self._empty.set_texts(
            _("The questionnaires of this project will be listed here, with every version that was used."),
            _("Add questionnaire …"),
        )
        self._facts.clear()
        self._show_detail(self._table.current_row)

    def _on_action_requested(self, key: str) -> None:
        line = self._table.current_row
        if line is None:
            return
        actions: dict[str, Callable[[FormSummary], None]] = {
            "trial": self._try_stored,
            "compare": self._compare,
            "export": self._files.ask_export,
            "use": self._use,
            "move": self._move,
        }
        actions[key](line.summary)

    def _try_stored(self, summary: FormSummary) -> None:
        self._try_out(self._project.forms.get(summary.sha), self)

    def _try_out(self, form: StoredForm, over: QWidget, at: str = "") -> None:
        project = self._project
        self._desk.jobs.run(
            lambda _control: trial_material(project, form),
            done=lambda material: self._show_trial(material, form, over, at),
            failed=self._files.say_failure,
            owner=over,
        )

    def _show_trial(self, material: Material, form: StoredForm, over: QWidget, at: str) -> None:
        title = form.title or form.source_name
        try:
            window = TrialWindow(material, project=self._project, title=title, desk=self._desk, at=at, parent=over)
        except RoadmapDeskError as error:
            self._files.say_failure(error)
            return
        self._desk.prompts.show(window)

    def _compare(self, summary: FormSummary) -> None:
        forms = [line.summary for line in self._lines]
        same = [form for form in forms if form.form_id == summary.form_id and form.sha != summary.sha]
        earlier = [form for form in same if form.added_at < summary.added_at]
        before, after = (earlier[0], summary) if earlier else (summary, same[-1])
        dialog = CompareDialog(
            project=self._project, forms=forms, before=before.sha, after=after.sha, desk=self._desk, parent=self
        )
        self._desk.prompts.show(dialog)

    def _use(self, summary: FormSummary) -> None:
        project = self._project
        self._desk.jobs.run(
            lambda _control: set_current_form(project, summary.sha),
            done=lambda _nothing: self._on_stored(),
            failed=self._files.say_failure,
            owner=self,
        )

    def _move(self, summary: FormSummary) -> None:
        facts = self._facts.get(summary.sha)
        if facts is None:
            return
        dialog = MoveDialog(project=self._project, form=summary, rows=facts.movable, desk=self._desk, parent=self)
        dialog.moved.connect(self._on_stored)
        self._desk.prompts.show(dialog)

    @Slot(str)
    def _on_kept(self, sha: str) -> None:
        self._on_stored()
        self.show_item(sha)

    def _on_stored(self) -> None:
        self.refresh()
        self.saved.emit(datetime.now(UTC))
        self.data_changed.emit()

    def _show_detail(self, line: FormLine | None) -> None:
        if line is None:
            self._detail.show_line(None, None)
            return
        sha = line.summary.sha
        facts = self._facts.get(sha)
        self._detail.show_line(line, facts)
        if facts is None:
            project = self._project
            self._desk.jobs.run(lambda _control: describe_form(project, sha), done=self._on_described, owner=self)

    def _on_described(self, facts: FormFacts) -> None:
        self._facts[facts.form.sha] = facts
        line = self._table.current_row
        if line is not None and line.summary.sha == facts.form.sha:
            self._detail.show_line(line, facts)

    def _build(self) -> None:
        theme = self._desk.theme
        left = surface(self._table, stretched=self._table, parent=self)
        self._right = surface(self._detail, stretched=self._detail, parent=self)
        self._body = side_by_side(left, self._right, (820, theme.width("drawer") + 64), theme=theme, parent=self)
        self._body.setObjectName("forms_splitter")
        self._stack = list_stack(self._body, self._empty, self._files, self._papers, theme=theme, page=self)
        self._update_widths()
        self.begin_with(self._table)

    def _update_widths(self) -> None:
        """Keeps the facts readable at every text size."""
        self._right.setMinimumWidth(min(self._desk.theme.px(372), 560))

    def _connect(self) -> None:
        self._desk.theme.changed.connect(self._on_theme_changed)
        self._add.clicked.connect(self._files.ask_file)
        self._empty.action_requested.connect(self._files.ask_file)
        self._papers.stored.connect(self.data_changed)
        self._files.busy_changed.connect(self._add.setDisabled)
        self._files.kept.connect(self._on_kept)
        self._files.trial_requested.connect(self._try_out)
        self._table.row_selected.connect(self._show_detail)
        self._table.row_opened.connect(lambda line: self._try_stored(line.summary))
        self._detail.action_requested.connect(self._on_action_requested)

    def _on_theme_changed(self) -> None:
        self._update_widths()
        self._show_detail(self._table.current_row)
