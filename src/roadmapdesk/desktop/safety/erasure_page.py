"""Erasure by code: first what it hits, then a question, then what people must still clean."""

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from roadmapdesk.desktop import settings as keys
from roadmapdesk.desktop.interviews.columns import interview_columns, interview_sentence
from roadmapdesk.desktop.pages import Desk, Page
from roadmapdesk.desktop.safety.exports_page import places_columns, places_sentence
from roadmapdesk.desktop.widgets.buttons import Button
from roadmapdesk.desktop.widgets.form_row import FormRow
from roadmapdesk.desktop.widgets.labels import Text
from roadmapdesk.desktop.widgets.notices import MessageBar, ProgressStrip
from roadmapdesk.desktop.widgets.panel import Panel, scrolled
from roadmapdesk.desktop.widgets.table_model import RowsModel
from roadmapdesk.desktop.widgets.table_view import TableView
from roadmapdesk.errors import RoadmapDeskError
from roadmapdesk.i18n import gettext as _
from roadmapdesk.i18n import ngettext
from roadmapdesk.storage import Project
from roadmapdesk.storage.errors import ErasureUnfinished
from roadmapdesk.storage.values import Export
from roadmapdesk.workspace.erasing import ErasureOutcome, ErasureView, erase_code, plan_erasure


