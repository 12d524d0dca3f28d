"""Compiles the catalogues before a wheel is built."""

import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CatalogueHook(BuildHookInterface):  # type: ignore[type-arg]  # — hatchling asks for no argument
    """Runs ``devtools/catalogues.py compile`` so that the wheel holds the binary catalogues."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 — fixed by hatchling
        """Compiles; an editable install takes what ``dev.py`` compiles."""
        subprocess.run([sys.executable, "devtools/catalogues.py", "compile"], cwd=Path(self.root), check=True)
