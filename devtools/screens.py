"""The screens that `shots` takes pictures of, in their order: each a name and what shows it."""

from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtWidgets import QAbstractButton, QTabBar, QWidget

from roadmapdesk import i18n
from roadmapdesk.desktop import app
from roadmapdesk.desktop.interview.header_controls import BOTH
from roadmapdesk.desktop.widgets.segmented import SegmentedSwitch
from roadmapdesk.domain.levels import Level
from roadmapdesk.storage import Project
from roadmapdesk.workspace.forms import add_form, shipped_form
from roadmapdesk.workspace.interview_sections import is_asked, walk
from roadmapdesk.workspace.interviewing import InterviewDesk, open_interview, start_interview

_NEXT_VERSION = "2026030101"
_REWORDED = ("Know-how, ", "Know-how, skills, ", 2)
_ANSWERED_ON_CARD, _ANSWERED_IN_SIGHT = 7, 5

Shot = tuple[str, Callable[[], object]]


def start_screens(program: app.Program, project: Project, _settle: Callable[[], None]) -> Iterator[Shot]:
    """The start page, empty and with projects, and what it opens."""
    window = program.window
    yield "start-empty", lambda: None
    program.door.remember(project)
    yield "start", window.findChild(QWidget, "start_page").refresh
    yield "new-project", window.menu.actions["new_project"].trigger
    yield "preferences", window.menu.actions["preferences"].trigger
    yield "shortcuts", window.menu.actions["shortcuts"].trigger
    yield "about", window.menu.actions["about"].trigger


def pages(program: app.Program, project: Project, settle: Callable[[], None]) -> Iterator[Shot]:
    """Every page of the navigation, every view of a page, and the dialogs of the pages."""
    window = program.window
    yield "overview", lambda: window.show_project(project)
    workbench = window.workbench
    assert workbench is not None
    for entry in workbench.entries[1:]:
        yield entry.key, partial(workbench.go_to, entry.key)
        if entry.key == "actors":
            yield "actors-edit", lambda: press(workbench.page, _words("Edit …"))
            yield "actors-new", lambda: press(workbench.page, _words("New actor"))
        if entry.key == "interviews":
            yield "interviews-new", lambda: workbench.go_to("interviews", "new")
            yield "planning", lambda: workbench.go_to("planning")
            yield "planning-new", lambda: press(workbench.page, _words("Plan interview"))
        if entry.key == "assessment":
            yield from assessment(program, settle)
        if entry.key == "reports":
            for level in Level:
                yield (
                    f"reports-{level.value}",
                    lambda level=level: switch(workbench.page, "report_level", level.value),
                )
            yield "reports-excel", lambda: switch(workbench.page, "kind", "xlsx")
    yield "search", window.menu.actions["search"].trigger


def assessment(program: app.Program, settle: Callable[[], None]) -> Iterator[Shot]:
    """The tabs of the assessment at the internal level, the heatmap at the others, and the evidence of one cell."""
    workbench = program.window.workbench
    assert workbench is not None
    settle()
    page = workbench.page
    assert page is not None
    tabs = page.findChild(QTabBar, "assessment_tabs")
    yield "assessment-cell", lambda: workbench.go_to("assessment", "s3.d2")
    for index in range(1, tabs.count()):
        yield f"assessment-tab{index + 1}", lambda index=index: tabs.setCurrentIndex(index)
    for level in (Level.HANDOFF, Level.PUBLIC):

        def show(level: Level = level) -> None:
            tabs.setCurrentIndex(0)
            switch(page, "level", level.value)

        yield f"assessment-{level.value}", show
    switch(page, "level", Level.INTERNAL.value)


