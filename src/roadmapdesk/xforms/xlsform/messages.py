"""The sentences of all problems and repairs of a form, by code."""

from roadmapdesk.errors import Message
from roadmapdesk.i18n import N_
from roadmapdesk.xforms import problems as engine
from roadmapdesk.xforms import safe_xml

ENGINE_PREFIX = "engine."
"""Begins the codes of problems that the form engine reports in its own words."""

_SENTENCES = {
    "form.compiler": N_("The compiler reports: {detail}"),
    "form.hostile_file": N_("The file is not opened because it could harm the program: {detail}"),
    "form.far_cell": N_("The sheet goes beyond row {rows} or column {columns}; delete the empty rows and columns."),
    "form.after_gap": N_("Everything after {gap} empty rows is ignored, from row {first} on."),
    "form.damaged_file": N_("The file is damaged or not what its extension says."),
    "form.wrong_extension": N_("The file is named {found} but holds a {actual} file."),
    "form.no_sheet": N_("The form has no sheet named {name}."),
    "form.no_column": N_("The sheet has no column named {name}."),
    "form.duplicate_column": N_("The column {name} exists twice."),
    "form.unknown_column": N_("The column {name} is unknown; it may be meant as {guess}."),
    "form.unknown_type": N_("The question type {type} is unknown."),
    "form.unknown_type_guess": N_("The question type {type} is unknown; it may be meant as {guess}."),
    "form.no_type": N_("The row has no question type."),
    "form.no_name": N_("The row has no name."),
    "form.bad_name": N_(
        "The name {name} must begin with a letter or underscore and hold only letters, digits, _, - and full stops."
    ),
    "form.duplicate_name": N_("The name {name} is already used in row {other}."),
    "form.reserved_name": N_("The name {name} is reserved for the form's own metadata."),
    "form.not_closed": N_("The {kind} {name} is begun but never ended."),
    "form.not_open": N_("The {kind} is ended but was never begun."),
    "form.crossed": N_("The {kind} is ended while the {other} begun in row {begun} is still open."),
    "form.no_list_given": N_("The question names no list of choices."),
    "form.missing_list": N_("The list of choices {list} does not exist."),
    "form.missing_list_guess": N_("The list of choices {list} does not exist; it may be meant as {guess}."),
    "form.list_unused": N_("No question uses the list of choices {list}."),
    "form.list_extension": N_("The choices come from {file}, but only .csv, .xml and .geojson files can be read."),
    "form.list_path": N_("The file {file} must be given by its name alone, without a folder or an address."),
    "form.choice_without_list": N_("The choice belongs to no list."),
    "form.choice_without_name": N_("The choice has no name."),
    "form.choice_without_label": N_("The choice {name} has no label."),
    "form.duplicate_choice": N_("The choice {name} already exists in the list {list}, in row {other}."),
    "form.choice_with_space": N_("The choice {name} of a multiple choice must not contain spaces."),
    "form.unknown_reference": N_("${{{name}}} names no question of this form."),
    "form.unknown_reference_guess": N_(
        "${{{name}}} names no question of this form; it may be meant as ${{{guess}}}."
    ),
    "form.ambiguous_reference": N_("${{{name}}} is not clear, because several questions have this name."),
    "form.broken_reference": N_("A reference is broken: it must be written as ${{name}}."),
    "form.reference_not_in_translation": N_("${{{name}}} stands in {other} but not in this translation."),
    "form.missing_translation": N_("The text is missing in {language}."),
    "form.missing_translations": N_("{count} texts are missing in {language}, the first of them in row {first}."),
    "form.bad_expression": N_("The expression of {name} cannot be read at “{found}”: {expression}"),
    "form.unfinished_expression": N_("The expression of {name} breaks off: {expression}"),
    "form.unknown_function": N_("The expression of {name} calls {function}, which does not exist: {expression}"),
    "form.bad_date": N_("{value} is not a date that exists."),
    "form.unknown_appearance": N_("The appearance {appearance} is unknown; the question is shown plainly."),
    "form.unknown_appearance_guess": N_("The appearance {appearance} is unknown; it may be meant as {guess}."),
    "form.appearance_passed_over": N_(
        "The desktop does not follow the appearance {appearance}; the question is shown plainly and can be answered."
    ),
    "form.no_calculation": N_("The calculation {name} has no expression."),
    "form.unknown_question": N_("{name} names no question of this form."),
}

PROBLEMS = {code: Message(code, sentence) for code, sentence in _SENTENCES.items()} | {
    ENGINE_PREFIX + message.code: message
    for module in (engine, safe_xml)
    for message in vars(module).values()
    if isinstance(message, Message)
}

REPAIRS = {
    "cell": Message("form.repair_cell", N_("write “{value}” into column {column}")),
    "row": Message("form.repair_row", N_("remove the row")),
    "header": Message("form.repair_header", N_("rename the column to {value}")),
    "file": Message("form.repair_file", N_("rename the file so that it ends in {value}")),
}
