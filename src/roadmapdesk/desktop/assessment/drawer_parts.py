"""The parts of the evidence drawer, each built from one `CellEvidence` in the words of its level."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from roadmapdesk.desktop.assessment.marks import ClassChip, GradeChip
from roadmapdesk.desktop.assessment.spread import Spread
from roadmapdesk.desktop.assessment.words import ROLE_WORDS, class_word, grade_word
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.buttons import Button
from roadmapdesk.desktop.widgets.chips import Bar
from roadmapdesk.desktop.widgets.flow import FlowLayout
from roadmapdesk.desktop.widgets.labels import ElidedLabel, IconLabel, Text
from roadmapdesk.desktop.widgets.panel import rule
from roadmapdesk.domain.levels import Level
from roadmapdesk.i18n import current_language, ngettext
from roadmapdesk.i18n import gettext as _
from roadmapdesk.reports.facts import MeasureFacts
from roadmapdesk.reports.wording import AGREEMENT_NAMES, STATUS_NAMES, Words
from roadmapdesk.workspace.evidence import Assessed, CellEvidence

_MOST_QUOTES = 3
_MOST_BOTTLENECKS = 6


class Parts:
    """Builds the sections of the drawer for one cell.

    Args:
        assessed: wave and level.
        evidence: what stands behind the cell.
        theme: the look.
    """

    def __init__(self, assessed: Assessed, evidence: CellEvidence, *, theme: Theme) -> None:
        self._assessed = assessed
        self._evidence = evidence
        self._theme = theme
        self._words = Words(assessed.facts)

    @property
    def is_internal(self) -> bool:
        """Whether the reader may see single organisations."""
        return self._assessed.level is Level.INTERNAL

    def verdict(self) -> QWidget:
        """Class, grade, and how firm the class is."""
        cell, code = self._evidence.cell, current_language().code
        row = QWidget()
        layout = FlowLayout(row, gap=self._theme.space("s"))
        if cell.cell_class is not None:
            key = cell.cell_class.value
            layout.addWidget(ClassChip(key, class_word(key, code), theme=self._theme))
        said = []
        if cell.grade is not None and cell.performance is not None:
            word = grade_word(cell.grade.value, code)
            layout.addWidget(GradeChip(cell.grade.value, word, theme=self._theme))
            said.append(word)
        if cell.class_stability is not None:
            share = self._words.percent(cell.class_stability)
            said.append(_("class stable {share}").format(share=share))
        if not said and cell.cell_class is None:
            said.append(_("Nothing may be said about this cell at this level."))
        layout.addWidget(Text(" · ".join(said), wraps=False))
        return row

    def figures(self) -> QWidget:
        """The headline numbers side by side."""
        cell, words = self._evidence.cell, self._words
        entries = []
        for figure, name in (
            (cell.performance, _("Performance")),
            (cell.importance, _("Importance")),
        ):
            entries.append((words.value(figure.mean if figure else None), name))
        if self._assessed.level is Level.PUBLIC:
            entries.append((words.with_n(cell.n), _("Organisations")))
        else:
            entries.append((words.change(cell.gap), _("Gap")))
            entries.append((words.value(cell.outlook.mean if cell.outlook else None), _("Outlook 2030")))
        row = QWidget()
        layout = FlowLayout(row, gap=self._theme.space("l"))
        for value, name in entries:
            box = QWidget()
            column = QVBoxLayout(box)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(0)
            number = Text(value, type_style="title", wraps=False)
            column.addWidget(number)
            column.addWidget(Text(name, type_style="caption", tone="muted", wraps=False))
            layout.addWidget(box)
        return row

    def spread(self) -> list[QWidget]:
        """The scale with what this level shows of the ratings, and the line below it."""
        cell, words = self._evidence.cell, self._words
        figure = cell.performance
        if figure is None:
            return []
        if self._assessed.level is Level.PUBLIC:
            return [Text(_("Values are rounded to 5 points."), type_style="caption", tone="muted")]
        ratings = tuple(rating.performance for rating in self._evidence.ratings if rating.performance is not None)
        said = []
        if figure.interval is not None:
            said.append(_("90% interval {limits}").format(limits=words.interval(figure.interval)))
        count = words.with_n(figure.n)
        if figure.n_eligible is not None:
            count = _("{n} of {eligible}").format(n=count, eligible=figure.n_eligible)
        said.append(count)
        if figure.agreement_level is not None:
            agreement = words.said(AGREEMENT_NAMES[figure.agreement_level])
            if figure.agreement is not None:
                agreement += f" ({current_language().number(figure.agreement, 2)})"
            said.append(agreement)
        if figure.is_polarised:
            said.append(_("opinions split"))
        line = " · ".join(said)
        picture = Spread(theme=self._theme)
        importance = cell.importance.mean if cell.importance is not None else None
        picture.show_ratings(ratings, figure.mean, figure.interval, importance, line)
        return [picture, Text(line, type_style="caption", tone="muted")]

    def organisations(self) -> list[QWidget]:
        """Who rated the cell and how; internal level only."""
        if not self.is_internal or not self._evidence.ratings:
            return []
        lock = QWidget()
        row = QHBoxLayout(lock)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(IconLabel("lock", theme=self._theme, colour="text_muted"))
        row.addWidget(Text(_("internal only"), type_style="caption", tone="muted", wraps=False))
        table = QWidget()
        grid = QGridLayout(table)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(self._theme.space("m"))
        grid.setVerticalSpacing(self._theme.space("xs"))
        grid.setColumnStretch(0, 1)
        heads = (_("Organisation"), _("Role"), _("P"), _("I"))
        for column, head in enumerate(heads):
            label = Text(head, type_style="caption", tone="muted", wraps=False)
            grid.addWidget(label, 0, column, _side(column))
        for number, rating in enumerate(self._evidence.ratings, start=1):
            grid.addWidget(rule(), 2 * number - 1, 0, 1, 4)
            role = _(ROLE_WORDS[rating.role]) if rating.role in ROLE_WORDS else "–"
            values = [_plain(rating.performance), _plain(rating.importance)]
            grid.addWidget(ElidedLabel(rating.name), 2 * number, 0)
            grid.addWidget(Text(role, type_style="caption", tone="muted", wraps=False), 2 * number, 1)
            for column, text in enumerate(values, start=2):
                grid.addWidget(Text(text, wraps=False), 2 * number, column, _side(column))
        return [self._heading("building-2", _("Organisations"), lock), table]

    def bottlenecks(self) -> list[QWidget]:
        """What holds the stage back, counted."""
        counts = self._evidence.bottlenecks
        if counts is None:
            return []
        heading = self._heading("gauge", _("Bottlenecks of the stage"))
        shown = [option for option in counts.options if option.count is not None][:_MOST_BOTTLENECKS]
        if counts.n is None or not shown:
            return [heading, Text(_("This level counts no bottleneck: the numbers are too small."), tone="muted")]
        table = QWidget()
        grid = QGridLayout(table)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(self._theme.space("m"))
        grid.setVerticalSpacing(self._theme.space("xs"))
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)
        for row, option in enumerate(shown):
            name = self._assessed.facts.text(option.option.label)
            number = f"{option.count} / {counts.n}"
            bar = Bar(theme=self._theme)
            bar.set_share(option.share or 0.0, f"{name}: {number}")
            top = Qt.AlignmentFlag.AlignTop
            grid.addWidget(Text(name), row, 0)
            grid.addWidget(bar, row, 1)
            grid.addWidget(Text(number, wraps=False), row, 2, Qt.AlignmentFlag.AlignRight | top)
        return [heading, table]

    def quotes(self) -> list[QWidget]:
        """Statements on the stage, the first few, with a way to the others."""
        found = self._evidence.quotes
        if not found:
            return []
        box = QWidget()
        layout = QVBoxLayout(box)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(self._theme.space("s"))

        def add(count: int) -> None:
            for quote in found[layout.count() : count]:
                layout.addWidget(self._quote(quote.text.strip(), quote.speaker))

        add(_MOST_QUOTES)
        parts: list[QWidget] = [self._heading("quote", _("Quotations on the stage")), box]
        if len(found) > _MOST_QUOTES:
            more = Button(_("Show all {n}").format(n=len(found)), theme=self._theme, variant="link")

            def show_all() -> None:
                add(len(found))
                more.hide()

            more.clicked.connect(show_all)
            parts.append(more)
        return parts

    def measures(self) -> list[QWidget]:
        """Measures meant for the cell, its stage or its dimension."""
        return self._listed(self._evidence.measures)

    def stage_measures(self, stage: str) -> list[QWidget]:
        """Measures meant for one stage, in any dimension."""
        return self._listed(tuple(entry for entry in self._assessed.facts.measures if entry.stage == stage))

    def _listed(self, measures: tuple[MeasureFacts, ...]) -> list[QWidget]:
        if not measures:
            return []
        facts = self._assessed.facts
        parts: list[QWidget] = [self._heading("route", _("Measures"))]
        for measure in measures:
            status = facts.text(measure.status)
            place = self._words.cell_code(measure.stage, measure.dimension)
            details = " · ".join(part for part in (place, facts.text(measure.lead), status) if part)
            parts.append(Text(f"{measure.number}  {measure.title}"))
            parts.append(Text(details, type_style="caption", tone="muted"))
        return parts

    def other_wave(self) -> list[QWidget]:
        """How the cell moved between two waves, first of all among those asked twice."""
        change, comparison = self._evidence.change, self._assessed.change
        if change is None or comparison is None:
            return []
        facts, words = self._assessed.facts, self._words
        names = [
            facts.text(self._assessed.wave_name(code)) for code in (comparison.first_wave, comparison.second_wave)
        ]
        heading = self._heading("history", _("{first} to {second}").format(first=names[0], second=names[1]))
        if change.panel_change is None and change.total_change is None:
            return [heading, Text(_("Too few organisations took part in both waves."), tone="muted")]
        lines = []
        if change.panel_change is not None and change.n_panel is not None:
            status = words.said(STATUS_NAMES[change.status]) if change.status is not None else ""
            value = words.change(change.panel_change)
            text = _("Change among those asked twice: {value} ({n})").format(
                value=value, n=words.with_n(change.n_panel)
            )
            lines.append(f"{text} · {status}" if status else text)
        if change.interval is not None:
            low, high = (words.change(limit) for limit in change.interval)
            lines.append(_("90% interval {low} to {high}").format(low=low, high=high))
        if change.improved is not None:
            lines.append(
                _("{improved} higher, {same} equal, {declined} lower").format(
                    improved=change.improved, same=change.same, declined=change.declined
                )
            )
        if change.first is not None and change.second is not None:
            lines.append(
                _("All organisations: {first} → {second}").format(
                    first=words.value(change.first), second=words.value(change.second)
                )
            )
        return [heading, *(Text(line) for line in lines)]

    def visible_and_hidden(self, compare: Callable[[], object]) -> list[QWidget]:
        """What this reader sees and what not, with the way back to the internal level."""
        evidence = self._evidence
        seen, unseen = self._seen(), self._unseen()
        parts: list[QWidget] = []
        if seen:
            parts.append(Text(_("Visible at this level"), type_style="strong"))
            parts += [self._point("check", "ok", text) for text in seen]
        parts.append(Text(_("Not visible"), type_style="strong"))
        parts += [self._point("lock", "text_muted", text) for text in unseen]
        if evidence.hidden_quotes:
            count = ngettext(
                "{n} quotation without release", "{n} quotations without release", evidence.hidden_quotes
            )
            parts.append(self._point("lock", "text_muted", count.format(n=evidence.hidden_quotes)))
        button = Button(_("Compare with the internal level"), theme=self._theme, icon="eye")
        button.clicked.connect(lambda _checked=False: compare())
        parts.append(button)
        return parts

    def _seen(self) -> list[str]:
        cell = self._evidence.cell
        found = []
        if cell.performance is not None:
            rounded = self._assessed.level is Level.PUBLIC
            found.append(_("Class, rounded values, grade") if rounded else _("Class, values, interval, grade"))
        elif cell.cell_class is not None:
            found.append(_("The class, without a value"))
        if self._evidence.measures:
            numbers = ", ".join(measure.number for measure in self._evidence.measures)
            found.append(_("Adopted measures: {numbers}").format(numbers=numbers))
        if self._evidence.quotes:
            count = len(self._evidence.quotes)
            found.append(ngettext("{n} released quotation", "{n} released quotations", count).format(n=count))
        return found

    def _unseen(self) -> list[str]:
        cell = self._evidence.cell
        found = []
        if cell.performance is None:
            found.append(_("The value: too few organisations, or all rated alike"))
        found.append(_("Organisations and their single ratings"))
        if self._assessed.level is Level.PUBLIC:
            found.append(_("Lowest and highest value, spread"))
        found.append(_("Filters and leaving out single organisations"))
        return found

    def _point(self, icon: str, colour: str, text: str) -> QWidget:
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(self._theme.space("s"))
        layout.addWidget(IconLabel(icon, theme=self._theme, colour=colour), 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(Text(text), 1)
        return row

    def _quote(self, text: str, speaker: str) -> QWidget:
        said = Text(_("“{quote}” – {speaker}").format(quote=text, speaker=speaker or _("an organisation")))
        font = self._theme.font("body", is_italic=True)
        said.setFont(font)
        return said

    def _heading(self, icon: str, title: str, right: QWidget | None = None) -> QWidget:
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, self._theme.space("s"), 0, 0)
        layout.setSpacing(self._theme.space("s"))
        layout.addWidget(IconLabel(icon, theme=self._theme))
        layout.addWidget(Text(title, type_style="heading", wraps=True), 1)
        if right is not None:
            layout.addWidget(right)
        return row


def _plain(value: float | None) -> str:
    """A single rating: whole numbers without decimals."""
    if value is None:
        return "–"
    return current_language().number(value, 0 if abs(value - round(value)) < 1e-9 else 1)


def _side(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column > 1 else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
