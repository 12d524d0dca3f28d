"""A stored questionnaire read for paper: wording, choices, conditions in words, in one language of the program."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

from roadmapdesk.domain.question_roles import Role
from roadmapdesk.i18n import Language
from roadmapdesk.reports.papers.facts import DEPENDS, AnswerKind, BlankForm, BlankGroup, BlankQuestion
from roadmapdesk.storage.values import StoredForm
from roadmapdesk.workspace.forms import roles_of
from roadmapdesk.workspace.paper_conditions import Conditions, NamedQuestion
from roadmapdesk.workspace.wording import plain, split_label
from roadmapdesk.xforms.definition.data import BindData, ControlData, FormData, InstanceData, TextData
from roadmapdesk.xforms.definition.lists import inline_document, is_inline
from roadmapdesk.xforms.definition.parser import parse_form

CONSENT_ROLES = (
    Role.CONSENT_PARTICIPATE,
    Role.CONSENT_RECORDING,
    Role.CONSENT_ATTRIBUTION,
    Role.CONSENT_NETWORK,
    Role.CONSENT_HANDOFF,
    Role.CONSENT_RECONTACT,
)
"""Choices that a respondent makes on the consent form, in its order."""

_INSTANCE = re.compile(r"instance\(\s*['\"]([^'\"]*)['\"]\s*\)")
_LANGUAGE_CODE = re.compile(r"\(([a-z]{2})\)\s*$", re.IGNORECASE)
_DATES = frozenset({"date", "dateTime", "time"})
_NUMBERS = frozenset({"int", "decimal", "integer", "long", "double"})
_MOST_STEPS = 11


def language_name(names: tuple[str, ...] | list[str], code: str, default: str = "") -> str:
    """The form's language with this code (``Deutsch (de)`` for ``de``), else `default`, else its first one."""
    for name in names:
        found = _LANGUAGE_CODE.search(name)
        if (found.group(1) if found else name.strip()[:2]).lower() == code:
            return name
    return default or (names[0] if names else "")


def blank_form(form: StoredForm, lists: Mapping[str, bytes], language: Language) -> BlankForm:
    """The questionnaire without answers.

    Args:
        form: the stored form.
        lists: content of its external lists by file name, as `forms.register_lists` gives them.
        language: language of the paper; a form without it is printed in its own default language.
    """
    return _Reader(form, lists, language).form()


def consent_choices(form: StoredForm, lists: Mapping[str, bytes], language: Language) -> tuple[BlankQuestion, ...]:
    """The consent questions of the form, found by their roles."""
    return _Reader(form, lists, language).with_roles(CONSENT_ROLES)


def consent_notes(form: StoredForm, language: Language) -> tuple[str, ...]:
    """What the form says unconditionally beside the question on taking part: its purpose, for example."""
    reader = _Reader(form, {}, language)
    return reader.notes_beside(roles_of(form).question(Role.CONSENT_PARTICIPATE))


