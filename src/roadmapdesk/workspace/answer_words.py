"""A typed answer as people read it: dates, times and numbers as the language writes them."""

from datetime import date, datetime, time
from decimal import Decimal

from roadmapdesk.i18n import Language
from roadmapdesk.xforms.codecs import TypedValue


def value_words(value: TypedValue, text: str, language: Language) -> str:
    """A date, time or number as the language writes it; everything else as it was typed."""
    if isinstance(value, datetime):
        return language.date_time(value)
    if isinstance(value, date):
        return language.date(value)
    if isinstance(value, time):
        return f"{value.hour:02d}:{value.minute:02d}"
    if isinstance(value, bool):
        return text
    if isinstance(value, int):
        return language.number(value)
    if isinstance(value, Decimal | float):
        decimals = len(text.partition(".")[2]) if "e" not in text.lower() else 2
        return language.number(float(value), decimals)
    return text
