"""The window in which a questionnaire is tried out: the real controls on an interview that exists in memory only."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QSplitter, QVBoxLayout, QWidget
from typing_extensions import override

from roadmapdesk.desktop.interview.context_bar import ContextBar
from roadmapdesk.desktop.interview.controls.attachment import AttachmentField
from roadmapdesk.desktop.interview.header_controls import short_language
from roadmapdesk.desktop.interview.outline import OutlineModel, OutlineView
from roadmapdesk.desktop.interview.places import Places
from roadmapdesk.desktop.interview.problems_panel import ProblemsPanel, ShownProblem
from roadmapdesk.desktop.interview.section_page import SectionPage
from roadmapdesk.desktop.interview.section_slots import PageLook, shares_rows
from roadmapdesk.desktop.media.devices import Devices
from roadmapdesk.desktop.media.form_media import FormMedia
from roadmapdesk.desktop.pages import Desk
from roadmapdesk.desktop.widgets.buttons import Button
from roadmapdesk.desktop.widgets.inputs import ComboBox
from roadmapdesk.desktop.widgets.labels import ElidedLabel, IconLabel
from roadmapdesk.desktop.widgets.notices import MessageBar
from roadmapdesk.desktop.widgets.panel import rule
from roadmapdesk.i18n import current_language
from roadmapdesk.i18n import gettext as _
from roadmapdesk.storage.project import Project
from roadmapdesk.workspace.interview_cases import Material
from roadmapdesk.workspace.interview_steps import Step, ending_sentence, loss_sentence, lost_lines
from roadmapdesk.workspace.interviewing import InterviewDesk
from roadmapdesk.xforms.session.view import NodeView

_SHARE = 0.93
"""Of the window that it stands over."""


class TrialWindow(QDialog):
    """Answers, checks and language work as in an interview; nothing reaches the project.

    Args:
        material: from `trial_material`.
        project: the project of the form; nothing is written to it.
        title: name of the form.
        at: ref of a question to begin with, empty for the first; one that is not asked yet counts as empty.
    """

    def __init__(
        self, material: Material, *, project: Project, title: str, desk: Desk, at: str = "", parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setObjectName("form_trial_window")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Trial: {title}").format(title=title))
        self._material = material
        self._desk = desk
        theme = desk.theme
        self.interview = InterviewDesk(material)
        own = current_language().code.upper()
        for name in self.interview.definition.languages:
            if short_language(name) == own:
                self.interview.set_language(name)
        self.section = ""
        self._places = Places(lambda: self.interview)
        self._title = ElidedLabel(title, type_style="heading", parent=self)
        self._icon = IconLabel("info", theme=theme, colour="text_muted", parent=self)
        self._note = ElidedLabel(_("Trial: nothing of this is stored."), tone="muted", parent=self)
        self.language = ComboBox(theme=theme, name=_("Language of the questions"), parent=self)
        self.check = Button(_("Check"), theme=theme, icon="clipboard-check", parent=self)
        self.again = Button(_("Start again"), theme=theme, icon="rotate-ccw", parent=self)
        self.leave = Button(_("Close"), theme=theme, parent=self)
        self._model = OutlineModel(lambda section: self.interview.title(section.key), self)
        self.outline = OutlineView(self._model, theme=theme, parent=self)
        self.bar = ContextBar(theme=theme, parent=self)
        self.message = MessageBar(theme=theme, can_close=True, parent=self)
        self.questions = SectionPage(theme=theme, find=self._find, parent=self)
        self.problems = ProblemsPanel(theme=theme, parent=self)
        self._clips = FormMedia(
            questions=self.questions,
            project=project,
            desk=desk,
            sound=Devices(),
            tell=lambda words: self.message.say("warning", words),
            parent=self,
        )
        self.finished.connect(self._clips.close)
        self._build()
        self._connect()
        self.resize(parent.window().size() * _SHARE)
        self._show_all()
        if at and self.interview.pages.page_of(at):
            self._go_to(at)

    def _find(self, ref: str) -> NodeView:
        """The node in the interview that is tried out now; starting again makes another one."""
        return self.interview.view(ref)

    def _build(self) -> None:
        theme = self._desk.theme
        for name in self.interview.definition.languages:
            self.language.addItem(name, name)
        self.language.setCurrentIndex(max(self.language.findData(self.interview.session.language), 0))
        self.language.setVisible(self.language.count() > 1)
        head = QHBoxLayout()
        head.setContentsMargins(*(theme.space(name) for name in ("l", "s", "l", "s")))
        head.setSpacing(theme.space("s"))
        head.addWidget(self._title, 2)
        head.addWidget(self._icon)
        head.addWidget(self._note, 2)
        for widget in (self.language, self.check, self.again, self.leave):
            head.addWidget(widget)
        middle = QWidget(self)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.message, self.bar, rule(parent=self)):
            column.addWidget(part)
        column.addWidget(self.questions, 1)
        column.addWidget(self.problems)
        columns = QSplitter(Qt.Orientation.Horizontal, self)
        columns.setHandleWidth(1)
        columns.setChildrenCollapsible(False)
        columns.addWidget(self.outline)
        columns.addWidget(middle)
        columns.setStretchFactor(1, 1)
        columns.setSizes([theme.px(250), 900])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(rule(parent=self))
        layout.addWidget(columns, 1)

    def _connect(self) -> None:
        questions = self.questions
        questions.answer_chosen.connect(self._take)
        questions.answer_typed.connect(lambda ref, text: self._take(ref, text, is_typing=True))
        questions.question_left.connect(self._on_question_left)
        questions.card_wanted.connect(lambda ref: self._show_step(self.interview.add_card(ref)))
        questions.card_removal_wanted.connect(self._remove_card)
        questions.file_offered.connect(lambda ref, name, _data, _mime: self._take(ref, name))
        questions.file_wanted.connect(self._on_file_wanted)
        questions.end_passed.connect(self._step)
        self.outline.section_chosen.connect(self._choose)
        self.bar.step_wanted.connect(self._step)
        self.problems.question_wanted.connect(self._go_to)
        self.language.currentIndexChanged.connect(lambda _index: self._switch_language())
        self.check.clicked.connect(self._check)
        self.again.clicked.connect(self._begin_again)
        self.leave.clicked.connect(self.reject)
        for keys, direction in (("Ctrl+Down", 1), ("Ctrl+Up", -1)):
            QShortcut(QKeySequence(keys), self).activated.connect(lambda step=direction: questions.step(step))
        for keys, direction in (("Ctrl+PgDown", 1), ("Ctrl+PgUp", -1)):
            QShortcut(QKeySequence(keys), self).activated.connect(lambda step=direction: self._step(step))

    def _show_all(self) -> None:
        self._model.show_pages(self.interview.pages)
        keys = [section.key for section in self.interview.pages.sections if section.refs]
        if self.section not in keys:
            self.section = keys[0] if keys else ""
        self._show_section(self.section)
        self.questions.focus_first()

    def _show_section(self, key: str) -> None:
        pages = self.interview.pages
        self.section = key
        self.questions.show_section(pages.views(key), self._page_look(), frozenset(pages.tally(key).problems))
        self._show_place()

    def _page_look(self) -> PageLook:
        return PageLook(is_grid=shares_rows(self.interview.definition.style))

    def _show_place(self) -> None:
        pages = self.interview.pages
        place, title = self._places.bar(self.section)
        self.bar.show_place(place, title)
        tally = pages.tally(self.section)
        self.bar.show_progress(tally.answered, tally.asked)
        order = self._order()
        here = order.index(self.section) if self.section in order else 0
        self.bar.show_steps(next_text=_("Next section"), has_previous=here > 0, has_next=here + 1 < len(order))
        self.outline.show_current(self.section)

    def _order(self) -> list[str]:
        return [section.key for section in self.interview.pages.sections if section.refs]

    def _choose(self, key: str) -> None:
        section = self.interview.pages.section(key)
        if section is not None and not section.refs:
            below = [one.key for one in self.interview.pages.sections if one.owner == key and one.refs]
            key = below[0] if below else ""
        if key:
            self._show_section(key)
            self.questions.focus_first()

    def _step(self, direction: int) -> None:
        order = self._order()
        here = order.index(self.section) + direction if self.section in order else 0
        if 0 <= here < len(order):
            self._show_section(order[here])
            self.questions.focus_first(from_end=direction < 0)

    def _go_to(self, ref: str) -> None:
        key = self.interview.pages.page_of(ref)
        if key and key != self.section:
            self._show_section(key)
        if not self.questions.focus_question(ref):
            self.questions.focus_first()

    def _take(self, ref: str, text: str, *, is_typing: bool = False, accepts_loss: bool = False) -> None:
        step = self.interview.answer(ref, text, is_typing=is_typing, accepts_loss=accepts_loss)
        if step.lost or step.ending:
            self._ask_loss(step, lambda: self._take(ref, text, accepts_loss=True))
        self._show_step(step)

    def _remove_card(self, ref: str) -> None:
        step = self.interview.remove_card(ref)
        if step.lost:
            self._ask_loss(step, lambda: self._show_step(self.interview.remove_card(ref, accepts_loss=True)))
        self._show_step(step)

    def _ask_loss(self, step: Step, agree: object) -> None:
        assert callable(agree)
        self._desk.prompts.ask(
            self,
            question=_("Let these answers disappear?"),
            consequence=ending_sentence(step.ending) if step.ending else loss_sentence(step.lost),
            details=lost_lines(step.lost),
            confirm=_("Let them disappear"),
            confirmed=agree,
            refuse=_("Keep everything"),
        )

    def _show_step(self, step: Step) -> None:
        pages = self.interview.pages
        if step.notice:
            self.message.say("warning", step.notice)
        if step.is_rebuilt or step.changes.added or step.changes.removed:
            current = self.questions.current
            self._model.show_pages(pages)
            if self.section not in self._order():
                self.section = next(iter(self._order()), "")
            self._show_section(self.section)
            if not (current and self.questions.focus_question(current)):
                self.questions.focus_first()
            return
        self.questions.repaint_refs(step.changes.changed, frozenset(pages.tally(self.section).problems))
        self._model.update_pages()
        self._show_place()

    def _on_question_left(self, ref: str) -> None:
        if self.interview.leave(ref):
            self.questions.repaint_refs((), frozenset(self.interview.pages.tally(self.section).problems))
            self._model.update_pages()

    def _on_file_wanted(self, ref: str) -> None:
        row = self.questions.row(ref)
        if row is not None and isinstance(row.control, AttachmentField):
            self._desk.prompts.open_file(
                self, title=_("Choose a file to attach"), folder=Path.home(), kinds=(), chosen=row.control.offer
            )

    def _switch_language(self) -> None:
        self.questions.commit()
        self.interview.set_language(str(self.language.currentData()))
        self.questions.set_look(self._page_look())
        self._model.update_pages()
        self._show_place()

    def _check(self) -> None:
        self.questions.commit()
        found = self.interview.check().violations
        pages = self.interview.pages
        self.questions.repaint_refs((), frozenset(pages.tally(self.section).problems))
        self._model.update_pages()
        self._show_place()
        self.problems.show_problems(
            [ShownProblem(one.ref, self._places.short(one.ref), one.message) for one in found]
        )
        if not found:
            self.message.say("ok", lambda: _("No problems: this interview could be finalised."))

    def _begin_again(self) -> None:
        self.interview = InterviewDesk(self._material, language=self.interview.session.language or None)
        self.section = ""
        self.message.hide()
        self.problems.hide()
        self._show_all()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            self.questions.step(1)
            event.accept()
        else:
            super().keyPressEvent(event)
