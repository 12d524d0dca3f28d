"""Tokens to syntax tree (XPath 1.0, section 3)."""

from roadmapdesk.xforms.xpath.errors import SYNTAX, TOO_DEEP, XPathSyntaxError
from roadmapdesk.xforms.xpath.syntax import (
    ANY_NODE,
    DESCENDANTS,
    PARENT,
    SELF,
    TYPE_TESTS,
    Call,
    Chain,
    Literal,
    Negate,
    NodeTest,
    Number,
    Path,
    Step,
    Syntax,
)
from roadmapdesk.xforms.xpath.tokens import Token, tokenize

MAX_NESTING = 200

AXES = frozenset(
    {
        "ancestor", "ancestor-or-self", "attribute", "child", "descendant", "descendant-or-self", "following",
        "following-sibling", "namespace", "parent", "preceding", "preceding-sibling", "self",
    }
)  # fmt: skip
_LEVELS = (
    frozenset({"|"}),
    frozenset({"*", "div", "mod"}),
    frozenset({"+", "-"}),
    frozenset({"<", "<=", ">", ">="}),
    frozenset({"=", "!="}),
    frozenset({"and"}),
    frozenset({"or"}),
)
_BINARY = frozenset().union(*_LEVELS)


def parse(source: str) -> Syntax:
    """The syntax tree of an expression.

    Raises:
        XPathSyntaxError: with the character where reading stopped.
    """
    return _Parser(tokenize(source)).parse()


