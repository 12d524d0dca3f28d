"""What if weights and borders were others: sliders, the rank order at once, and nothing stored until it is named."""

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from roadmapdesk.desktop.assessment.rank_list import RankList
from roadmapdesk.desktop.assessment.setting_slider import SettingSlider
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.buttons import Button
from roadmapdesk.desktop.widgets.chips import Chip
from roadmapdesk.desktop.widgets.flow import FlowLayout
from roadmapdesk.desktop.widgets.labels import IconLabel, Text
from roadmapdesk.i18n import N_, current_language, ngettext
from roadmapdesk.i18n import gettext as _
from roadmapdesk.scoring.profile import DEFAULT, Profile, WeightSource
from roadmapdesk.scoring.what_if import Outlook, what_if
from roadmapdesk.workspace.evidence import Assessed

if TYPE_CHECKING:
    from collections.abc import Mapping

_BORDERS = {
    "importance_high": (N_("Importance from"), 40.0, 90.0),
    "performance_high": (N_("Performance from"), 40.0, 90.0),
    "performance_low": (N_("Critical below"), 20.0, 75.0),
    "gap_critical_min": (N_("Critical gap from"), 5.0, 60.0),
    "gap_strength_max": (N_("Strength gap below"), 0.0, 40.0),
}
_WEIGHT_STEP, _BORDER_STEP, _HIGHEST_WEIGHT = 1.0, 0.5, 60.0


