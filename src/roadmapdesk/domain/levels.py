"""Who may see what: the three levels of confidentiality."""

from enum import StrEnum


class Level(StrEnum):
    """Levels of an output, from the widest view to the narrowest: public is part of hand-off is part of internal."""

    INTERNAL = "internal"
    HANDOFF = "handoff"
    PUBLIC = "public"
