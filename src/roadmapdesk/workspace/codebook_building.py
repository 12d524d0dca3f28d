"""Reads the codebook out of a parsed form."""

import re
from collections.abc import Iterator

from roadmapdesk.domain.catalog import Bilingual
from roadmapdesk.workspace.codebook import Codebook, CodebookChoice, CodebookEntry
from roadmapdesk.workspace.wording import plain, split_label
from roadmapdesk.xforms.definition.data import BindData, ControlData, FormData, InstanceData, TextData
from roadmapdesk.xforms.definition.lists import inline_document, is_inline
from roadmapdesk.xforms.definition.parser import parse_form

_INSTANCE = re.compile(r"instance\(\s*'([^']*)'\s*\)")
_LANGUAGE_CODE = re.compile(r"\(([a-z]{2})\)\s*$", re.IGNORECASE)
_ITEMS = "item"


def build_codebook(xml: bytes) -> Codebook:
    """The codebook of an XForm document."""
    data, _problems = parse_form(xml)
    return _Builder(data).build()


class _Builder:
    def __init__(self, data: FormData) -> None:
        self.data = data
        self.languages = {_code(name): name for name in data["itext"]}
        self.binds: dict[str, BindData] = {bind["nodeset"]: bind for bind in data["binds"] if "nodeset" in bind}
        self.lists = {
            instance["id"]: tuple(self._items(instance)) for instance in data["instances"] if is_inline(instance)
        }
        self.repeats: list[str] = []

    def build(self) -> Codebook:
        nothing = Bilingual("", "")
        entries: dict[str, CodebookEntry] = {}
        for entry in self._walk(self.data["body"], nothing, "", depth=0):
            entries.setdefault(entry.question, entry)
        for path, bind in self.binds.items():
            name = path.rpartition("/")[2]
            if bind.get("calculate") and name not in entries:
                entries[name] = self._entry({"tag": "", "ref": path}, nothing, "")
        return Codebook(
            entries, frozenset(path.rpartition("/")[2] for path in self.repeats), self.data["title"], self.lists
        )

    def _walk(
        self, controls: list[ControlData], section: Bilingual, number: str, *, depth: int
    ) -> Iterator[CodebookEntry]:
        for control in controls:
            if control["tag"] in {"group", "repeat"}:
                if control["tag"] == "repeat":
                    self.repeats.append(control["ref"])
                inner, inner_number = (
                    (section, number) if section.de else _split(self._text(control.get("label")), section=True)
                )
                yield from self._walk(control.get("children", []), inner, inner_number, depth=depth + 1)
            elif control.get("ref"):
                yield self._entry(control, section, number)

    def _entry(self, control: ControlData, section: Bilingual, section_number: str) -> CodebookEntry:
        path = control["ref"]
        bind = self.binds.get(path, {})
        label, number = _split(self._text(control.get("label")))
        list_name, choices = self._choices(control)
        inside = [repeat for repeat in self.repeats if path.startswith(repeat + "/")]
        return CodebookEntry(
            question=path.rpartition("/")[2],
            path=path,
            number=number,
            label=label,
            section=section,
            section_number=section_number,
            repeat=max(inside, key=len).rpartition("/")[2] if inside else "",
            control=control["tag"],
            type=bind.get("type", "string"),
            choices=choices,
            list_name=list_name,
            relevant=bind.get("relevant", ""),
            is_required=bool(bind.get("required")),
            hint=self._text(control.get("hint")),
        )

    def _choices(self, control: ControlData) -> tuple[str, tuple[CodebookChoice, ...]]:
        if "itemset" in control:
            found = _INSTANCE.search(control["itemset"].get("nodeset", ""))
            name = found.group(1) if found else ""
            return name, self.lists.get(name, ())
        items = control.get("items", [])
        return "", tuple(CodebookChoice(item["value"], self._text(item["label"])) for item in items)

    def _items(self, instance: InstanceData) -> Iterator[CodebookChoice]:
        for item in inline_document(instance).element.elements():
            if item.name == _ITEMS:
                fields = dict(item.cells())
                label: TextData | None = {"id": fields["itextId"]} if "itextId" in fields else fields.get("label")
                yield CodebookChoice(fields.get("name", ""), self._text(label))

    def _text(self, text: TextData | None) -> Bilingual:
        return Bilingual(self._in_language(text, "de"), self._in_language(text, "en"))

    def _in_language(self, text: TextData | None, code: str) -> str:
        """The text in a language, else in the form's default one; outputs stand as an ellipsis."""
        if text is None:
            return ""
        if isinstance(text, str):
            return text
        if isinstance(text, dict):
            default = self.data["default_language"]
            for language in (self.languages.get(code), default, *self.data["itext"]):
                forms = self.data["itext"].get(language or "", {}).get(text.get("id", ""), {})
                if forms:
                    return self._in_language(forms.get("") or next(iter(forms.values())), code)
            return ""
        return "".join(part if isinstance(part, str) else "…" for part in text)


def _code(language: str) -> str:
    found = _LANGUAGE_CODE.search(language)
    return found.group(1).lower() if found else language.strip().lower()[:2]


def _split(label: Bilingual, *, section: bool = False) -> tuple[Bilingual, str]:
    german = split_label(plain(label.de), section=section)
    english = split_label(plain(label.en), section=section)
    return Bilingual(german.text, english.text), german.code or english.code
