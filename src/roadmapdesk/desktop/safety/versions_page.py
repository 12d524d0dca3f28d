"""Earlier versions of one interview: chosen above, compared field by field below, restored with a reason."""

import contextlib
from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from roadmapdesk.desktop.pages import Desk, Page
from roadmapdesk.desktop.safety.version_columns import (
    change_columns,
    change_sentence,
    consent_sentence,
    version_columns,
    version_sentence,
)
from roadmapdesk.desktop.widgets.buttons import Button
from roadmapdesk.desktop.widgets.inputs import ComboBox
from roadmapdesk.desktop.widgets.labels import Text
from roadmapdesk.desktop.widgets.notices import MessageBar
from roadmapdesk.desktop.widgets.panel import Panel
from roadmapdesk.desktop.widgets.reason_dialog import ReasonDialog
from roadmapdesk.desktop.widgets.table_model import RowsModel
from roadmapdesk.desktop.widgets.table_view import FIRST_INSET, TableView
from roadmapdesk.errors import RoadmapDeskError
from roadmapdesk.i18n import gettext as _
from roadmapdesk.i18n import ngettext
from roadmapdesk.storage import Project
from roadmapdesk.workspace.consents import consent_record
from roadmapdesk.workspace.versions import (
    PRESENT,
    FieldChange,
    VersionLine,
    compare_versions,
    list_versions,
    restore_version,
)


