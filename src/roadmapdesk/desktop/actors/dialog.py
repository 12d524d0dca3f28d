"""The editor of one organisation."""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLineEdit, QPlainTextEdit, QWidget

from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.dialog import WIDE, Dialog
from roadmapdesk.desktop.widgets.form_row import FormRow
from roadmapdesk.desktop.widgets.inputs import ComboBox
from roadmapdesk.desktop.widgets.labels import Text
from roadmapdesk.desktop.words import role_word, type_word
from roadmapdesk.domain.actors import Actor, ActorType, StageRole
from roadmapdesk.domain.catalog import load_catalog
from roadmapdesk.i18n import current_language
from roadmapdesk.i18n import gettext as _


class ActorDialog(Dialog):
    """Creates or changes an organisation.

    Args:
        actor: what to change; None for a new one.
        names: lower-case names that are taken, to warn about doubles.
    """

    def __init__(self, *, actor: Actor | None, names: Mapping[str, str], theme: Theme, parent: QWidget) -> None:
        super().__init__(
            title=_("New actor") if actor is None else _("Edit actor"),
            confirm=_("Create actor") if actor is None else _("Save changes"),
            refuse=_("Cancel"),
            theme=theme,
            width=WIDE,
            parent=parent,
        )
        self.setObjectName("actor_dialog")
        self._actor = actor
        self._names = names
        self._name = QLineEdit(actor.names["de"] if actor else "", self)
        self._english = QLineEdit((actor.names.get("en", "") if actor else ""), self)
        self._type = ComboBox(theme=theme, parent=self)
        for kind in ActorType:
            self._type.addItem(type_word(kind), kind.value)
        if actor is not None:
            self._type.setCurrentIndex(self._type.findData(actor.type.value))
        self._place = QLineEdit(actor.place if actor else "", self)
        self._founder = QCheckBox(_("Founding member of the cluster"), self)
        self._founder.setChecked(actor.is_founder if actor else False)
        self._note = QPlainTextEdit(actor.note_text(current_language().code) if actor else "", self)
        self._note.setTabChangesFocus(True)
        self._note.setFixedHeight(theme.px(64))
        self._roles: dict[str, ComboBox] = {}
        self._build()
        self._name.setFocus()

    def result_actor(self, key: str) -> Actor:
        """The organisation as typed.

        Args:
            key: its key; an existing one keeps its own.
        """
        name = self._name.text().strip()
        english = self._english.text().strip()
        names = {"de": name, "en": english} if english else {"de": name}
        stages = {stage: StageRole(box.currentData()) for stage, box in self._roles.items() if box.currentData()}
        base = self._actor or Actor(key=key, names=names, type=ActorType.OTHER)
        return replace(
            self._with_remark(base),
            names=names,
            type=ActorType(self._type.currentData()),
            place=self._place.text().strip(),
            is_founder=self._founder.isChecked(),
            stages=stages,
        )

    def _with_remark(self, base: Actor) -> Actor:
        """The typed remark in the language that it was shown in; an emptied one is gone in both."""
        typed, language = self._note.toPlainText().strip(), current_language().code
        if typed == base.note_text(language):
            return base
        if not typed:
            return replace(base, note="", note_de="")
        return replace(base, note_de=typed) if language == "de" else replace(base, note=typed)

    @property
    def typed_name(self) -> str:
        """The German name as typed."""
        return self._name.text().strip()

    def accept(self) -> None:
        """Goes ahead when there is a name that nobody else bears."""
        if self._name_row.validate():
            super().accept()
        else:
            self._name.setFocus()
            self.fit()

    def _name_problem(self) -> str:
        name = self.typed_name
        own = self._actor.key if self._actor is not None else ""
        if not name:
            return _("The name is missing. Please type the name of the organisation.")
        if self._names.get(name.casefold(), own) != own:
            return _("An actor of this name is in the register already. Please tell them apart.")
        return ""

    def _build(self) -> None:
        theme = self.theme
        self._name_row = FormRow(
            _("&Name"),
            self._name,
            theme=theme,
            required_word=_("required"),
            check=self._name_problem,
            parent=self,
        )
        line = QHBoxLayout()
        line.setSpacing(theme.space("l"))
        line.addWidget(FormRow(_("&Kind"), self._type, theme=theme, parent=self), 1)
        line.addWidget(FormRow(_("&Place"), self._place, theme=theme, parent=self), 1)
        self.content.addWidget(self._name_row)
        self.content.addWidget(FormRow(_("Name in &English"), self._english, theme=theme, parent=self))
        self.content.addLayout(line)
        self.content.addWidget(Text(_("Role per stage"), type_style="strong", parent=self))
        self.content.addLayout(self._build_roles())
        self.content.addWidget(self._founder)
        self.content.addWidget(FormRow(_("N&ote"), self._note, theme=theme, parent=self))

    def _build_roles(self) -> QGridLayout:
        """One combo box per stage, below each other so that each name stands on one line."""
        theme, language = self.theme, current_language().code
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.space("s"))
        grid.setVerticalSpacing(theme.space("xs") + 2)
        stages = load_catalog().stages
        for row, stage in enumerate(stages):
            box = ComboBox(theme=theme, name=f"{stage.key.upper()}, {stage.name.text(language)}", parent=self)
            box.addItem(_("none"), "")
            for role in StageRole:
                box.addItem(role_word(role), role.value)
            held = self._actor.stages.get(stage.key) if self._actor is not None else None
            box.setCurrentIndex(max(box.findData(held.value if held else ""), 0))
            name = stage.name.text(language).replace("&", "&&")  # one would be taken for the mark of a key
            label = Text(f"{stage.key.upper()}  {name}", parent=self)
            label.setBuddy(box)
            self._roles[stage.key] = box
            grid.addWidget(label, row, 0)
            grid.addWidget(box, row, 1)
        grid.setColumnStretch(0, 1)
        return grid
