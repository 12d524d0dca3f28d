"""The answers of one interview as they were saved last, and what the next save has to hold."""

from collections.abc import Collection, Mapping, Sequence

from roadmapdesk.domain.question_roles import QuestionRoles, Role
from roadmapdesk.storage.values import AuditEvent, Change, Summary
from roadmapdesk.workspace.interview_cards import cards_around
from roadmapdesk.workspace.interview_cases import SUMMARY_ROLES, Material, summary_of
from roadmapdesk.workspace.interview_stages import paths_by_name
from roadmapdesk.workspace.interview_steps import Save


class SavedAnswers:
    """Stored texts by ref, with the questions that the program knows by their role.

    Attributes:
        texts: ref → stored text, replaced by each save.
    """

    def __init__(self, material: Material, roles: QuestionRoles) -> None:
        self._interview_id = material.row.id
        self._sequence = material.sequence
        self._names = paths_by_name(material.definition)
        self._roles = roles
        self.texts: Mapping[str, str] = dict(material.answers)

    def path_by_name(self, name: str | None) -> str:
        """The path of the field with this name; empty where there is none."""
        return self._names.get(name or "", "")

    def path(self, role: Role) -> str:
        """The path of the question with this role; empty where the form has none."""
        return self.path_by_name(self._roles.question(role))

    def text(self, ref: str) -> str:
        """The stored text of a question; empty where it has none."""
        return self.texts.get(ref, "")

    def has_texts_in(self, cards: Collection[str]) -> bool:
        """Whether anything at all is stored in one of these repeat instances."""
        around = frozenset(cards)
        return bool(around) and any(
            text and not around.isdisjoint(cards_around(ref)) for ref, text in self.texts.items()
        )

    def next_save(self, present: Mapping[str, str], ref: str, event: AuditEvent, position: str) -> Save | None:
        """What differs from the last save, the answered question first; None where nothing does.

        The present answers count as saved from here on, since saves are written in their order or not at all.
        """
        old = self.texts
        changed = [key for key, text in present.items() if old.get(key) != text]
        changed += [key for key in old if key not in present]
        if not changed:
            return None
        changed.sort(key=lambda key: key != ref)
        changes = tuple(Change(key, old.get(key), present.get(key)) for key in changed)
        self.texts = present
        self._sequence += 1
        return Save(
            self._interview_id, changes, self._sequence, position, event, (0, 0), summary=self._summary(changed)
        )

    def _summary(self, changed: Sequence[str]) -> Summary | None:
        """The columns of the list that the changed answers fill."""
        fields = {
            column: self.text(path) for role, column in SUMMARY_ROLES.items() if (path := self.path(role)) in changed
        }
        return summary_of(fields) if fields else None
