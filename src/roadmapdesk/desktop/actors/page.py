"""The page of actors."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction, QKeySequence, QUndoCommand, QUndoStack
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from roadmapdesk.desktop.actors.columns import actor_columns, actor_name, actor_sentence
from roadmapdesk.desktop.actors.detail import ActorDetail
from roadmapdesk.desktop.actors.dialog import ActorDialog
from roadmapdesk.desktop.actors.filters import ActorFilters
from roadmapdesk.desktop.actors.views import ActorViews
from roadmapdesk.desktop.pages import Desk, Page, SearchEntry
from roadmapdesk.desktop.papers.desk import PaperDesk
from roadmapdesk.desktop.widgets.buttons import Button
from roadmapdesk.desktop.widgets.list_frame import list_stack, side_by_side, surface
from roadmapdesk.desktop.widgets.notices import EmptyState
from roadmapdesk.desktop.widgets.table_model import RowsModel
from roadmapdesk.desktop.widgets.table_view import TableView
from roadmapdesk.desktop.words import type_word
from roadmapdesk.domain.actors import Actor
from roadmapdesk.i18n import gettext as _
from roadmapdesk.i18n import ngettext
from roadmapdesk.storage import Project
from roadmapdesk.workspace import actors as register
from roadmapdesk.workspace.actor_links import ActorLinks, actor_links
from roadmapdesk.workspace.actors import ActorChange, ActorLine
from roadmapdesk.workspace.assessment import Assessment
from roadmapdesk.workspace.papers import PaperKind


class ActorsPage(Page):
    """Table, filters and detail pane; every change can be undone while the page lives.

    Args:
        assessment: used on the database thread only.
    """

    key = "actors"

    def __init__(
        self, *, project: Project, assessment: Assessment, desk: Desk, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._project = project
        self._assessment = assessment
        self._links: Mapping[str, ActorLinks] | None = None
        self._desk = desk
        self._lines: tuple[ActorLine, ...] = ()
        self._missing = 0
        self._undo = QUndoStack(self)
        theme = desk.theme
        self._new = Button(theme=theme, variant="primary", icon="user-plus")
        self._add_known = Button(theme=theme, icon="download")
        self._papers = PaperDesk(project=project, desk=desk, kinds=(PaperKind.ACTORS,), parent=self)
        self._filters = ActorFilters(theme=theme, parent=self)
        self._views = ActorViews(self._filters, desk=desk)
        self._filters.add_tool(self._views)
        self._model = RowsModel(actor_columns(), sentence=actor_sentence, parent=self)
        self._table = TableView(theme=theme, parent=self)
        self._table.setObjectName("actors_table")
        self._proxy = self._table.show_rows(self._model, sort_column=0)
        self._empty = EmptyState(theme=theme, parent=self)
        self._detail = ActorDetail(theme=theme, parent=self)
        self._undo_action = self._undo.createUndoAction(self)
        self._redo_action = self._undo.createRedoAction(self)
        self._undo_action.setShortcut(QKeySequence(QKeySequence.StandardKey.Undo))
        self._redo_action.setShortcut(QKeySequence(QKeySequence.StandardKey.Redo))
        self._build()
        self._connect()
        self.retranslate()

    @override
    def title(self) -> str:
        return _("Actors")

    @override
    def context(self) -> str:
        total = len(self._lines)
        asked = sum(bool(line.counted) for line in self._lines)
        actors = ngettext("{n} actor", "{n} actors", total).format(n=total)
        return f"{actors} · " + _("{n} with a finished interview").format(n=asked)

    @override
    def actions_right(self) -> Sequence[QWidget]:
        papers = () if self._desk.theme.is_wide_text else (self._papers.button,)
        return (self._add_known, *papers, self._new) if self._missing else (*papers, self._new)

    @override
    def menu_actions(self) -> Mapping[str, Sequence[QAction]]:
        return {"edit": (self._undo_action, self._redo_action)}

    @override
    def search_entries(self) -> Sequence[SearchEntry]:
        if not self._lines:
            self.refresh()
        return [
            SearchEntry(
                actor_name(line),
                _("Actor"),
                "users",
                partial(self.navigation_requested.emit, "actors", line.actor.key),
                type_word(line.actor.type),
            )
            for line in self._lines
        ]

    @override
    def refresh(self) -> None:
        self._lines = register.list_actors(self._project)
        self._missing = len(register.missing_from_catalogue(self._project))
        current = self._table.current_row
        key = current.actor.key if current is not None else ""
        self._model.set_rows(self._lines)
        if not self._table.select_row(lambda line: line.actor.key == key):
            self._table.select_row(lambda _line: True)
        self._stack.setCurrentWidget(self._body if self._lines else self._empty)
        self._show_detail()
        self._read_links()
        self.header_changed.emit()

    @override
    def show_item(self, item_id: str) -> None:
        self._filters.clear()
        self._table.select_row(lambda line: line.actor.key == item_id)
        self._table.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def retranslate(self) -> None:
        self._new.setText(_("New actor"))
        self._add_known.setText(_("Add known actors"))
        self._papers.retranslate()
        self._table.setAccessibleName(_("Actors"))
        self._undo_action.setText(_("&Undo"))
        self._redo_action.setText(_("&Redo"))
        self._views.retranslate()
        self._filters.retranslate()
        self._model.retranslate()
        self._empty.set_texts(_("The organisations of the value chain will be listed here."), _("Add known actors"))
        self._show_detail()

    def apply(self, change: ActorChange) -> None:
        """Stores one step on the database thread and shows the register again."""
        project = self._project
        self._desk.jobs.run(
            lambda _control: register.apply_change(project, change), done=self._on_change_applied, owner=self
        )

    def _on_change_applied(self, change: ActorChange) -> None:
        self.refresh()
        self._table.select_row(lambda line: line.actor.key == change.key)
        self.saved.emit(datetime.now(UTC))
        self.data_changed.emit()

    def _edit(self, actor: Actor | None) -> None:
        names = {line.actor.names["de"].casefold(): line.actor.key for line in self._lines}
        dialog = ActorDialog(actor=actor, names=names, theme=self._desk.theme, parent=self)

        def accepted() -> None:
            key = actor.key if actor is not None else register.new_key(self._project, dialog.typed_name)
            after = dialog.result_actor(key)
            if after != actor:
                self._undo.push(_Step(ActorChange(actor, after), self))

        dialog.accepted.connect(accepted)
        self._desk.prompts.show(dialog)

    @Slot()
    def _on_remove_requested(self) -> None:
        line = self._table.current_row
        if line is None:
            return
        if line.interviews:
            self._desk.prompts.tell(
                self,
                title=_("This actor cannot be removed"),
                text=_("Interviews refer to it. Withdraw or delete them first."),
            )
            return
        self._desk.prompts.ask(
            self,
            question=_("Remove “{name}” from the register?").format(name=actor_name(line)),
            consequence=_("Its history is kept, and the step can be undone."),
            confirm=_("Remove"),
            confirmed=lambda: self._undo.push(_Step(ActorChange(line.actor, None), self)),
        )

    @Slot()
    def _on_add_known_clicked(self) -> None:
        project = self._project
        self._desk.jobs.run(
            lambda _control: register.add_from_catalogue(project),
            done=self._on_catalogue_added,
            owner=self,
        )

    def _on_catalogue_added(self, _count: int) -> None:
        self.refresh()
        self.saved.emit(datetime.now(UTC))
        self.data_changed.emit()

    def _read_links(self) -> None:
        """Reads cooperation and measures of all actors in the background; the pane shows them when they are there."""
        project, assessment = self._project, self._assessment
        self._desk.jobs.run(lambda _control: actor_links(project, assessment), done=self._on_links_read, owner=self)

    def _on_links_read(self, links: Mapping[str, ActorLinks]) -> None:
        if links != self._links:
            self._links = links
            self._show_detail()

    def _show_detail(self) -> None:
        line = self._table.current_row
        names = {entry.actor.key: actor_name(entry) for entry in self._lines}
        past = register.history(self._project, line.actor.key) if line is not None else ()
        links = None
        if self._links is not None and line is not None:
            links = self._links.get(line.actor.key, ActorLinks())
        self._detail.show_line(line, names, past, links)

    def _build(self) -> None:
        theme = self._desk.theme
        left = surface(self._filters, self._table, stretched=self._table, parent=self)
        self._right = surface(self._detail, stretched=self._detail, parent=self)
        self._update_widths()
        self._body = side_by_side(left, self._right, (860, theme.width("drawer")), theme=theme, parent=self)
        self._body.setObjectName("actors_splitter")
        self._stack = list_stack(self._body, self._empty, self._papers, theme=theme, page=self)
        self.begin_with(self._table)

    def _update_widths(self) -> None:
        """Keeps the detail pane readable at every text size."""
        self._right.setMinimumWidth(min(self._desk.theme.px(300), 480))
        self._show_detail()

    def _connect(self) -> None:
        self._desk.theme.changed.connect(self._update_widths)
        self._new.clicked.connect(lambda: self._edit(None))
        self._add_known.clicked.connect(self._on_add_known_clicked)
        self._empty.action_requested.connect(self._on_add_known_clicked)
        self._filters.changed.connect(lambda: self._proxy.set_filter(self._filters.accepts))
        self._table.row_selected.connect(lambda _line: self._show_detail())
        self._table.row_opened.connect(lambda line: self._edit(line.actor))
        self._detail.edit_requested.connect(lambda: self._edit(self._table.current_row.actor))
        self._detail.remove_requested.connect(self._on_remove_requested)
        self._detail.actor_requested.connect(self.show_item)
        self._detail.interview_requested.connect(lambda key: self.navigation_requested.emit("interview", key))


class _Step(QUndoCommand):
    """One step in the register that can be undone."""

    def __init__(self, change: ActorChange, page: ActorsPage) -> None:
        super().__init__()
        self._change = change
        self._page = page

    @override
    def redo(self) -> None:
        self._page.apply(self._change)

    @override
    def undo(self) -> None:
        self._page.apply(self._change.reversed())
