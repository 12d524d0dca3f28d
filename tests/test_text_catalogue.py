"""Texts of a compiled catalogue: the same as the standard library finds, one at a time."""

import gettext
import io

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from roadmapdesk.paths import locale_folder
from roadmapdesk.text_catalogue import TextCatalogue

MO = locale_folder() / "de" / "LC_MESSAGES" / "roadmapdesk.mo"


def test_every_text_of_the_german_catalogue_is_what_the_standard_library_finds() -> None:
    content = MO.read_bytes()
    known = gettext.GNUTranslations(io.BytesIO(content))
    ours = TextCatalogue(content)
    texts = [text for text in known._catalog if text]  # the library offers no other list of them
    assert len(texts) > 1_000
    for text in texts:
        if isinstance(text, tuple):
            for number in (0, 1, 2):
                assert ours.ngettext(text[0], "?", number) == known.ngettext(text[0], "?", number)
        else:
            assert ours.gettext(text) == known.gettext(text)


def test_a_text_without_translation_stays_as_it_is() -> None:
    ours = TextCatalogue(MO.read_bytes())
    assert ours.gettext("no text of this program – ✓") == "no text of this program – ✓"
    assert [ours.ngettext("{n} zzz", "{n} zzzs", n) for n in (1, 2)] == ["{n} zzz", "{n} zzzs"]


def test_the_plural_rule_of_the_catalogue_decides() -> None:
    catalog = Catalog(locale="pl")
    catalog.add(("file", "files"), ("plik", "pliki", "plików"))
    file = io.BytesIO()
    write_mo(file, catalog)
    ours = TextCatalogue(file.getvalue())
    assert [ours.ngettext("file", "files", n) for n in (1, 3, 5, 22)] == ["plik", "pliki", "plików", "pliki"]


def test_other_files_are_refused() -> None:
    with pytest.raises(ValueError, match="not a compiled catalogue"):
        TextCatalogue(b"PK" * 30)
