"""The controls of the interview page, one native input per kind of question.

Each control turns stored text into an input and back; it knows keys and accessible names and no rules. May import Qt,
the theme, widgets and `workspace.wording`. Entry points: `registry.control_for` and `base.Control`.
"""