class VersionsPage(Page):
    """The history of one interview."""

    key = "versions"
    navigation_key = "interviews"

    def __init__(self, *, project: Project, interview_id: str, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._project = project
        self._desk = desk
        self.item_id = interview_id
        self._code = project.interviews.get(interview_id).code
        self._lines: tuple[VersionLine, ...] = ()
        theme = desk.theme
        self._back = Button(theme=theme, icon="chevron-left")
        self._message = MessageBar(theme=theme, can_close=True, parent=self)
        self._versions = RowsModel(version_columns(), sentence=version_sentence, parent=self)
        self._table = TableView(theme=theme, parent=self)
        self._table.setObjectName("versions_table")
        self._table.show_rows(self._versions, is_sortable=False)
        self._against = ComboBox(theme=theme, parent=self)
        self._against.setObjectName("compare_with")
        self._restore = Button(theme=theme, icon="rotate-ccw", parent=self)
        self._restore.setObjectName("restore_version")
        self._changes = RowsModel(change_columns(), sentence=change_sentence, parent=self)
        self._differences = TableView(theme=theme, parent=self)
        self._differences.setObjectName("changes_table")
        self._differences.show_rows(self._changes, is_sortable=False)
        self._none = Text(tone="muted", parent=self)
        self._consents = Text(tone="muted", parent=self)
        self._consents.setObjectName("consents")
        self._build()
        self._connect()
        self.retranslate()

    @override
    def title(self) -> str:
        return _("Versions of {code}").format(code=self._code or _("Interview without a code"))

    @override
    def context(self) -> str:
        count = len(self._lines)
        return ngettext("{n} version", "{n} versions", count).format(n=count)

    @override
    def actions_right(self) -> Sequence[QWidget]:
        return (self._back,)

    @override
    def refresh(self) -> None:
        self._lines = list_versions(self._project, self.item_id)
        self._show_consents()
        self._versions.set_rows(self._lines)
        self._table.select_row(lambda _line: True)
        self.header_changed.emit()

    @override
    def retranslate(self) -> None:
        self._back.setText(_("To the interview"))
        self._restore.setText(_("Restore this version …"))
        self._history.set_title(_("Versions"))
        self._table.setAccessibleName(_("Versions"))
        self._differences.setAccessibleName(_("Answers that differ"))
        self._none.setText(_("Both versions hold the same answers."))
        self._with.setText(_("Compared with"))
        self._versions.retranslate()
        self._changes.retranslate()
        self._show_consents()
        self._refill()

    def _show_consents(self) -> None:
        sentence = ""
        with contextlib.suppress(RoadmapDeskError):  # a lost questionnaire is told when versions are compared
            sentence = consent_sentence(consent_record(self._project, self.item_id))
        self._consents.setText(sentence)
        self._consents.setVisible(bool(sentence))

    @Slot(object)
    def _on_table_row_selected(self, _line: VersionLine | None) -> None:
        self._refill()
        line = self._table.current_row
        is_present = line is None or line.sha == PRESENT or line is self._lines[0]
        self._restore.setEnabled(not is_present and not self._project.is_read_only)

    def _refill(self) -> None:
        """Offers every other version to compare with: first the one before the present, else the present itself."""
        line = self._table.current_row
        if line is None:
            return
        index = self._lines.index(line)
        others = [*self._lines[:1], *self._lines[index + 1 :], *self._lines[1:index]] if index else self._lines[1:]
        entries = [(other.sha or "present", version_sentence(other)) for other in others]
        self._against.refill(entries, _("Compared with"))
        self._against.setCurrentIndex(0 if entries else -1)
        self._compare()

    @Slot()
    def _compare(self) -> None:
        line, other = self._table.current_row, self._against.currentData()
        changes: tuple[FieldChange, ...] = ()
        if line is not None and other is not None:
            shas = [one.sha for one in self._lines]
            pair = sorted((line.sha, "" if other == "present" else other), key=shas.index, reverse=True)
            changes = compare_versions(self._project, self.item_id, *pair)
        self._changes.set_rows(changes)
        count = len(changes)
        has_other = self._against.count() > 0
        self._detail.set_title(
            ngettext("{n} answer differs", "{n} answers differ", count).format(n=count) if has_other else ""
        )
        self._with.setVisible(has_other)
        self._against.setVisible(has_other)
        self._differences.setVisible(bool(changes))
        self._none.setVisible(not changes and has_other)
        self._detail.setVisible(has_other)

    @Slot()
    def _on_restore_clicked(self) -> None:
        line = self._table.current_row
        if line is None:
            return
        dialog = ReasonDialog(
            title=_("Restore this version?"),
            consequence=_(
                "The answers of this version become the present ones. Those of now stay among the versions."
            ),
            confirm=_("Restore"),
            theme=self._desk.theme,
            parent=self,
        )
        dialog.accepted.connect(lambda: self._do_restore(line.sha, dialog.reason))
        self._desk.prompts.show(dialog)

    def _do_restore(self, sha: str, reason: str) -> None:
        project, interview_id = self._project, self.item_id
        self._desk.jobs.run(
            lambda _control: restore_version(project, interview_id, sha, reason),
            done=lambda _nothing: self._on_restored(),
            failed=self._on_failed,
            owner=self,
        )

    def _on_restored(self) -> None:
        self.refresh()
        self._message.say(
            "ok", lambda: _("The version was restored."), lambda: _("What was there before stays in the list.")
        )
        self.data_changed.emit()

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, RoadmapDeskError):
            raise error
        self._message.say("error", lambda: _("That did not work"), lambda: error.sentence)

    def _build(self) -> None:
        theme = self._desk.theme
        self._history = Panel(theme=theme, has_padding=False, parent=self)
        self._history.add(self._table, 1)
        row = QHBoxLayout()
        side = theme.space("m") + FIRST_INSET
        row.setContentsMargins(side, theme.space("s"), side, theme.space("s"))
        row.setSpacing(theme.space("s"))
        self._with = Text(wraps=False, parent=self)
        row.addWidget(self._with)
        row.addWidget(self._against)
        row.addStretch(1)
        row.addWidget(self._restore)
        self._history.add_layout(row)
        self._detail = Panel(theme=theme, has_padding=False, parent=self)
        self._none.setContentsMargins(theme.space("l"), theme.space("s"), theme.space("l"), theme.space("l"))
        self._none.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._detail.add(self._none, 1)
        self._detail.add(self._differences, 1)
        margin = theme.space("page_margin")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(margin, 0, margin, theme.space("m"))
        layout.setSpacing(theme.space("m"))
        layout.addWidget(self._message)
        layout.addWidget(self._consents)
        layout.addWidget(self._history, 2)
        layout.addWidget(self._detail, 3)
        self.begin_with(self._table)

    def _connect(self) -> None:
        self._back.clicked.connect(lambda: self.navigation_requested.emit("interview", self.item_id))
        self._table.row_selected.connect(self._on_table_row_selected)
        self._against.currentIndexChanged.connect(self._compare)
        self._restore.clicked.connect(self._on_restore_clicked)
