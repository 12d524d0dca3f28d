"""The log of exports: which file went out when, at which level, about how many interviews."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from roadmapdesk.desktop.pages import Desk, Page
from roadmapdesk.desktop.reports.words import kind_word, level_word, target_word
from roadmapdesk.desktop.widgets.notices import EmptyState
from roadmapdesk.desktop.widgets.panel import Panel
from roadmapdesk.desktop.widgets.table_model import Column, RowsModel
from roadmapdesk.desktop.widgets.table_view import TableView
from roadmapdesk.desktop.wording import LANGUAGE_NAMES, when
from roadmapdesk.i18n import gettext as _
from roadmapdesk.i18n import ngettext

if TYPE_CHECKING:
    from roadmapdesk.storage import Project
    from roadmapdesk.storage.values import Export


class ExportsPage(Page):
    """Everything that left the project."""

    key = "exports"
    navigation_key = "reports"

    def __init__(self, *, project: "Project", desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._project = project
        theme = desk.theme
        self._model = RowsModel(_columns(), sentence=places_sentence, parent=self)
        self._table = TableView(theme=theme, parent=self)
        self._table.setObjectName("exports_table")
        self._table.show_rows(self._model)
        self._panel = Panel(theme=theme, has_padding=False, parent=self)
        self._panel.add(self._table, 1)
        self._empty = EmptyState(theme=theme, parent=self)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._panel)
        self._stack.addWidget(self._empty)
        margin = theme.space("page_margin")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(margin, 0, margin, theme.space("m"))
        layout.addWidget(self._stack)
        self.begin_with(self._table)
        self.retranslate()

    @override
    def title(self) -> str:
        return _("Log of exports")

    @override
    def context(self) -> str:
        count = len(self._model.rows)
        return ngettext("{n} file went out", "{n} files went out", count).format(n=count)

    @override
    def actions_right(self) -> Sequence[QWidget]:
        return ()

    @override
    def refresh(self) -> None:
        self._model.set_rows(tuple(line for line in self._project.export_log.list() if line.target))
        self._stack.setCurrentWidget(self._panel if self._model.rows else self._empty)
        self.header_changed.emit()

    @override
    def retranslate(self) -> None:
        self._table.setAccessibleName(_("Log of exports"))
        self._model.retranslate()
        self._empty.set_texts(_("Reports, workbooks and other files that leave the project will be listed here."))


def places_columns() -> tuple[Column["Export"], ...]:
    """File with its folder, when, kind and level: enough to find a file again."""
    return (
        Column(
            lambda: _("File"),
            lambda export: target_word(export.target),
            second_line=lambda export: export.folder,
            is_strong=True,
        ),
        Column(lambda: _("When"), lambda export: when(export.at), width=150),
        Column(lambda: _("Kind"), lambda export: kind_word(export.kind, export.level), width=200),
        Column(lambda: _("Level"), lambda export: level_word(export.level), width=110),
    )


def places_sentence(export: "Export") -> str:
    """One file for the screen reader."""
    words = (
        target_word(export.target),
        export.folder,
        when(export.at),
        kind_word(export.kind, export.level),
        level_word(export.level),
        _erased_words(export),
    )
    return ", ".join(word for word in words if word)


def _columns() -> tuple[Column["Export"], ...]:
    file, moment, kind, level = places_columns()
    language = replace(
        kind, second_line=lambda export: LANGUAGE_NAMES.get(export.language, export.language), width=170
    )
    return (
        file,
        moment,
        language,
        level,
        Column(lambda: _("Who"), lambda export: export.author or "–", width=80),
        Column(
            lambda: _("Interviews"),
            lambda export: str(len(export.interviews)),
            sort=lambda export: (export.erased, len(export.interviews)),
            second_line=_erased_words,
            icon=lambda export: "trash-2" if export.erased else "",
            tone=lambda export: "warning" if export.erased else "text",
            width=230,
        ),
    )


def _erased_words(export: "Export") -> str:
    """Why a person must still delete the file; empty where nobody must."""
    count = export.erased
    words = ngettext("{n} erased: delete the file", "{n} erased: delete the file", count)
    return words.format(n=count) if count else ""