class WhatIfStrip(QFrame):
    """The strip below the tabs.

    Attributes:
        profile_tried: other settings than the stored ones; None when all sliders are back.
        save_requested: keep the tried settings under a name.
        reset_requested: go back to the published method.
    """

    profile_tried = Signal(object)
    save_requested = Signal()
    reset_requested = Signal()

    def __init__(self, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("what_if")
        self._theme = theme
        self._assessed: Assessed | None = None
        self._stored: Profile = DEFAULT
        self._usual: Mapping[str, float] = {}
        self._weights: list[SettingSlider] = []
        self._borders = [
            SettingSlider(key, low, high, _BORDER_STEP, theme=theme, parent=self)
            for key, (_name, low, high) in _BORDERS.items()
        ]
        self._title = Text("", type_style="strong", wraps=False, parent=self)
        self._chip = Chip(theme=theme, tone="warning", icon="triangle-alert", parent=self)
        self._profile = Text("", type_style="caption", tone="muted", wraps=False, parent=self)
        self._discard = Button(theme=theme, variant="compact", icon="undo-2", parent=self)
        self._save = Button(theme=theme, variant="compact", parent=self)
        self._reset = Button(theme=theme, variant="compact", parent=self)
        self._heads = [Text("", type_style="caption", tone="muted", wraps=False, parent=self) for _column in range(3)]
        self._ranks = RankList(theme=theme, parent=self)
        self._classes = Text("", type_style="caption", parent=self)
        self._build()
        self._connect()
        self.retranslate()

    @property
    def tried(self) -> Profile | None:
        """The settings of the sliders; None where they are the stored ones."""
        return self._tried() if self._deviates else None

    def show_assessed(self, assessed: Assessed, stored: Profile) -> None:
        """Takes the numbers of wave and level, and the stored settings.

        Args:
            assessed: what is shown now, perhaps already under tried settings.
            stored: the settings of the project.
        """
        is_first = self._assessed is None or stored != self._stored
        self._assessed, self._stored = assessed, stored
        if is_first:
            self._usual = dict(assessed.scorecard.weights.dimensions)
            self._make_weights(assessed)
            self._put_back()
        self._say()

    def discard(self) -> None:
        """Puts all sliders back."""
        was_other = self._deviates
        self._put_back()
        self._say()
        if was_other:
            self.profile_tried.emit(None)

    def retranslate(self) -> None:
        """Says everything again in the present language."""
        self._title.setText(_("What if …"))
        self._chip.set_content(_("Not saved"), icon="triangle-alert", tone="warning")
        self._discard.setText(_("Discard"))
        self._save.setText(_("Save as profile"))
        self._reset.setText(_("Back to the published method"))
        heads = (_("Weights of dimensions"), _("Borders of the classes"), _("Rank order of the stages"))
        for label, text in zip(self._heads, heads, strict=True):
            label.setText(text)
        self._say()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("warning_soft"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, self._theme.colour("border"))
        painter.end()

    @property
    def _deviates(self) -> bool:
        return self._assessed is not None and (self._has_other_weights or self._has_other_borders)

    @property
    def _has_other_weights(self) -> bool:
        return any(slider.value != round(100 * self._usual.get(slider.key, 0.0)) for slider in self._weights)

    @property
    def _has_other_borders(self) -> bool:
        thresholds = self._stored.thresholds
        return any(abs(slider.value - getattr(thresholds, slider.key)) > 1e-6 for slider in self._borders)

    def _tried(self) -> Profile:
        tried = self._stored
        if self._has_other_borders:
            borders = {slider.key: slider.value for slider in self._borders}
            tried = replace(tried, thresholds=replace(tried.thresholds, **borders))
        if self._has_other_weights:
            weights = {slider.key: slider.value for slider in self._weights}
            tried = replace(tried, dimension_weight_source=WeightSource.SET, dimension_weights=weights)
        return tried

    def _reference(self) -> Profile:
        """The stored settings with the weights that they give, whatever is shown now."""
        return replace(self._stored, dimension_weight_source=WeightSource.SET, dimension_weights=dict(self._usual))

    def _put_back(self) -> None:
        for slider in self._weights:
            slider.set_value(100 * self._usual.get(slider.key, 0.0))
        for slider in self._borders:
            slider.set_value(getattr(self._stored.thresholds, slider.key))

    def _on_slider_value_changed(self) -> None:
        self._say()
        self.profile_tried.emit(self.tried)

    def _say(self) -> None:
        deviates = self._deviates
        for widget in (self._chip, self._discard, self._save):
            widget.setVisible(deviates)
        self._reset.setVisible(not deviates and self._stored != DEFAULT)
        name = _("published method") if self._stored == DEFAULT else self._stored.name
        self._profile.setText(_("Stored profile: {name}").format(name=name))
        language = current_language()
        for slider in self._borders:
            slider.say(_(_BORDERS[slider.key][0]), language.number(slider.value, 1))
        if self._assessed is None:
            return
        total = sum(slider.value for slider in self._weights)
        for slider in self._weights:
            share = slider.value / total if total else 1 / len(self._weights)
            gap = "\u00a0" if language.code == "de" else ""
            text = f"{language.number(100 * share)}{gap}%"
            slider.say(_short(self._assessed.facts.dimension_name(slider.key)), text)
        self._show_outlook(self._assessed)

    def _show_outlook(self, assessed: Assessed) -> None:
        before = what_if(assessed.scorecard, self._reference())
        now = what_if(assessed.scorecard, self._tried()) if self._deviates else before
        self._ranks.show_outlook(now, before)
        self._classes.setText(_changes(now, before))

    def _make_weights(self, assessed: Assessed) -> None:
        if [slider.key for slider in self._weights] == list(assessed.scorecard.dimensions):
            return
        for slider in self._weights:
            slider.deleteLater()
        self._weights = []
        for number, key in enumerate(assessed.scorecard.dimensions):
            slider = SettingSlider(key, 0, _HIGHEST_WEIGHT, _WEIGHT_STEP, theme=self._theme, parent=self)
            slider.value_changed.connect(self._on_slider_value_changed)
            self._weights.append(slider)
            self._weight_grid.addWidget(slider, number % 4, number // 4)

    def _build(self) -> None:
        theme = self._theme
        head = QHBoxLayout()
        head.setSpacing(theme.space("m"))
        head.addWidget(IconLabel("sliders-horizontal", theme=theme, parent=self))
        head.addWidget(self._title)
        head.addWidget(self._chip)
        head.addWidget(self._profile)
        head.addStretch(1)
        for button in (self._discard, self._save, self._reset):
            head.addWidget(button)
        self._weight_grid = QGridLayout()
        self._weight_grid.setHorizontalSpacing(theme.space("l"))
        self._weight_grid.setVerticalSpacing(2)
        borders = QVBoxLayout()
        borders.setSpacing(2)
        for slider in self._borders:
            borders.addWidget(slider)
        ranks = QVBoxLayout()
        ranks.setSpacing(0)
        ranks.addWidget(self._ranks)
        weights = QVBoxLayout()
        weights.addLayout(self._weight_grid)
        weights.addWidget(self._classes)
        groups = QWidget(self)
        flow = FlowLayout(groups, gap=theme.space("xxl"), is_top=True)
        for label, content in zip(self._heads, (weights, borders, ranks), strict=True):
            box = QWidget(groups)
            column = QVBoxLayout(box)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(theme.space("xs"))
            column.addWidget(label)
            column.addLayout(content)
            column.addStretch(1)
            flow.addWidget(box)
        layout = QVBoxLayout(self)
        margin = theme.space("page_margin")
        layout.setContentsMargins(margin, theme.space("s"), margin, theme.space("s"))
        layout.setSpacing(theme.space("xs"))
        layout.addLayout(head)
        layout.addWidget(groups)
        head.setAlignment(Qt.AlignmentFlag.AlignVCenter)

    def _connect(self) -> None:
        for slider in self._borders:
            slider.value_changed.connect(self._on_slider_value_changed)
        self._discard.clicked.connect(self.discard)
        self._save.clicked.connect(self.save_requested)
        self._reset.clicked.connect(self.reset_requested)


class StripArea(QScrollArea):
    """Holds the strip and scrolls where it is higher than its room, such as at large text."""

    def __init__(self, strip: WhatIfStrip, *, parent: QWidget) -> None:
        super().__init__(parent)
        self._strip = strip
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        self.setWidget(strip)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        strip.installEventFilter(self)
        self.hide()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        """As high as the strip at this width, but at most half of the window."""
        layout = self._strip.layout()
        if layout is not None and self.isVisible():
            needed = layout.totalHeightForWidth(self.width())
            self.setFixedHeight(min(needed, self.window().height() // 2))


def _short(name: str) -> str:
    """The first words of a dimension's name."""
    found = re.match(r"[\w-]+", name)
    return found.group(0) if found else name


def _changes(now: Outlook, before: Outlook) -> str:
    """How many cells change their class."""
    changed = sum(before.classes.get(key) is not kind for key, kind in now.classes.items())
    if not changed:
        return _("No cell changes its class.")
    return ngettext("{n} cell changes its class.", "{n} cells change their class.", changed).format(n=changed)
