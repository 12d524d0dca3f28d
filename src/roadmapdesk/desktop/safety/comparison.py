"""What going back to a backup would change, interview by interview."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.labels import Text
from roadmapdesk.desktop.widgets.panel import Panel
from roadmapdesk.desktop.widgets.table_model import Column, RowsModel
from roadmapdesk.desktop.widgets.table_view import TableView
from roadmapdesk.desktop.wording import when
from roadmapdesk.i18n import current_language, ngettext
from roadmapdesk.i18n import gettext as _
from roadmapdesk.storage.thinning import Backup
from roadmapdesk.workspace.safety import BackupComparison, Change, ChangeLine


class ComparisonTable(QWidget):
    """One sentence and the interviews that differ; hidden until there is something to say."""

    def __init__(self, *, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._backup: Backup | None = None
        self._found: BackupComparison | None = None
        self._panel = Panel(theme=theme, has_padding=False, parent=self)
        self._sentence = Text(parent=self)
        self._sentence.setContentsMargins(theme.space("l"), 0, theme.space("l"), theme.space("s"))
        self._model = RowsModel(_columns(), sentence=_row_sentence, parent=self)
        self._view = TableView(theme=theme, parent=self)
        self._view.setObjectName("comparison_table")
        self._view.show_rows(self._model)
        self._panel.add(self._sentence)
        self._panel.add(self._view, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._panel)
        self.hide()

    @property
    def sentence(self) -> str:
        """What is said above the table."""
        return self._sentence.text()

    def is_about(self, backup: Backup | None) -> bool:
        """Whether it shows the comparison with this backup."""
        return backup is not None and self._backup is not None and backup.path == self._backup.path

    def show_comparison(self, backup: Backup, found: BackupComparison) -> None:
        """Shows a comparison."""
        self._backup, self._found = backup, found
        self._model.set_rows(found.lines)
        self._view.setVisible(bool(found.lines))
        self.retranslate()
        self.show()

    def retranslate(self) -> None:
        """Says everything again in the present language."""
        self._view.setAccessibleName(_("Interviews that differ"))
        self._model.retranslate()
        if self._backup is None or self._found is None:
            return
        self._panel.set_title(_("Backup of {when} beside the present").format(when=when(self._backup.at)))
        count = len(self._found.lines)
        if count:
            differ = ngettext("{n} interview differs", "{n} interviews differ", count).format(n=count)
            same = ngettext("{n} is alike.", "{n} are alike.", self._found.same).format(n=self._found.same)
            self._sentence.setText(f"{differ}, {same}")
        else:
            self._sentence.setText(_("All interviews are alike. Restoring would bring back nothing."))


def change_text(line: ChangeLine) -> str:
    """How the interview differs, in words."""
    if line.change is Change.ONLY_NOW:
        return _("only in the present project")
    if line.change is Change.ONLY_BACKUP:
        return _("only in the backup")
    if line.answers:
        return ngettext("{n} answer differs", "{n} answers differ", line.answers).format(n=line.answers)
    return _("another state")


def _actor(line: ChangeLine) -> str:
    return line.actor.text(current_language().code) or "–"


def _columns() -> tuple[Column[ChangeLine], ...]:
    return (
        Column(lambda: _("Code"), lambda line: line.row.code or "–", width=110, is_strong=True),
        Column(lambda: _("Actor"), _actor),
        Column(lambda: _("Difference"), change_text, width=260),
    )


def _row_sentence(line: ChangeLine) -> str:
    return ", ".join((line.row.code or "–", _actor(line), change_text(line)))
