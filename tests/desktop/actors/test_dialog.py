"""The form for one organisation: what was not touched stays as it was, in both languages."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from roadmapdesk.desktop.actors.dialog import ActorDialog
from roadmapdesk.desktop.theme import Scheme, Theme
from roadmapdesk.domain.actors import Actor, ActorType
from roadmapdesk.i18n import set_language

ACTOR = Actor(key="a", names={"de": "Beispiel"}, type=ActorType.COMPANY, note="Invented.", note_de="Erfunden.")


@pytest.fixture
def edited(qapp: QApplication, qtbot) -> Callable[[str | None], Actor]:
    """The actor after its remark was typed anew; None leaves it as shown."""
    holder = QWidget()
    qtbot.addWidget(holder)

    def edit(text: str | None) -> Actor:
        dialog = ActorDialog(actor=ACTOR, names={}, theme=Theme(scheme=Scheme.LIGHT), parent=holder)
        if text is not None:
            dialog.findChild(QPlainTextEdit).setPlainText(text)
        return dialog.result_actor("a")

    return edit


@pytest.mark.parametrize("language", ["de", "en"])
def test_an_untouched_remark_stays_in_both_languages(edited, language: str) -> None:
    set_language(language)
    assert edited(None) == ACTOR


def test_a_remark_is_kept_in_the_language_in_which_it_was_typed(edited) -> None:
    assert (edited("Neu.").note, edited("Neu.").note_de) == ("Invented.", "Neu.")
    set_language("en")
    assert (edited("New.").note, edited("New.").note_de) == ("New.", "Erfunden.")


def test_an_emptied_remark_is_gone_in_both_languages(edited) -> None:
    assert (edited("").note, edited("").note_de) == ("", "")
