"""Copies of all answers of an interview, saved while the project could not be written, and their way back.

A copy is one readable JSON file. Taking it in is planned first, so that a person sees what would change; answers are
added and replaced, never removed, and taking the same copy in again changes nothing.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from roadmapdesk.domain.interviews import InterviewState
from roadmapdesk.domain.levels import Level
from roadmapdesk.errors import Message, RoadmapDeskError
from roadmapdesk.files import replace_whole
from roadmapdesk.i18n import N_, current_language
from roadmapdesk.i18n import gettext as _
from roadmapdesk.storage.content import canonical_json, sha256_bytes, sha256_text, split_ref
from roadmapdesk.storage.project import Project
from roadmapdesk.storage.values import AuditEvent, Change, RevisionKind, StoredForm
from roadmapdesk.workspace.backups import back_up_before
from roadmapdesk.workspace.entity_registers import interview_lists
from roadmapdesk.workspace.forms import definition_of, store_lists
from roadmapdesk.workspace.late_notes import LateNote, keep, take_over
from roadmapdesk.workspace.outgoing import Outgoing, note_outgoing
from roadmapdesk.workspace.relisting import relist

_LARGEST = 50_000_000
_OPEN = frozenset({InterviewState.PLANNED, InterviewState.DRAFT})
NO_COPY = Message(
    "saved_copy.no_copy",
    N_("“{name}” is no copy of answers that this program saved, or it was changed since. Nothing was taken in."),
)
CLOSED = Message(
    "saved_copy.closed",
    N_("The interview {code} is closed. Reopen it, then take the copy in. Nothing was changed."),
)
NO_FORM = Message(
    "saved_copy.no_form",
    N_("The copy belongs to the questionnaire “{form}”, version “{version}”. Import it first. Nothing was changed."),
)
CHANGED_MEANWHILE = Message(
    "saved_copy.stale", N_("The interview was changed meanwhile. Choose the copy again. Nothing was changed.")
)


class SavedCopyError(RoadmapDeskError):
    """The copy was not taken in; nothing was changed."""


@dataclass(frozen=True, slots=True)
class SavedCopy:
    """The content of one file.

    Attributes:
        form_id: of the questionnaire.
        version: of the questionnaire; None in copies of earlier versions of the program, which did not keep it.
        sha: SHA-256 of the file.
    """

    path: Path
    sha: str
    interview_id: str
    form_id: str
    version: str | None
    answers: Mapping[str, str]

    @property
    def name(self) -> str:
        """The file's name without its folder."""
        return self.path.name


@dataclass(frozen=True, slots=True)
class TakingIn:
    """What taking a copy in would change; to be handed to `take_in` after a person agreed.

    Attributes:
        code: of the interview; empty for one that the project does not hold.
        form_sha: the questionnaire.
        added: answers that the project does not have.
        replaced: answers that it has with another text.
        unknown: answers of the copy that the questionnaire does not ask; they stay in the copy.
        is_new: the project does not hold the interview; it is made anew under its own id.
        sequence: state of the draft that this was made from.
    """

    copy: SavedCopy
    code: str
    form_sha: str
    added: tuple[Change, ...]
    replaced: tuple[Change, ...]
    unknown: int
    is_new: bool
    sequence: int

    @property
    def changes(self) -> tuple[Change, ...]:
        """Everything that would be written."""
        return (*self.added, *self.replaced)


def write_copy(path: Path, interview_id: str, form: str, version: str, answers: Mapping[str, str]) -> str:
    """Writes all present answers, unsaved ones included, as a readable file with a check sum; returns its SHA-256.

    Raises:
        OSError: the file cannot be written.
    """
    document = {"interview": interview_id, "form": form, "version": version, "answers": dict(answers)}
    document["sha256"] = sha256_text(canonical_json(document))
    data = json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True).encode()
    replace_whole(path, data)
    return sha256_bytes(data)


def keep_note_of_copy(project_id: str, path: Path, sha: str, interview_id: str, *, author: str) -> None:
    """Lets the line about a copy wait until the log can be written again, also where the program ends before.

    Raises:
        OSError: the program's own folder cannot be written.
    """
    kind, level, language = Outgoing.ANSWERS.value, Level.INTERNAL.value, current_language().code
    folder = {"folder": str(path.absolute().parent)}
    keep(LateNote(project_id, kind, level, language, path.name, sha, (interview_id,), folder, author))


def note_copy(project: Project, path: Path, sha: str, interview_id: str) -> None:
    """Notes a copy in the log of exports, unless it stands or waits there already: an erasure names it then.

    Raises:
        StorageError: it is not noted.
    """
    take_over(project)
    if not any(line.sha == sha and line.kind == Outgoing.ANSWERS for line in project.export_log.list()):
        note_outgoing(project, path, kind=Outgoing.ANSWERS.value, sha=sha, interviews=(interview_id,))


