"""Scoring model: responses of organisations in, one immutable Scorecard per wave out.

Pure: knows no form, file, database or screen; imports `domain` and `errors` only, and numpy on first use.
Entry points: `inputs.ScoringInput`, `items.read_items`, `collect.collect_responses`, `profile.Profile`,
`model.score`, `model.compare_waves`, `model.disclose`, `model.disclose_change`, `golden.to_golden`.
`scorecard` and `disclosed` hold the results and load without numpy.
"""
