"""Moving an unfinished interview to another version of its questionnaire: first what would change, then the move.

An answer goes with its question, wherever the new version asks it inside the same repeats. What the new version does
not ask any more leaves the interview; it stays in the history, in the revision that is cut before the move.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from roadmapdesk.domain.catalog import Bilingual
from roadmapdesk.errors import Message, RoadmapDeskError
from roadmapdesk.i18n import N_
from roadmapdesk.storage.project import Project
from roadmapdesk.storage.values import InterviewRow, RevisionKind
from roadmapdesk.workspace.backups import back_up_before
from roadmapdesk.workspace.codebook import Codebook, CodebookEntry, codebook_of
from roadmapdesk.workspace.entity_registers import interview_lists
from roadmapdesk.workspace.form_versions import FormChangeKind, compare_forms
from roadmapdesk.workspace.forms import definition_of, load_lists
from roadmapdesk.workspace.interview_stages import paths_by_name
from roadmapdesk.workspace.interviewing import OPEN_STATES
from roadmapdesk.xforms.definition.form import FormDefinition
from roadmapdesk.xforms.session.session import FormSession

_KEY = re.compile(r"\[[^\]]*\]")
CHANGED_MEANWHILE = Message(
    "form.move_stale",
    N_("The interview was changed meanwhile and was not moved. Look again at what would change."),
)
NOT_OPEN = Message("form.move_closed", N_("The interview is closed. Reopen it before it moves to another version."))


class FormMoveError(RoadmapDeskError):
    """The interview was not moved; nothing was changed."""


class Fate(StrEnum):
    """What happens to an answer that does not simply stay."""

    LOST = "lost"
    CODE_GONE = "code_gone"
    RESCALED = "rescaled"
    REWORDED = "reworded"


@dataclass(frozen=True, slots=True)
class AnswerFate:
    """One answer that a person should know about.

    Attributes:
        place: keys of the repeats around it; empty outside.
        text: the stored text.
    """

    fate: Fate
    number: str
    wording: Bilingual
    place: str
    text: str


@dataclass(frozen=True, slots=True)
class MovePlan:
    """What a move would do.

    Attributes:
        row: the interview.
        form_sha: the version it would move to.
        answers: the answers as they would be stored.
        new_lists: lists that only the new version refers to, name → content.
        kept: given answers that stay.
        fates: answers that a person should know about, lost ones first.
        added: questions that the new version asks in addition.
        sequence: state of the draft that the plan was made from.
    """

    row: InterviewRow
    form_sha: str
    answers: Mapping[str, str]
    new_lists: Mapping[str, bytes]
    kept: int
    fates: tuple[AnswerFate, ...]
    added: int
    sequence: int

    def count(self, fate: Fate) -> int:
        """How many answers have this fate."""
        return sum(one.fate is fate for one in self.fates)


def movable_interviews(project: Project, form_sha: str) -> tuple[InterviewRow, ...]:
    """Unfinished interviews that use another version of the form with this hash."""
    forms = {summary.sha: summary.form_id for summary in project.forms.list()}
    wanted = forms.get(form_sha)
    return tuple(
        row
        for row in project.interviews.list(states=OPEN_STATES)
        if row.form_sha != form_sha and forms.get(row.form_sha) == wanted
    )


def plan_move(project: Project, interview_id: str, form_sha: str) -> MovePlan:
    """What moving an interview to another version would change; nothing is stored.

    Raises:
        FormMoveError: the interview is closed.
        KeyError: there is no such interview or form.
    """
    row = project.interviews.get(interview_id)
    if row.state not in OPEN_STATES:
        raise FormMoveError(NOT_OPEN)
    draft = project.drafts.load(interview_id)
    old, new = project.forms.get(draft.form_sha), project.forms.get(form_sha)
    route = _Route(definition_of(old), definition_of(new))
    moved = {route.target(ref): text for ref, text in draft.answers.items() if route.target(ref)}
    fresh = {name: data for name, data in interview_lists(project, new).items() if name not in draft.lists}
    if any(ref.endswith("/instanceID") for ref in moved):
        resources = {**fresh, **load_lists(project, draft.lists)}
        answers = FormSession.restore(definition_of(new), moved, resources=resources).answers()
    else:
        answers = moved
    books = codebook_of(old), codebook_of(new)
    fates, given = _fates(draft.answers, route, *books)
    return MovePlan(
        row=row,
        form_sha=form_sha,
        answers=answers,
        new_lists=fresh,
        kept=given - sum(one.fate is Fate.LOST for one in fates),
        fates=fates,
        added=compare_forms(*books).count(FormChangeKind.ADDED),
        sequence=draft.sequence,
    )


def carry_out_move(project: Project, plan: MovePlan, reason: str) -> None:
    """Moves the interview after a verified backup; its state before stays in its history.

    Raises:
        FormMoveError: the interview was changed or closed since the plan was made; nothing was changed.
        StorageError: nothing was changed.
    """
    interview_id = plan.row.id
    draft = project.drafts.load(interview_id)
    if draft.sequence != plan.sequence or draft.form_sha == plan.form_sha:
        raise FormMoveError(CHANGED_MEANWHILE)
    if project.interviews.get(interview_id).state not in OPEN_STATES:
        raise FormMoveError(NOT_OPEN)
    back_up_before(project, "move")
    if draft.answers:
        project.revisions.cut(interview_id, RevisionKind.EDIT, reason)
    lists = {**draft.lists, **{name: project.lists.add(name, data) for name, data in plan.new_lists.items()}}
    project.drafts.set_form(interview_id, plan.form_sha, lists, plan.answers, reason=reason)


class _Route:
    """Where the answer of a ref goes in another version of a form."""

    def __init__(self, old: FormDefinition, new: FormDefinition) -> None:
        self._new = new
        self._old_root = old.model.root.path
        self._new_root = new.model.root.path
        self._names = paths_by_name(new)
        self._old_names = paths_by_name(old)
        self._targets: dict[str, str] = {}

    def target(self, ref: str) -> str:
        """The ref in the new version; empty where it asks nothing of that name inside the same repeats."""
        path = _KEY.sub("", ref)
        if path not in self._targets:
            self._targets[path] = self._find(path)
        found = self._targets[path]
        return _with_keys(found, ref) if found else ""

    def _find(self, path: str) -> str:
        same = self._new_root + path.removeprefix(self._old_root)
        if self._new.field(same) is not None:
            return same
        name = path.rpartition("/")[2]
        found = self._names.get(name, "") if self._old_names.get(name) == path else ""
        return found if found and self._new.field(found) is not None else ""


def _with_keys(path: str, ref: str) -> str:
    """The path with the keys that the ref carries at the steps of the same name; empty where one has no place."""
    keys = {step.partition("[")[0]: "[" + step.partition("[")[2] for step in ref.split("/") if "[" in step}
    steps = [step + keys.pop(step, "") for step in path.split("/")]
    return "" if keys else "/".join(steps)


def _fates(
    answers: Mapping[str, str], route: _Route, old: Codebook, new: Codebook
) -> tuple[tuple[AnswerFate, ...], int]:
    """The answers that do not simply stay, lost ones first, and how many a person gave at all."""
    difference = compare_forms(old, new)
    rescaled = difference.questions(FormChangeKind.RESCALED)
    reworded = difference.questions(FormChangeKind.REWORDED)
    found, given = [], 0
    for ref, text in answers.items():
        entry = old.get(_KEY.sub("", ref).rpartition("/")[2])
        if entry is None or not entry.control or not text:
            continue
        given += 1
        target = route.target(ref)
        later = new.get(target.rpartition("/")[2]) if target else None
        fate = _fate(
            entry, later, text, is_rescaled=entry.question in rescaled, is_reworded=entry.question in reworded
        )
        if fate is not None:
            place = ", ".join(key.strip("[]") for key in _KEY.findall(ref))
            found.append(AnswerFate(fate, entry.number or entry.question, entry.label, place, text))
    order = list(Fate)
    return tuple(sorted(found, key=lambda one: order.index(one.fate))), given


def _fate(
    old: CodebookEntry, new: CodebookEntry | None, text: str, *, is_rescaled: bool, is_reworded: bool
) -> Fate | None:
    if new is None or not new.control:
        return Fate.LOST
    if is_rescaled:
        codes = text.split() if old.is_multiple else [text]
        offered = {choice.code for choice in new.choices}
        has_gone = bool(offered) and any(code not in offered for code in codes)
        return Fate.CODE_GONE if has_gone else Fate.RESCALED
    return Fate.REWORDED if is_reworded else None
