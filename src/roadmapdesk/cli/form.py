"""``roadmapdesk form``: checks a questionnaire and writes it as a workbook for editing."""

import argparse
import json
import sys
from pathlib import Path

from roadmapdesk.cli.subcommands import Subcommands
from roadmapdesk.i18n import gettext as _
from roadmapdesk.i18n import ngettext
from roadmapdesk.xforms.xlsform.compiler import CompiledForm, compile_form
from roadmapdesk.xforms.xlsform.markdown import write_markdown
from roadmapdesk.xforms.xlsform.problems import Problem, Severity
from roadmapdesk.xforms.xlsform.repairs import repair_tables
from roadmapdesk.xforms.xlsform.workbook import write_workbook


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
    form = compile_form(args.file)
    if args.action == "to-excel":
        return _to_excel(form, args.file, args.out)
    if args.json:
        print(json.dumps([_record(problem) for problem in form.problems], ensure_ascii=False, indent=1))
    else:
        _print_problems(form, args.file)
    if args.repair:
        _repair(form, args.repair)
    return 1 if form.errors or not form.xform_xml else 0


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


def _print_problems(form: CompiledForm, file: Path) -> None:
    for problem in form.problems:
        kind = _("Error") if problem.severity is Severity.ERROR else _("Warning")
        place = f"{problem.place}: " if problem.place else ""
        print(f"{kind}: {place}{problem.sentence}")
        if problem.repair:
            print("  " + _("Offered repair: {repair}").format(repair=problem.repair.sentence))
    count = len(form.problems)
    if not count:
        print(_("{name}: no problems found.").format(name=file.name))
        return
    text = ngettext(
        "{name}: {n} problem, errors among them: {errors}", "{name}: {n} problems, errors among them: {errors}", count
    )
    print(text.format(name=file.name, n=count, errors=len(form.errors)))


def _to_excel(form: CompiledForm, file: Path, out: Path) -> int:
    if not form.tables.sheets:
        form.require_usable(file.name)
        print(
            _("{name} is an XForm without tables; only XLSForm files can be written as workbooks.").format(
                name=file.name
            ),
            file=sys.stderr,
        )
        return 1
    write_workbook(form.tables, out)
    print(_("Written: {path}").format(path=out))
    return 0


def _repair(form: CompiledForm, out: Path) -> None:
    tables, done = repair_tables(form.tables, form.problems)
    if out.suffix.lower() == ".md":
        out.write_text(write_markdown(tables), encoding="utf-8")
    else:
        write_workbook(tables, out)
    text = ngettext("{n} repair carried out, written: {path}", "{n} repairs carried out, written: {path}", len(done))
    print(text.format(n=len(done), path=out))
