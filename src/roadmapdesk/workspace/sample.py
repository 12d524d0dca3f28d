"""The sample project: invented organisations, two waves of interviews filled through the form session.

Nothing in it is real: the register holds only invented organisations and networks, and every export says so.
"""

import json
import os
import random
import shutil
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, cast

from roadmapdesk.domain.actors import Actor, ReferenceNetwork
from roadmapdesk.domain.catalog import load_catalog
from roadmapdesk.domain.interviews import InterviewState
from roadmapdesk.domain.question_roles import QuestionRoles, Role
from roadmapdesk.i18n import current_language
from roadmapdesk.paths import data_folder, resources_folder
from roadmapdesk.scoring.items import read_items
from roadmapdesk.storage.project import SUFFIX, Project
from roadmapdesk.workspace import measures
from roadmapdesk.workspace.assessment import Assessment
from roadmapdesk.workspace.forms import current_form, roles_of, scoring_rows
from roadmapdesk.workspace.interview_history import join_changes
from roadmapdesk.workspace.interview_sections import is_asked, walk
from roadmapdesk.workspace.interview_steps import Save
from roadmapdesk.workspace.interviewing import Closing, InterviewDesk, open_interview, start_interview
from roadmapdesk.workspace.projects import new_project, open_project
from roadmapdesk.workspace.sample_respondent import Respondent, SampleProfile
from roadmapdesk.xforms.session.view import NodeView

DEFAULT_SEED = 20260216
_ADOPTED = 8
_SEED = "sample_seed"


@dataclass(frozen=True, slots=True)
class _Plan:
    """One interview that will be held."""

    actor: Actor
    wave: str
    number: int
    day: date
    is_later_wave: bool


def sample_folder() -> Path:
    """Where the sample project of this user lies; kept as the user left it."""
    return data_folder() / f"Beispielprojekt{SUFFIX}"


