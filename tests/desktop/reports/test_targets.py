"""Where a report may lie, and how that is said."""

from pathlib import Path

from roadmapdesk.desktop.reports.targets import folder_words, free_name


def test_a_folder_is_named_from_the_own_folder_on():
    home = Path.home()
    assert folder_words(home / "Reports" / "2026") == str(Path("Reports", "2026"))
    assert folder_words(home.parent / "somewhere") == str(home.parent / "somewhere")
    assert str(home) not in folder_words(home)


def test_a_taken_name_gets_the_first_free_number(tmp_path):
    target = tmp_path / "report.pdf"
    target.touch()
    (tmp_path / "report (2).pdf").touch()
    assert free_name(target) == tmp_path / "report (3).pdf"
