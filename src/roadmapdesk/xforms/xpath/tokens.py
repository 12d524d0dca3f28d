"""Characters to tokens (XPath 1.0, section 3.7)."""

import re
from typing import NamedTuple

from roadmapdesk.xforms.xpath.errors import EMPTY, SYNTAX, TOO_LONG, UNTERMINATED, XPathSyntaxError

MAX_SOURCE = 100_000

_NAME = r"[^\W\d][\w.\-\u00b7]*"
_TOKEN = re.compile(
    rf"""
    (?P<space>[ \t\r\n]+)
  | (?P<number>\d+(?:\.\d*)?|\.\d+)
  | (?P<literal>"[^"]*"|'[^']*')
  | (?P<symbol>::|//|\.\.|!=|<=|>=|[()\[\],@/|+\-=<>*.$])
  | (?P<name>{_NAME}(?::(?!:)(?:{_NAME}|\*))?)
    """,
    re.VERBOSE,
)
# `7 mod2` and `7mod2` are written without the space that the grammar wants; every engine reads them.
_GLUED_OPERATOR = re.compile(r"(?:and|or|mod|div)(?=\d|$)")
_BEFORE_OPERAND = frozenset({"@", "::", "(", "[", ","})
_OPERATOR_SYMBOLS = frozenset({"/", "//", "|", "+", "-", "=", "!=", "<", "<=", ">", ">="})


class Token(NamedTuple):
    """One token; `kind` is number, literal, name, symbol, operator or end; `text` without quotes."""

    kind: str
    text: str
    offset: int


def tokenize(source: str) -> list[Token]:
    """The tokens of an expression, ended by one of kind ``end``.

    Raises:
        XPathSyntaxError: for characters that no token starts with, an open quote, empty or oversized input.
    """
    if len(source) > MAX_SOURCE:
        raise XPathSyntaxError(TOO_LONG, size=len(source), limit=MAX_SOURCE)
    tokens: list[Token] = []
    position = 0
    while position < len(source):
        match = _TOKEN.match(source, position)
        if match is None:
            if source[position] in "\"'":
                raise XPathSyntaxError(UNTERMINATED, position)
            raise XPathSyntaxError(SYNTAX, position, found=source[position : position + 12])
        kind = str(match.lastgroup)
        text = match.group()
        position = match.end()
        if kind == "space":
            continue
        token = _classified(kind, text, match.start(), tokens)
        tokens.append(token)
        if token.kind == "operator":
            position = match.start() + len(token.text)
    if not tokens:
        raise XPathSyntaxError(EMPTY)
    tokens.append(Token("end", "", len(source)))
    return tokens


def _classified(kind: str, text: str, position: int, before: list[Token]) -> Token:
    """A token with the disambiguation rules applied: ``*`` and names are operators after an operand."""
    if kind == "literal":
        return Token(kind, text[1:-1], position)
    after_operand = bool(before) and not (
        before[-1].kind == "operator" or (before[-1].kind == "symbol" and before[-1].text in _BEFORE_OPERAND)
    )
    if kind == "symbol":
        if text in _OPERATOR_SYMBOLS or (text == "*" and after_operand):
            return Token("operator", text, position)
        return Token(kind, text, position)
    if kind == "name" and after_operand:
        glued = _GLUED_OPERATOR.match(text)
        if glued is not None:
            return Token("operator", glued.group(), position)
        raise XPathSyntaxError(SYNTAX, position, found=text)
    return Token(kind, text, position)