def open_sample(progress: Callable[[int, int], None] | None = None) -> Project:
    """The user's sample project, built first if it does not exist yet.

    Raises:
        StorageError: it exists but cannot be opened; it is never overwritten.
    """
    folder = sample_folder()
    if folder.exists():
        return open_project(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside = folder.with_name(f".{folder.stem}-{os.getpid()}{SUFFIX}")
    try:
        build_sample(beside, progress=progress).close()
        beside.rename(folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return open_project(folder)


def build_sample(
    folder: Path,
    *,
    seed: int = DEFAULT_SEED,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Project:
    """Creates the sample project: 14 organisations in wave 1, ten of them again in wave 2, measures adopted.

    The same seed gives the same answers, scores and ids of interviews, so the hash of a report's inputs is the same
    wherever it is built. Each interview is answered through the form session, so relevance,
    constraints and repeats hold, and is finalised like any other.

    Raises:
        ProjectExists: something lies there already.
        StorageError: the folder cannot be written.
    """
    project = new_project(
        folder,
        title="Beispielprojekt Radiopharmazie" if current_language().code == "de" else "Sample project radiopharmacy",
        language=current_language().code,
        author="I01",
        with_catalogue=False,
    )
    project.settings.update({"is_sample": True, _SEED: seed})
    register = _resource("register.json")
    actors = tuple(Actor.from_record(record) for record in register["actors"])
    project.actors.save_all(actors)
    project.networks.save_all(tuple(ReferenceNetwork.from_record(record) for record in register["networks"]))
    plans = _plans(actors, register["waves"], seed)
    maker = _Maker(project, register["judged"], seed)
    for done, plan in enumerate(plans, start=1):
        if cancelled():
            break
        maker.hold(plan)
        if progress is not None:
            progress(done, len(plans))
    _adopt_measures(project)
    return project


def sample_seed(project: Project) -> int | None:
    """The seed that a sample project was built with; None for any other project."""
    seed = project.settings.get(_SEED)
    return seed if isinstance(seed, int) else None


def _resource(name: str) -> dict[str, Any]:
    record: dict[str, Any] = json.loads((resources_folder() / "sample" / name).read_text(encoding="utf-8"))
    return record


def _texts() -> dict[str, Any]:
    """The invented sentences in the present language; codes and patterns are the same in all."""
    words = {} if current_language().code == "de" else _resource("texts_en.json")
    return cast("dict[str, Any]", _translated(_resource("texts.json"), words))


def _translated(record: object, words: Mapping[str, str]) -> object:
    if isinstance(record, str):
        return words.get(record, record)
    if isinstance(record, list):
        return [_translated(each, words) for each in record]
    if isinstance(record, dict):
        return {key: _translated(each, words) for key, each in record.items()}
    return record


def _plans(actors: tuple[Actor, ...], waves: Mapping[str, list[str]], seed: int) -> list[_Plan]:
    """All interviews in order of time; an organisation keeps its number, and so its code, over the waves."""
    days = _resource("profile.json")["wave_days"]
    rng = random.Random(f"{seed}-days")
    plans = []
    for wave, (first, last) in days.items():
        span = (date.fromisoformat(last) - date.fromisoformat(first)).days
        for number, actor in enumerate(actors, start=1):
            if wave in waves[actor.key]:
                day = date.fromisoformat(first) + timedelta(days=rng.randrange(span + 1))
                day -= timedelta(days=max(0, day.weekday() - 4))
                plans.append(_Plan(actor, wave, number, day, is_later_wave=wave != next(iter(days))))
    return plans


class _Maker:
    """Holds the interviews of the sample one after the other."""

    def __init__(self, project: Project, judged: Mapping[str, list[str]], seed: int) -> None:
        self._project = project
        self._judged = judged
        self._seed = seed
        catalog = load_catalog()
        stages = [stage.key for stage in catalog.stages]
        dimensions = [dimension.key for dimension in catalog.dimensions]
        self._profile = SampleProfile.from_record(_resource("profile.json"), stages, dimensions)
        self._texts = _texts()
        form = current_form(project)
        assert form is not None
        stored = project.forms.get(form.sha)
        self._roles: QuestionRoles = roles_of(stored)
        items, _problems = read_items(scoring_rows(stored), stages, dimensions)
        self._items = {item.question: item for item in items}

    def hold(self, plan: _Plan) -> None:
        known = {Role.INTERVIEW_WAVE: plan.wave, Role.ACTOR: plan.actor.key}
        interview_id = start_interview(self._project, known=known, interview_id=_interview_id(plan, self._seed))
        # Interviews take place in the past: the form's clock stands still on their day.
        moment = datetime(plan.day.year, plan.day.month, plan.day.day, 10, 30).astimezone()
        desk, first = open_interview(self._project, interview_id, clock=lambda: moment)
        saves = [] if first is None else [first]
        saves += self._fill(desk, self._respondent(plan, known))
        _write_together(self._project, saves)
        closing = desk.finalise()
        if not isinstance(closing, Closing):
            refs = ", ".join(violation.ref for violation in closing)
            msg = f"the generator left problems at {refs}"
            raise ValueError(msg)
        closing.write(self._project)
        state = InterviewState.APPROVED if plan.number % 5 or not plan.is_later_wave else InterviewState.IN_REVIEW
        self._project.interviews.set_state(interview_id, state)

    def _respondent(self, plan: _Plan, known: Mapping[Role, str]) -> Respondent:
        return Respondent(
            actor=plan.actor,
            judged=tuple(self._judged[plan.actor.key]),
            number=plan.number,
            is_later_wave=plan.is_later_wave,
            day=plan.day,
            known=known,
            profile=self._profile,
            texts=self._texts,
            roles=self._roles,
            items=self._items,
            rng=random.Random(f"{self._seed}-{plan.wave}-{plan.actor.key}"),
            bias=random.Random(f"{self._seed}-{plan.actor.key}").gauss(0, 6),
        )

    def _fill(self, desk: InterviewDesk, respondent: Respondent) -> list[Save]:
        """Answers in the order of the form until nothing more is asked; an answer may open questions behind it."""
        saves: list[Save] = []
        seen: set[str] = set()
        before = -1
        while before < len(seen):  # what an answer opened further up is found on the next way through
            before = len(seen)
            for view in walk(desk.root, only_relevant=True):
                if view.ref not in seen and is_asked(view) and not view.is_readonly:
                    seen.add(view.ref)
                    saves += self._answer(desk, respondent, view)
        return saves

    def _answer(self, desk: InterviewDesk, respondent: Respondent, view: NodeView) -> list[Save]:
        session = desk.session
        text = respondent.answer(
            view, _stage_of(desk, view, self._roles), lambda text: not session.probe(view.ref, text)
        )
        if not text or text == view.text:
            return []
        step = desk.answer(view.ref, text, accepts_loss=True)
        return [step.save] if step.save is not None else []


def _interview_id(plan: _Plan, seed: int) -> str:
    """A UUID4 that follows from the seed; only invented interviews may have one that can be foreseen."""
    generator = random.Random(f"{seed}-{plan.wave}-{plan.actor.key}-id")
    return str(uuid.UUID(int=generator.getrandbits(128), version=4))


def _stage_of(desk: InterviewDesk, view: NodeView, roles: QuestionRoles) -> str:
    """The stage key of the card that a question stands on, empty outside of the stage cards."""
    field, repeat = roles.question(Role.STAGE_KEY), roles.question(Role.STAGE_REPEAT)
    node: NodeView | None = view
    while node is not None:
        if node.key and node.name == repeat:
            return desk.view(f"{node.ref}/{field}").text
        node = node.parent
    return ""


def _write_together(project: Project, saves: list[Save]) -> None:
    """Stores a whole interview in one transaction: nobody waits for a confirmation of each invented answer."""
    if not saves:
        return
    changes = saves[0].changes
    for save in saves[1:]:
        changes = join_changes(changes, save.changes)
    last = saves[-1]
    project.drafts.save_changes(
        last.interview_id, changes, position=last.position, event=last.event, progress=last.progress
    )
    for save in saves:
        if save.summary is not None:
            project.interviews.update_summary(save.interview_id, save.summary)


def _adopt_measures(project: Project) -> None:
    """Takes the most often proposed measures into the roadmap, with what each needs first where that is taken too."""
    assessment = Assessment(project)
    found = [proposal for wave in assessment.waves for proposal in measures.proposals(assessment, wave)]
    chosen = {measure.title: measure for measure in measures.suggested(found)[:_ADOPTED]}
    needs = {
        entry["measure.title"]: entry["requires"] for entry in _texts()["measures"] if entry.get("requires") in chosen
    }
    keys: dict[str, str] = {}
    for title in sorted(chosen, key=lambda title: title in needs):
        requires = (keys[needs[title]],) if needs.get(title) in keys else ()
        status = measures.PLANNED if keys else measures.STARTED
        keys[title] = measures.adopt(project, replace(chosen[title], requires=requires), status=status).key
