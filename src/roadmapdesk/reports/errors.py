"""What can go wrong while a report is written, and the sentences that say so."""

from roadmapdesk.errors import Message, RoadmapDeskError
from roadmapdesk.i18n import N_


class ReportError(RoadmapDeskError):
    """A report could not be written."""


class TargetNotWritable(ReportError):
    """The chosen file cannot be written; an older file of that name is untouched."""

    MISSING_FOLDER = Message(
        "reports.missing_folder",
        N_("The folder “{folder}” does not exist. Choose another place for the report."),
    )
    IS_FOLDER = Message(
        "reports.is_folder",
        N_("“{name}” is a folder. Choose a file name for the report."),
    )
    NOT_ALLOWED = Message(
        "reports.not_allowed",
        N_(
            "“{name}” cannot be written: it is open in another program or write-protected. "
            "Close it or choose another name."
        ),
    )
    NO_SPACE = Message(
        "reports.no_space",
        N_("There is no space left for “{name}”. Nothing was overwritten. Free some space and export again."),
    )
    FAILED = Message(
        "reports.failed",
        N_(
            "“{name}” could not be written; the disk or the connection to it reports a fault (number {code}). "
            "Nothing was overwritten. Choose another place."
        ),
    )
    BAD_NAME = Message(
        "reports.bad_name",
        N_("“{name}” is not a possible file name here: it is too long or has a character that is not allowed."),
    )


class ReportCancelled(ReportError):
    """The caller's `cancelled` said yes; no file was written."""

    CANCELLED = Message("reports.cancelled", N_("The export was cancelled. No file was written."))