def interview(program: app.Program, project: Project, settle: Callable[[], None]) -> Iterator[Shot]:
    """An interview that is half answered: a page of scales, both languages, reading, notes, problems."""
    workbench = program.window.workbench
    assert workbench is not None
    half = half_answered(project)
    yield "interview", lambda: workbench.go_to("interview", half)
    settle()
    page = workbench.page
    assert page is not None
    sections = [section for section in page.interview.pages.sections if section.refs]
    card = next(section for section in sections if page.places.is_stage(section.key))

    def show_scale() -> None:
        views = [view for top in page.interview.pages.views(card.key) for view in walk(top, only_relevant=True)]
        asked = [view for view in views if is_asked(view)]
        blank = next(place for place, view in enumerate(asked) if not view.text)
        page.go_to(asked[blank - _ANSWERED_IN_SIGHT].ref)
        settle()
        for _ in range(_ANSWERED_IN_SIGHT):
            page.questions.step(1)

    handlers = page.actions_by_key.by_key
    own = i18n.LANGUAGES.index(
        i18n.current_language().code
    )  # the shipped form has the program's languages in its order
    yield "interview-scale", show_scale
    yield "interview-both", lambda: select_language(page, 2)
    yield "interview-other", lambda: select_language(page, 1 - own)
    yield "interview-problems", lambda: (select_language(page, own), handlers["check"].trigger())
    yield "interview-reading", handlers["reading"].trigger
    yield "interview-find", handlers["find"].trigger
    page.problems.hide()
    for section in sections:
        if section.owner == "" or section is card:
            yield f"section-{page.interview.title(section.key).code}", lambda key=section.key: page.travel.choose(key)


def half_answered(project: Project) -> str:
    """An interview of the sample up to its first stage card, as a draft."""
    finished = project.interviews.list()[0]
    half = start_interview(project)
    desk, first = open_interview(project, half)
    if first is not None:
        first.write(project)
    answers = project.drafts.load(finished.id).answers
    outside = [ref for ref, text in answers.items() if "[" not in ref and text]
    for ref in (*outside, *(ref for ref, text in answers.items() if text and "[" in ref and "[k1]" in ref)):
        if "[" in ref and not is_before_first_blank(desk, ref):
            continue
        try:
            step = desk.answer(ref, answers[ref], accepts_loss=True)
        except KeyError:
            continue
        if step.save is not None:
            step.save.write(project)
    return half


def is_before_first_blank(desk: InterviewDesk, ref: str) -> bool:
    """Whether the question is one of the first of its card; the later ones stay open."""
    page = desk.pages.page_of(ref)
    if not page or not desk.is_stage_card(page):
        return bool(page)
    asked = [view.ref for top in desk.pages.views(page) for view in walk(top, only_relevant=True) if is_asked(view)]
    return ref in asked[:_ANSWERED_ON_CARD]


def press(page: QWidget | None, text: str) -> None:
    """Clicks the button with this text, on the page or in its header."""
    assert page is not None
    for button in page.window().findChildren(QAbstractButton):
        if button.text().replace("&", "") == text and button.isVisible():
            button.click()
            return
    raise SystemExit(f"no button {text!r}")


def switch(page: QWidget | None, name: str, key: str) -> None:
    """Chooses one key of a switch, as a click would."""
    assert page is not None
    found = page.window().findChild(SegmentedSwitch, name)
    found.set_key(key)
    found.key_selected.emit(key)


def select_language(page: QWidget, number: int) -> None:
    """Chooses the first or second language of the questions, or both side by side."""
    names = [*page.interview.definition.languages, BOTH]
    page.controls.language_selected.emit(names[number])


def _words(text: str) -> str:
    return i18n.gettext(text).replace("&", "")


def safety(program: app.Program, project: Project, _settle: Callable[[], None]) -> Iterator[Shot]:
    """The pages and dialogs that keep the project safe, and the handbook."""
    window = program.window
    workbench = window.workbench
    assert workbench is not None
    yield "versions", lambda: workbench.go_to("versions", project.interviews.list()[0].id)
    for key in ("backups", "exports", "erasure"):
        yield key, partial(workbench.go_to, key)
    for key in ("passphrase", "contacts", "handbook"):
        yield key, window.menu.actions[key].trigger


def forms(program: app.Program, project: Project, _settle: Callable[[], None]) -> Iterator[Shot]:
    """The forms with a second version of the shipped one: the list, the comparison, the trial."""
    workbench = program.window.workbench
    assert workbench is not None

    def show_versions() -> None:
        shipped = shipped_form()
        first = shipped.read_text(encoding="utf-8")
        version = project.forms.list()[0].version
        second = project.folder.parent / shipped.name
        second.write_text(first.replace(version, _NEXT_VERSION).replace(*_REWORDED), encoding="utf-8")
        add_form(project, second)
        workbench.mark_stale()
        workbench.go_to("forms")

    yield "forms-versions", show_versions
    yield "forms-compare", lambda: press(workbench.page, _words("Compare …"))
    yield "forms-trial", lambda: press(workbench.page, _words("Try it out …"))


SOURCES = (start_screens, pages, interview, safety, forms)
