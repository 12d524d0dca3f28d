"""The dialog that shows what is different between two versions of a questionnaire."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QWidget

from roadmapdesk.desktop.forms.columns import change_columns, change_sentence
from roadmapdesk.desktop.forms.frame import WholeText, fitting_width, keep_inside
from roadmapdesk.desktop.forms.words import change_word, questions_text, version_name
from roadmapdesk.desktop.jobs import Control
from roadmapdesk.desktop.pages import Desk
from roadmapdesk.desktop.widgets.dialog import Dialog
from roadmapdesk.desktop.widgets.form_row import FormRow
from roadmapdesk.desktop.widgets.inputs import ComboBox
from roadmapdesk.desktop.widgets.labels import Text
from roadmapdesk.desktop.widgets.table_model import RowsModel
from roadmapdesk.desktop.widgets.table_view import TableView
from roadmapdesk.i18n import current_language
from roadmapdesk.i18n import gettext as _
from roadmapdesk.storage import Project
from roadmapdesk.storage.values import FormSummary
from roadmapdesk.workspace.codebook import codebook_of
from roadmapdesk.workspace.form_versions import FormChange, FormChangeKind, FormDifference, compare_forms

_ALL = "all"


class CompareDialog(Dialog):
    """Two versions chosen above, every change below, the whole text of one change at the bottom.

    Args:
        project: the open project.
        forms: the forms to choose from, the latest first.
        before: hash of the earlier version.
        after: hash of the later version.
    """

    def __init__(
        self,
        *,
        project: Project,
        forms: Sequence[FormSummary],
        before: str,
        after: str,
        desk: Desk,
        parent: QWidget,
    ) -> None:
        super().__init__(
            title=_("What is different?"),
            refuse=_("Close"),
            theme=desk.theme,
            width=fitting_width(parent, desk.theme, widest=1120),
            parent=parent,
        )
        self.setObjectName("form_compare_dialog")
        self._project = project
        self._desk = desk
        theme = desk.theme
        self.before = ComboBox(theme=theme, parent=self)
        self.after = ComboBox(theme=theme, parent=self)
        self.kind = ComboBox(theme=theme, parent=self)
        for combo, sha in ((self.before, before), (self.after, after)):
            for form in forms:
                combo.addItem(version_name(form), form.sha)
            combo.setCurrentIndex(combo.findData(sha))
        self.kind.addItem(_("All changes"), _ALL)
        for kind in FormChangeKind:
            self.kind.addItem(change_word(kind), kind.value)
        self.summary = Text("", parent=self)
        self._model = RowsModel(change_columns(), sentence=change_sentence, parent=self)
        self.table = TableView(theme=theme, name=_("Changes"), parent=self)
        self._proxy = self.table.show_rows(self._model)
        self._whole = WholeText(theme=theme, parent=self)
        self._build()
        self._connect()
        keep_inside(self, parent)
        self._compare()

    def _build(self) -> None:
        theme = self.theme
        row = QHBoxLayout()
        row.setSpacing(theme.space("m"))
        row.addWidget(FormRow(_("&Earlier version"), self.before, theme=theme, parent=self), 2)
        row.addWidget(FormRow(_("&Later version"), self.after, theme=theme, parent=self), 2)
        row.addWidget(FormRow(_("&Show"), self.kind, theme=theme, parent=self), 1)
        self.table.setMinimumHeight(theme.px(200))
        self.content.addLayout(row)
        self.content.addWidget(self.summary)
        self.content.addWidget(self.table, 1)
        self.content.addWidget(self._whole)

    def _connect(self) -> None:
        self.before.currentIndexChanged.connect(lambda _index: self._compare())
        self.after.currentIndexChanged.connect(lambda _index: self._compare())
        self.kind.currentIndexChanged.connect(lambda _index: self._filter())
        self.table.row_selected.connect(self._on_row_selected)

    def _compare(self) -> None:
        project, before, after = self._project, str(self.before.currentData()), str(self.after.currentData())

        def work(_control: Control) -> FormDifference:
            old, new = project.forms.get(before), project.forms.get(after)
            return compare_forms(codebook_of(old), codebook_of(new))

        self.summary.setText(_("Comparing …"))
        self._desk.jobs.run(work, done=self._on_compared, owner=self)

    def _on_compared(self, difference: FormDifference) -> None:
        self._model.set_rows(difference.changes)
        counts = [
            f"{change_word(kind)}: {difference.count(kind)}" for kind in FormChangeKind if difference.count(kind)
        ]
        common = _("{questions} in both").format(questions=questions_text(difference.common))
        same = _("No question is different.")
        self.summary.setText(" · ".join([common, *(counts or [same])]))
        self._filter()

    def _filter(self) -> None:
        wanted = self.kind.currentData()
        self._proxy.set_filter(lambda change: wanted in {_ALL, change.kind.value})
        self._whole.setText("")
        self.table.select_row(lambda _change: True)

    def _on_row_selected(self, change: FormChange | None) -> None:
        if change is None:
            self._whole.setText("")
            return
        language = current_language().code
        lines = [
            _("Before: {text}").format(text=change.before.text(language) or "–"),
            _("After: {text}").format(text=change.after.text(language) or "–"),
        ]
        self._whole.setText("\n".join(lines))
