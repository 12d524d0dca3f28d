"""Words of XLSForm: question types, columns, and how near a misspelt word is to a known one."""

import re
from dataclasses import dataclass
from difflib import get_close_matches


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


TYPES = _words(
    "text string integer int decimal date time dateTime datetime note acknowledge trigger calculate hidden range "
    "geopoint geotrace geoshape barcode image photo audio video file start end today deviceid username email "
    "phonenumber subscriberid simserial start-geopoint background-geopoint background-audio audit csv-external "
    "xml-external osm rank"
)
LEGACY_TYPES = frozenset(
    {
        "add acknowledge prompt", "add audio prompt", "add barcode prompt", "add calculate prompt", "add date prompt",
        "add date time prompt", "add datetime prompt", "add decimal prompt", "add file prompt", "add image prompt",
        "add integer prompt", "add location prompt", "add note prompt", "add photo prompt", "add text prompt",
        "add video prompt", "date time", "device id", "end time", "get device id", "get end time", "get phone number",
        "get sim id", "get start time", "get subscriber id", "get today", "gps", "imei", "location",
        "number of days in last month", "number of days in last six months", "number of days in last year",
        "percentage", "phone number", "q acknowledge", "q audio", "q barcode", "q calculate", "q date", "q date time",
        "q datetime", "q decimal", "q geopoint", "q geoshape", "q geotrace", "q image", "q int", "q location",
        "q note", "q picture", "q string", "q video", "sim id", "start time", "subscriber id", "uri:deviceid",
        "uri:email", "uri:phonenumber", "uri:simserial", "uri:subscriberid", "uri:username",
    }
)  # fmt: skip
"""Older spellings that pyxform still takes."""
SELECTS = (
    "select_one_from_file", "select_multiple_from_file", "select_one_external", "select_multiple", "select_one",
    "select one from file", "select multiple from file", "select one from", "select one using", "select one",
    "select all that apply from", "select all that apply", "select multiple from", "select multiple using",
    "add select one prompt using", "add select multiple prompt using", "select1", "rank",
)  # fmt: skip
CONTROLS = {"group": "group", "repeat": "repeat", "loop": "loop", "lgroup": "repeat", "looped group": "repeat"}
UNNAMED_TYPES = _words(
    "audit start end today deviceid username email phonenumber subscriberid simserial background-audio "
    "start-geopoint background-geopoint"
)
EXPRESSIONS = _words(
    "relevant relevance constraint calculation calculate required read_only readonly repeat_count choice_filter "
    "jr:count count"
)
TEXTS = _words("label caption hint guidance_hint constraint_message required_message")
MEDIA = _words("image big-image audio video media")
SURVEY_COLUMNS = frozenset(
    EXPRESSIONS
    | TEXTS
    | MEDIA
    | _words(
        "type name appearance default trigger parameters save_to autoplay rows compact_tag command tag value "
        "constraining_message requiredmsg noapperrorstring no_app_error_string disabled intent body bind instance "
        "control note notes comment comments sms_field sms_option sms_separator sms_allow_media sms_date_format "
        "sms_datetime_format sms_response"
    )
)
SETTINGS_COLUMNS = _words(
    "form_title form_id version instance_name default_language style public_key submission_url auto_send "
    "auto_delete client_editable allow_choice_duplicates name namespaces title id_string set_form_title "
    "set_form_id prefix delimiter sms_keyword sms_separator sms_allow_media sms_date_format sms_datetime_format "
    "sms_response clean_text_values omit_instanceid instance_id add_none_option"
)
NAME = re.compile(r"[^\W\d][\w.-]*\Z")
REFERENCE = re.compile(r"\$\{(?:last-saved#)?([^}{]*)\}")
FILE_EXTENSIONS = (".csv", ".xml", ".geojson")


@dataclass(frozen=True, slots=True)
class Control:
    """What a row's type means.

    Attributes:
        kind: ``question``, ``select``, ``begin``, ``end`` or ``unknown``.
        word: the type's first words in lower case, or the container's kind.
        argument: name of the list or file of a select.
    """

    kind: str
    word: str
    argument: str = ""


def read_type(text: str) -> Control:
    """The meaning of one cell of the column ``type``."""
    plain = " ".join(text.split())
    container = re.match(r"(begin|end)[ _](lgroup|looped group|group|repeat|loop)\b", plain.lower())
    if container:
        return Control(container[1], CONTROLS[container[2]])
    if plain in TYPES and plain != "rank":
        return Control("question", plain)
    for select in SELECTS:
        if plain.lower() == select or plain.lower().startswith(f"{select} "):
            argument = re.sub(
                r"\s+or([_ ]specify)?[_ ]other\Z", "", plain[len(select) :], flags=re.IGNORECASE
            ).strip()
            return Control("select", select, argument)
    lower = plain.lower()
    known = lower in LEGACY_TYPES or lower.startswith("osm ") or lower in {each.lower() for each in TYPES}
    return Control("question" if known else "unknown", plain)


def base_column(header: str) -> str:
    """A column's name without its language and in the usual spelling: ``label`` for ``Label::English (en)``."""
    return header.partition("::")[0].strip().lower().replace(" ", "_")


def language_of(header: str) -> str:
    """The language of a column header, an empty string for one without."""
    return header.rpartition("::")[2].strip() if "::" in header else ""


_NEAR = 0.75
"""How alike two words have to be, from 0 to 1, for one to be offered in place of the other."""


def nearest(word: str, known: frozenset[str] | set[str] | tuple[str, ...]) -> str:
    """The known word that a misspelt one is probably meant as; empty where none is near."""
    found = get_close_matches(word, list(known), n=1, cutoff=_NEAR)
    if not found:  # capitals and dividing signs are often what differs: YesNo for yes_no
        by_letters = {_letters(each): each for each in sorted(known)}
        found = [by_letters[each] for each in get_close_matches(_letters(word), list(by_letters), n=1, cutoff=_NEAR)]
    return found[0] if found else ""


def _letters(word: str) -> str:
    return "".join(sign for sign in word.casefold() if sign.isalnum())
