"""What shall be exported, for whom, where to: the choices, and in words what that level shows and withholds."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from roadmapdesk.desktop.reports.targets import folder_words
from roadmapdesk.desktop.reports.words import hidden_at, kind_word, level_word, shown_at
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.buttons import Button
from roadmapdesk.desktop.widgets.inputs import ComboBox
from roadmapdesk.desktop.widgets.labels import ElidedLabel, IconLabel, Text
from roadmapdesk.desktop.widgets.panel import Panel, rule
from roadmapdesk.desktop.widgets.segmented import SegmentedSwitch
from roadmapdesk.desktop.wording import LANGUAGE_NAMES
from roadmapdesk.domain.levels import Level
from roadmapdesk.i18n import LANGUAGES
from roadmapdesk.i18n import gettext as _
from roadmapdesk.scoring.profile import DisclosureSettings
from roadmapdesk.workspace.exporting import ReportKind, takes_records


@dataclass(frozen=True, slots=True)
class Order:
    """What is chosen."""

    kind: ReportKind
    level: Level
    language: str
    wave: str
    with_records: bool = False


class OrderPanel(Panel):
    """The choices of one export.

    Attributes:
        order_changed: something else is chosen.
        target_requested: choose where to write.
    """

    order_changed = Signal()
    target_requested = Signal()

    def __init__(self, *, theme: Theme, language: str, parent: QWidget | None = None) -> None:
        super().__init__(theme=theme, parent=parent)
        self.setObjectName("order")
        self._theme = theme
        self._settings = DisclosureSettings()
        self._kinds = SegmentedSwitch([(kind.value, "") for kind in ReportKind], theme=theme, parent=self)
        self._kinds.setObjectName("kind")
        self._levels = SegmentedSwitch([(level.value, "") for level in Level], theme=theme, parent=self)
        self._levels.setObjectName("report_level")
        self._languages = SegmentedSwitch([(code, "") for code in LANGUAGES], theme=theme, parent=self)
        self._languages.setObjectName("report_language")
        self._languages.set_key(language)
        self._waves = ComboBox(theme=theme, parent=self)
        self._waves.setObjectName("report_wave")
        self._target = ElidedLabel(parent=self)
        self._target.setObjectName("target")
        self._folder = ElidedLabel(type_style="caption", tone="muted", parent=self)
        self._choose = Button(theme=theme, icon="folder-open", parent=self)
        self._records = QCheckBox(self)
        self._records.setObjectName("with_records")
        self._labels = [Text("", tone="muted", wraps=False, parent=self) for _row in range(5)]
        self._counts = Text("", type_style="caption", tone="muted", parent=self)
        self._lists = QWidget(self)
        self._list_layout = QVBoxLayout(self._lists)
        self._list_layout.setContentsMargins(0, 0, 0, 0)
        self._list_layout.setSpacing(theme.space("xs"))
        self._build()
        self._connect()
        self.retranslate()

    @property
    def order(self) -> Order:
        """What is chosen now."""
        return Order(
            ReportKind(self._kinds.key),
            Level(self._levels.key),
            self._languages.key,
            str(self._waves.currentData() or ""),
            with_records=not self._records.isHidden() and self._records.isChecked(),
        )

    def set_waves(self, waves: Sequence[tuple[str, str]]) -> None:
        """Offers waves as pairs (code, name), the last one chosen at first."""
        is_first = not self._waves.count()
        self._waves.refill(waves, _("Wave"))
        if is_first and waves:
            self._waves.blockSignals(True)
            self._waves.setCurrentIndex(len(waves) - 1)
            self._waves.blockSignals(False)

    def set_disclosure(self, settings: DisclosureSettings) -> None:
        """Takes the minimum numbers of the project's profile."""
        self._settings = settings
        self._say_lists()

    def set_counts(self, text: str) -> None:
        """Says how many cells the level shows, holds back to the class, and suppresses."""
        self._counts.setText(text)
        self._counts.setVisible(bool(text))

    def set_target(self, target: Path) -> None:
        """Shows where the file will lie."""
        self._target.setText(target.name)
        self._folder.setText(_("In {folder}").format(folder=folder_words(target.parent)))
        self._folder.setToolTip(str(target.parent))

    def retranslate(self) -> None:
        """Says everything again in the present language."""
        self.set_title(_("What and for whom"))
        names = (_("Report"), _("Level"), _("Language"), _("Wave"), _("File"))
        for label, name in zip(self._labels, names, strict=True):
            label.setText(name)
        self._kinds.set_texts([kind_word(kind.value) for kind in ReportKind], _("Report"))
        self._levels.set_texts([level_word(level.value) for level in Level], _("Level"))
        self._languages.set_texts([LANGUAGE_NAMES[code] for code in LANGUAGES], _("Language"))
        self._choose.setText(_("Change …"))
        self._records.setText(_("With ratings of single organisations that agreed, under pseudonyms"))
        self._say_lists()

    def _on_choice_made(self) -> None:
        self._say_lists()
        self.order_changed.emit()

    def _say_lists(self) -> None:
        while (item := self._list_layout.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        level = Level(self._levels.key)
        self._records.setVisible(takes_records(ReportKind(self._kinds.key), level))
        groups = (
            (_("This level shows"), shown_at(level, self._settings), "check", "ok"),
            (_("This level withholds"), hidden_at(level, self._settings), "lock", "text_muted"),
        )
        for title, lines, icon, colour in groups:
            if lines:
                self._list_layout.addWidget(Text(title, type_style="strong"))
            for line in lines:
                self._list_layout.addWidget(self._point(icon, colour, line))
        if level is Level.INTERNAL:
            self._list_layout.addWidget(self._point("triangle-alert", "warning", _("Do not pass it on.")))

    def _point(self, icon: str, colour: str, text: str) -> QWidget:
        row = QWidget(self._lists)
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(self._theme.space("s"))
        layout.addWidget(IconLabel(icon, theme=self._theme, colour=colour), 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(Text(text), 1)
        return row

    def _build(self) -> None:
        theme = self._theme
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.space("m"))
        grid.setVerticalSpacing(theme.space("s"))
        grid.setColumnStretch(1, 1)
        for row, (label, editor) in enumerate(
            zip(self._labels, (self._kinds, self._levels, self._languages, self._waves), strict=False)
        ):
            grid.addWidget(label, row, 0)
            grid.addWidget(editor, row, 1, Qt.AlignmentFlag.AlignLeft)
        place = QHBoxLayout()
        place.setSpacing(theme.space("s"))
        place.addWidget(self._folder, 1)
        place.addWidget(self._choose)
        grid.addWidget(self._labels[-1], 4, 0)
        grid.addWidget(self._target, 4, 1)
        grid.addLayout(place, 5, 1)
        grid.addWidget(self._records, 6, 0, 1, 2)
        self.add_layout(grid)
        self.add(rule(parent=self))
        self.add(self._lists)
        self.add(self._counts)
        self.add_stretch()

    def _connect(self) -> None:
        for switch in (self._kinds, self._levels, self._languages):
            switch.key_selected.connect(lambda _key: self._on_choice_made())
        self._waves.currentIndexChanged.connect(lambda _index: self._on_choice_made())
        self._choose.clicked.connect(self.target_requested)
