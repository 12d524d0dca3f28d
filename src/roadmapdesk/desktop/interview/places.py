"""How people call where they are: code of the interview, section, question; and what the search finds."""

import textwrap
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from roadmapdesk.desktop.interview.notes_panel import ShownNote
from roadmapdesk.desktop.pages import SearchEntry
from roadmapdesk.desktop.words import role_word
from roadmapdesk.domain.actors import StageRole
from roadmapdesk.domain.question_roles import Role
from roadmapdesk.i18n import current_language
from roadmapdesk.i18n import gettext as _
from roadmapdesk.workspace.interview_cards import shown_answer
from roadmapdesk.workspace.interview_notes import QuestionNote
from roadmapdesk.workspace.interview_sections import is_asked, walk
from roadmapdesk.workspace.interviewing import InterviewDesk
from roadmapdesk.workspace.wording import plain, split_label
from roadmapdesk.xforms.session.view import Kind, NodeView

_SHORT = 24
_ROLE_CODES = {
    Role.STAGE_ROLE_CORE: StageRole.CORE,
    Role.STAGE_ROLE_SUPPORT: StageRole.SUPPORT,
    Role.STAGE_ROLE_OBSERVER: StageRole.OBSERVER,
}


class Places:
    """Words for places of an interview.

    Args:
        desk: gives the live interview.
    """

    def __init__(self, desk: Callable[[], InterviewDesk]) -> None:
        self._desk = desk

    def code(self) -> str:
        """The interview's code, empty where it has none yet."""
        return self._desk().role_text(Role.INTERVIEW_CODE)

    def context(self) -> str:
        """Organisation, date and wave in one line, as far as they are known.

        A planned interview knows its organisation before the form asks for it.
        """
        actor, wave = (self._view(role) for role in (Role.ACTOR, Role.INTERVIEW_WAVE))
        parts = [
            shown_answer(actor) if actor is not None else "",
            self._date(),
            shown_answer(wave) if wave is not None and wave.is_relevant else "",
        ]
        return " · ".join(part for part in parts if part)

    def _date(self) -> str:
        try:
            return current_language().date(date.fromisoformat(self._desk().role_text(Role.INTERVIEW_DATE)[:10]))
        except ValueError:
            return ""

    def _view(self, role: Role) -> NodeView | None:
        desk = self._desk()
        name = desk.roles.question(role)
        ref = desk.path_of(name) if name else ""
        return desk.view(ref) if ref else None

    def is_stage(self, key: str) -> bool:
        """Whether a page is the card of a stage."""
        return self._desk().is_stage_card(key)

    def bar(self, key: str) -> tuple[str, str]:
        """The line and the title of the context bar on a page."""
        desk = self._desk()
        if not key:
            return "", ""
        section = desk.pages.section(key)
        title = desk.title(key)
        name = f"{title.code} {title.short}".strip()
        if section is None or not section.owner:
            return "", name
        owner = desk.title(section.owner)
        parts = [f"{owner.code} {owner.short}".strip()]
        if section.kind == "instance":
            siblings = [s.key for s in desk.pages.sections if s.owner == section.owner and s.kind == "instance"]
            words = _("Stage {n} of {total}") if desk.is_stage_card(key) else _("{n} of {total}")
            parts.append(words.format(n=siblings.index(key) + 1, total=len(siblings)))
            role = self._stage_role(key)
            if role:
                parts.append(_("Your role: {role}").format(role=role))
        return " · ".join(parts), name

    def _stage_role(self, key: str) -> str:
        desk = self._desk()
        if not desk.is_stage_card(key):
            return ""
        text = desk.card_text(key, Role.STAGE_ROLE)
        for role, stage_role in _ROLE_CODES.items():
            if text and text in desk.roles.values(role):
                return role_word(stage_role)
        return ""

    def short(self, ref: str) -> str:
        """The shortest name of a question: its code, else the beginning of its wording."""
        try:
            view = self._desk().view(ref)
        except KeyError:
            return ""
        wording = split_label(plain(view.label))
        if wording.code or not wording.text:
            return wording.code
        text = (
            wording.text if len(wording.text) <= _SHORT else textwrap.shorten(wording.text, _SHORT, placeholder=" …")
        )
        return _("“{title}”").format(title=text)

    def long(self, ref: str) -> str:
        """Code and wording of a question, with its card where it stands in one."""
        view = self._desk().view(ref)
        wording = split_label(plain(view.label))
        name = f"{wording.code} {wording.text}".strip()
        card = self._card(ref)
        return f"{card} · {name}" if card else name

    def status(self, ref: str) -> str:
        """Where the person is, for the status bar: ``Question E8 in S4``."""
        card = self._card(ref)
        name = self.short(ref)
        if not name:
            return ""
        if card:
            return _("Question {question} in {card}").format(question=name, card=card)
        return _("Question {question}").format(question=name)

    def _card(self, ref: str) -> str:
        desk = self._desk()
        page = desk.pages.page_of(ref)
        section = desk.pages.section(page) if page else None
        if section is None or section.kind != "instance":
            return ""
        return desk.title(page).code

    def notes(self, notes: Sequence[QuestionNote]) -> list[ShownNote]:
        """The notes as the panel shows them."""
        return [ShownNote(note.key, note.ref, self.short(note.ref), note.text, note.at) for note in notes]

    def note_entries(self, notes: Sequence[QuestionNote], go_to: Callable[[str], None]) -> list[SearchEntry]:
        """The notes, each leading to its question."""
        return [
            SearchEntry(
                note.text, _("Note on a question"), "sticky-note", partial(go_to, note.ref), self.short(note.ref)
            )
            for note in notes
        ]

    def search_entries(self, go_to: Callable[[str], None], *, answers: bool = True) -> Sequence[SearchEntry]:
        """Every question on the screen, found by code and wording, and by its answer where wanted."""
        entries = []
        for view in walk(self._desk().root, only_relevant=True):
            if view.kind is Kind.NOTE or not (is_asked(view) or view.has_calculation) or not view.label:
                continue
            ref = view.ref
            entries.append(
                SearchEntry(
                    self.long(ref),
                    _("Question"),
                    "messages-square",
                    partial(go_to, ref),
                    shown_answer(view) if answers else "",
                )
            )
        return entries