class ErasurePage(Page):
    """Erases the interviews of one code at the request of a person.

    Args:
        code: shown at once; empty asks for it.
    """

    key = "erasure"
    navigation_key = "interviews"

    def __init__(self, *, project: Project, code: str, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._project = project
        self._desk = desk
        self.item_id = code
        self._view: ErasureView | None = None
        self._outcome: ErasureOutcome | None = None
        theme = desk.theme
        self._back = Button(theme=theme, icon="chevron-left")
        self._message = MessageBar(theme=theme, parent=self)
        self._progress = ProgressStrip(theme=theme, can_cancel=False, parent=self)
        self._code = QLineEdit(code, self)
        self._code.setObjectName("erasure_code")
        self._find = Button(theme=theme, icon="search", parent=self)
        self._find.setObjectName("find_code")
        self._code_row = FormRow("", self._code, theme=theme, beside=self._find, parent=self)
        self._sentence = Text(parent=self)
        self._interviews = RowsModel(interview_columns(), sentence=interview_sentence, parent=self)
        self._table = TableView(theme=theme, parent=self)
        self._table.setObjectName("erasure_table")
        self._table.show_rows(self._interviews)
        self._places = RowsModel(places_columns(), sentence=places_sentence, parent=self)
        self._places_view = TableView(theme=theme, parent=self)
        self._places_view.setObjectName("places_table")
        self._places_view.show_rows(self._places)
        self._by_hand = Text(parent=self)
        self._reason = QLineEdit(self)
        self._reason.setObjectName("erasure_reason")
        self._erase = Button(theme=theme, icon="trash-2", parent=self)
        self._erase.setObjectName("erase")
        self._reason_row = FormRow("", self._reason, theme=theme, beside=self._erase, parent=self)
        self._build()
        self._connect()
        self.retranslate()

    @override
    def title(self) -> str:
        return _("Erase by code")

    @override
    def context(self) -> str:
        return _("At the request of the person concerned")

    @override
    def actions_right(self) -> Sequence[QWidget]:
        return (self._back,)

    @override
    def refresh(self) -> None:
        if self._outcome is None:
            self._look()

    @override
    def retranslate(self) -> None:
        self._back.setText(_("To the interviews"))
        self._code_row.set_label(_("Interview &code"))
        self._code_row.set_hint(_("The code on the form of consent; it stands for one person in all waves."))
        self._find.setText(_("Show what it finds"))
        self._reason_row.set_label(_("&Reason"))
        self._reason_row.set_hint(_("Stays with the sign of the erasure, without any name."))
        self._reason_row.set_required_word(_("required"))
        self._erase.setText(_("Erase for good …"))
        self._table.setAccessibleName(_("Interviews that will be erased"))
        self._places_view.setAccessibleName(_("Files that people must clean"))
        self._places_panel.set_title(_("What people must clean themselves"))
        self._interviews.retranslate()
        self._places.retranslate()
        self._say()

    @Slot()
    def _look(self) -> None:
        code = self._code.text().strip()
        self._outcome = None
        self._message.hide()
        self._view = plan_erasure(self._project, code) if code else None
        self._code_row.set_error(
            _("No interview has this code. It may be written differently, or be erased already.")
            if self._view is not None and not self._view.lines
            else ""
        )
        self._say()

    def _say(self) -> None:
        view, outcome = self._view, self._outcome
        hits = view is not None and bool(view.lines) and outcome is None
        self._hits_panel.setVisible(hits)
        self._places_panel.setVisible(hits or outcome is not None)
        if view is not None and hits:
            plan = view.plan
            self._interviews.set_rows(view.lines)
            self._table.fit_height(min(len(view.lines), 6))
            count = len(view.lines)
            self._hits_panel.set_title(
                ngettext("{n} interview would be erased", "{n} interviews would be erased", count).format(n=count)
            )
            self._sentence.setText(
                _(
                    "With the answers go all versions ({revisions}), attachments ({attachments}), notes and the "
                    "history, also in all backups ({backups}). A sign without any content stays, so that no old "
                    "file brings them back."
                ).format(revisions=plan.revisions, attachments=plan.attachments, backups=plan.backups)
            )
            self._show_places(plan.places, view.measures)
        elif outcome is not None:
            self._show_places(outcome.places, outcome.measures)

    def _show_places(self, places: Sequence[Export], measures: Sequence[str]) -> None:
        self._places.set_rows(places)
        self._places_view.setVisible(bool(places))
        self._places_view.fit_height(min(len(places), 6))
        files = (
            ngettext(
                "{n} file that went out tells about it; delete it wherever it lies, and ask those who received it.",
                "{n} files that went out tell about it; delete them wherever they lie, and ask those who received "
                "them.",
                len(places),
            ).format(n=len(places))
            if places
            else _("No file that went out tells about it.")
        )
        lines = [files]
        if measures:
            titles = "; ".join(_("“{title}”").format(title=title) for title in measures)
            lines.append(
                _(
                    "The wording of adopted measures that rest on it: {titles}. The link to the interview goes, the "
                    "measures stay."
                ).format(titles=titles)
            )
        lines += [
            _("The contact list: the entry with this code and its form of consent."),
            _("Copies of the project folder that were made by hand, and projects restored from backups."),
            _("Paper, recordings and mails."),
        ]
        if self._outcome is not None and self._outcome.second_place:
            lines.insert(
                1,
                _("Copies of backups at “{place}”, which cannot be reached now.").format(
                    place=self._outcome.second_place
                ),
            )
        self._by_hand.setText("\n".join(f"• {line}" for line in lines))

    @Slot()
    def _on_erase_clicked(self) -> None:
        view, reason = self._view, self._reason.text().strip()
        self._reason_row.set_error("" if reason else _("The reason is missing. Please say why in a few words."))
        if view is None or not reason:
            return
        count = len(view.lines)
        question = ngettext(
            "Erase {n} interview with the code “{code}”?", "Erase {n} interviews with the code “{code}”?", count
        ).format(n=count, code=view.plan.code)
        self._desk.prompts.ask(
            self,
            question=question,
            consequence=_("This cannot be undone, not even with a backup."),
            confirm=_("Erase for good"),
            confirmed=lambda: self._run(view, reason),
        )

    def _run(self, view: ErasureView, reason: str) -> None:
        project, place = self._project, self._desk.settings.get(keys.BACKUP_FOLDER)
        self._progress.begin(_("The interviews are being erased, in all backups as well …"))
        self._erase.setEnabled(False)
        self._desk.jobs.run(
            lambda _control: erase_code(project, view.plan, reason=reason, second_place=place),
            done=self._on_erased,
            failed=self._on_failed,
            owner=self,
        )

    def _on_erased(self, outcome: ErasureOutcome) -> None:
        self._progress.end()
        self._erase.setEnabled(True)
        self._reason.clear()
        self._outcome, self._view = outcome, None
        count = outcome.interviews
        self._message.say(
            "ok",
            lambda: ngettext("{n} interview was erased", "{n} interviews were erased", count).format(n=count),
            lambda: _("All backups ({n}) were written anew without them.").format(n=outcome.backups),
        )
        self._say()
        self.data_changed.emit()

    def _on_failed(self, error: Exception) -> None:
        self._progress.end()
        self._erase.setEnabled(True)
        if not isinstance(error, RoadmapDeskError):
            raise error
        is_begun = isinstance(error, ErasureUnfinished)
        self._message.say(
            "error",
            lambda: _("The erasure is not finished") if is_begun else _("Nothing was erased"),
            lambda: error.sentence,
        )
        if is_begun:
            self.data_changed.emit()

    def _build(self) -> None:
        theme = self._desk.theme
        asking = Panel(theme=theme, parent=self)
        asking.add(self._code_row)
        self._hits_panel = Panel(theme=theme, parent=self)
        self._hits_panel.add(self._table)
        self._hits_panel.add(self._sentence)
        self._hits_panel.add(self._reason_row)
        self._places_panel = Panel(theme=theme, parent=self)
        self._places_panel.add(self._places_view)
        self._places_panel.add(self._by_hand)
        margin = theme.space("page_margin")
        content = QWidget(self)
        inner = QVBoxLayout(content)
        inner.setContentsMargins(margin, 0, margin, theme.space("m"))
        inner.setSpacing(theme.space("m"))
        for widget in (self._message, self._progress, asking, self._hits_panel, self._places_panel):
            inner.addWidget(widget)
        inner.addStretch(1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        area = scrolled(content, parent=self)
        area.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        layout.addWidget(area)
        self.begin_with(self._code)

    def _connect(self) -> None:
        self._back.clicked.connect(lambda: self.navigation_requested.emit("interviews", ""))
        self._find.clicked.connect(self._look)
        self._code.returnPressed.connect(self._look)
        self._code.textEdited.connect(lambda _text: self._code_row.set_error(""))
        self._erase.clicked.connect(self._on_erase_clicked)
