"""The program's words for codes: states of an interview, kinds of actor, roles in a stage."""

from roadmapdesk.domain.actors import ActorType, StageRole
from roadmapdesk.domain.interviews import InterviewState
from roadmapdesk.i18n import N_
from roadmapdesk.i18n import gettext as _

_STATES = {
    InterviewState.PLANNED: N_("Planned"),
    InterviewState.DRAFT: N_("Draft"),
    InterviewState.FINALISED: N_("Finalised"),
    InterviewState.IN_REVIEW: N_("In review"),
    InterviewState.APPROVED: N_("Approved"),
    InterviewState.WITHDRAWN: N_("Withdrawn"),
}
_STATE_ICONS = {
    InterviewState.PLANNED: "calendar",
    InterviewState.DRAFT: "pencil",
    InterviewState.FINALISED: "check",
    InterviewState.IN_REVIEW: "eye",
    InterviewState.APPROVED: "circle-check",
    InterviewState.WITHDRAWN: "ban",
}
_TYPES = {
    ActorType.COMPANY: N_("Company"),
    ActorType.STARTUP: N_("Start-up"),
    ActorType.RESEARCH: N_("Research"),
    ActorType.UNIVERSITY: N_("University"),
    ActorType.CLINIC: N_("Hospital"),
    ActorType.NETWORK: N_("Network"),
    ActorType.PUBLIC: N_("Public"),
    ActorType.FUNDER: N_("Funder"),
    ActorType.PATIENT_ORG: N_("Patients"),
    ActorType.OTHER: N_("Other"),
}
_ROLES = {
    StageRole.CORE: N_("core"),
    StageRole.SUPPORT: N_("supporting"),
    StageRole.OBSERVER: N_("observing"),
}


def state_word(state: InterviewState) -> str:
    """The state of an interview."""
    return _(_STATES[state])


def state_icon(state: InterviewState) -> str:
    """The icon that stands beside the word for a state."""
    return _STATE_ICONS[state]


def state_tone(state: InterviewState) -> str:
    """The tone of the chip of a state: only what is finished or gone has one."""
    return {InterviewState.APPROVED: "ok", InterviewState.WITHDRAWN: "warning"}.get(state, "neutral")


def type_word(kind: ActorType) -> str:
    """The kind of an organisation."""
    return _(_TYPES[kind])


def role_word(role: StageRole) -> str:
    """How an organisation stands to a stage."""
    return _(_ROLES[role])
