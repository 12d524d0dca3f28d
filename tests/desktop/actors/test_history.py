"""What the pane says about earlier states of an entry."""

from dataclasses import fields, replace

from roadmapdesk.desktop.actors import history as words
from roadmapdesk.desktop.actors.history import step_text
from roadmapdesk.domain.actors import Actor, ActorType, StageRole
from roadmapdesk.workspace.actors import ActorChange, HistoryStep, apply_change, history

ACTOR = Actor("muster", {"de": "Muster GmbH"}, ActorType.COMPANY)


def test_each_state_says_what_was_done(bare_project) -> None:
    moved = replace(ACTOR, place="Musterstadt", stages={"s3": StageRole.CORE})
    for before, after in ((None, ACTOR), (ACTOR, moved), (moved, None)):
        apply_change(bare_project, ActorChange(before, after))
    removed, changed, added = history(bare_project, "muster")
    assert (added.step, changed.step, removed.step) == (HistoryStep.ADDED, HistoryStep.CHANGED, HistoryStep.REMOVED)
    assert changed.fields == ("place", "stages")
    assert step_text(added) == "In das Verzeichnis aufgenommen"
    assert step_text(changed) == "Geändert: Ort, Rolle je Stufe"
    assert step_text(removed) == "Aus dem Verzeichnis entfernt"


def test_every_field_of_an_entry_has_a_word() -> None:
    assert set(words._FIELDS) == {field.name for field in fields(Actor)} - {"key"}
