"""What only the team knows about its study: who answers for it, whom to ask; kept in the project's settings."""

from dataclasses import asdict, fields

from roadmapdesk.reports.papers.facts import PrivacyDetails
from roadmapdesk.storage import Project

_DETAILS = "privacy_details"


def privacy_details(project: Project) -> PrivacyDetails:
    """What the team filled in; its papers and the imprint of its reports say it."""
    stored = project.settings.get(_DETAILS, {})
    known = {field.name for field in fields(PrivacyDetails)}
    return PrivacyDetails(**{name: str(text) for name, text in dict(stored).items() if name in known})


def set_privacy_details(project: Project, details: PrivacyDetails) -> None:
    """Keeps them in the project."""
    project.settings.set(_DETAILS, {name: text.strip() for name, text in asdict(details).items()})
