"""The life of an interview."""

from enum import StrEnum


class InterviewState(StrEnum):
    """States of an interview; only the last three living ones count in the assessment."""

    PLANNED = "planned"
    DRAFT = "draft"
    FINALISED = "finalised"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    WITHDRAWN = "withdrawn"

    @property
    def counts(self) -> bool:
        """Whether answers enter the assessment (scoring model, 5.1)."""
        return self in {InterviewState.FINALISED, InterviewState.IN_REVIEW, InterviewState.APPROVED}
