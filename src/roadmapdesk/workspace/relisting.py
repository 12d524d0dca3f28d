"""The row of an interview in the list, after its answers came from elsewhere than the page where they are given."""

from roadmapdesk.storage.project import Project
from roadmapdesk.storage.values import Summary
from roadmapdesk.workspace.interview_cases import list_answers
from roadmapdesk.workspace.interviewing import open_interview


def relist(project: Project, interview_id: str) -> None:
    """Brings code, organisation, wave, interviewer, date and the counts of answers in line with the answers.

    Raises:
        RoadmapDeskError: the interview or its questionnaire cannot be read.
    """
    list_answers(project, interview_id)
    total = open_interview(project, interview_id)[0].pages.total
    project.interviews.update_summary(interview_id, Summary(answered=total.answered, total=total.asked))
