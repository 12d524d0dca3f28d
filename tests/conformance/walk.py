"""Fills one form with seeded answers, stores and restores it, compares. Run by `forms.py` in a limited process."""

import json
import random
import sys
import time
import traceback
from datetime import UTC, datetime
from pathlib import Path

from snapshot import Snapshot

from roadmapdesk.errors import RoadmapDeskError
from roadmapdesk.xforms.definition.form import FormDefinition
from roadmapdesk.xforms.session.session import FormSession
from roadmapdesk.xforms.session.view import Kind, NodeView
from roadmapdesk.xforms.xlsform.compiler import compile_form
from roadmapdesk.xforms.xlsform.limits import apply_limits

STEPS = 300
SEED = 20_240_506
_ASKED = frozenset({Kind.QUESTION, Kind.TRIGGER})
_MAX_INSTANCES = 8
_LOOK_AGAIN = 10


class Mismatch(Exception):
    """A restored session differs from the one that was stored."""


def main() -> None:
    """Walks the form named on the command line and prints one JSON object."""
    path = Path(sys.argv[1])
    apply_limits(memory_mb=3_072, cpu_s=120)
    began = time.perf_counter()
    found = {"status": "opened", "reason": "", "nodes": 0}
    try:
        found["nodes"] = walk_file(path)
    except (RoadmapDeskError, Mismatch) as error:
        is_mismatch = isinstance(error, Mismatch)
        found["status"] = "failed" if is_mismatch else "refused"
        found["reason"] = str(error) if is_mismatch else getattr(error, "summary", error.sentence)
    except Exception as error:
        last = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{Path(last.filename).name}:{last.lineno}"
        found.update(status="failed", reason=f"{type(error).__name__}: {error} ({place})"[:500])
    found["ms"] = round((time.perf_counter() - began) * 1000)
    print(json.dumps(found))


def _standing_clock() -> datetime:
    """The same moment for all sessions, so that stored and restored values can be compared."""
    return datetime(2024, 5, 6, 17, 20, 30, tzinfo=UTC)


def walk_file(path: Path) -> int:
    """Walks one form and returns how many nodes it has in the end.

    Raises:
        RoadmapDeskError: the form is refused with a message.
        Mismatch: what was stored is not what came back.
    """
    media = path.with_name(f"{path.stem}-media")
    resources = {each.name: each.read_bytes() for each in media.iterdir() if each.is_file()} if media.is_dir() else {}
    if path.suffix.lower() == ".xml":
        xform = path.read_bytes()
    else:
        form = compile_form(path, use_cache=False).require_usable(path.name)
        xform = form.xform_xml
        if form.itemsets_csv:
            resources.setdefault("itemsets.csv", form.itemsets_csv)
    definition = FormDefinition.from_xml(xform, resources=resources)
    session = FormSession(definition, clock=_standing_clock)
    fill(session, random.Random(SEED), STEPS)
    _compare_restored(session, definition)
    session.validate()
    return len(Snapshot.of(session.root).entries)


def fill(session: FormSession, chance: random.Random, steps: int) -> None:
    """Takes random steps: answers, cleared answers, repeat instances added and removed, languages switched."""
    languages = session.definition.languages
    questions, repeats = _offered(session.root)
    for number in range(steps):
        if number % _LOOK_AGAIN == 0:
            questions, repeats = _offered(session.root)
        roll = chance.random()
        if repeats and roll < 0.08:
            _change_repeat(session, chance, chance.choice(repeats))
            questions, repeats = _offered(session.root)
        elif len(languages) > 1 and number % 97 == 96:
            session.set_language(chance.choice(languages))
        elif questions:
            view = chance.choice(questions)
            if not _exists(session, view.ref) or not view.is_relevant or view.is_readonly:
                continue
            session.answer(view.ref, "" if roll > 0.95 else answer_for(view, chance))


def _exists(session: FormSession, ref: str) -> bool:
    """Whether a node seen some steps ago is still there."""
    try:
        session.node(ref)
    except KeyError:
        return False
    return True


def _offered(root: NodeView) -> tuple[list[NodeView], list[NodeView]]:
    """Questions that can be answered now, and repeats that can grow or shrink."""
    questions: list[NodeView] = []
    repeats: list[NodeView] = []
    waiting = [root]
    while waiting:
        view = waiting.pop()
        if not view.is_relevant:
            continue
        if view.kind in _ASKED and not view.is_readonly:
            questions.append(view)
        elif view.kind is Kind.REPEAT and (view.can_add or view.can_remove):
            repeats.append(view)
        waiting.extend(view.children)
    return questions, repeats


