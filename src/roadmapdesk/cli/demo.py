"""``roadmapdesk demo DIR``: the whole job once, from the questionnaire to reports, with invented data."""

import argparse
import json
from pathlib import Path

from roadmapdesk.cli import options as shared
from roadmapdesk.cli.score import golden_record
from roadmapdesk.cli.subcommands import Subcommands
from roadmapdesk.domain.levels import Level
from roadmapdesk.errors import Message, RoadmapDeskError, UsageError
from roadmapdesk.files import replace_whole
from roadmapdesk.i18n import LANGUAGES, N_, Language
from roadmapdesk.i18n import gettext as _
from roadmapdesk.storage.errors import StorageError
from roadmapdesk.workspace.assessment import Assessment
from roadmapdesk.workspace.exporting import ReportKind, export, file_name
from roadmapdesk.workspace.places import refuse_project_place
from roadmapdesk.workspace.projects import open_project
from roadmapdesk.workspace.sample import DEFAULT_SEED, build_sample, sample_seed

NO_FOLDER = Message("demo.no_folder", N_("The folder “{name}” cannot be created or written."))
DIFFERENT = Message("demo.different", N_("The scorecard in “{name}” is not what was scored."))
OTHER_SEED = Message(
    "demo.other_seed",
    N_("“{name}” already holds a sample project with the seed {seed}. Name another folder, or that seed."),
)
_PROJECT = "Beispielprojekt.roadmapdesk"


def add_parser(commands: Subcommands) -> argparse.ArgumentParser:
    """Adds the command."""
    parser = commands.add_parser("demo", help=_("build the sample project and all its reports in a folder"))
    parser.add_argument("folder", type=Path, metavar="DIR", help=_("where to put them; created if missing"))
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED, metavar="N", help=_("other invented answers"))
    return parser


def run(options: argparse.Namespace) -> int:
    """Builds, scores, writes, reads back; prints what was written."""
    folder: Path = options.folder.absolute()
    refuse_project_place(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise RoadmapDeskError(NO_FOLDER, name=str(folder)) from error
    place = folder / _PROJECT
    if not place.exists():
        build_sample(place, seed=options.seed, progress=shared.progress_line(_("Interviews"))).close()
    with open_project(place, verify=True) as project:
        if sample_seed(project) != options.seed:
            raise UsageError(OTHER_SEED, name=str(folder), seed=sample_seed(project))
        assessment = Assessment(project)
        wave = assessment.waves[-1]
        written = [place, _write_scorecard(assessment, folder / "scorecard.json")]
        wanted = [(kind, level, code) for kind in ReportKind for level in Level for code in LANGUAGES]
        show = shared.progress_line(_("Reports"))
        for number, (kind, level, code) in enumerate(wanted, start=1):
            target = folder / file_name(project, kind, level, code, wave)
            export(project, assessment, kind=kind, level=level, language=Language(code), target=target)
            written.append(target)
            show(number, len(wanted))
        interviews = project.interviews.count()
    print(_("Sample project with {n} interviews, all data invented. Written and read back:").format(n=interviews))
    for path in written:
        print(f"  {path}")
    return 0


def _write_scorecard(assessment: Assessment, target: Path) -> Path:
    record = golden_record(assessment, None)
    text = json.dumps(record, ensure_ascii=False, indent=1) + "\n"
    try:
        replace_whole(target, text.encode("utf-8"))
    except OSError as error:
        raise RoadmapDeskError(NO_FOLDER, name=str(target.parent)) from error
    if json.loads(target.read_text(encoding="utf-8")) != json.loads(text):
        raise StorageError(DIFFERENT, name=target.name)
    return target
