"""What the study is about, as frozen values: value chain, actors, interviews, measures, levels, question roles.

May import `errors`, `paths` and `i18n` only. Entry points: `catalog.load_catalog`, `actors.Actor`,
`interviews.InterviewState`, `levels.Level`, `question_roles.QuestionRoles`.
"""