def _change_repeat(session: FormSession, chance: random.Random, repeat: NodeView) -> None:
    instances = [child for child in repeat.children if child.kind is Kind.INSTANCE]
    if repeat.can_add and len(instances) < _MAX_INSTANCES and (not instances or chance.random() < 0.7):
        session.add_repeat(repeat.ref)
    elif instances and repeat.can_remove:
        session.remove_repeat(chance.choice(instances).ref)


def answer_for(view: NodeView, chance: random.Random) -> str:
    """A plausible stored text for a question, by its control and type."""
    choices = [choice.value for choice in view.choices]
    if view.control in {"select", "rank"} and choices:
        if view.control == "rank":
            return " ".join(chance.sample(choices, len(choices)))
        return " ".join(chance.sample(choices, chance.randint(1, min(3, len(choices)))))
    if choices:
        return chance.choice(choices)
    if view.control == "trigger":
        return "OK"
    if view.control == "upload":
        return f"file{chance.randint(1, 99)}.jpg"
    return _typed(view, chance)


def _typed(view: NodeView, chance: random.Random) -> str:
    day = f"20{chance.randint(10, 29)}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"
    point = f"{chance.uniform(-80, 80):.4f} {chance.uniform(-170, 170):.4f} 0 0"
    start = _number(view.parameters.get("start", ""))
    made = {
        "int": str(int(start) + chance.choice((0, 1, 2, 5, 18, 40))),
        "decimal": f"{start + chance.choice((0, 0.5, 2.25, 37)):g}",
        "date": day,
        "dateTime": f"{day}T{chance.randint(0, 23):02d}:{chance.randint(0, 59):02d}:00.000+00:00",
        "time": f"{chance.randint(0, 23):02d}:{chance.randint(0, 59):02d}:00.000+00:00",
        "boolean": chance.choice(("true", "false")),
        "geopoint": point,
        "geotrace": f"{point}; 1 1 0 0",
        "geoshape": f"{point}; 1 1 0 0; 2 2 0 0; {point}",
    }
    return made.get(view.type) or f"text {chance.randint(1, 99)}"


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


def _compare_restored(session: FormSession, definition: FormDefinition) -> None:
    answers = session.answers()
    restored = FormSession.restore(definition, answers, language=session.language, clock=_standing_clock)
    again = FormSession.restore(definition, answers, language=session.language, clock=_standing_clock)
    first, second = restored.answers(), again.answers()
    made_anew = {ref for ref in first if first[ref] != second.get(ref)}
    _compare("restored answers", answers, first, made_anew)
    _compare("restored state", _state(session), _state(restored), made_anew | _other_values(restored, again))
    record = session.to_submission().xml
    again = FormSession.from_submission(definition, record, language=session.language, clock=_standing_clock)
    _compare("submission", _values(session), _values(again), _other_values(restored, again))


def _state(session: FormSession) -> dict[str, object]:
    return {
        ref: (entry.view.text, entry.view.is_relevant, entry.view.is_required, entry.view.is_readonly)
        for ref, entry in Snapshot.of(session.root).entries.items()
        if not _is_volatile(ref)
    }


def _values(session: FormSession) -> dict[str, object]:
    return {
        ref: entry.view.text
        for ref, entry in Snapshot.of(session.root).entries.items()
        if entry.view.is_relevant
        and not entry.view.children
        and not entry.view.has_calculation
        and not _is_volatile(ref)
    }


def _is_volatile(ref: str) -> bool:
    """Identity and times, which every session makes anew."""
    return "meta/" in ref or ref.rpartition("/")[2] in {"start", "end", "today"}


def _other_values(one: FormSession, other: FormSession) -> set[str]:
    """Nodes whose value depends on the moment or on chance: they differ between two restored sessions."""
    first, second = _state(one), _state(other)
    return {ref for ref in first if first[ref] != second.get(ref)}


def _compare(what: str, stored: dict[str, object], found: dict[str, object], made_anew: set[str]) -> None:
    for ref in sorted(stored.keys() | found.keys()):
        if ref not in made_anew and stored.get(ref) != found.get(ref) and not _is_volatile(ref):
            raise Mismatch(f"{what}: {ref} was {stored.get(ref)!r} and came back as {found.get(ref)!r}")


if __name__ == "__main__":
    main()
