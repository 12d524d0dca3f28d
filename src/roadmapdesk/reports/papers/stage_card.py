"""The stage card: the stages of the value chain with their definitions, for the respondent's hand."""

from roadmapdesk.domain.levels import Level
from roadmapdesk.reports.document import Box, Document, Paragraph, Section
from roadmapdesk.reports.papers.facts import PaperFrame, StageLine
from roadmapdesk.reports.papers.frame import paper


def build_stage_card(frame: PaperFrame, stages: tuple[StageLine, ...]) -> Document:
    """One sheet with all stages in the order of the chain."""
    _ = frame.language.gettext
    blocks = tuple(
        Box(f"{stage.code}  {stage.name}", (Paragraph(stage.definition),), is_tight=True) for stage in stages
    )
    return paper(
        frame,
        title=_("Stages of the value chain"),
        subtitle=_("Card for the respondent"),
        marking=_("Stage card"),
        sections=(Section("stages", "", blocks),),
        level=Level.PUBLIC,
    )
