"""Extracts, updates, checks and compiles the German catalogue.

One source catalogue per top-level package lies in ``resources/locale/<language>/<package>.po``; together they make
one ``roadmapdesk.mo``. Run through ``dev.py locale``; ``compile`` alone also serves the wheel build.
"""

import argparse
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "src" / "roadmapdesk"
LOCALE = ROOT / "resources" / "locale"
KEYWORDS = {"_": None, "gettext": None, "N_": None, "ngettext": (1, 2)}
_PLACEHOLDER = re.compile(r"\{(\w*)[^{}]*\}")

type_of_id = str | tuple[str, ...]


def package_of(path: Path) -> str:
    """The top-level package (or module) that a source file belongs to."""
    return path.relative_to(SOURCES).parts[0].removesuffix(".py")


def extract() -> dict[str, Catalog]:
    """Every text of the program by package, with the files that use it."""
    packages: dict[str, Catalog] = {}
    for path in sorted(SOURCES.rglob("*.py")):
        catalog = packages.setdefault(package_of(path), new_catalog("de"))
        for _line, message, comments, _context in extract_from_file("python", path, KEYWORDS, ("i18n:",)):
            identifier = message if isinstance(message, str) else tuple(message[:2])
            if identifier:
                place = path.relative_to(ROOT).as_posix()
                catalog.add(identifier, locations=[(place, 0)], auto_comments=comments)
    return {name: catalog for name, catalog in packages.items() if len(catalog)}


def new_catalog(language: str) -> Catalog:
    """An empty catalogue whose header never changes by itself."""
    catalog = Catalog(locale=language, project="RoadmapDesk", charset="utf-8", fuzzy=False)
    catalog.mime_headers = [
        ("Project-Id-Version", "RoadmapDesk"),
        ("Language", language),
        ("Plural-Forms", "nplurals=2; plural=(n != 1);"),
        ("MIME-Version", "1.0"),
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Content-Transfer-Encoding", "8bit"),
    ]
    return catalog


def read_translations(language: str) -> tuple[dict[type_of_id, type_of_id], list[str]]:
    """All translations of a language, and the texts that two catalogues translate differently."""
    found: dict[type_of_id, type_of_id] = {}
    clashes = []
    for path in sorted((LOCALE / language).glob("*.po")):
        with path.open("rb") as file:
            catalog = read_po(file, locale=language)
        for message in catalog:
            text = message.string
            if not message.id or not (text if isinstance(text, str) else any(text)):
                continue
            identifier = message.id if isinstance(message.id, str) else tuple(message.id)
            translation = text if isinstance(text, str) else tuple(text)
            if found.setdefault(identifier, translation) != translation:
                clashes.append(f"{path.name}: two translations of {identifier!r}")
    return found, clashes


def update(language: str) -> None:
    """Rewrites the catalogues from the sources, keeping every translation that is still used."""
    known, clashes = read_translations(language)
    folder = LOCALE / language
    folder.mkdir(parents=True, exist_ok=True)
    packages = extract()
    for name, catalog in packages.items():
        for message in catalog:
            if message.id:
                identifier = message.id if isinstance(message.id, str) else tuple(message.id)
                message.string = known.get(identifier, "" if isinstance(message.id, str) else ("", ""))
        buffer = io.BytesIO()
        write_po(buffer, catalog, width=118, sort_output=True, omit_header=False, include_lineno=False)
        # The comment lines above the header carry dates and persons: leave them out.
        text = re.sub(rb"\A(#.*\n)+", b"", buffer.getvalue())
        (folder / f"{name}.po").write_bytes(text)
    for path in folder.glob("*.po"):
        if path.stem not in packages:
            path.unlink()
    for clash in clashes:
        print(clash)


def problems(language: str) -> Iterator[str]:
    """What is wrong with a language: missing translations, clashes, lost placeholders."""
    known, clashes = read_translations(language)
    yield from clashes
    for name, catalog in extract().items():
        for message in catalog:
            if not message.id:
                continue
            identifier = message.id if isinstance(message.id, str) else tuple(message.id)
            translation = known.get(identifier)
            if translation is None:
                places = ", ".join(sorted({place for place, _line in message.locations}))
                yield f"{name}: no {language} translation of {identifier!r} ({places})"
                continue
            wanted = placeholders(identifier)
            if placeholders(translation) != wanted:
                yield f"{name}: placeholders differ in the translation of {identifier!r}"


def placeholders(text: type_of_id) -> set[str]:
    """The names in braces of all forms of a text; a singular form may leave the number out."""
    forms = (text,) if isinstance(text, str) else text
    return {name for form in forms for name in _PLACEHOLDER.findall(form)}


def compile_all() -> None:
    """Writes one binary catalogue for each language."""
    for folder in sorted({path.parent for path in LOCALE.glob("*/*.po")}):
        known, _clashes = read_translations(folder.name)
        catalog = new_catalog(folder.name)
        for identifier, translation in known.items():
            catalog.add(identifier, translation)
        target = folder / "LC_MESSAGES" / "roadmapdesk.mo"
        target.parent.mkdir(exist_ok=True)
        with target.open("wb") as file:
            write_mo(file, catalog)


def main() -> int:
    """Runs one of the three commands for German, the one catalogue there is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("command", choices=("update", "check", "compile"))
    command = parser.parse_args().command
    if command == "update":
        update("de")
    if command in {"update", "compile"}:
        compile_all()
    if command in {"update", "check"}:
        found = list(problems("de"))
        print("\n".join(found) if found else "German catalogue complete.")
        return 1 if found else 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
