"""The columns of the table of actors."""

from roadmapdesk.desktop.widgets.table_model import Column
from roadmapdesk.desktop.words import type_word
from roadmapdesk.domain.actors import StageRole
from roadmapdesk.i18n import current_language, ngettext
from roadmapdesk.i18n import gettext as _
from roadmapdesk.workspace.actors import ActorLine


def actor_columns() -> tuple[Column[ActorLine], ...]:
    """Name with place, kind, stages by role, number of interviews."""
    return (
        Column(lambda: _("Actor"), actor_name, second_line=_second_line, is_strong=True),
        Column(lambda: _("Core stages"), lambda line: stages_in_role(line, StageRole.CORE), width=150),
        Column(lambda: _("Further stages"), _further_stages, width=150, tone=lambda _line: "text_muted"),
        Column(
            lambda: _("Interviews"),
            lambda line: str(len(line.interviews)) if line.interviews else "–",
            sort=lambda line: len(line.interviews),
            is_number=True,
            width=104,
        ),
    )


def actor_sentence(line: ActorLine) -> str:
    """The row for the screen reader."""
    count = len(line.interviews)
    interviews = ngettext("{n} interview", "{n} interviews", count).format(n=count)
    core = stages_in_role(line, StageRole.CORE)
    parts = (actor_name(line), type_word(line.actor.type), core, interviews)
    return ", ".join(part for part in parts if part)


def actor_name(line: ActorLine) -> str:
    """The name in the present language."""
    return line.actor.name(current_language().code)


def stages_in_role(line: ActorLine, role: StageRole) -> str:
    """The stages in which it has this role, ``S3, S5``."""
    return ", ".join(stage.upper() for stage, held in sorted(line.actor.stages.items()) if held is role)


def _further_stages(line: ActorLine) -> str:
    others = [stage for stage, held in sorted(line.actor.stages.items()) if held is not StageRole.CORE]
    return ", ".join(stage.upper() for stage in others)


def _second_line(line: ActorLine) -> str:
    parts = [type_word(line.actor.type), line.actor.place]
    return " · ".join(part for part in parts if part)
