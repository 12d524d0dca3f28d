"""How a label splits into a code and its wording."""

import pytest

from roadmapdesk.workspace.wording import plain, split_label


@pytest.mark.parametrize(
    ("label", "code", "text"),
    [
        ("E3  Kompetenz & Technologie", "E3", "Kompetenz & Technologie"),
        ("E3 Kompetenz", "E3", "Kompetenz"),
        ("Frage-7  Wie?", "Frage-7", "Wie?"),
        ("3. Wie alt?", "3", "Wie alt?"),
        ("2.1 Wie alt?", "2.1", "Wie alt?"),
        ("Wie alt sind Sie?", "", "Wie alt sind Sie?"),
        ("100 Punkte verteilen", "", "100 Punkte verteilen"),
        ("A person you trust", "", "A person you trust"),
        ("", "", ""),
    ],
)
def test_a_question_label_splits_into_code_and_wording(label, code, text):
    wording = split_label(label)
    assert (wording.code, wording.text) == (code, text)


@pytest.mark.parametrize(
    ("label", "code", "short"),
    [
        ("F Gewichtung: Bitte verteilen Sie", "F", "Gewichtung"),
        ("A  Interviewdaten", "A", "Interviewdaten"),
        ("A question about you", "", "A question about you"),
    ],
)
def test_a_section_label_may_have_one_letter_as_code(label, code, short):
    wording = split_label(label, section=True)
    assert (wording.code, wording.short) == (code, short)


def test_marks_of_the_form_vanish_from_plain_text():
    assert plain("**Wie** _gut_ <span style='color:red'>ist</span>\n [das](http://x)?") == "Wie gut ist das?"
    assert plain("snake_case_name bleibt") == "snake_case_name bleibt"
