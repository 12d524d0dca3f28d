"""Preferences: language, look, text size, interviewer code, backup folder, start-up. Each takes effect at once."""

from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QWidget

from roadmapdesk.desktop import settings as keys
from roadmapdesk.desktop.pages import Desk
from roadmapdesk.desktop.theme import TEXT_FACTORS, Scheme
from roadmapdesk.desktop.widgets.buttons import Button
from roadmapdesk.desktop.widgets.dialog import WIDE, Dialog
from roadmapdesk.desktop.widgets.form_row import FormRow
from roadmapdesk.desktop.widgets.inputs import ComboBox
from roadmapdesk.desktop.widgets.segmented import SegmentedSwitch
from roadmapdesk.desktop.wording import LANGUAGE_NAMES
from roadmapdesk.domain.codes import interviewer_problem
from roadmapdesk.i18n import current_language, set_language
from roadmapdesk.i18n import gettext as _


class PreferencesDialog(Dialog):
    """What a person may choose for comfort; nothing here changes a result."""

    def __init__(self, *, desk: Desk, parent: QWidget) -> None:
        super().__init__(title=_("Preferences"), refuse=_("Close"), theme=desk.theme, width=WIDE, parent=parent)
        self.setObjectName("preferences_dialog")
        self._desk = desk
        self._window = parent
        theme = desk.theme
        self._language = SegmentedSwitch(list(LANGUAGE_NAMES.items()), theme=theme, parent=self)
        self._language.set_key(current_language().code)
        schemes = [("system", _("As the system")), ("light", _("Light")), ("dark", _("Dark"))]
        self._scheme = SegmentedSwitch(schemes, theme=theme, parent=self)
        self._scheme.set_key(theme.scheme.value)
        self._factor = ComboBox(theme=theme, parent=self)
        for factor in TEXT_FACTORS:
            self._factor.addItem(current_language().percent(factor), factor)
        self._factor.setCurrentIndex(self._factor.findData(theme.factor))
        self._interviewer = QLineEdit(desk.settings.get(keys.INTERVIEWER), self)
        self._backup = QLineEdit(desk.settings.get(keys.BACKUP_FOLDER), self)
        self._opens_last = QCheckBox(_("Open the last project at start"), self)
        self._opens_last.setChecked(desk.settings.get(keys.OPENS_LAST_PROJECT))
        self._plays = QCheckBox(_("Let a question begin its sound or film where the form asks for it"), self)
        self._plays.setChecked(desk.settings.get(keys.PLAYS_BY_ITSELF))
        self._build()
        self._connect()

    def _build(self) -> None:
        theme = self.theme
        top = QHBoxLayout()
        top.setSpacing(theme.space("xl"))
        top.addWidget(FormRow(_("&Language"), self._language, theme=theme, parent=self))
        top.addWidget(FormRow(_("L&ook"), self._scheme, theme=theme, parent=self))
        top.addWidget(FormRow(_("&Text size"), self._factor, theme=theme, parent=self))
        top.addStretch(1)
        hint = _("A code, not a name, for example I03; it stands beside each change.")
        self._author_row = FormRow(_("Your &code"), self._interviewer, theme=theme, hint=hint, parent=self)
        hint = _("Another disk or a network drive; a copy of each backup is put there. Empty for none.")
        choose = Button(_("&Choose …"), theme=theme, parent=self)
        choose.clicked.connect(self._on_choose_clicked)
        folder = FormRow(
            _("&Second place for backups"), self._backup, theme=theme, hint=hint, beside=choose, parent=self
        )
        self.content.addLayout(top)
        self.content.addWidget(self._author_row)
        self.content.addWidget(folder)
        self.content.addWidget(self._opens_last)
        self.content.addWidget(self._plays)

    def _connect(self) -> None:
        settings = self._desk.settings
        self._language.key_selected.connect(self._on_language_key_selected)
        self._scheme.key_selected.connect(self._on_scheme_key_selected)
        self._factor.activated.connect(self._on_factor_activated)
        self._interviewer.editingFinished.connect(self._on_interviewer_edited)
        self._backup.editingFinished.connect(lambda: settings.set(keys.BACKUP_FOLDER, self._backup.text().strip()))
        self._opens_last.toggled.connect(lambda is_on: settings.set(keys.OPENS_LAST_PROJECT, is_on))
        self._plays.toggled.connect(lambda is_on: settings.set(keys.PLAYS_BY_ITSELF, is_on))

    def _on_interviewer_edited(self) -> None:
        """Keeps a code that fits; of one that does not, the last that did stays."""
        code = self._interviewer.text().strip()
        problem = interviewer_problem(code, is_required=False)
        self._author_row.set_error(problem)
        self.fit()
        if not problem:
            self._desk.settings.set(keys.INTERVIEWER, code)

    def _on_language_key_selected(self, code: str) -> None:
        self._desk.settings.set(keys.LANGUAGE, code)
        set_language(code)
        self._reopen()

    def _on_scheme_key_selected(self, key: str) -> None:
        self._desk.settings.set(keys.SCHEME, key)
        self._desk.theme.set_scheme(Scheme(key))

    def _on_factor_activated(self, index: int) -> None:
        factor = float(self._factor.itemData(index))
        self._desk.settings.set(keys.TEXT_FACTOR, factor)
        self._desk.theme.set_factor(factor)
        self._reopen()

    def _reopen(self) -> None:
        """Shows the dialog anew, because every word or size in it changed."""
        self.close()
        self._desk.prompts.show(PreferencesDialog(desk=self._desk, parent=self._window))

    def _on_choose_clicked(self) -> None:
        def chosen(folder: Path) -> None:
            self._backup.setText(str(folder))
            self._desk.settings.set(keys.BACKUP_FOLDER, str(folder))

        self._desk.prompts.open_folder(
            self,
            title=_("Where shall copies of backups lie?"),
            folder=Path(self._backup.text() or "~"),
            chosen=chosen,
        )