class _Parser:
    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._index = 0
        self._token = tokens[0]
        self._depth = 0

    def parse(self) -> Syntax:
        expression = self._expression()
        if self._token.kind != "end":
            raise self._unexpected()
        return expression

    def _advance(self) -> Token:
        token = self._token
        self._index += 1
        self._token = self._tokens[self._index]
        return token

    def _peek(self) -> Token:
        return self._tokens[min(self._index + 1, len(self._tokens) - 1)]

    def _at(self, text: str) -> bool:
        return self._token.text == text and self._token.kind in ("symbol", "operator")

    def _accept(self, text: str) -> bool:
        if self._at(text):
            self._advance()
            return True
        return False

    def _expect(self, text: str) -> None:
        if not self._accept(text):
            raise self._unexpected()

    def _unexpected(self) -> XPathSyntaxError:
        return XPathSyntaxError(SYNTAX, self._token.offset, found=self._token.text or "…")

    def _expression(self) -> Syntax:
        """Operands and operators in a row, then folded level by level: few frames per level of nesting."""
        self._depth += 1
        if self._depth > MAX_NESTING:
            raise XPathSyntaxError(TOO_DEEP, self._token.offset, limit=MAX_NESTING)
        signs = [self._signs()]
        operands = [self._operand()]
        operators: list[str] = []
        while self._token.kind == "operator" and self._token.text in _BINARY:
            operators.append(self._advance().text)
            if operators[-1] == "|" and self._at("-"):
                raise self._unexpected()
            signs.append(self._signs())
            operands.append(self._operand())
        self._depth -= 1
        if not operators:
            return Negate(operands[0], signs[0]) if signs[0] else operands[0]
        return _fold(operands, operators, signs)

    def _signs(self) -> int:
        count = 0
        while self._accept("-"):
            count += 1
        return count

    def _operand(self) -> Syntax:
        token = self._token
        if token.kind == "number":
            self._advance()
            return self._filtered(Number(float(token.text)))
        if token.kind == "literal":
            self._advance()
            return self._filtered(Literal(token.text))
        if self._at("("):
            self._advance()
            inner = self._expression()
            self._expect(")")
            return self._filtered(inner)
        if token.kind == "name" and self._peek().text == "(" and token.text not in TYPE_TESTS:
            return self._filtered(self._call())
        return self._location_path()

    def _call(self) -> Call:
        name = self._advance()
        if name.text.endswith("*"):
            raise self._unexpected()
        self._expect("(")
        arguments: list[Syntax] = []
        if not self._at(")"):
            arguments.append(self._expression())
            while self._accept(","):
                arguments.append(self._expression())
        self._expect(")")
        return Call(name.text, tuple(arguments), name.offset)

    def _filtered(self, primary: Syntax) -> Syntax:
        predicates = self._predicates()
        steps: list[Step] = []
        if self._at("/") or self._at("//"):
            if self._advance().text == "//":
                steps.append(DESCENDANTS)
            self._steps(steps)
        if not predicates and not steps:
            return primary
        return Path(primary, predicates, tuple(steps))

    def _location_path(self) -> Syntax:
        steps: list[Step] = []
        if self._accept("//"):
            steps.append(DESCENDANTS)
            self._steps(steps)
            return Path(None, (), tuple(steps), is_absolute=True)
        if self._accept("/"):
            if self._starts_step():
                self._steps(steps)
            return Path(None, (), tuple(steps), is_absolute=True)
        self._steps(steps)
        return Path(None, (), tuple(steps))

    def _starts_step(self) -> bool:
        token = self._token
        return token.kind == "name" or (token.kind == "symbol" and token.text in (".", "..", "@", "*"))

    def _steps(self, steps: list[Step]) -> None:
        steps.append(self._step())
        while self._at("/") or self._at("//"):
            if self._advance().text == "//":
                steps.append(DESCENDANTS)
            steps.append(self._step())

    def _step(self) -> Step:
        # `.[x]` is not in the grammar of XPath 1.0, but forms write it and every engine reads it.
        if self._accept("."):
            return Step("self", ANY_NODE, self._predicates()) if self._at("[") else SELF
        if self._accept(".."):
            return Step("parent", ANY_NODE, self._predicates()) if self._at("[") else PARENT
        axis = "child"
        if self._accept("@"):
            axis = "attribute"
        elif self._token.kind == "name" and self._peek().text == "::":
            axis = self._token.text
            if axis not in AXES:
                raise self._unexpected()
            self._advance()
            self._advance()
        return Step(axis, self._node_test(), self._predicates())

    def _node_test(self) -> NodeTest:
        if self._accept("*"):
            return NodeTest("name")
        if self._token.kind != "name":
            raise self._unexpected()
        name = self._advance().text
        if self._at("("):
            if name not in TYPE_TESTS:
                raise self._unexpected()
            self._advance()
            target = "*"
            if name == "processing-instruction" and self._token.kind == "literal":
                target = self._advance().text
            self._expect(")")
            return NodeTest(name, target)
        prefix, colon, local = name.partition(":")
        return NodeTest("name", local, prefix) if colon else NodeTest("name", name)

    def _predicates(self) -> tuple[Syntax, ...]:
        predicates: list[Syntax] = []
        while self._accept("["):
            predicates.append(self._expression())
            self._expect("]")
        return tuple(predicates)


def _fold(operands: list[Syntax], operators: list[str], signs: list[int]) -> Syntax:
    """One flat chain per run of operators of the same level, the tightest level first.

    A minus sign binds tighter than every operator but the union (XPath 1.0, grammar rule 27).
    """
    for level, names in enumerate(_LEVELS):
        new_operands: list[Syntax] = []
        new_operators: list[str] = []
        new_signs: list[int] = []
        index = 0
        while index < len(operands):
            rest: list[tuple[str, Syntax]] = []
            end = index
            while end < len(operators) and operators[end] in names:
                rest.append((operators[end], operands[end + 1]))
                end += 1
            folded = Chain(operands[index], tuple(rest)) if rest else operands[index]
            sign = signs[index]
            if level == 0 and sign:
                folded, sign = Negate(folded, sign), 0
            new_operands.append(folded)
            new_signs.append(sign)
            if end < len(operators):
                new_operators.append(operators[end])
            index = end + 1
        operands, operators, signs = new_operands, new_operators, new_signs
    return operands[0]