def read_copy(path: Path) -> SavedCopy:
    """Reads a copy.

    Raises:
        SavedCopyError: the file is no copy, or was changed.
        OSError: it cannot be read.
    """
    refusal = SavedCopyError(NO_COPY, name=path.name)
    with path.open("rb") as stream:
        data = stream.read(_LARGEST + 1)
    try:
        document = json.loads(data.decode("utf-8-sig")) if len(data) <= _LARGEST else None
    except (ValueError, RecursionError):
        raise refusal from None
    if not isinstance(document, dict) or not _is_copy(document):
        raise refusal
    known = document.pop("sha256", None)
    if known is not None and known != sha256_text(canonical_json(document)):
        raise refusal
    return SavedCopy(
        path,
        sha256_bytes(data),
        document["interview"],
        document["form"],
        document.get("version"),
        document["answers"],
    )


def _is_copy(document: Mapping[str, Any]) -> bool:
    answers = document.get("answers")
    if not isinstance(answers, dict) or not all(isinstance(text, str) for text in answers.values()):
        return False
    return all(isinstance(document.get(name), str) for name in ("interview", "form")) and bool(document["interview"])


def plan_taking_in(project: Project, copy: SavedCopy) -> TakingIn:
    """What taking the copy in would change. Changes nothing.

    Raises:
        Erased: the interview was erased; it does not come back.
        SavedCopyError: it is closed, or its questionnaire is missing.
        StorageError: the project cannot be read.
    """
    try:
        row = project.interviews.get(copy.interview_id)
    except KeyError:
        return _plan_new(project, copy)
    if row.state not in _OPEN:
        raise SavedCopyError(CLOSED, code=row.code)
    draft = project.drafts.load(copy.interview_id)
    form = project.forms.get(draft.form_sha)
    if form.form_id != copy.form_id or copy.version not in {None, form.version}:
        raise SavedCopyError(NO_FORM, form=copy.form_id, version=copy.version or "")
    answers = _asked(form, copy)
    present = draft.answers
    changed = [Change(ref, present.get(ref), text) for ref, text in answers.items() if present.get(ref) != text]
    return TakingIn(
        copy=copy,
        code=row.code,
        form_sha=form.sha,
        added=tuple(change for change in changed if change.old is None),
        replaced=tuple(change for change in changed if change.old is not None),
        unknown=len(copy.answers) - len(answers),
        is_new=False,
        sequence=draft.sequence,
    )


def take_in(project: Project, plan: TakingIn) -> str:
    """Writes what the plan holds, after a backup; the state before stays as a version. Returns the interview's code.

    Raises:
        SavedCopyError: the interview was changed since the plan was made.
        StorageError: nothing was taken in.
    """
    identifier = plan.copy.interview_id
    if not plan.is_new and project.drafts.load(identifier).sequence != plan.sequence:
        raise SavedCopyError(CHANGED_MEANWHILE)
    if not plan.changes:
        return plan.code
    back_up_before(project, "import")
    if plan.is_new:
        form = project.forms.get(plan.form_sha)
        project.interviews.create(
            form.sha,
            lists=store_lists(project, interview_lists(project, form)),
            answers={change.ref: change.new for change in plan.added if change.new is not None},
            interview_id=identifier,
        )
    else:
        project.revisions.cut(identifier, RevisionKind.EDIT)
        position = project.drafts.load(identifier).position
        reason = _("taken in from the copy {name}").format(name=plan.copy.name)
        project.drafts.save_changes(
            identifier,
            plan.changes,
            position=position,
            event=AuditEvent.ANSWER,
            sequence=plan.sequence + 1,
            reason=reason,
        )
    relist(project, identifier)
    note_copy(project, plan.copy.path, plan.copy.sha, identifier)
    return project.interviews.get(identifier).code


def _plan_new(project: Project, copy: SavedCopy) -> TakingIn:
    """For an interview that the project does not hold, such as one restored from an earlier backup."""
    forms = [
        form for form in project.forms.list() if form.form_id == copy.form_id and copy.version in {None, form.version}
    ]
    if not forms:
        raise SavedCopyError(NO_FORM, form=copy.form_id, version=copy.version or "")
    answers = _asked(project.forms.get(forms[0].sha), copy)
    added = tuple(Change(ref, None, text) for ref, text in answers.items())
    unknown = len(copy.answers) - len(answers)
    return TakingIn(copy, "", forms[0].sha, added, (), unknown, is_new=True, sequence=0)


def _asked(form: StoredForm, copy: SavedCopy) -> dict[str, str]:
    """The answers of the copy to questions of the questionnaire."""
    definition = definition_of(form)
    return {ref: text for ref, text in copy.answers.items() if definition.field(split_ref(ref).template) is not None}
