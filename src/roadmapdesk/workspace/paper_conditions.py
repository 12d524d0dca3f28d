"""Conditions of a form in words, for paper: ``/data/b1 = 'yes'`` becomes ``“Yes” to B1``.

Not every expression can be said. What cannot is not guessed: the sentence then says that it depends on earlier
answers.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from roadmapdesk.i18n import Language
from roadmapdesk.reports.papers.facts import DEPENDS
from roadmapdesk.xforms.xpath.errors import XPathError
from roadmapdesk.xforms.xpath.parser import parse
from roadmapdesk.xforms.xpath.syntax import Call, Chain, Literal, Number, Path, Syntax

_DEEPEST = 12


@dataclass(frozen=True, slots=True)
class NamedQuestion:
    """How a condition speaks of a question.

    Attributes:
        name: its number, else its wording; empty for a calculation.
        labels: mapping code → label of its choices.
        calculation: expression of a calculated field.
    """

    name: str
    labels: Mapping[str, str]
    calculation: str = ""


class _Unsayable(Exception):
    """Part of an expression has no words."""


class Conditions:
    """Says conditions in one language.

    Args:
        questions: mapping name of the last step of a path → question.
    """

    def __init__(self, questions: Mapping[str, NamedQuestion], language: Language) -> None:
        self._questions = questions
        self._language = language

    def words(self, expression: str) -> str:
        """The condition in words; empty where it always holds on paper."""
        if not expression.strip() or expression.strip() == "true()":
            return ""
        try:
            return self._say(parse(expression), 0)
        except (_Unsayable, XPathError):
            return self._language.gettext(DEPENDS)

    def _say(self, syntax: Syntax, depth: int) -> str:
        if depth > _DEEPEST:
            raise _Unsayable
        if isinstance(syntax, Chain):
            return self._chain(syntax, depth)
        if isinstance(syntax, Call):
            return self._call(syntax, depth)
        if isinstance(syntax, Path) and syntax.start is not None and not syntax.steps:
            return self._say(syntax.start, depth + 1)
        raise _Unsayable

    def _chain(self, chain: Chain, depth: int) -> str:
        operators = {operator for operator, _operand in chain.rest}
        operands = (chain.first, *(operand for _operator, operand in chain.rest))
        if operators == {"and"}:
            return self._joined([self._say(operand, depth + 1) for operand in operands], "and")
        if operators == {"or"}:
            said = [self._say(operand, depth + 1) for operand in operands]
            if not all(said):
                return ""
            return self._joined(said, "or")
        if len(operands) == 2:
            return self._comparison(operands[0], chain.rest[0][0], operands[1], depth)
        raise _Unsayable

    def _joined(self, parts: Sequence[str], word: str) -> str:
        _ = self._language.gettext
        told = list(dict.fromkeys(part for part in parts if part))
        if len(told) < 2:
            return "".join(told)
        join: Callable[..., str] = (_("{first} and {last}") if word == "and" else _("{first} or {last}")).format
        text = told[0]
        for part in told[1:]:
            text = join(first=text, last=part)
        return text

    def _comparison(self, left: Syntax, operator: str, right: Syntax, depth: int) -> str:
        if isinstance(left, Literal | Number) and not isinstance(right, Literal | Number):
            turned = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}
            return self._comparison(right, turned.get(operator, operator), left, depth)
        if _is_place(left) or _is_place(right):
            # Which entry of a repeat it is; on paper each entry is filled in.
            return ""
        if isinstance(left, Call) and left.name == "count-selected" and isinstance(right, Number):
            return self._count(left, operator, right.value)
        question = self._question(left)
        if question is None or not isinstance(right, Literal | Number):
            raise _Unsayable
        value = right.value if isinstance(right, Literal) else f"{right.value:g}"
        if question.calculation:
            return self._calculated(question.calculation, operator, value, depth)
        return self._about(question, operator, value)

    def _about(self, question: NamedQuestion, operator: str, value: str) -> str:
        _ = self._language.gettext
        if value == "" and operator in {"=", "!="}:
            text = _("{question} was answered") if operator == "!=" else _("{question} was left blank")
            return text.format(question=question.name)
        answer = question.labels.get(value, value)
        if operator in {"=", "!="}:
            text = _("“{answer}” to {question}") if operator == "=" else _("not “{answer}” to {question}")
            return text.format(question=question.name, answer=answer)
        texts = {
            "<": _("{question} below {value}"),
            "<=": _("{question} at most {value}"),
            ">": _("{question} above {value}"),
            ">=": _("{question} at least {value}"),
        }
        if operator not in texts:
            raise _Unsayable
        return texts[operator].format(question=question.name, value=answer)

    def _calculated(self, calculation: str, operator: str, value: str, depth: int) -> str:
        """``if(condition, 'yes', 'no') = 'yes'`` says the condition itself; a bare presence test always holds."""
        if value == "" and operator == "!=":
            return ""
        found = parse(calculation)
        if not (isinstance(found, Call) and found.name == "if" and len(found.arguments) == 3 and operator == "="):
            raise _Unsayable
        condition, then, _other = found.arguments
        if not (isinstance(then, Literal) and then.value == value):
            raise _Unsayable
        return self._say(condition, depth + 1)

    def _count(self, call: Call, operator: str, number: float) -> str:
        _ = self._language.gettext
        question = self._question(call.arguments[0]) if call.arguments else None
        if question is None or question.calculation or operator not in {">", ">="}:
            raise _Unsayable
        least = int(number) + (1 if operator == ">" else 0)
        if least <= 1:
            return _("{question} was answered").format(question=question.name)
        return _("at least {n} answers to {question}").format(question=question.name, n=least)

    def _call(self, call: Call, depth: int) -> str:
        _ = self._language.gettext
        if call.name == "selected" and len(call.arguments) == 2:
            question, code = self._question(call.arguments[0]), call.arguments[1]
            if question is None or question.calculation or not isinstance(code, Literal):
                raise _Unsayable
            return self._about(question, "=", code.value)
        if call.name == "not" and len(call.arguments) == 1:
            inner = self._say(call.arguments[0], depth + 1)
            return _("not: {condition}").format(condition=inner) if inner else ""
        if call.name in {"boolean", "string"} and len(call.arguments) == 1:
            return self._say(call.arguments[0], depth + 1)
        raise _Unsayable

    def _question(self, syntax: Syntax) -> NamedQuestion | None:
        if isinstance(syntax, Path) and syntax.start is not None and not syntax.steps:
            return self._question(syntax.start)
        if not isinstance(syntax, Path) or not syntax.steps:
            return None
        found = self._questions.get(syntax.steps[-1].test.name)
        return found if found is not None and (found.name or found.calculation) else None


def _is_place(syntax: Syntax) -> bool:
    return isinstance(syntax, Call) and syntax.name in {"position", "last"}
