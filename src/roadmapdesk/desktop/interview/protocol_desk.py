"""Prints the protocol of the open interview, beside its questions."""

from PySide6.QtWidgets import QWidget

from roadmapdesk.desktop.pages import Desk
from roadmapdesk.desktop.papers.desk import PaperDesk
from roadmapdesk.storage import Project
from roadmapdesk.workspace.papers import PaperKind


class ProtocolDesk(PaperDesk):
    """Asks where to, prints in the background, and links to the file."""

    def __init__(self, *, project: Project, interview_id: str, desk: Desk, parent: QWidget) -> None:
        super().__init__(
            project=project,
            desk=desk,
            kinds=(PaperKind.PROTOCOL,),
            interview=lambda: project.interviews.get(interview_id),
            parent=parent,
        )

    def print_protocol(self) -> None:
        """Prints what is stored of the interview, which is every answer that was shown as saved."""
        self.print_paper(PaperKind.PROTOCOL)