class _Reader:
    def __init__(self, form: StoredForm, lists: Mapping[str, bytes], language: Language) -> None:
        self._form = form
        self._lists = lists
        self._data: FormData = parse_form(form.xml)[0]
        self._language = language_name(list(self._data["itext"]), language.code, self._data["default_language"])
        self._binds: dict[str, BindData] = {
            bind["nodeset"]: bind for bind in self._data["binds"] if "nodeset" in bind
        }
        self._options: dict[str, tuple[tuple[str, str], ...]] = {}
        self._conditions = Conditions(self._named(), language)
        self._depends = language.gettext(DEPENDS)

    def form(self) -> BlankForm:
        groups = [self._group(control) for control in self._top()]
        conditions = Counter(group.condition for group in groups if group.condition)
        common, number = conditions.most_common(1)[0] if conditions else ("", 0)
        if number < 3 or number * 2 < len(groups):
            common = ""
        if common:
            groups = [_without(group, common) for group in groups]
        shown = tuple(group for group in groups if group.items)
        return BlankForm(self._data["title"] or self._form.title, self._data["version"], shown, common)

    def with_roles(self, roles: tuple[Role, ...]) -> tuple[BlankQuestion, ...]:
        meanings = roles_of(self._form)
        controls = {control.get("ref", "").rpartition("/")[2]: control for control in self._controls()}
        names = [meanings.question(role) for role in roles]
        return tuple(replace(self._question(controls[name]), condition="") for name in names if name in controls)

    def notes_beside(self, question: str | None) -> tuple[str, ...]:
        for siblings in self._families(self._data["body"]):
            if question is not None and any(_name(control) == question for control in siblings):
                notes = [self._question(control) for control in siblings if self._is_note(control)]
                return tuple(note.text for note in notes if not note.condition)
        return ()

    def _top(self) -> Iterator[ControlData]:
        """Top-level groups; loose questions between them become groups without a title."""
        loose: list[ControlData] = []
        for control in self._data["body"]:
            if control["tag"] not in {"group", "repeat"}:
                loose.append(control)
                continue
            if loose:
                yield {"tag": "group", "children": loose}
                loose = []
            yield control
        if loose:
            yield {"tag": "group", "children": loose}

    def _controls(self) -> Iterator[ControlData]:
        for siblings in self._families(self._data["body"]):
            yield from siblings

    def _families(self, controls: list[ControlData]) -> Iterator[list[ControlData]]:
        yield controls
        for control in controls:
            if control.get("children"):
                yield from self._families(control["children"])

    def _group(self, control: ControlData) -> BlankGroup:
        children = control.get("children", [])
        label = plain(self._text(control.get("label")))
        is_repeat = control["tag"] == "repeat"
        condition = self._condition(control)
        # A repeat comes wrapped in a group that carries its label; on paper they are one.
        if not is_repeat and len(children) == 1 and children[0]["tag"] == "repeat":
            inner = children[0]
            label = label or plain(self._text(inner.get("label")))
            condition = condition or self._condition(inner)
            children, is_repeat = inner.get("children", []), True
        title = split_label(label, section=True)
        items: list[BlankQuestion | BlankGroup] = []
        for child in children:
            if child["tag"] in {"group", "repeat"}:
                inner_group = self._group(child)
                if inner_group.items:
                    items.append(inner_group)
            elif child.get("label") is not None or child.get("hint") is not None:
                question = self._question(child)
                # A note that warns of something only the program can see has no place on paper.
                if question.kind is not AnswerKind.NOTE or question.condition != self._depends:
                    items.append(question)
        group = BlankGroup(title.code, title.text, tuple(items), condition, is_repeat)
        # What holds for the group needs no word at each of its questions.
        return replace(_without(group, condition), condition=condition) if condition else group

    def _question(self, control: ControlData) -> BlankQuestion:
        bind = self._binds.get(control.get("ref", ""), {})
        label = split_label(plain(self._text(control.get("label"))))
        list_name, options = self._choices(control)
        return BlankQuestion(
            number=label.code,
            text=label.text or plain(self._text(control.get("hint"))),
            kind=self._kind(control, bind),
            hint=plain(self._text(control.get("hint"))) if label.text else "",
            options=options,
            list_name=list_name,
            condition=self._condition(control),
            is_required=bind.get("required", "") not in {"", "false()"},
        )

    def _condition(self, control: ControlData) -> str:
        return self._conditions.words(self._binds.get(control.get("ref", ""), {}).get("relevant", ""))

    def _is_note(self, control: ControlData) -> bool:
        bind = self._binds.get(control.get("ref", ""), {})
        return control["tag"] == "input" and bind.get("readonly", "").strip() == "true()"

    def _kind(self, control: ControlData, bind: BindData) -> AnswerKind:
        tag, kind = control["tag"], bind.get("type", "string")
        if self._is_note(control):
            return AnswerKind.NOTE
        by_tag = {
            "select1": AnswerKind.CHOICE, "select": AnswerKind.MULTIPLE, "rank": AnswerKind.RANK,
            "upload": AnswerKind.FILE, "trigger": AnswerKind.MULTIPLE,
        }  # fmt: skip
        if tag in by_tag:
            return by_tag[tag]
        if tag == "range":
            return AnswerKind.CHOICE if self._steps(control) else AnswerKind.NUMBER
        if kind in _DATES:
            return AnswerKind.DATE
        if kind in _NUMBERS:
            return AnswerKind.NUMBER
        return AnswerKind.LINES if "multiline" in control.get("appearance", "").split() else AnswerKind.LINE

    def _choices(self, control: ControlData) -> tuple[str, tuple[tuple[str, str], ...]]:
        if control["tag"] == "range":
            return "", self._steps(control)
        if control["tag"] == "trigger":
            return "", (("OK", "OK"),)
        if "itemset" in control:
            found = _INSTANCE.search(control["itemset"].get("nodeset", ""))
            name = found.group(1) if found else ""
            if name and name not in self._options:
                self._options[name] = self._instance_options(name)
            return name, self._options.get(name, ())
        items = control.get("items", [])
        return "", tuple((item["value"], plain(self._text(item["label"])) or item["value"]) for item in items)

    def _steps(self, control: ControlData) -> tuple[tuple[str, str], ...]:
        """The numbers of a short scale; none for a long one or one of broken steps."""
        try:
            start, end, step = (int(control.get("parameters", {}).get(name, "")) for name in ("start", "end", "step"))
        except ValueError:
            return ()
        if step <= 0 or end < start or (end - start) // step >= _MOST_STEPS:
            return ()
        return tuple((str(number), str(number)) for number in range(start, end + 1, step))

    def _instance_options(self, name: str) -> tuple[tuple[str, str], ...]:
        for instance in self._data["instances"]:
            if instance["id"] != name:
                continue
            if is_inline(instance):
                return tuple(self._inner_options(instance))
            return self._external_options(instance.get("src", "").rpartition("/")[2])
        return ()

    def _inner_options(self, instance: InstanceData) -> Iterator[tuple[str, str]]:
        for item in inline_document(instance).element.elements():
            fields = dict(item.cells())
            label: TextData = {"id": fields["itextId"]} if "itextId" in fields else fields.get("label", "")
            code = fields.get("name", "")
            if code:
                yield code, plain(self._text(label)) or code

    def _external_options(self, file: str) -> tuple[tuple[str, str], ...]:
        content = self._lists.get(file)
        if content is None:
            return ()
        rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig", errors="replace")))
        column = f"label::{self._language}"
        return tuple(
            (row.get("name") or "", row.get(column) or row.get("label") or row.get("name") or "") for row in rows
        )

    def _named(self) -> dict[str, NamedQuestion]:
        found: dict[str, NamedQuestion] = {}
        for control in self._controls():
            if control["tag"] in {"group", "repeat"} or not control.get("ref"):
                continue
            label = split_label(plain(self._text(control.get("label"))))
            _name_of_list, options = self._choices(control)
            text = label.text if len(label.text) <= 60 else label.text[:58].rstrip() + " …"
            found.setdefault(
                _name(control), NamedQuestion(label.code or (f"“{text}”" if text else ""), dict(options))
            )
        for path, bind in self._binds.items():
            name = path.rpartition("/")[2]
            if bind.get("calculate") and not found.get(name, NamedQuestion("", {})).name:
                found[name] = NamedQuestion("", {}, bind["calculate"])
        return found

    def _text(self, text: TextData | None) -> str:
        """The text in the paper's language; what an interview fills in stands as an ellipsis."""
        if text is None or isinstance(text, str):
            return text or ""
        if isinstance(text, dict):
            itext = self._data["itext"]
            for language in (self._language, self._data["default_language"], *itext):
                forms = itext.get(language, {}).get(text.get("id", ""), {})
                if forms:
                    return self._text(forms.get("") or forms.get("long") or "")
            return ""
        return "".join(part if isinstance(part, str) else "…" for part in text)


def _name(control: ControlData) -> str:
    return control.get("ref", "").rpartition("/")[2]


def _without(group: BlankGroup, common: str) -> BlankGroup:
    """The group without the condition that the head of the paper says for all."""
    items = tuple(
        _without(item, common)
        if isinstance(item, BlankGroup)
        else replace(item, condition="" if item.condition == common else item.condition)
        for item in group.items
    )
    return replace(group, items=items, condition="" if group.condition == common else group.condition)
