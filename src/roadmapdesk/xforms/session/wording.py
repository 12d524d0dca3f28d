"""Labels, hints and messages of a session: itext, fall-backs and outputs.

Source: ODK XForms specification, "Languages"; outputs show dates as ISO dates and selects as their stored codes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmapdesk.xforms.session.notices import ENDLESS_TEXT, notice
from roadmapdesk.xforms.xpath import Budget, XPathError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from roadmapdesk.xforms.definition.data import TextData
    from roadmapdesk.xforms.session.live import Live
    from roadmapdesk.xforms.tree import Node

_NO_MEDIA = "-"
_MOST_DEEP = 24
_MOST_OUTPUTS = 10_000
MEDIA_FORMS = ("image", "audio", "video", "big-image")


class Wording:
    """Renders the form's texts for nodes of one session."""

    def __init__(self, live: Live) -> None:
        self._live = live
        self._texts = live.form.texts
        self._depth = 0
        self._outputs = 0
        self._budget = Budget(live.limits.steps)
        self._has_told = False
        self._is_rendering = False

    def render(self, text: TextData | None, node: Node, language: str, form: str = "") -> str:
        """The text as a person reads it; empty where there is none in this form.

        Texts that hold each other, or more and more of others, are cut off with a notice.
        """
        if self._is_rendering:
            return self._render(text, node, language, form)
        self._is_rendering = True
        self._outputs = 0
        self._budget.renew()
        try:
            return self._render(text, node, language, form)
        finally:
            self._is_rendering = False

    def _render(self, text: TextData | None, node: Node, language: str, form: str) -> str:
        if text is None:
            return ""
        if isinstance(text, str):
            return "" if form else text
        if isinstance(text, list):
            return (
                ""
                if form
                else "".join(
                    part if isinstance(part, str) else self._output(part[0], node, language) for part in text
                )
            )
        if "id" in text:
            return self.itext(text["id"], node, language, form)
        if "itext" in text:
            return self.itext(self._value(text["itext"], node, language), node, language, form)
        return "" if form else self._value(text["ref"], node, language)

    def itext(self, identity: str, node: Node, language: str, form: str = "") -> str:
        """The itext in a language and form; the plain form falls back to the long and the short one."""
        found = self._texts.find(identity, language, form)
        if found is None and not form:
            found = self._texts.find(identity, language, "long")
            if found is None:
                found = self._texts.find(identity, language, "short")
        if found is None:
            return ""
        return self.render(found, node, language)

    def media(self, text: TextData | None, node: Node, language: str) -> Mapping[str, str]:
        """The media of a text: form → file name without ``jr://…/``.

        A language without a picture or recording of its own shows that of the default language; pyxform writes ``-``
        where a translation has none.
        """
        if not isinstance(text, dict) or "ref" in text:
            return {}
        identity = text["id"] if "id" in text else self._value(text["itext"], node, language)
        found = {}
        for form in MEDIA_FORMS:
            for spoken in (language, self._live.form.default_language):
                name = self.itext(identity, node, spoken, form).rpartition("/")[2]
                if name and name != _NO_MEDIA:
                    found[form] = name
                    break
        return found

    def _output(self, source: str, node: Node, language: str) -> str:
        return self._value(source, node, language)

    def _value(self, source: str, node: Node, language: str) -> str:
        """The text of an expression on a node, in the place of the session but in a language of its own."""
        live = self._live
        self._outputs += 1
        if self._depth >= _MOST_DEEP or self._outputs > _MOST_OUTPUTS:
            self._outputs = _MOST_OUTPUTS  # and none after it
            if not self._has_told:
                live.notices.append(notice(ENDLESS_TEXT, ""))
            self._has_told = True
            return ""
        self._depth += 1
        context = live.context.inner()
        context.node = context.current = node
        context.budget = self._budget
        host = live.host
        spoken = host.language
        host.language = language
        try:
            return live.form.expression(source).string(context)
        except XPathError:
            return ""
        finally:
            host.language = spoken
            self._depth -= 1
