"""What the program is made of: every library it runs with, its version, its licence and the licence's text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from roadmapdesk import __version__
from roadmapdesk.paths import resources_folder

DIRECT = (
    "PySide6-Essentials",
    "SQLAlchemy",
    "alembic",
    "openpyxl",
    "reportlab",
    "pyxform",
    "xlrd",
    "lxml",
    "numpy",
    "fonttools",
    "pillow",
    "platformdirs",
    "pyphen",
    "sqlcipher3",
    "argon2-cffi",
    "cryptography",
    "google-re2",
    "typing_extensions",
    "pypdfium2",
    "keyring",
    "miniaudio",
    "soundfile",
)
"""Libraries that the program itself asks for, the optional ones last; what they need is found from their metadata."""
_LICENCE_FILE = re.compile(r"(licen[cs]e|copying|notice|authors)[^/]*$", re.IGNORECASE)
_NAME = re.compile(r"[A-Za-z0-9][\w.-]*")
_QT = frozenset({"pyside6-essentials", "shiboken6"})
_BUNDLED = {"soundfile": "_soundfile_data/COPYING"}
"""Libraries that bring another one along, and where its licence lies: soundfile brings libsndfile under the LGPL."""
_LONGEST_WORD = 60


@dataclass(frozen=True, slots=True)
class Component:
    """One thing that is shipped or run with.

    Attributes:
        licence: its name, as the component gives it.
        text: the licence texts, empty where the component brings none.
    """

    name: str
    version: str
    licence: str
    text: str


def components() -> tuple[Component, ...]:
    """The program, its fonts and icons, then every installed library by name; reads many files."""
    own = [
        Component("RoadmapDesk", __version__, "Apache-2.0", _shipped("licences/Apache-2.0.txt")),
        Component("Source Sans 3", "", "OFL-1.1", _shipped("fonts/OFL.txt")),
        Component("Lucide", "", "ISC", _shipped("icons/LICENSE.txt")),
    ]
    libraries = {_key(found.name): _component(found) for found in _installed()}
    return (*own, *(libraries[name] for name in sorted(libraries)))


def _installed() -> Iterator[Distribution]:
    """Every library that is there, each once: those asked for, and what they need without any extra."""
    waiting, seen = list(DIRECT), set[str]()
    while waiting:
        name = waiting.pop()
        if _key(name) in seen:
            continue
        seen.add(_key(name))
        try:
            found = distribution(name)
        except PackageNotFoundError:
            continue
        yield found
        for requirement in found.requires or ():
            match = _NAME.match(requirement)
            if match and "extra ==" not in requirement:
                waiting.append(match.group())


def _component(found: Distribution) -> Component:
    texts = [_text(found, str(file)) for file in found.files or () if _LICENCE_FILE.search(str(file))]
    if _key(found.name) in _QT:
        texts += [_shipped("licences/LGPL-3.0.txt"), _shipped("licences/GPL-3.0.txt")]
    if _key(found.name) in _BUNDLED:
        bundled = Path(str(found.locate_file(_BUNDLED[_key(found.name)])))
        texts.append(bundled.read_text(encoding="utf-8").strip() if bundled.is_file() else "")
    shown = "\n\n\n".join(dict.fromkeys(text for text in texts if text))
    return Component(found.name, found.version, _licence_name(found), shown)


def _text(found: Distribution, name: str) -> str:
    if name.endswith((".py", ".pyc")):
        return ""
    try:
        return (found.read_text(name.partition(".dist-info/")[2]) or "").strip() if ".dist-info/" in name else ""
    except UnicodeDecodeError:
        return ""


def _licence_name(found: Distribution) -> str:
    """The short name: the expression, else the classifier, else the first line of the field."""
    about = found.metadata
    if "License-Expression" in about:
        return about["License-Expression"]
    classes = [line.rpartition(" :: ")[2] for line in about.get_all("Classifier") or () if line.startswith("License")]
    named = [word for word in classes if word != "OSI Approved"]
    if named:
        return ", ".join(named)
    field = about["License"].strip().partition("\n")[0] if "License" in about else "–"
    return field if len(field) <= _LONGEST_WORD else field[:_LONGEST_WORD] + "…"


def _key(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _shipped(name: str) -> str:
    path = resources_folder() / name
    return path.read_text(encoding="utf-8").strip() if path.is_file() else ""
