"""The audit log that a form asks for, written from the project's own trail when an interview is finished.

The trail is durable after each answer, so nothing is missing after a crash. It says when an answer was given and not
when its question came into view: an event of a question begins where the one before it ended.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from roadmapdesk.domain.interviews import InterviewState
from roadmapdesk.storage.project import Project
from roadmapdesk.storage.values import AuditEvent, AuditRow
from roadmapdesk.workspace.forms import definition_of
from roadmapdesk.xforms.audit import AUDIT_FILE, AuditEventName, AuditLog, AuditSettings, audit_settings
from roadmapdesk.xforms.definition.form import FormDefinition

AUDIT_TYPE = "text/csv"
_KEY = re.compile(r"\[([^\]]*)\]")
_QUESTION_EVENTS = frozenset({AuditEvent.ANSWER, AuditEvent.UNDO, AuditEvent.REDO})


def keep_log(project: Project, interview_id: str) -> None:
    """Attaches the log to an interview whose form asks for one, in place of an earlier one."""
    definition = definition_of(project.forms.get(project.interviews.get(interview_id).form_sha))
    settings = audit_settings(definition)
    if settings is None:
        return
    content = written_log(definition, settings, project.audit.list(interview_id))
    earlier = [each for each in project.attachments.list(interview_id) if each.ref == settings.path]
    added = project.attachments.add(interview_id, settings.path, content, name=AUDIT_FILE, mime=AUDIT_TYPE)
    for each in earlier:
        if each.sha != added.sha:
            project.attachments.remove(interview_id, each.ref, each.sha)


def written_log(definition: FormDefinition, settings: AuditSettings, rows: Sequence[AuditRow]) -> bytes:
    """The log that the rows of a trail tell, as the file that belongs to the record."""
    return _Telling(definition, settings).tell(rows)


class _Telling:
    """Tells a trail in the words of an audit log."""

    def __init__(self, definition: FormDefinition, settings: AuditSettings) -> None:
        self._definition = definition
        self._log = AuditLog(settings, clock=lambda: self._now)
        self._keys: dict[str, list[str]] = {}
        self._now = 0
        self._last = 0
        self._open = ""
        self._text = ""

    def tell(self, rows: Sequence[AuditRow]) -> bytes:
        session = -1
        for step, time in _steps(rows):
            first = step[0]
            self._log.user = first.author
            if first.event == AuditEvent.STATE and first.old is not None:
                self._state(first, time)
            if not first.sequence:
                continue
            if first.session_id != session:
                self._close()
                self._now = self._last = time
                self._log.begin(is_new=session < 0)
                session = first.session_id
            self._step(step, time)
        self._close()
        return self._log.to_csv()

    def _state(self, row: AuditRow, time: int) -> None:
        if row.new == InterviewState.FINALISED.value:
            self._point(AuditEventName.FORM_SAVE, time)
            self._point(AuditEventName.FORM_FINALIZE, time)
        elif row.new == InterviewState.DRAFT.value and InterviewState(str(row.old)).counts:
            self._point(AuditEventName.CHANGE_REASON, time, reason=row.reason)

    def _step(self, step: Sequence[AuditRow], time: int) -> None:
        repeat = next((row for row in step if self._is_repeat(row.ref)), None)
        first = step[0]
        if first.event == AuditEvent.REPEAT_ADDED and repeat is not None:
            self._point(AuditEventName.ADD_REPEAT, time, self._instance(repeat, repeat.new, repeat.old))
        elif first.event == AuditEvent.REPEAT_REMOVED and repeat is not None:
            self._point(AuditEventName.DELETE_REPEAT, time, self._instance(repeat, repeat.old, repeat.new))
        for row in step:
            if self._is_repeat(row.ref):
                self._keys[row.ref] = (row.new or "").split()
        if first.event in _QUESTION_EVENTS and first.ref and not self._is_repeat(first.ref):
            self._question(first, time)

    def _question(self, row: AuditRow, time: int) -> None:
        """An answer; further typing in the same question belongs to the same event."""
        node = self._numbered(row.ref)
        if node != self._open:
            self._close()
            self._now = self._last or time
            self._log.add(AuditEventName.QUESTION, node, value=row.old or "")
            self._open = node
        self._text = row.new or ""
        self._last = time

    def _point(self, event: AuditEventName, time: int, node: str = "", reason: str = "") -> None:
        self._close()
        self._now = self._last = time
        self._log.add(event, node, reason=reason)
        self._log.end()

    def _close(self) -> None:
        """Ends the open question at its last answer."""
        if self._open:
            self._now = self._last
            self._log.end(self._text)
            self._open = ""

    def _is_repeat(self, ref: str) -> bool:
        field = self._definition.field(_KEY.sub("", ref)) if ref else None
        return field is not None and field.is_repeat

    def _instance(self, row: AuditRow, longer: str | None, shorter: str | None) -> str:
        """The path of the instance that one list of keys has and the other has not."""
        keys = (longer or "").split()
        gone = next((key for key in keys if key not in (shorter or "").split()), "")
        return f"{self._numbered(row.ref)}[{keys.index(gone) + 1 if gone else len(keys)}]"

    def _numbered(self, ref: str) -> str:
        """A ref with positions in place of keys."""
        found = done = ""
        for part in re.split(r"(\[[^\]]*\])", ref):
            key = part[1:-1] if part.startswith("[") else None
            keys = self._keys.get(done, [])
            found += part if key is None else f"[{keys.index(key) + 1 if key in keys else 1}]"
            done += part
        return found


def _steps(rows: Sequence[AuditRow]) -> Iterator[tuple[Sequence[AuditRow], int]]:
    """The rows of one change together, with its time: the wall clock of the session's first row and elapsed time."""
    begins: dict[int, int] = {}
    for _key, group in groupby(rows, key=lambda row: (row.session_id, row.sequence or -row.id)):
        step = list(group)
        first = step[0]
        begin = begins.setdefault(first.session_id, int(first.at.timestamp() * 1000) - first.elapsed_ms)
        yield step, begin + first.elapsed_ms
