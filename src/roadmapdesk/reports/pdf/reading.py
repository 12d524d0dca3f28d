"""Reads a written PDF back: are its parts where its cross-reference table says, and are all pages there?"""

import re
from pathlib import Path

_START = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*$")
_ENTRY = re.compile(rb"^(\d{10}) (\d{5}) ([nf])[ \r\n]{2}", re.MULTILINE)
_PAGE = re.compile(rb"/Type\s*/Page\b(?!s)")
_COUNT = re.compile(rb"/Count\s+(\d+)")
_PAGES = re.compile(rb"/Type\s*/Pages\b")


def check_pdf(path: Path) -> bool:
    """Whether the file is a whole PDF: every object of the cross-reference table begins where it should.

    Counts the pages as well and compares them with the page tree. An unreadable file is no whole PDF.
    """
    try:
        content = path.read_bytes()
    except OSError:
        return False
    start = _START.search(content[-1024:])
    if not content.startswith(b"%PDF-") or start is None:
        return False
    table = content[int(start.group(1)) :]
    entries = _ENTRY.findall(table)
    if not table.startswith(b"xref") or not entries or b"/Root" not in table:
        return False
    for number, (offset, generation, kind) in enumerate(entries):
        begin = int(offset)
        if kind == b"n" and not re.match(rb"%d %d obj" % (number, int(generation)), content[begin : begin + 24]):
            return False
    return _has_all_pages(content)


def _has_all_pages(content: bytes) -> bool:
    pages = len(_PAGE.findall(content))
    for tree in _PAGES.finditer(content):
        begin, end = content.rfind(b"obj", 0, tree.start()), content.find(b"endobj", tree.start())
        counted = _COUNT.search(content, begin, end)
        if counted is not None and int(counted.group(1)) == pages:
            return pages > 0
    return False
