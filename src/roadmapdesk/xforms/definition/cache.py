"""Keeps parsed forms on disk, so that a form that was opened once opens faster the next time.

What is kept is plain JSON under the hash of the document, read by `FormDefinition.from_json`, never executed.
A missing, damaged or older file only costs the time of parsing.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from contextlib import suppress
from pathlib import Path

from roadmapdesk.xforms.definition.form import FormDefinition
from roadmapdesk.xforms.problems import FormError
from roadmapdesk.xforms.safe_xml import XmlError

_SMALL = 20_000
"""Documents up to so many bytes are parsed about as fast as their cached form is read."""


def cached_definition(xml: bytes, folder: Path) -> FormDefinition:
    """The form of an XForm document, from the cache in `folder` where it is there.

    Raises:
        XmlError: the document is broken or hostile.
        FormError: the form has errors.
    """
    if len(xml) <= _SMALL:
        return FormDefinition.from_xml(xml)
    path = folder / f"{hashlib.sha256(xml).hexdigest()}.form.json"
    with suppress(OSError, ValueError, KeyError, TypeError, FormError, XmlError):
        return FormDefinition.from_json(path.read_bytes())
    definition = FormDefinition.from_xml(xml)
    with suppress(OSError):
        _write(path, definition.to_json().encode("utf-8"))
    return definition


def _write(path: Path, content: bytes) -> None:
    """Puts the whole file in place at once, so that another process never reads half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.stem)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).replace(path)
    except OSError:
        with suppress(OSError):
            Path(name).unlink()
        raise
