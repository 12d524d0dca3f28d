"""The form engine: any ODK XForm, live. A library on its own: no Qt, no database, no domain knowledge.

`definition.FormDefinition` is the immutable form, `session.FormSession` one interview; `xpath` evaluates,
`submission` reads and writes records, `xlsform` compiles workbooks. Imports `errors` and `i18n` only.
"""
