"""``roadmapdesk form``: checks a questionnaire and writes it as a workbook for editing."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from roadmapdesk.cli.subcommands import Subcommands
from roadmapdesk.errors import Message, RoadmapDeskError, UsageError
from roadmapdesk.i18n import N_, ngettext
from roadmapdesk.i18n import gettext as _
from roadmapdesk.workspace.places import refuse_project_place
from roadmapdesk.workspace.sheet_problems import compiled_problems
from roadmapdesk.xforms.xlsform.compiler import CompiledForm, compile_form
from roadmapdesk.xforms.xlsform.markdown import write_markdown
from roadmapdesk.xforms.xlsform.problems import Problem, Severity
from roadmapdesk.xforms.xlsform.repairs import repair_tables
from roadmapdesk.xforms.xlsform.workbook import write_form_file, write_workbook

WRONG_ENDING = Message("form.wrong_ending", N_("“{name}” must end in {endings}."))
ITS_OWN_SOURCE = Message(
    "form.own_source", N_("“{name}” is the questionnaire that is being read. Write the copy under another name.")
)
NO_TABLES = Message(
    "form.no_tables", N_("{name} is an XForm without tables; only XLSForm files can be written as workbooks.")
)
_WORKBOOK_ENDINGS = (".xlsx",)
_COPY_ENDINGS = (".xlsx", ".md")


def add_parser(commands: Subcommands) -> argparse.ArgumentParser:
    """Adds the command and its two actions."""
    parser = commands.add_parser("form", help=_("check a questionnaire, or write it as a workbook"))
    actions = parser.add_subparsers(dest="action", required=True, metavar=_("ACTION"))
    check = actions.add_parser("check", help=_("list every problem with sheet, row and column"))
    check.add_argument("file", type=Path, metavar=_("FILE"), help=_("XLSForm as .xlsx, .xls, .csv or .md"))
    check.add_argument("--repair", type=Path, metavar=_("OUT"), help=_("write a copy with all offered repairs"))
    check.add_argument("--json", action="store_true", help=_("print the problems as JSON"))
    to_excel = actions.add_parser("to-excel", help=_("write the questionnaire as a workbook for editing"))
    to_excel.add_argument("file", type=Path, metavar=_("FILE"))
    to_excel.add_argument("out", type=Path, metavar=_("OUT"))
    return parser


def run(args: argparse.Namespace) -> int:
    """Runs the action: 0 where all is well, 1 where the form has errors."""
    if args.action == "to-excel":
        _refuse_target(args.out, args.file, _WORKBOOK_ENDINGS)
        return _to_excel(compile_form(args.file), args.file, args.out)
    if args.repair:
        _refuse_target(args.repair, args.file, _COPY_ENDINGS)
    form = compile_form(args.file)
    problems = (*form.problems, *compiled_problems(form))
    if args.json:
        print(json.dumps([_record(problem) for problem in problems], ensure_ascii=False, indent=1))
    else:
        _print_problems(problems, args.file)
    if args.repair:
        _repair(form, args.file, args.repair, beside_json=args.json)
    return 1 if _errors(problems) or not form.xform_xml else 0


def _errors(problems: Sequence[Problem]) -> int:
    return sum(problem.severity is Severity.ERROR for problem in problems)


def _refuse_target(target: Path, source: Path, endings: tuple[str, ...]) -> None:
    """Refuses a place that must not be overwritten, before the form is read.

    Raises:
        UsageError: the name has another ending.
        RoadmapDeskError: the place belongs to a project, or is the questionnaire itself.
    """
    refuse_project_place(target)
    if target.suffix.lower() not in endings:
        raise UsageError(WRONG_ENDING, name=target.name, endings=_(" or ").join(endings))
    if target.exists() and source.exists() and target.samefile(source):
        raise RoadmapDeskError(ITS_OWN_SOURCE, name=target.name)


def _record(problem: Problem) -> dict[str, object]:
    return {
        "code": problem.code,
        "severity": problem.severity.value,
        "sheet": problem.sheet,
        "row": problem.row,
        "column": problem.column,
        "sentence": problem.sentence,
        "repair": problem.repair.sentence if problem.repair else "",
    }


def _print_problems(problems: Sequence[Problem], file: Path) -> None:
    for problem in problems:
        kind = _("Error") if problem.severity is Severity.ERROR else _("Warning")
        place = f"{problem.place}: " if problem.place else ""
        print(f"{kind}: {place}{problem.sentence}")
        if problem.repair:
            print("  " + _("Offered repair: {repair}").format(repair=problem.repair.sentence))
    count = len(problems)
    if not count:
        print(_("{name}: no problems found.").format(name=file.name))
        return
    text = ngettext(
        "{name}: {n} problem, errors among them: {errors}", "{name}: {n} problems, errors among them: {errors}", count
    )
    print(text.format(name=file.name, n=count, errors=_errors(problems)))


def _to_excel(form: CompiledForm, file: Path, out: Path) -> int:
    if not form.tables.sheets:
        form.require_usable(file.name)
        raise RoadmapDeskError(NO_TABLES, name=file.name)
    write_workbook(form.tables, out)
    print(_("Written: {path}").format(path=out))
    return 0


def _repair(form: CompiledForm, file: Path, out: Path, *, beside_json: bool) -> None:
    """Writes the repaired copy; what was done goes to standard error where the output is JSON."""
    if not form.tables.sheets:
        raise RoadmapDeskError(NO_TABLES, name=file.name)
    tables, done = repair_tables(form.tables, form.problems)
    if out.suffix.lower() == ".md":
        write_form_file(out, write_markdown(tables).encode("utf-8"))
    else:
        write_workbook(tables, out)
    text = ngettext("{n} repair carried out, written: {path}", "{n} repairs carried out, written: {path}", len(done))
    print(text.format(n=len(done), path=out), file=sys.stderr if beside_json else sys.stdout)
