"""The frame of a paper: head, marking and properties that all of them share."""

from roadmapdesk.domain.levels import Level
from roadmapdesk.reports.document import Document, Section, TitlePage
from roadmapdesk.reports.papers.facts import PaperFrame


def paper(
    frame: PaperFrame,
    *,
    title: str,
    subtitle: str,
    marking: str,
    sections: tuple[Section, ...],
    facts: tuple[tuple[str, str], ...] = (),
    notice: str = "",
    stamp: str = "",
    is_warning: bool = False,
    level: Level = Level.INTERNAL,
) -> Document:
    """A document without title page and contents.

    Args:
        frame: what stands on every paper.
        title: the title, also of the file.
        subtitle: one line below it.
        marking: who may read it, on each page.
        sections: the text.
        facts: pairs (name, value) in the head.
        notice: one paragraph in a box below the head.
        stamp: ``Draft`` on each page; empty for a final paper.
        is_warning: whether the notice warns; it does so on a draft in any case.
        level: who may read it.
    """
    _ = frame.language.gettext
    sample = _("Sample data") if frame.is_sample else ""
    return Document(
        title_page=TitlePage(title, subtitle, facts, notice, is_head=True, is_warning=is_warning or bool(stamp)),
        sections=sections,
        language=frame.language,
        level=level,
        running_title=f"{title}, {frame.project}" if frame.project else title,
        marking=marking,
        sample_marking=" · ".join(text for text in (stamp, sample) if text),
        author=f"RoadmapDesk {frame.app_version}",
        subject=title,
        created=frame.created,
    )
