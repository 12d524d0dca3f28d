"""Moments as people say them: today, yesterday, a weekday, a date."""

from datetime import date, datetime

from roadmapdesk.i18n import current_language
from roadmapdesk.i18n import gettext as _

LANGUAGE_NAMES = {"de": "Deutsch", "en": "English"}
"""Each language under its own name, as people look for it."""


def when(moment: datetime, *, now: datetime | None = None, has_time: bool = True) -> str:
    """``today 09:58``, ``yesterday 17:20``, else the date; in the zone of this computer.

    Args:
        moment: aware moment.
        now: the present; the clock when left out.
        has_time: False leaves the time of day away.
    """
    local = moment.astimezone()
    today = (now or datetime.now().astimezone()).astimezone().date()
    time = f" {local:%H:%M}" if has_time else ""
    days = (today - local.date()).days
    if days == 0:
        return _("today") + time
    if days == 1:
        return _("yesterday") + time
    return current_language().date(local.date())


def day_text(iso: str) -> str:
    """A stored day as people write it; what is no day is shown as it is."""
    try:
        return current_language().date(date.fromisoformat(iso[:10])) if iso else ""
    except ValueError:
        return iso
