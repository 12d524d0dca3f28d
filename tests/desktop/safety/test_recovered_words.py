"""What the bar says of an interview that a crash left behind."""

from dataclasses import fields
from datetime import UTC, datetime

from roadmapdesk.desktop.safety.recovery_bar import _line
from roadmapdesk.storage.values import RecoveredDraft


def test_a_questionnaire_without_a_version_leaves_no_gap_in_the_sentence(program) -> None:
    known = {
        "interview_id": "i1", "code": "RP-0001", "answers": 3, "form_title": "bilder", "form_version": "",
        "position": "", "saved_at": datetime(2026, 3, 12, 10, 32, tzinfo=UTC),
    }  # fmt: skip
    assert set(known) == {field.name for field in fields(RecoveredDraft)}
    assert _line(RecoveredDraft(**known)).endswith("Fragebogen bilder, Fassung –.")
