"""Why the system refused a file is said in our own words."""

import errno
import os

import pytest

from roadmapdesk.errors import reason_of
from roadmapdesk.i18n import set_language

KNOWN = ("ENOENT", "EACCES", "EISDIR", "ENOSPC", "EROFS", "EIO", "ENAMETOOLONG", "EBUSY")


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("name", KNOWN)
def test_every_known_error_number_has_words_of_its_own(name, language):
    set_language(language)
    number = getattr(errno, name)

    said = reason_of(OSError(number, os.strerror(number), "x.xlsx"))

    assert said
    assert os.strerror(number) not in said
    assert str(number) not in said


def test_an_unknown_error_number_is_named():
    set_language("de")
    assert reason_of(OSError(99999, "strange")) == "das System meldet den Fehler 99999"
    assert reason_of(OSError("no number")) == "das System meldet den Fehler 0"
