"""Lists of entities of a project: made from finished interviews, read by the interviews that follow.

The finished interviews are the truth; reading them again gives the same lists with the same versions and branches.
An interview keeps the lists that it was made with; an erasure takes the words of the erased one out of them.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from roadmapdesk.i18n import gettext as _
from roadmapdesk.storage.project import Project
from roadmapdesk.storage.values import Revision, StoredForm
from roadmapdesk.workspace.form_files import form_files
from roadmapdesk.workspace.forms import definition_of, load_lists, register_lists
from roadmapdesk.xforms.definition.form import FormDefinition
from roadmapdesk.xforms.definition.instances import base_name
from roadmapdesk.xforms.entities import EntityAction, EntityVerb, entity_actions, entity_declarations
from roadmapdesk.xforms.entity_lists import OUTDATED, EntityList, without_words
from roadmapdesk.xforms.session.session import FormSession
from roadmapdesk.xforms.session.view import Notice

_NAMED = re.compile(r"""(?:pulldata|instance)\(\s*\\?['"]([^'"\\]+)\\?['"]""")
_KNOWN: WeakKeyDictionary[Project, dict[str, tuple[EntityAction, ...]]] = WeakKeyDictionary()
"""What revisions did, by their hash; a revision never changes."""


def interview_lists(project: Project, form: StoredForm) -> dict[str, bytes]:
    """All files that an interview with this form needs as the project stands now, by name.

    The form's own files come first; a list of the register or of entities with the same name takes their place.
    """
    lists = form_files(project, form.sha) | register_lists(project, form)
    wanted = _names_read(definition_of(form)) - lists.keys()
    if wanted:
        found, _notices = entity_lists(project)
        lists |= {f"{name}.csv": found[name].to_csv() for name in found if f"{name}.csv" in wanted}
    return lists


def entity_lists(project: Project) -> tuple[Mapping[str, EntityList], tuple[Notice, ...]]:
    """The project's lists of entities by name, and what finished interviews said in vain or on an older state."""
    lists, merged = _merge(project)
    return lists, tuple(each.notice for each in merged if each.notice is not None)


def entity_notices(project: Project, interview_id: str) -> tuple[str, ...]:
    """What a person should know of the entries that a finished interview made or changed, one sentence each.

    An entry that was changed on the basis of an older state is told to all who changed it, with the others' codes.
    """
    merged = _merge(project)[1]
    mine = [each for each in merged if each.interview_id == interview_id]
    sentences: dict[str, None] = {}
    for own in mine:
        same = [each for each in merged if each.is_same_entry(own)]
        disputed = next((each.notice for each in same if each.is_disputed), None)
        notice = own.notice or (disputed if own.action.verb is EntityVerb.UPDATE else None)
        if notice is not None:
            others = {each.interview_id: None for each in same if each.interview_id != interview_id}
            sentences[_sentence(project, notice, others)] = None
    return tuple(sentences)


def lists_without(project: Project, interviews: Collection[str]) -> dict[str, bytes]:
    """Hash of each kept list that tells what these interviews said of entries → the list without it.

    Such an entry keeps its id, so that the answers of others still lead to it, and stands there without any words.
    """
    known = {summary.sha: definition_of(project.forms.get(summary.sha)) for summary in project.forms.list()}
    forms = {sha: definition for sha, definition in known.items() if entity_declarations(definition)}
    told: dict[str, set[str]] = {}
    for interview in interviews:
        for revision in project.revisions.history(interview):
            for action in _actions(project, revision, forms):
                told.setdefault(f"{action.dataset}.csv", set()).add(action.id)
    found = {}
    for sha, name in project.lists.names().items() if told else ():
        content = project.lists.get(sha)
        emptied = without_words(content, told.get(name, set()))
        if emptied != content:
            found[sha] = emptied
    return found


def _sentence(project: Project, notice: Notice, others: Iterable[str]) -> str:
    codes = [code for code in (project.interviews.get(each).code for each in others) if code]
    if not codes:
        return notice.message
    template = _("{sentence} The same entry is also in: {codes}.")
    return template.format(sentence=notice.message, codes=", ".join(codes))


@dataclass(frozen=True, slots=True)
class _Merged:
    """What one interview did to one entry, and what came of it."""

    interview_id: str
    action: EntityAction
    notice: Notice | None

    @property
    def is_disputed(self) -> bool:
        return self.notice is not None and self.notice.code == OUTDATED.code

    def is_same_entry(self, other: "_Merged") -> bool:
        return (self.action.dataset, self.action.id) == (other.action.dataset, other.action.id)


def _merge(project: Project) -> tuple[Mapping[str, EntityList], tuple[_Merged, ...]]:
    """The lists, and how they came about.

    All entities are created before the first is changed, whatever the order in which interviews were finished: who
    changes an entity has seen it.
    """
    columns: dict[str, dict[str, None]] = {}
    definitions: dict[str, FormDefinition] = {}
    for summary in project.forms.list():
        definition = definition_of(project.forms.get(summary.sha))
        declarations = entity_declarations(definition)
        if declarations:
            definitions[summary.sha] = definition
        for declared in declarations:
            columns.setdefault(declared.dataset, {}).update(dict.fromkeys(declared.properties.values()))
    lists = {name: EntityList(name, columns=found) for name, found in columns.items()}
    if not lists:
        return {}, ()
    done = [
        (revision.entity_id, action)
        for revision in _finished(project)
        for action in _actions(project, revision, definitions)
        if action.dataset in lists
    ]
    done.sort(key=lambda each: each[1].verb is EntityVerb.UPDATE)
    return lists, tuple(
        _Merged(interview_id, action, lists[action.dataset].apply(action)) for interview_id, action in done
    )


def _names_read(definition: FormDefinition) -> set[str]:
    """File names of the lists that a form declares, that its expressions name, and whose entities it changes."""
    sources = (base_name(data["src"]) for data in definition.data["instances"] if "src" in data)
    names = {name for name in sources if name is not None}
    names |= {f"{name.removesuffix('.csv')}.csv" for name in _NAMED.findall(definition.to_json())}
    return names | {f"{declared.dataset}.csv" for declared in entity_declarations(definition)}


def _finished(project: Project) -> Iterator[Revision]:
    """The present states of the interviews that count, in the order in which they were finished."""
    rows = [row for row in project.interviews.list() if row.state.counts]
    heads = [found[-1] for row in rows if (found := project.revisions.heads(row.id))]
    yield from sorted(heads, key=lambda revision: (revision.created_at, revision.sha))


def _actions(
    project: Project, revision: Revision, definitions: Mapping[str, FormDefinition]
) -> tuple[EntityAction, ...]:
    definition = definitions.get(revision.body["form"])
    if definition is None:
        return ()
    known = _KNOWN.setdefault(project, {})
    if revision.sha not in known:
        lists = load_lists(project, revision.body.get("lists", {}))
        session = FormSession.restore(definition, revision.answers, resources=lists)
        known[revision.sha] = entity_actions(definition, session.to_submission().xml)
    return known[revision.sha]
